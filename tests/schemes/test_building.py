"""Rules from a file's text, and every name in them looked up."""

from datetime import date
from fractions import Fraction

import pytest

from cpdkit.schemes.building import KEYS, rules_of
from cpdkit.schemes.known import read_scheme
from cpdkit.schemes.reading import read_table
from cpdkit.schemes.rules import Measure, Rules, Window
from cpdkit.schemes.schemefile import SCHEME
from cpdkit.text.source import Source


def codes(text: str) -> list[tuple[str, int]]:
    _, found = read_scheme(Source("schemes/x.yaml", f"id: x\n{text}"))
    return [(each.message, each.span.line if each.span else 0) for each in found]


def rules(text: str) -> tuple[Rules, ...]:
    read = read_table(Source("schemes/x.yaml", f"id: x\n{text}"), SCHEME)
    found = rules_of(read.values, read.mapping, read.to)
    assert read.to.found == []
    return found


def test_no_rules_are_none() -> None:
    assert rules("title: X\n") == ()
    assert {"requirements", "unit"} < set(KEYS)


def test_a_gap_and_an_alternative() -> None:
    (made,) = rules(
        "requirements:\n- {id: a, title: A, measure: gap, at-most: 2}\n"
        "- {id: b, title: B, at-least: 30, or: {at-least: 90, years: 3}}\n"
    )
    gap, total = made.requirements
    assert (gap.measure, gap.least) == (Measure.GAP, Fraction(2))
    assert total.instead == (Fraction(90), Window(3))
    assert made.requirement("b") is total
    assert made.requirement("c") is None


def test_earlier_rules_hold_until_their_day() -> None:
    new, older, oldest = rules(
        "unit: h\nearlier:\n- {until: 2025-12-31, unit: points}\n- {until: 2019-12-31, unit: days}\n"
    )
    assert [(each.unit, each.start, each.stop) for each in (new, older, oldest)] == [
        ("h", date(2026, 1, 1), None),
        ("points", date(2020, 1, 1), date(2026, 1, 1)),
        ("days", None, date(2020, 1, 1)),
    ]
    assert new.default_status == ""


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("requirements:\n- {id: a, title: A, of: formal, at-least: 1}\n", 'there is no category "formal"', 3),
        ("caps: [{title: A, of: formal, most: 1}]\n", 'there is no category "formal"', 2),
        ("categories: {a: {any-of: [b]}, b: {none-of: [a]}}\n", 'the category "a" is made of itself', 2),
        ("statuses: {a: {amounts: {total: 1}}}\n", 'there is no requirement "total"', 2),
        ("carry-over: {most: 1, counts-for: [total]}\n", 'there is no requirement "total"', 2),
        ("requirements:\n- {id: a, title: A}\n- {id: a, title: B}\n", "there is a requirement a already", 4),
        ("requirements: [{id: a, title: A, measure: entries}]\n", "a does not say how many", 2),
        ("requirements: [{id: a, title: A, measure: claimed, at-least: 1}]\n", "a does not say which units", 2),
        ("requirements: [{id: a, title: A, at-most: 1}]\n", "a gap has at-most, and nothing else has", 2),
        ("earlier:\n- {until: 2019-12-31}\n- {until: 2025-12-31}\n", "earlier rules stand the newest first", 4),
    ],
)
def test_what_no_rule_can_mean_is_told_with_its_line(text: str, message: str, line: int) -> None:
    assert (message, line) in codes(text)
