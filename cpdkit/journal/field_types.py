"""The kinds of value a field can have: how each is said in the docs, and how it is read.

A kind's `read` gives the value, or None and a noted problem. Nothing is guessed: what is not exactly of the kind's own
form is refused with the form it should have.
"""

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence as Many
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

from cpdkit.dates.grammar import (
    FIRST_YEAR,
    ISO_DAY,
    LAST_YEAR,
    NAME,
    ORDINAL,
    WEEKDAYS,
    calendar_day,
    month_end,
    month_number,
    readings,
)
from cpdkit.dates.hours import Minutes, parse_hours
from cpdkit.dates.wording import MONTHS
from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.journal.problems import Problems
from cpdkit.text.source import Source, has_control, has_direction
from cpdkit.text.yaml import Node, Scalar, Sequence, span
from cpdkit.text.yaml_scalars import delete, flow_list, whole_line, write

LONG_ENOUGH = 5
"""Words shorter than this are too often a slip away from another word that was meant."""


def instead(node: Node, new: str, safe: bool = True) -> Fix | None:
    """Write another value in the place of one on a single line."""
    where = span(node)
    if type(node) is not Scalar or where.line != where.end_line or where.column == where.end_column:
        return None
    return write(where, new, safe)


def renamed(key: Scalar, name: str, safe: bool = True) -> Fix | None:
    """Give a field another name."""
    fix = instead(key, name, safe)
    return Fix(f"rename it to {name}", fix.edits, safe) if fix else None


def swapped(one: Node, other: Node) -> Fix | None:
    """Put each of two values in the other's place."""
    if type(one) is not Scalar or type(other) is not Scalar:
        return None
    there, here = instead(one, other.value.strip(), False), instead(other, one.value.strip(), False)
    return Fix("swap the two", (*there.edits, *here.edits), safe=False) if there and here else None


def without_item(items: Many[Node], number: int, source: Source) -> Fix | None:
    """Take one item out of a list, with its comma, or with its line where that holds nothing else."""
    where = span(items[number])
    line = source.line(where.line)
    if where.end_line != where.line:
        return _without_dash(where, source)
    if line[: where.column - 1].strip() == "-" and not line[where.end_column - 1 :].strip():
        return delete("delete it", whole_line(where.line)) if len(items) > 1 else None
    before = span(items[number - 1]) if number else None
    after = span(items[number + 1]) if number + 1 < len(items) else None
    if before and before.end_line == where.line and line[before.end_column - 1 : where.column - 1].strip() == ",":
        return delete("delete it", Span(where.line, before.end_column, where.line, where.end_column))
    if before or not after or after.line != where.line:
        return None
    comma = line[where.end_column - 1 : after.column - 1].strip() == ","
    return delete("delete it", Span(where.line, where.column, where.line, after.column)) if comma else None


def _without_dash(where: Span, source: Source) -> Fix | None:
    """An item of nothing but its dash ends where the next one starts."""
    for number in (where.line, where.line - 1):
        if source.line(number).strip() == "-":
            return delete("delete it", whole_line(number))
    return None


def is_plural(one: str, other: str) -> bool:
    """Whether two words differ in an `s` at the end alone."""
    return one in (other + "s", other.removesuffix("s")) or other == one.removesuffix("s")


def is_slip(word: str, meant: str) -> bool:
    """Whether a word is one letter away from another: one too many, one missing, another one, or two swapped."""
    if min(len(word), len(meant)) < LONG_ENOUGH or abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    start = next((at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), None)
    if start is None:
        return True
    one, other = word[start:], meant[start:]
    if len(one) != len(other):
        return one[1:] == other or one == other[1:]
    return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])


