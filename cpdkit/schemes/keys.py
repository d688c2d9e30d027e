"""The keys of scheme and framework files, each declared once: on the field of the record that holds its value.

    @dataclass(frozen=True, slots=True)
    class Rounding:
        step: Annotated[Fraction, Key(Amount(), example="0.5")]
        way: Annotated[Way, Key(choice(Way), example="down")] = Way.DOWN

The table by which a file is read, the record, the page of the docs and the words of `cpd scheme show` come from that.
A field without a default is required; a field without a `Key` stands in no file.
"""

import re
from collections.abc import Mapping as Table
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, partial
from typing import Any, NamedTuple, get_type_hints

from cpdkit.journal.compound_types import One
from cpdkit.journal.field_types import Choice, Items, Kind, Line, Number
from cpdkit.journal.fields import Field, Fields
from cpdkit.journal.problems import Problems
from cpdkit.text.yaml import Mapping, Node, Scalar

UNFIT = "CPD706"
"""The code of a value in a scheme's file that no rule can have."""
MEGABYTE = 1_000_000
"""Bytes. Where a body says "MB" without more, the smaller of the two meanings keeps a file below its limit."""
ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
"""The form of a scheme's or framework's id."""
_NAME = re.compile(r"[a-z0-9][a-z0-9 .-]{0,63}")
_SHARE = re.compile(r"([1-9][0-9]{0,2})/([1-9][0-9]{0,3})")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-([0-2][0-9]|3[01])")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Key(NamedTuple):
    """How a record's field is written in a file.

    `name` is the key where it is not the field's name with hyphens; `meant` are names that lead to a did-you-mean.
    `note` and `example` are Markdown for the docs, the example a YAML value. `words` is what `cpd scheme show` adds
    for a value, with `{}` in its place.
    """

    kind: Kind
    name: str = ""
    note: str = ""
    example: str = ""
    words: str = ""
    meant: tuple[str, ...] = ()


@cache
def keys_of(record: type) -> Table[str, Key]:
    """Return the keys of a record's class by the names of its fields, in their order."""
    hints = get_type_hints(record, include_extras=True)
    marks = {name: getattr(hint, "__metadata__", ()) for name, hint in hints.items()}
    return {name: key for name, found in marks.items() for key in found if isinstance(key, Key)}


def fields_of(record: Any) -> tuple[Field, ...]:
    """Return the keys of a record's class as the fields of a table to read by."""
    required = {each.name for each in fields(record) if each.default is each.default_factory is MISSING}
    return tuple(
        Field(key.name or name.replace("_", "-"), key.kind, name in required, key.note, key.example,
              meant=key.meant, attribute=name)
        for name, key in keys_of(record).items()
    )  # fmt: skip


def part(record: type, says: str) -> One:
    """Return the kind of value that makes one record: a mapping with the record's keys."""
    return One(Fields(record.__name__.lower(), fields_of(record)), partial(make_record, record), says)


def make_record(record: type, **values: Any) -> Any:
    """Make a record of the values that there are; a value that could not be read (None) is left at its default."""
    return record(**{name: value for name, value in values.items() if value is not None})


def choice(words: type[StrEnum]) -> Choice:
    """Return the kind of value that is one of an enumeration's words."""
    return Choice(tuple(words), words)


@dataclass(frozen=True, slots=True)
class Amount(Kind):
    """A number, or a fraction such as `1/2`."""

    says: str = "number, or a fraction (`1/2`)"

    def read(self, node: Node, to: Problems) -> Fraction | None:
        if type(node) is Scalar and (match := _SHARE.fullmatch(node.value.strip())):
            return Fraction(int(match[1]), int(match[2]))
        text = Number().read(node, to)
        return None if text is None else Fraction(Decimal(text))


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number."""

    least: int = 0
    says: str = "whole number"

    def read(self, node: Node, to: Problems) -> int | None:
        amount = Amount().read(node, to)
        if amount is None:
            return None
        if amount.denominator != 1 or amount < self.least:
            to.add(UNFIT, node, f"this is no whole number from {self.least} on", hint="write it without a point")
            return None
        return int(amount)


@dataclass(frozen=True, slots=True)
class Megabytes(Kind):
    """A number of megabytes, read as whole bytes."""

    says: str = "number"

    def read(self, node: Node, to: Problems) -> int | None:
        text = Number().read(node, to)
        return None if text is None else int(Decimal(text) * MEGABYTE)


@dataclass(frozen=True, slots=True)
class MonthDay(Kind):
    """A day of the year as (month, day), or one of some other words."""

    words: type[StrEnum] | None = None
    says: str = "month-day (`01-31`)"

    def read(self, node: Node, to: Problems) -> Any:
        text = Line().read(node, to)
        if text is None:
            return None
        match = _MONTH_DAY.fullmatch(text)
        if match and 1 <= int(match[2]) <= _DAYS[int(match[1]) - 1]:
            return int(match[1]), int(match[2])
        if self.words and text in tuple(self.words):
            return self.words(text)
        more = f", {' or '.join(self.words)}" if self.words else ""
        to.add(UNFIT, node, f"this is no day of the year{more}", hint='write it as "01-31"')
        return None


@dataclass(frozen=True, slots=True)
class Named(Kind):
    """Names with values of one kind, made into a mapping or into pairs; `wanted` and `hint` are for another shape."""

    kind: Kind
    says: str
    wanted: str
    hint: str
    make: type[dict[str, Any]] | type[tuple[Any, ...]] = dict

    def read(self, node: Node, to: Problems) -> Any:
        if type(node) is not Mapping:
            to.shape(node, self.wanted, self.hint)
            return None
        values = {name: self.kind.read(value, to) for name, value in node.values.items()}
        return self.make((name, value) for name, value in values.items() if value is not None)


AMOUNTS = Named(Amount(), "`{name: number}`", "names with numbers", "write {total: 10}")
TEXTS = Named(Line(), "`{name: text}`", "names with texts", "write {x-field: text}", tuple)


@dataclass(frozen=True, slots=True)
class Defined(Kind):
    """Names that the file defines, each with a part; an empty one has the part's defaults."""

    part: One
    says: str

    def read(self, node: Node, to: Problems) -> Table[str, Any] | None:
        if type(node) is not Mapping:
            to.shape(node, "names with what they stand for", "write each name, a colon, and {…}")
            return None
        values = {}
        for name, value in node.values.items():
            if not _NAME.fullmatch(name):
                to.add(UNFIT, node.keys[name], "a name has small letters, digits, blanks and -", hint="rename it")
            empty = type(value) is Scalar and not value.value.strip()
            values[name] = self.part.make() if empty else self.part.read(value, to)
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Scope(Kind):
    """What a rule is about: a category's name, several names, or a filter."""

    filter: One
    says: str = "a category, a list of them, or a filter (`{types: [event]}`)"

    def read(self, node: Node, to: Problems) -> Any:
        if type(node) is Mapping:
            return self.filter.read(node, to)
        return Items(Line(), "list of categories").read(node, to)
