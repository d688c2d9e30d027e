"""Days as people say them: `14 March 2026`, `2–6 March 2026`, `28 December 2025 – 9 January 2026`."""

from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Months:
    """The twelve months' names in one language, long or short, January first."""

    names: tuple[str, ...] = MONTHS

    def __getitem__(self, number: int) -> str:
        """The name of a month by its number, 1 to 12."""
        return self.names[number - 1]


ENGLISH = Months()


def speak_day(day: date, months: Months = ENGLISH) -> str:
    """`14 March 2026`."""
    return f"{day.day} {months[day.month]} {day.year}"


def speak_days(first: date, last: date, months: Months = ENGLISH, without_year: int | None = None) -> str:
    """The days from the first to the last as short as they can be said; the year `without_year` goes unsaid."""
    year = "" if first.year == last.year == without_year else f" {last.year}"
    end = f"{last.day} {months[last.month]}{year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{speak_day(first, months)} – {end}"
    if first.month != last.month:
        return f"{first.day} {months[first.month]} – {end}"
    return f"{first.day}–{end}"
