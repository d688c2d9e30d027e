"""Days, times and durations as iCalendar writes them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from cpdkit.exchange.imports.calendars.lines import Line
from cpdkit.exchange.imports.calendars.zones import Home, Zones

FIRST_YEAR, LAST_YEAR = 1600, 2200
"""Programs put birthdays without a year into 1604."""
MOST_LISTED = 5_000
_MOMENT = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[Tt ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:\.[0-9]{1,9})?)?([Zz])?)?"
)
_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,7})M)?(?:([0-9]{1,8})S)?)?",
    re.IGNORECASE,
)

Moment = date | datetime
"""A whole day, a time in a zone, or a local time without one."""


class UnknownZone(ValueError):
    """A zone that nobody knows. `moment` is the time as it is written, without a zone."""

    def __init__(self, name: str, moment: datetime) -> None:
        super().__init__(f'its time zone "{_short(name)}" is not known; the time is taken as it is written')
        self.moment = moment


def moment(line: Line, zones: Zones) -> Moment:
    """What a property says. Raises ValueError with a plain sentence, UnknownZone among them."""
    return _one(line.value.strip(), line, zones)


def moments(line: Line, zones: Zones) -> Iterator[tuple[Moment, Moment | timedelta | None]]:
    """What a property lists, each with the end or the length of its own where it has one. Raises ValueError."""
    values = line.value.split(",")
    if len(values) > MOST_LISTED:
        raise ValueError(f"there are more than {MOST_LISTED:,} days in one list")
    for each in values:
        first, _, rest = each.strip().partition("/")
        if first:
            yield _one(first, line, zones), _end(rest, line, zones) if rest else None


def plain_moment(text: str) -> Moment:
    """A day or a time without the name of a zone. Raises ValueError with a plain sentence."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(f'"{_short(text)}" is no day or time' if text else "there is no day")
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    try:
        if match[4] is None:
            return date(year, month, day)
        # A leap second is the second before it.
        second = min(int(match[6] or 0), 59)
        return datetime(year, month, day, int(match[4]), int(match[5]), second, tzinfo=UTC if match[7] else None)
    except ValueError:
        raise ValueError(f'"{text}" is no day or time of the calendar') from None


def duration(text: str) -> tuple[int, timedelta]:
    """Whole days, which the clock counts, and a time to the second. Raises ValueError."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        raise ValueError(f'"{_short(text.strip())}" is no duration')
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups()[1:])
    sign = -1 if match[1] == "-" else 1
    return sign * (7 * weeks + days), sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def later(start: datetime, days: int, time: timedelta, at: Home) -> timedelta:
    """How long it is from a start to so many days and so much time behind it; a day of 23 hours is one too.

    Raises ValueError past the last year.
    """
    try:
        return at.utc(start + timedelta(days=days)) + time - at.utc(start)
    except OverflowError:
        raise ValueError("the duration leads past the calendar's end") from None


def _one(text: str, line: Line, zones: Zones) -> Moment:
    found = plain_moment(text)
    name = line.params.get("TZID", "")
    if not isinstance(found, datetime) or found.tzinfo or not name:
        return found
    zone = zones.get(name)
    if zone is None:
        raise UnknownZone(name, found)
    return found.replace(tzinfo=zone)


def _end(text: str, line: Line, zones: Zones) -> Moment | timedelta:
    if not text.lstrip("+-").upper().startswith("P"):
        return _one(text, line, zones)
    days, time = duration(text)
    return timedelta(days=days) + time


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
