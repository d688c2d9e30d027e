"""`cpd deadlines`: the list, its data, and the calendar it writes."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from cpdkit.cli.main import run
from tests.journal.folders import journal_of, record

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    files = {
        "cpd.yaml": "name: A\nschemes: [{scheme: rics, start: 2026-01-01}]\n",
        "plan/o.md": record("title: Become 日本語; good\nby: 2026-11-01\n"),
        "qualifications/open.md": record("title: Card\nexpires: 2026-12-01\n"),
        "qualifications/secret.md": record("title: SECRET\nexpires: 2026-12-02\nconfidential: true\n"),
    }
    journal_of(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def data(capsys: Captured, *args: str) -> list[dict[str, Any]]:
    assert run(["deadlines", "--format", "json", *args]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["today"] == "2026-11-23"
    deadlines: list[dict[str, Any]] = found["deadlines"]
    return deadlines


def events(path: str = "cpd.ics") -> Sequence[Any]:
    return Calendar.from_ical(Path(path).read_bytes()).walk("VEVENT")


def test_each_deadline_as_data(root: Path, capsys: Captured) -> None:
    found = data(capsys)
    kinds = ["objective", "qualification", "period", "record-by", "declaration"]
    assert [each["kind"] for each in found] == kinds
    assert [each["days_left"] for each in found] == [-22, 8, 38, 69, 69]
    assert [each["path"] for each in found] == ["plan/o.md", "qualifications/open.md", "", "", ""]
    assert "20 h" in found[2]["note"]


def test_only_up_to_a_date(root: Path, capsys: Captured) -> None:
    assert [each["day"] for each in data(capsys, "--until", "2026-12-01")] == ["2026-11-01", "2026-12-01"]
    assert data(capsys, "--until", "2026-10-31") == []
    assert run(["deadlines", "--until", "someday"]) == 2


def test_confidential_qualifications_are_named_only_on_request(root: Path, capsys: Captured) -> None:
    assert not any("SECRET" in each["title"] for each in data(capsys))
    assert any("SECRET" in each["title"] for each in data(capsys, "--confidential"))
    assert run(["deadlines", "-o", "cpd.ics"]) == 0
    assert b"SECRET" not in Path("cpd.ics").read_bytes()


def test_lines_have_a_date_the_days_and_a_title(root: Path, capsys: Captured) -> None:
    assert run(["deadlines"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2026-11-01  22 days overdue  Become 日本語; good"
    assert lines[1] == "2026-12-01  8 days left      Card expires"
    assert lines[3].startswith(" " * 29) and "20 h short" in lines[3]


def test_a_calendar_is_written_once_unless_forced(root: Path, capsys: Captured) -> None:
    assert run(["deadlines", "-o", "sub/cpd.ics"]) == 0
    assert capsys.readouterr().out == "sub/cpd.ics\n"
    assert run(["deadlines", "-o", "sub/cpd.ics"]) == 1
    assert run(["deadlines", "-o", "sub/cpd.ics", "--force", "--until", "2026-11-30"]) == 0
    assert len(events("sub/cpd.ics")) == 1


def test_events_keep_their_uid_and_count_the_days_on_other_days(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for day in ("2026-11-23", "2026-11-24"):
        monkeypatch.setenv("CPD_TODAY", day)
        assert run(["deadlines", "-o", "cpd.ics", "--force"]) == 0
        found.append([(str(each["uid"]), each.decoded("dtstart"), str(each["summary"])) for each in events()])
    assert [each[:2] for each in found[0]] == [each[:2] for each in found[1]]
    assert len({uid for uid, _, _ in found[0]}) == len(found[0]) == 5
    assert found[0][0][1:] == (date(2026, 11, 1), "Become 日本語; good (22 days overdue)")
    assert [each[0][2].rpartition("(")[2] for each in found] == ["22 days overdue)", "23 days overdue)"]
    assert [each[1][2].rpartition("(")[2] for each in found] == ["8 days left)", "7 days left)"]


def test_alarms_are_by_default_14_days_and_a_day_before(root: Path) -> None:
    for args, days in (([], [14, 1]), (["--alarm", "0", "--alarm", "30", "--alarm", "30"], [30, 0])):
        assert run(["deadlines", "-o", "cpd.ics", "--force", *args]) == 0
        for event in events():
            triggers = [each.decoded("trigger") for each in event.walk("VALARM")]
            assert triggers == [timedelta(hours=9) - timedelta(each) for each in days]


@pytest.mark.parametrize(
    "args", [["--alarm", "3"], ["--alarm", "367", "-o", "a.ics"], ["--alarm", "-1", "-o", "a.ics"]]
)
def test_alarms_that_are_refused(root: Path, args: list[str]) -> None:
    assert run(["deadlines", *args]) == 2
    assert not Path("a.ics").exists()


def test_a_calendar_on_standard_output(root: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["deadlines", "-o", "-"]) == 0
    assert len(Calendar.from_ical(capsysbinary.readouterr().out).walk("VEVENT")) == 5
    assert not Path("-").exists()


def test_a_scheme_that_needs_a_start_is_named(root: Path, capsys: Captured) -> None:
    (root / "cpd.yaml").write_text("name: A\nschemes: [gdc, {scheme: hcpc, start: 2025-09-01}]\n")
    assert run(["deadlines"]) == 0
    shown = capsys.readouterr()
    assert "GDC" not in shown.out
    assert ("gdc" in shown.err, "start:" in shown.err, "hcpc" in shown.err) == (True, True, False)


def test_a_journal_with_errors_has_the_deadlines_that_can_be_read(root: Path, capsys: Captured) -> None:
    (root / "plan/bad.md").write_text("nothing")
    assert run(["deadlines"]) == 1
    shown = capsys.readouterr()
    assert ("Card expires" in shown.out, "plan/bad.md" in shown.err) == (True, True)
    (root / "cpd.yaml").write_text("name: [A\n")
    assert run(["deadlines"]) == 1
    assert "Card expires" in capsys.readouterr().out


def test_a_journal_without_deadlines(tmp_path: Path, capsys: Captured) -> None:
    journal_of(tmp_path, {})
    assert run(["deadlines", "--journal", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""
    assert run(["deadlines", "--journal", str(tmp_path / "nowhere")]) == 2
