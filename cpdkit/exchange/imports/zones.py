"""Time zones by the names that programs use, and the owner's clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from cpdkit.errors import UsageError

_UTC_NAMES = frozenset({"UTC", "Z", "GMT", "COORDINATED UNIVERSAL TIME", "TZONE://MICROSOFT/UTC"})
_MOST_PARTS = 6


class NoZone(UsageError):
    """An unknown time zone."""

    def __init__(self, name: str) -> None:
        super().__init__(f'unknown time zone "{name}"', "use a name such as Europe/London")


@dataclass(frozen=True, slots=True)
class Clock:
    """The owner's clock: that of a zone, or the system's local time if `zone` is None."""

    zone: tzinfo | None = None

    def utc(self, moment: datetime) -> datetime:
        """Return a moment in UTC; a moment without a zone is in the owner's local time."""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone) if self.zone else self._system(moment)
        return moment.astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """Return the time on the owner's clock at a moment, without a zone."""
        if moment.tzinfo is None:
            return moment
        local = moment.astimezone(self.zone) if self.zone else self._system(moment)
        return local.replace(tzinfo=None)

    @staticmethod
    def _system(moment: datetime) -> datetime:
        try:
            return moment.astimezone()
        except OSError:  # Windows has no local time before 1970
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def clock_in(name: str) -> Clock:
    """Return the clock of a zone by name, the system's for an empty name. Raises NoZone."""
    zone = zone_named(name) if name else None
    if name and zone is None:
        raise NoZone(name)
    return Clock(zone)


def zone_named(name: str) -> tzinfo | None:
    """Return a zone by the name that a program uses; None if it is unknown.

    Names are `Europe/London`, Windows' `GMT Standard Time` or `/vendor/Europe/London`. icalendar would search the file
    system for every name: `Europe` is a folder, `a/a/a/…` is endless, and `localtime` differs between machines.
    """
    name = name.strip().strip('"')
    if name.upper() in _UTC_NAMES:
        return UTC
    parts = name.strip("/").split("/")
    tails = ("/".join(parts[start:]) for start in range(1, min(len(parts), _MOST_PARTS)))
    names = (name.strip("/"), WINDOWS_TO_OLSON.get(name, ""), *tails)
    return next((ZoneInfo(known) for known in names if known in _known_names()), None)


@lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    return frozenset(available_timezones() - {"localtime", "Factory"})
