"""When an event takes place: once, or as often as its rules, its extra days and its exceptions say.

recurring-ical-events follows the rules. A rule may come from anybody: what follows it tries every day up to the year
9999 where none fits, and every second where it may. So each is vetted first.
"""

import time
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import recurring_ical_events
from icalendar import Calendar
from icalendar.prop import vRecur

from cpdkit.errors import UsageError
from cpdkit.exchange.imports.zones import Clock

Moment = date | datetime
"""A whole day, a time in a zone, or a local time without one."""
RECURRING = frozenset({"RRULE", "RDATE", "RECURRENCE-ID"})
"""The properties of which an event has one that is more than one time, or stands for one of many."""
FIRST_YEAR, LAST_YEAR = 1600, 2200
"""The years that are read. Programs put birthdays without a year into 1604."""
MOST_SECONDS = 20.0
MOST_OCCURRENCES = 20_000
MOST_TIMES_A_DAY = 4
MOST_PARTS = 400
_MOST_STEPS = 99_999
_FREQUENCIES = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
"""The frequencies that are followed, and the most days that one turn of each has."""
_TOO_OFTEN = {"HOURLY": "hour", "MINUTELY": "minute", "SECONDLY": "second"}
_BOUNDS = {
    "BYSECOND": (0, 59), "BYMINUTE": (0, 59), "BYHOUR": (0, 23), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53), "BYMONTH": (1, 12), "BYSETPOS": (-366, 366), "INTERVAL": (1, _MOST_STEPS),
    "COUNT": (1, _MOST_STEPS),
}  # fmt: skip
_MOST_ORDINAL = {"MONTHLY": 5, "YEARLY": 53}
"""Up to which number weekdays are counted within a month or a year."""
_YEARS = (2023, 2024)
"""A year of 365 days and one of 366."""
_NUMBER = "X-CPDKIT-NUMBER"
_MARGIN = timedelta(days=3)


