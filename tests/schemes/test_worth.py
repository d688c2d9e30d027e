from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cpdkit.dates.period import Period
from cpdkit.journal.records import Activity, Session
from cpdkit.journal.values import Status
from cpdkit.schemes.filters import Matchers, any_activity
from cpdkit.schemes.rules import Cap, Filter, Per, Rounding, Rules, Way, Worth
from cpdkit.schemes.worth import Scale, days_of, rounded
from tests.schemes.records import activity

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def scale(rules: Rules) -> Scale:
    return Scale(rules, Matchers(rules))


@pytest.mark.parametrize(
    ("way", "least", "amount", "expected"),
    [("down", 0, "1.4", "1"), ("nearest", 0, "1.25", "1.5"), ("up", 0, "1.01", "1.5"), ("down", "0.5", "0.49", "0"),
     ("down", 0, "0", "0")],
)  # fmt: skip
def test_rounding(way: str, least: str, amount: str, expected: str) -> None:
    assert rounded(Fraction(amount), Rounding(Fraction(1, 2), Way(way), Fraction(least))) == Fraction(expected)


def test_a_cap_a_day_takes_from_the_later_activity() -> None:
    rules = Rules(caps=(Cap("a day", Fraction(8), per=Per.DAY),))
    one, other = activity("2026-03-14", 300, 1), activity("2026-03-14", 300, 2)
    long = activity("2026-03-14", 1200, 3, end=date(2026, 3, 15))
    entries = scale(rules).entries([one, other, long], YEAR, any_activity)
    assert [each.counted for each in entries] == [5, 3, 8]
    assert [each.lost[0].amount for each in entries if each.lost] == [2, 12]


def test_sessions_and_days_cut_by_the_window() -> None:
    split = activity(
        "2025-12-31",
        180,
        sessions=(Session(date(2025, 12, 31), 60), Session(date(2026, 1, 1), 120)),
        end=date(2026, 1, 1),
    )
    (entry,) = scale(Rules()).entries([split], YEAR, any_activity)
    assert (entry.minutes, entry.counted) == (120, 2)
    assert days_of(split, YEAR) == [(date(2026, 1, 1), 120)]
    spread = activity("2025-12-31", 181, end=date(2026, 1, 1))
    assert days_of(spread, YEAR) == [(date(2026, 1, 1), 90)]


def test_what_counts_by_the_piece_counts_on_its_last_day() -> None:
    rules = Rules(worth=(Worth(per_entry=Fraction(5)),))
    over = activity("2026-12-31", 60, end=date(2027, 1, 1))
    assert scale(rules).entries([over], YEAR, any_activity)[0].counted == 0
    assert scale(rules).entries([over], Period(date(2027, 1, 1), None), any_activity)[0].counted == 5


def test_claimed_planned_and_rates() -> None:
    rules = Rules(worth=(Worth(("paper",), claimed="PDU"), Worth(per_hour=Fraction(1, 2))),
                  categories={"paper": Filter(topics=("paper",))})  # fmt: skip
    paper = activity("2026-03-14", 60, topics=("paper",), units={"PDU": "2.5"})
    planned = activity("2026-04-14", 60, status=Status.PLANNED)
    made = scale(rules)
    assert [each.counted for each in made.entries([paper, planned], YEAR, any_activity)] == [Fraction(5, 2)]
    assert [each.counted for each in made.entries([paper, planned], YEAR, any_activity, planned=True)] == [
        Fraction(1, 2)
    ]
    assert made.rate(planned).per_hour == Fraction(1, 2)


def test_what_a_cap_leaves_out_is_the_latest() -> None:
    rules = Rules(
        caps=(Cap("both", Fraction(4), of=("a", "b")), Cap("of b", Fraction(1), of=("b",))),
        categories={name: Filter(own_fields=(("x-kind", name),)) for name in ("a", "b")},
    )
    done = [activity("2026-03-14", 120, number, own={"x-kind": kind}) for number, kind in enumerate("baac")]
    entries = scale(rules).entries(done, YEAR, any_activity)
    assert [each.counted for each in entries] == [1, 2, 1, 2]
    assert [[(lost.rule, lost.amount) for lost in each.lost] for each in entries] == [
        [("both and of b", 1)],
        [],
        [("both", 1)],
        [],
    ]


TWO_YEARS = Period(date(2025, 1, 1), date(2027, 1, 1))
A_YEAR = Cap("a year", Fraction(4), per=Per.YEAR)


def counted(caps: tuple[Cap, ...], done: list[Activity], window: Period = TWO_YEARS, **rules: Any) -> list[Fraction]:
    return [each.counted for each in scale(Rules(caps=caps, **rules)).entries(done, window, any_activity)]


def test_a_cap_a_year_is_full_again_in_the_next_year() -> None:
    done = [activity(day, 180, number) for number, day in enumerate(("2025-03-01", "2025-12-31", "2026-01-01"))]
    assert counted((A_YEAR,), done) == [3, 1, 3]
    assert counted((A_YEAR,), done, YEAR) == [3]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(0, 0, 8), (180, 0, 5), (0, 180, 8), (240, 0, 4), (300, 300, 4)],
)
def test_an_activity_across_new_year_counts_in_both_years(before: int, after: int, expected: int) -> None:
    """Five hours lie in each year, of which four count; what was earlier has used its own year."""
    done = [activity("2025-06-01", before, 1), activity("2025-12-31", 600, 2, end=date(2026, 1, 1))]
    done.append(activity("2026-06-01", after, 3))
    assert counted((A_YEAR,), done)[1] == expected


def test_an_activity_across_new_year_loses_what_either_year_has_too_much() -> None:
    long = activity("2025-12-31", 600, end=date(2026, 1, 1))
    (entry,) = scale(Rules(caps=(A_YEAR,))).entries([long], TWO_YEARS, any_activity)
    assert [(lost.rule, lost.amount) for lost in entry.lost] == [("a year", 2)]
    assert counted((A_YEAR,), [long], YEAR) == [4]


def test_sessions_and_what_counts_at_once_fill_the_year_of_their_day() -> None:
    sessions = (Session(date(2025, 12, 31), 60), Session(date(2026, 1, 1), 540))
    course = activity("2025-12-31", 600, sessions=sessions, end=date(2026, 1, 1))
    assert counted((A_YEAR,), [course]) == [5]
    piece = (Worth(per_entry=Fraction(3)),)
    done = [activity("2025-12-31", 60, 1, end=date(2026, 1, 1)), activity("2026-03-01", 60, 2)]
    assert counted((A_YEAR,), done, worth=piece) == [3, 1]


def test_a_cap_a_year_inside_one_on_the_window() -> None:
    both = (A_YEAR, Cap("in all", Fraction(6)))
    done = [activity(f"{year}-03-01", 300, number) for number, year in enumerate((2025, 2026))]
    assert counted(both, done) == [4, 2]
    assert counted(both, [*done, activity("2026-04-01", 60, 3)]) == [4, 2, 0]


def test_the_years_of_a_cap_begin_with_the_window() -> None:
    window = Period(date(2025, 7, 1), date(2027, 7, 1))
    done = [activity(day, 240, number) for number, day in enumerate(("2025-07-01", "2026-06-30", "2026-07-01"))]
    assert counted((A_YEAR,), done, window) == [4, 0, 4]
