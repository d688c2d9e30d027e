"""Read the text of a cell as a date, a type, or yes or no. Ambiguous texts are rejected."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from cpdkit.dates.grammar import NAME, ORDINAL, calendar_day, month_number
from cpdkit.dates.hours import HOUR
from cpdkit.exchange.import_headings import TYPE_WORDS
from cpdkit.exchange.imports.zones import Clock
from cpdkit.exchange.layouts import LAYOUTS, CellFormat
from cpdkit.exchange.time_cells import clocks_of
from cpdkit.journal.records import SKILLS, STATUSES, TYPES
from cpdkit.text.wording import shortened

Moment = tuple[date, time | None]
"""A date, with the time of day if it has one."""
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d{2})(\d{2}))")
_NUMBERS = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?!\d)"
)
_ZONE = r"(?: ?((?:UTC|GMT)?[+-]\d{2}:?(?:\d{2})?|Z|UTC|GMT)(?: ?[(\[][^()\[\]]{1,60}[)\]]| UTC)?)?"
_TIME_AFTER = re.compile(
    r",?(?P<sign>[T ]) *(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?" + _ZONE,
    re.IGNORECASE,
)
_WITH_TIME = re.compile(
    r"(.*\d)(T\d{2}:?\d{2}.*|[, ] ?(?:at |um |à |from |von |de )?\d{1,2}"
    r"(?::\d{2}|\.\d\d(?![.\d])| ?h| ?[ap]\.?m| ?uhr| ?[–-] ?\d).*)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,? (?=\d{1,4}[-/.]\d)")
"""A name before a date of numbers: `Sat 14/03/2026`."""
_OFFSET = re.compile(r"(?<![a-z])(?:Z|UTC|GMT)$", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"(?:{NAME},? )?(\d{{1,2}}){ORDINAL}[ .-]*({NAME})[ .,-]*(\d{{4}}|\d{{2}})", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"(?:{NAME},? )?({NAME})[ .]*(\d{{1,2}}){ORDINAL},? *(\d{{4}})", re.IGNORECASE)
_RANGE = re.compile(r" (?:to|until|till|bis) | [-–—] | ?[–—→] ?| ?/ ?(?=\d{4}-)| ?; ?")
_BLANK = frozenset([
    "n/a", "n.a", "na", "#n/a", "n\\a", "not applicable", "tbc", "tba", "tbd", "to be confirmed", "none", "nil", "null",
    "nan", "unknown", "not known", "not stated", "k.a", "s/o", "n. a",
])  # fmt: skip
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
    pairs = [_pair(match) for text in texts for match in _NUMBERS.finditer(text)]
    orders = {DateOrder.DAY_FIRST for first, second in pairs if first > 12 >= second}
    orders |= {DateOrder.MONTH_FIRST for first, second in pairs if second > 12 >= first}
    return next(iter(orders)) if len(orders) == 1 else None


def has_both_orders(texts: Iterable[str]) -> bool:
    """Return whether some dates of a column start with the day, and others with the month."""
    pairs = [_pair(match) for text in texts for match in _NUMBERS.finditer(text)]
    return any(first > 12 >= second for first, second in pairs) and any(second > 12 >= first for first, second in pairs)


def needs_order(texts: Iterable[str]) -> bool:
    """Return whether any date of a column could be two dates."""
    matches = [match for text in texts if (match := _NUMBERS.fullmatch(_split(text)[0]))]
    return any(first <= 12 and second <= 12 and first != second for first, second in map(_pair, matches))


def half_converted(texts: Iterable[str]) -> bool:
    """Return whether a program with the other order of day and month converted only some dates of a column.

    It then swapped those that it could: all its dates have a day of at most 12, and every other one has a number above.
    """
    parts = [_split(text)[0] for text in texts]
    converted = [match for part in parts if (match := _ISO.fullmatch(part))]
    left = [_pair(match) for part in parts if (match := _NUMBERS.fullmatch(part))]
    days = [int(match[3] or match[5]) for match in converted]
    return bool(days and left) and max(days) <= 12 and all(max(pair) > 12 for pair in left)


def is_swappable(text: str) -> bool:
    """Return whether a converted date would be another one with its day and month swapped."""
    match = _ISO.fullmatch(_split(text)[0])
    return match is not None and (match[2] or match[4]) != (match[3] or match[5])


def _pair(match: re.Match[str]) -> tuple[int, int]:
    return int(match["first"]), int(match["second"])


def _split(text: str) -> tuple[str, str]:
    """Return the date of a text, and the time after it, empty for none."""
    plain = _WEEKDAY.sub("", " ".join(text.split()))
    match = _WITH_TIME.fullmatch(plain)
    return (match[1], match[2]) if match else (plain, "")


def _time_after(text: str) -> re.Match[str] | None:
    """Return the match of the time after a date; ` 10:30-12:00` is not a time with an offset."""
    match = _TIME_AFTER.fullmatch(text)
    is_span = match and match["sign"] == " " and not match[4] and "-" in (match[6] or "")
    return None if is_span else match


def moment_of(text: str, order: DateOrder | None = None, clock: Clock | None = None) -> Moment:
    """Return the date in a text, and the time after it, if it can be read; with an offset, as on the owner's clock.

    Raises ValueError with a message.
    """
    plain, rest = _split(text)
    day = _plain_day(plain, order)
    match = _time_after(rest)
    if match is None:
        return day, None
    _, hours, minutes, seconds, half, zone = match.groups()
    hour = int(hours) % 12 + (12 if half.casefold() == "p" else 0) if half else int(hours)
    try:
        moment = datetime.combine(day, time(hour, int(minutes), int(seconds or 0)))
        if zone and clock:
            offset = zone.upper().removeprefix("UTC").removeprefix("GMT").removeprefix("Z") or "+00:00"
            moment = clock.local(datetime.fromisoformat(f"{moment.isoformat()}{offset}"))
    except (ValueError, OverflowError):
        raise ValueError(f'cannot read "{shortened(text, 40)}" as a date and a time; write 2026-03-14 18:30') from None
    return moment.date(), moment.time()


def day_of(text: str, order: DateOrder | None = None, clock: Clock | None = None) -> date:
    """Return the date in a text. Raises ValueError with a message."""
    return moment_of(text, order, clock)[0]


def _plain_day(plain: str, order: DateOrder | None) -> date:
    if match := _ISO.fullmatch(plain):
        return _day(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]), plain)
    if match := _NUMBERS.fullmatch(plain):
        first, second = _pair(match)
        if order is None and first <= 12 and second <= 12 and first != second:
            raise ValueError(f"{plain} could be two dates; choose one with --day-first or --month-first")
        month_first = order is DateOrder.MONTH_FIRST if first <= 12 and second <= 12 else second > 12
        if order is not None and max(first, second) > 12 >= min(first, second):
            _verify_order(plain, order, month_first)
        day, month = (second, first) if month_first else (first, second)
        return _day(_year(match["year"]), month, day, plain)
    if match := _DAY_MONTH.fullmatch(plain):
        return _day(_year(match[3]), _month(match[2], plain), int(match[1]), plain)
    if match := _MONTH_DAY.fullmatch(plain):
        return _day(_year(match[3]), _month(match[1], plain), int(match[2]), plain)
    raise ValueError(f'cannot read "{shortened(plain, 40)}" as a date; write 2026-03-14')


def moments_of(text: str, order: DateOrder | None = None, clock: Clock | None = None) -> tuple[Moment, Moment | None]:
    """Return the first moment in a text, and the last: `14/03/2026 18:30–20:00`, `14 to 16 March`; None for one alone.

    Raises ValueError, also for a time that cannot be read.
    """
    try:
        return _sitting(text, order, clock)
    except ValueError as error:
        parts = [part for part in _RANGE.split(" ".join(text.split())) if part]
        if len(parts) != 2:
            raise error from None
        (first, _), (last, other) = (_sitting(part, order, clock) for part in parts)
        if other or last[0] < first[0]:
            raise ValueError(f"the end, {last[0]}, is before the start, {first[0]}") from None
        return first, last


def _sitting(text: str, order: DateOrder | None, clock: Clock | None) -> tuple[Moment, Moment | None]:
    """Return the moment in a text, and a second one for a second time of day: `2026-03-14 18:30–20:00`."""
    plain, rest = _split(text)
    if not rest or _time_after(rest):
        return moment_of(text, order, clock), None
    first, last = clocks_of(rest[1:].replace("/", " – ") if rest[0] in "Tt" else rest.lstrip(", "))
    day, zone = _plain_day(plain, order), " UTC" if _OFFSET.search(rest) else ""
    start = moment_of(f"{day} {first // HOUR % 24:02}:{first % HOUR:02}{zone}", None, clock)
    if last is None:
        return start, None
    if zone and last < first and day < date.max:
        day += timedelta(1)
    return start, moment_of(f"{day} {last // HOUR % 24:02}:{last % HOUR:02}{zone}", None, clock)


def days_of(text: str, order: DateOrder | None = None, clock: Clock | None = None) -> tuple[date, date]:
    """Return the first and the last date in a text. Raises ValueError with a message."""
    try:
        return (day := day_of(text, order, clock)), day
    except ValueError:
        first, last = moments_of(text, order, clock)
        return first[0], (last or first)[0]


def _verify_order(plain: str, order: DateOrder, month_first: bool) -> None:
    """Raise ValueError for a date that contradicts the order of all others."""
    if month_first is not (order is DateOrder.MONTH_FIRST):
        starts = "month" if month_first else "day"
        raise ValueError(f"{plain} starts with the {starts}, but the dates are read {order}; write the year first")


def is_day(text: str) -> bool:
    """Return whether a text is a date, or two."""
    for order in DateOrder:
        try:
            days_of(text, order)
        except ValueError:
            continue
        return True
    return False


def is_blank(text: str) -> bool:
    """Return whether a text stands for no value, such as `N/A`, `-` or `tbc`."""
    return text.strip().casefold().strip(".") in _BLANK or not text.strip().strip("-–—−_?*. ")


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
    return ""


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
    plain = "-".join(text.casefold().replace("_", " ").split())
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
