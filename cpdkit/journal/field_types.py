"""The kinds of value a field can have: words, numbers, hours, truths, choices and lists.

Each is one class that says how the docs put it, how it is read, its JSON Schema, and its cell in a table. Nothing is
guessed: a value that is not exactly of the kind's form is refused with the form it should have.
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
from cpdkit.journal.file_problems import Problems, instead, quoted, without_item
from cpdkit.journal.spelling import is_plural, is_slip, tidied
from cpdkit.journal.value_schema import NOT_BLANK, ONE_LINE, PLAIN, Position, Schema, suggested
from cpdkit.text.source import has_control, has_direction
from cpdkit.text.wording import listed
from cpdkit.text.yaml import Node, ScalarNode, SequenceNode, span
from cpdkit.text.yaml_scalars import flow_list

Cell = str | Decimal | date | bool | tuple[str, ...] | None
"""A value as a table shows it; hours are a number to four digits, from which the minutes follow."""


class FieldType:
    """What a field's value may be. `says` is how the docs put it, `cell_says` how they put its column in a table.

    `is_words` is whether it takes any text, so that one that looks like a number needs quotes in a file; `is_list`
    whether it takes several values.
    """

    says: str
    cell_says: str = ""
    is_words = False
    is_list = False

    def read(self, node: Node, to: Problems) -> Any:
        """Return the value, or None with a problem noted."""
        raise NotImplementedError

    def schema(self, position: Position) -> Schema:
        """Return the JSON Schema of a value."""
        raise NotImplementedError

    def cell(self, value: Any) -> Cell:
        """Return a value as a table shows it."""
        cell: Cell = value
        return cell

    def texts(self, _value: Any) -> Iterable[str]:
        """Return the owner's own words in a value, for a search."""
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
    """Note what an escape between double quotes (`\\x07`) brought in; the file's own were noted before."""
    if node.style != '"' or to.source.odd:
        return
    if has_control(text):
        to.add("CPD104", node, "an escape stands for a control character", hint="delete the escape")
    elif has_direction(text):
        to.add("CPD106", node, "an escape changes the direction of the text around it", hint="delete the escape")


LINE_LIMIT = 1_000
"""The most characters of a text of one line."""
_NAMES = ("scheme",)
"""Fields of one line whose words are names; other fields get theirs as examples."""


class Line(FieldType):
    """A text of one line, of at most so many characters."""

    says = "text on one line"
    is_words = True

    def __init__(self, most: int = LINE_LIMIT) -> None:
        self.most = most

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to)
        if text is None or ("\n" not in text and "\t" not in text and len(text) <= self.most):
            return text
        if len(text) > self.most:
            message = f"the value has {len(text):,} characters; the maximum is {self.most:,}"
            to.add("CPD221", node, message, hint="shorten it, and write long text below the front matter")
        if "\n" in text:
            to.add("CPD210", node, "the value has more than one line", hint="write long text below the front matter")
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


class Text(FieldType):
    """A text of any number of lines."""

    says = "text"
    is_words = True

    def read(self, node: Node, to: Problems) -> str | None:
        return text_of(node, to)

    def schema(self, position: Position) -> Schema:
        return {"type": position.types(*PLAIN)}

    def texts(self, value: str) -> Iterable[str]:
        return (value,)


class Matching(FieldType):
    """A text of one line that has the form of a pattern; `code`, `what` and `hint` are for one that has not."""

    is_words = True

    def __init__(self, says: str, pattern: str, code: str, what: str, hint: str) -> None:
        self.says = says
        self.pattern = pattern
        self.code = code
        self.what = what
        self.hint = hint

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        other = text.replace("_", "-")
        fix = instead(node, other) if re.fullmatch(self.pattern, other) else None
        to.add(self.code, node, f"{quoted(text)} is not {self.what}", hint=self.hint, fix=fix)
        return None

    def schema(self, position: Position) -> Schema:
        # YAML 1.1 takes the language `no` for false, and a folder 2025 is a number to it.
        numbers = ["number"] if re.fullmatch(self.pattern, "12") else []
        return {"type": position.types("string", "boolean", *numbers), "pattern": rf"^\s*(?:{self.pattern})\s*$"}


_minutes = lru_cache(maxsize=1024)(parse_hours)
"""The same few amounts stand in most records."""
_COMMA_HOURS = r"(?i)([0-9]{1,9}),([0-9]{1,2})(\s*h(?:r|rs|our|ours)?)?"
_CLOCK_HOURS = r"([0-9]{1,3}):([0-5][0-9])"
_LETTER = r"\\.|\[[^]]*\]|[a-z]"
"""A lower case letter of a pattern, or what is to be left as it is."""


class Hours(FieldType):
    """An amount of time, in whole minutes."""

    says = "hours (`1.5`, `1h30`, `90 min`)"
    cell_says = "number of hours, to four decimal places"

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
    """A pattern of lower case letters for either case: `[Hh]` for `h`, but `\\s` as it is."""
    return re.sub(_LETTER, lambda each: f"[{each[0].upper()}{each[0]}]" if len(each[0]) == 1 else each[0], pattern)


def _other_hours(text: str, node: Node) -> Fix | None:
    """Hours with a comma, or, less surely, as a clock shows them, in a form that is read."""
    if match := re.fullmatch(_COMMA_HOURS, text):
        return instead(node, f"{match[1]}.{match[2]}{match[3] or ''}")
    if match := re.fullmatch(_CLOCK_HOURS, text):
        return instead(node, f"{int(match[1])}h{match[2]}", safe=False)
    return None


