"""Read the text of a cell as a date, a duration, a type, or yes or no. Ambiguous texts are rejected."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cpdkit.dates.grammar import NAME, ORDINAL, calendar_day, month_number
from cpdkit.dates.hours import HOUR, Minutes, parse_hours
from cpdkit.exchange.import_headings import TYPE_WORDS
from cpdkit.exchange.layouts import LAYOUTS, CellFormat
from cpdkit.journal.records import SKILLS, STATUSES, TYPES
from cpdkit.text.wording import shortened

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:,? +\d{1,2}:\d{2}.*)?")
_DAY_MONTH = re.compile(rf"(?:{NAME},? )?(\d{{1,2}}){ORDINAL}[ .-]*({NAME})[ .,-]*(\d{{4}}|\d{{2}})", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"(?:{NAME},? )?({NAME})[ .]*(\d{{1,2}}){ORDINAL},? *(\d{{4}})", re.IGNORECASE)
_RANGE = re.compile(r" (?:to|until|till|bis) | [-–—] | ?[–—] ?| ?/ ?(?=\d{4}-)| ?; ?")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::[0-5]\d)?")
_COMMA = re.compile(r"(\d{1,6}),(\d{1,2})")
_WORDY = re.compile(r"(\d{1,4}) ?(?:hours?|hrs?|h),? ?(?:and|&)? ?(\d{1,2}) ?(?:minutes?|mins?|m)", re.IGNORECASE)
_CENTURY = 70
"""Years of two digits below this are in this century."""
_YES = frozenset(["yes", "y", "true", "1", "x", "✓", "✔", "ja", "oui", "on"])
_NO = frozenset(["no", "n", "false", "0", "-", "nein", "non", "off"])
_LETTERS = dict(zip("TWAVES", TYPES.options, strict=True))


class DateOrder(StrEnum):
    """Whether 03/04/2026 is 3 April or 4 March."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def order_in(texts: Iterable[str]) -> DateOrder | None:
    """Return the order of day and month that a column's dates show; None if they show none or contradict each other."""
    pairs = [(int(found[1]), int(found[2])) for text in texts for found in _NUMBERS.finditer(text)]
    orders = {DateOrder.DAY_FIRST for first, second in pairs if first > 12 >= second}
    orders |= {DateOrder.MONTH_FIRST for first, second in pairs if second > 12 >= first}
    return next(iter(orders)) if len(orders) == 1 else None


def needs_order(texts: Iterable[str]) -> bool:
    """Return whether any date of a column could be two dates."""
    matches = [match for text in texts if (match := _NUMBERS.fullmatch(text.strip()))]
    return any(int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2] for match in matches)


def day_of(text: str, order: DateOrder | None = None) -> date:
    """Return the date in a text. Raises ValueError with a message."""
    plain = " ".join(text.split())
    if match := _ISO.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]), plain)
    if match := _NUMBERS.fullmatch(plain):
        first, second = int(match[1]), int(match[2])
        if order is None and first <= 12 and second <= 12 and first != second:
            raise ValueError(f"{plain} could be two dates; choose one with --day-first or --month-first")
        month_first = order is DateOrder.MONTH_FIRST if first <= 12 and second <= 12 else second > 12
        day, month = (second, first) if month_first else (first, second)
        return _day(_year(match[3]), month, day, plain)
    if match := _DAY_MONTH.fullmatch(plain):
        return _day(_year(match[3]), _month(match[2], plain), int(match[1]), plain)
    if match := _MONTH_DAY.fullmatch(plain):
        return _day(_year(match[3]), _month(match[1], plain), int(match[2]), plain)
    raise ValueError(f'cannot read "{shortened(plain, 40)}" as a date; write 2026-03-14')


