"""`cpd status` as it is typed."""

import json

import pytest

from cpdkit.cli.main import run

Captured = pytest.CaptureFixture[str]


def test_one_screen_for_the_example_journal(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    assert run(["status", "--journal", "journal"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Angharad Llywelyn MEng MIET · 23 November 2026 · last entry 7 days ago"
    assert lines[2] == "iet 2026: Institution of Engineering and Technology"
    assert lines[3] == "  hours in the year                ████████████████████  70 of 30 h"
    assert max(map(len, lines)) <= 80
    assert lines[-3:] == [
        "planned ahead: 7 h",
        "2 drafts: cpd todo",
        "objectives without an activity: budget-ownership",
    ]


def test_as_data_and_required(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    args = ["status", "--journal", "journal", "--scheme", "rics", "--on", "2025-12-31"]
    assert run([*args, "--format", "json"]) == 0
    (scheme,) = json.loads(capsysbinary.readouterr().out)["schemes"]
    assert (scheme["scheme"], scheme["from"], scheme["to"]) == ("rics", "2025-01-01", "2025-12-31")
    assert [each["id"] for each in scheme["requirements"]] == ["total", "structured", "ethics"]
    assert run(["status", "--journal", "journal", "--scheme", "cibse", "--require"]) == 1
    assert run(["status", "--journal", "journal", "--scheme", "iet", "--require"]) == 0


def test_what_there_is_not(capsys: Captured) -> None:
    assert run(["status", "--journal", "journal", "--scheme", "none"]) == 2
    assert 'there is no scheme "none"' in capsys.readouterr().err
    assert run(["status", "--journal", "journal", "--on", "today", "--period", "2025"]) == 2