HOW = "write the day as year-month-day, such as 2026-03-14"
_WITH_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]\s*[0-9].*"
_YEAR_FIRST = r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})"
_YEAR_LAST = r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})"
_WORDS = rf"(?i)(?:[a-z]+,?\s+)?([0-9]{{1,2}}){ORDINAL}\.?\s+({NAME})\.?,?\s+([0-9]{{4}})"
_MONTH_FIRST = rf"(?i)({NAME})\.?\s+([0-9]{{1,2}}){ORDINAL},?\s+([0-9]{{4}})"
_ONE_READING = r"[0-9]{8}|[0-9]{4}([-/. ])[0-9]{1,2}\1[0-9]{1,2}"
_MIDNIGHT = r"[0-9-]{10}[Tt ]\s*00:00(:00(\.0+)?)?Z?"
_WEEKDAY = r"(?i)([a-z]+),?\s+[0-9]"
_NO_DAY = rf"(?i)[0-9]{{4}}(-[0-9]{{1,2}})?|{NAME}\.? [0-9]{{4}}"


def read_day(node: Scalar, to: Problems) -> date | None:
    """The day that a text names; None when it names none, which is noted."""
    text = node.value.strip()
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
            to.add("CPD304", node, f"{text} lies outside {FIRST_YEAR} to {LAST_YEAR}", hint="look at the year")
            return None
    _refuse(text, node, to)
    return None


