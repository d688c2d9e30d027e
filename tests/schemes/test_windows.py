from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period import Period
from cpdkit.schemes.rules import Anchor, PeriodRule, Rules
from cpdkit.schemes.windows import months_in, period_of, rules_on, whole_months, years_before, years_in

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("rule", "day", "since", "start", "stop"),
    [
        (PeriodRule(), "2026-12-31", None, "2026-01-01", "2027-01-01"),
        (PeriodRule(starts=(10, 1)), "2026-09-30", None, "2025-10-01", "2026-10-01"),
        (PeriodRule(2, (7, 1), 2024), "2026-06-30", None, "2024-07-01", "2026-07-01"),
        (PeriodRule(2, (7, 1), 2024), "2023-06-30", None, "2022-07-01", "2024-07-01"),
        (PeriodRule(3, Anchor.MEMBER), "2026-04-29", "2020-04-30", "2023-04-30", "2026-04-30"),
        (PeriodRule(1, Anchor.MEMBER), "2023-02-28", "2020-02-29", "2022-03-01", "2023-03-01"),
        (PeriodRule(1, Anchor.MEMBER), "2024-02-29", "2020-02-29", "2024-02-29", "2025-03-01"),
        (PeriodRule(3, Anchor.ROLLING), "2024-02-28", None, "2021-03-01", "2024-02-29"),
    ],
)
def test_the_period_that_holds_a_day(rule: PeriodRule, day: str, since: str | None, start: str, stop: str) -> None:
    found = period_of(rule, date.fromisoformat(day), date.fromisoformat(since) if since else None)
    assert (str(found.start), str(found.stop)) == (start, stop)


@given(DAYS, st.sampled_from([PeriodRule(), PeriodRule(3, (2, 28), 2001), PeriodRule(2, Anchor.MEMBER)]), DAYS)
def test_periods_follow_each_other(day: date, rule: PeriodRule, since: date) -> None:
    period = period_of(rule, day, since)
    assert period.contains(day)
    assert period.stop and period.start
    assert period_of(rule, period.stop, since).start == period.stop
    assert period_of(rule, period.start - timedelta(1), since).stop == period.start


def test_rules_in_force() -> None:
    new, old = Rules(unit="new", start=date(2026, 1, 1)), Rules(unit="old", stop=date(2026, 1, 1))
    assert rules_on((new, old), date(2026, 1, 1)) is new
    assert rules_on((new, old), date(2025, 12, 31)) is old
    assert rules_on((new,), date(2025, 12, 31)) is None


def test_years_and_months() -> None:
    period = Period(date(2024, 2, 29), date(2026, 3, 1))
    assert [(str(year.start), str(year.stop)) for year in years_in(period)] == [
        ("2024-02-29", "2025-03-01"), ("2025-03-01", "2026-03-01"),
    ]  # fmt: skip
    assert str(years_before(period, 3).start) == "2023-03-01"
    assert len(list(months_in(Period(date(2026, 1, 15), date(2027, 1, 15))))) == 12
    assert (whole_months(date(2026, 1, 31), date(2026, 4, 30)), whole_months(date(2026, 1, 1), date(2026, 4, 1))) == (
        2,
        3,
    )
