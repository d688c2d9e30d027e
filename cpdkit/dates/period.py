"""A period: a half-open range of days, and how it is written."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cpdkit.dates.day_words import MONTHS, day_text, days_text
from cpdkit.dates.period_words import Now, cpd_year_bounds, cpd_year_number, months_later, read_from_to, read_period

_NAMED_MONTHS = {3: "Q", 6: "H"}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to before `stop`. None leaves a side open.

    `label` is a name for display, such as `2025/26` for a CPD year. Comparisons ignore it.
    """

    start: date | None = None
    stop: date | None = None
    label: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.start and self.stop and self.start >= self.stop:
            raise ValueError(f"a period has at least one day: {self.start} to before {self.stop}")

    def __str__(self) -> str:
        return self.words

    @property
    def last(self) -> date | None:
        """The last day of the period."""
        return self.stop - timedelta(1) if self.stop else None

    @property
    def days(self) -> int | None:
        """The number of days, or None if a side is open."""
        return (self.stop - self.start).days if self.start and self.stop else None

    def contains(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.stop is None or day < self.stop)

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether any day from `first` to `last` is in the period."""
        return (self.start is None or self.start <= last) and (self.stop is None or first < self.stop)

    def cut_to(self, other: "Period") -> "Period | None":
        """Return the days that two periods have in common, or None if there are none."""
        start = max((day for day in (self.start, other.start) if day), default=None)
        stop = min((day for day in (self.stop, other.stop) if day), default=None)
        return None if start and stop and start >= stop else Period(start, stop)

    @property
    def words(self) -> str:
        """`1 April 2025 – 31 March 2026`, `14 March 2026`, `until 31 December 2025`, `all time`."""
        first, last = self.start, self.last
        if first and last:
            return days_text(first, last)
        if first:
            return f"from {day_text(first)}"
        return f"until {day_text(last)}" if last else "all time"

    @property
    def short_title(self) -> str:
        """The period for a title: its label, `2026`, `March 2026`, `Q1 2026` or `2024–2025`; otherwise `spoken`."""
        months = self._months
        first, last = self.start, self.last
        if self.label or not (months and first and last):
            return self.label or self.words
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
        """The period for a file name: `2026`, `2026-03`, `2026-q1`, `2025-04-01--2026-03-31`, `until-2025-12-31`."""
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
        """The number of calendar months, or None if the period does not consist of whole months."""
        if not (self.start and self.stop and self.start.day == self.stop.day == 1):
            return None
        return (self.stop.year - self.start.year) * 12 + self.stop.month - self.start.month

    @property
    def _part(self) -> str:
        """`Q` for a quarter, `H` for a half of a calendar year, or empty."""
        months = self._months
        fits = months and self.start and (self.start.month - 1) % months == 0
        return _NAMED_MONTHS.get(months or 0, "") if fits else ""

    @property
    def _week(self) -> str:
        if self.start is None or self.days != 7 or self.start.weekday():
            return ""
        year, week, _ = self.start.isocalendar()
        return f"{year}-w{week:02d}"


def parse_period(text: str, today: date, year_start: tuple[int, int] = (1, 1), *, day_first: bool = False) -> Period:
    """Return the period that a text names. `year_start` is the CPD year's (month, day). Raise UsageError for others.

    `day_first` is whether 3/4/2026 is 3 April; without it, such a date is refused.
    """
    now = Now(today, year_start, day_first)
    return _named(*read_period(text, now), year_start) if "cpd" in text.casefold() else Period(*read_period(text, now))


def from_to(
    first: str, last: str, today: date, year_start: tuple[int, int] = (1, 1), *, day_first: bool = False
) -> Period:
    """Return the period of `--from` and `--to`, each a period in words. An empty one leaves its side open."""
    return Period(*read_from_to(first, last, Now(today, year_start, day_first)))


def cpd_year(year: int, year_start: tuple[int, int]) -> Period:
    """Return the CPD year that starts in a calendar year."""
    return _named(*cpd_year_bounds(year, year_start), year_start)


def cpd_year_of(day: date, year_start: tuple[int, int]) -> Period:
    """Return the CPD year that contains a date."""
    return cpd_year(cpd_year_number(day, year_start), year_start)


def months_of(period: Period, months: int) -> tuple[Period, ...]:
    """Split a closed period into calendar months (1), quarters (3) or years (12). Both ends may be incomplete."""
    if period.start is None or period.stop is None:
        raise ValueError("an open period has no end of months")
    parts = []
    first = date(period.start.year, (period.start.month - 1) // months * months + 1, 1)
    while first < period.stop:
        following = months_later(first, months)
        parts.append(Period(max(first, period.start), min(following, period.stop)))
        first = following
    return tuple(parts)


def _named(start: date | None, stop: date | None, year_start: tuple[int, int]) -> Period:
    """Return the period, with a label if it is a CPD year that is not a calendar year."""
    if not start or not stop or year_start == (1, 1) or (start, stop) != cpd_year_bounds(start.year, year_start):
        return Period(start, stop)
    return Period(start, stop, f"{start.year}/{stop.year % 100:02d}")


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