def _refuse(text: str, node: Scalar, to: Problems) -> None:
    if match := re.fullmatch(ISO_DAY, text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        swapped = calendar_day(year, day, month) if month > 12 else None
        fix = instead(node, str(swapped), safe=False) if swapped else None
        to.add("CPD204", node, f"{text} is not a day", *_why(year, month, day), fix=fix)
    elif match := re.fullmatch(_WITH_TIME, text):
        # Midnight is what programs add to a day; another time someone may want to keep.
        sure = re.fullmatch(_MIDNIGHT, text) is not None
        fix = instead(node, match[1], sure) if calendar_day(*map(int, match[1].split("-"))) else None
        to.add("CPD206", node, "a date has no time here", hint=f"write {match[1]}", fix=fix)
    elif match := re.fullmatch(_YEAR_LAST, text):
        _year_last(text, match, node, to)
    else:
        meant, safe = _meant(text)
        hint = f"write {meant}" if meant else f"a whole day is needed: {HOW}" if re.fullmatch(_NO_DAY, text) else HOW
        fix = instead(node, str(meant), safe) if meant else None
        to.add("CPD205", node, f"{_short(text)} is not written as year-month-day", hint=hint, fix=fix)


def _why(year: int, month: int, day: int) -> tuple[str, str]:
    """Note and hint for three numbers that are no day."""
    swapped = calendar_day(year, day, month)
    hint = f"did you mean {swapped}?" if month > 12 and swapped else ""
    if not 1 <= month <= 12:
        return f"there is no month {month}", hint
    if year < 1:
        return "there is no year 0", ""
    return (month_end(year, month) if day else "a month starts on the 1st"), hint


def _year_last(text: str, match: re.Match[str], node: Scalar, to: Problems) -> None:
    """`03/04/2026` and its kind: both days that it may be, or the one, or why it is none."""
    first, second = int(match[1]), int(match[2])
    year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
    days = readings(year, first, second)
    if len(days) == 2:
        note = " or ".join(f"{day.day} {MONTHS[day.month - 1]}" for day in days) + f" {year}?"
        to.add("CPD205", node, f"{text} can be read two ways", note, f"write {days[0]} or {days[1]}")
    elif days:
        # 14/3/26 may as well be in 2014.
        fix = instead(node, str(days[0]), safe=len(match[3]) == 4)
        to.add("CPD205", node, f"{text} is not written as year-month-day", hint=f"write {days[0]}", fix=fix)
    else:
        month = second if 1 <= second <= 12 else first
        note = month_end(year, month) if 1 <= month <= 12 and year else "no month has that number"
        to.add("CPD204", node, f"{text} is not a day", note, HOW)


def _meant(text: str) -> tuple[date | None, bool]:
    """The day that is meant in words or with other signs, and whether that is sure."""
    numbers: tuple[int, int, int] | None = None
    sure = True
    if match := re.fullmatch(_YEAR_FIRST, text):
        numbers = int(match[1]), int(match[2]), int(match[3])
        sure = re.fullmatch(_ONE_READING, text) is not None
    elif match := re.fullmatch(_WORDS, text):
        numbers = int(match[3]), month_number(match[2]), int(match[1])
    elif match := re.fullmatch(_MONTH_FIRST, text):
        numbers = int(match[3]), month_number(match[1]), int(match[2])
    day = calendar_day(*numbers) if numbers else None
    return day, day is not None and sure and _is_weekday_right(text, day)


def _is_weekday_right(text: str, day: date) -> bool:
    """Whether the day falls on the weekday that a text starts with, if it starts with one."""
    match = re.match(_WEEKDAY, text)
    if not match or month_number(match[1]):
        return True
    return len(match[1]) > 1 and WEEKDAYS[day.weekday()].casefold().startswith(match[1].casefold())


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_minutes = lru_cache(maxsize=1024)(parse_hours)
"""The same few amounts stand in most records."""
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_COMMA_NUMBER = re.compile(r"([0-9]{1,9}),([0-9]{1,6})")
_COMMA_HOURS = re.compile(r"([0-9]{1,9}),([0-9]{1,2})(\s*h(?:r|rs|our|ours)?)?", re.IGNORECASE)
_CLOCK_HOURS = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
LINE_LIMIT = 1_000
"""The most characters of a text of one line."""
_AND = re.compile(r"(?:^|\s)(?:and|&)\s")
_FLAGS = {"true": True, "false": False}
_TRUTHS = {
    "yes": "true",
    "on": "true",
    "y": "true",
    "1": "true",
    "no": "false",
    "off": "false",
    "n": "false",
    "0": "false",
}


class Kind(Protocol):
    """What a field's value may be. `says` is how the docs put it."""

    @property
    def says(self) -> str: ...

    def read(self, node: Node, to: Problems) -> Any: ...


def text_of(node: Node, to: Problems, wanted: str = "a text") -> str | None:
    """The text of a scalar without the blanks around it; None for anything else, which is noted."""
    if type(node) is not Scalar:
        to.shape(node, wanted, "write one value")
        return None
    text: str = node.value.strip()
    if not text.isprintable():
        _invisible(text, node, to)
    return text


def _invisible(text: str, node: Scalar, to: Problems) -> None:
    """Note what an escape between double quotes (`\\x07`) brought in; the file's own were noted before."""
    if node.style != '"' or to.source.odd:
        return
    if has_control(text):
        hint = "take the escape out"
        to.add("CPD104", node, "an escape makes a control character", hint=hint)
    elif has_direction(text):
        to.add("CPD106", node, "an escape turns the direction of the text around it", hint="take the escape out")


@dataclass(frozen=True, slots=True)
class Line:
    """A text of one line, of at most so many characters."""

    says: str = "text, one line"
    most: int = LINE_LIMIT

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to)
        if text is None or ("\n" not in text and "\t" not in text and len(text) <= self.most):
            return text
        if len(text) > self.most:
            message = f"this has {len(text):,} characters; at most {self.most:,} are meant for one line"
            to.add("CPD221", node, message, hint="say it shorter; long text belongs below the front matter")
        if "\n" in text:
            to.add("CPD210", node, "this has more than one line", hint="long text belongs below the front matter")
            return None
        return text.replace("\t", " ")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of any number of lines."""

    says: str = "text"

    def read(self, node: Node, to: Problems) -> str | None:
        return text_of(node, to)


@dataclass(frozen=True, slots=True)
class Matching:
    """A text of one line that has a form; `code`, `what` and `hint` tell of one that has not."""

    says: str
    pattern: re.Pattern[str]
    code: str
    what: str
    hint: str

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to)
        if text is None or self.pattern.fullmatch(text):
            return text
        other = text.replace("_", "-")
        fix = instead(node, other) if self.pattern.fullmatch(other) else None
        to.add(self.code, node, f"{quoted(text)} is not {self.what}", hint=self.hint, fix=fix)
        return None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    says: str = "date (`2026-03-14`)"

    def read(self, node: Node, to: Problems) -> date | None:
        if type(node) is not Scalar:
            to.shape(node, "a date", HOW)
            return None
        return read_day(node, to)


@dataclass(frozen=True, slots=True)
class YearOrDay:
    """A year or a day, kept as it is written."""

    says: str = "year or date"

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to, "a year or a date")
        if text is None or re.fullmatch(r"(19|20)[0-9]{2}", text):
            return text
        return str(day) if isinstance(node, Scalar) and (day := read_day(node, to)) else None


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year."""

    says: str = "year (`2026`)"

    def read(self, node: Node, to: Problems) -> int | None:
        text = text_of(node, to, "a year")
        if text is None or re.fullmatch(r"(19|20)[0-9]{2}", text):
            return int(text) if text else None
        to.add("CPD215", node, f"{quoted(text)} is not a year", hint="write it with four digits, such as 2026")
        return None


