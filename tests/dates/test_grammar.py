"""The parts that dates are written with."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.day_words import MONTHS
from cpdkit.dates.grammar import calendar_day, month_end, month_length, month_number, readings, weekday_number


@pytest.mark.parametrize(
    ("word", "number"),
    [("March", 3), ("mar", 3), ("SEPT", 9), ("june", 6), ("may", 5), ("ma", 0), ("m", 0), ("", 0), ("Smarch", 0)],
)
def test_a_month_is_known_by_three_letters_or_more(word: str, number: int) -> None:
    assert month_number(word) == number


@pytest.mark.parametrize(("word", "number"), [("Monday", 1), ("tues", 2), ("sun", 7), ("we", 0), ("funday", 0)])
def test_a_weekday_is_known_by_three_letters_or_more(word: str, number: int) -> None:
    assert weekday_number(word) == number


@given(st.integers(1, 9999), st.integers(1, 12))
def test_the_length_of_a_month_is_the_calendars(year: int, month: int) -> None:
    assert month_length(year, month) == monthrange(year, month)[1]


@pytest.mark.parametrize(
    ("year", "month", "text"),
    [(2024, 2, "February 2024 has 29 days"), (2026, 12, "December 2026 has 31 days")],
)
def test_month_end(year: int, month: int, text: str) -> None:
    assert month_end(year, month) == text
    assert MONTHS[month - 1] in text


def test_a_day_that_the_calendar_lacks_is_none() -> None:
    assert calendar_day(2026, 2, 28) == date(2026, 2, 28)
    assert calendar_day(2026, 2, 30) is calendar_day(2026, 13, 1) is calendar_day(0, 1, 1) is None


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        (3, 4, [date(2026, 4, 3), date(2026, 3, 4)]),
        (31, 12, [date(2026, 12, 31)]),
        (12, 31, [date(2026, 12, 31)]),
        (5, 5, [date(2026, 5, 5)]),
        (31, 13, []),
    ],
)
def test_two_numbers_are_read_day_first_and_month_first(first: int, second: int, days: list[date]) -> None:
    assert readings(2026, first, second) == days
