"""Time zones of a calendar: by their names, by Windows' names for them, or as the file describes them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from cpdkit.errors import UsageError
from cpdkit.exchange.imports.calendars.components import Component

_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-5][0-9])([0-5][0-9])?")
_ONSET = re.compile(r"([0-9]{8}T[0-9]{6})Z?")
_NTH = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
_UTC_NAMES = frozenset({"UTC", "Z", "GMT", "COORDINATED UNIVERSAL TIME", "TZONE://MICROSOFT/UTC"})
_DAY = timedelta(days=1)
MOST_CHANGES = 200
"""So many changes of the clock are read of one described zone."""
LONGEST = 20_000


class NoZone(UsageError):
    """The owner's zone is none that is known."""

    def __init__(self, name: str) -> None:
        super().__init__(f'there is no time zone "{name}"', "name one such as Europe/London")


@dataclass(frozen=True, slots=True)
class Home:
    """Where the owner's days begin: a zone, or the system's local time where it is None."""

    zone: tzinfo | None = None

    def utc(self, moment: datetime) -> datetime:
        """An instant in UTC; one without a zone is the owner's local time."""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone) if self.zone else self._system(moment)
        return moment.astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """The owner's clock at an instant, without a zone."""
        if moment.tzinfo is None:
            return moment
        there = moment.astimezone(self.zone) if self.zone else self._system(moment)
        return there.replace(tzinfo=None)

    @staticmethod
    def _system(moment: datetime) -> datetime:
        try:
            return moment.astimezone()
        except OSError:  # Windows knows no local time before 1970
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def home(name: str) -> Home:
    """The owner's zone by its name, the system's for an empty one. Raises NoZone."""
    if not name:
        return Home()
    zone = named(name)
    if zone is None:
        raise NoZone(name)
    return Home(zone)


def named(name: str) -> tzinfo | None:
    """A zone by the name that a program gives it: `Europe/London`, `GMT Standard Time`, `/vendor/Europe/London`."""
    name = name.strip().strip('"')
    if name.upper() in _UTC_NAMES:
        return UTC
    parts = name.strip("/").split("/")
    tails = ("/".join(parts[start:]) for start in range(1, min(len(parts), 6)))
    names = (name.strip("/"), WINDOWS_TO_OLSON.get(name, ""), *tails)
    return next((zone for each in names if (zone := _known(each))), None)


def _known(name: str) -> ZoneInfo | None:
    # Asked for another name, zoneinfo looks for it as a package, however deep.
    return ZoneInfo(name) if name in _names() else None


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """All zones, without the name that stands for the machine's own."""
    return frozenset(available_timezones() - {"localtime", "Factory"})


class Zones:
    """The zones of one calendar, each looked up once."""

    def __init__(self, described: Iterable[Component] = ()) -> None:
        """`described` are the calendar's VTIMEZONE components."""
        self._described = {each.value("TZID"): each for each in described}
        self._found: dict[str, tzinfo | None] = {}

    def get(self, name: str) -> tzinfo | None:
        """The zone of a TZID; None where nobody knows it."""
        if name not in self._found:
            self._found[name] = named(name) or self._as_described(name)
        return self._found[name]

    def _as_described(self, name: str) -> tzinfo | None:
        component = self._described.get(name)
        if component is None:
            return None
        return named(component.value("X-LIC-LOCATION")) or described(component)


@dataclass(frozen=True, slots=True)
class _Change:
    """When the clock changes, by the clock that was in force before: on one day, or every year since.

    `nth` is 1 to 4 or -1 for the last, of `weekday` (0 is Monday) in `month`.
    """

    since: datetime
    before: timedelta
    after: timedelta
    yearly: tuple[int, int, int] | None = None
    until: datetime | None = None

    def last_before(self, wall: datetime) -> datetime | None:
        """The latest change at or before a time of the clock."""
        if self.yearly is None or wall < self.since:
            return self.since if self.since <= wall else None
        found = (self._in(year) for year in (wall.year, wall.year - 1, (self.until or wall).year))
        fits = [each for each in found if self.since <= each <= wall and not (self.until and each > self.until)]
        return max(fits, default=self.since)

    def _in(self, year: int) -> datetime:
        month, nth, weekday = self.yearly or (1, 1, 0)
        return datetime.combine(_nth_weekday(max(year, 1), month, nth, weekday), self.since.time())