@dataclass(frozen=True, slots=True)
class Hours:
    """An amount of time, in whole minutes."""

    says: str = "hours (`1.5`, `1h30`, `90 min`)"

    def read(self, node: Node, to: Problems) -> Minutes | None:
        text = text_of(node, to, "a number of hours")
        if text is None:
            return None
        try:
            return _minutes(text)
        except ValueError as error:
            message, _, rest = str(error).partition(": write ")
            hint = f"write {rest}" if rest else "write 1.5, 1h30 or 90 min"
            to.add("CPD207", node, message, hint=hint, fix=_other_hours(text, node))
            return None


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is not negative, kept as it is written."""

    says: str = "number"

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to, "a number")
        if text is None or _NUMBER.fullmatch(text):
            return text
        comma = _COMMA_NUMBER.fullmatch(text)
        written = f"{comma[1]}.{comma[2]}" if comma else ""
        hint = f"write {written}" if written else "write digits, such as 3 or 1.5"
        # Behind three digits the comma may be one of thousands.
        fix = instead(node, written, safe=len(comma[2]) < 3) if comma else None
        to.add("CPD215", node, f"{quoted(text)} is not a number", hint=hint, fix=fix)
        return None


def _other_hours(text: str, node: Node) -> Fix | None:
    """Hours with a comma, or, less surely, as a clock shows them, in a form that is read."""
    if match := _COMMA_HOURS.fullmatch(text):
        return instead(node, f"{match[1]}.{match[2]}{match[3] or ''}")
    if match := _CLOCK_HOURS.fullmatch(text):
        return instead(node, f"{int(match[1])}h{match[2]}", safe=False)
    return None


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    says: str = "`true` or `false`"

    def read(self, node: Node, to: Problems) -> bool | None:
        text = text_of(node, to, "true or false")
        if text is None or text in _FLAGS:
            return _FLAGS[text] if text else None
        meant = _TRUTHS.get(text.lower(), text.lower() if text.lower() in _FLAGS else "")
        hint = f"write {meant}" if meant else "write true or false"
        fix = instead(node, meant) if meant else None
        to.add("CPD209", node, f"{quoted(text)} is neither true nor false", hint=hint, fix=fix)
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed list of words. `meant` leads from other words that people use to the one of the list."""

    options: tuple[str, ...]
    word: type[StrEnum] | None = None
    meant: Table[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look words up rather than call the enumeration, which takes longer than all the rest."""
        object.__setattr__(self, "values", {each: self.word(each) if self.word else each for each in self.options})

    @property
    def says(self) -> str:
        return " · ".join(f"`{option}`" for option in self.options)

    def read(self, node: Node, to: Problems) -> Any:
        text = text_of(node, to, "one word")
        if text is None or text in self.values:
            return None if text is None else self.values[text]
        near = self.nearest(text)
        note = f"did you mean {near}?" if near else ""
        hint = "it is one of " + either(self.options)
        fix = instead(node, near, safe=self.is_sure(text, near)) if near else None
        to.add("CPD208", node, f"{quoted(text)} is not one of the values", note, hint, fix)
        return None

    def is_sure(self, text: str, near: str) -> bool:
        """Whether a word differs from an option in case, blanks, an `s` or one letter; a synonym needs an eye."""
        tidy, option = _tidied(text), near.lower()
        slips = [each for each in (*self.options, *self.meant) if is_slip(tidy, each)]
        return tidy == option or is_plural(tidy, option) or slips == [near]

    def nearest(self, text: str) -> str:
        """The option that was probably meant; empty when there is none."""
        tidy = _tidied(text)
        for whole in (tidy, tidy.removesuffix("s")):
            if whole in self.options or whole in self.meant:
                return self.meant.get(whole, whole)
        close = get_close_matches(tidy, [*self.options, *self.meant], n=1, cutoff=0.7)
        return self.meant.get(close[0], close[0]) if close else ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of values of one kind; a single value counts as a list of one."""

    kind: Kind
    says: str

    def read(self, node: Node, to: Problems) -> tuple[Any, ...] | None:
        if type(node) is Sequence:
            read = self.kind.read
            values = [read(item, to) for item in node.items]
            return unique(values, node.items, to) if len(values) > 1 or not all(values) else tuple(values)
        if type(node) is Scalar and "," in node.value:
            parts = [part.strip() for part in node.value.split(",") if part.strip()]
            written = flow_list(parts)
            # "Health, safety and environment" may be one thing, and quotes may say so.
            sure = not node.style and not any(_AND.search(part) for part in parts)
            fix = instead(node, written, sure)
            to.add("CPD217", node, "this is one text with a comma in it, not a list", hint=f"write {written}", fix=fix)
        elif type(node) is Scalar and node.value[:1] == "-" and not node.style:
            dashed(node, to)
            return None
        value = self.kind.read(node, to)
        return None if value is None else (value,)


def unique(values: list[Any], nodes: list[Node], to: Problems) -> tuple[Any, ...]:
    """The values, each from its node, without empty ones and repetitions, which are noted."""
    once = dict.fromkeys(values)
    if len(once) == len(values) and "" not in once:
        return tuple(values)
    seen: set[Any] = set()
    for number, (value, node) in enumerate(zip(values, nodes, strict=True)):
        if value == "":
            fix = without_item(nodes, number, to.source)
            to.add("CPD213", node, "this item of the list is empty", hint="delete it", fix=fix)
        elif value is not None and value in seen:
            fix = without_item(nodes, number, to.source) if type(node) is Scalar else None
            to.add("CPD216", node, "this stands in the list twice", hint="delete one of the two", fix=fix)
        seen.add(value)
    return tuple(value for value in once if value != "")


def dashed(node: Scalar, to: Problems) -> None:
    """Note dashes without a space behind them, which make one text of what should be a list."""
    where, numbers = span(node), range(span(node).line, span(node).end_line + 1)
    starts = [(number, len(line) - len(line.lstrip()) + 1) for number in numbers if (line := to.source.line(number))]
    starts[0] = (where.line, where.column)
    at = [Span(number, column + 1, number, column + 1) for number, column in starts]
    alone = all(to.source.line(number)[: column - 1].strip() == "" for number, column in starts)
    dashes = all(re.match(r"-[^\W_]", to.source.line(number)[column - 1 :]) for number, column in starts)
    fix = Fix("put a space behind the dash", tuple(Edit(each, " ") for each in at)) if alone and dashes else None
    hint = "write each item as - and a space and the item"
    to.add("CPD140", node, "a space is missing behind the dash", hint=hint, fix=fix)


def _tidied(text: str) -> str:
    return "-".join(text.lower().replace("_", " ").split())


def quoted(text: str) -> str:
    """A value as a message quotes it: cut, in double quotes unless it is a plain number or word."""
    shown = text if len(text) <= 40 else text[:39] + "…"
    return shown if re.fullmatch(r"[\w.,:/+-]+", shown) else f'"{shown}"'


def either(words: tuple[str, ...]) -> str:
    """`training, event or self-study`."""
    return ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else "".join(words)
