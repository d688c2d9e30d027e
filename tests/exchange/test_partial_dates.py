"""Dates that name more than a day."""

import pytest

from cpdkit.exchange.partial_dates import span_of


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("May 2025", "2025-05-01 2025-05-31"),
        ("2025-06", "2025-06-01 2025-06-30"),
        ("06/2025", "2025-06-01 2025-06-30"),
        ("2025", "2025-01-01 2025-12-31"),
        ("Q2 2025", "2025-04-01 2025-06-30"),
        ("2025 Q3", "2025-07-01 2025-09-30"),
        ("2nd quarter of 2025", "2025-04-01 2025-06-30"),
        ("H1 2025", "2025-01-01 2025-06-30"),
        ("12-14 May 2025", "2025-05-12 2025-05-14"),
        ("12th and 13th May 2025", "2025-05-12 2025-05-13"),
        ("May 12–14, 2025", "2025-05-12 2025-05-14"),
        ("2025-05-12 to 14", "2025-05-12 2025-05-14"),
        ("2025-05-30 to 06-02", "2025-05-30 2025-06-02"),
        ("28 Feb - 2 March 2025", "2025-02-28 2025-03-02"),
        ("30 Dec – 2 Jan 2026", "2025-12-30 2026-01-02"),
        ("May-June 2025", "2025-05-01 2025-06-30"),
        ("Mar-25", "2025-03-01 2025-03-31"),
        ("45800", "2025-05-23 2025-05-23"),
        ("45800.75", "2025-05-23 2025-05-23"),
    ],
)
def test_the_best_span(text: str, span: str) -> None:
    days = span_of(text)
    assert days and f"{days[0]} {days[1]}" == span


@pytest.mark.parametrize(
    "text",
    ["today", "this year", "last month", "14 Foo 2026", "2024/25", "99", "12", "13/2025", "2025-05-14 to 12", "May 25",
     "1735689600", "monday", "spring", "", "until 2025", "31-32 May 2025"],
)  # fmt: skip
def test_what_is_no_partial_date(text: str) -> None:
    assert span_of(text) is None
