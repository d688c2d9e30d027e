"""`cpd merge` in a journal under git."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.commands.conftest import A, B
from tests.journal.folders import FIELDS, record

Captured = pytest.CaptureFixture[str]


def test_merged(linked: Path, capsys: Captured) -> None:
    assert run(["merge", "2026-03-14-a", "b", "--dry-run"]) == 0
    assert (linked / B).exists()
    capsys.readouterr()
    assert run(["merge", "2026-03-14-a", "b", "location=Leeds", "--prefer", "first"]) == 0
    assert capsys.readouterr().out == f"{A}\n"
    assert not (linked / B).exists()
    assert "location: Leeds" in (linked / A).read_text()


def test_values_and_files_that_are_not_used_are_named(linked: Path, capsys: Captured) -> None:
    (linked / B).write_text(record(FIELDS.replace("hours: 2", "hours: 3"), "\n"))
    (linked / "activities/bad.md").write_bytes(b"\xff](b.md)")
    assert run(["merge", "2026-03-14-a", "b", "--prefer", "first"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert "activities/bad.md" in lines[0]
    assert lines[1].endswith("hours: 3")
    assert B in lines[2]