class Number(FieldType):
    """A number that is not negative, kept as it is written."""

    says = "number"

    def read(self, node: Node, to: Problems) -> str | None:
        text = text_of(node, to, "a number")
        if text is None or re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,6})?", text):
            return text
        comma = re.fullmatch(r"([0-9]{1,9}),([0-9]{1,6})", text)
        written = f"{comma[1]}.{comma[2]}" if comma else ""
        hint = f"write {written}" if written else "write a number such as 3 or 1.5"
        # Behind three digits the comma may be one of thousands.
        fix = instead(node, written, safe=len(comma[2]) < 3) if comma else None
        to.add("CPD215", node, f"{quoted(text)} is not a number", hint=hint, fix=fix)
        return None

    def schema(self, position: Position) -> Schema:
        pattern = r"^\s*[0-9]{1,9}(?:\.[0-9]{1,6})?\s*$"
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

    says = "`true` or `false`"

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
    """One of a fixed list of words. `meant` leads from other words that people use to the one of the list.

    `word` is the enumeration that the values are of, where there is one.
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
        # Looking words up takes less than calling the enumeration, which would take longer than all the rest.
        self.values: dict[str, Any] = {each: word(each) if word else each for each in options}
        self.says = " · ".join(f"`{option}`" for option in options)

    def read(self, node: Node, to: Problems) -> Any:
        text = text_of(node, to, self.what)
        if text is None or text in self.values:
            return None if text is None else self.values[text]
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
        """Whether a word differs from an option in case, blanks, an `s` or one letter; a synonym needs an eye."""
        tidy, option = tidied(text), near.lower()
        slips = [each for each in (*self.options, *self.meant) if is_slip(tidy, each)]
        return tidy == option or is_plural(tidy, option) or slips == [near]

    def nearest(self, text: str) -> str:
        """Return the option that was probably meant; empty when there is none."""
        tidy = tidied(text)
        for whole in (tidy, tidy.removesuffix("s")):
            if whole in self.options or whole in self.meant:
                return self.meant.get(whole, whole)
        close = get_close_matches(tidy, [*self.options, *self.meant], n=1, cutoff=0.7)
        return self.meant.get(close[0], close[0]) if close else ""


class Items(FieldType):
    """A list of values of one kind; a single value counts as a list of one."""

    cell_says = "separated by `; `"
    is_list = True

    def __init__(self, kind: FieldType, says: str) -> None:
        self.kind = kind
        self.says = says

    def read(self, node: Node, to: Problems) -> tuple[Any, ...] | None:
        if type(node) is SequenceNode:
            read = self.kind.read
            values = [read(item, to) for item in node.items]
            return unique(values, node.items, to) if len(values) > 1 or not all(values) else tuple(values)
        if type(node) is ScalarNode and "," in node.value:
            parts = [part.strip() for part in node.value.split(",") if part.strip()]
            written = flow_list(parts)
            # "Health, safety and environment" may be one thing, and quotes may say so.
            sure = not node.style and not any(re.search(r"(?:^|\s)(?:and|&)\s", part) for part in parts)
            fix = instead(node, written, sure)
            to.add("CPD217", node, "this is text with a comma, not a list", hint=f"write {written}", fix=fix)
        elif type(node) is ScalarNode and node.value[:1] == "-" and not node.style:
            _dashed(node, to)
            return None
        value = self.kind.read(node, to)
        return None if value is None else (value,)

    def schema(self, position: Position) -> Schema:
        """Return a list, or one value alone, which is read as a list of one."""
        if type(self.kind) is not Line:
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
    # An id such as 2026 or no is a number or a truth to YAML.
    looks_odd = r"[-+.0-9][-+.0-9a-fA-FxXoO_:]*|y|n|yes|no|on|off|true|false|null|~"
    odd = any(re.fullmatch(looks_odd, name.lower()) for name in position.offered)
    others: list[Schema] = [{"type": ["number", "boolean", "null"]}] if odd else []
    return position.with_value().one_of(position.offered, *others)


def unique(values: list[Any], nodes: list[Node], to: Problems) -> tuple[Any, ...]:
    """Return the values, each from its node, without empty ones and repetitions, which are noted."""
    once = dict.fromkeys(values)
    if len(once) == len(values) and "" not in once:
        return tuple(values)
    seen: set[Any] = set()
    for number, (value, node) in enumerate(zip(values, nodes, strict=True)):
        if value == "":
            fix = without_item(nodes, number, to.source)
            to.add("CPD213", node, "this list item is empty", hint="delete it", fix=fix)
        elif value is not None and value in seen:
            fix = without_item(nodes, number, to.source) if type(node) is ScalarNode else None
            to.add("CPD216", node, "this item is in the list twice", hint="delete one of them", fix=fix)
        seen.add(value)
    return tuple(value for value in once if value != "")


def _dashed(node: ScalarNode, to: Problems) -> None:
    """Note dashes without a space behind them, which make one text of what should be a list."""
    where, numbers = span(node), range(span(node).line, span(node).end_line + 1)
    starts = [(number, len(line) - len(line.lstrip()) + 1) for number in numbers if (line := to.source.line(number))]
    starts[0] = (where.line, where.column)
    at = [Span(number, column + 1, number, column + 1) for number, column in starts]
    alone = all(to.source.line(number)[: column - 1].strip() == "" for number, column in starts)
    dashes = all(re.match(r"-[^\W_]", to.source.line(number)[column - 1 :]) for number, column in starts)
    fix = Fix("insert a space after the dash", tuple(Edit(each, " ") for each in at)) if alone and dashes else None
    hint = "start each item with a dash and a space"
    to.add("CPD140", node, "a space is missing after the dash", hint=hint, fix=fix)