def days_of(text: str, order: DateOrder | None = None) -> tuple[date, date]:
    """Return the first and the last date in a text. Raises ValueError with a message."""
    try:
        day = day_of(text, order)
    except ValueError as error:
        parts = [part for part in _RANGE.split(" ".join(text.split())) if part]
        if len(parts) != 2:
            raise error from None
        first, last = day_of(parts[0], order), day_of(parts[1], order)
        if last < first:
            raise ValueError(f"the end, {last}, is before the start, {first}") from None
        return first, last
    return day, day


def minutes_of(text: str) -> Minutes:
    """Return the minutes of a duration: 1.5, 1,5, 1:30, 90 min, 2 hrs 15 mins. Raises ValueError."""
    plain = " ".join(text.split())
    if match := _CLOCK.fullmatch(plain):
        return int(match[1]) * HOUR + int(match[2])
    if match := _COMMA.fullmatch(plain):
        plain = f"{match[1]}.{match[2]}"
    if (match := _WORDY.fullmatch(plain)) and int(match[2]) < HOUR:
        return int(match[1]) * HOUR + int(match[2])
    return parse_hours(plain)


def minutes_in(text: str) -> Minutes:
    """Return the minutes of a duration in which a plain number means minutes. Raises ValueError."""
    plain = text.strip()
    return round(Decimal(plain)) if re.fullmatch(r"\d{1,6}(?:\.0+)?", plain) else minutes_of(plain)


def type_of(text: str) -> str:
    """Return the type of activity that a text means; empty for none."""
    plain = " ".join(text.casefold().replace("_", " ").split())
    if text.strip().upper() in _LETTERS:
        return _LETTERS[text.strip().upper()]
    for known in (plain, plain.replace(" ", "-"), plain.removesuffix("s")):
        if known in TYPES.options:
            return known
        if known in TYPES.meant or known in TYPE_WORDS:
            return str(TYPES.meant.get(known) or TYPE_WORDS[known])
    named = {str(TYPES.meant[word]) for word in re.findall(r"\w+", plain) if word in TYPES.meant}
    return named.pop() if len(named) == 1 else ""


def flag_of(text: str, field: str = "") -> str:
    """Return `true` or `false` for a text, empty for neither; `formal` is true for `structured`."""
    plain = text.strip().casefold()
    if plain in _YES or plain in (field, *_MEANING.get(field, ((), ()))[0]):
        return "true"
    return "false" if plain in _NO or plain in _MEANING.get(field, ((), ()))[1] else ""


_MEANING = {
    "structured": (("formal", "structured"), ("informal", "unstructured", "non-formal")),
    "planned": (("planned",), ("unplanned", "opportunistic", "ad hoc")),
    "verifiable": (("verifiable",), ("non-verifiable", "unverifiable")),
    "confidential": (("private",), ("public",)),
}


def skill_of(text: str) -> str:
    """Return the kind of skill that a text means, in the words of any layout; empty for none."""
    plain = text.strip().casefold()
    return plain if plain in SKILLS.options else str(SKILLS.meant.get(plain, _SKILLS.get(plain, "")))


def status_of(text: str) -> str:
    """Return the status that a text means; empty for none."""
    plain = text.strip().casefold()
    return plain if plain in STATUSES.options else str(STATUSES.meant.get(plain, ""))


def _layout_words(field: str) -> dict[str, str]:
    """Return the value of a field for each word that professional bodies' tables use for it."""
    columns = (column for layout in LAYOUTS.values() for column in layout.columns if column.fields == (field,))
    worded = (column for column in columns if column.format is CellFormat.WORD)
    return {word.casefold(): value for column in worded for value, word in column.words.items()}


_SKILLS = _layout_words("skills")


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < _CENTURY else 1900)


def _month(word: str, text: str) -> int:
    number = month_number(word[:3])
    if not number:
        raise ValueError(f'cannot read "{shortened(text, 40)}" as a date; write 2026-03-14')
    return number


def _day(year: int, month: int, day: int, text: str) -> date:
    named = calendar_day(year, month, day)
    if named is None:
        raise ValueError(f"the date {shortened(text, 40)} does not exist")
    return named
