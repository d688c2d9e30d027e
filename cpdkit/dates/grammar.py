"""The parts of written dates: names of months and weekdays, orders of numbers, lengths of months.

Every reader of dates (front matter, periods, options, imports) uses these parts. Each reader decides what it accepts
and how it reports what it does not accept.
"""

import re
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
_YEAR_LAST = rf"({DAY})([/. -])({DAY})\2([0-9]{{4}}|[0-9]{{2}})"
_YEAR_FIRST = rf"([0-9]{{4}})([/. -])({DAY})\2({DAY})"
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


NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
COUNT = rf"(?:[0-9]{{1,4}}|an?|{'|'.join(NUMBER_WORDS[1:])})"
"""A number of things, in digits or in a word; for text in lower case."""


def count_of(word: str) -> int:
    """Return the number that digits, `a`, `an` or a number word mean."""
    if word in ("a", "an"):
        return 1
    return NUMBER_WORDS.index(word) if word in NUMBER_WORDS else int(word)


def readings(year: int, first: int, second: int) -> list[date]:
    """Return the dates that `first/second/year` can mean: day first, then month first, without duplicates."""
    days = (calendar_day(year, second, first), calendar_day(year, first, second))
    return list(dict.fromkeys(day for day in days if day))


def numbered_days(text: str, *, day_first: bool = False) -> list[date] | None:
    """Return the dates that numbers with their year can mean: `14/3/2026`, `14.3.26`, `2026/3/14`, `20260314`.

    Two dates if the order of day and month is open and `day_first` does not decide it; none if no date has these
    numbers. None for any other text.
    """
    if match := re.fullmatch(_YEAR_LAST, text):
        year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
        days = readings(year, int(match[1]), int(match[3]))
        return days[:1] if day_first and calendar_day(year, int(match[3]), int(match[1])) else days
    match = re.fullmatch(_YEAR_FIRST, text)
    if numbers := (match and match.group(1, 3, 4)) or _eight_digits(text):
        day = calendar_day(*map(int, numbers))
        return [day] if day else []
    return None


def _eight_digits(text: str) -> tuple[str, str, str] | None:
    return (text[:4], text[4:6], text[6:]) if re.fullmatch("[0-9]{8}", text) else None
