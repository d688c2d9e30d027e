"""The kinds of value that only a scheme's file has: amounts, names with tables, and what a rule is of."""

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cpdkit.journal.compound_types import One
from cpdkit.journal.field_types import Items, Line, Number
from cpdkit.journal.problems import Problems
from cpdkit.schemes.rules import Anchor, Of
from cpdkit.text.yaml import Mapping, Node, Scalar

_NAME = re.compile(r"[a-z0-9][a-z0-9 .-]{0,63}")
_SHARE = re.compile(r"([1-9][0-9]{0,2})/([1-9][0-9]{0,3})")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-([0-2][0-9]|3[01])")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BAD = "CPD706"
"""The code of what a scheme's file says and no rule can mean."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or a fraction such as `1/2`."""

    says: str = "number, or a fraction (`1/2`)"

    def read(self, node: Node, to: Problems) -> Fraction | None:
        if type(node) is Scalar and (match := _SHARE.fullmatch(node.value.strip())):
            return Fraction(int(match[1]), int(match[2]))
        said = Number().read(node, to)
        return None if said is None else Fraction(Decimal(said))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int = 0
    says: str = "whole number"

    def read(self, node: Node, to: Problems) -> int | None:
        said = Amount().read(node, to)
        if said is None:
            return None
        if said.denominator != 1 or said < self.least:
            to.add(BAD, node, f"this is no whole number from {self.least} on", hint="write it without a point")
            return None
        return int(said)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the year; with `anchors`, also where else a period may start."""

    anchors: bool = False
    says: str = "month-day (`01-31`)"

    def read(self, node: Node, to: Problems) -> Any:
        said = Line().read(node, to)
        if said is None:
            return None
        match = _MONTH_DAY.fullmatch(said)
        if match and 1 <= int(match[2]) <= _DAYS[int(match[1]) - 1]:
            return int(match[1]), int(match[2])
        if self.anchors and said in tuple(Anchor):
            return Anchor(said)
        more = f", {' or '.join(Anchor)}" if self.anchors else ""
        to.add(BAD, node, f"this is no day of the year{more}", hint='write it as "01-31"')
        return None


@dataclass(frozen=True, slots=True)
class Named:
    """Names, each with a small table."""

    one: One
    says: str

    def read(self, node: Node, to: Problems) -> Table[str, Any] | None:
        if type(node) is not Mapping:
            to.shape(node, "names with what they stand for", "write each name, a colon, and {…}")
            return None
        found = {}
        for name, value in node.values.items():
            if not _NAME.fullmatch(name):
                to.add(BAD, node.keys[name], "a name has small letters, digits, blanks and -", hint="rename it")
            empty = type(value) is Scalar and not value.value.strip()
            found[name] = self.one.make() if empty else self.one.read(value, to)
        return {name: each for name, each in found.items() if each is not None}


@dataclass(frozen=True, slots=True)
class Amounts:
    """Names with numbers."""

    says: str = "`{name: number}`"

    def read(self, node: Node, to: Problems) -> Table[str, Fraction] | None:
        if type(node) is not Mapping:
            to.shape(node, "names with numbers", "write {total: 10}")
            return None
        read = {name: Amount().read(value, to) for name, value in node.values.items()}
        return {name: each for name, each in read.items() if each is not None}


@dataclass(frozen=True, slots=True)
class Texts:
    """Names with texts."""

    says: str = "`{name: text}`"

    def read(self, node: Node, to: Problems) -> Table[str, str] | None:
        if type(node) is not Mapping:
            to.shape(node, "names with texts", "write {x-field: text}")
            return None
        return {name: Line().read(value, to) or "" for name, value in node.values.items()}


@dataclass(frozen=True, slots=True)
class What:
    """What a rule is of: a category's name, several, or a filter."""

    filter: One
    says: str = "a category, a list of them, or a filter (`{types: [event]}`)"

    def read(self, node: Node, to: Problems) -> Of | None:
        if type(node) is Mapping:
            read: Of | None = self.filter.read(node, to)
            return read
        return Items(Line(), "list of categories").read(node, to)
