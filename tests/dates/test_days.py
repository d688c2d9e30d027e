import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cpdkit.dates.days import parse_day
from cpdkit.errors import UsageError

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("expected", "day"),
    [
        ("today", "2026-11-24"),
        ("Yesterday", "2026-11-23"),
        ("tomorrow", "2026-11-25"),
        ("2026-03-14", "2026-03-14"),
        ("monday", "2026-11-23"),
        ("tuesday", "2026-11-17"),
        ("last fri", "2026-11-20"),
        ("next friday", "2026-11-27"),
        ("14 March", "2026-03-14"),
        ("24 nov", "2026-11-24"),
        ("25th November", "2025-11-25"),
        ("29 feb", "2024-02-29"),
        ("1 January 2020", "2020-01-01"),
        ("3 days ago", "2026-11-21"),
        ("in 2 weeks", "2026-12-08"),
        ("two weeks ago", "2026-11-10"),
        ("a fortnight ago", "2026-11-10"),
        ("a month ago", "2026-10-24"),
        ("the day before yesterday", "2026-11-22"),
        ("March 14, 2026", "2026-03-14"),
        ("Sat 14th of March 2026", "2026-03-14"),
        ("14/3/2026", "2026-03-14"),
        ("24-10-2024", "2024-10-24"),
        ("14.3.26", "2026-03-14"),
        ("12/31/2025", "2025-12-31"),
        ("5/5/2026", "2026-05-05"),
        ("2026/3/14", "2026-03-14"),
        ("20260314", "2026-03-14"),
        ("31/12", "2025-12-31"),
        ("29/2", "2024-02-29"),
    ],
)
def test_a_day_as_people_say_it(expected: str, day: str) -> None:
    assert parse_day(expected, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("expected", "day"), [("friday", "2026-11-27"), ("14 March", "2027-03-14"), ("tue", "2026-12-01")]
)
def test_what_is_planned_lies_ahead(expected: str, day: str) -> None:
    assert parse_day(expected, TODAY, ahead=True) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["3/4/2026", "03.04.26", "3/4", "11-12-2025"])
def test_a_date_with_two_meanings_is_refused_unless_the_day_comes_first(text: str) -> None:
    with pytest.raises(UsageError, match="two meanings"):
        parse_day(text, TODAY)
    day = parse_day(text, TODAY, day_first=True)
    assert [day.day, day.month] == [int(part) for part in re.split("[-./]", text)[:2]]


@pytest.mark.parametrize("text", ["31/2/2026", "13/13/2026", "0/1/2026", "30/2", "monday 14 march 2026", "1/1/1800"])
def test_numbers_that_are_no_date(text: str) -> None:
    for day_first in (False, True):
        with pytest.raises(UsageError):
            parse_day(text, TODAY, day_first=day_first)


@pytest.mark.parametrize("expected", ["2026-02-30", "2026", "last month", "someday", "31 feb 2026", "t", ""])
def test_what_is_no_day(expected: str) -> None:
    with pytest.raises(UsageError):
        parse_day(expected, TODAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.booleans())
def test_a_day_in_full_is_itself(day: date, ahead: bool) -> None:
    assert parse_day(f"{day.day} {day:%B} {day.year}", TODAY, ahead=ahead) == day == parse_day(str(day), TODAY)


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WORDS = st.one_of(
    st.dates().map(str),
    st.builds("{} {} ago".format, st.integers(0, 9999), st.sampled_from(["days", "weeks"])),
    st.builds("in {} {}".format, st.integers(0, 9999), st.sampled_from(["days", "weeks"])),
    st.builds("{} {}".format, st.integers(1, 31), st.sampled_from(["Feb", "March", "March 0001", "December 9999"])),
    st.sampled_from(["tomorrow", "yesterday", "last fri", "next friday", "last month", "29 feb", "0000-01-01"]),
)


@given(WORDS, DAYS, st.booleans())
@example("9999-12-31", date(2026, 3, 14), False)
@example("0001-01-01", date(2026, 3, 14), True)
@example("tomorrow", date(2100, 12, 31), False)
@example("yesterday", date(1900, 1, 1), False)
def test_a_day_is_in_the_calendar_or_refused(text: str, today: date, ahead: bool) -> None:
    try:
        day = parse_day(text, today, ahead=ahead)
    except UsageError as refusal:
        assert refusal.exit_code == 2
    else:
        assert 1900 <= day.year <= 2100
