"""Time in whole minutes: read hours from text, format them, and spread them over days.

Hours are never floats, so a sum is exact in any order.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from cpdkit.text.wording import shortened

Minutes = int
"""Whole minutes. The alias makes the unit visible in signatures."""

HOUR: Minutes = 60
MOST_HOURS = 99_999
_HOW_TO_WRITE = "write 1.5, 1h30 or 90 min"

_NUMBER = r"[0-9]{0,9}\.[0-9]{1,9}|[0-9]{1,9}"
_HOUR_WORD = r"(?:h|hr|hrs|hour|hours)"
_MINUTE_WORD = r"(?:m|min|mins|minute|minutes)"
_DECIMAL_HOURS = rf"({_NUMBER})\s*{_HOUR_WORD}?"
_HOURS_AND_MINUTES = rf"([0-9]{{1,9}})\s*{_HOUR_WORD}\s*([0-9]{{1,2}})\s*{_MINUTE_WORD}?"
_MINUTES = rf"([0-9]{{1,9}})\s*{_MINUTE_WORD}"
WRITTEN = (_DECIMAL_HOURS, _HOURS_AND_MINUTES, _MINUTES)
"""The accepted ways to write hours, as patterns for lower-case text."""
_COMMA = rf"([0-9]+),([0-9]+)\s*{_HOUR_WORD}?"
_CLOCK = r"([0-9]{1,9}):([0-5][0-9])"
_LONGEST_QUOTED = 40
_EXACT = Decimal("0.0001")
"""With four decimal places of an hour, every minute has its own value."""


def parse_hours(text: str) -> Minutes:
    """Return written hours in minutes, rounded to the nearest minute.

    Accept `1.5`, `2`, `1h30`, `1 h 30 min`, `1h` and `90 min`. Raise ValueError with a message for users.
    """
    plain = text.strip().casefold()
    minutes = _read(plain)
    if minutes is None:
        raise ValueError(_why_not(text.strip(), plain))
    if minutes > MOST_HOURS * HOUR:
        raise ValueError(f"{shortened(text.strip(), _LONGEST_QUOTED)} is more than {MOST_HOURS:,} hours")
    return minutes


def _read(plain: str) -> Minutes | None:
    if match := re.fullmatch(_DECIMAL_HOURS, plain):
        return _rounded(Decimal(match[1]) * HOUR)
    if (match := re.fullmatch(_HOURS_AND_MINUTES, plain)) and int(match[2]) < HOUR:
        return int(match[1]) * HOUR + int(match[2])
    if match := re.fullmatch(_MINUTES, plain):
        return int(match[1])
    return None


def _rounded(minutes: Decimal) -> Minutes | None:
    """Return the nearest whole minute, or None if a value above zero would become 0."""
    whole = int(minutes.to_integral_value(ROUND_HALF_UP))
    return None if minutes and not whole else whole


def _why_not(text: str, plain: str) -> str:
    shown = shortened(text, _LONGEST_QUOTED)
    if match := re.fullmatch(_COMMA, plain):
        return f"{shown} has a comma: write {match[1]}.{match[2]}"
    if match := re.fullmatch(_CLOCK, plain):
        return f"{shown} looks like a time of day: write {int(match[1])}h{match[2]}"
    if match := re.fullmatch(_HOURS_AND_MINUTES, plain):
        return f"{shown} has {match[2]} minutes after the hours; the maximum is 59"
    if re.fullmatch(_DECIMAL_HOURS, plain):
        return f"{shown} hours is less than a minute"
    if plain.startswith(("-", "−")):
        return f"{shown} is a negative number of hours"
    return f'"{shown}" is not a number of hours: {_HOW_TO_WRITE}' if text else f"hours are missing: {_HOW_TO_WRITE}"


def format_hours(minutes: Minutes) -> str:
    """Return minutes as hours for display: `41.5`, with at most two decimal places and no trailing zeros."""
    hundredths = (minutes * 100 + HOUR // 2) // HOUR
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def exact_hours(minutes: Minutes) -> Decimal:
    """Return minutes as hours, to four decimal places, so that the minutes can be recovered: 20 → 0.3333."""
    return (Decimal(minutes) / HOUR).quantize(_EXACT).normalize() + 0


def spread(minutes: Minutes, days: int) -> tuple[Minutes, ...]:
    """Spread minutes evenly over days. The earliest days get the remainder (largest-remainder method)."""
    each, left_over = divmod(minutes, days)
    return (each + 1,) * left_over + (each,) * (days - left_over)


def spread_in_runs(minutes: Minutes, days: int) -> tuple[tuple[int, int, Minutes], ...]:
    """Return the result of `spread` as runs of days with equal minutes: first index, index after the last, minutes."""
    each, left_over = divmod(minutes, days)
    runs = (0, left_over, each + 1), (left_over, days, each)
    return tuple(run for run in runs if run[0] < run[1] and run[2])


def spread_between(minutes: Minutes, days: int, first: int, stop: int) -> Minutes:
    """Return the sum that `spread` gives to the days from index `first` to before `stop` (0 ≤ first ≤ stop ≤ days)."""
    each, left_over = divmod(minutes, days)
    return each * (stop - first) + min(stop, left_over) - min(first, left_over)
