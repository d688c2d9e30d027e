"""A single date as people write it: `yesterday`, `last friday`, `14 March`, `14/3/2026`, `2026-03-14`."""

import re
from datetime import date, timedelta
from difflib import get_close_matches

from cpdkit.dates.day_words import day_text
from cpdkit.dates.grammar import (
    COUNT,
    DAY,
    ISO_DAY,
    NAME,
    ORDINAL,
    WEEKDAYS,
    YEAR,
    calendar_day,
    count_of,
    month_length,
    month_number,
    numbered_days,
    readings,
    weekday_number,
)
from cpdkit.dates.period import parse_period
from cpdkit.errors import UsageError
from cpdkit.text.clock import FIRST_YEAR, LAST_YEAR
from cpdkit.text.wording import shortened

_WEEKDAY = rf"(?:(last|next|this|on) )?({NAME})"
_DAY_MONTH = rf"(?:({NAME}) )?(?:the )?({DAY}){ORDINAL} (?:of )?({NAME})(?: ({YEAR}))?"
_MONTH_DAY = rf"(?:({NAME}) )?({NAME}) ({DAY}){ORDINAL}(?: ({YEAR}))?"
_UNIT = r"(day|week|fortnight|month|year)s?"
_AGO = rf"({COUNT}) {_UNIT} ago"
_IN = rf"in ({COUNT}) {_UNIT}"
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
_WORDS = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
_YEARS_SEARCHED = 9
"""This many years always include a 29 February."""
_HOW = "write a date such as 2026-03-14, 14 March or yesterday"


def parse_day(text: str, today: date, *, ahead: bool = False, day_first: bool = False) -> date:
    """Return the date that a text means.

    A weekday, or a date without a year, is the most recent one, or with `ahead` the next one. `day_first` is whether
    3/4/2026 is 3 April; without it, such a date is refused. Raise UsageError for a text that is not a date or covers
    several days, and for a date outside `FIRST_YEAR` to `LAST_YEAR`.
    """
    try:
        day = _read(text, today, ahead, day_first)
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    except OverflowError:
        pass
    problem = f'"{shortened(text, 60)}" is not between the years {FIRST_YEAR} and {LAST_YEAR}'
    raise UsageError(problem, "check the year")


def _read(text: str, today: date, ahead: bool, day_first: bool) -> date:
    plain = " ".join(text.casefold().replace(",", " ").split())
    if re.fullmatch(ISO_DAY, plain):
        return _iso(plain)
    if (words := plain.removeprefix("the ")) in _WORDS:
        return today + timedelta(_WORDS[words])
    day = (
        _numbered(plain, today, ahead, day_first)
        or _counted(plain, today)
        or _weekday(plain, today, ahead)
        or _in_month(plain, today, ahead)
    )
    return day or _whole_period(text, today, day_first)


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text} is not a date", "write a date such as 2026-03-14") from None


def _numbered(plain: str, today: date, ahead: bool, day_first: bool) -> date | None:
    """Read `14/3/2026`, `14.3.26` and `14/3`. Raise UsageError if it can mean two dates or none."""
    days = numbered_days(plain, day_first=day_first)
    if days is None and (match := re.fullmatch(rf"({DAY})[/.]({DAY})\.?", plain)):
        first, second = int(match[1]), int(match[2])
        pairs = [(each.day, each.month) for each in readings(2024, first, second)]  # a leap year
        if len(pairs) == 2 and not day_first:
            days = readings(today.year, first, second)
        else:
            days = [day for pair in pairs[:1] if (day := _nearest(*pair, today, ahead))]
    if days is None or len(days) == 1:
        return days[0] if days else None
    if not days:
        raise UsageError(f"{plain} is not a date: check the day and the month", "write a date such as 2026-03-14")
    one, other = days
    hint = f"write {one} or {other}, or set day-first: true in cpd.yaml"
    raise UsageError(f"{plain} has two meanings: {day_text(one)} or {day_text(other)}", hint)


def _counted(plain: str, today: date) -> date | None:
    for pattern, sign in ((_AGO, -1), (_IN, 1)):
        if match := re.fullmatch(pattern, plain):
            count = sign * count_of(match[1])
            if match[2] in _DAYS:
                return today + timedelta(count * _DAYS[match[2]])
            return _months_away(today, count * _MONTHS[match[2]])
    return None


def _months_away(day: date, months: int) -> date:
    """Return the same day of another month, or its last day if that month is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not 1 <= year <= LAST_YEAR:
        raise OverflowError
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def _weekday(plain: str, today: date, ahead: bool) -> date | None:
    """Return the date of a weekday: `friday` is the most recent one before today, `next friday` the coming one."""
    match = re.fullmatch(_WEEKDAY, plain)
    number = weekday_number(match[2]) if match else 0
    if not match or not number:
        return None
    forward = match[1] == "next" or (ahead and match[1] != "last")
    days = (number - today.isoweekday()) % 7 or 7
    return today + timedelta(days if forward else days - 7 if days < 7 else -7)


def _in_month(plain: str, today: date, ahead: bool) -> date | None:
    """Read `14 March`, `March 14, 2026` and `Sat 14th of March 2026`."""
    if match := re.fullmatch(_DAY_MONTH, plain):
        weekday, number, name, year = match.groups()
    elif match := re.fullmatch(_MONTH_DAY, plain):
        weekday, name, number, year = match.groups()
    else:
        return None
    month = month_number(name)
    if not month or (weekday and not weekday_number(weekday)):
        return None
    day = calendar_day(int(year), month, int(number)) if year else _nearest(int(number), month, today, ahead)
    if day is None:
        raise UsageError(f'"{plain}" is not a date', _HOW)
    if weekday and weekday_number(weekday) != day.isoweekday():
        raise UsageError(f"{day_text(day)} is a {WEEKDAYS[day.weekday()]}", "check the day, or omit the weekday")
    return day


def _nearest(number: int, month: int, today: date, ahead: bool) -> date | None:
    """Return the latest such day of a month until today, or with `ahead` the first one from today."""
    step = 1 if ahead else -1
    for year in range(today.year, today.year + step * _YEARS_SEARCHED, step):
        day = calendar_day(year, month, number)
        if day and (day >= today if ahead else day <= today):
            return day
    return None


def _whole_period(text: str, today: date, day_first: bool) -> date:
    """Return the date of a period that has one day, such as `yesterday`."""
    try:
        period = parse_period(text, today, (1, 1), day_first=day_first)
    except UsageError:
        near = get_close_matches(text.casefold(), ("today", *_WORDS, *map(str.casefold, WEEKDAYS)), n=1, cutoff=0.75)
        hint = f'did you mean "{near[0]}"?' if near else _HOW
        raise UsageError(f'cannot read "{shortened(text, 60)}" as a date', hint) from None
    if period.start is None or period.start != period.last:
        raise UsageError(f'"{text}" is more than one day', _HOW)
    return period.start
