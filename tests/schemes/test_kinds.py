from fractions import Fraction
from typing import Any

import pytest

from cpdkit.journal.compound_types import One
from cpdkit.journal.problems import Problems
from cpdkit.schemes.kinds import Amount, Amounts, MonthDay, Named, Texts, What, Whole
from cpdkit.schemes.language import ONE_FILTER
from cpdkit.schemes.rules import Anchor, Filter
from cpdkit.text.source import Source
from cpdkit.text.yaml import parse

NAMED = Named(One(ONE_FILTER.fields, Filter, "`{}`"), "names")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Amount(), "1.5", Fraction(3, 2)),
        (Amount(), "1/3", Fraction(1, 3)),
        (Whole(1), "3", 3),
        (MonthDay(), '"02-28"', (2, 28)),
        (MonthDay(anchors=True), "rolling", Anchor.ROLLING),
        (NAMED, "{formal: {structured: true}, all: }", {"formal": Filter(structured=True), "all": Filter()}),
        (Amounts(), "{total: 10}", {"total": Fraction(10)}),
        (Texts(), "{x-pmi: giving back}", {"x-pmi": "giving back"}),
        (What(ONE_FILTER), "formal", ("formal",)),
        (What(ONE_FILTER), "[a, b]", ("a", "b")),
        (What(ONE_FILTER), "{types: [event]}", Filter(types=("event",))),
    ],
)
def test_values(kind: Any, text: str, value: object) -> None:
    source = Source("x.yaml", f"k: {text}\n")
    to = Problems(source)
    assert kind.read(parse(source.text).values["k"], to) == value
    assert to.found == []


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (Amount(), "much", "CPD215"),
        (Whole(1), "0", "CPD706"),
        (Whole(), "1.5", "CPD706"),
        (MonthDay(), '"02-30"', "CPD706"),
        (MonthDay(), "rolling", "CPD706"),
        (NAMED, "[a]", "CPD203"),
        (NAMED, "{Formal: {}}", "CPD706"),
        (Amounts(), "3", "CPD203"),
        (Texts(), "[a]", "CPD203"),
    ],
)
def test_what_is_none(kind: Any, text: str, code: str) -> None:
    source = Source("x.yaml", f"k: {text}\n")
    to = Problems(source)
    kind.read(parse(source.text).values["k"], to)
    assert [each.code for each in to.found] == [code]
    assert to.found[0].span
