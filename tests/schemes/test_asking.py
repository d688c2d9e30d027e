from datetime import date
from fractions import Fraction

import pytest

from cpdkit.dates.period import Period
from cpdkit.journal.records import SchemeMembership, SchemeStatus
from cpdkit.schemes.asking import Asking
from cpdkit.schemes.rules import Measure, Requirement, Rules, Status

TOTAL = Requirement("total", "hours", least=Fraction(36))
RULES = Rules(
    requirements=(TOTAL,), pro_rata=True,
    statuses={"active": Status(), "part-time": Status(amounts={"total": Fraction(18)}), "leave": Status(exempt=True)},
)  # fmt: skip
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
ON = date(2026, 12, 31)


def member(*statuses: tuple[str, str, str], start: str = "") -> SchemeMembership:
    made = tuple(SchemeStatus(name, date.fromisoformat(first), date.fromisoformat(last) if last else None)
                 for name, first, last in statuses)  # fmt: skip
    return SchemeMembership("x", date.fromisoformat(start) if start else None, made)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (None, 36),
        (member(("part-time", "2026-07-01", "")), 27),
        (member(("leave", "2026-04-01", "2026-06-30")), 27),
        (member(("leave", "2026-04-02", "2026-06-30")), 30),
        (member(start="2026-10-15"), 9),
        (member(("leave", "2020-01-01", "")), None),
        (member(("leave", "2020-01-01", ""), ("active", "2026-12-01", "")), 3),
    ],
)
def test_by_the_months_of_each_standing(said: SchemeMembership | None, asked: int | None) -> None:
    assert Asking(RULES, said).asked(TOTAL, YEAR, ON) == (None if asked is None else Fraction(asked), asked is None)


def test_without_it_the_standing_on_the_day_counts() -> None:
    whole = Rules(requirements=(TOTAL,), statuses=RULES.statuses)
    said = member(("part-time", "2026-07-01", ""))
    assert Asking(whole, said).asked(TOTAL, YEAR, date(2026, 6, 30)) == (36, False)
    assert Asking(whole, said).asked(TOTAL, YEAR, ON) == (18, False)
    entries = Requirement("n", "n", Measure.ENTRIES, least=Fraction(2))
    assert Asking(RULES, said).asked(entries, YEAR, ON) == (2, False)
    assert Asking(RULES, said).asked(Requirement("x", "x"), YEAR, ON) == (None, False)


def test_words_that_the_scheme_does_not_have() -> None:
    said = member(("odd", "2026-01-01", ""))
    assert Asking(RULES, said).unknown() == "odd"
    assert Asking(RULES, said).asked(TOTAL, YEAR, ON) == (36, False)
    assert Asking(RULES, None).status_on(ON) == "active"