class TooMuch(UsageError):
    """A calendar whose recurrences are too many, or take too long to follow."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "choose fewer days, or export a part of the calendar")


class Budget:
    """How much work a file may make."""

    def __init__(self, seconds: float = MOST_SECONDS, occurrences: int = MOST_OCCURRENCES) -> None:
        self._until = time.monotonic() + seconds
        self._left = occurrences

    def spend(self, occurrences: int) -> None:
        """Note so many occurrences. Raises TooMuch."""
        self._left -= occurrences
        if self._left < 0:
            raise TooMuch(f"more than {MOST_OCCURRENCES:,} events of the calendar lie between these days")
        if time.monotonic() > self._until:
            raise TooMuch(f"reading the calendar's events takes longer than {MOST_SECONDS:g} s")


def occurrences(
    series: Sequence[Any], longest: timedelta, first: date, last: date, budget: Budget
) -> Iterator[tuple[int, Moment]]:
    """Yield when the events of one UID take place between two days, and a few days more at either end.

    The events hold their dates and nothing else: all of one kind (see `alike`), rules vetted, no end, since how long
    one takes is counted in UTC and not by the clock. `longest` is how long the longest takes. Each item is the number
    of the event in `series`, and a start. Raises TooMuch.
    """
    if not any(RECURRING & event.keys() for event in series):
        budget.spend(len(series))
        yield from ((number, event["DTSTART"].dt) for number, event in enumerate(series))
        return
    calendar = Calendar()
    for number, event in enumerate(series):
        event[_NUMBER] = str(number)
        event["UID"] = "series"
        calendar.add_component(event)
    # The query is one for days: each kind of start is compared with it in its own way.
    since, until = _shifted(first, -longest - _MARGIN), _shifted(last, _MARGIN)
    found = recurring_ical_events.of(calendar).between(since, until)
    budget.spend(len(found))
    yield from ((int(event[_NUMBER]), event["DTSTART"].dt) for event in found)


def _shifted(day: date, by: timedelta) -> date:
    """Return a day so much later, within the years that are read."""
    try:
        moved = day + by
    except OverflowError:
        moved = day
    return min(max(moved, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))


def alike(moment: Moment, start: Moment, clock: Clock) -> Moment:
    """Return a moment as one of the kind of start: a day, a time in the start's zone, or a local time without one.

    Programs mix the kinds in one series, and those that are compared have to be of one.
    """
    if not isinstance(start, datetime):
        return clock.local(moment).date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.timetz())
    if start.tzinfo is None:
        return clock.local(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=start.tzinfo)


def vetted(text: str, start: Moment, clock: Clock) -> vRecur:
    """Return the rule of an RRULE as it can be followed from `start` on, its end of the same kind as that.

    Raises ValueError with a plain sentence for one that can't be read, never fits or fits too often.
    """
    unreadable = ValueError(f'its rule "{text[:60]}" can\'t be read')
    signs = [part.count("=") for part in text.split(";") if part]
    try:
        parts = {str(name).upper(): values for name, values in vRecur.from_ical(text).items()}
    except ValueError:
        raise unreadable from None
    if signs != [1] * len(parts):  # icalendar passes over a part that it can't read
        raise unreadable
    if sum(map(len, parts.values())) > MOST_PARTS:
        raise ValueError("its rule is too long")
    frequency = str(parts.get("FREQ", [""])[0])
    if frequency not in _FREQUENCIES:
        often = _TOO_OFTEN.get(frequency)
        raise ValueError(f"it repeats every {often}" if often else "its rule doesn't say how often it repeats")
    if not all(_is_sound(name, value, frequency) for name, values in parts.items() for value in values):
        raise unreadable
    numbers = {name: frozenset(map(int, values)) for name, values in parts.items() if name in _BOUNDS}
    times = len(numbers.get("BYHOUR", "1")) * len(numbers.get("BYMINUTE", "1")) * len(numbers.get("BYSECOND", "1"))
    if times > MOST_TIMES_A_DAY:
        raise ValueError(f"it repeats {times} times a day")
    if max(map(abs, numbers.get("BYSETPOS", {1}))) > _FREQUENCIES[frequency] * times or not _fits_a_day(numbers):
        raise ValueError("no day fits its rule")
    if "UNTIL" in parts:
        parts["UNTIL"] = [_end(parts["UNTIL"][0], start, clock)]
    return vRecur(parts)


def _is_sound(name: str, value: Any, frequency: str) -> bool:
    """Return whether a part of a rule is one that is known, and its number one that a calendar has."""
    if name in _BOUNDS:
        low, high = _BOUNDS[name]
        # Zero counts only where counting starts with it: a rule that takes no step would never come to an end.
        return low <= int(value) <= high and (int(value) != 0 or low == 0) and not getattr(value, "leap", False)
    if name == "BYDAY":
        # icalendar reads 0MO as MO, and what follows the rule fails on it.
        return len(value) == 2 if not value.relative else abs(value.relative) <= _MOST_ORDINAL.get(frequency, 0)
    if name == "UNTIL":
        return isinstance(value, date) and value.year >= FIRST_YEAR
    return name in ("FREQ", "WKST")


def _fits_a_day(numbers: Mapping[str, frozenset[int]]) -> bool:
    """Return whether any day has the month, the number in it and the number in the year asked for."""
    months, in_month, in_year = (numbers.get(name) for name in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY"))
    if in_month is None and in_year is None:
        return True
    for year in _YEARS:
        size = 365 + (year == _YEARS[1])
        for number in range(size):
            day = date(year, 1, 1) + timedelta(number)
            from_end = day.day - monthrange(year, day.month)[1] - 1
            if (
                (months is None or day.month in months)
                and (in_month is None or in_month & {day.day, from_end})
                and (in_year is None or in_year & {number + 1, number - size})
            ):
                return True
    return False


def _end(end: Moment, start: Moment, clock: Clock) -> Moment:
    """Return a rule's end as RFC 5545 wants it for the kind of start, a bare day being in it to its end."""
    if end.year > LAST_YEAR:  # programs write 9999 for a rule without an end
        end = end.replace(year=LAST_YEAR, day=min(end.day, 28))
    if not isinstance(start, datetime):
        return date(end.year, end.month, end.day)
    if not isinstance(end, datetime):
        end = datetime.combine(end, clock_time(23, 59, 59))
    if start.tzinfo is None:
        return clock.local(end)
    return (end if end.tzinfo else end.replace(tzinfo=start.tzinfo)).astimezone(UTC)
