"""Columns to fields, with what their owner says before all."""

import pytest

from cpdkit.errors import UsageError
from cpdkit.exchange.column_matching import Why, cells_of, judged_target, match
from cpdkit.exchange.imports.table import Row, Table
from cpdkit.exchange.layouts import LAYOUTS
from cpdkit.exchange.wording import Order


def table(headers: str, *rows: str) -> Table:
    cells = tuple(headers.split("|"))
    made = tuple(Row(f"row {number}", tuple(row.split("|"))) for number, row in enumerate(rows, start=2))
    return Table("log", cells, made)


def targets(headers: str, *rows: str, **asked: str) -> tuple[str, ...]:
    return match(table(headers, *rows), asked).targets()


@pytest.mark.parametrize(
    ("headers", "rows", "expected"),
    [
        ("Title|Date|Hours|Zebra", ["a|2026-03-14|1|x"], ("title", "start", "hours", "x-zebra")),
        ("Title|Date|Hours|Zebra", ["a|2026-03-14|1|"], ("title", "start", "hours", "skip")),
        ("Was|Wann|Dauer|Art", ["Ein Kurs|14.03.2026|1,5|Course", "Zwei Kurse|1.3.2026|2|Lecture"],
         ("title", "start", "hours", "type")),
        ("Notes|Comments|Name", ["a|b|c"], ("description", "description", "title")),
        ("Date|Date (2)|Title", ["2026-03-14|x|a"], ("start", "x-date-2", "title")),
        ("|".join(each.header for each in LAYOUTS["ice"].columns), ["a|b|2026-03-14|1|c|d|e"],
         ("details", "topics", "days", "hours", "objectives", "reflection", "benefit")),
    ],
)  # fmt: skip
def test_by_heading_layout_and_content(headers: str, rows: list[str], expected: tuple[str, ...]) -> None:
    assert targets(headers, *rows) == expected


def test_what_the_owner_says_goes_first() -> None:
    made = match(table("Title|Notes|Date", "a|b|2026-03-14"), {"notes": "title", "Title": "x-old", "DATE": "-"})
    assert made.targets() == ("x-old", "title", "skip")
    assert {each.why for each in made.columns} == {Why.ASKED}
    assert made.columns[1].example == "b"


@pytest.mark.parametrize(
    ("headers", "asked", "message"),
    [
        ("Title|Date", {"Zebra": "hours"}, 'no column "Zebra"'),
        ("Title|Date", {"Date": "zebra"}, 'no field is called "zebra"'),
        ("Title|Date|Name", {"Name": "title", "Title": "title"}, "would both be title"),
    ],
)
def test_what_makes_no_sense(headers: str, asked: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        match(table(headers, "a|2026-03-14|b"), asked)


def test_days_that_could_be_two_are_not_guessed() -> None:
    odd = table("Title|Date", "a|03/04/2026", "b|2026-01-01")
    with pytest.raises(UsageError, match="could be two days"):
        match(odd, {})
    assert match(odd, {}, Order.MONTH_FIRST).order is Order.MONTH_FIRST
    assert match(table("Title|Date", "a|03/04/2026", "b|30/04/2026"), {}).order is Order.DAY_FIRST


def test_names_of_targets() -> None:
    assert [judged_target(each) for each in ("date", "-", "x-own", " body ")] == ["start", "skip", "x-own", "body"]
    assert cells_of(table("Title|Date", "a|", " |x"), 0) == ["a"]
