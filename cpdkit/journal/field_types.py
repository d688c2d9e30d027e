"""Field types: text, numbers, hours, true or false, choices and lists.

Each type is a class with its description for the docs, its reader, its JSON Schema and its cell in a table. A reader
does not guess. It reports a value in any other form, together with the right form.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cpdkit.dates.hours import MOST_HOURS, WRITTEN, Minutes, exact_hours, parse_hours
from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.journal.file_problems import Problems, instead, is_lookalike, quoted, swallowed, without_item
from cpdkit.journal.spelling import is_plural, is_slip, tidied
from cpdkit.journal.value_schema import NOT_BLANK, ONE_LINE, PLAIN, Position, Schema, suggested
from cpdkit.text.lookalikes import first_lookalike, is_dash, plain_signs
from cpdkit.text.names import composed
from cpdkit.text.source import has_control, has_direction
from cpdkit.text.wording import listed
from cpdkit.text.yaml import Node, ScalarNode, SequenceNode, span
from cpdkit.text.yaml_scalars import flow_list

Cell = str | Decimal | date | bool | tuple[str, ...] | None
"""A value for a table. Hours are a number with four decimal places, from which the minutes can be recovered."""


class FieldType:
    """A type of value."""

    accepts: str
    """The description of the type in the docs."""
    cell_accepts: str = ""
    """The description of its column in a table, if different."""
    is_words = False
    """Whether any text is valid, so that a text that looks like a number needs quotes in a file."""
    is_list = False
    """Whether a field can have several values."""

    def read(self, node: Node, to: Problems) -> Any:
        """Return the value, or report a problem and return None."""
        raise NotImplementedError

    def schema(self, position: Position) -> Schema:
        """Return the JSON Schema of a value."""
        raise NotImplementedError

    def cell(self, value: Any) -> Cell:
        """Return a value for a table."""
        cell: Cell = value
        return cell

    def texts(self, _value: Any) -> Iterable[str]:
        """Return the words in a value, for a search."""
        return ()


def text_of(node: Node, to: Problems, wanted: str = "text") -> str | None:
    """Return the text of a scalar, stripped. For any other node, report a problem and return None."""
    if type(node) is not ScalarNode:
        to.shape(node, wanted, "write a single value")
        return None
    text: str = node.value.strip()
    if not text.isprintable():
        _invisible(text, node, to)
    return text


def _invisible(text: str, node: ScalarNode, to: Problems) -> None:
    """Report an invisible character from an escape (`\\x07`). Those in the file itself were already reported."""
    if node.style != '"' or to.source.odd:
        return
    if has_control(text):
        to.add("CPD104", node, "an escape stands for a control character", hint="delete the escape")
    elif has_direction(text):
        to.add("CPD106", node, "an escape changes the direction of the text around it", hint="delete the escape")


LINE_LIMIT = 1_000
"""The maximum number of characters of a text on one line."""
_NAMES = ("scheme",)
"""Fields whose known words the schema lists as alternatives. Other fields get them as examples."""


class Line(FieldType):
    """Text on one line, of at most `most` characters."""

    accepts = "text on one line"
    is_words = True

    def __init__(self, most: int = LINE_LIMIT) -> None:
        self.most = most

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to)
        if text is None or ("\n" not in text and "\t" not in text and len(text) <= self.most):
            return text
        if len(text) > self.most:
            message = f"the value has {len(text):,} characters; the maximum is {self.most:,}"
            to.add("CPD221", node, message, hint="shorten it, and move the rest below the front matter")
        if "\n" in text:
            to.add("CPD210", node, "the value has more than one line", hint="move long text below the front matter")
            return None
        return text.replace("\t", " ")

    def schema(self, position: Position) -> Schema:
        general: Schema = {
            "type": position.types(*PLAIN),
            "pattern": NOT_BLANK if position.required else ONE_LINE,
        }
        offered = list(position.offered)
        if position.field in _NAMES and offered:
            return {"anyOf": [{"enum": offered}, general]}
        return general | ({"examples": offered} if offered else {})

    def texts(self, value: str) -> Iterable[str]:
        return (value,)


class Name(Line):
    """The name of a file or a topic, in the form of Unicode that all names have in comparisons.

    Other texts stay as written: that form replaces some characters of names of people.
    """

    def read(self, node: Node, to: Problems) -> str | None:
        text = super().read(node, to)
        return None if text is None else composed(text)


class Text(FieldType):
    """Text of any number of lines."""

    accepts = "text"
    is_words = True

    def read(self, node: Node, to: Problems) -> str | None:
        return text_of(node, to)

    def schema(self, position: Position) -> Schema:
        return {"type": position.types(*PLAIN)}

    def texts(self, value: str) -> Iterable[str]:
        return (value,)


class Matching(FieldType):
    """Text on one line that matches a pattern. `code`, `what` and `hint` are for the problem if it does not."""

    is_words = True

    def __init__(self, accepts: str, pattern: str, code: str, what: str, hint: str) -> None:
        self.accepts = accepts
        self.pattern = pattern
        self.code = code
        self.what = what
        self.hint = hint

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        if not text.isascii() and is_lookalike(
            text, node, to, lambda plain: re.fullmatch(self.pattern, plain) is not None
        ):
            return None
        other = text.replace("_", "-")
        fix = instead(node, other) if re.fullmatch(self.pattern, other) else None
        to.add(self.code, node, f"{quoted(text)} is not {self.what}", hint=self.hint, fix=fix)
        return None

    def schema(self, position: Position) -> Schema:
        # YAML 1.1 reads the language `no` as false, and the folder 2025 as a number.
        numbers = ["number"] if re.fullmatch(self.pattern, "12") else []
        return {"type": position.types("string", "boolean", *numbers), "pattern": rf"^\s*(?:{self.pattern})\s*$"}


_minutes = lru_cache(maxsize=1024)(parse_hours)
"""Cached, because most records repeat the same few amounts."""


def _is_hours(text: str) -> bool:
    try:
        _minutes(text)
    except ValueError:
        return False
    return True


_COMMA_HOURS = r"(?i)([0-9]{1,9}),([0-9]{1,2})(\s*h(?:r|rs|our|ours)?)?"
_CLOCK_HOURS = r"([0-9]{1,3}):([0-5][0-9])"
_LETTER = r"\\.|\[[^][]*\]|[a-z]"
"""A lower-case letter of a pattern, or an escape or a set that stays as it is."""


class Hours(FieldType):
    """An amount of time in whole minutes."""

    accepts = "hours (`1.5`, `1h30`, `90 min`)"
    cell_accepts = "number of hours, to four decimal places"

    def read(self, node: Node, to: Problems) -> Minutes | None:
        text = text_of(node, to, "a number of hours")
        if text is None:
            return None
        try:
            return _minutes(text)
        except ValueError as error:
            if not is_lookalike(text, node, to, _is_hours):
                message, _, rest = str(error).partition(": write ")
                hint = f"write {rest}" if rest else "write 1.5, 1h30 or 90 min"
                to.add("CPD207", node, message, hint=hint, fix=_other_hours(plain_signs(text), node))
            return None

    def schema(self, position: Position) -> Schema:
        return {
            "type": position.types("number", "string"),
            "minimum": 0,
            "exclusiveMaximum": MOST_HOURS + 1,
            "pattern": rf"^\s*(?:{'|'.join(_any_case(each) for each in WRITTEN)})\s*$",
        }

    def cell(self, value: Minutes) -> Cell:
        return exact_hours(value)


def _any_case(pattern: str) -> str:
    """Return a lower-case pattern that matches any case: `[Hh]` for `h`, but `\\s` unchanged."""
    return re.sub(_LETTER, lambda each: f"[{each[0].upper()}{each[0]}]" if len(each[0]) == 1 else each[0], pattern)


def _other_hours(text: str, node: Node) -> Fix | None:
    """Return the fix for hours with a comma or, as an unsafe fix, hours in the form of a clock."""
    if match := re.fullmatch(_COMMA_HOURS, text):
        return instead(node, f"{match[1]}.{match[2]}{match[3] or ''}")
    if match := re.fullmatch(_CLOCK_HOURS, text):
        return instead(node, f"{int(match[1])}h{match[2]}", safe=False)
    return None


_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"


class Number(FieldType):
    """A number of 0 or more, kept as text."""

    accepts = "number"

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to, "a number")
        if text is None or re.fullmatch(_NUMBER, text):
            return text
        if is_lookalike(text, node, to, lambda plain: re.fullmatch(_NUMBER, plain) is not None):
            return None
        comma = re.fullmatch(r"([0-9]{1,9}),([0-9]{1,6})", plain_signs(text))
        written = f"{comma[1]}.{comma[2]}" if comma else ""
        hint = f"write {written}" if written else "write a number such as 3 or 1.5"
        # A comma before three digits may separate thousands.
        fix = instead(node, written, safe=len(comma[2]) < 3) if comma else None
        to.add("CPD215", node, f"{quoted(text)} is not a number", hint=hint, fix=fix)
        return None

    def schema(self, position: Position) -> Schema:
        pattern = rf"^\s*{_NUMBER}\s*$"
        return {"type": position.types("number", "string"), "minimum": 0, "pattern": pattern}


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


class Flag(FieldType):
    """True or false."""

    accepts = "`true` or `false`"

    def read(self, node: Node, to: Problems) -> bool | None:
        text = text_of(node, to, "true or false")
        if text is None or text in _FLAGS:
            return _FLAGS[text] if text else None
        meant = _TRUTHS.get(text.lower(), text.lower() if text.lower() in _FLAGS else "")
        hint = f"write {meant}" if meant else "write true or false"
        fix = instead(node, meant) if meant else None
        to.add("CPD209", node, f"{quoted(text)} is neither true nor false", hint=hint, fix=fix)
        return None

    def schema(self, position: Position) -> Schema:
        return {"type": position.types("boolean", "string"), "pattern": r"^\s*(?:true|false)?\s*$"}


class Choice(FieldType):
    """One word of a fixed list.

    `meant` maps other common words to a word of the list. `word` is the enumeration of the values, if there is one.
    `what` completes the message `"x" is not …`.
    """

    def __init__(
        self,
        options: tuple[str, ...],
        word: type[StrEnum] | None = None,
        meant: Mapping[str, str] | None = None,
        what: str = "one of the allowed values",
    ) -> None:
        self.options = options
        self.what = what
        self.meant = meant or {}
        # A lookup is much faster than a call of the enumeration, which would dominate the reading.
        self.values: dict[str, Any] = {each: word(each) if word else each for each in options}
        self.accepts = " · ".join(f"`{option}`" for option in options)

    def read(self, node: Node, to: Problems) -> Any:
        text = text_of(node, to, self.what)
        if text is None or text in self.values:
            return None if text is None else self.values[text]
        if not text.isascii() and is_lookalike(text, node, to, self.values.__contains__):
            return None
        near = self.nearest(text)
        note = f'did you mean "{near}"?' if near else ""
        hint = "use " + listed(self.options, "or")
        fix = instead(node, near, safe=self.is_sure(text, near)) if near else None
        to.add("CPD208", node, f"{quoted(text)} is not {self.what}", note, hint, fix)
        return None

    def schema(self, position: Position) -> Schema:
        return position.one_of(map(str, self.options))

    def cell(self, value: str) -> Cell:
        return str(value)

    def is_sure(self, text: str, near: str) -> bool:
        """Return whether a word differs from an option only in case, spaces, an `s` or one letter.

        A synonym is not certain, so its fix is unsafe.
        """
        tidy, option = tidied(text), near.lower()
        slips = [each for each in (*self.options, *self.meant) if is_slip(tidy, each)]
        return tidy == option or is_plural(tidy, option) or slips == [near]

    def nearest(self, text: str) -> str:
        """Return the option that a word probably means, or an empty text."""
        tidy = tidied(text)
        for whole in (tidy, tidy.removesuffix("s")):
            if whole in self.options or whole in self.meant:
                return self.meant.get(whole, whole)
        close = get_close_matches(tidy, [*self.options, *self.meant], n=1, cutoff=0.7)
        return self.meant.get(close[0], close[0]) if close else ""


class Items(FieldType):
    """A list of values of one type. A single value is a list of one."""

    cell_accepts = "separated by `; `"
    is_list = True

    def __init__(self, kind: FieldType, accepts: str) -> None:
        self.kind = kind
        self.accepts = accepts

    def read(self, node: Node, to: Problems) -> tuple[Any, ...] | None:
        if type(node) is SequenceNode:
            read = self.kind.read
            values = [read(item, to) for item in node.items]
            return unique(values, node.items, to) if len(values) > 1 or not all(values) else tuple(values)
        if type(node) is ScalarNode and "," in node.value:
            parts = [part.strip() for part in node.value.split(",") if part.strip()]
            written = flow_list(parts)
            # "Health, safety and environment" may be one item, above all in quotes.
            sure = not node.style and not any(re.search(r"(?:^|\s)(?:and|&)\s", part) for part in parts)
            fix = instead(node, written, sure)
            to.add("CPD217", node, "this is text with a comma, not a list", hint=f"write {written}", fix=fix)
        elif is_dashed(node):
            report_dashes(node, to)
            return None
        value = self.kind.read(node, to)
        return None if value is None else (value,)

    def schema(self, position: Position) -> Schema:
        """Return the schema of a list, or of a single value, which is a list of one."""
        if not isinstance(self.kind, Line):
            item = self.kind.schema(position.with_value())
        elif position.field == "objectives" and position.words.objectives:
            item = _objective_schema(position)
        else:
            item = suggested(position.offered, {"type": [*PLAIN, "null"], "pattern": NOT_BLANK})
        alone: list[Schema] = [] if position.required else [{"type": "null"}, {"type": "string", "pattern": r"^\s*$"}]
        return {"anyOf": [{"type": "array", "items": item}, item, *alone]}

    def cell(self, value: Iterable[Any]) -> Cell:
        return tuple(str(self.kind.cell(each)) for each in value)

    def texts(self, value: Iterable[Any]) -> Iterable[str]:
        return (text for each in value for text in self.kind.texts(each))


def _objective_schema(position: Position) -> Schema:
    # YAML reads an ID such as 2026 or no as a number or as false.
    looks_odd = r"[-+.0-9][-+.0-9a-fA-FxXoO_:]*|y|n|yes|no|on|off|true|false|null|~"
    odd = any(re.fullmatch(looks_odd, name.lower()) for name in position.offered)
    others: list[Schema] = [{"type": ["number", "boolean", "null"]}] if odd else []
    return position.with_value().one_of(position.offered, *others)


def unique(values: list[Any], nodes: list[Node], to: Problems) -> tuple[Any, ...]:
    """Return the values without empty ones and duplicates, and report these. `nodes` are the values' nodes."""
    once = dict.fromkeys(values)
    if len(once) == len(values) and "" not in once:
        return tuple(values)
    seen: set[Any] = set()
    for number, (value, node) in enumerate(zip(values, nodes, strict=True)):
        if value == "" and not swallowed(node, to.source):
            fix = without_item(nodes, number, to.source)
            to.add("CPD213", node, "this list item is empty", hint="delete it", fix=fix)
        elif value not in (None, "") and value in seen:
            fix = without_item(nodes, number, to.source) if type(node) is ScalarNode else None
            to.add("CPD216", node, "this item is in the list twice", hint="delete one of them", fix=fix)
        seen.add(value)
    return tuple(value for value in once if value != "")


