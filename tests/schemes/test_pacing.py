from dataclasses import replace
from datetime import date
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.schemes.pacing import FEWEST_DAYS, Said, closed_by_plans, pace, remarks
from cpdkit.schemes.rules import Measure, Requirement, Rules, Scheme
from cpdkit.schemes.standing import Figure, Part, Standing, State

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
HALF = Figure(Requirement("a", "A"), YEAR, Fraction(12), Fraction(30), State.SHORT, carried=Fraction(2))


def test_at_this_pace() -> None:
    assert pace(HALF, YEAR, date(2026, 3, 14)) == 2 + Fraction(10 * 365, 73)
    assert pace(HALF, YEAR, date(2026, 12, 31)) is None
    assert pace(HALF, YEAR, date(2026, 1, FEWEST_DAYS - 1)) is None
    assert pace(replace(HALF, requirement=Requirement("a", "A", Measure.TYPES)), YEAR, date(2026, 3, 14)) is None
    assert pace(replace(HALF, asked=None), YEAR, date(2026, 3, 14)) is None


def test_what_is_planned_may_close_it() -> None:
    assert closed_by_plans(replace(HALF, planned=Fraction(18)))
    assert not closed_by_plans(replace(HALF, planned=Fraction(17)))
    assert not closed_by_plans(replace(HALF, planned=Fraction(18), state=State.MET))


def test_what_there_is_to_say() -> None:
    standing = Standing(Scheme("firm"), Rules(), YEAR, date(2026, 3, 14))
    half = replace(HALF, unit="h")
    assert list(remarks(half, standing)) == [
        (Said.SHORT, {"amount": "18 h"}),
        (Said.PACE, {"amount": "52 h", "day": date(2026, 12, 31)}),
        (Said.CARRIED, {"amount": "2 h"}),
    ]
    assert (Said.CLOSES, {"amount": "18 h"}) in list(remarks(replace(half, planned=Fraction(18)), standing))
    parts = (Part("ethics", Fraction(0), Fraction(1)), Part("safety", Fraction(1), Fraction(1)))
    assert next(remarks(replace(half, parts=parts), standing)) == (Said.MISSING, {"parts": "ethics"})
    gap = replace(
        HALF, requirement=Requirement("a", "A", Measure.GAP), asked=Fraction(11), unit="months", carried=Fraction(0)
    )
    assert list(remarks(gap, standing)) == [(Said.TOO_LONG, {"amount": "1 month"})]
    assert list(remarks(replace(HALF, state=State.MET, carried=Fraction(0)), standing)) == []
