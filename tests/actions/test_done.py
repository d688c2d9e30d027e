"""A planned activity marked as done: its fields alone change."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.actions.done import Finish, checked_hours, finished, is_to_come
from cpdkit.actions.record_file import ACTIVITIES, RecordFile, find_activity
from cpdkit.dates.days import parse_day
from cpdkit.errors import UsageError
from cpdkit.journal.edit import Refused, parse_change
from cpdkit.journal.prompts import MODELS
from cpdkit.journal.records import Activity
from tests.journal.folders import BODY, journal_of, record

TODAY = date(2026, 11, 24)
FIELDS = "title: Relay course  # mine\ntype: training\nstart: 2026-12-08\nstatus: planned  # hope so\n"


def planned(root: Path, fields: str = FIELDS, body: str = BODY) -> RecordFile[Activity]:
    journal_of(root, {"activities/a.md": record(fields, body)})
    return find_activity(root, "a")


def finish(hours: str = "", day: str = "", *changes: str, model: str = "") -> Finish:
    made = tuple(parse_change(each, ACTIVITIES.fields) for each in changes)
    return Finish(hours, parse_day(day, TODAY) if day else None, made, MODELS[model] if model else None)


PAST = FIELDS.replace("12-08", "11-20")
DONE = PAST.replace("status: planned  # hope so\n", "")


@pytest.mark.parametrize(
    ("before", "how", "after"),
    [
        (PAST, finish("1h30"), DONE + "hours: 1h30\n"),
        (PAST + "hours: 2\n", finish(), DONE + "hours: 2\n"),
        (PAST + "hours: 2\n", finish("90 min", "yesterday"), DONE.replace("11-20", "11-23") + "hours: 90 min\n"),
        (FIELDS, finish("1", "2026-11-20", "topics=a, b"), DONE + "hours: 1\ntopics: [a, b]\n"),
        (FIELDS, finish("", "", "hours=1", "start=2026-11-20"), DONE + "hours: 1\n"),
        (
            FIELDS.replace("start:", "end: 2026-12-09\ndate:"),
            finish("1", "2026-11-20"),
            DONE.replace("start:", "end: 2026-11-21\ndate:") + "hours: 1\n",
        ),
        (
            PAST + "sessions: [{date: 2026-11-20, hours: 1}]\n",
            finish(),
            DONE + "sessions: [{date: 2026-11-20, hours: 1}]\n",
        ),
    ],
)
def test_what_becomes_of_the_fields(tmp_path: Path, before: str, how: Finish, after: str) -> None:
    made = finished(planned(tmp_path, before), how, TODAY).decode()
    # A new field has its place in the field table's order; here only the lines matter.
    assert sorted(made.splitlines()) == sorted(record(after).splitlines())
    assert made.endswith(BODY)


@pytest.mark.parametrize(
    ("before", "how", "message"),
    [
        (PAST, finish(), "hours is missing"),
        (FIELDS, finish("1"), "8 December 2026 is in the future"),
        (PAST, finish("1", "", "end=2026-11-30"), "20–30 November 2026 is in the future"),
        (PAST, finish("1", "", "status=draft"), "status=draft and cpd done cannot be combined"),
        (FIELDS + "sessions: [{date: 2026-12-08, hours: 1}]\n", finish("", "today"), "the activity has sessions"),
    ],
)
def test_what_is_refused(tmp_path: Path, before: str, how: Finish, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        finished(planned(tmp_path, before), how, TODAY)
    with pytest.raises(Refused, match="hours is 0"):
        finished(planned(tmp_path, PAST), finish("0"), TODAY)


def test_prompts_are_added_where_there_is_no_reflection(tmp_path: Path) -> None:
    how = finish("1", model="cibse")
    assert finished(planned(tmp_path, PAST), how, TODAY).decode().endswith(BODY)
    after = finished(planned(tmp_path, PAST, "\nWords.\n"), how, TODAY).decode()
    assert after.count("\n### ") == 3
    assert "\nWords.\n\n## Reflection\n\n### What did you learn from it?\n\n<!-- What is new to you. -->\n" in after


def test_whether_the_days_lie_ahead(tmp_path: Path) -> None:
    activity = planned(tmp_path).record
    assert is_to_come(activity, finish(), TODAY)
    assert not is_to_come(activity, finish("", "today"), TODAY)
    assert not is_to_come(activity, finish("", "", "start=2026-11-20"), TODAY)
    assert not is_to_come(activity, finish(), date(2026, 12, 8))


def test_hours_are_what_the_reader_takes() -> None:
    with pytest.raises(UsageError, match="write 1h30"):
        checked_hours("1:30")
    assert checked_hours(" 1h30 ") == "1h30"
