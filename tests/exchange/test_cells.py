"""Values that people write in tables, and their meaning; an ambiguous value has none."""

from datetime import date

import pytest

from cpdkit.exchange.cells import (
    DateOrder,
    day_of,
    days_of,
    flag_of,
    minutes_in,
    minutes_of,
    needs_order,
    order_in,
    skill_of,
    status_of,
    type_of,
)

DAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    "text",
    ["2026-03-14", "2026-03-14 18:30", "2026/3/14", "14/03/2026", "14.3.26", "03/14/2026", "14 March 2026", "14-Mar-26",
     "Sat 14th Mar 2026", "March 14, 2026", "Saturday, March 14 2026", "14/03/2026 18:30", "2026-03-14T18:30:00Z"],
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
    ("text", "minutes"),
    [("1.5", 90), ("1,5", 90), ("1:30", 90), ("1:30:00", 90), ("90 min", 90), ("1h30", 90), ("1 hr 30 mins", 90),
     ("2 hours", 120), ("1 hour and 15 minutes", 75), ("25:00", 1500)],
)  # fmt: skip
def test_durations(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


def test_minutes_and_what_is_no_duration() -> None:
    assert (minutes_in("90"), minutes_in("90.0"), minutes_in("1h30")) == (90, 90, 90)
    for text in ("half a day", "", "-1"):
        with pytest.raises(ValueError, match="hours"):
            minutes_of(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("T", "training"), ("Course", "training"), ("Work experience", "work-experience"),
     ("Events and seminars", "event"),
     ("E-learning", "training"), ("Conferences", "event"), ("Technical lecture", "event"), ("Zebra", ""), ("", ""),
     ("Course and lecture", ""), ("self_study", "self-study")],
)  # fmt: skip
def test_types_in_other_words(text: str, kind: str) -> None:
    assert type_of(text) == kind


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
