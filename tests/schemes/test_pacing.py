from dataclasses import replace
from datetime import date
from fractions import Fraction

from cpdkit.journal.period import Period
from cpdkit.schemes.pacing import FEWEST_DAYS, closed_by_plans, pace
from cpdkit.schemes.rules import Measure, Requirement
from cpdkit.schemes.standing import Figure, State

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
