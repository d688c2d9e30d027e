"""Field types for dates and years, and the messages for values in another notation."""

import re
from datetime import date

from cpdkit.dates.day_words import MONTHS
from cpdkit.dates.grammar import (
    ISO_DAY,
    NAME,
    ORDINAL,
    WEEKDAYS,
    calendar_day,
    month_end,
    month_number,
    readings,
)
from cpdkit.journal.field_types import Cell, FieldType, text_of
from cpdkit.journal.file_problems import Problems, instead, is_lookalike, quoted
from cpdkit.journal.value_schema import Position, Schema
from cpdkit.text.clock import FIRST_YEAR, LAST_YEAR
from cpdkit.text.lookalikes import plain_signs
from cpdkit.text.wording import shortened
from cpdkit.text.yaml import Node, ScalarNode

HOW = "write the date as year-month-day, such as 2026-03-14"
YEAR = r"(?:19|20)[0-9]{2}"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9])|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31"
PART = rf"{YEAR}(?:-(?:0[1-9]|1[0-2]))?"
"""The pattern of a year or a month."""
DAY = rf"(?:{YEAR}|2100)-(?:{_MONTH_DAY})"
"""The pattern of a date for a JSON Schema, which cannot check leap years."""


class Day(FieldType):
    """A date."""

    accepts = "date (`2026-03-14`)"

    def read(self, node: Node, to: Problems) -> date | None:
        if type(node) is not ScalarNode:
            to.shape(node, "a date", HOW)
            return None
        return read_day(node, to)

    def schema(self, position: Position) -> Schema:
        return {"type": position.types("string"), "pattern": rf"^\s*{DAY}\s*$"}


class PartialDay(FieldType):
    """A year, a month or a date, kept as text. `days_of_part` gives its days."""

    accepts = "year, month or date (`2016`, `2016-07`, `2016-07-08`)"

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to, "a year, a month or a date")
        if text is None or re.fullmatch(PART, text):
            return text
        if is_lookalike(text, node, to, lambda plain: re.fullmatch(PART, plain) is not None):
            return None
        if not re.fullmatch(ISO_DAY, text):
            hint = "write 2016, 2016-07 or 2016-07-08"
            to.add("CPD205", node, f'cannot read "{shortened(text, 40)}" as a year, a month or a date', hint=hint)
            return None
        return str(day) if isinstance(node, ScalarNode) and (day := read_day(node, to)) else None

    def schema(self, position: Position) -> Schema:
        types = position.types("string", "integer")
        return {"type": types, "pattern": rf"^\s*(?:{PART}|{DAY})\s*$", "minimum": 1900, "maximum": 2099}


class YearOrDay(FieldType):
    """A year or a date, kept as text."""

    accepts = "year or date"

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to, "a year or a date")
        if text is None or re.fullmatch(YEAR, text):
            return text
        if is_lookalike(text, node, to, lambda plain: re.fullmatch(YEAR, plain) is not None):
            return None
        return str(day) if isinstance(node, ScalarNode) and (day := read_day(node, to)) else None

    def schema(self, position: Position) -> Schema:
        types = position.types("string", "integer")
        return {"type": types, "pattern": rf"^\s*(?:{YEAR}|{DAY})\s*$", "minimum": 1900, "maximum": 2099}


class Year(FieldType):
    """A calendar year."""

    accepts = "year (`2026`)"

    def read(self, node: Node, to: Problems) -> int | None:
        text = text_of(node, to, "a year")
        if text is None or re.fullmatch(YEAR, text):
            return int(text) if text else None
        if not is_lookalike(text, node, to, lambda plain: re.fullmatch(YEAR, plain) is not None):
            to.add("CPD215", node, f"{quoted(text)} is not a year", hint="write four digits, such as 2026")
        return None

    def schema(self, position: Position) -> Schema:
        pattern = rf"^\s*{YEAR}\s*$" if position.required else rf"^\s*(?:{YEAR})?\s*$"
        return {"type": position.types("integer", "string"), "pattern": pattern, "minimum": 1900, "maximum": 2099}

    def cell(self, value: int) -> Cell:
        return str(value)


