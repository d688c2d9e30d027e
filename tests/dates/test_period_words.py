"""Everything that people write for a period, with the day fixed: Monday, 23 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period_words import Now, months_later, read_from_to, read_period
from cpdkit.errors import UsageError

TODAY = date(2026, 11, 23)
APRIL = (4, 1)
NOW = Now(TODAY, APRIL)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# What is written, the first day, the last day; an empty one is open.
READ = """
2026 | 2026-01-01 | 2026-12-31
1900 | 1900-01-01 | 1900-12-31
2100 | 2100-01-01 | 2100-12-31
  2026   | 2026-01-01 | 2026-12-31
2026-03 | 2026-03-01 | 2026-03-31
2024-02 | 2024-02-01 | 2024-02-29
2026-12 | 2026-12-01 | 2026-12-31
2011-12 | 2011-12-01 | 2011-12-31
2026-Q1 | 2026-01-01 | 2026-03-31
2026-q4 | 2026-10-01 | 2026-12-31
Q2 2026 | 2026-04-01 | 2026-06-30
2026-H1 | 2026-01-01 | 2026-06-30
2026-h2 | 2026-07-01 | 2026-12-31
H2 2025 | 2025-07-01 | 2025-12-31
2026-W12 | 2026-03-16 | 2026-03-22
2026-w1 | 2025-12-29 | 2026-01-04
2026-W53 | 2026-12-28 | 2027-01-03
2020-W53 | 2020-12-28 | 2021-01-03
W12 2026 | 2026-03-16 | 2026-03-22
2026-03-14 | 2026-03-14 | 2026-03-14
2024-02-29 | 2024-02-29 | 2024-02-29
2026–03–14 | 2026-03-14 | 2026-03-14
2026–03 | 2026-03-01 | 2026-03-31
14 March 2026 | 2026-03-14 | 2026-03-14
14 mar 2026 | 2026-03-14 | 2026-03-14
March 2026 | 2026-03-01 | 2026-03-31
SEPT 2026 | 2026-09-01 | 2026-09-30
2025-04-01..2026-03-31 | 2025-04-01 | 2026-03-31
2025-04-01 .. 2026-03-31 | 2025-04-01 | 2026-03-31
2025-04-01...2026-03-31 | 2025-04-01 | 2026-03-31
2025-04-01…2026-03-31 | 2025-04-01 | 2026-03-31
2025-04-01--2026-03-31 | 2025-04-01 | 2026-03-31
2025-04-01–2026-03-31 | 2025-04-01 | 2026-03-31
2025-04-01 — 2026-03-31 | 2025-04-01 | 2026-03-31
2025-04-01 - 2026-03-31 | 2025-04-01 | 2026-03-31
2025-04-01 to 2026-03-31 | 2025-04-01 | 2026-03-31
2025-04..2026-03 | 2025-04-01 | 2026-03-31
2025..2026 | 2025-01-01 | 2026-12-31
2025–2026 | 2025-01-01 | 2026-12-31
2025 to 2026 | 2025-01-01 | 2026-12-31
2025-Q4..2026-Q1 | 2025-10-01 | 2026-03-31
2026-W01..2026-W02 | 2025-12-29 | 2026-01-11
2026-03-14..2026-03-14 | 2026-03-14 | 2026-03-14
2026..2026-03 | 2026-01-01 | 2026-03-31
2026-03..2026 | 2026-03-01 | 2026-12-31
2026..today | 2026-01-01 | 2026-11-23
last year .. last month | 2025-01-01 | 2026-10-31
cpd-year 2024..cpd-year 2025 | 2024-04-01 | 2026-03-31
1 January – 31 December 2026 | 2026-01-01 | 2026-12-31
2–6 March 2026 | 2026-03-02 | 2026-03-06
28 December 2025 – 9 January 2026 | 2025-12-28 | 2026-01-09
April 2025 – March 2026 | 2025-04-01 | 2026-03-31
April – June 2026 | 2026-04-01 | 2026-06-30
..2025 | | 2025-12-31
.. 2025-03 | | 2025-03-31
until 31 December 2025 | | 2025-12-31
until-2025-12-31 | | 2025-12-31
2024.. | 2024-01-01 |
2024 .. | 2024-01-01 |
from 1 January 2024 | 2024-01-01 |
from-2024-01-01 | 2024-01-01 |
since 2024 | 2024-01-01 |
all | |
ALL | |
all time | |
today | 2026-11-23 | 2026-11-23
yesterday | 2026-11-22 | 2026-11-22
this year | 2026-01-01 | 2026-12-31
This  Year | 2026-01-01 | 2026-12-31
last year | 2025-01-01 | 2025-12-31
next year | 2027-01-01 | 2027-12-31
this quarter | 2026-10-01 | 2026-12-31
last quarter | 2026-07-01 | 2026-09-30
next quarter | 2027-01-01 | 2027-03-31
this month | 2026-11-01 | 2026-11-30
last month | 2026-10-01 | 2026-10-31
next month | 2026-12-01 | 2026-12-31
this week | 2026-11-23 | 2026-11-29
last week | 2026-11-16 | 2026-11-22
last 12 months | 2025-11-24 | 2026-11-23
LAST 12 MONTHS | 2025-11-24 | 2026-11-23
the last 12 months | 2025-11-24 | 2026-11-23
past 12 months | 2025-11-24 | 2026-11-23
last 1 month | 2026-10-24 | 2026-11-23
last 2 quarters | 2026-05-24 | 2026-11-23
last 1 year | 2025-11-24 | 2026-11-23
last 3 years | 2023-11-24 | 2026-11-23
last 1 day | 2026-11-23 | 2026-11-23
last 30 days | 2026-10-25 | 2026-11-23
last 2 weeks | 2026-11-10 | 2026-11-23
cpd-year | 2026-04-01 | 2027-03-31
CPD year | 2026-04-01 | 2027-03-31
this cpd-year | 2026-04-01 | 2027-03-31
last cpd-year | 2025-04-01 | 2026-03-31
next cpd year | 2027-04-01 | 2028-03-31
cpd-year 2025 | 2025-04-01 | 2026-03-31
cpd-year-2025 | 2025-04-01 | 2026-03-31
CPD year 2025/26 | 2025-04-01 | 2026-03-31
cpd-year 2025–26 | 2025-04-01 | 2026-03-31
"""


@pytest.mark.parametrize("line", READ.strip("\n").splitlines())
def test_a_period_is_read(line: str) -> None:
    written, first, last = (part.strip() for part in line.split("|"))
    start, stop = read_period(written, NOW)
    assert start == day(first)
    assert stop == (date.fromordinal(end.toordinal() + 1) if (end := day(last)) else None)


@pytest.mark.parametrize(
    ("today", "written", "first"),
    [
        (date(2024, 2, 29), "last 12 months", date(2023, 3, 1)),
        (date(2024, 2, 28), "last 12 months", date(2023, 3, 1)),
        (date(2025, 2, 28), "last 12 months", date(2024, 3, 1)),
        (date(2024, 3, 1), "last 12 months", date(2023, 3, 2)),
        (date(2024, 12, 31), "last 12 months", date(2024, 1, 1)),
        (date(2026, 5, 30), "last 3 months", date(2026, 3, 1)),
        (date(2026, 3, 31), "last 1 month", date(2026, 3, 1)),
        (date(2026, 4, 30), "last 1 month", date(2026, 4, 1)),
        (date(2026, 1, 1), "last month", date(2025, 12, 1)),
        (date(2026, 1, 1), "last quarter", date(2025, 10, 1)),
        (date(2026, 1, 1), "last week", date(2025, 12, 22)),
        (date(2027, 1, 1), "this week", date(2026, 12, 28)),
        (date(2026, 3, 31), "cpd-year", date(2025, 4, 1)),
        (date(2026, 4, 1), "cpd-year", date(2026, 4, 1)),
    ],
)
def test_relative_periods_at_the_edges_of_the_calendar(today: date, written: str, first: date) -> None:
    assert read_period(written, Now(today, APRIL))[0] == first


@pytest.mark.parametrize(
    ("year_start", "first", "last"),
    [
        ((1, 1), date(2025, 1, 1), date(2025, 12, 31)),
        ((10, 1), date(2025, 10, 1), date(2026, 9, 30)),
        ((12, 31), date(2025, 12, 31), date(2026, 12, 30)),
        ((2, 29), date(2025, 3, 1), date(2026, 2, 28)),
    ],
)
def test_a_cpd_year_starts_on_the_members_day(year_start: tuple[int, int], first: date, last: date) -> None:
    start, stop = read_period("cpd-year 2025", Now(TODAY, year_start))
    assert stop is not None
    assert (start, date.fromordinal(stop.toordinal() - 1)) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "bounds"),
    [
        ("2026-03-14", "", (date(2026, 3, 14), None)),
        ("", "2026-03-14", (None, date(2026, 3, 15))),
        ("2025", "2026-03", (date(2025, 1, 1), date(2026, 4, 1))),
        ("last year", "today", (date(2025, 1, 1), date(2026, 11, 24))),
        (" ", "", (None, None)),
    ],
)
def test_from_and_to_take_periods(first: str, last: str, bounds: tuple[date | None, date | None]) -> None:
    assert read_from_to(first, last, NOW) == bounds


def test_from_behind_to_is_refused() -> None:
    with pytest.raises(UsageError, match="--from 2026-03-14 lies behind --to 2026-03-13"):
        read_from_to("2026-03-14", "2026-03-13", NOW)


@given(st.dates(date(1901, 1, 1), date(2100, 12, 31)))
def test_the_last_twelve_months_of_any_day_end_with_it_and_last_a_year(today: date) -> None:
    start, stop = read_period("last 12 months", Now(today))
    assert start is not None
    assert stop == date.fromordinal(today.toordinal() + 1)
    assert 365 <= (stop - start).days <= 366


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.integers(1, 12), st.integers(1, 31))
def test_the_cpd_year_of_any_day_holds_it(today: date, month: int, first: int) -> None:
    start, stop = read_period(
        "cpd-year", Now(today, (month, min(first, [31, 29, 31, 30][month - 1] if month < 5 else 30)))
    )
    assert start is not None and stop is not None
    assert start <= today < stop


@given(st.dates(date(1950, 1, 1), date(2050, 12, 31)), st.integers(-500, 500))
def test_months_later_is_the_same_day_or_the_first_of_the_next_month(day: date, months: int) -> None:
    later = months_later(day, months)
    whole = later.year * 12 + later.month - (day.year * 12 + day.month)
    assert (whole, later.day) == (months, day.day) or (whole == months + 1 and later.day == 1 and day.day > 28)


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9qhw]{1,3}([-/. ][0-9]{1,4})?(\.\.[0-9-]{0,10})?"))
def test_no_text_does_anything_but_name_a_period_or_get_a_sentence(text: str) -> None:
    try:
        start, stop = read_period(text, NOW)
    except UsageError as refusal:
        assert str(refusal)
        assert refusal.hint
    else:
        assert start is None or stop is None or start < stop
