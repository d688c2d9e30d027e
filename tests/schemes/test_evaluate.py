"""The evaluation as a whole: properties, and a second evaluator that knows no shortcuts."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.journal.load import load
from cpdkit.journal.member import SchemeMembership
from cpdkit.journal.records import Activity
from cpdkit.journal.values import ActivityType, Status
from cpdkit.schemes.evaluate import Records, evaluate, standings_in
from cpdkit.schemes.rules import Cap, CarryOver, Filter, Of, Per, PeriodRule, Requirement, Rules, Scheme, Worth
from cpdkit.schemes.scheme_file import shipped_scheme, shipped_schemes
from cpdkit.schemes.vocabulary import vocabulary_in
from tests.journal.folders import FIELDS, journal_of, record
from tests.schemes.records import activity

ON = date(2026, 12, 31)
KINDS = ("a", "b", "c")
CATEGORIES = {name: Filter(own_fields=(("x-kind", name),)) for name in KINDS}
NESTED = [("a",), ("b",), ("a", "b"), ("c",), ()]
"""Scopes that are nested or do not overlap, as the scopes of caps must be."""


@st.composite
def journals(draw: st.DrawFn) -> list[Activity]:
    count = draw(st.integers(0, 6))
    found = []
    for number in range(count):
        start = date(2024, 1, 1) + timedelta(draw(st.integers(0, 1095)))
        found.append(
            activity(
                start.isoformat(),
                draw(st.sampled_from([0, 20, 60, 90, 600, 3000])),
                number,
                type=draw(st.sampled_from([ActivityType.EVENT, ActivityType.TRAINING])),
                status=draw(st.sampled_from([Status.DONE, Status.DONE, Status.DRAFT])),
                structured=draw(st.booleans()),
                verifiable=draw(st.booleans()),
                own={
                    "x-kind": draw(st.sampled_from(["", *KINDS])),
                    "x-pmi": draw(st.sampled_from(["", "giving back", "practitioner"])),
                    "x-ea": draw(st.sampled_from(["", "III", "IV", "V"])),
                },
            )
        )
    return found


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    scopes = st.sampled_from(NESTED)
    limits, pers = st.integers(0, 40).map(Fraction), st.sampled_from([Per.WINDOW, Per.WINDOW, Per.ENTRY])
    caps = tuple(
        Cap(f"cap {number}", draw(limits), of=draw(scopes), per=draw(pers)) for number in range(draw(st.integers(0, 4)))
    )
    carry = draw(st.none() | st.builds(CarryOver, most=st.integers(0, 30).map(Fraction), periods=st.integers(1, 2)))
    worth = draw(st.sampled_from([(), (Worth(("a",), Fraction(1, 2)),), (Worth(("b",), per_entry=Fraction(5)),)]))
    total = Requirement("total", "total", least=Fraction(draw(st.integers(0, 40))))
    part = Requirement("part", "part", of=("a",), least=Fraction(5))
    rules = Rules(requirements=(total, part), caps=caps, worth=worth, carry_over=carry, categories=CATEGORIES,
                  period=PeriodRule(1, draw(st.sampled_from([(1, 1), (7, 1)]))))  # fmt: skip
    return Scheme("x", rules=(rules,))


def recorded(scheme: Scheme, activities: list[Activity]) -> dict[str, Fraction]:
    standing = evaluate(scheme, None, Records(activities), ON)
    assert standing
    return {each.requirement.id: each.recorded for each in standing.figures}


def naive(scheme: Scheme, activities: list[Activity]) -> dict[str, Fraction]:
    """Year by year from the first, whole days alone, every way to share out what caps allow."""
    rules = scheme.rules[0]
    month, day = rules.period.starts  # type: ignore[misc]
    years = [date(year, month, day) for year in range(2023, 2028)]
    left: list[tuple[Fraction, int]] = []
    answer: dict[str, Fraction] = {}
    for start, stop in pairwise(years):
        inside = sorted(
            (one for one in activities if start <= one.start < stop and one.status is Status.DONE),
            key=lambda one: one.id,
        )
        total, part = naive_sum(rules, inside), naive_sum(rules, [one for one in inside if one.own["x-kind"] == "a"])
        answer = {"total": total + sum((amount for amount, _ in left), Fraction(0)), "part": part}
        if start <= ON < stop:
            return answer
        need = rules.requirements[0].least or Fraction(0)
        rest = []
        for amount, periods in left:
            used = min(amount, need)
            need -= used
            if periods > 1:
                rest.append((amount - used, periods - 1))
        if rules.carry_over:
            rest.append((min(rules.carry_over.most, max(total - need, Fraction(0))), rules.carry_over.periods))
        # Before the first record nothing is required, and nothing is carried over.
        left = rest if any(one.start < stop for one in activities) else []
    return answer


def naive_sum(rules: Rules, inside: list[Activity]) -> Fraction:
    amounts = []
    for one in inside:
        amount = Fraction(one.minutes, 60)
        for worth in rules.worth:
            if in_scope(worth.of, one):
                amount = worth.per_entry if worth.per_entry is not None else amount * (worth.per_hour or 0)
                break
        for cap in rules.caps:
            if cap.per is Per.ENTRY and in_scope(cap.of, one):
                amount = min(amount, cap.most)
        amounts.append(amount)
    whole = [cap for cap in rules.caps if cap.per is Per.WINDOW]
    # Activities under the same caps are alike; the kinds fill the available room in any order.
    lies_in = [frozenset(number for number, cap in enumerate(whole) if in_scope(cap.of, one)) for one in inside]
    kinds = sorted(set(lies_in), key=sorted)
    pairs = list(zip(amounts, lies_in, strict=True))
    have = [sum((amount for amount, other in pairs if other == kind), Fraction(0)) for kind in kinds]
    best = Fraction(0)
    for order in permutations(range(len(kinds))):
        room = [cap.most for cap in whole]
        taken = Fraction(0)
        for at in order:
            amount = min([have[at], *(room[n] for n in kinds[at])])
            taken += amount
            for n in kinds[at]:
                room[n] -= amount
        best = max(best, taken)
    return best


def in_scope(of: Of, one: Activity) -> bool:
    assert isinstance(of, tuple)
    return not of or one.own["x-kind"] in of


@pytest.mark.slow
@settings(max_examples=750, deadline=None)
@given(schemes(), journals())
def test_a_second_evaluator_agrees(scheme: Scheme, activities: list[Activity]) -> None:
    assert recorded(scheme, activities) == naive(scheme, activities)


@given(schemes(), journals(), st.randoms())
def test_the_order_of_records_makes_no_difference(scheme: Scheme, activities: list[Activity], random: object) -> None:
    shuffled = list(activities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert evaluate(scheme, None, Records(activities), ON) == evaluate(scheme, None, Records(shuffled), ON)


NAMES = st.sampled_from(shipped_schemes())


@given(NAMES, journals(), st.integers(1, 600))
def test_more_never_lowers_an_amount(name: str, activities: list[Activity], minutes: int) -> None:
    scheme = shipped_scheme(name)
    assert scheme
    more = [*activities, activity("2026-05-01", minutes, 99, type=ActivityType.EVENT)]
    for membership in (None, SchemeMembership(name, date(2020, 2, 29))):
        before = evaluate(scheme, membership, Records(activities), ON)
        after = evaluate(scheme, membership, Records(more), ON)
        assert before and after
        for one, other in zip(before.figures, after.figures, strict=True):
            if one.requirement.measure == "amount":
                assert other.recorded >= one.recorded


@given(journals(), st.integers(1, 59))
def test_one_activity_in_two_parts_is_the_same(activities: list[Activity], minutes: int) -> None:
    scheme = shipped_scheme("acca")
    assert scheme
    whole = activity("2026-05-01", 60, 98, verifiable=True)
    parts = [replace(whole, minutes=minutes), replace(whole, id="z", path="activities/z.md", minutes=60 - minutes)]
    assert recorded(scheme, [*activities, whole]) == recorded(scheme, [*activities, *parts])


@given(NAMES, journals())
def test_the_parts_add_up(name: str, activities: list[Activity]) -> None:
    scheme = shipped_scheme(name)
    assert scheme
    standing = evaluate(scheme, None, Records(activities), ON)
    assert standing
    for figure in standing.figures:
        if figure.requirement.measure == "amount" and not figure.parts:
            assert figure.recorded == figure.carried + sum(each.counted for each in figure.entries)
        for each in figure.entries:
            assert each.counted + sum(lost.amount for lost in each.lost) == each.worth


def test_a_scheme_without_rules_says_nothing() -> None:
    assert evaluate(Scheme("x"), None, Records([]), ON) is None


def test_on_an_earlier_day_what_began_later_had_not_happened() -> None:
    scheme = shipped_scheme("iet")
    assert scheme
    before, after = activity("2026-02-01", 120, 1), activity("2026-03-01", 600, 2)
    planned = replace(activity("2026-04-01", 60, 3), status=Status.PLANNED)
    for on, recorded in ((date(2026, 2, 28), 2), (date(2026, 3, 1), 12)):
        standing = evaluate(scheme, None, Records([after, planned, before]), on)
        figure = standing and standing.figure("total")
        assert figure
        assert (figure.recorded, figure.planned) == (recorded, 1)


def test_one_journal_two_anchors(tmp_path: Path) -> None:
    """A calendar year and years from the member's start date: each has its own edge, and an activity is in both."""
    own = "id: own\nperiod: {years: 3, starts: member}\nrequirements: [{id: total, title: hours, at-least: 35}]\n"
    day = FIELDS.replace("start: 2026-03-14", "start: {}").format
    files = {
        "cpd.yaml": "name: A\nschemes: [iet, {scheme: own, start: 2024-02-29}, gone]\n",
        "schemes/own.yaml": own,
        "activities/a.md": record(day("2025-12-31")),
        "activities/b.md": record(day("2026-01-01")),
        "activities/c.md": record(day("2024-02-28")),
        "activities/d.md": record(day("2024-02-28").replace("hours: 2", "end: 2024-02-29\nhours: 1 min")),
    }
    journal_of(tmp_path, files)
    journal = load(tmp_path)
    vocabulary = vocabulary_in(journal)
    iet, owns = standings_in(journal, vocabulary, date(2026, 6, 30))
    total = [standing.figure("total") for standing in (iet, owns)]
    assert [figure.recorded for figure in total if figure] == [2, 4]
    assert [len(figure.entries) for figure in total if figure] == [1, 3]
    assert (owns.period.start, owns.period.last) == (date(2024, 2, 29), date(2027, 2, 28))
    assert [each.scheme.id for each in standings_in(journal, vocabulary, date(2026, 6, 30), ("rics",))] == ["rics"]
    with pytest.raises(UsageError):
        standings_in(journal, vocabulary, date(2026, 6, 30), ("gone",))
