import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.checks.rule import Context, RecordFacts, WholeJournal, facts_of
from cpdkit.checks.rules.times import crowded_days, unusual_hours
from cpdkit.dates.hours import HOUR
from cpdkit.dates.period import Period
from cpdkit.journal.paths import Listing
from cpdkit.journal.reader import DAY
from cpdkit.journal.records import Activity, Session
from cpdkit.journal.selection import minutes_within
from cpdkit.journal.values import ActivityType
from cpdkit.text.files import Disk
from tests.checks.checking import TODAY, diagnostics, figures
from tests.journal.folders import record

FIRST = date(2026, 3, 1)
OF_HOURS = {"CPD306", "CPD313", *(each.code for each in (crowded_days, unusual_hours))}


def one(title: str, fields: str, kind: str = "training") -> str:
    return record(f"title: {title}\ntype: {kind}\n{fields}")


def reported(root: Path, *texts: str) -> list[tuple[str, str, str]]:
    """Place, code and the figures of the message of what is found in the hours of activities a.md, b.md …."""
    files = {f"activities/{chr(97 + number)}.md": text for number, text in enumerate(texts)}
    return [
        (each.location, each.code, figures(each.message)) for each in diagnostics(root, files) if each.code in OF_HOURS
    ]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("start: 2026-03-14\nhours: 12\n", "start: 2026-03-14\nhours: 12\n", ""),
        ("start: 2026-03-14\nhours: 12\n", "start: 2026-03-14\nhours: 12.1\n", "CPD312"),
        ("start: 2026-03-14\nhours: 12\n", "start: 2026-03-15\nhours: 12.1\n", ""),
        ("start: 2026-03-14\nhours: 12\n", "start: 2026-03-14\nhours: 12.1\nstatus: draft\n", ""),
        ("start: 2026-03-14\nhours: 15\n", "start: 2026-03-11\nend: 2026-03-16\nhours: 54\n", ""),
        ("start: 2026-03-14\nhours: 15\n", "start: 2026-03-11\nend: 2026-03-16\nhours: 55\n", "CPD312"),
        ("start: 2026-03-14\nhours: 30\n", "start: 2026-03-14\nhours: 1\n", "CPD306"),
    ],
)
def test_a_day_has_24_hours(tmp_path: Path, first: str, second: str, code: str) -> None:
    expected = reported(tmp_path, one("Relays", first), one("Cables", second))
    assert [each for _, each, _ in expected] == [code] * bool(code)


def test_the_others_of_the_day_are_named(tmp_path: Path) -> None:
    two = (one("A", "start: 2026-03-14\nhours: 14\n"), one("B", "start: 2026-03-14\nhours: 12\n"))
    numbers = "activities/b.md 26 2026-03-14"
    assert reported(tmp_path, *two) == [("activities/a.md:5:8", "CPD312", numbers)]
    three = (*two, one("C", "start: 2026-03-12\nend: 2026-03-15\nhours: 4\n"))
    numbers = "activities/b.md activities/c.md 27 2026-03-14"
    assert reported(tmp_path, *three) == [("activities/a.md:5:8", "CPD312", numbers)]
    four = (*three, one("D", "start: 2026-03-14\nhours: 0.5\n"))
    numbers = "activities/b.md activities/c.md 27.5 2026-03-14"
    assert reported(tmp_path, *four) == [("activities/a.md:5:8", "CPD312", numbers)]


def test_sessions_can_be_too_long_alone(tmp_path: Path) -> None:
    sessions = "sessions:\n  - {date: 2026-03-10, hours: 2}\n  - {date: 2026-03-14, hours: 25}\n"
    numbers = "2026-03-14 25"
    assert reported(tmp_path, one("A", "start: 2026-03-10\n" + sessions)) == [
        ("activities/a.md:7:5", "CPD312", numbers)
    ]


def test_an_activity_that_crowds_several_days_is_one_problem(tmp_path: Path) -> None:
    long = one("A", "start: 2026-03-01\nend: 2026-03-05\nhours: 60\n")
    days = [one(f"B{day}", f"start: 2026-03-0{day}\nhours: 13\n") for day in (2, 4)]
    assert [code for _, code, _ in reported(tmp_path, long, *days)] == ["CPD312", "CPD312"]
    assert [code for _, code, _ in reported(tmp_path, long.replace("60", "70"), *days)] == ["CPD312"]


def test_days_in_a_row_are_one_problem(tmp_path: Path) -> None:
    long = "start: 2026-03-01\nend: 2026-03-05\nhours: {}\n"
    expected = reported(tmp_path, one("A", long.format("60h03")), one("B", long.format("60h01")))
    numbers = "activities/b.md 24.03 2026-03-01"
    assert expected == [("activities/a.md:6:8", "CPD312", numbers)]


