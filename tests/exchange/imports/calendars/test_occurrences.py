from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.exchange.imports.calendars.events import Event
from cpdkit.exchange.imports.calendars.occurrences import Budget, TooMuch, occurrences, only_start, superseded
from cpdkit.exchange.imports.calendars.zones import home

HOME = home("Europe/London")
LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LONDON)


def days(*series: Event, first: date = FIRST, last: date = LAST) -> list[str]:
    found = occurrences(series, first, last, HOME, Budget())
    return [f"{each.start:%m-%d} {each.clock} {each.minutes or ''}".strip() for each in found]


def test_an_event_that_happens_once() -> None:
    (found,) = occurrences([Event("u", start=at(3, 14), length=timedelta(hours=1))], FIRST, LAST, HOME, Budget())
    assert (found.start, found.end, found.minutes, found.key) == (date(2026, 3, 14),) * 2 + (60, "u")


@pytest.mark.parametrize(
    ("start", "length", "end", "minutes"),
    [
        (at(3, 14, 22), timedelta(hours=4), date(2026, 3, 15), 240),
        (at(3, 14, 20), timedelta(hours=4), date(2026, 3, 14), 240),
        (at(3, 14), None, date(2026, 3, 14), None),
        (at(3, 14), timedelta(0), date(2026, 3, 14), None),
        (at(3, 14), timedelta(seconds=90), date(2026, 3, 14), 2),
        (datetime(2026, 3, 14, 23, tzinfo=UTC), timedelta(hours=1), date(2026, 3, 14), 60),
        (datetime(2026, 7, 1, 23, tzinfo=UTC), timedelta(hours=1), date(2026, 7, 2), 60),
        (date(2026, 3, 14), timedelta(days=3), date(2026, 3, 16), None),
        (date(2026, 3, 14), timedelta(0), date(2026, 3, 14), None),
    ],
)  # fmt: skip
def test_the_last_day_and_the_minutes(start: date, length: timedelta | None, end: date, minutes: int | None) -> None:
    (found,) = occurrences([Event(start=start, length=length)], FIRST, LAST, HOME, Budget())
    assert (found.end, found.minutes) == (end, minutes)


def test_a_series_keeps_its_clock_over_the_change_of_it_with_exceptions_and_extra_days() -> None:
    series = Event(
        "u", start=at(3, 22), length=timedelta(hours=1), rules=["FREQ=WEEKLY;COUNT=4"],
        without=[at(4, 5)], more=[at(5, 1, 18)], own_lengths={at(5, 1, 18): timedelta(hours=2)},
    )  # fmt: skip
    moved = Event("u", start=at(4, 14, 10), length=timedelta(minutes=30), recurrence=at(4, 12))
    assert sorted(days(series, moved)) == ["03-22 0900 60", "03-29 0900 60", "04-14 1000 30", "05-01 1800 120"]
    found = occurrences([series, moved], FIRST, LAST, HOME, Budget())
    assert "u 20260412T080000Z" in {each.key for each in found}


def test_a_change_of_all_later_days() -> None:
    series = Event("u", start=at(3, 1), length=timedelta(hours=1), rules=["FREQ=WEEKLY;COUNT=4"])
    later = Event("u", start=at(3, 15, 11), length=timedelta(hours=2), recurrence=at(3, 15), onwards=True)
    assert sorted(days(series, later)) == ["03-01 0900 60", "03-08 0900 60", "03-15 1100 120", "03-22 1100 120"]


def test_days_that_an_exception_names_and_an_override_without_its_series() -> None:
    series = Event(start=date(2026, 3, 1), rules=["FREQ=DAILY;COUNT=3"], without=[date(2026, 3, 2)])
    assert days(series) == ["03-01", "03-03"]
    timed = Event(start=at(3, 1), rules=["FREQ=DAILY;COUNT=3"], without=[date(2026, 3, 2)])
    assert days(timed) == ["03-01 0900", "03-03 0900"]
    assert days(Event(start=at(3, 4), recurrence=at(3, 3))) == ["03-04 0900"]


def test_what_reaches_into_the_days_belongs_to_them() -> None:
    over = Event(start=date(2025, 12, 30), length=timedelta(days=4), rules=["FREQ=YEARLY"])
    assert days(over) == ["12-30", "12-30"]
    assert days(over, first=date(2026, 1, 3)) == ["12-30"]
    assert days(over, last=date(2026, 1, 2)) == ["12-30"]


def test_the_newest_version_stays() -> None:
    old, new = Event("u", sequence=1), Event("u", sequence=2)
    other = Event("u", recurrence=at(3, 1))
    assert superseded([new, old, other]) == [new, other]


def test_the_work_is_bounded() -> None:
    endless = Event(start=date(1600, 1, 1), rules=["FREQ=DAILY"])
    with pytest.raises(TooMuch, match="lie between"):
        occurrences([endless], FIRST, LAST, HOME, Budget(occurrences=100))
    with pytest.raises(TooMuch, match="longer than"):
        Budget(seconds=-1).spend(0)


def test_the_start_alone() -> None:
    assert [each.start for each in only_start(Event(start=at(3, 14)), HOME)] == [date(2026, 3, 14)]
    assert list(only_start(Event(), HOME)) == []


@given(
    start=st.datetimes(datetime(2025, 12, 1), datetime(2027, 1, 31)),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland", "UTC"]),
    minutes=st.integers(1, 3000),
)
def test_whatever_the_zone_the_minutes_are_those_between_the_instants(start: datetime, zone: str, minutes: int) -> None:
    first = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    event = Event("u", start=first.astimezone(ZoneInfo(zone)), length=timedelta(minutes=minutes))
    (found,) = occurrences([event], date.min, date.max, HOME, Budget())
    assert found.minutes == minutes
    assert found.start == first.astimezone(LONDON).date()
    assert found.start <= found.end <= found.start + timedelta(days=3)
