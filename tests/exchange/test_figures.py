"""Hours, days and drafts of whole tables: no figure is guessed, and nothing is lost without a word."""

import io
from datetime import datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from cpdkit.actions.record_file import activity_of
from cpdkit.exchange.adopt import Adoption, AdoptOptions, Existing, adopt
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.imports.csv import read_csv
from cpdkit.exchange.imports.table import ImportedTable
from cpdkit.exchange.imports.xlsx import read_xlsx
from cpdkit.exchange.imports.zones import clock_in
from cpdkit.journal.records import Activity


def adopted(table: ImportedTable, mapping: ColumnMapping | None = None) -> Adoption:
    matching = match(table, mapping or ColumnMapping(defaults={"type": "event"}))
    return adopt(table, matching, Existing(frozenset()), AdoptOptions(True, None, {"type": "event"}))


def imported(text: str, **choices: Any) -> list[Activity]:
    """Return the activities of a table whose lines are separated by `;`, imported as done."""
    made = adopted(read_csv(text.replace(";", "\n").encode(), "log.csv"), ColumnMapping(**choices))
    assert made.rejections == ()
    return [activity_of(path, data) for path, data in made.files.items()]


def book(*rows: tuple[Any, ...], merged: str = "") -> ImportedTable:
    workbook = Workbook()
    sheet: Any = workbook.active
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    held = io.BytesIO()
    workbook.save(held)
    return read_xlsx(held.getvalue(), "log.xlsx")


@pytest.mark.parametrize(
    "heading",
    ["Attendees", "ID", "Order", "Rating", "Score", "Age", "Week", "Grade", "Amount", "No", "Bold", "S", "M", "Pages",
     "Opening hours", "Meeting minutes", "Duration (days)", "Length (m)", "Length (pages)", "Credits"],
)  # fmt: skip
def test_a_number_is_no_hours_unless_its_heading_names_time(heading: str) -> None:
    (one,) = imported(f"Date,Talk,{heading};2026-01-13,Fuses for beginners,14")
    assert (one.minutes, one.status) == (0, "draft")


@pytest.mark.parametrize(
    ("columns", "cells", "minutes"),
    [
        ("Hours", "1.5", 90),
        ("Minutes", "45.5", 46),
        ("Length in mins", "90", 90),
        ("Dauer (Minuten)", "90", 90),
        ("Durasi (menit)", "90", 90),
        ("Durée en minutes", "90", 90),
        ("Duration (seconds)", "5400", 90),
        ("Duration", "90 min", 90),
        ("Duration", "1.5", 90),
        ("Duration (min)", "1h30", 90),
        ("Time,Hours", "18:00,1.5", 90),
        ("Start time,End time", "18:00,19:30", 90),
        ("From,To", "18:00,19:30", 90),
        ("Start,Finish", "6 pm,7.30 pm", 90),
        ("Time in,Time out", "22:45,00:15", 90),
        ("Time", "18:00–19:30", 90),
        ("Start time,End time,Hours", "18:00,19:30,1", 60),
        ("Hours,Minutes", "1,30", 90),
        ("Hours,Minutes", "1.5,90", 90),
        ("Hours,Duration", "1.5,2:00", 90),
    ],
)
def test_hours(columns: str, cells: str, minutes: int) -> None:
    (one,) = imported(f"Date,Title,{columns};2026-03-01,Evening lecture,{cells}")
    assert (one.minutes, one.status) == (minutes, "done")


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("Time", "18:00"),
        ("Start time,End time", "18:00,"),
        ("Start time,End time", "10:00,1:00"),
        ("Start time,End time", "18:00,18:00"),
        ("Hours", "N/A"),
    ],
)
def test_without_a_sure_figure_the_activity_is_a_draft(columns: str, cells: str) -> None:
    (one,) = imported(f"Date,Title,{columns};2026-03-01,Evening lecture,{cells}")
    assert (one.minutes, one.status) == (0, "draft")


def test_hours_from_one_moment_to_another() -> None:
    times = [("2026-03-01 18:00", "2026-03-01 19:30"), ("2026-03-01 23:00", "2026-03-02 00:30"),
             ("2026-03-01 00:00", "2026-03-02 00:00"), ("2026-03-01 09:00", "2026-03-03 17:00")]  # fmt: skip
    made = imported("Title,Start,End;" + ";".join(f"Talk {n},{start},{end}" for n, (start, end) in enumerate(times)))
    assert [one.minutes for one in made] == [90, 90, 0, 0]


def test_a_figure_from_the_content_is_never_confirmed() -> None:
    for text in ("Date,Title,Odd;2026-03-01,Lecture,1h30", "Date,Title,Duration;2026-03-01,Lecture,0.0625"):
        (one,) = imported(text)
        assert (one.minutes, one.status) == (90, "draft")