def of(number: int, start: date, days: int, minutes: int, sessions: tuple[tuple[int, int], ...]) -> Activity:
    kept = tuple(Session(start + timedelta(after), some) for after, some in sessions)
    end = start + timedelta(max([days - 1, *(after for after, _ in sessions)]))
    total = sum(each.minutes for each in kept) if kept else minutes
    path = f"activities/{number}.md"
    return Activity(str(number), path, "", "A", ActivityType.EVENT, start, end, total, kept)


SESSIONS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 20 * HOUR)), max_size=4).map(tuple)
ACTIVITIES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 12), st.integers(1, 12 * DAY), SESSIONS), min_size=1, max_size=6
)


def of_all(activities: list[Activity]) -> WholeJournal:
    facts: list[RecordFacts] = [facts_of(each) for each in activities]
    with tempfile.TemporaryDirectory() as root:
        context = Context(TODAY, None, frozenset(), frozenset(), Disk(root))
        return WholeJournal(facts, (), Listing(root, None, {}), context)


@given(ACTIVITIES)
def test_the_crowded_days_are_those_of_the_one_rule(
    parts: list[tuple[int, int, int, tuple[tuple[int, int], ...]]],
) -> None:
    activities = [
        of(number, FIRST + timedelta(after), days, minutes, sessions)
        for number, (after, days, minutes, sessions) in enumerate(parts)
    ]
    alone = {each.path for each in activities if each.minutes > ((each.end - each.start).days + 1) * DAY}
    days = [FIRST + timedelta(after) for after in range(40)]
    sums = {
        day: sum(minutes_within(each, Period(day, day + timedelta(1))) for each in activities if each.path not in alone)
        for day in days
    }
    kept = [each for each in activities if each.path not in alone]
    found = list(crowded_days.check(of_all(kept)))
    assert bool(found) == any(minutes > DAY for minutes in sums.values())
    first = min((day for day in days if sums[day] > DAY), default=None)
    assert not found or str(first) in found[0].message


def many(hours: str, last: str, kind: str = "event", count: int = 9) -> list[str]:
    usual = [one(f"A{number}", f"start: 2026-0{number + 1}-01\nhours: {hours}\n", kind) for number in range(count)]
    return [*usual, one("Last", last, kind)]


@pytest.mark.parametrize(
    ("usual", "last", "is_reported"),
    [
        ("1.5", "start: 2026-10-01\nhours: 15\n", True),
        ("1.5", "start: 2026-10-01\nhours: 9\n", False),
        ("1.5", "start: 2026-10-01\nhours: 9.1\n", True),
        ("3", "start: 2026-10-01\nhours: 11\n", False),
        ("1.5", "start: 2026-10-01\nend: 2026-10-02\nhours: 15\n", False),
        ("1.5", "start: 2026-10-01\nhours: 15\nstatus: draft\n", False),
        ("2", "start: 2026-10-01\nhours: 2 min\n", True),
        ("2", "start: 2026-10-01\nhours: 12 min\n", True),
        ("2", "start: 2026-10-01\nhours: 15 min\n", False),
        ("1.5", "start: 2026-10-01\nsessions: [{date: 2026-10-01, hours: 11}]\n", True),
    ],
)
def test_hours_far_from_the_usual_of_the_type(tmp_path: Path, usual: str, last: str, is_reported: bool) -> None:
    expected = reported(tmp_path, *many(usual, last))
    assert [(where.partition(":")[0], code) for where, code, _ in expected] == [
        ("activities/j.md", "CPD408")
    ] * is_reported


def test_of_few_nothing_is_usual(tmp_path: Path) -> None:
    assert reported(tmp_path, *many("1.5", "start: 2026-10-01\nhours: 15\n", count=8)) == []


def test_each_type_has_its_own_usual(tmp_path: Path) -> None:
    texts = [*many("1.5", "start: 2026-10-01\nhours: 1\n"), one("Work", "start: 2026-10-05\nhours: 15\n", "training")]
    assert reported(tmp_path, *texts) == []


def test_what_is_said_of_unusual_hours(tmp_path: Path) -> None:
    files = {f"activities/{n}.md": text for n, text in enumerate(many("1.5", "start: 2026-10-01\nhours: 15\n"))}
    (expected,) = [each for each in diagnostics(tmp_path, files) if each.code in OF_HOURS]
    assert (figures(expected.message), figures(expected.note)) == ("15", "1.5")
    assert "event" in expected.message
