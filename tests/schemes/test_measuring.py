from datetime import date
from fractions import Fraction

import pytest

from cpdkit.dates.period import Period
from cpdkit.journal.records import Activity, Objective, Review
from cpdkit.schemes.asking import Asking
from cpdkit.schemes.measuring import Measuring, state_of
from cpdkit.schemes.rules import Filter, Measure, Requirement, Rules, Window
from cpdkit.schemes.standing import State
from tests.schemes.records import activity

PERIOD = Period(date(2025, 1, 1), date(2027, 1, 1))
DONE = [
    activity("2025-03-14", 600, topics=("a",)),
    activity("2026-03-14", 300, topics=("b",), participatory=90, units={"points": "3"}),
    activity("2026-03-15", 60, topics=("a", "b"), evidence=(), objectives=("x",)),
]
RULES = Rules(categories={"a": Filter(topics=("a",)), "b": Filter(topics=("b",)), "c": Filter(topics=("c",))})


def measured(
    requirement: Requirement, activities: list[Activity] = DONE, rules: Rules = RULES
) -> tuple[Fraction, Fraction | None, str]:
    objectives = [Objective("x", "plan/x.md", "X", status="dropped"), Objective("y", "plan/y.md", "Y")]
    made = Measuring(rules, activities, objectives, [Review("2025", "reviews/2025.md", 2025)])
    figure = made.figure(requirement, PERIOD, Asking(rules, None), date(2026, 12, 31))
    return figure.recorded, figure.asked, figure.unit


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        (Requirement("x", "x", least=Fraction(10)), (16, 10, "h")),
        (Requirement("x", "x", of=("a",), share=Fraction(1, 2)), (11, 8, "h")),
        (Requirement("x", "x", each_of=("a", "b", "c"), least=Fraction(6)), (2, 3, "")),
        (Requirement("x", "x", in_each_year=True, least=Fraction(8)), (6, 8, "h")),
        (Requirement("x", "x", Measure.ENTRIES, of=("b",), least=Fraction(3)), (2, 3, "activities")),
        (Requirement("x", "x", Measure.TYPES, least=Fraction(2)), (1, 2, "types")),
        (Requirement("x", "x", Measure.PARTICIPATORY, least=Fraction(2)), (Fraction(3, 2), 2, "h")),
        (Requirement("x", "x", Measure.CLAIMED, claimed="points", least=Fraction(2)), (3, 2, "points")),
        (Requirement("x", "x", Measure.LINKED, every=True), (1, 3, "activities")),
        (Requirement("x", "x", Measure.EVIDENCED, least=Fraction(1)), (0, 1, "activities")),
        (Requirement("x", "x", Measure.OBJECTIVES), (1, 1, "objectives")),
        (Requirement("x", "x", Measure.REVIEW), (1, 1, "")),
        (Requirement("x", "x", Measure.GAP, least=Fraction(3)), (11, 3, "months")),
        (Requirement("x", "x", window=Window(1), least=Fraction(1)), (6, 1, "h")),
        (Requirement("x", "x", least=Fraction(90), instead=(Fraction(5), Window(1))), (6, 5, "h")),
    ],
)  # fmt: skip
def test_every_measure(requirement: Requirement, expected: tuple[int, int, str]) -> None:
    assert measured(requirement) == expected


def test_states() -> None:
    total, gap = Requirement("a", "A"), Requirement("b", "B", Measure.GAP)
    assert state_of(total, Fraction(3), None) is State.TOLD
    assert state_of(total, Fraction(3), Fraction(3)) is State.MET
    assert state_of(gap, Fraction(4), Fraction(3)) is State.SHORT
