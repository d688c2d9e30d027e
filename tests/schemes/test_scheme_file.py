"""The file of a scheme: from its text to the rules, and what is wrong with one."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cpdkit.journal.declarations import Field
from cpdkit.schemes.data_files import SCHEMES, shipped_text
from cpdkit.schemes.rules import SEARCHED, Alternative, Anchor, Filter, Measure, Outcome, Rules, Scheme, Status
from cpdkit.schemes.scheme_file import SCHEME_FILE, read_scheme, shipped_scheme, shipped_schemes
from cpdkit.schemes.summary import described
from cpdkit.text.source import Source

PROFESSIONS = {
    "engineering", "construction", "architecture", "surveying", "safety", "project management", "computing",
    "accountancy", "insurance", "health",
}  # fmt: skip


def read(text: str) -> tuple[Scheme | None, list[tuple[str, int]]]:
    """The scheme in a text, and the code and line of every problem."""
    source = Source("schemes/x.yaml", text, odd=any(ord(each) < 32 and each != "\n" for each in text))
    scheme, found = read_scheme(source)
    assert (scheme is None) == bool(found)
    return scheme, [(each.code, each.span.line if each.span else 0) for each in found]


def rules_in(text: str) -> tuple[Rules, ...]:
    scheme, _ = read(f"id: x\n{text}")
    assert scheme
    return scheme.rules


@pytest.mark.parametrize("name", shipped_schemes())
def test_the_shipped_schemes_are_right_and_say_where_they_are_from(name: str) -> None:
    scheme, found = read_scheme(shipped_text(SCHEMES, name))
    assert found == []
    assert scheme
    assert scheme.id == name
    assert scheme.body
    assert scheme.country
    assert scheme.professions
    assert set(scheme.professions) <= PROFESSIONS
    assert scheme.checked
    assert scheme.rules
    # So that a table of 80 columns shows them whole, with "(recommended)" after some.
    assert all(len(each.title) <= (22 if each.weight == "should" else 34) for each in scheme.rules[0].requirements)
    assert all(each.read and each.page for each in scheme.sources.values())
    assert scheme.sources
    assert {each.source for rules in scheme.rules for each in described(rules)} <= {"", *scheme.sources}
    for key in SEARCHED:
        assert bool(getattr(scheme, key)) is (key not in scheme.not_found), key


def test_there_are_forty_bodies() -> None:
    schemes = [scheme for name in shipped_schemes() if (scheme := shipped_scheme(name))]
    assert len({each.body for each in schemes}) >= 40
    assert len([each for each in schemes if {"engineering", "construction", "architecture"} & {*each.professions}]) > 20


def test_a_shipped_scheme_by_its_id() -> None:
    assert {"iet", "rics", "us-pe-nd"} <= set(shipped_schemes())
    scheme = shipped_scheme("iet")
    assert scheme
    assert (scheme.evidence_limit, scheme.path) == (500_000, "")
    assert scheme.label == "iet (Institution of Engineering and Technology)"
    assert shipped_scheme("../frameworks/uk-spec-ceng") is None
    assert Scheme("firm").label == "firm"


@pytest.mark.parametrize(
    ("text", "scheme", "codes"),
    [
        ("id: firm\n", Scheme("firm", path="schemes/x.yaml"), []),
        ("id: firm\nrequirements: [{total: 30}]\n", None, ["CPD212", "CPD201", "CPD201"]),
        ("id: firm\nrulez: 1\n", None, ["CPD212"]),
        ("id: firm\nevidence-limit: 1.5\n", Scheme("firm", evidence_limit=1_500_000, path="schemes/x.yaml"), []),
        ("id: firm\ntopics: [a, b]\n", Scheme("firm", topics=("a", "b"), path="schemes/x.yaml"), []),
        ("title: Firm\n", None, ["CPD201"]),
        ("id: our firm\n", None, ["CPD706"]),
        ("id:\n", None, ["CPD201"]),
        ("", None, ["CPD201"]),
        ("id: firm\nchecked: 2026-02-30\n", None, ["CPD204"]),
        ("id: firm\nevidence-limit: large\n", None, ["CPD215"]),
        ("id: firm\x07\n", None, ["CPD104"]),
        ("id: {\n", None, ["CPD125"]),
    ],
)
def test_a_scheme_has_an_id_and_the_keys_of_its_table(text: str, scheme: Scheme | None, codes: list[str]) -> None:
    made, found = read(text)
    assert made == scheme
    assert [code for code, _ in found] == codes


def test_requirements() -> None:
    (rules,) = rules_in(
        "requirements:\n- {id: a, title: A, measure: gap, at-most: 2}\n"
        "- {id: b, title: B, at-least: 30, or: {at-least: 90, years: 3}}\n"
    )
    gap, total = rules.requirements
    assert (gap.measure, gap.target) == (Measure.GAP, Fraction(2))
    assert (total.target, total.alternative) == (Fraction(30), Alternative(Fraction(90), 3))
    assert (rules.requirement("b"), rules.requirement("c")) == (total, None)


def test_the_other_parts() -> None:
    (rules,) = rules_in(
        "period: {years: 2, starts: member}\nhour: 50\npro-rata: true\n"
        "categories: {formal: {structured: true}}\nrounding: {step: 1/2, way: up}\n"
        "statuses: {active: {}, retired: {exempt: true}}\n"
    )
    assert (rules.period.years, rules.period.starts) == (2, Anchor.MEMBER)
    assert (rules.hour, rules.pro_rata, rules.categories) == (50, True, {"formal": Filter(structured=True)})
    assert rules.rounding and (rules.rounding.step, rules.rounding.way) == (Fraction(1, 2), "up")
    assert (rules.statuses["retired"], rules.default_status) == (Status(exempt=True), "active")


def test_earlier_rules_hold_until_their_day() -> None:
    new, older, oldest = rules_in(
        "unit: h\nearlier:\n- {until: 2025-12-31, unit: points}\n- {until: 2019-12-31, unit: days}\n"
    )
    assert [(each.unit, each.start, each.stop) for each in (new, older, oldest)] == [
        ("h", date(2026, 1, 1), None),
        ("points", date(2020, 1, 1), date(2026, 1, 1)),
        ("days", None, date(2020, 1, 1)),
    ]
    assert new.default_status == ""
    (alone,) = rules_in("earlier: [{until: 2025-12-31}]\n")
    assert (alone.start, alone.stop) == (None, date(2026, 1, 1))
    assert rules_in("title: X\n") == ()


AB = "categories: {a: {}, b: {}}\n"
ELEVEN = "categories: {" + ", ".join(f"{name}: {{}}" for name in "abcdefghijk") + "}\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("requirements:\n- {id: a, title: A, of: formal, at-least: 1}\n", 3),
        ("requirements:\n- {id: a, title: A, each-of: [formal], at-least: 1}\n", 3),
        ("worth: [{of: formal, per-hour: 1}]\n", 2),
        ("caps: [{title: A, of: formal, most: 1}]\n", 2),
        ("carry-over: {most: 1, of: formal}\n", 2),
        ("categories: {a: {any-of: [formal]}}\n", 2),
        ("categories: {a: {any-of: [a]}}\n", 2),
        ("statuses: {a: {amounts: {total: 1}}}\n", 2),
        ("carry-over: {most: 1, counts-for: [total]}\n", 2),
        ("requirements:\n- {id: a, title: A}\n- {id: a, title: B}\n", 4),
        ("requirements: [{id: a, title: A, measure: entries}]\n", 2),
        ("requirements: [{id: a, title: A, measure: claimed, at-least: 1}]\n", 2),
        ("requirements: [{id: a, title: A, at-most: 1}]\n", 2),
        ("requirements: [{id: a, title: A, measure: gap, at-least: 1}]\n", 2),
        ("earlier:\n- {until: 2019-12-31}\n- {until: 2025-12-31}\n", 4),
        ("requirements: [{id: a, title: A, enough: 1}]\n", 2),
        ("requirements: [{id: a, title: A, split: true}]\n", 2),
        (f"{AB}requirements: [{{id: a, title: A, each-of: [a, b], enough: 3}}]\n", 3),
        (f"{AB}requirements: [{{id: a, title: A, each-of: [a], split: true, measure: types, at-least: 1}}]\n", 3),
        (f"{ELEVEN}requirements: [{{id: a, title: A, each-of: [{', '.join('abcdefghijk')}], split: true}}]\n", 3),
        ("requirements: [{id: a, title: A, by: 01-31}]\n", 2),
        ("requirements: [{id: a, title: A, in-every: 2, in-each-year: true}]\n", 2),
        (f"{AB}requirements: [{{id: a, title: A, in-every: 2, each-of: [a]}}]\n", 3),
        ("requirements: [{id: a, title: A, in-every: 2, window: {years: 3}}]\n", 2),
        ("requirements: [{id: a, title: A, in-every: 0}]\n", 2),
        ("requirements: [{id: a, title: A, in-every: 11}]\n", 2),
        ("requirements: [{id: a, title: A, in-every: 1.5}]\n", 2),
        ("requirements: [{id: a, title: A, measure: gap, at-most: 3, in-each-year: true}]\n", 2),
        ("requirements: [{id: a, title: A, measure: gap, at-most: 3, in-every: 2}]\n", 2),
        ("requirements: [{id: a, title: A, measure: declared, window: {years: 3}}]\n", 2),
        ("requirements: [{id: a, title: A, measure: declared, or: {at-least: 1, years: 3}}]\n", 2),
        ("requirements:\n- {id: a, title: A, source: gone}\n", 3),
        ("caps: [{title: A, most: 1, source: gone}]\n", 2),
        ("worth: [{per-hour: 1, source: gone}]\n", 2),
        ("statuses: {a: {source: gone}}\n", 2),
        ("carry-over: {most: 1, source: gone}\n", 2),
        ("rounding: {step: 1, source: gone}\n", 2),
        ("period: {source: gone}\n", 2),
        ('sources: {board: {page: "p"}}\nperiod: {source: gone}\n', 3),
        ("period: {years: 1}\nearlier:\n- {until: 2025-12-31, period: {source: gone}}\n", 4),
        ("earlier:\n- until: 2025-12-31\n  requirements: [{id: a, title: A, source: gone}]\n", 4),
    ],
)
def test_what_no_rule_can_mean_is_noted_with_its_line(text: str, line: int) -> None:
    assert set(read(f"id: x\n{text}")[1]) == {("CPD706", line)}


def test_a_circle_of_categories_is_noted_for_each() -> None:
    assert read("id: x\ncategories: {a: {any-of: [b]}, b: {none-of: [a]}, c: {}}\n")[1] == [("CPD706", 2)] * 2


def examples(fields: tuple[Field, ...], **other: str) -> str:
    """A mapping of the examples that the docs give, or others."""
    texts = {each.name: other.get(each.name, each.example) for each in fields}
    return "{" + ", ".join(f"{name}: {text}" for name, text in texts.items() if text) + "}"


NAMES = ("formal", "academic", "reading", "verifiable", "ethics", "safety")


def test_the_docs_examples_make_a_scheme() -> None:
    """Every key of every part at once: the example of its declaration, unless `known` has a value."""
    fields: dict[str, Any] = SCHEME_FILE.known
    lists = {name: fields[name].kind.one.fields.fields for name in ("requirements", "worth", "caps")}
    parts = {name: fields[name].kind.fields.fields for name in ("period", "rounding", "carry-over")}
    filters = fields["categories"].kind.one.fields.fields
    known = {
        "categories": "{" + f"a: {examples(filters)}, " + ", ".join(f"{name}: {{}}" for name in NAMES) + "}",
        "requirements": f"[{examples(lists['requirements'], **dict.fromkeys(('at-most', 'by', 'in-every'), ''))}]",
        "worth": f"[{examples(lists['worth'])}]",
        "caps": f"[{examples(lists['caps'])}]",
        **{name: examples(each) for name, each in parts.items()},
        "statuses": f"{{active: {examples(fields['statuses'].kind.one.fields.fields)}}}",
        "earlier": "[{until: 2025-12-31}]",
    }
    scheme, found = read(examples(SCHEME_FILE.fields, **known) + "\n")
    assert found == []
    assert scheme
    assert scheme.rules[0].requirements[0].each_of == ("ethics", "safety")


def test_split_takes_ten_categories_and_a_source_that_the_file_defines() -> None:
    ten = ", ".join("abcdefghij")
    (rules,) = rules_in(
        f'sources: {{board: {{page: "a page"}}}}\n{ELEVEN}requirements:\n'
        f"- {{id: a, title: A, each-of: [{ten}], split: true, enough: 10, at-least: 1, source: board}}\n"
        "- {id: b, title: B, measure: declared, by: 01-31, in-each-year: true}\n"
        "- {id: c, title: C, at-least: 1, in-every: 10}\n"
    )
    first, second, third = rules.requirements
    assert (first.split, first.enough, len(first.each_of), first.source) == (True, 10, 10, "board")
    assert (second.by, second.outcome) == ((1, 31), Outcome.EXPLAIN)
    assert (third.in_every, third.outcome) == (10, Outcome.SHORT)
