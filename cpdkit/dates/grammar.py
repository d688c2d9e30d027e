"""The parts of written dates: names of months and weekdays, orders of numbers, lengths of months.

Every reader of dates (front matter, periods, options, imports) uses these parts. Each reader decides what it accepts
and how it reports what it does not accept.
"""

from datetime import date

from cpdkit.dates.day_words import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

YEAR = "[0-9]{4}"
DAY = "[0-9]{1,2}"
ORDINAL = "(?:st|nd|rd|th)?"
"""The suffix that may follow a day's number."""
NAME = "[a-z]{3,9}"
"""The name of a month or weekday, or an abbreviation; for text in lower case, or with `re.IGNORECASE`."""
ISO_DAY = "([0-9]{4})-([0-9]{2})-([0-9]{2})"
"""A date as cpdkit writes it: year, month, day."""
_SHORTEST = 3
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_number(word: str) -> int:
    """Return the number (1 to 12) of a month from its name or at least its first three letters; 0 for other words."""
    return _position(word, MONTHS)


def weekday_number(word: str) -> int:
    """Return the number (Monday is 1) of a weekday from its name or at least its first three letters; 0 otherwise."""
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
    """Return the words that explain why a month has no such date: `February 2026 has 28 days`."""
    return f"{MONTHS[month - 1]} {year} has {month_length(year, month)} days"


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the date of three numbers, or None if the calendar has no such date."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def readings(year: int, first: int, second: int) -> list[date]:
    """Return the dates that `first/second/year` can mean: day first, then month first, without duplicates."""
    days = (calendar_day(year, second, first), calendar_day(year, first, second))
    return list(dict.fromkeys(day for day in days if day))
