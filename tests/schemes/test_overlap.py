"""Whether scopes are nested or do not overlap: by tables, and compared with every possible activity."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdkit.journal.values import ActivityType, Competence, Evidence, Skill
from cpdkit.schemes.filters import Matchers
from cpdkit.schemes.overlap import Overlap
from cpdkit.schemes.rules import Filter, Of, Rules
from cpdkit.schemes.scheme_file import read_scheme, shipped_scheme, shipped_schemes
from cpdkit.text.source import Source
from tests.schemes.records import activity

CATEGORIES = {
    "given": Filter(own_fields=(("x-pmi", "Giving back"),)),
    "practitioner": Filter(own_fields=(("x-pmi", "practitioner"),)),
    "giving back": Filter(any_of=("given", "practitioner")),
    "education": Filter(none_of=("giving back",)),
    "ethics": Filter(topics=("ethics",)),
    "ethics taught": Filter(topics=("Ethics",), none_of=("giving back",)),
    "ethics of any kind": Filter(topics=("ethics",), any_of=("giving back", "education")),
}


@pytest.mark.parametrize(
    ("one", "other", "crosses"),
    [
        ((), ("ethics",), False),
        (("given",), ("practitioner",), False),
        (("given",), ("giving back",), False),
        (("given", "practitioner"), ("giving back",), False),
        (("giving back",), ("education",), False),
        (("practitioner",), ("education",), False),
        (("ethics taught",), ("ethics",), False),
        (("ethics taught",), ("education",), False),
        (("ethics taught",), ("given",), False),
        (("ethics of any kind",), ("ethics",), False),
        (("ethics",), ("education",), True),
        (("ethics",), ("given",), True),
        (("given", "ethics"), ("practitioner", "ethics"), True),
        (Filter(topics=("a",)), Filter(topics=("b",)), True),
        (Filter(types=("event",)), Filter(types=("training", "academic-study")), False),
        (Filter(types=("event",)), Filter(types=("event", "training")), False),
        (Filter(types=("event", "training")), Filter(types=("training", "self-study")), True),
        (Filter(structured=True), Filter(structured=False, topics=("a",)), False),
        (Filter(structured=True), Filter(verifiable=True), True),
        (Filter(folders=("a",)), Filter(folders=("b", "ab")), False),
        (Filter(folders=("a/b",)), Filter(folders=("a",)), False),
        (Filter(competences=("E2",)), Filter(competences=("E",)), False),
        (Filter(longer_than=5), Filter(longer_than=3), False),
        (Filter(skills=("soft",)), Filter(), False),
    ],
)
def test_scopes(one: Of, other: Of, crosses: bool) -> None:
    overlap = Overlap(CATEGORIES)
    assert overlap.crosses(one, other) is overlap.crosses(other, one) is crosses


EVERY = [
    activity(
        "2026-03-14", minutes, type=kind, topics=topics, structured=structured, competences=competences, skills=skills,
        evidence=evidence, own=own,
    )
    for minutes, kind, topics, structured, competences, skills, evidence, own in product(
        (60, 240), (ActivityType.EVENT, ActivityType.TRAINING), ((), ("a",), ("b",), ("A", "b")), (True, None),
        ((), (Competence("E2"), Competence("A1"))), ((), (Skill.SOFT,)), ((), (Evidence("x.pdf"),)),
        ({}, {"x-k": "i"}, {"x-k": "II"}),
    )
]  # fmt: skip
"""An activity of each combination that the filters below distinguish."""
BELOW = {"c": ("a", "b"), "b": ("a",), "a": ()}
"""Which categories a category may be made of."""


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple)


def filters(below: tuple[str, ...]) -> st.SearchStrategy[Filter]:
    names = some(*below) if below else st.just(())
    return st.builds(
        Filter,
        types=some("event", "training"), topics=some("a", "B"), structured=st.sampled_from([None, None, True, False]),
        competences=some("E", "E2", "A"), skills=some("soft"), evidenced=st.sampled_from([None, None, True, False]),
        longer_than=st.sampled_from([None, None, 1, 3]), any_of=names, none_of=names,
        own_fields=st.sampled_from([(), (), (("x-k", "I"),), (("x-k", "ii"),), (("x-k", ""),)]),
    )  # fmt: skip


CATEGORY = st.fixed_dictionaries({name: filters(below) for name, below in BELOW.items()})
SCOPES = st.lists(st.sampled_from(list(BELOW)), unique=True).map(tuple) | filters(tuple(BELOW))


@given(CATEGORY, SCOPES, SCOPES)
def test_scopes_that_do_not_cross_are_nested_or_apart(categories: dict[str, Filter], one: Of, other: Of) -> None:
    assume(not Overlap(categories).crosses(one, other))
    matchers = Matchers(Rules(categories=categories))
    first, second = ({number for number, each in enumerate(EVERY) if matches(each)}
                     for matches in (matchers.of(one), matchers.of(other)))  # fmt: skip
    assert first <= second or second <= first or not first & second


def found_in(text: str) -> list[tuple[str, str]]:
    found = read_scheme(
        Source("schemes/x.yaml", f"id: x\ncategories:\n  a: {{topics: [a]}}\n  b: {{topics: [b]}}\n{text}")
    )[1]
    return [(each.code, each.location.removeprefix("schemes/x.yaml:")) for each in found]


@pytest.mark.parametrize(
    ("caps", "found"),
    [
        ("[{title: A, of: a, most: 1}, {title: B, of: b, most: 1}]", [("CPD708", "5:36")]),
        ("[{title: A, of: a, most: 1, per: entry}, {title: B, of: b, most: 1}]", []),
        ("[{title: A, of: a, most: 1}, {title: All, most: 3}, {title: A again, of: a, most: 2}]", []),
        ("[{title: A, of: a, most: 1, per: year}, {title: B, of: b, most: 1}]", [("CPD708", "5:47")]),
        ("[{title: A, of: a, most: 1, per: year}, {title: B, of: b, most: 1, per: year}]", [("CPD708", "5:47")]),
        ("[{title: A, of: a, most: 1, per: year}, {title: All, most: 3}]", []),
        ("[{title: All, most: 3}, {title: A, of: a, most: 1, per: year}]", []),
        ("[{title: A, of: a, most: 1, per: year}, {title: A again, of: a, most: 2}]", []),
        ("[{title: A, of: a, most: 3}, {title: All, most: 1, per: year}]", [("CPD708", "5:36")]),
        ("[{title: All, most: 1, per: year}, {title: A, of: a, most: 3}]", [("CPD708", "5:42")]),
        ("[{title: All, most: 1, per: year}, {title: A, of: a, most: 3, per: day}]", []),
        ("[{title: A, of: [a, c], most: 1}, {title: B, of: b, most: 1}]", [("CPD706", "5:7")]),
    ],
)
def test_caps_of_a_file_that_cross_are_an_error_at_the_later_one(caps: str, found: list[tuple[str, str]]) -> None:
    assert found_in(f"caps: {caps}\n") == found


@pytest.mark.parametrize(
    ("categories", "found"),
    [("a: {}, b: {}", []), ("a: {topics: [a]}, b: {skills: [soft]}", [("CPD708", "7:11")])],
)
def test_earlier_rules_are_judged_by_their_own_categories(categories: str, found: list[tuple[str, str]]) -> None:
    earlier = f"until: 2025-12-31, categories: {{{categories}}}, caps: [{{title: A, of: a, most: 1}},"
    assert found_in(f"earlier:\n  - {{{earlier}\n          {{title: B, of: b, most: 1}}]}}\n") == found


def test_many_categories_of_categories_take_no_time() -> None:
    """Without memory these would be two to the power of their number."""
    lines = [f"  {row}{number}: {{structured: true, any-of: [a{number - 1}, b{number - 1}]}}\n"
             for number in range(1, 12) for row in "ab"]  # fmt: skip
    categories = "categories:\n  a0: {topics: [a]}\n  b0: {topics: [b]}\n" + "".join(lines)
    caps = "caps: [{title: A, of: a11, most: 1}, {title: B, of: b11, most: 1}]\n"
    assert read_scheme(Source("schemes/x.yaml", f"id: x\n{categories}{caps}"))[1] == []
    deeper = categories + "  a12: {any-of: [a11]}\n  a13: {any-of: [a12]}\n"
    found = read_scheme(Source("schemes/x.yaml", f"id: x\n{deeper}"))[1]
    assert [each.code for each in found] == ["CPD706"]


@pytest.mark.parametrize("name", shipped_schemes())
def test_no_shipped_caps_cross(name: str) -> None:
    scheme = shipped_scheme(name)
    assert scheme
    for rules in scheme.rules:
        overlap = Overlap(rules.categories)
        assert not any(overlap.crosses(one.of, other.of) for one in rules.caps for other in rules.caps)
