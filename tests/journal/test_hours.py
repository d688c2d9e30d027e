from datetime import date

import pytest

from cpdkit.journal.records import Activity, Session
from tests.journal.folders import FIELDS, record
from tests.journal.reader import record_of, told

START = "title: Relay course\ntype: training\nstart: 2026-03-14\n"
SESSIONS = "sessions:\n  - {date: 2026-03-14, hours: 1.5}\n  - {date: 2026-04-02, hours: 30 min}\n"


def activity_of(fields: str) -> Activity:
    made, found = record_of(record(fields))
    assert found == []
    assert isinstance(made, Activity)
    return made


def test_without_an_end_the_activity_ends_where_it_starts() -> None:
    made = activity_of(FIELDS)
    assert (made.start, made.end, made.minutes) == (date(2026, 3, 14), date(2026, 3, 14), 120)


def test_the_sessions_say_the_hours_and_the_end() -> None:
    made = activity_of(START + SESSIONS)
    assert (made.end, made.minutes) == (date(2026, 4, 2), 120)
    assert made.sessions == (Session(date(2026, 3, 14), 90), Session(date(2026, 4, 2), 30))


def test_hours_may_repeat_what_the_sessions_say() -> None:
    assert activity_of(START + "hours: 2\n" + SESSIONS).minutes == 120


@pytest.mark.parametrize("fields", ["status: planned\n", "status: planned\nhours: 0\n", "status: draft\nhours: 0\n"])
def test_what_is_not_yet_needs_no_hours(fields: str) -> None:
    assert activity_of(START + fields).minutes == 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("", ("CPD301", "", "write hours: and the time it took, such as 1.5; a planned activity needs none")),
        (
            "sessions: []\n",
            ("CPD301", "", "write hours: and the time it took, such as 1.5; a planned activity needs none"),
        ),
        (
            "status: draft\n",
            ("CPD301", "", "write hours: and the time it took, such as 1.5; a planned activity needs none"),
        ),
        ("hours: 0\n", ("CPD305", "", "write the time it took, such as 0.5")),
        ("hours: 0\nstatus: in-progress\n", ("CPD305", "", "write the time it took, such as 0.5")),
        ("hours: 3\n" + SESSIONS, ("CPD302", "", "delete hours: the sessions alone are enough")),
        ("end: 2026-04-01\n" + SESSIONS, ("CPD303", "", "mend the date that is wrong")),
        ("sessions: [{date: 2026-03-13, hours: 1}]\n", ("CPD303", "", "mend the date that is wrong")),
        ("hours: 25\n", ("CPD306", "one day has 24", "give the last day as end:")),
        ("hours: 49\nend: 2026-03-15\n", ("CPD306", "2 days have 48", "give the last day as end:")),
        ("hours: 2\nend: 2026-03-13\n", ("CPD214", "", "were the two swapped?")),
    ],
)
def test_what_contradicts_itself(fields: str, said: tuple[str, str, str]) -> None:
    made, found = record_of(record(START + fields))
    assert told(found) == [said]
    assert (made is None) == (said[0] != "CPD306")


def test_wrong_values_are_not_told_twice() -> None:
    found = record_of(record("title: A\ntype: training\nstart: soon\nhours: 1,5\nstatus: over\n"))[1]
    assert [each.code for each in found] == ["CPD205", "CPD207", "CPD208"]
