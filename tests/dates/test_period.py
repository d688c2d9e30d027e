"""Periods: half-open arithmetic, wording, titles, and names in files."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period import Period, cpd_year, cpd_year_of, from_to, months_of, parse_period
from tests.journal.strategies import CALENDAR, periods

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "words", "short_title", "slug"),
    [
        ("2026", "1 January – 31 December 2026", "2026", "2026"),
        ("2026-03", "1–31 March 2026", "March 2026", "2026-03"),
        ("2026-Q1", "1 January – 31 March 2026", "Q1 2026", "2026-q1"),
        ("2026-H2", "1 July – 31 December 2026", "H2 2026", "2026-h2"),
        ("2026-W12", "16–22 March 2026", "16–22 March 2026", "2026-w12"),
        ("2026-W01", "29 December 2025 – 4 January 2026", "29 December 2025 – 4 January 2026", "2026-w01"),
        ("2026-03-14", "14 March 2026", "14 March 2026", "2026-03-14"),
        ("2025-04..2026-03", "1 April 2025 – 31 March 2026", "April 2025 – March 2026", "2025-04-01--2026-03-31"),
        ("2026-02..2026-04", "1 February – 30 April 2026", "February – April 2026", "2026-02-01--2026-04-30"),
        ("2026-02..2026-07", "1 February – 31 July 2026", "February – July 2026", "2026-02-01--2026-07-31"),
        ("2024..2025", "1 January 2024 – 31 December 2025", "2024–2025", "2024-01-01--2025-12-31"),
        ("last 12 months", "24 November 2025 – 23 November 2026", "24 November 2025 – 23 November 2026",
         "2025-11-24--2026-11-23"),
        ("..2025", "until 31 December 2025", "until 31 December 2025", "until-2025-12-31"),
        ("2024..", "from 1 January 2024", "from 1 January 2024", "from-2024-01-01"),
        ("all", "all time", "all time", "all"),
    ],
)  # fmt: skip
def test_a_period_is_said_titled_and_named(written: str, words: str, short_title: str, slug: str) -> None:
    period = parse_period(written, TODAY)
    assert (period.words, str(period), period.short_title, period.slug) == (words, words, short_title, slug)


def test_a_cpd_year_that_is_not_the_calendars_has_its_own_title() -> None:
    period = parse_period("cpd-year 2025", TODAY, (4, 1))
    assert period.short_title == "2025/26"
    assert period.slug == "2025-04-01--2026-03-31"
    assert period == parse_period("2025-04..2026-03", TODAY), "the name does not make it another period"
    assert parse_period("cpd-year 2025", TODAY).short_title == "2025"
    assert parse_period("cpd-year 2024..cpd-year 2025", TODAY, (4, 1)).label == ""
    assert cpd_year(2099, (10, 1)).short_title == "2099/00"


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2027, 3, 31), 2026)]
)
def test_every_day_lies_in_one_cpd_year(day: date, year: int) -> None:
    assert cpd_year_of(day, (4, 1)) == cpd_year(year, (4, 1))


def test_from_and_to_make_a_period() -> None:
    assert from_to("2025-04", "2026-03-31", TODAY) == parse_period("2025-04..2026-03", TODAY)
    assert from_to("2025", "", TODAY) == Period(date(2025, 1, 1))


def test_a_period_holds_at_least_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Period(date(2026, 1, 2), date(2026, 1, 2))


@given(periods())
def test_what_is_said_and_what_names_a_file_read_back_as_the_same_period(period: Period) -> None:
    assert parse_period(str(period), TODAY) == period
    assert parse_period(period.slug, TODAY) == period
    assert parse_period(period.short_title, TODAY) == period


@given(periods(), CALENDAR)
def test_a_period_contains_its_first_day_and_not_the_one_behind_its_last(period: Period, day: date) -> None:
    inside = (period.start or date.min) <= day <= (period.last or date.max)
    assert period.contains(day) == inside
    if period.start:
        assert period.contains(period.start)
        assert not period.contains(period.start - timedelta(1))
    if period.stop and period.last:
        assert period.contains(period.last)
        assert not period.contains(period.stop)


@given(periods(), CALENDAR, st.integers(0, 90))
def test_overlapping_is_holding_any_of_the_days(period: Period, first: date, days: int) -> None:
    run = [first + timedelta(n) for n in range(days + 1)]
    assert period.overlaps(run[0], run[-1]) == any(map(period.contains, run))


@given(periods(), periods(), CALENDAR)
def test_what_two_periods_share_holds_the_days_that_both_hold(one: Period, other: Period, day: date) -> None:
    shared = one.cut_to(other)
    assert (shared is not None and shared.contains(day)) == (one.contains(day) and other.contains(day))


@given(periods(), st.sampled_from([1, 3, 12]))
def test_months_follow_each_other_and_make_up_the_whole(period: Period, months: int) -> None:
    if period.days is None:
        with pytest.raises(ValueError, match="open period"):
            months_of(period, months)
        return
    parts = months_of(period, months)
    assert (parts[0].start, parts[-1].stop) == (period.start, period.stop)
    assert all(part.stop == following.start for part, following in pairwise(parts))
    assert sum(part.days or 0 for part in parts) == period.days
    assert all(part.start and part.start.day == 1 for part in parts[1:])