def is_dashed(node: Node) -> bool:
    """Return whether a value is a text that starts with a dash of any kind, so that it may be meant as a list."""
    return type(node) is ScalarNode and not node.style and is_dash(node.value[:1])


def report_dashes(node: Node, to: Problems) -> None:
    """Report dashes that start no items, so that a list is one text: without a space, or not the right character."""
    where, numbers = span(node), range(span(node).line, span(node).end_line + 1)
    starts = [(number, len(line) - len(line.lstrip()) + 1) for number in numbers if (line := to.source.line(number))]
    starts[0] = (where.line, where.column)
    at = [Span(number, column + 1, number, column + 1) for number, column in starts]
    alone = all(to.source.line(number)[: column - 1].strip() == "" for number, column in starts)
    dashes = all(re.match(r"-[^\W_]", to.source.line(number)[column - 1 :]) for number, column in starts)
    odd = [to.source.line(number)[column - 1 : column] for number, column in starts]
    if odd[0] != "-":
        edits = (Edit(Span(number, column, number, column + 1), "-") for number, column in starts)
        spaced = all(is_dash(sign) for sign in odd) and all(
            to.source.line(number)[column : column + 1] == " " for number, column in starts
        )
        message = f"{first_lookalike(odd[0])} only looks like the dash that starts a list item"
        write_dash = Fix("write -", tuple(edits)) if alone and spaced else None
        to.add("CPD222", node, message, hint="start each item with - and a space", fix=write_dash)
        return
    fix = Fix("insert a space after the dash", tuple(Edit(each, " ") for each in at)) if alone and dashes else None
    hint = "start each item with a dash and a space"
    to.add("CPD140", node, "a space is missing after the dash", hint=hint, fix=fix)
