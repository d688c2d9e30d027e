"""Durations and times of day in cells, and the meaning of a whole column of them.

A figure needs a unit: from the text, from the heading, or because only one unit fits the whole column. A number whose
unit stays open is not read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cpdkit.dates.hours import HOUR, MOST_HOURS, Minutes, parse_hours
from cpdkit.exchange.import_headings import names_clock, unit_named
from cpdkit.text.wording import shortened

DAY: Minutes = 24 * HOUR
LONGEST_DAY = 24
"""A plain number above this is not the hours of an activity, unless its heading names hours."""
LONGEST_CLOCK: Minutes = 12 * HOUR
"""From here on, 18:00 may be a time of day, or minutes and seconds."""
EARLIEST: Minutes = 7 * HOUR
"""In a column such as `Time`, 18h30 is a time of day, and 1h30 a duration; from here on, days begin."""
LONGEST_OVER_NIGHT: Minutes = 12 * HOUR
"""From 10:00 to 1:00 is three hours, in the afternoon, not fifteen."""
_SHORTEST = Decimal("0.25")
"""A plain number below this may be a part of a day."""
_ROUNDED_HOURS, _EXACT_HOURS = 3, 5
"""People write up to three decimals of an hour, programs that count in hours up to five; parts of days have more."""
_HALF_A_SECOND = Decimal(1) / 120
_SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}
_BARE = re.compile(r"\d{1,9}(?:[.,]\d{1,2}|\.\d{1,15})?|\.\d{1,15}")
_SIGNS = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?:\s?(?:h|hrs?|hours?|std\.?))?", re.IGNORECASE)
_PART = re.compile(
    r"(\d{1,9}(?:\.\d{1,9}|,\d{1,2})?)\s*([^\W\d_]+)\.?(?:\s*(?:,|&|and|und|et|y|e|en|i|och|og)(?=\s*\d))?\s*"
)
_FRACTION = re.compile(r"(\d{0,4}) ?([¼½¾])")
_PARTS = {"¼": "25", "½": "5", "¾": "75"}
_ISO = re.compile(r"PT(?=\d)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})(?:\.\d+)?S)?", re.IGNORECASE)
_O_CLOCK = r"(?:uhr|o['’]clock)"
_MINUTE = r"(?:(?:[:.]|\s?h\s?)([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?)?"
_CLOCK = re.compile(
    rf"(?:at |um |à |from |von |de )?([01]?\d|2[0-4]){_MINUTE}"
    rf"\s?(?:(h|hrs|{_O_CLOCK})|([ap])\.?\s?m\.?)?(?:\s?(?:Z|UTC|GMT|BST|CES?T))?",
    re.IGNORECASE,
)
_CLOCK_LIKE = re.compile(
    r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:\s*[ap]\.?m\.?)?|\d{1,2}(?:\.\d\d)?\s*[ap]\.?m\.?"
    rf"|\d{{1,2}}(?:[:.]\d\d)?\s?{_O_CLOCK}",
    re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_HOUR_OF_DAY = re.compile(r"([01]?\d|2[0-4])(?:[:.][0-5]\d|\s?h\s?(?:[0-5]\d)?|[:.][0-5]\d\s?h)", re.IGNORECASE)
"""A time of day that may be a duration as well: `18h30`, `18.30`, `18h`."""
_BETWEEN = re.compile(r"(?<!\s)\s*(?:[-–—→]|\bto\b|\btill?\b|\buntil\b|\bbis\b|\bà\b|\btot\b)\s*", re.IGNORECASE)
_SEVERAL = re.compile(r"(?<!\s)\s*(?:[,;&+]|\b(?:and|und|et|en|y|e)\b)\s*", re.IGNORECASE)


def minutes_of(text: str) -> Minutes:
    """Return the minutes of a duration: 1.5, 1,5, 1:30, 90 min, 2 hrs 15 mins, PT1H30M. Raises ValueError."""
    plain = _FRACTION.sub(_decimal, " ".join(text.split()))
    if match := _SIGNS.fullmatch(plain):
        return _rounded(Decimal(int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)))
    if match := _ISO.fullmatch(plain):
        parts = zip(match.groups(), _SECONDS.values(), strict=True)
        return _rounded(Decimal(sum(int(part or 0) * unit for part, unit in parts)))
    if is_bare(plain):
        return parse_hours(plain.replace(",", "."))
    seconds = _worded(plain)
    return parse_hours(plain) if seconds is None else _rounded(seconds)


def minutes_in(text: str, unit: str) -> Minutes:
    """Return the minutes of a duration; a plain number is in `unit`, another text has its own. Raises ValueError."""
    plain = text.strip()
    if unit == "day-fraction" and is_bare(plain):
        return _rounded(_number(plain) * DAY * 60)
    if unit in ("minutes", "seconds"):
        if is_bare(plain):
            return _rounded(_number(plain) * _SECONDS[unit])
        if (match := _SIGNS.fullmatch(plain)) and not match[3]:
            raise ValueError(f'cannot read "{shortened(plain, 40)}" as {unit}; write 90 min or 1h30')
    return minutes_of(plain)


def is_bare(text: str) -> bool:
    """Return whether a text is a plain number, without a unit."""
    return _BARE.fullmatch(text.strip()) is not None


def names_time(text: str) -> bool:
    """Return whether a cell names time by itself, with a unit: `1h30`, `90 min`."""
    plain = text.strip()
    if is_bare(plain) or _SIGNS.fullmatch(plain):
        return False
    try:
        return minutes_of(plain) > 0
    except ValueError:
        return False


def is_clock(text: str) -> bool:
    """Return whether a text is written like a time of day, or like one to another: `18:00`, `6 pm`, `18:00–19:30`."""
    several = _SEVERAL.split(" ".join(text.split()))
    if len(several) > 1:
        return all(len(_BETWEEN.split(part)) == 2 and is_clock(part) for part in several)
    parts = [part for part in _BETWEEN.split(" ".join(text.split())) if part]
    if len(parts) == 2:
        matches = [_clock(part) for part in parts]
        return all(matches) and any(match and (match[2] or match[3] or match[4]) for match in matches)
    return len(parts) == 1 and _CLOCK_LIKE.fullmatch(parts[0]) is not None


def may_be_clock(text: str) -> bool:
    """Return whether a text can be a time of day, or two, in a column that has nothing else: also `18h30`, `1830`."""
    try:
        spans_of(text)
    except ValueError:
        return False
    return True


def is_written_as_clock(text: str) -> bool:
    """Return whether a text can be a time of day, other than as a plain number, which may be a year."""
    return may_be_clock(text) and not text.strip().isdigit()


def is_hour_of_day(text: str) -> bool:
    """Return whether a text that may be a duration is rather a time of day, as few activities last so long: `18h30`."""
    plain = text.strip()
    if match := _FOUR_DIGITS.fullmatch(plain):
        return int(match[1]) * HOUR >= EARLIEST
    match = _HOUR_OF_DAY.fullmatch(plain)
    return match is not None and int(match[1]) * HOUR >= EARLIEST


def clocks_of(text: str) -> tuple[Minutes, Minutes | None]:
    """Return a time of day in minutes since midnight, and a second one if the text has two. Raises ValueError."""
    parts = [part for part in _BETWEEN.split(" ".join(text.split())) if part]
    matches = [_clock(part) for part in parts]
    if not 0 < len(parts) < 3 or not all(matches):
        raise ValueError(f'cannot read "{shortened(text, 40)}" as a time of day; write 18:30')
    half = next((match[4] for match in reversed(matches) if match and match[4]), "")
    first, *others = [_since_midnight(match, half) for match in matches if match]
    if others and first > others[0] and matches[0] and not matches[0][4] and half:
        first -= LONGEST_CLOCK  # 11–1 pm
    return first, others[0] if others else None


def spans_of(text: str) -> list[tuple[Minutes, Minutes | None]]:
    """Return the time of day of a text, or each of several spans: `9:00–12:00, 13:00–17:00`. Raises ValueError."""
    several = _SEVERAL.split(" ".join(text.split()))
    spans = [clocks_of(part) for part in several] if all(several) else [clocks_of(text)]
    if len(spans) > 1 and any(last is None for _, last in spans):
        raise ValueError(f'cannot read "{shortened(text, 40)}" as a time of day; write 18:30')
    return spans


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """What a column of times is: its target, and whether the unit of its plain cells stays open."""

    target: str
    is_unclear: bool = False


def column_of(header: str, target: str, cells: Sequence[str]) -> TimeColumn:
    """Return the meaning of a column whose heading names time."""
    clocks = [cell for cell in cells if is_clock(cell)]
    if any(map(_is_certain, clocks)) or (names_clock(header) and (clocks or _are_hours_of_day(cells))):
        return TimeColumn("start-time")
    numbers = [_number(cell) for cell in cells if is_bare(cell)]
    if target == "time" and _are_parts_of_days(numbers):
        return TimeColumn("day-fraction")
    signs = [match for cell in cells if (match := _SIGNS.fullmatch(cell.strip()))]
    odd_signs = any(int(match[1]) * HOUR + int(match[2]) > LONGEST_CLOCK for match in signs if not match[3])
    odd_signs = odd_signs or len({match[3] is None for match in signs}) > 1
    return TimeColumn(target, odd_signs or _is_unclear(target, numbers))


def _is_certain(cell: str) -> bool:
    """Return whether a cell can be nothing but a time of day, or two of them."""
    return len(_BETWEEN.split(cell.strip())) > 1 or re.search(r"m|uhr|clock", cell, re.IGNORECASE) is not None


def _are_hours_of_day(cells: Sequence[str]) -> bool:
    """Return whether one cell is rather a time of day, and no plain number is a duration."""
    numbers = (cell for cell in cells if re.search(r"\d", cell) and not names_time(cell))
    return any(map(is_hour_of_day, cells)) and all(map(may_be_clock, numbers))


def _clock(text: str) -> re.Match[str] | None:
    """Return the match of a time of day; four digits are read as `18:30`."""
    match = _FOUR_DIGITS.fullmatch(text)
    return _CLOCK.fullmatch(f"{match[1]}:{match[2]}" if match else text)


def _is_unclear(target: str, numbers: Sequence[Decimal]) -> bool:
    above = [number for number in numbers if number]
    if target == "hours":
        odd = (_decimals(number) > _ROUNDED_HOURS and not _is_whole(number * HOUR) for number in above)
        return max(above, default=Decimal(1)) < 1 and (any(odd) or max(map(_decimals, above)) > _EXACT_HOURS)
    return target == "time" and any(number > LONGEST_DAY or number < _SHORTEST for number in above)


def _are_parts_of_days(numbers: Sequence[Decimal]) -> bool:
    """Return whether numbers are whole minutes only as parts of days."""
    above = [number for number in numbers if number]
    parts = bool(above) and all(number < 1 and _is_whole(number * DAY) for number in above)
    return parts and not all(_is_whole(number * HOUR) for number in above)


def _decimals(number: Decimal) -> int:
    return -int(number.as_tuple().exponent)


def _is_whole(minutes: Decimal) -> bool:
    return abs(minutes - minutes.to_integral_value()) <= _HALF_A_SECOND


def _worded(text: str) -> Decimal | None:
    """Return the seconds of a duration whose numbers all have units, from the largest down; None for another text."""
    seconds, at, least = Decimal(0), 0, 3601
    while match := _PART.match(text, at):
        unit = _SECONDS.get(unit_named(match[2]), 0)
        number = Decimal(match[1].replace(",", "."))
        if not 0 < unit < least or (at and number >= HOUR):
            return None
        seconds, at, least = seconds + number * unit, match.end(), unit
    return seconds if at == len(text) and at else None


def _since_midnight(match: re.Match[str], half: str) -> Minutes:
    hour, letter = int(match[1]), (match[4] or half).casefold()
    if letter and 1 <= hour <= 12:
        hour = hour % 12 + (12 if letter == "p" else 0)
    return hour * HOUR + int(match[2] or 0)


def _decimal(match: re.Match[str]) -> str:
    return f"{match[1] or 0}.{_PARTS[match[2]]}"


def _number(text: str) -> Decimal:
    return Decimal(text.strip().replace(",", "."))


def _rounded(seconds: Decimal) -> Minutes:
    minutes = int((seconds / 60).to_integral_value(ROUND_HALF_UP))
    if minutes > MOST_HOURS * HOUR:
        raise ValueError(f"{minutes // HOUR:,} hours is more than {MOST_HOURS:,} hours")
    return minutes
