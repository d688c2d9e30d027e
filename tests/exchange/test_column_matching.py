"""Match columns to fields; the owner's choice comes first."""

import pytest

from cpdkit.errors import UsageError
from cpdkit.exchange.cells import DateOrder
from cpdkit.exchange.column_matching import ColumnMapping, MatchReason, match, target_named
from cpdkit.exchange.imports.table import ImportedRow, ImportedTable
from cpdkit.exchange.layouts import LAYOUTS


def table(headers: str, *rows: str) -> ImportedTable:
    cells = tuple(headers.split("|"))
    made = tuple(ImportedRow(f"row {number}", tuple(row.split("|"))) for number, row in enumerate(rows, start=2))
    return ImportedTable("log", cells, made)


def targets(headers: str, *rows: str) -> tuple[str, ...]:
    return match(table(headers, *rows), ColumnMapping()).targets()


@pytest.mark.parametrize(
    ("headers", "rows", "expected"),
    [
        ("Title|Date|Hours|Zebra", ["a|2026-03-14|1|x"], ("title", "start", "hours", "x-zebra")),
        ("Title|Date|Hours|Zebra", ["a|2026-03-14|1|"], ("title", "start", "hours", "skip")),
        ("Was|Wann|Dauer|Art", ["Ein Kurs|14.03.2026|1,5|Course", "Zwei Kurse|1.3.2026|2|Lecture"],
         ("title", "start", "time", "type")),
        ("Notes|Comments|Name", ["a|b|c"], ("description", "description", "title")),
        ("Date|Date (2)|Title", ["2026-03-14|x|a"], ("start", "x-date-2", "title")),
        ("|".join(each.header for each in LAYOUTS["ice"].columns), ["a|b|2026-03-14|1|c|d|e"],
         ("details", "topics", "days", "hours", "objectives", "reflection", "benefit")),
    ],
)  # fmt: skip
def test_by_heading_layout_and_content(headers: str, rows: list[str], expected: tuple[str, ...]) -> None:
    assert targets(headers, *rows) == expected


def test_the_owners_mapping_comes_first() -> None:
    made = match(
        table("Title|Notes|Date", "a|b|2026-03-14"), ColumnMapping({"notes": "title", "Title": "x-old", "DATE": "-"})
    )
    assert made.targets() == ("x-old", "title", "skip")
    assert {each.reason for each in made.columns} == {MatchReason.CHOSEN}
    assert made.columns[1].example == "b"


@pytest.mark.parametrize(
    ("headers", "mapping", "message"),
    [
        ("Title|Date", {"Zebra": "hours"}, 'no column "Zebra"'),
        ("Title|Date", {"Date": "zebra"}, 'unknown field "zebra"'),
        ("Title|Date|Name", {"Name": "title", "Title": "title"}, "both match title"),
    ],
)
def test_impossible_mappings_are_refused(headers: str, mapping: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        match(table(headers, "a|2026-03-14|b"), ColumnMapping(mapping))


def test_days_that_could_be_two_are_not_guessed() -> None:
    odd = table("Title|Date", "a|03/04/2026", "b|2026-01-01")
    with pytest.raises(UsageError, match="could be two dates"):
        match(odd, ColumnMapping())
    assert match(odd, ColumnMapping(order=DateOrder.MONTH_FIRST)).order is DateOrder.MONTH_FIRST
    assert match(table("Title|Date", "a|03/04/2026", "b|30/04/2026"), ColumnMapping()).order is DateOrder.DAY_FIRST


def test_names_of_targets() -> None:
    assert [target_named(each) for each in ("date", "-", "x-own", " body ")] == ["start", "skip", "x-own", "body"]


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        ("Topic", "Topic"), ("Project", "Project"), ("Description", "Description"), ("Course", "Course"),
        ("Summary", "Summary"), ("Task", "Task"), ("Notes", "Notes"), ("User,Project,Description", "Description"),
        ("Description,Topic", "Topic"), ("Topic,Title", "Title"), ("User,Calendar,Subject", "Subject"),
        ("User,Odd", "Odd"),
    ],
)  # fmt: skip
def test_an_obvious_title_is_taken_if_no_column_is_one(headings: str, title: str) -> None:
    names = (*headings.split(","), "Date", "Hours")
    cells = tuple("coach" if name in ("User", "Calendar") else "Words of it" for name in names[:-2])
    table = ImportedTable("log", names, (ImportedRow("row 2", (*cells, "2026-01-12", "1")),))
    targets = dict(zip(names, match(table, ColumnMapping()).targets(), strict=True))
    assert [name for name, target in targets.items() if target in ("title", "details")] == [title]
    assert "type" not in targets.values()
