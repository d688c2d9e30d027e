"""The minutes of a row from its starts, its finishes and its breaks: of one sitting, or of several on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from cpdkit.dates.hours import HOUR, Minutes
from cpdkit.exchange.cells import flag_of
from cpdkit.exchange.import_headings import break_unit
from cpdkit.exchange.imports.zones import Clock
from cpdkit.exchange.time_cells import DAY, LONGEST_OVER_NIGHT, clocks_of, is_bare, minutes_in
from cpdkit.text.wording import shortened

_LEAST_MINUTES = 5
"""A plain number from here on is the minutes of a break, not its hours."""


@dataclass(slots=True)
class Sittings:
    """Times of day by the number of their pair of columns, and breaks; `unread` has a message if a break is unclear."""

    starts: dict[int, time] = field(default_factory=dict)
    ends: dict[int, time] = field(default_factory=dict)
    breaks: Minutes = 0
    sides: list[Minutes] = field(default_factory=list)
    unread: str = ""

    @property
    def is_complete(self) -> bool:
        """Return whether there is a start and a finish."""
        return bool(self.starts and self.ends)

    def add_break(self, heading: str, cell: str) -> None:
        """Add a break: its length, its start and its end, or the one that the heading names."""
        try:
            unit = break_unit(heading) or ""
            if unit == "clock":
                self.sides.append(clocks_of(cell)[0])
            elif flag_of(cell) != "false":
                self.breaks += break_minutes(cell, unit)
        except ValueError as error:
            self.unread = str(error)

    def minutes(self, day: date, last_day: date | None, clock: Clock | None) -> Minutes | None:
        """Return the minutes without the breaks; None without a start and a finish. Raises ValueError if unclear."""
        if not self.is_complete or (len(self.starts) == 1 and self.starts == self.ends):
            return None
        if self.unread:
            raise ValueError(self.unread)
        if self.starts.keys() != self.ends.keys():
            raise ValueError("a start has no finish, or a finish no start; add the hours")
        if len(self.starts) > 1:
            total = _sum(self.starts, self.ends)
        else:
            ((number, start),) = self.starts.items()
            total = _length(start, self.ends[number], day, last_day, clock)
        total -= self._breaks()
        if total <= 0:
            raise ValueError("the break is as long as the time from the start to the finish; add the hours")
        return total

    def _breaks(self) -> Minutes:
        if len(self.sides) % 2:
            raise ValueError("the break has a start without an end, or an end without a start; add the hours")
        parts = [last - first for first, last in zip(self.sides[::2], self.sides[1::2], strict=True)]
        if any(part < 0 for part in parts):
            raise ValueError("the break ends before it starts; add the hours")
        return self.breaks + sum(parts)


def break_minutes(text: str, unit: str) -> Minutes:
    """Return the minutes of a break, which may be one time of day to another. Raises ValueError."""
    plain = text.strip()
    try:
        first, last = clocks_of(plain)
    except ValueError:
        last = None
    if last is not None and last > first:
        return last - first
    unclear = ValueError(f'"{shortened(plain, 40)}" is not clearly the length of a break; add the hours')
    if not unit and is_bare(plain):
        number = Decimal(plain.replace(",", "."))
        fits_hours = number < 1 and number * HOUR % 1 == 0
        fits_days = number < 1 and abs(number * DAY - round(number * DAY)) < Decimal("0.01")
        unit = "minutes" if number >= _LEAST_MINUTES else "hours" if fits_hours else "day-fraction" if fits_days else ""
        if not unit:
            raise unclear
    try:
        return minutes_in(plain, unit)
    except ValueError:
        raise unclear from None


def _sum(starts: Mapping[int, time], ends: Mapping[int, time]) -> Minutes:
    """Return the minutes of several sittings of a day, which follow each other."""
    pairs = sorted((_minute(starts[number]), _minute(ends[number])) for number in starts)
    times = [minute for pair in pairs for minute in pair]
    if times != sorted(times) or any(first == last for first, last in pairs):
        raise ValueError("the times from start to finish overlap, or go past midnight; add the hours")
    return sum(last - first for first, last in pairs)


def _minute(clock_time: time) -> Minutes:
    return clock_time.hour * HOUR + clock_time.minute


def _length(start: time, end: time, day: date, last_day: date | None, clock: Clock | None) -> Minutes:
    """Return the minutes from one time to another, if that is one sitting. Raises ValueError."""
    unclear = ValueError("the hours from the start to the end are unclear; add them")
    try:
        if last_day is None and end < start:
            last_day = day + timedelta(1)
        last_day = last_day or day
        first, last = datetime.combine(day, start), datetime.combine(last_day, end)
        length = clock.utc(last) - clock.utc(first) if clock else last - first
    except (OverflowError, ValueError):
        raise unclear from None
    minutes = (round(length.total_seconds()) + 30) // 60
    if not 0 < minutes < (LONGEST_OVER_NIGHT if last_day > day else DAY):
        raise unclear
    return minutes
