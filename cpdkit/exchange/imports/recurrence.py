"""The times at which an event takes place, from its start, repeat rules, extra days and exceptions.

recurring-ical-events follows the rules. Rules are untrusted: for some, the library tries every day up to the year 9999,
or every second. So each rule is checked first.
"""

import time
from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar
from icalendar.prop import vRecur

from cpdkit.errors import UsageError
from cpdkit.exchange.imports.zones import Clock

Moment = date | datetime
"""A whole day, a time in a zone, or a local time without one."""
RECURRING = frozenset({"RRULE", "RDATE", "RECURRENCE-ID"})
"""The properties of an event that repeats, or that replaces one time of a series."""
FIRST_YEAR, LAST_YEAR = 1600, 2200
"""The years that are read. Programs put birthdays without a year into 1604."""
MOST_SECONDS = 20.0
MOST_OCCURRENCES = 20_000
MOST_TIMES_A_DAY = 4
MOST_PARTS = 400
_MOST_STEPS = 99_999
_FREQUENCIES = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
"""The supported frequencies, with the largest number of days in a step of each."""
_TOO_OFTEN = {"HOURLY": "hour", "MINUTELY": "minute", "SECONDLY": "second"}
_BOUNDS = {
    "BYSECOND": (0, 59), "BYMINUTE": (0, 59), "BYHOUR": (0, 23), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53), "BYMONTH": (1, 12), "BYSETPOS": (-366, 366), "INTERVAL": (1, _MOST_STEPS),
    "COUNT": (1, _MOST_STEPS),
}  # fmt: skip
_MOST_ORDINAL = {"MONTHLY": 5, "YEARLY": 53}
"""The largest ordinal of a weekday in a month or a year."""
_YEARS = (2023, 2024)
"""A year of 365 days and one of 366."""
_LAST_YEARS = range(9932, 9904, -1)
"""The last 28 years, which begin and end on all weekdays, before a few decades up to the year 9999."""
_ENDS = ("UNTIL", "COUNT")
_NUMBER = "X-CPDKIT-NUMBER"
_MARGIN = timedelta(days=3)


class TooMuch(UsageError):
    """A calendar with too many recurrences, or that takes too long to read."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "choose a shorter period, or export a part of the calendar")


class Budget:
    """The limit of the work for one file."""

    def __init__(self, seconds: float = MOST_SECONDS, occurrences: int = MOST_OCCURRENCES) -> None:
        self._until = time.monotonic() + seconds
        self._left = occurrences

    def spend(self, occurrences: int) -> None:
        """Subtract occurrences. Raises TooMuch."""
        self._left -= occurrences
        if self._left < 0:
            raise TooMuch(f"the calendar has more than {MOST_OCCURRENCES:,} events in this period")
        if time.monotonic() > self._until:
            raise TooMuch(f"reading the events of the calendar takes longer than {MOST_SECONDS:g} s")


def occurrences(
    series: Sequence[Any], longest: timedelta, first: date, last: date, budget: Budget
) -> Iterator[tuple[int, Moment]]:
    """Yield the times of the events of one UID between two days, with a few days more at either end.

    The events contain only dates: all of one kind (see `alike`), with rules from `vetted`, and no end, because lengths
    are counted in UTC and not by the clock. `longest` is the longest length. Each item is the number of the event in
    `series`, and a start. Raises TooMuch.
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
    # Query by dates: each kind of start can be compared with them.
    since, until = _shifted(first, -longest - _MARGIN), _shifted(last, _MARGIN)
    found = recurring_ical_events.of(calendar).between(since, until)
    budget.spend(len(found))
    yield from ((int(event[_NUMBER]), event["DTSTART"].dt) for event in found)


def _shifted(day: date, by: timedelta) -> date:
    """Return a day moved by a length, within the years that are read."""
    try:
        moved = day + by
    except OverflowError:
        moved = day
    return min(max(moved, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))


def alike(moment: Moment, start: Moment, clock: Clock) -> Moment:
    """Return a moment as the same kind as `start`: a date, a time in its zone, or a local time without a zone.

    Programs mix the kinds in one series, but only moments of one kind can be compared.
    """
    if not isinstance(start, datetime):
        return clock.local(moment).date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.timetz())
    if start.tzinfo is None:
        return clock.local(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=start.tzinfo)


