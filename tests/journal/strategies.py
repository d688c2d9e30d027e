"""Hypothesis strategies for dates, periods and activities."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from cpdkit.dates.period import Period
from cpdkit.journal.records import Activity, Session
from cpdkit.journal.values import ActivityType, Status

CALENDAR = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period: open or closed, including whole months and years."""
    start = draw(st.none() | CALENDAR)
    stop = draw(st.none() | CALENDAR)
    if draw(st.booleans()):
        start, stop = start and start.replace(day=1), stop and stop.replace(day=1)
    if start and stop and start >= stop:
        start, stop = stop, max(start, stop + timedelta(1))
    return Period(start, stop)


def activity(start: date = date(2026, 3, 14), days: int = 1, minutes: int = 120, **fields: object) -> Activity:
    """Return an activity of a number of days, with some fields."""
    known: dict[str, object] = {
        "id": "2026-03-14-lecture",
        "path": "activities/2026/2026-03-14-lecture.md",
        "folder": "2026",
        "title": "IET lecture",
        "type": ActivityType.EVENT,
        "start": start,
        "end": start + timedelta(days - 1),
        "minutes": minutes,
    }
    return Activity(**(known | fields))  # type: ignore[arg-type]


def with_sessions(*sessions: tuple[date, int], **fields: object) -> Activity:
    """Return an activity with sessions, which give its dates and minutes by default."""
    days = sorted(day for day, _ in sessions)
    total = sum(minutes for _, minutes in sessions)
    known = {"end": days[-1], "sessions": tuple(Session(day, minutes) for day, minutes in sessions)}
    return replace(activity(days[0], 1, total), **(known | fields))  # type: ignore[arg-type]


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    """Any activity, of one day or several, with or without sessions."""
    fields = {
        "type": draw(st.sampled_from(ActivityType)),
        "status": draw(st.sampled_from(Status)),
        "folder": draw(st.sampled_from(["", "2025", "2026", "2026/Courses", "CPD Activities 2013"])),
        "confidential": draw(st.integers(0, 5)) == 0,
        "highlight": draw(st.booleans()),
        "topics": draw(st.sampled_from([(), ("ethics",), ("safety", "ethics")])),
    }
    start = draw(CALENDAR)
    if draw(st.booleans()):
        return activity(start, draw(st.integers(1, 400)), draw(st.integers(0, 5000)), **fields)
    sitting = st.tuples(st.dates(start, start + timedelta(400)), st.integers(0, 600))
    return with_sessions(*draw(st.lists(sitting, min_size=1, max_size=5)), **fields)
