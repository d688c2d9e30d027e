"""A single date as people write it: `yesterday`, `last friday`, `14 March`, `2026-03-14`."""

import re
from datetime import date, timedelta

from cpdkit.dates.grammar import (
    DAY,
    ISO_DAY,
    NAME,
    ORDINAL,
    YEAR,
    calendar_day,
    month_number,
    weekday_number,
)
from cpdkit.dates.period import parse_period
from cpdkit.errors import UsageError
from cpdkit.text.clock import FIRST_YEAR, LAST_YEAR
from cpdkit.text.wording import shortened

_WEEKDAY = rf"(?:(last|next|this|on) )?({NAME})"
_DAY_MONTH = rf"({DAY}){ORDINAL} ({NAME})(?: ({YEAR}))?"
_AGO = r"([0-9]{1,4}) (day|week)s? ago"
_IN = r"in ([0-9]{1,4}) (day|week)s?"
_YEARS_SEARCHED = 9
"""This many years always include a 29 February."""


def parse_day(text: str, today: date, *, ahead: bool = False) -> date:
    """Return the date that a text means.

    A weekday, or a date without a year, is the most recent one, or with `ahead` the next one. Raise UsageError for a
    text that is not a date or covers several days, and for a date outside `FIRST_YEAR` to `LAST_YEAR`.
    """
    try:
        day = _read(text, today, ahead)
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    except OverflowError:
        pass
    problem = f'"{shortened(text, 60)}" is not between the years {FIRST_YEAR} and {LAST_YEAR}'
    raise UsageError(problem, "check the year")


def _read(text: str, today: date, ahead: bool) -> date:
    plain = " ".join(text.casefold().replace(",", " ").split())
    if re.fullmatch(ISO_DAY, plain):
        return _iso(plain)
    if plain == "tomorrow":
        return today + timedelta(1)
    day = _counted(plain, today) or _weekday(plain, today, ahead) or _day_month(plain, today, ahead)
    return day or _whole_period(text, today)


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text} is not a date", "write a date such as 2026-03-14") from None


def _counted(plain: str, today: date) -> date | None:
    for pattern, sign in ((_AGO, -1), (_IN, 1)):
        if match := re.fullmatch(pattern, plain):
            return today + sign * timedelta(int(match[1]) * (7 if match[2] == "week" else 1))
    return None


def _weekday(plain: str, today: date, ahead: bool) -> date | None:
    """Return the date of a weekday: `friday` is the most recent one before today, `next friday` the coming one."""
    match = re.fullmatch(_WEEKDAY, plain)
    number = weekday_number(match[2]) if match else 0
    if not match or not number:
        return None
    forward = match[1] == "next" or (ahead and match[1] != "last")
    days = (number - today.isoweekday()) % 7 or 7
    return today + timedelta(days if forward else days - 7 if days < 7 else -7)


def _day_month(plain: str, today: date, ahead: bool) -> date | None:
    match = re.fullmatch(_DAY_MONTH, plain)
    month = month_number(match[2]) if match else 0
    if not match or not month:
        return None
    step = 1 if ahead else -1
    years = [int(match[3])] if match[3] else range(today.year, today.year + step * _YEARS_SEARCHED, step)
    for year in years:
        day = calendar_day(year, month, int(match[1]))
        if day and (match[3] or (day >= today if ahead else day <= today)):
            return day
    raise UsageError(f'"{plain}" is not a date', "write a date such as 2026-03-14, 14 March or yesterday")


def _whole_period(text: str, today: date) -> date:
    """Return the date of a period that has one day, such as `yesterday`."""
    period = parse_period(text, today, (1, 1))
    if period.start is None or period.start != period.last:
        raise UsageError(f'"{text}" is more than one day', "write a date such as 2026-03-14, 14 March or yesterday")
    return period.start
