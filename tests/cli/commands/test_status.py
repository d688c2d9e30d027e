"""Lines and notes of `cpd status`."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cpdkit.cli.commands.status import LATELY, Asked, data_of, exact, show_status
from cpdkit.cli.console import Console
from cpdkit.journal.load import load
from cpdkit.schemes.evaluate import standings_in
from cpdkit.schemes.standing import amount
from cpdkit.schemes.vocabulary import vocabulary_in
from tests.journal.folders import FIELDS, journal_of, record

Captured = pytest.CaptureFixture[str]
SCHEME = """id: firm
requirements:
  - {id: total, title: hours, at-least: 10}
  - {id: gap, title: gap, measure: gap, at-most: 1}
  - {id: each, title: both, measure: entries, each-of: [a, b], at-least: 1}
  - {id: open, title: only told}
categories: {a: {topics: [a]}, b: {topics: [b]}}
caps: [{title: a day's reading, of: a, most: 3}]
statuses: {active: {}, leave: {exempt: true}}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-06-30")
    files = {
        "cpd.yaml": "name: A. L.\nschemes: [{scheme: firm, statuses: [{status: odd, start: 2026-01-01}]}]\n",
        "schemes/firm.yaml": SCHEME,
        "activities/a.md": record(FIELDS.replace("hours: 2", "hours: 4") + "topics: [a]\n"),
        "activities/b.md": record("title: Later\ntype: event\nstart: 2026-09-01\nhours: 8\nstatus: planned\n"),
        "activities/c.md": "nothing",
        "plan/p.md": record("title: P\n"),
    }
    journal_of(tmp_path, files)
    return tmp_path


def test_what_is_missing_and_why(root: Path, capsys: Captured) -> None:
    assert show_status(root, Asked(explain=True), Console()) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[2] == "firm 2026, odd: firm"
    assert lines[3] == "  hours      ██████░░░░░░░░░░░░░░  3 of 10 h"
    assert lines[4].startswith("    7 h short; what is planned would close it (8 h); 1 did not count")
    assert "      a: 3 h of 4 h (a day's reading takes 1)" in lines
    assert any("3 of at most 1 month  2 months too long" in line for line in lines)
    assert any("1 of 2" in line and "missing: b" in line for line in lines)
    assert lines[-2:] == ["planned ahead: 8 h", "objectives without an activity: p"]
    assert 'firm has no status "odd"; it has: active, leave' in shown.err
    assert "could not be read and do not count: 1" in shown.err
    assert show_status(root, Asked(require=True), Console()) == 1


def test_what_waits(root: Path, capsys: Captured) -> None:
    (root / "activities" / "d.md").write_text(f"---\n{FIELDS}---\n\nNo word of it.\n", encoding="utf-8")
    (root / "activities" / "e.md").write_text(f"---\n{FIELDS}status: draft\n---\n\nAn idea.\n", encoding="utf-8")
    show_status(root, Asked(), Console())
    lines = capsys.readouterr().out.splitlines()
    assert "1 draft: cpd todo" in lines
    assert f"1 activity has no reflection, of the last {LATELY} days: cpd reflect" in lines


def test_exempt_and_earlier_periods(root: Path, capsys: Captured) -> None:
    (root / "cpd.yaml").write_text(
        "name: A\nschemes: [{scheme: firm, statuses: [{status: leave, start: 2026-01-01}]}, nmc]\n"
    )
    show_status(root, Asked(period="2025"), Console())
    assert "0 of 10 h" in capsys.readouterr().out
    show_status(root, Asked(), Console())
    shown = capsys.readouterr()
    assert "3 h, exempt" in shown.out
    assert "nmc counts from a day of yours" in shown.err


def test_without_a_scheme(root: Path, capsys: Captured) -> None:
    (root / "cpd.yaml").write_text("name: A\n")
    assert show_status(root, Asked(), Console()) == 0
    assert "cpd.yaml follows no scheme" in capsys.readouterr().err


def test_numbers_and_data(root: Path) -> None:
    assert (amount(Fraction(10, 3)), amount(Fraction(7)), exact(Fraction(1, 3)), exact(Fraction(2))) == (
        "3.33",
        "7",
        "0.3333",
        "2",
    )
    journal = load(root)
    data = data_of(journal, standings_in(journal, vocabulary_in(journal), date(2026, 6, 30)), date(2026, 6, 30))
    assert data["on"] == "2026-06-30"
