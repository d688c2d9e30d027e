"""Everything that people write for a period, and every way of naming none. The day is Monday, 23 November 2026."""

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
31/12/2025 | 2025-12-31 | 2025-12-31
12/31/2025 | 2025-12-31 | 2025-12-31
5/5/2026 | 2026-05-05 | 2026-05-05
2026/03/14 | 2026-03-14 | 2026-03-14
2026-3-4 | 2026-03-04 | 2026-03-04
20260314 | 2026-03-14 | 2026-03-14
03/2026 | 2026-03-01 | 2026-03-31
2026-3 | 2026-03-01 | 2026-03-31
31/1/2026..31/12/2026 | 2026-01-31 | 2026-12-31
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
    with pytest.raises(UsageError, match="--from 2026-03-14 is after --to 2026-03-13"):
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


# What is written | the message | the hint.
REFUSED = """
03/04/2026 | 03/04/2026 has two meanings: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
3.4.2026 | 3.4.2026 has two meanings: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
3-4-2026 | 3-4-2026 has two meanings: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
03/04/26 | 03/04/26 has two meanings: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
4/5 | 4/5 has two meanings: 4 May 2026 or 5 April 2026 | write 2026-05-04 or 2026-04-05
31.12 | cannot read "31.12" as a date | write 2026-12-31 for 31 December 2026
2011/12 | 2011/12 has two meanings: December 2011, or the years 2011 and 2012 | write 2011-12 or 2011..2012
31/13/2025 | 31/13/2025 is not a date: no number is a month | write a date such as 2026-03-14
03/04/2026..2026 | 03/04/2026 has two meanings: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
2011–12 | 2011–12 has two meanings: December 2011, or the years 2011 and 2012 | write 2011-12 or 2011..2012
2026-13 | 2026-13 is not a month: there is no month 13 |
2026-00 | 2026-00 is not a month: there is no month 0 |
2025-26 | 2025-26 is not a month: there is no month 26 | write 2025..2026 for both years, or cpd-year 2025
2025/26 | cannot read "2025/26" as two years | write 2025..2026 for both years, or cpd-year 2025
2025..26 | 2025..26 is not a range: 26 is not a year | write 2025..2026 for both years, or cpd-year 2025
2025-2026 | cannot read "2025-2026" as a range | write 2025..2026
2026-02-30 | 2026-02-30 is not a date: February 2026 has 28 days | check the day and the month
2026-04-31 | 2026-04-31 is not a date: April 2026 has 30 days | check the day and the month
2026-03-00 | 2026-03-00 is not a date: a month starts on day 1 | check the day and the month
30 February 2026 | 30 february 2026 is not a date: February 2026 has 28 days | check the day and the month
2026-14-03 | 2026-14-03 is not a date: there is no month 14 | did you mean 2026-03-14?
2026-14-15 | 2026-14-15 is not a date: there is no month 14 |
20261399 | 20261399 is not a date |
26 | 26 is not a year | write 2026 for the year
2025-W53 | 2025-W53 is not a week: 2025 has 52 weeks | write 2025-W01 to 2025-W52
2026-w00 | 2026-W00 is not a week: 2026 has 53 weeks | write 2026-W01 to 2026-W53
2026-Q5 | 2026-Q5 is not a quarter: a year has 4 quarters | write 2026-Q1 to 2026-Q4
2026-H0 | 2026-H0 is not a half: a year has 2 halves | write 2026-H1 to 2026-H2
1899 | the year 1899 is not between 1900 and 2100 | check the year
2101-03-14 | the year 2101 is not between 1900 and 2100 | check the year
0000 | the year 0000 is not between 1900 and 2100 | check the year
last 500 years | last 500 years goes beyond the years 1900 to 2100 |
last 999999999 days | last 999999999 days goes beyond the years 1900 to 2100 |
last 0 days | "last 0 days" has no days | write last 1 day, or a larger number
2026..2025 | 2026..2025 ends before it starts: 1 January 2026 to 31 December 2025 | write 2025..2026
2026-05..2026-03 | 2026-05..2026-03 ends before it starts: 1 May 2026 to 31 March 2026 |
.. | a range needs a start or an end | write 2024.., ..2025, 2024..2025 or all
| the period is empty |
2024..2025..2026 | "2024..2025..2026" is not a period |
cpd-year 2025/27 | "cpd-year 2025/27" is not a CPD year | write cpd-year, last cpd-year or cpd-year 2025
last cpd-year 2025 | "last cpd-year 2025" is not a CPD year | write cpd-year, last cpd-year or cpd-year 2025
lst year | "lst year" is not a period | did you mean "last year"?
last twelve months | "last twelve months" is not a period | did you mean "last 12 months"?
yesterdy | "yesterdy" is not a period | did you mean "yesterday"?
12 months | "12 months" is not a period |
year | "year" is not a period |
soon | "soon" is not a period |
14 Smarch 2026 | "14 smarch 2026" is not a period |
2026-03-14T10:00 | "2026-03-14t10:00" is not a period |
٢٠٢٦ | "٢٠٢٦" is not a period |
"""


@pytest.mark.parametrize("line", REFUSED.strip("\n").splitlines())
def test_anything_else_is_refused_with_its_own_sentence(line: str) -> None:
    written, sentence, way_out = (part.strip() for part in line.split("|"))
    with pytest.raises(UsageError) as refusal:
        read_period(written, NOW)
    assert str(refusal.value) == sentence
    assert refusal.value.hint == (way_out or refusal.value.hint)
    assert refusal.value.hint
    assert refusal.value.exit_code == 2
