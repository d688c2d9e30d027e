"""`cpd move` as it is typed."""

import pytest

from cpdkit.cli.main import run

Captured = pytest.CaptureFixture[str]


def test_as_it_is_typed(capsys: Captured) -> None:
    assert run(["move", "grid-scale-storage", "Lectures", "--journal", "journal", "--dry-run"]) == 0
    assert "activities/Lectures/2026-03-14-grid-scale-storage-lecture.md" in capsys.readouterr().out


def test_what_is_missing_is_said(capsys: Captured) -> None:
    assert run(["move", "--journal", "journal"]) == 2
    assert "missing argument" in capsys.readouterr().err
