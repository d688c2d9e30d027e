"""Figures of a standing: what is missing, the pace, and the remarks."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cpdkit.dates.period import Period
from cpdkit.schemes.rules import Measure, Requirement, Rules, Scheme, Weight
from cpdkit.schemes.standing import (
    SHORTEST_PACE,
    Figure,
    Part,
    Quantity,
    Remark,
    Standing,
    State,
    amount,
    pace,
    remarks,
    with_unit,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
HALF = Figure(Requirement("a", "A"), YEAR, Fraction(12), Fraction(30), State.SHORT, "h", carried=Fraction(2))
STANDING = Standing(Scheme("firm"), Rules(), YEAR, date(2026, 3, 14))


def test_what_is_missing() -> None:
    total, gap = Requirement("a", "A"), Requirement("b", "B", Measure.GAP)
    assert Figure(total, YEAR, Fraction(3), Fraction(5), State.SHORT).short_by == 2
    assert Figure(gap, YEAR, Fraction(5), Fraction(3), State.SHORT).short_by == 2
    assert Figure(total, YEAR, Fraction(7), Fraction(5), State.MET).short_by == 0
    assert Part("x", Fraction(1), Fraction(1)).met
    assert HALF.is_unmet
    assert not replace(HALF, state=State.MET).is_unmet
    assert not replace(HALF, requirement=Requirement("a", "A", weight=Weight.SHOULD)).is_unmet


def test_a_figure_by_its_name() -> None:
    standing = replace(STANDING, figures=(HALF,))
    assert (standing.figure("a"), standing.figure("b")) == (HALF, None)


@pytest.mark.parametrize(
    ("figure", "on", "expected"),
    [
        (HALF, date(2026, 3, 14), 2 + Fraction(10 * 365, 73)),
        (HALF, date(2026, 12, 31), None),
        (HALF, date(2026, 1, SHORTEST_PACE - 1), None),
        (replace(HALF, requirement=Requirement("a", "A", Measure.TYPES)), date(2026, 3, 14), None),
        (replace(HALF, target=None), date(2026, 3, 14), None),
        (replace(HALF, window=Period(date(2025, 1, 1), date(2027, 1, 1))), date(2026, 3, 14), None),
    ],
)
def test_at_this_pace(figure: Figure, on: date, expected: Fraction | None) -> None:
    assert pace(figure, replace(STANDING, on=on)) == expected


def test_what_is_planned_may_close_it() -> None:
    assert replace(HALF, planned=Fraction(18)).is_closed_by_plans
    assert not replace(HALF, planned=Fraction(17)).is_closed_by_plans
    assert not replace(HALF, planned=Fraction(18), state=State.MET).is_closed_by_plans


def test_remarks() -> None:
    assert list(remarks(HALF, STANDING)) == [
        (Remark.SHORT, {"amount": Quantity(Fraction(18), "h")}),
        (Remark.PACE, {"amount": Quantity(Fraction(52), "h"), "day": date(2026, 12, 31)}),
        (Remark.CARRIED, {"amount": Quantity(Fraction(2), "h")}),
    ]
    assert (Remark.CLOSES, {"amount": Quantity(Fraction(18), "h")}) in list(
        remarks(replace(HALF, planned=Fraction(18)), STANDING)
    )
    parts = (Part("ethics", Fraction(0), Fraction(1)), Part("safety", Fraction(1), Fraction(1)))
    assert next(remarks(replace(HALF, parts=parts), STANDING)) == (Remark.MISSING, {"parts": "ethics"})
    gap = replace(
        HALF, requirement=Requirement("a", "A", Measure.GAP), target=Fraction(11), unit="months", carried=Fraction(0)
    )
    assert list(remarks(gap, STANDING)) == [(Remark.TOO_LONG, {"amount": Quantity(Fraction(1), "months")})]
    assert list(remarks(replace(HALF, state=State.MET, carried=Fraction(0)), STANDING)) == []


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("1", "types", "1 type"), ("2", "types", "2 types"), ("1/3", "h", "0.33 h"), ("30", "", "30"), ("1.5", "", "1.5")],
)  # fmt: skip
def test_amounts_with_their_units(value: str, unit: str, text: str) -> None:
    assert with_unit(Fraction(value), unit) == str(Quantity(Fraction(value), unit)) == text
    assert amount(Fraction(value)) == text.partition(" ")[0]
