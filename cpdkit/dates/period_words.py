"""Read a period from words: return its half-open range of days, or explain why the text is not a period.

cpdkit does not guess. An ambiguous text is an error that names both meanings. A text with one meaning in another
notation is an error that names the right notation.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from cpdkit.dates.day_words import MONTHS, day_text
from cpdkit.dates.grammar import (
    DAY,
    NAME,
    YEAR,
    calendar_day,
    month_end,
    month_length,
    month_number,
    numbered_days,
    readings,
)
from cpdkit.errors import UsageError
from cpdkit.text.clock import FIRST_YEAR, LAST_YEAR
from cpdkit.text.wording import shortened

HOW = "write 2026, 2026-03, 2026-Q1, 2025-04-01..2026-03-31, 2024.., last 12 months, this year, cpd-year or all"
HOW_SIDE = "write a date or a period, such as 2026-03-14, yesterday, 2026-03, last month or cpd-year 2026"
_WORDS = (
    "all", "today", "yesterday", "this week", "this month", "this quarter", "this year", "last week", "last month",
    "last quarter", "last year", "last 12 months", "cpd-year", "this cpd-year", "last cpd-year",
)  # fmt: skip


class NoPeriod(Exception):
    """A part of the text is not a period. The message explains why, and the hint what to write."""

    def __init__(self, message: str, hint: str = HOW) -> None:
        super().__init__(message)
        self.hint = hint


def refusal(text: str, today: date) -> NoPeriod:
    """Return the most likely reason why a text is not a period."""
    for reason in (_slashed_day, _short_day, _year_first, _other_numbers):
        if found := reason(text, today):
            return found
    near = get_close_matches(text, _WORDS, n=1, cutoff=0.75)
    return NoPeriod(f'"{_quoted(text)}" is not a period', f'did you mean "{near[0]}"?' if near else HOW)


def _slashed_day(text: str, _: date) -> NoPeriod | None:
    """`03/04/2026`, `3.4.2026`, `31/13/25`."""
    days = None if text[:4].isdecimal() else numbered_days(text)
    return None if days is None else _no_day(text, days)


def _short_day(text: str, today: date) -> NoPeriod | None:
    """`4/5`, without a year."""
    match = re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})", text)
    return _no_day(text, readings(today.year, int(match[1]), int(match[2]))) if match else None


def _no_day(text: str, days: list[date]) -> NoPeriod:
    if len(days) == 2:
        first, second = days
        both = f"{day_text(first)} or {day_text(second)}"
        return NoPeriod(f"{text} has two meanings: {both}", f"write {first} or {second}")
    if days:
        return NoPeriod(f'cannot read "{text}" as a date', f"write {days[0]} for {day_text(days[0])}")
    return NoPeriod(f"{text} is not a date: no number is a month", "write a date such as 2026-03-14")


def _year_first(text: str, _: date) -> NoPeriod | None:
    """`2026/02/30`, `20261314`, `2026/13`, `2025/26`."""
    match = re.fullmatch(r"([0-9]{4})[/. -]([0-9]{1,2})([/. -][0-9]{1,2})?", text)
    if not match and not re.fullmatch("[0-9]{8}", text):
        return None
    if match and match[3] is None and _follows(match[1], match[2]):
        return NoPeriod(f'cannot read "{text}" as two years', _both_years(match[1]))
    return NoPeriod(f"{text} is not a {'month' if match and match[3] is None else 'date'}", HOW)


def _other_numbers(text: str, _: date) -> NoPeriod | None:
    """`2025-2026`, `26`."""
    if match := re.fullmatch(r"([0-9]{4})[-/]([0-9]{4})", text):
        return NoPeriod(f'cannot read "{text}" as a range', f"write {match[1]}..{match[2]}")
    if re.fullmatch("[0-9]{2}", text):
        return NoPeriod(f"{text} is not a year", f"write 20{text} for the year")
    return None


def _quoted(text: str) -> str:
    return shortened(text, 60)


def _both_years(year: str) -> str:
    return f"write {year}..{int(year) + 1} for both years, or cpd-year {year}"


def _follows(year: str, short: str) -> bool:
    """Return whether two digits are the year after `year`: `2025`, `26`."""
    return int(short) == (int(year) + 1) % 100


Bounds = tuple[date | None, date | None]
"""The first day, and the day after the last. None is an open side."""

_STEPS = {"": 0, "this": 0, "current": 0, "last": -1, "previous": -1, "next": 1}
_DASHES = "[‐‑‒–—−]"
_ISO = r"([0-9]{4})(?:-(?:([0-9]{2})(?:-([0-9]{2}))?|([qhw])([0-9]{1,2})))?"
_PART_FIRST = rf"([qhw]) ?([0-9]{{1,2}}) ({YEAR})"
_SPOKEN = rf"(?:({DAY}) )?({NAME})\.?,? ({YEAR})"
_STEP = r"(?:(this|current|last|previous|next) )?(week|month|quarter|year)"
_COUNTED = r"(?:the )?(?:last|past|previous) ([0-9]{1,9}) (day|week|month|quarter|year)s?"
_CPD_YEAR = r"(?:(this|current|last|previous|next) )?cpd[- ]?year(?:[- ]([0-9]{4})(?:[/-]([0-9]{2}))?)?"
_RANGE = r" ?(?:\.{2,3}|…|--|[‐‑‒–—−]) ?| - | to "
_OPEN_START = r"(?:until|up to|till)[ -](.+)"
_OPEN_END = r"(?:from|since)[ -](.+)"
_BORROWED = rf"({DAY})(?: ({NAME})\.?)?"
_PER_YEAR = {"q": ("quarter", 4, 3), "h": ("half", 2, 6)}


@dataclass(frozen=True, slots=True)
class Now:
    """What words refer to: the date, the CPD year, and whether 3/4/2026 is 3 April (otherwise it is refused)."""

    today: date
    year_start: tuple[int, int] = (1, 1)
    day_first: bool = False

    @property
    def tomorrow(self) -> date:
        return self.today + timedelta(1)


def read_period(text: str, now: Now) -> Bounds:
    """Return the days that a text means. Raise UsageError with the reason and a hint."""
    plain = " ".join(text.casefold().split())
    try:
        if not plain:
            raise NoPeriod("the period is empty")
        return _checked(_read(plain, now))
    except NoPeriod as error:
        raise UsageError(str(error), error.hint) from None
    except (OverflowError, ValueError):
        raise UsageError(f"{_quoted(plain)} goes beyond the years {FIRST_YEAR} to {LAST_YEAR}", HOW) from None


def read_from_to(first: str, last: str, now: Now) -> Bounds:
    """Return the days from the start of one period to the end of another. An empty one leaves its side open."""
    start = _read_side("--from", first, now)[0] if first.strip() else None
    stop = _read_side("--to", last, now)[1] if last.strip() else None
    if start and stop and start >= stop:
        raise UsageError(f"--from {first} is after --to {last}", "swap the two, or correct one of them")
    return start, stop


def _read_side(option: str, text: str, now: Now) -> Bounds:
    """Return the days that the text of an option means. Raise UsageError that names the option."""
    try:
        return read_period(text, now)
    except UsageError as error:
        raise UsageError(f"{option}: {error}", HOW_SIDE if error.hint == HOW else error.hint) from None


def cpd_year_bounds(year: int, year_start: tuple[int, int]) -> tuple[date, date]:
    """Return the CPD year that starts in a calendar year. 29 February becomes 1 March if the year has none."""
    return _day_rolled(year, *year_start), _day_rolled(year + 1, *year_start)


def cpd_year_number(day: date, year_start: tuple[int, int]) -> int:
    """Return the calendar year in which the CPD year of a date starts."""
    return day.year if day >= _day_rolled(day.year, *year_start) else day.year - 1


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the first of the next month if that month is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    return _day_rolled(day.year + years, month + 1, day.day)


def _day_rolled(year: int, month: int, day: int) -> date:
    if day <= month_length(year, month):
        return date(year, month, day)
    return date(year + month // 12, month % 12 + 1, 1)


def _checked(bounds: Bounds) -> Bounds:
    start, stop = bounds
    if (start and start.year < FIRST_YEAR) or (stop and stop > date(LAST_YEAR + 1, 1, 1)):
        raise ValueError
    return bounds


def _read(plain: str, now: Now) -> Bounds:
    if plain in ("all", "all time", "ever", "everything"):
        return None, None
    whole = _single(plain, now)
    if whole is not None:
        return whole
    if match := re.fullmatch(_OPEN_START, plain):
        return None, _side(match[1], now)[1]
    if match := re.fullmatch(_OPEN_END, plain):
        return _side(match[1], now)[0], None
    parts = re.split(_RANGE, plain)
    if len(parts) == 2:
        return _range(plain, parts[0].strip(), parts[1].strip(), now)
    raise refusal(plain, now.today)


def _single(plain: str, now: Now) -> tuple[date, date] | None:
    """Return a day, week, month, quarter, half or year, fixed or relative to today. None for any other text."""
    dashed = re.sub(_DASHES, "-", plain)
    if match := re.fullmatch(_ISO, dashed):
        _refuse_two_years(plain, dashed)
        return _iso(dashed, match)
    if match := re.fullmatch(_PART_FIRST, plain):
        return _part_of_year(plain, int(match[3]), match[1], int(match[2]))
    if match := re.fullmatch(_SPOKEN, plain):
        return _spoken(plain, match)
    return _numbered(plain, now) or _relative(plain, dashed, now)


def _numbered(plain: str, now: Now) -> tuple[date, date] | None:
    """Read `14/3/2026`, `2026/03/14`, `03/2026` and `2026.3` if they can mean only one thing."""
    days = numbered_days(plain, day_first=now.day_first) or []
    if len(days) == 1:
        _year(days[0].year)
        return days[0], days[0] + timedelta(1)
    if match := re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{4})", plain):
        month, year = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})", plain):
        year, month = int(match[1]), int(match[2])
    if not match or not 1 <= month <= 12:
        return None
    if _follows(str(year), f"{month:02}"):
        both = f"{MONTHS[month - 1]} {year}, or the years {year} and {year + 1}"
        raise NoPeriod(f"{plain} has two meanings: {both}", f"write {year}-{month:02} or {year}..{year + 1}")
    first = date(_year(year), month, 1)
    return first, months_later(first, 1)


def _refuse_two_years(plain: str, dashed: str) -> None:
    """Refuse `2011–12` with a long dash, which may mean two years. With a hyphen it is always a month."""
    if plain != dashed and len(dashed) == 7 and _follows(dashed[:4], dashed[5:]) and dashed[5:] <= "12":
        year, month = dashed.split("-")
        both = f"{MONTHS[int(month) - 1]} {year}, or the years {year} and {int(year) + 1}"
        raise NoPeriod(f"{plain} has two meanings: {both}", f"write {dashed} or {year}..{int(year) + 1}")


def _iso(text: str, match: re.Match[str]) -> tuple[date, date]:
    year = _year(int(match[1]))
    if match[4]:
        return _part_of_year(text, year, match[4], int(match[5]))
    if match[2] is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    month = int(match[2])
    if not 1 <= month <= 12:
        raise _no_month(text, match, month)
    if match[3] is None:
        return date(year, month, 1), months_later(date(year, month, 1), 1)
    return _one_day(text, year, month, int(match[3]))


def _one_day(text: str, year: int, month: int, day: int) -> tuple[date, date]:
    if not 1 <= day <= month_length(_year(year), month):
        why = "a month starts on day 1" if day == 0 else month_end(year, month)
        raise NoPeriod(f"{text} is not a date: {why}", "check the day and the month")
    return date(year, month, day), date(year, month, day) + timedelta(1)


def _no_month(text: str, match: re.Match[str], month: int) -> NoPeriod:
    year = match[1]
    if match[3] is None and _follows(year, match[2]):
        return NoPeriod(f"{text} is not a month: there is no month {month}", _both_years(year))
    hint = HOW
    if match[3] and 1 <= int(match[3]) <= 12 and calendar_day(int(year), int(match[3]), month):
        hint = f"did you mean {year}-{match[3]}-{match[2]}?"
    return NoPeriod(f"{text} is not a {'date' if match[3] else 'month'}: there is no month {month}", hint)


def _part_of_year(text: str, year: int, kind: str, number: int) -> tuple[date, date]:
    """Return a quarter, a half or an ISO week of a year."""
    _year(year)
    if kind == "w":
        weeks = date(year, 12, 28).isocalendar().week
        if not 1 <= number <= weeks:
            shown = text.upper()
            raise NoPeriod(f"{shown} is not a week: {year} has {weeks} weeks", f"write {year}-W01 to {year}-W{weeks}")
        monday = date.fromisocalendar(year, number, 1)
        return monday, monday + timedelta(7)
    name, count, months = _PER_YEAR[kind]
    if not 1 <= number <= count:
        many = "halves" if count == 2 else "quarters"
        hint = f"write {year}-{kind.upper()}1 to {year}-{kind.upper()}{count}"
        raise NoPeriod(f"{text.upper()} is not a {name}: a year has {count} {many}", hint)
    start = date(year, (number - 1) * months + 1, 1)
    return start, months_later(start, months)


def _spoken(text: str, match: re.Match[str]) -> tuple[date, date] | None:
    """Read `March 2026` and `14 March 2026`. Return None if the word is not the name of a month."""
    month = month_number(match[2])
    if not month:
        return None
    year = _year(int(match[3]))
    if match[1]:
        return _one_day(text, year, month, int(match[1]))
    return date(year, month, 1), months_later(date(year, month, 1), 1)


def _relative(plain: str, dashed: str, now: Now) -> tuple[date, date] | None:
    if plain in ("today", "yesterday"):
        day = now.today if plain == "today" else now.today - timedelta(1)
        return day, day + timedelta(1)
    if match := re.fullmatch(_COUNTED, plain):
        return _counted(plain, int(match[1]), match[2], now)
    if (match := re.fullmatch(_STEP, plain)) and match[1]:
        return _step(match[2], _STEPS[match[1]], now.today)
    if match := re.fullmatch(_CPD_YEAR, dashed):
        return _cpd_year(plain, match, now)
    return None


def _counted(plain: str, count: int, unit: str, now: Now) -> tuple[date, date]:
    """Return the last days, weeks, months or years, including today."""
    if not count:
        raise NoPeriod(f'"{plain}" has no days', f"write last 1 {unit}, or a larger number")
    if unit in ("day", "week"):
        return now.tomorrow - timedelta(count * (7 if unit == "week" else 1)), now.tomorrow
    return months_later(now.tomorrow, -count * {"month": 1, "quarter": 3, "year": 12}[unit]), now.tomorrow


def _step(unit: str, step: int, today: date) -> tuple[date, date]:
    """Return the calendar week, month, quarter or year that contains today, or the previous or next one."""
    if unit == "week":
        monday = today - timedelta(today.weekday() - 7 * step)
        return monday, monday + timedelta(7)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    return months_later(first, months * step), months_later(first, months * (step + 1))


def _cpd_year(plain: str, match: re.Match[str], now: Now) -> tuple[date, date]:
    if match[2] is None:
        year = cpd_year_number(now.today, now.year_start) + _STEPS[match[1] or ""]
    elif match[1] or (match[3] and not _follows(match[2], match[3])):
        raise NoPeriod(f'"{_quoted(plain)}" is not a CPD year', "write cpd-year, last cpd-year or cpd-year 2025")
    else:
        year = _year(int(match[2]))
    return cpd_year_bounds(year, now.year_start)


def _range(plain: str, first: str, last: str, now: Now) -> Bounds:
    if not first and not last:
        raise NoPeriod("a range needs a start or an end", "write 2024.., ..2025, 2024..2025 or all")
    _refuse_short_end(plain, first, last)
    stop = _side(last, now)[1] if last else None
    start = _side(_borrowed(first, last), now)[0] if first else None
    if start and stop and start >= stop:
        ends = f"{day_text(start)} to {day_text(stop - timedelta(1))}"
        raise NoPeriod(f"{_quoted(plain)} ends before it starts: {ends}", f"write {last}..{first}")
    return start, stop


def _refuse_short_end(plain: str, first: str, last: str) -> None:
    """Refuse `2025–26` and `2025..26`, whose end is not a year."""
    if re.fullmatch("[0-9]{4}", first) and re.fullmatch("[0-9]{2}", last) and _follows(first, last):
        raise NoPeriod(f"{_quoted(plain)} is not a range: {last} is not a year", _both_years(first))


def _borrowed(first: str, last: str) -> str:
    """Complete the first part of `2–6 March 2026` or `1 January – 31 December 2026` from the last part."""
    begin, end = re.fullmatch(_BORROWED, first), re.fullmatch(_SPOKEN, last)
    if begin and end and end[1]:
        return f"{begin[1]} {begin[2] or end[2]} {end[3]}"
    if end and not end[1] and month_number(first):
        return f"{first} {end[3]}"
    return first


def _side(text: str, now: Now) -> tuple[date, date]:
    """Return one side of a range."""
    found = _single(text, now)
    if found is None:
        raise refusal(text, now.today)
    return found


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoPeriod(f"the year {year:04d} is not between {FIRST_YEAR} and {LAST_YEAR}", "check the year")
    return year