class Described(tzinfo):
    """A zone as a VTIMEZONE says it is. It tells the offset of a local time, and nothing more is asked of it."""

    def __init__(self, name: str, changes: tuple[_Change, ...]) -> None:
        """`changes` are in no order; there is at least one."""
        self._name = name
        self._changes = changes

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """How far ahead of UTC the clock is at a local time; a time that comes twice is the first of the two."""
        if moment is None:
            return timedelta(0)
        wall = moment.replace(tzinfo=None)
        seen = [(last, each) for each in self._changes if (last := each.last_before(wall))]
        if not seen:
            return min(self._changes, key=lambda each: each.since).before
        return max(seen, key=lambda pair: pair[0])[1].after

    def dst(self, _: datetime | None) -> timedelta:
        """Not known apart from the offset."""
        return timedelta(0)

    def tzname(self, _: datetime | None) -> str:
        """The name that the file gives it."""
        return self._name


def described(component: Component) -> tzinfo | None:
    """The zone that a VTIMEZONE describes; None where it says less or more than is understood."""
    parts = [each for each in component.inside if each.name in ("STANDARD", "DAYLIGHT")]
    changes: list[_Change] = []
    for part in parts:
        found = _changes(part)
        if not found or len(changes) + len(found) > MOST_CHANGES:
            return None
        changes += found
    if not changes:
        return None
    offsets = {each.after for each in changes}
    if len(offsets) == 1:
        return timezone(offsets.pop(), component.value("TZID"))
    return Described(component.value("TZID"), tuple(changes))


def _changes(part: Component) -> list[_Change]:
    """The changes of a STANDARD or DAYLIGHT; none where they are not understood."""
    before, after = _offset(part.value("TZOFFSETFROM")), _offset(part.value("TZOFFSETTO"))
    since = _wall(part.value("DTSTART"))
    if before is None or after is None or since is None:
        return []
    rule = part.value("RRULE")
    if rule:
        parsed = _yearly(rule)
        return [_Change(since, before, after, *parsed)] if parsed else []
    said = (text for line in part.all("RDATE") for text in line.value[:LONGEST].split(","))
    more = (_wall(text) for text in islice(said, MOST_CHANGES))
    return [_Change(day, before, after) for day in (since, *more) if day]


def _yearly(rule: str) -> tuple[tuple[int, int, int], datetime | None] | None:
    """The month, the number and the weekday of a yearly change, and its end."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    until = _wall(parts.pop("UNTIL", ""))
    parts.pop("WKST", None)
    if parts.pop("FREQ", "") != "YEARLY" or parts.pop("INTERVAL", "1") != "1":
        return None
    month, nth = parts.pop("BYMONTH", ""), _NTH.fullmatch(parts.pop("BYDAY", ""))
    if parts or nth is None or not month.isascii() or not month.isdigit() or not 1 <= int(month) <= 12:
        return None
    return (int(month), int(nth[1]), _WEEK.index(nth[2])), until


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth weekday of a month, from its end for a negative one; the last for a fifth that isn't there."""
    first = date(year, month, 1)
    days = [first + (7 * week + (weekday - first.weekday()) % 7) * _DAY for week in range(5)]
    days = [day for day in days if day.month == month]
    return days[max(nth, -len(days))] if nth < 0 else days[min(nth, len(days)) - 1]


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text)
    if match is None or int(match[2]) > 23:
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -size if match[1] == "-" else size


def _wall(text: str) -> datetime | None:
    match = _ONSET.fullmatch(text.strip())
    try:
        return datetime.strptime(match[1], "%Y%m%dT%H%M%S") if match else None
    except ValueError:
        return None
