"""The kinds of value that only scheme files have: amounts, days of the year, named tables and scopes of rules."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from cpdkit.journal.compound_types import One
from cpdkit.journal.declarations import Field
from cpdkit.journal.field_types import Choice, FieldType, Items, Line, Number
from cpdkit.journal.file_problems import Problems, quoted
from cpdkit.text.wording import listed
from cpdkit.text.yaml import MappingNode, Node, ScalarNode

UNFIT = "CPD706"
"""The code of an invalid value in a scheme file."""
MEGABYTE = 1_000_000
"""Bytes. A body may write "MB" for 1,000,000 or 1,048,576 bytes; the smaller one keeps a file below either limit."""
ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
"""The pattern of the ID of a scheme or framework."""
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class WordedField(Field):
    """A field for which `cpd scheme show` adds `words` to a requirement, with the value at `{}`."""

    words: str = ""


def choice(words: type[StrEnum]) -> Choice:
    """Return the kind of value that takes the members of an enumeration."""
    return Choice(tuple(words), words)


class Amount(FieldType):
    """A number, or a fraction such as `1/2`."""

    accepts = "number, or a fraction (`1/2`)"

    def read(self, node: Node, to: Problems) -> Fraction | None:
        if type(node) is ScalarNode and re.fullmatch(r"[1-9][0-9]{0,2}/[1-9][0-9]{0,3}", node.value.strip()):
            return Fraction(node.value.strip())
        text = Number().read(node, to)
        return None if text is None else Fraction(Decimal(text))


class Whole(FieldType):
    """A whole number from `least` to `most`."""

    accepts = "whole number"

    def __init__(self, least: int = 0, most: int = 10**9) -> None:
        self.least = least
        self.most = most

    def read(self, node: Node, to: Problems) -> int | None:
        amount = Amount().read(node, to)
        if amount is None:
            return None
        hint = f"write a number such as {max(self.least, 1)}"
        if amount.denominator != 1 or amount < self.least:
            to.add(UNFIT, node, f"not a whole number of at least {self.least}", hint=hint)
            return None
        if amount > self.most:
            to.add(UNFIT, node, f"more than {self.most}", hint=hint)
            return None
        return int(amount)


class Megabytes(FieldType):
    """A number of megabytes, read as whole bytes."""

    accepts = "number"

    def read(self, node: Node, to: Problems) -> int | None:
        text = Number().read(node, to)
        return None if text is None else int(Decimal(text) * MEGABYTE)


class MonthDay(FieldType):
    """A day of the year as (month, day), or one of some words."""

    accepts = "month-day (`01-31`)"

    def __init__(self, words: type[StrEnum] | None = None) -> None:
        self.words = words

    def read(self, node: Node, to: Problems) -> Any:
        text = Line().read(node, to)
        if text is None:
            return None
        match = re.fullmatch(r"(0[1-9]|1[0-2])-([0-2][0-9]|3[01])", text)
        if match and 1 <= int(match[2]) <= _DAYS[int(match[1]) - 1]:
            return int(match[1]), int(match[2])
        if self.words and text in tuple(self.words):
            return self.words(text)
        choices = listed(['"01-31"', *(self.words or ())], "or")
        to.add(UNFIT, node, f"cannot read {quoted(text)} as a day of the year", hint=f"write {choices}")
        return None


class Named(FieldType):
    """Names with values of one kind. `wanted` and `hint` are for the message about a value that is not a mapping."""

    def __init__(self, kind: FieldType, accepts: str, wanted: str, hint: str) -> None:
        self.kind = kind
        self.accepts = accepts
        self.wanted = wanted
        self.hint = hint

    def read(self, node: Node, to: Problems) -> dict[str, Any] | None:
        if type(node) is not MappingNode:
            to.shape(node, self.wanted, self.hint)
            return None
        return {name: self.kind.read(value, to) for name, value in node.values.items()}


class Pairs(Named):
    """Names with values of one kind, as pairs."""

    def read(self, node: Node, to: Problems) -> Any:
        values = super().read(node, to)
        return None if values is None else tuple(values.items())


AMOUNTS = Named(Amount(), "`{name: number}`", "a mapping of names to numbers", "write {total: 10}")
TEXTS = Pairs(Line(), "`{name: text}`", "a mapping of names to text", "write {x-field: text}")


class Defined(FieldType):
    """Names that the file defines, each with a small table. A name without a value gets the table's defaults."""

    def __init__(self, one: One, accepts: str) -> None:
        self.one = one
        self.accepts = accepts

    def read(self, node: Node, to: Problems) -> dict[str, Any] | None:
        if type(node) is not MappingNode:
            to.shape(node, "a mapping of names to tables", "write each name, a colon and its fields in {…}")
            return None
        values = {}
        for name, value in node.values.items():
            if not re.fullmatch(r"[a-z0-9][a-z0-9 .-]{0,63}", name):
                hint = "use at most 64 lower-case letters, digits, spaces, full stops and hyphens"
                to.add(UNFIT, node.keys[name], f"{quoted(name)} is not a valid name", hint=hint)
            empty = type(value) is ScalarNode and not value.value.strip()
            values[name] = self.one.make() if empty else self.one.read(value, to)
        return values


class Scope(FieldType):
    """The activities to which a rule applies: a category, several categories, or a filter."""

    accepts = "a category, a list of them, or a filter (`{types: [event]}`)"

    def __init__(self, one: One) -> None:
        self.one = one

    def read(self, node: Node, to: Problems) -> Any:
        if type(node) is MappingNode:
            return self.one.read(node, to)
        return Items(Line(), "list of categories").read(node, to)
