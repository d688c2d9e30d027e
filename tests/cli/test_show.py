"""`cpd show` as it is typed."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.main import run


def test_a_record_is_shown(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "good", "--journal", str(journal)]) == 0
    assert capsys.readouterr().out.startswith("A good lecture\nactivity · activities/good.md\n\ntype   event\n")
    assert run(["show", "GOO", "--journal", str(journal), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "id": "good",
        "kind": "activity",
        "path": "activities/good.md",
        "fields": {"title": "A good lecture", "type": "event", "start": "2026-03-14", "hours": "1"},
        "body": "\nPlain words.\n",
    }


def test_what_can_not_be_read_is_said(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (journal / "activities/bad.md").write_text("---\ntitle: \x1b[31m\n---\n")
    assert run(["show", "bad", "--journal", str(journal)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "bad.md:2" in shown.err
    assert "\x1b" not in shown.err
