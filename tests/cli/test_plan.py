"""`cpd plan` as it is typed."""

import json

import pytest

from cpdkit.cli.main import run

Captured = pytest.CaptureFixture[str]


def test_on_the_example_journal(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    assert run(["plan", "--journal", "journal", "--all"]) == 0
    shown = capsys.readouterr()
    assert "ceng-application · high priority · due 2027-03-31, 128 days left" in shown.out
    assert "achieved" in shown.out
    assert "confidential and left out: 2" in shown.err


def test_as_json(capsys: Captured) -> None:
    assert run(["plan", "--journal", "journal", "--format", "json", "--period", "2025", "--quiet"]) == 0
    shown = capsys.readouterr()
    data = json.loads(shown.out)
    assert data["planned"] + data["unplanned"] == data["minutes"] > 0
    assert shown.err == ""
