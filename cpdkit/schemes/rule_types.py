"""The kinds of value that only a scheme's file has: amounts, names with tables, and what a rule is about."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from cpdkit.journal.compound_types import One
from cpdkit.journal.declarations import Field
from cpdkit.journal.field_types import Choice, FieldType, Items, Line, Number
from cpdkit.journal.file_problems import Problems
from cpdkit.text.yaml import MappingNode, Node, ScalarNode

UNFIT = "CPD706"
"""The code of a value in a scheme's file that no rule can have."""
MEGABYTE = 1_000_000
"""Bytes. Where a body says "MB" without more, the smaller of the two meanings keeps a file below its limit."""
ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
"""The form of a scheme's or framework's id."""
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class WordedField(Field):
    """A field of which `cpd scheme show` adds `words` to a requirement, with the value in the place of `{}`."""

    words: str = ""


def choice(words: type[StrEnum]) -> Choice:
    """Return the kind of value that is one of an enumeration's words."""
    return Choice(tuple(words), words)


class Amount(FieldType):
    """A number, or a fraction such as `1/2`."""

    says = "number, or a fraction (`1/2`)"

    def read(self, node: Node, to: Problems) -> Fraction | None:
        if type(node) is ScalarNode and re.fullmatch(r"[1-9][0-9]{0,2}/[1-9][0-9]{0,3}", node.value.strip()):
            return Fraction(node.value.strip())
        text = Number().read(node, to)
        return None if text is None else Fraction(Decimal(text))


class Whole(FieldType):
    """A whole number."""

    says = "whole number"

    def __init__(self, least: int = 0) -> None:
        self.least = least

    def read(self, node: Node, to: Problems) -> int | None:
        amount = Amount().read(node, to)
        if amount is None:
            return None
        if amount.denominator != 1 or amount < self.least:
            to.add(UNFIT, node, f"this is no whole number from {self.least} on", hint="write it without a point")
            return None
        return int(amount)


class Megabytes(FieldType):
    """A number of megabytes, read as whole bytes."""

    says = "number"

    def read(self, node: Node, to: Problems) -> int | None:
        text = Number().read(node, to)
        return None if text is None else int(Decimal(text) * MEGABYTE)


class MonthDay(FieldType):
    """A day of the year as (month, day), or one of some other words."""

    says = "month-day (`01-31`)"

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
        more = f", {' or '.join(self.words)}" if self.words else ""
        to.add(UNFIT, node, f"this is no day of the year{more}", hint='write it as "01-31"')
        return None


class Named(FieldType):
    """Names with values of one kind; `wanted` and `hint` are for what is no mapping."""

    def __init__(self, kind: FieldType, says: str, wanted: str, hint: str) -> None:
        self.kind = kind
        self.says = says
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


AMOUNTS = Named(Amount(), "`{name: number}`", "names with numbers", "write {total: 10}")
TEXTS = Pairs(Line(), "`{name: text}`", "names with texts", "write {x-field: text}")


class Defined(FieldType):
    """Names that the file defines, each with a small table; an empty one has the table's defaults."""

    def __init__(self, one: One, says: str) -> None:
        self.one = one
        self.says = says

    def read(self, node: Node, to: Problems) -> dict[str, Any] | None:
        if type(node) is not MappingNode:
            to.shape(node, "names with what they stand for", "write each name, a colon, and {…}")
            return None
        values = {}
        for name, value in node.values.items():
            if not re.fullmatch(r"[a-z0-9][a-z0-9 .-]{0,63}", name):
                to.add(UNFIT, node.keys[name], "a name has small letters, digits, blanks and -", hint="rename it")
            empty = type(value) is ScalarNode and not value.value.strip()
            values[name] = self.one.make() if empty else self.one.read(value, to)
        return values


class Scope(FieldType):
    """What a rule is about: a category's name, several names, or a filter."""

    says = "a category, a list of them, or a filter (`{types: [event]}`)"

    def __init__(self, one: One) -> None:
        self.one = one

    def read(self, node: Node, to: Problems) -> Any:
        if type(node) is MappingNode:
            return self.one.read(node, to)
        return Items(Line(), "list of categories").read(node, to)
