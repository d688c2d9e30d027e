"""A single day as people say it: `yesterday`, `last friday`, `14 March`, `2026-03-14`."""

import re
from datetime import date, timedelta

from cpdkit.dates.period import parse_period
from cpdkit.errors import UsageError

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"(?:(last|next|this|on) )?([a-z]{3,9})")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})(?: ([0-9]{4}))?")
_AGO = re.compile(r"([0-9]{1,4}) (day|week)s? ago")
_IN = re.compile(r"in ([0-9]{1,4}) (day|week)s?")


def said_day(said: str, today: date, *, ahead: bool = False) -> date:
    """The day that is meant; a weekday or a day without a year is the last one, with `ahead` the next.

    Raises UsageError for what names no day, or more than one.
    """
    plain = " ".join(said.casefold().replace(",", " ").split())
    if _ISO.fullmatch(plain):
        return _iso(plain)
    if plain == "tomorrow":
        return today + timedelta(1)
    found = _counted(plain, today) or _weekday(plain, today, ahead) or _day_month(plain, today, ahead)
    return found or _single(said, today)


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text} is not a day", "write a day as 2026-03-14") from None


def _counted(plain: str, today: date) -> date | None:
    for pattern, sign in ((_AGO, -1), (_IN, 1)):
        if match := pattern.fullmatch(plain):
            return today + sign * timedelta(int(match[1]) * (7 if match[2] == "week" else 1))
    return None


def _weekday(plain: str, today: date, ahead: bool) -> date | None:
    """`friday` is the last one, today not among them; `next friday` the one to come."""
    match = _WEEKDAY.fullmatch(plain)
    numbers = [number for number, name in enumerate(_WEEKDAYS) if match and name.startswith(match[2])]
    if not match or len(numbers) != 1:
        return None
    forward = match[1] == "next" or (ahead and match[1] != "last")
    days = (numbers[0] - today.weekday()) % 7 or 7
    return today + timedelta(days if forward else days - 7 if days < 7 else -7)


def _day_month(plain: str, today: date, ahead: bool) -> date | None:
    match = _DAY_MONTH.fullmatch(plain)
    months = [number for number, name in enumerate(_MONTHS, start=1) if match and name.startswith(match[2])]
    if not match or len(months) != 1:
        return None
    years = [int(match[3])] if match[3] else range(today.year, today.year + (9 if ahead else -9), 1 if ahead else -1)
    for year in years:
        try:
            day = date(year, months[0], int(match[1]))
        except ValueError:
            continue
        if match[3] or (day >= today if ahead else day <= today):
            return day
    raise UsageError(f'"{plain}" is not a day', "write a day as 2026-03-14, 14 March or yesterday")


def _single(said: str, today: date) -> date:
    period = parse_period(said, today, (1, 1))
    if period.start is None or period.start != period.last:
        raise UsageError(f'"{said}" is more than one day', "write a day as 2026-03-14, 14 March or yesterday")
    return period.start
