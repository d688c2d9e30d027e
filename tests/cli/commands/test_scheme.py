"""`cpd scheme` and the commands below it."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands.scheme import scheme
from cpdkit.cli.main import run
from tests.journal.folders import GOOD, journal_of


def test_one_that_is_copied_takes_the_shipped_ones_place(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "cpd.yaml": "name: A\nschemes: [rics]\n"})
    eject = ["scheme", "eject", "rics", "--journal", str(tmp_path)]
    assert run([*eject, "--dry-run"]) == 0
    assert not (tmp_path / "schemes").exists()
    assert run(eject) == 0
    assert run(eject) == 1
    capsysbinary.readouterr()
    assert run(["scheme", "list", "--format", "json", "--journal", str(tmp_path)]) == 0
    rows = {row["id"]: row for row in json.loads(capsysbinary.readouterr().out)}
    assert (rows["rics"]["from"], rows["rics"]["followed"], rows["iet"]["from"]) == (
        "schemes/rics.yaml",
        True,
        "shipped",
    )


def test_without_a_journal_the_shipped_ones_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["scheme", "show", "iet"]) == 0
    assert "  Hours in the year: 30 h" in capsys.readouterr().out
    assert run(["scheme", "show", "x"]) == 2
    assert run(["scheme", "eject", "x"]) == 2
    assert run(["scheme", "show", "iet", "--journal", "nowhere"]) == 2


def test_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scheme", "--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text and (each.short_help or "") in text for name, each in scheme.commands.items())