def vetted(text: str, start: Moment, clock: Clock) -> vRecur:
    """Return a rule that is safe to follow from `start`, with an end of the same kind as `start`.

    Raises ValueError with a message for a rule that cannot be read, matches no date or repeats too often.
    """
    unreadable = ValueError(f'cannot read its repeat rule "{text[:60]}"')
    signs = [part.count("=") for part in text.split(";") if part]
    try:
        parts = {str(name).upper(): values for name, values in vRecur.from_ical(text).items()}
    except ValueError:
        raise unreadable from None
    if signs != [1] * len(parts):  # icalendar ignores a part that it can't read
        raise unreadable
    if sum(map(len, parts.values())) > MOST_PARTS:
        raise ValueError("its repeat rule is too long")
    frequency = str(parts.get("FREQ", [""])[0])
    if frequency not in _FREQUENCIES:
        often = _TOO_OFTEN.get(frequency)
        raise ValueError(f"it repeats every {often}" if often else "its repeat rule has no frequency")
    if not all(_is_sound(name, value, frequency) for name, values in parts.items() for value in values):
        raise unreadable
    numbers = {name: frozenset(map(int, values)) for name, values in parts.items() if name in _BOUNDS}
    times = len(numbers.get("BYHOUR", "1")) * len(numbers.get("BYMINUTE", "1")) * len(numbers.get("BYSECOND", "1"))
    if times > MOST_TIMES_A_DAY:
        raise ValueError(f"it repeats {times} times a day")
    if max(map(abs, numbers.get("BYSETPOS", {1}))) > _FREQUENCIES[frequency] * times or not _fits_a_day(numbers):
        raise ValueError("no date matches its repeat rule")
    if not _matches_soon(vRecur({name: values for name, values in parts.items() if name not in _ENDS}), start):
        raise ValueError("no date matches its repeat rule")
    if "UNTIL" in parts:
        parts["UNTIL"] = [_end(parts["UNTIL"][0], start, clock)]
    return vRecur(parts)


def _matches_soon(rule: vRecur, start: Moment) -> bool:
    """Return whether a rule matches any date in its first decades.

    dateutil searches up to the year 9999, through millions of days if a rule matches none. So it searches from the
    last possible year with the same weekdays and length.
    """
    shape = date(start.year, 1, 1).weekday(), isleap(start.year)
    year = next(year for year in _LAST_YEARS if (date(year, 1, 1).weekday(), isleap(year)) == shape)
    clock = start.time() if isinstance(start, datetime) else clock_time()
    first = datetime.combine(date(year, start.month, start.day), clock)
    return next(iter(rrulestr(_text(rule), dtstart=first)), None) is not None


def _text(rule: Any) -> str:
    text: str = rule.to_ical().decode()
    return text


def _is_sound(name: str, value: Any, frequency: str) -> bool:
    """Return whether a part of a rule is known, and its number possible in a calendar."""
    if name in _BOUNDS:
        low, high = _BOUNDS[name]
        # Zero is valid only if counting starts with it: a rule with a step of zero would never end.
        return low <= int(value) <= high and (int(value) != 0 or low == 0) and not getattr(value, "leap", False)
    if name == "BYDAY":
        # icalendar reads 0MO as MO, but recurring-ical-events fails on it.
        return len(value) == 2 if not value.relative else abs(value.relative) <= _MOST_ORDINAL.get(frequency, 0)
    if name == "UNTIL":
        return isinstance(value, date) and value.year >= FIRST_YEAR
    return name in ("FREQ", "WKST")


def _fits_a_day(numbers: Mapping[str, frozenset[int]]) -> bool:
    """Return whether any day matches the months, the days of the month and the days of the year."""
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
    """Return a rule's end in the form that RFC 5545 requires for the kind of start; a date includes the whole day."""
    if end.year > LAST_YEAR:  # programs write 9999 for a rule without an end
        end = end.replace(year=LAST_YEAR, day=min(end.day, 28))
    if not isinstance(start, datetime):
        return date(end.year, end.month, end.day)
    if not isinstance(end, datetime):
        end = datetime.combine(end, clock_time(23, 59, 59))
    if start.tzinfo is None:
        return clock.local(end)
    return (end if end.tzinfo else end.replace(tzinfo=start.tzinfo)).astimezone(UTC)
