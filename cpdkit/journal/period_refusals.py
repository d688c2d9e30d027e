"""Why a text is no period, and how to write what it may mean."""

import re
from calendar import monthrange
from datetime import date
from difflib import get_close_matches

from cpdkit.journal.speaking import MONTHS, speak_day

HOW = "write 2026, 2026-03, 2026-Q1, 2025-04-01..2026-03-31, 2024.., last 12 months, this year, cpd-year or all"
_WORDS = (
    "all", "today", "yesterday", "this week", "this month", "this quarter", "this year", "last week", "last month",
    "last quarter", "last year", "last 12 months", "cpd-year", "this cpd-year", "last cpd-year",
)  # fmt: skip


class NoPeriod(Exception):
    """A part of what was written is no period: the sentence that says why, and the way out."""

    def __init__(self, message: str, hint: str = HOW) -> None:
        super().__init__(message)
        self.hint = hint


def refusal(text: str, today: date) -> NoPeriod:
    """Why a text means no period, the likeliest reason first."""
    for reason in (_slashed_day, _short_day, _year_first, _other_numbers):
        if found := reason(text, today):
            return found
    near = get_close_matches(text, _WORDS, n=1, cutoff=0.75)
    return NoPeriod(f'"{shown(text)}" is not a period', f"did you mean {near[0]}?" if near else HOW)


def _slashed_day(text: str, _: date) -> NoPeriod | None:
    """`03/04/2026`, `3.4.2026`, `31/12/25`."""
    match = re.fullmatch(r"([0-9]{1,2})([/. -])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", text)
    if not match:
        return None
    year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
    return _readings(text, _both_ways(year, int(match[1]), int(match[3])))


def _short_day(text: str, today: date) -> NoPeriod | None:
    """`4/5`, without a year."""
    match = re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})", text)
    return _readings(text, _both_ways(today.year, int(match[1]), int(match[2]))) if match else None


def _readings(text: str, days: list[date]) -> NoPeriod:
    if len(days) == 2:
        first, second = days
        both = f"{speak_day(first)} or {speak_day(second)}"
        return NoPeriod(f"{text} can be read two ways: {both}", f"write {first} or {second}")
    if days:
        return NoPeriod(f"{text} is not how a day is written here", f"write {days[0]} for {speak_day(days[0])}")
    return NoPeriod(f"{text} is not a day, whichever number is the month", "write days as 2026-03-14")


def _both_ways(year: int, first: int, second: int) -> list[date]:
    """The days that two numbers may name: day first, then month first; each once."""
    found = [(second, first), (first, second)]
    return list(dict.fromkeys(date(year, month, day) for month, day in found if is_day(year, month, day)))


def _year_first(text: str, _: date) -> NoPeriod | None:
    """`2026/03/14`, `2026.3`, `2026-3-4`, `20260314`, `2025/26`."""
    match = re.fullmatch(r"([0-9]{4})[/. -]([0-9]{1,2})(?:[/. -]([0-9]{1,2}))?", text)
    match = match or re.fullmatch("([0-9]{4})([0-9]{2})([0-9]{2})", text)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    if is_day(year, month, day):
        written = f"{match[1]}-{month:02d}" + (f"-{day:02d}" if match[3] else "")
        what = "day" if match[3] else "month"
        return NoPeriod(f"{text} is not how a {what} is written here", f"write {written}")
    if match[3] is None and follows(match[1], match[2]):
        return NoPeriod(f"{text} is not how two years are written here", both_years(match[1]))
    return NoPeriod(f"{text} is not a {'day' if match[3] else 'month'}", HOW)


def _other_numbers(text: str, _: date) -> NoPeriod | None:
    """`03/2026`, `2025-2026`, `26`."""
    if (match := re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{4})", text)) and 1 <= int(match[1]) <= 12:
        return NoPeriod(f"{text} is not how a month is written here", f"write {match[2]}-{int(match[1]):02d}")
    if match := re.fullmatch(r"([0-9]{4})[-/]([0-9]{4})", text):
        return NoPeriod(f"{text} is not how a range is written here", f"write {match[1]}..{match[2]}")
    if re.fullmatch("[0-9]{2}", text):
        return NoPeriod(f"{text} is not a year", f"write 20{text} for the year")
    return None


def both_years(year: str) -> str:
    return f"write {year}..{int(year) + 1} for both years, or cpd-year {year}"


def follows(year: str, short: str) -> bool:
    """Whether two digits are those of the year behind: `2025`, `26`."""
    return int(short) == (int(year) + 1) % 100


def month_number(word: str) -> int:
    """The number of a month by its name or the beginning of it; 0 for another word."""
    if len(word) < 3:
        return 0
    return next((number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(word)), 0)


def is_day(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def ordinal(day: int) -> str:
    return f"{day}st" if day == 31 else f"{day}th"


def shown(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
