"""Dates in words: `14 March 2026`, `2–6 March 2026`, `28 December 2025 – 9 January 2026`."""

from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Months:
    """The names of the twelve months in one language, long or short, from January."""

    names: tuple[str, ...] = MONTHS

    def __getitem__(self, number: int) -> str:
        """Return the name of a month by its number, 1 to 12."""
        return self.names[number - 1]


ENGLISH = Months()


def day_text(day: date, months: Months = ENGLISH) -> str:
    """Return a date in words: `14 March 2026`."""
    return f"{day.day} {months[day.month]} {day.year}"


def days_text(first: date, last: date, months: Months = ENGLISH, without_year: int | None = None) -> str:
    """Return a range of dates in as few words as possible. Omit the year if it is `without_year`."""
    year = "" if first.year == last.year == without_year else f" {last.year}"
    end = f"{last.day} {months[last.month]}{year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{day_text(first, months)} – {end}"
    if first.month != last.month:
        return f"{first.day} {months[first.month]} – {end}"
    return f"{first.day}–{end}"