@pytest.mark.parametrize("cells", ["45;90", "5400", "18:00", "0.1"])
def test_an_unclear_unit_is_refused_once_and_can_be_chosen(cells: str) -> None:
    lines = "\n".join(f"2026-03-0{at},Lecture {at},{cell}" for at, cell in enumerate(cells.split(";"), start=1))
    table = read_csv(f"Date,Title,Duration\n{lines}".encode(), "log.csv")
    made = adopted(table)
    assert not made.files
    assert {each.header for each in made.rejections} == {"Duration"}
    assert len(adopted(table, ColumnMapping({"Duration": "hours"})).files) == len(table.rows)


def test_cells_of_a_workbook() -> None:
    day = datetime(2026, 3, 1)
    made = adopted(book(("Date", "Title", "Time", "Hours"), (day, "Lecture", time(18), 1.5)))
    assert [activity_of(path, data).minutes for path, data in made.files.items()] == [90]
    made = adopted(book(("Date", "Title", "Start", "End"), (day, "Lecture", time(18), time(19, 30))))
    assert [activity_of(path, data).minutes for path, data in made.files.items()] == [90]


@pytest.mark.parametrize("amount", [14, "14 h", 14.5])
def test_merged_amounts_count_once_and_merged_texts_repeat(amount: object) -> None:
    day = datetime(2026, 3, 1)
    rows = (("Date", "Title", "Hours", "Provider"), (day, "One", amount, "IET"), (day, "Two", None, "IET"))
    made = [activity_of(path, data) for path, data in adopted(book(*rows, merged="C2:C3")).files.items()]
    assert [one.minutes > 0 for one in made] == [True, False]
    assert made[1].status == "draft"
    made = [activity_of(path, data) for path, data in adopted(book(*rows, merged="D2:D3")).files.items()]
    assert [one.provider for one in made] == ["IET", "IET"]


def test_half_converted_dates_are_doubts() -> None:
    table = book(("Date", "Title", "Hours"), (datetime(2026, 4, 3), "One", 1), ("13/04/2026", "Two", 1))
    made = adopted(table)
    assert [(each.where, each.header) for each in made.doubts] == [("log.xlsx, sheet Sheet, row 2", "Date")]
    assert [activity_of(path, data).status for path, data in made.files.items()] == ["draft", "done"]


def test_a_moment_elsewhere_is_on_the_owners_day() -> None:
    text = "Date,Title,Hours;2025-12-31T20:00:00Z,Lecture,1"
    (one,) = imported(text, clock=clock_in("Pacific/Auckland"))
    assert one.start.isoformat() == "2026-01-01"


@pytest.mark.parametrize(
    ("words", "span"),
    [("May 2025", "2025-05-01 2025-05-31"), ("Q2 2025", "2025-04-01 2025-06-30"), ("2025", "2025-01-01 2025-12-31"),
     ("12-14 May 2025", "2025-05-12 2025-05-14"), ("45800", "2025-05-23 2025-05-23")],
)  # fmt: skip
def test_a_partial_date_is_a_draft_with_its_words(words: str, span: str) -> None:
    (one,) = imported(f"Date,Title,Hours;{words},Lecture,1")
    assert (f"{one.start} {one.end}", one.status, one.own["x-date"]) == (span, "draft", words)


@pytest.mark.parametrize(
    ("heading", "word"),
    [("Type", "Learning Path"), ("Status", "Attended"), ("Status", "To do"), ("Structured", "Rather")],
)
def test_an_unknown_word_is_a_draft_that_keeps_it(heading: str, word: str) -> None:
    (one,) = imported(f"Date,Title,Hours,{heading};2026-03-01,Lecture,1,{word}")
    assert (one.status, one.own[f"x-{heading.lower()}"]) == ("draft", word)


def test_a_guessed_type_is_listed() -> None:
    table = read_csv(b"Date,Title,Hours\n2026-03-01,Course on relays,1\n2026-03-02,Relays,1", "log.csv")
    made = adopt(table, match(table, ColumnMapping()), Existing(frozenset()), AdoptOptions(True))
    assert [(each.where, "training" in each.message) for each in made.doubts] == [("log.csv, row 2", True)]


@pytest.mark.parametrize("first", ["2026-01-13", "13/01/2026", "13 January 2026", "2026-01-13T10:00:00Z"])
def test_a_table_without_headings_keeps_its_first_record(first: str) -> None:
    made = imported(f"{first},Fuses for beginners,event,1h30;2026-02-13,Fuses for experts,event,2h")
    assert [(one.title, one.minutes) for one in made] == [("Fuses for beginners", 90), ("Fuses for experts", 120)]


@pytest.mark.parametrize("blank", ["N/A", "n/a", "-", "tbc"])
def test_words_for_no_value_are_none(blank: str) -> None:
    (one,) = imported(f"Date,Title,Hours,Provider,Type,End,Topics;2026-03-01,Lecture,1,{blank},{blank},{blank},{blank}")
    assert (one.provider, one.topics, one.end.isoformat(), one.status) == ("", (), "2026-03-01", "done")
