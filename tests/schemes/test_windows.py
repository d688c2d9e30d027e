from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period import Period
from cpdkit.schemes.rules import Anchor, Measure, PeriodRule, Requirement, Rules, Window
from cpdkit.schemes.windows import (
    due_in,
    first_run,
    months_in,
    period_of,
    record_by,
    rules_on,
    runs_in,
    whole_months,
    window_of,
    years_before,
    years_in,
)

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


def between(first: str, stop: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(stop))


@pytest.mark.parametrize(
    ("years", "first", "period", "window"),
    [
        (3, None, ("2026-01-01", "2027-01-01"), ("2024-01-01", "2027-01-01")),
        (1, None, ("2025-01-01", "2027-01-01"), ("2026-01-01", "2027-01-01")),
        (5, None, ("2023-03-01", "2024-02-29"), ("2019-03-01", "2024-02-29")),
        (3, "2025-07-15", ("2026-01-01", "2027-01-01"), ("2025-07-15", "2027-01-01")),
        (3, "2024-01-01", ("2026-01-01", "2027-01-01"), ("2024-01-01", "2027-01-01")),
        (3, "2010-01-01", ("2026-01-01", "2027-01-01"), ("2024-01-01", "2027-01-01")),
        (3, "2026-12-31", ("2026-01-01", "2027-01-01"), ("2026-12-31", "2027-01-01")),
        (3, "2027-01-01", ("2026-01-01", "2027-01-01"), ("2027-01-01", "2030-01-01")),
        (4, "2028-02-29", ("2026-01-01", "2027-01-01"), ("2028-02-29", "2032-02-29")),
        (1, "2028-02-29", ("2026-01-01", "2027-01-01"), ("2028-02-29", "2029-03-01")),
    ],
)  # fmt: skip
def test_a_window_has_nothing_before_its_first_day(
    years: int, first: str | None, period: tuple[str, str], window: tuple[str, str]
) -> None:
    rule = Window(years, date.fromisoformat(first) if first else None)
    assert window_of(rule, between(*period)) == between(*window)


@pytest.mark.parametrize(
    ("years", "first", "due"),
    [(3, "2026-01-01", "2028-12-31"), (1, "2024-02-29", "2025-02-28"), (4, "2024-02-29", "2028-02-28"),
     (1, "2025-03-01", "2026-02-28")],
)  # fmt: skip
def test_a_window_with_a_first_day_is_due_on_the_last_day_of_its_years(years: int, first: str, due: str) -> None:
    assert Window(years, date.fromisoformat(first)).first_due(None) == date.fromisoformat(due)
    assert Window(years).first_due(None) is None
    assert Window(years).first_due(date.fromisoformat(first)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("period", "years", "since", "runs"),
    [
        (("2026-01-01", "2027-01-01"), 2, None, [("2025-01-01", "2027-01-01")]),
        (("2026-01-01", "2027-01-01"), 2, "2025-01-01", [("2025-01-01", "2027-01-01")]),
        (("2026-01-01", "2027-01-01"), 2, "2025-01-02", []),
        (("2025-01-01", "2027-01-01"), 2, "2024-06-01", [("2025-01-01", "2027-01-01")]),
        (("2025-01-01", "2027-01-01"), 1, None, [("2025-01-01", "2026-01-01"), ("2026-01-01", "2027-01-01")]),
        (("2025-01-01", "2027-01-01"), 3, None, [("2023-01-01", "2026-01-01"), ("2024-01-01", "2027-01-01")]),
        (("2020-02-29", "2024-02-29"), 4, "2020-02-29", [("2020-02-29", "2024-02-29")]),
        (("2020-02-29", "2022-03-01"), 2, "2020-03-01", [("2020-03-01", "2022-03-01")]),
    ],
)  # fmt: skip
def test_runs_end_in_the_period_and_begin_after_the_member_joined(
    period: tuple[str, str], years: int, since: str | None, runs: list[tuple[str, str]]
) -> None:
    found = runs_in(between(*period), years, date.fromisoformat(since) if since else None)
    assert found == [between(*run) for run in runs]


@pytest.mark.parametrize(
    ("since", "run"),
    [
        ("2026-01-01", ("2026-01-01", "2028-01-01")),
        ("2026-01-02", ("2027-01-01", "2029-01-01")),
        ("2029-06-30", ("2030-01-01", "2032-01-01")),
    ],
)  # fmt: skip
def test_the_first_run_begins_with_the_first_whole_year_of_a_member(since: str, run: tuple[str, str]) -> None:
    assert first_run(between("2026-01-01", "2027-01-01"), 2, date.fromisoformat(since)) == between(*run)


@pytest.mark.parametrize(
    ("by", "record", "window", "due"),
    [
        (None, None, ("2026-01-01", "2027-01-01"), "2026-12-31"),
        (None, (1, 31), ("2026-01-01", "2027-01-01"), "2027-01-31"),
        (None, (1, 1), ("2026-01-01", "2027-01-01"), "2027-01-01"),
        (None, (12, 31), ("2026-01-01", "2027-01-01"), "2027-12-31"),
        ((1, 31), (2, 28), ("2026-01-01", "2027-01-01"), "2026-01-31"),
        ((1, 1), None, ("2026-01-01", "2027-01-01"), "2026-01-01"),
        ((6, 30), None, ("2026-07-01", "2027-07-01"), "2027-06-30"),
        ((7, 1), None, ("2026-07-01", "2027-07-01"), "2026-07-01"),
        ((2, 28), None, ("2024-02-29", "2025-03-01"), "2025-02-28"),
        (None, None, ("2023-03-01", "2024-02-29"), "2024-02-28"),
        (None, (2, 28), ("2023-03-01", "2024-02-29"), "2025-02-28"),
    ],
)  # fmt: skip
def test_the_day_of_a_declaration(
    by: tuple[int, int] | None, record: tuple[int, int] | None, window: tuple[str, str], due: str
) -> None:
    declaration = Requirement("d", "d", Measure.DECLARED, by=by)
    assert due_in(declaration, PeriodRule(record_by=record), between(*window)) == date.fromisoformat(due)


def test_the_day_for_recording_is_after_the_end_of_the_period() -> None:
    rule = PeriodRule(record_by=(2, 28))
    assert record_by(rule, between("2023-03-01", "2024-02-29")) == date(2025, 2, 28)
    assert record_by(rule, between("2022-02-28", "2023-02-28")) == date(2023, 2, 28)
    assert record_by(PeriodRule(), between("2026-01-01", "2027-01-01")) is None
    assert record_by(rule, Period(date(2026, 1, 1), None)) is None


@given(DAYS, st.integers(1, 10), st.integers(1, 5), DAYS)
def test_each_run_has_so_many_years_and_follows_the_one_before(day: date, years: int, length: int, since: date) -> None:
    period = period_of(PeriodRule(length), day)
    runs = runs_in(period, years, None)
    assert len(runs) == length
    for run in runs:
        assert run.start and run.stop
        assert run.stop.year - run.start.year == years
    late = runs_in(period, years, since)
    assert late == [run for run in runs if run.start and run.start >= since]
