"""Dates in words."""

from datetime import date

import pytest

from cpdkit.dates.day_words import MONTHS, Months, day_text, days_text

SHORT = Months(tuple(name[:3] for name in MONTHS))
WELSH = Months(("Ionawr", *MONTHS[1:]))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 3, 14), date(2026, 3, 14), "14 March 2026"),
        (date(2026, 3, 2), date(2026, 3, 6), "2–6 March 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "1 January – 31 December 2026"),
        (date(2025, 12, 28), date(2026, 1, 9), "28 December 2025 – 9 January 2026"),
        (date(2025, 3, 14), date(2026, 3, 14), "14 March 2025 – 14 March 2026"),
    ],
)
def test_days_are_said_as_short_as_they_can_be(first: date, last: date, expected: str) -> None:
    assert days_text(first, last) == expected


def test_a_year_that_all_know_goes_unsaid() -> None:
    assert days_text(date(2026, 3, 2), date(2026, 3, 6), SHORT, without_year=2026) == "2–6 Mar"
    assert days_text(date(2026, 3, 2), date(2026, 4, 6), SHORT, without_year=2026) == "2 Mar – 6 Apr"
    assert days_text(date(2026, 3, 2), date(2026, 3, 2), SHORT, without_year=2026) == "2 Mar"
    assert days_text(date(2025, 12, 28), date(2026, 1, 9), SHORT, without_year=2026) == "28 Dec 2025 – 9 Jan 2026"


def test_another_language_has_its_own_months() -> None:
    assert day_text(date(2026, 1, 14), WELSH) == "14 Ionawr 2026"