_WITH_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]\s*[0-9].*"
_YEAR_FIRST = r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})"
_YEAR_LAST = r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})"
_WORDS = rf"(?i)(?:[a-z]+,?\s+)?([0-9]{{1,2}}){ORDINAL}\.?\s+({NAME})\.?,?\s+([0-9]{{4}})"
_MONTH_FIRST = rf"(?i)({NAME})\.?\s+([0-9]{{1,2}}){ORDINAL},?\s+([0-9]{{4}})"
_ONE_READING = r"[0-9]{8}|[0-9]{4}([-/. ])[0-9]{1,2}\1[0-9]{1,2}"
_MIDNIGHT = r"[0-9-]{10}[Tt ]\s*00:00(:00(\.0+)?)?Z?"
_WEEKDAY = r"(?i)([a-z]+),?\s+[0-9]"
_NO_DAY = rf"(?i)[0-9]{{4}}(-[0-9]{{1,2}})?|{NAME}\.? [0-9]{{4}}"


def read_day(node: ScalarNode, to: Problems) -> date | None:
    """Return the date that a text names. Otherwise report a problem and return None."""
    text = node.value.strip()
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
            message = f"{text} is not between the years {FIRST_YEAR} and {LAST_YEAR}"
            to.add("CPD304", node, message, hint="check the year")
            return None
    if not is_lookalike(text, node, to, _is_day):
        _refuse(plain_signs(text), node, to)
    return None


def _is_day(text: str) -> bool:
    match = re.fullmatch(ISO_DAY, text)
    return match is not None and calendar_day(*map(int, match.groups())) is not None


def _refuse(text: str, node: ScalarNode, to: Problems) -> None:
    if match := re.fullmatch(ISO_DAY, text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        swapped = calendar_day(year, day, month) if month > 12 else None
        fix = instead(node, str(swapped), safe=False) if swapped else None
        to.add("CPD204", node, f"{text} is not a date", *_why(year, month, day), fix=fix)
    elif match := re.fullmatch(_WITH_TIME, text):
        # Programs add midnight to a date. A person may want to keep any other time.
        sure = re.fullmatch(_MIDNIGHT, text) is not None
        fix = instead(node, match[1], sure) if calendar_day(*map(int, match[1].split("-"))) else None
        to.add("CPD206", node, "the date includes a time", hint=f"write {match[1]}", fix=fix)
    elif match := re.fullmatch(_YEAR_LAST, text):
        _year_last(text, match, node, to)
    else:
        meant, safe = _meant(text)
        hint = f"write {meant}" if meant else f"the day is missing: {HOW}" if re.fullmatch(_NO_DAY, text) else HOW
        fix = instead(node, str(meant), safe) if meant else None
        to.add("CPD205", node, f'cannot read "{shortened(text, 40)}" as a date', hint=hint, fix=fix)


def _why(year: int, month: int, day: int) -> tuple[str, str]:
    """Return the note and the hint for three numbers that are not a date."""
    swapped = calendar_day(year, day, month)
    hint = f"did you mean {swapped}?" if month > 12 and swapped else ""
    if not 1 <= month <= 12:
        return f"there is no month {month}", hint
    if year < 1:
        return "there is no year 0", ""
    return (month_end(year, month) if day else "a month starts on day 1"), hint


def _year_last(text: str, match: re.Match[str], node: ScalarNode, to: Problems) -> None:
    """Report `03/04/2026` and similar: name both possible dates, or the only one, or why it is not a date."""
    first, second = int(match[1]), int(match[2])
    year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
    days = readings(year, first, second)
    if len(days) == 2:
        note = " or ".join(f"{day.day} {MONTHS[day.month - 1]}" for day in days) + f" {year}?"
        to.add("CPD205", node, f"{text} has two meanings", note, f"write {days[0]} or {days[1]}")
    elif days:
        # 14/3/26 may also be in 2014.
        fix = instead(node, str(days[0]), safe=len(match[3]) == 4)
        to.add("CPD205", node, f'cannot read "{text}" as a date', hint=f"write {days[0]}", fix=fix)
    else:
        month = second if 1 <= second <= 12 else first
        note = month_end(year, month) if 1 <= month <= 12 and year else "no number is a month"
        to.add("CPD204", node, f"{text} is not a date", note, HOW)


def _meant(text: str) -> tuple[date | None, bool]:
    """Return the date that a text in words or with other separators means, and whether that is certain."""
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
    """Return whether the date is on the weekday that the text starts with. True if it starts with none."""
    match = re.match(_WEEKDAY, text)
    if not match or month_number(match[1]):
        return True
    return len(match[1]) > 1 and WEEKDAYS[day.weekday()].casefold().startswith(match[1].casefold())
