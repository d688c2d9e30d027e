"""The parts that dates are written with: names of months and weekdays, orders of numbers, lengths of months.

Everything that reads a date (front matter, periods, options, other people's tables) is built from these. What each of
them accepts, and what it says where it refuses, stays with it.
"""

from datetime import date

from cpdkit.dates.day_words import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""A date outside these years is a slip of the pen."""

YEAR = "[0-9]{4}"
DAY = "[0-9]{1,2}"
ORDINAL = "(?:st|nd|rd|th)?"
"""What may follow a day's number."""
NAME = "[a-z]{3,9}"
"""The name of a month or weekday, or its beginning; for text in lower case, or with `re.IGNORECASE`."""
ISO_DAY = "([0-9]{4})-([0-9]{2})-([0-9]{2})"
"""A day as cpdkit writes it: year, month, day."""
_SHORTEST = 3
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_number(word: str) -> int:
    """Return the number (1 to 12) of a month by its name or the first letters of it, three at least; 0 for no month."""
    return _position(word, MONTHS)


def weekday_number(word: str) -> int:
    """Return the number (Monday is 1) of a weekday by its name or the first letters of it; 0 for no weekday."""
    return _position(word, WEEKDAYS)


def _position(word: str, names: tuple[str, ...]) -> int:
    beginning = word.casefold()
    if len(beginning) < _SHORTEST:
        return 0
    return next((number for number, name in enumerate(names, 1) if name.casefold().startswith(beginning)), 0)


def month_length(year: int, month: int) -> int:
    """Return how many days a month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + (month == 2 and leap)


def month_end(year: int, month: int) -> str:
    """Return how a message explains that a month has no such day: `February 2026 ends on the 28th`."""
    last = month_length(year, month)
    return f"{MONTHS[month - 1]} {year} ends on the {last}{'st' if last == 31 else 'th'}"


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the day of three numbers; None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def readings(year: int, first: int, second: int) -> list[date]:
    """Return the days that `first/second/year` may be: day first, then month first; each day once."""
    days = (calendar_day(year, second, first), calendar_day(year, first, second))
    return list(dict.fromkeys(day for day in days if day))
