"""Rules of recurrence, vetted before anything follows them: a rule may come from anybody and must come to an end.

What follows a rule tries every day up to the year 9999 where none fits, and every second where it may.
"""

import re
from calendar import monthrange
from datetime import UTC, datetime, time

from cpdkit.exchange.imports.calendars.times import Moment, plain_moment
from cpdkit.exchange.imports.calendars.zones import Home

MOST_TIMES_A_DAY = 4
LONGEST = 1_000
_LEAP, _USUAL = 2024, 2023
_FREQUENCIES = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
"""The frequencies that are followed, and the most days that one turn of each has."""
_NUMBERS = re.compile(r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*")
_DAYS = re.compile(r"(?:[+-]?[0-9]{0,2}(?:MO|TU|WE|TH|FR|SA|SU))(?:,[+-]?[0-9]{0,2}(?:MO|TU|WE|TH|FR|SA|SU))*")
_ORDINAL = re.compile(r"[0-9]+")
_COUNT = re.compile(r"[0-9]{1,5}")
_BOUNDS = {
    "BYSECOND": (0, 59), "BYMINUTE": (0, 59), "BYHOUR": (0, 23), "BYMONTHDAY": (1, 31), "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53), "BYMONTH": (1, 12), "BYSETPOS": (1, 366),
}  # fmt: skip
_NEGATIVE = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})


def vetted(text: str, start: Moment, at: Home) -> str:
    """The rule as it can be followed from `start` on, its end of the same kind as that.

    Raises ValueError with a plain sentence for one that can't be read, never fits or fits too often.
    """
    if len(text) > LONGEST:
        raise ValueError("its rule is too long")
    parts = _parts(text.strip().upper())
    turn = _frequency(parts)
    numbers = {name: _within(name, parts[name]) for name in _BOUNDS if name in parts}
    _vet_days(parts.get("BYDAY", ""), parts["FREQ"])
    times = len(numbers.get("BYHOUR", [0])) * len(numbers.get("BYMINUTE", [0])) * len(numbers.get("BYSECOND", [0]))
    if times > MOST_TIMES_A_DAY:
        raise ValueError(f"it repeats {times} times a day")
    if max(map(abs, numbers.get("BYSETPOS", [1]))) > turn * times or not _fits_a_day(numbers):
        raise ValueError("no day fits its rule")
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], start, at)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _parts(text: str) -> dict[str, str]:
    """The rule's parts with FREQ as the first."""
    pairs = [part.partition("=") for part in text.split(";") if part]
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    known = {*_BOUNDS, "FREQ", "UNTIL", "COUNT", "INTERVAL", "BYDAY", "WKST"}
    if len(parts) != len(pairs) or not parts.keys() <= known:
        raise ValueError(f'its rule "{text[:60]}" can\'t be read')
    return {"FREQ": parts.pop("FREQ", ""), **parts}


def _frequency(parts: dict[str, str]) -> int:
    """The most days of one turn; INTERVAL, COUNT and WKST are looked at, too."""
    said = parts["FREQ"]
    if said not in _FREQUENCIES:
        often = {"HOURLY": "hour", "MINUTELY": "minute", "SECONDLY": "second"}.get(said)
        raise ValueError(f"it repeats every {often}" if often else "its rule doesn't say how often it repeats")
    for name in ("INTERVAL", "COUNT"):
        # No step at all would never come to an end.
        if name in parts and (not _COUNT.fullmatch(parts[name]) or not int(parts[name])):
            raise ValueError(f'its rule says {name}="{parts[name][:20]}", which is no number from 1 on')
    if parts.get("WKST", "MO") not in ("MO", "TU", "WE", "TH", "FR", "SA", "SU"):
        del parts["WKST"]
    return _FREQUENCIES[said]


def _within(name: str, said: str) -> list[int]:
    """The numbers of a part."""
    low, high = _BOUNDS[name]
    if not _NUMBERS.fullmatch(said):
        raise ValueError(f'its rule says {name}="{said[:20]}", which are no numbers')
    numbers = list(map(int, said.split(",")))
    if not all(low <= (abs(each) if name in _NEGATIVE else each) <= high for each in numbers):
        raise ValueError(f"its rule says {name}={said[:20]}, which goes from {low} to {high}")
    return numbers


def _vet_days(said: str, frequency: str) -> None:
    """The weekdays; their numbers count within a month or a year."""
    if not said:
        return
    most = {"MONTHLY": 5, "YEARLY": 53}.get(frequency, 0)
    if not _DAYS.fullmatch(said) or not all(int(each) <= most for each in _ORDINAL.findall(said)):
        raise ValueError(f'its rule says BYDAY="{said[:20]}", which are no days of the week')


def _fits_a_day(numbers: dict[str, list[int]]) -> bool:
    """Whether any day of a year of 365 or of 366 days has the month, the number and the place in the year asked for."""
    if not numbers.keys() & {"BYMONTHDAY", "BYYEARDAY"}:
        return True
    return any(_fits(numbers, year, month) for year in (_LEAP, _USUAL) for month in range(1, 13))


def _fits(numbers: dict[str, list[int]], year: int, month: int) -> bool:
    if month not in numbers.get("BYMONTH", [month]):
        return False
    last, whole = monthrange(year, month)[1], 366 if year == _LEAP else 365
    before = sum(monthrange(year, each)[1] for each in range(1, month))
    in_month, in_year = numbers.get("BYMONTHDAY"), numbers.get("BYYEARDAY")
    return any(
        (in_month is None or day in in_month or day - last - 1 in in_month)
        and (in_year is None or before + day in in_year or before + day - whole - 1 in in_year)
        for day in range(1, last + 1)
    )


def _until(said: str, start: Moment, at: Home) -> str:
    """The rule's end as RFC 5545 wants it for the kind of start, a bare day being in it to its end."""
    end = plain_moment(said)
    if not isinstance(start, datetime):
        return f"{end:%Y%m%d}"
    if not isinstance(end, datetime):
        end = datetime.combine(end, time(23, 59, 59))
    if start.tzinfo is None:
        return f"{at.local(end):%Y%m%dT%H%M%S}"
    end = end if end.tzinfo else end.replace(tzinfo=start.tzinfo)
    return f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"
