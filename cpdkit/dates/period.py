"""A period: a half-open range of days, and how it is written."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cpdkit.dates.day_words import MONTHS, day_text, days_text
from cpdkit.dates.period_words import Now, cpd_year_bounds, cpd_year_number, months_later, read_from_to, read_period

_NAMED_MONTHS = {3: "Q", 6: "H"}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to before `stop`; None leaves a side open.

    `label` is the owner's own name for it, such as `2025/26` for a CPD year; it doesn't make a period another one.
    """

    start: date | None = None
    stop: date | None = None
    label: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.start and self.stop and self.start >= self.stop:
            raise ValueError(f"a period holds at least one day: {self.start} to before {self.stop}")

    def __str__(self) -> str:
        return self.spoken

    @property
    def last(self) -> date | None:
        """The last day inside."""
        return self.stop - timedelta(1) if self.stop else None

    @property
    def days(self) -> int | None:
        """How many days it holds; None where a side is open."""
        return (self.stop - self.start).days if self.start and self.stop else None

    def contains(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.stop is None or day < self.stop)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether any of the days from the first to the last lies inside."""
        return (self.start is None or self.start <= last) and (self.stop is None or first < self.stop)

    def cut_to(self, other: "Period") -> "Period | None":
        """Return what two periods have in common; None where that is nothing."""
        start = max((day for day in (self.start, other.start) if day), default=None)
        stop = min((day for day in (self.stop, other.stop) if day), default=None)
        return None if start and stop and start >= stop else Period(start, stop)

    @property
    def spoken(self) -> str:
        """`1 April 2025 – 31 March 2026`, `14 March 2026`, `until 31 December 2025`, `all time`."""
        first, last = self.start, self.last
        if first and last:
            return days_text(first, last)
        if first:
            return f"from {day_text(first)}"
        return f"until {day_text(last)}" if last else "all time"

    @property
    def short_title(self) -> str:
        """For a title: `2026`, `March 2026`, `Q1 2026`, `2024–2025`, the label if there is one; else as spoken."""
        months = self._months
        first, last = self.start, self.last
        if self.label or not (months and first and last):
            return self.label or self.spoken
        if months % 12 == 0 and first.month == 1:
            return str(first.year) if months == 12 else f"{first.year}–{last.year}"
        if months == 1:
            return _month(first)
        if letter := self._part:
            return f"{letter}{(first.month - 1) // months + 1} {first.year}"
        start = _month(first) if first.year != last.year else MONTHS[first.month - 1]
        return f"{start} – {_month(last)}"

    @property
    def slug(self) -> str:
        """For a file's name: `2026`, `2026-03`, `2026-q1`, `2025-04-01--2026-03-31`, `until-2025-12-31`, `all`."""
        first, last = self.start, self.last
        if not first or not last:
            return f"from-{first}" if first else f"until-{last}" if last else "all"
        if self._months == 12 and first.month == 1:
            return f"{first:%Y}"
        if self._months == 1:
            return f"{first:%Y-%m}"
        if letter := self._part:
            return f"{first:%Y}-{letter.lower()}{(first.month - 1) // (self._months or 1) + 1}"
        return str(first) if first == last else self._week or f"{first}--{last}"

    @property
    def _months(self) -> int | None:
        """How many whole calendar months it is; None where it isn't."""
        if not (self.start and self.stop and self.start.day == self.stop.day == 1):
            return None
        return (self.stop.year - self.start.year) * 12 + self.stop.month - self.start.month

    @property
    def _part(self) -> str:
        """`Q` for a quarter, `H` for a half of a calendar year; else empty."""
        months = self._months
        fits = months and self.start and (self.start.month - 1) % months == 0
        return _NAMED_MONTHS.get(months or 0, "") if fits else ""

    @property
    def _week(self) -> str:
        if self.start is None or self.days != 7 or self.start.weekday():
            return ""
        year, week, _ = self.start.isocalendar()
        return f"{year}-w{week:02d}"


def parse_period(text: str, today: date, year_start: tuple[int, int] = (1, 1)) -> Period:
    """Return the period that a text names; `year_start` is (month, day) of the CPD year. Raises UsageError for none."""
    now = Now(today, year_start)
    return _named(*read_period(text, now), year_start) if "cpd" in text.casefold() else Period(*read_period(text, now))


def from_to(first: str, last: str, today: date, year_start: tuple[int, int] = (1, 1)) -> Period:
    """`--from` and `--to`: from the first day of one period to the last of another; an empty one leaves a side open."""
    return Period(*read_from_to(first, last, Now(today, year_start)))


def cpd_year(year: int, year_start: tuple[int, int]) -> Period:
    """Return the CPD year that starts in a calendar year."""
    return _named(*cpd_year_bounds(year, year_start), year_start)


def cpd_year_of(day: date, year_start: tuple[int, int]) -> Period:
    """Return the CPD year that holds a day."""
    return cpd_year(cpd_year_number(day, year_start), year_start)


def months_of(period: Period, months: int) -> tuple[Period, ...]:
    """Return a closed period cut at the calendar's months, quarters (3) or years (12); both ends may be short."""
    if period.start is None or period.stop is None:
        raise ValueError("an open period has no end of months")
    parts = []
    first = date(period.start.year, (period.start.month - 1) // months * months + 1, 1)
    while first < period.stop:
        behind = months_later(first, months)
        parts.append(Period(max(first, period.start), min(behind, period.stop)))
        first = behind
    return tuple(parts)


def _named(start: date | None, stop: date | None, year_start: tuple[int, int]) -> Period:
    """A CPD year with its name, where it isn't the calendar's; any other period without one."""
    if not start or not stop or year_start == (1, 1) or (start, stop) != cpd_year_bounds(start.year, year_start):
        return Period(start, stop)
    return Period(start, stop, f"{start.year}/{stop.year % 100:02d}")


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
