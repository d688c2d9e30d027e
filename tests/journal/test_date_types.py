"""Dates as fields accept them, and the messages for other notations."""

from datetime import date

import pytest

from cpdkit.journal.date_types import HOW, Day
from tests.journal.reader import messages, value_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2024-02-29", date(2024, 2, 29)),
        (" 2026-03-14 ", date(2026, 3, 14)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
    ],
)
def test_a_day(text: str, day: date) -> None:
    assert value_of(Day(), f'"{text}"') == (day, [])


@pytest.mark.parametrize(
    ("text", "code", "note", "hint"),
    [
        ("2026-02-30", "CPD204", "February 2026 has 28 days", ""),
        ("2026-04-31", "CPD204", "April 2026 has 30 days", ""),
        ("2026-01-32", "CPD204", "January 2026 has 31 days", ""),
        ("2026-01-00", "CPD204", "a month starts on day 1", ""),
        ("2026-14-03", "CPD204", "there is no month 14", "did you mean 2026-03-14?"),
        ("2026-14-31", "CPD204", "there is no month 14", ""),
        ("0000-01-01", "CPD204", "there is no year 0", ""),
        ("30/02/2026", "CPD204", "February 2026 has 28 days", HOW),
        ("99/99/2026", "CPD204", "no number is a month", HOW),
        ("14/03/2026", "CPD205", "", "write 2026-03-14"),
        ("03/14/2026", "CPD205", "", "write 2026-03-14"),
        ("03/03/2026", "CPD205", "", "write 2026-03-03"),
        ("03/04/2026", "CPD205", "3 April or 4 March 2026?", "write 2026-04-03 or 2026-03-04"),
        ("3.4.26", "CPD205", "3 April or 4 March 2026?", "write 2026-04-03 or 2026-03-04"),
        ("2026-3-4", "CPD205", "", "write 2026-03-04"),
        ("2026/03/14", "CPD205", "", "write 2026-03-14"),
        ("20260314", "CPD205", "", "write 2026-03-14"),
        ("14 March 2026", "CPD205", "", "write 2026-03-14"),
        ("Sat, 14th Mar 2026", "CPD205", "", "write 2026-03-14"),
        ("March 14, 2026", "CPD205", "", "write 2026-03-14"),
        ("2026", "CPD205", "", f"the day is missing: {HOW}"),
        ("2026-03", "CPD205", "", f"the day is missing: {HOW}"),
        ("yesterday", "CPD205", "", HOW),
        ("2026-W11-6", "CPD205", "", HOW),
        ("٢٠٢٦-٠٣-١٤", "CPD222", "", "write 2026-03-14"),
        ("2026-03-14T10:00", "CPD206", "", "write 2026-03-14"),
        ("2026-03-14 10:00:00Z", "CPD206", "", "write 2026-03-14"),
        ("1899-12-31", "CPD304", "", "check the year"),
        ("2101-01-01", "CPD304", "", "check the year"),
        ("0206-03-14", "CPD304", "", "check the year"),
    ],
)
def test_what_is_no_day_is_refused_with_what_it_may_mean(text: str, code: str, note: str, hint: str) -> None:
    value, found = value_of(Day(), f'"{text}"')
    assert (value, messages(found)) == (None, [(code, note, hint)])
