"""Time in whole minutes: read hours from text, format them, and spread them over days.

Hours are never floats, so a sum is exact in any order.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from cpdkit.dates.grammar import COUNT, count_of
from cpdkit.text.wording import shortened

Minutes = int
"""Whole minutes. The alias makes the unit visible in signatures."""

HOUR: Minutes = 60
MOST_HOURS = 99_999
MOST_BARE_MINUTES: Minutes = 180
"""People write a longer time in hours, so that a larger plain number is a mistake."""
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
_TYPED_CLOCK = rf"{_CLOCK}\s*{_HOUR_WORD}?"
_FRACTION = re.compile("([0-9]?)([½¼¾])")
_PARTS = {
    **dict.fromkeys(("½", "1/2", "half", "half a", "half an", "a half"), Decimal("0.5")),
    **dict.fromkeys(("¼", "1/4", "quarter of a", "quarter of an", "a quarter", "a quarter of a", "a quarter of an"),
                    Decimal("0.25")),
    **dict.fromkeys(("¾", "3/4", "three quarters of a", "three quarters of an"), Decimal("0.75")),
}  # fmt: skip
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_WORDED = (
    rf"(?P<count>{_PART}|{COUNT}|{_NUMBER})(?: (?:and )?(?P<part>{_PART}))? ?(?P<unit>h|hr|hrs|hours?|days?)"
    r"(?: and (?P<more>a half))?"
)
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


def parse_time_spent(text: str, *, days: int = 1, working_day: Minutes = 0) -> Minutes:
    """Return the minutes that a person means by a time on the command line, where more forms have one meaning.

    Accept what `parse_hours` accepts, `1:30`, `1,5`, `1½ h`, `half an hour`, `two hours`, and `half a day` if the
    journal has the length of a `working_day`. A plain number of more hours than the `days` have is minutes, up to
    `MOST_BARE_MINUTES`. Raise ValueError with a message for users, also for no time at all.
    """
    plain = " ".join(_FRACTION.sub(r"\1 \2", text.casefold()).split())
    plain += " h" if plain.endswith(("½", "¼", "¾")) else ""
    minutes = _in_minutes(plain, days) or _in_words(plain, working_day)
    if minutes is None:
        if match := re.fullmatch(_COMMA, plain):
            plain = f"{match[1]}.{match[2]}"
        minutes = parse_hours(plain if match else text)
    if not minutes:
        raise ValueError("0 hours is less than a minute: omit the hours if they are unknown")
    if minutes > days * 24 * HOUR:
        many = f"{days:,} days have" if days > 1 else "a day has"
        shown = shortened(text.strip(), _LONGEST_QUOTED)
        raise ValueError(f"{shown} is more hours than {many}: write 90 min for minutes, or correct the dates")
    return minutes


def written_time(text: str, minutes: Minutes) -> str:
    """Return minutes as a record has them: as typed if they read back unchanged, otherwise `1h30` or `90 min`."""
    typed = text.strip()
    if _read(typed.casefold()) == minutes:
        return typed
    return f"{minutes // HOUR}h{minutes % HOUR:02}" if minutes >= HOUR else f"{minutes} min"


def _in_minutes(plain: str, days: int) -> Minutes | None:
    """Read `1:30`, and a plain number of minutes that cannot be hours."""
    if match := re.fullmatch(_TYPED_CLOCK, plain):
        return int(match[1]) * HOUR + int(match[2])
    is_minutes = re.fullmatch("[0-9]{2,3}", plain) and days * 24 < int(plain) <= MOST_BARE_MINUTES
    return int(plain) if is_minutes else None


def _in_words(plain: str, working_day: Minutes) -> Minutes | None:
    """Read `half an hour`, `an hour and a half`, `1 ½ h`, `two hours`, `half a day`, `3 days`."""
    match = re.fullmatch(_WORDED, plain)
    if not match or (match["part"] and match["count"] in _PARTS):
        return None
    part = _PARTS.get(match["part"] or match["more"] or "", Decimal(0))
    count = part + (_PARTS.get(match["count"]) or Decimal(_counted(match["count"])))
    if match["unit"].startswith("day"):
        if not working_day:
            shown = shortened(plain, _LONGEST_QUOTED)
            raise ValueError(f'"{shown}" needs the length of your day: set hours-per-day: 7.5 in cpd.yaml')
        return _rounded(count * working_day)
    return _rounded(count * HOUR)


def _counted(word: str) -> str:
    return word if word[:1].isdecimal() or word[:1] == "." else str(count_of(word))


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
        return f"{shown} is a negative number of hours: {_HOW_TO_WRITE}"
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
