"""Values that people write in tables, and their meaning; an ambiguous value has none."""

from datetime import date

import pytest

from cpdkit.exchange.cells import (
    DateOrder,
    day_of,
    days_of,
    flag_of,
    half_converted,
    is_blank,
    needs_order,
    order_in,
    skill_of,
    status_of,
    type_of,
)
from cpdkit.exchange.imports.zones import clock_in

DAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    "text",
    ["2026-03-14", "2026-03-14 18:30", "2026/3/14", "14/03/2026", "14.3.26", "03/14/2026", "14 March 2026", "14-Mar-26",
     "Sat 14th Mar 2026", "March 14, 2026", "Saturday, March 14 2026", "14/03/2026 18:30", "2026-03-14T18:30:00Z",
     "Sat 14/03/2026", "Sa., 14.03.2026", "2026-03-14 at 9am", "14.03.2026 18.30",
     "Sat Mar 14 2026 18:30:00 GMT+0000 (Coordinated Universal Time)"],
)  # fmt: skip
def test_a_day_that_is_one_only(text: str) -> None:
    assert day_of(text) == DAY


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("03/04/2026", "could be two dates"),
        ("31/02/2026", "does not exist"),
        ("2026-02-30", "does not exist"),
        ("March 2026", "as a date"),
        ("46095", "as a date"),
        ("14 Foo 2026", "as a date"),
        ("13/13/2026", "does not exist"),
        ("", "as a date"),
    ],
)
def test_what_is_no_day(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        day_of(text)


def test_the_order_of_day_and_month() -> None:
    assert (order_in(["03/04/2026", "14/03/2026"]), order_in(["03/14/2026"])) == (
        DateOrder.DAY_FIRST,
        DateOrder.MONTH_FIRST,
    )
    assert order_in(["03/04/2026"]) is order_in(["14/03/2026", "03/14/2026"]) is order_in([]) is None
    assert needs_order(["03/04/2026"])
    assert not needs_order(["04/04/2026", "14/03/2026", "2026-03-04"])
    assert day_of("03/04/2026", DateOrder.DAY_FIRST) == date(2026, 4, 3)
    assert day_of("03/04/2026", DateOrder.MONTH_FIRST) == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    ["2026-03-14 to 2026-03-16", "14/03/2026 - 16/03/2026", "14 March 2026–16 March 2026", "2026-03-14/2026-03-16"],
)
def test_days_from_to(text: str) -> None:
    assert days_of(text) == (DAY, date(2026, 3, 16))
    assert days_of("14 March 2026") == (DAY, DAY)
    with pytest.raises(ValueError, match="is before the start"):
        days_of("16/03/2026 - 14/03/2026")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("T", "training"), ("Course", "training"), ("Work experience", "work-experience"),
     ("Events and seminars", "event"),
     ("E-learning", "training"), ("Conferences", "event"), ("Technical lecture", ""), ("Zebra", ""), ("", ""),
     ("Course and lecture", ""), ("self_study", "self-study")],
)  # fmt: skip
def test_types_in_other_words(text: str, kind: str) -> None:
    assert type_of(text) == kind


@pytest.mark.parametrize("text", ["N/A", "n/a", "-", "–", "tbc", "TBA", "", " ", "none", "?", "#N/A", "n.a."])
def test_texts_for_no_value(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text} Leeds")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2026-03-04", "13/04/2026"], True),
        (["2026-03-04 00:00", "04/13/2026"], True),
        (["2026-03-14", "13/04/2026"], False),
        (["2026-03-04", "03/04/2026"], False),
        (["2026-03-04", "2026-03-05"], False),
        (["13/04/2026"], False),
    ],
)
def test_dates_that_a_spreadsheet_converted_in_part(texts: list[str], expected: bool) -> None:
    assert half_converted(texts) is expected


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2025-12-31T20:00:00Z", "Pacific/Auckland", "2026-01-01"),
        ("2026-01-01T03:00:00.000Z", "America/New_York", "2025-12-31"),
        ("2026-06-30 23:30 UTC", "Europe/London", "2026-07-01"),
        ("2026-06-30T23:30:00+02:00", "Europe/London", "2026-06-30"),
        ("20260630T233000Z", "Europe/London", "2026-07-01"),
        ("30/06/2026 23:30", "Europe/London", "2026-06-30"),
        ("2026-06-30", "Pacific/Auckland", "2026-06-30"),
    ],
)
def test_the_owners_day_of_a_time_in_another_zone(text: str, zone: str, expected: str) -> None:
    assert day_of(text, None, clock_in(zone)).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "field", "flag"),
    [("Yes", "", "true"), ("✓", "planned", "true"), ("Formal", "structured", "true"), ("n", "", "false"),
     ("Unplanned", "planned", "false"), ("Informal", "structured", "false"), ("perhaps", "planned", "")],
)  # fmt: skip
def test_truths(text: str, field: str, flag: str) -> None:
    assert flag_of(text, field) == flag


def test_words_of_layouts() -> None:
    assert (skill_of("Non-technical"), skill_of("Professional"), skill_of("x")) == ("soft", "job", "")
    assert (status_of("Completed"), status_of("x")) == ("done", "")
