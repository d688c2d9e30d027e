"""One way to write a day: `2026-03-14`. Whatever else people write is refused, with the day it may mean."""

import re
from calendar import monthrange
from datetime import date

from cpdkit.journal.mending import instead
from cpdkit.journal.problems import Problems
from cpdkit.journal.speaking import MONTHS
from cpdkit.text.values import Scalar

FIRST_YEAR, LAST_YEAR = 1900, 2100
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOW = "write the day as year-month-day, such as 2026-03-14"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]\s*[0-9].*")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_WORDS = re.compile(r"(?:[a-z]+,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3,9})\.?,?\s+([0-9]{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})", re.IGNORECASE)
_ONE_READING = re.compile(r"[0-9]{8}|[0-9]{4}([-/. ])[0-9]{1,2}\1[0-9]{1,2}")
_MIDNIGHT = re.compile(r"[0-9-]{10}[Tt ]\s*00:00(:00(\.0+)?)?Z?")
_WEEKDAY = re.compile(r"([a-z]+),?\s+[0-9]", re.IGNORECASE)
_NO_DAY = re.compile(r"[0-9]{4}(-[0-9]{1,2})?|[a-z]{3,9}\.? [0-9]{4}", re.IGNORECASE)


def read_day(node: Scalar, to: Problems) -> date | None:
    """The day that a text names; None when it names none, which is noted."""
    text = node.value.strip()
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
            to.add("CPD304", node, f"{text} lies outside {FIRST_YEAR} to {LAST_YEAR}", hint="look at the year")
            return None
    _refuse(text, node, to)
    return None


def month_end(year: int, month: int) -> str:
    """`February 2026 ends on the 28th`."""
    last = monthrange(year, month)[1]
    return f"{MONTHS[month - 1]} {year} ends on the {last}{'st' if last == 31 else 'th'}"


def _refuse(text: str, node: Scalar, to: Problems) -> None:
    if match := _ISO.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        swapped = _day(year, day, month) if month > 12 else None
        fix = instead(node, str(swapped), safe=False) if swapped else None
        to.add("CPD204", node, f"{text} is not a day", *_why(year, month, day), fix=fix)
    elif match := _WITH_TIME.fullmatch(text):
        # Midnight is what programs add to a day; another time someone may want to keep.
        sure = _MIDNIGHT.fullmatch(text) is not None
        fix = instead(node, match[1], sure) if _day(*map(int, match[1].split("-"))) else None
        to.add("CPD206", node, "a date has no time here", hint=f"write {match[1]}", fix=fix)
    elif match := _YEAR_LAST.fullmatch(text):
        _year_last(text, match, node, to)
    else:
        meant, safe = _meant(text)
        hint = f"write {meant}" if meant else f"a whole day is needed: {HOW}" if _NO_DAY.fullmatch(text) else HOW
        fix = instead(node, str(meant), safe) if meant else None
        to.add("CPD205", node, f"{_short(text)} is not written as year-month-day", hint=hint, fix=fix)


def _why(year: int, month: int, day: int) -> tuple[str, str]:
    """Note and hint for three numbers that are no day."""
    swapped = _day(year, day, month)
    hint = f"did you mean {swapped}?" if month > 12 and swapped else ""
    if not 1 <= month <= 12:
        return f"there is no month {month}", hint
    if year < 1:
        return "there is no year 0", ""
    return (month_end(year, month) if day else "a month starts on the 1st"), hint


def _year_last(text: str, match: re.Match[str], node: Scalar, to: Problems) -> None:
    """`03/04/2026` and its kind: both days that it may be, or the one, or why it is none."""
    first, second = int(match[1]), int(match[2])
    year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
    days = [day for day in (_day(year, second, first), _day(year, first, second)) if day]
    if len(days) == 2 and days[0] != days[1]:
        note = " or ".join(f"{day.day} {MONTHS[day.month - 1]}" for day in days) + f" {year}?"
        to.add("CPD205", node, f"{text} can be read two ways", note, f"write {days[0]} or {days[1]}")
    elif days:
        # 14/3/26 may as well be in 2014.
        fix = instead(node, str(days[0]), safe=len(match[3]) == 4)
        to.add("CPD205", node, f"{text} is not written as year-month-day", hint=f"write {days[0]}", fix=fix)
    else:
        month = second if 1 <= second <= 12 else first
        note = month_end(year, month) if 1 <= month <= 12 and year else "no month has that number"
        to.add("CPD204", node, f"{text} is not a day", note, HOW)


def _meant(text: str) -> tuple[date | None, bool]:
    """The day that is meant in words or with other signs, and whether that is sure."""
    numbers: tuple[int, int, int] | None = None
    sure = True
    if match := _YEAR_FIRST.fullmatch(text):
        numbers = int(match[1]), int(match[2]), int(match[3])
        sure = _ONE_READING.fullmatch(text) is not None
    elif match := _WORDS.fullmatch(text):
        numbers = int(match[3]), _month(match[2]), int(match[1])
    elif match := _MONTH_FIRST.fullmatch(text):
        numbers = int(match[3]), _month(match[1]), int(match[2])
    day = _day(*numbers) if numbers else None
    return day, day is not None and sure and _is_weekday_right(text, day)


def _is_weekday_right(text: str, day: date) -> bool:
    """Whether the day falls on the weekday that a text starts with, if it starts with one."""
    match = _WEEKDAY.match(text)
    if not match or _month(match[1]):
        return True
    return len(match[1]) > 1 and WEEKDAYS[day.weekday()].startswith(match[1].lower())


def _month(word: str) -> int:
    """The number of a month's name or its beginning; 0 for another word."""
    low = word.lower()
    return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(low)), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
