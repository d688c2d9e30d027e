"""What a requirement needs of a member, and each measure's figure."""

from datetime import date
from fractions import Fraction

import pytest

from cpdkit.dates.period import Period
from cpdkit.journal.member import SchemeMembership, SchemeStatus
from cpdkit.journal.records import Activity, Objective, Review
from cpdkit.schemes.requirements import Figures, Terms, state_of
from cpdkit.schemes.rules import Alternative, Filter, Measure, Requirement, Rules, Status, Window
from cpdkit.schemes.standing import State
from tests.schemes.records import activity

PERIOD = Period(date(2025, 1, 1), date(2027, 1, 1))
DONE = [
    activity("2025-03-14", 600, topics=("a",)),
    activity("2026-03-14", 300, topics=("b",), participatory=90, units={"points": "3"}),
    activity("2026-03-15", 60, topics=("a", "b"), evidence=(), objectives=("x",)),
]
RULES = Rules(categories={"a": Filter(topics=("a",)), "b": Filter(topics=("b",)), "c": Filter(topics=("c",))})


def figure_of(
    requirement: Requirement, activities: list[Activity] = DONE, rules: Rules = RULES
) -> tuple[Fraction, Fraction | None, str]:
    objectives = [Objective("x", "plan/x.md", "X", status="dropped"), Objective("y", "plan/y.md", "Y")]
    figures = Figures(rules, activities, objectives, [Review("2025", "reviews/2025.md", 2025)])
    figure = figures.figure(requirement, PERIOD, Terms(rules, None), date(2026, 12, 31))
    return figure.recorded, figure.target, figure.unit


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
        (Requirement("x", "x", Measure.REVIEW), (1, 1, "reviews")),
        (Requirement("x", "x", Measure.GAP, most=Fraction(3)), (11, 3, "months")),
        (Requirement("x", "x", window=Window(1), least=Fraction(1)), (6, 1, "h")),
        (Requirement("x", "x", least=Fraction(90), alternative=Alternative(Fraction(5), 1)), (6, 5, "h")),
        (Requirement("x", "x", least=Fraction(90), alternative=Alternative(Fraction(7), 1)), (16, 90, "h")),
    ],
)  # fmt: skip
def test_every_measure(requirement: Requirement, expected: tuple[int, int, str]) -> None:
    assert figure_of(requirement) == expected


def test_an_activity_without_an_objective_has_that_reason() -> None:
    rules = Requirement("x", "x", Measure.LINKED, every=True)
    figure = Figures(RULES, DONE, (), ()).figure(rules, PERIOD, Terms(RULES, None), date(2026, 12, 31))
    assert [[lost.rule for lost in entry.lost] for entry in figure.entries] == [["No objective"]] * 2 + [[]]


def test_states() -> None:
    total, gap = Requirement("a", "A"), Requirement("b", "B", Measure.GAP)
    assert state_of(total, Fraction(3), None) is State.COUNTED
    assert state_of(total, Fraction(3), Fraction(3)) is State.MET
    assert state_of(gap, Fraction(4), Fraction(3)) is State.SHORT


TOTAL = Requirement("total", "hours", least=Fraction(36))
STATUSES = {"active": Status(), "part-time": Status(amounts={"total": Fraction(18)}), "leave": Status(exempt=True)}
PRO_RATA = Rules(requirements=(TOTAL,), pro_rata=True, statuses=STATUSES)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
ON = date(2026, 12, 31)


def member(*statuses: tuple[str, str, str], start: str = "") -> SchemeMembership:
    rows = tuple(SchemeStatus(name, date.fromisoformat(first), date.fromisoformat(last) if last else None)
                 for name, first, last in statuses)  # fmt: skip
    return SchemeMembership("x", date.fromisoformat(start) if start else None, rows)


@pytest.mark.parametrize(
    ("membership", "target"),
    [
        (None, 36),
        (member(("part-time", "2026-07-01", "")), 27),
        (member(("leave", "2026-04-01", "2026-06-30")), 27),
        (member(("leave", "2026-04-02", "2026-06-30")), 30),
        (member(start="2026-10-15"), 9),
        (member(("leave", "2020-01-01", "")), None),
        (member(("leave", "2020-01-01", ""), ("active", "2026-12-01", "")), 3),
        (member(("leave", "2020-01-01", ""), ("active", "2020-01-01", "")), 36),
    ],
)
def test_pro_rata_by_the_months_of_each_status(membership: SchemeMembership | None, target: int | None) -> None:
    expected = None if target is None else Fraction(target)
    assert Terms(PRO_RATA, membership).target(TOTAL, YEAR, ON) == (expected, target is None)


def test_without_pro_rata_the_status_on_the_day_counts() -> None:
    whole = Rules(requirements=(TOTAL,), statuses=STATUSES)
    part_time = member(("part-time", "2026-07-01", ""))
    assert Terms(whole, part_time).target(TOTAL, YEAR, date(2026, 6, 30)) == (36, False)
    assert Terms(whole, part_time).target(TOTAL, YEAR, ON) == (18, False)
    entries = Requirement("n", "n", Measure.ENTRIES, least=Fraction(2))
    assert Terms(PRO_RATA, part_time).target(entries, YEAR, ON) == (2, False)
    assert Terms(PRO_RATA, part_time).target(Requirement("x", "x"), YEAR, ON) == (None, False)


def test_a_status_that_the_scheme_does_not_have() -> None:
    odd = Terms(PRO_RATA, member(("odd", "2026-01-01", "")))
    assert odd.unknown_status == "odd"
    assert odd.target(TOTAL, YEAR, ON) == (36, False)
    assert Terms(PRO_RATA, None).status_on(ON) == "active"
