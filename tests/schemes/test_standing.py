from datetime import date
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.schemes.rules import Measure, Requirement, Rules, Scheme
from cpdkit.schemes.standing import Figure, Part, Standing, State

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def test_what_is_missing() -> None:
    total, gap = Requirement("a", "A"), Requirement("b", "B", Measure.GAP)
    assert Figure(total, YEAR, Fraction(3), Fraction(5), State.SHORT).short_by == 2
    assert Figure(gap, YEAR, Fraction(5), Fraction(3), State.SHORT).short_by == 2
    assert Figure(total, YEAR, Fraction(7), Fraction(5), State.MET).short_by == 0
    assert Part("x", Fraction(1), Fraction(1)).met


def test_a_figure_by_its_name() -> None:
    figure = Figure(Requirement("a", "A"), YEAR, Fraction(3), None, State.TOLD)
    standing = Standing(Scheme("x"), Rules(), YEAR, date(2026, 1, 1), figures=(figure,))
    assert (standing.figure("a"), standing.figure("b")) == (figure, None)
