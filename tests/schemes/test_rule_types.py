"""The kinds of value that only a scheme's file has."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

import pytest

from cpdkit.journal.compound_types import One
from cpdkit.journal.declarations import Field, declared
from cpdkit.journal.field_types import Line
from cpdkit.journal.file_problems import Problems
from cpdkit.schemes.rule_types import (
    AMOUNTS,
    TEXTS,
    Amount,
    Defined,
    Megabytes,
    MonthDay,
    Scope,
    Whole,
    WordedField,
    choice,
)
from cpdkit.schemes.rules import FILTER, Anchor, Filter, Per
from cpdkit.text.source import Source
from cpdkit.text.yaml import parse


@dataclass(frozen=True)
class Thing:
    """A record such as a requirement; each key is written here and nowhere else."""

    title: Annotated[str, Field("title", Line(), required=True, example="relays", note="what it is")]
    per_hour: Annotated[Fraction | None, WordedField("per-hour", Amount(), words=", {} an hour")] = None
    names: Annotated[tuple[tuple[str, str], ...], Field("names-of", TEXTS, meant=("called",))] = ()
    path: str = ""


THING = One(declared(Thing, "thing"))
ONE_FILTER = One(FILTER, accepts="`{types: [event]}`")
NAMED = Defined(ONE_FILTER, "`{name: filter}`")


def read(kind: Any, text: str) -> tuple[Any, list[str]]:
    source = Source("x.yaml", f"k: {text}\n")
    to = Problems(source)
    value = kind.read(parse(source.text).values["k"], to)
    assert all(each.span for each in to.diagnostics)
    return value, [each.code for each in to.diagnostics]


def test_one_declaration_is_the_table_and_the_record() -> None:
    assert read(THING, "{title: x, per-hour: 1/2, names-of: {a: b}}") == (Thing("x", Fraction(1, 2), (("a", "b"),)), [])
    assert read(THING, "{title: x}") == (Thing("x"), [])
    assert read(THING, "{per-hour: 1}") == (None, ["CPD201"])
    assert read(THING, "{title: x, path: y}") == (None, ["CPD212"])


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Amount(), "1.5", Fraction(3, 2)),
        (Amount(), "1/3", Fraction(1, 3)),
        (Whole(1), "3", 3),
        (Megabytes(), "0.5", 500_000),
        (MonthDay(), '"02-28"', (2, 28)),
        (MonthDay(Anchor), "rolling", Anchor.ROLLING),
        (choice(Per), "entry", Per.ENTRY),
        (NAMED, "{formal: {structured: true}, all: }", {"formal": Filter(structured=True), "all": Filter()}),
        (AMOUNTS, "{total: 10}", {"total": Fraction(10)}),
        (TEXTS, "{x-pmi: giving back}", (("x-pmi", "giving back"),)),
        (Scope(ONE_FILTER), "formal", ("formal",)),
        (Scope(ONE_FILTER), "[a, b]", ("a", "b")),
        (Scope(ONE_FILTER), "{types: [event]}", Filter(types=("event",))),
    ],
)
def test_values(kind: Any, text: str, value: object) -> None:
    assert read(kind, text) == (value, [])


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (Amount(), "much", "CPD215"),
        (Whole(1), "0", "CPD706"),
        (Whole(1, 100), "101", "CPD706"),
        (Whole(), "1.5", "CPD706"),
        (Megabytes(), "large", "CPD215"),
        (MonthDay(), '"02-30"', "CPD706"),
        (MonthDay(), "rolling", "CPD706"),
        (choice(Per), "weekly", "CPD208"),
        (NAMED, "[a]", "CPD203"),
        (NAMED, "{Formal: {}}", "CPD706"),
        (AMOUNTS, "3", "CPD203"),
        (TEXTS, "[a]", "CPD203"),
    ],
)
def test_what_is_no_value(kind: Any, text: str, code: str) -> None:
    assert read(kind, text)[1] == [code]
