"""Hours, days and drafts of whole tables: no figure is guessed, and nothing is lost without a word."""

import io
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from cpdkit.actions.record_file import activity_of
from cpdkit.errors import UsageError
from cpdkit.exchange.adopt import Adoption, AdoptOptions, Existing, adopt
from cpdkit.exchange.cells import DateOrder
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


def book(
    *rows: tuple[Any, ...], merged: str = "", form: tuple[str, str] = ("A1", "General"), epoch: datetime | None = None
) -> ImportedTable:
    workbook = Workbook()
    workbook.epoch = epoch or workbook.epoch
    sheet: Any = workbook.active
    for row in rows:
        sheet.append(row)
    for cells in merged.split():
        sheet.merge_cells(cells)
    sheet[form[0]].number_format = form[1]
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
        ("Hours", "1½", 90),
        ("Dauer", "1:30 h", 90),
        ("Hours (planned),Hours (actual)", "3,1.5", 90),
        ("Target hours,Hours", "20,1.5", 90),
        ("Time,Hours", "1830,1.5", 90),
        ("Time,Hours", "18h30,1.5", 90),
        ("Time,Start time,End time", "18:30,18:30,20:00", 90),
        ("Time,Duration", "18:30,1:30", 90),
        ("Time,Duration", "18h30,90 min", 90),
        ("Heure,Heures", "18h30,1.5", 90),
        ("Start,Finish", "18h30,20h", 90),
        ("Start,Finish", "9,17", 480),
        ("Start time,End time", "1830,2000", 90),
        ("Beginn,Ende", "18.30 Uhr,20 Uhr", 90),
        ("Von,Bis", "18:30,20:00", 90),
        ("Uhrzeit", "18 bis 19.30 Uhr", 90),
        ("Heure", "de 18h30 à 20h", 90),
        ("In,Out,In,Out", "8:00,12:00,13:00,17:00", 480),
        ("Start 1,End 1,Start 2,End 2", "8:00,12:00,,", 240),
        ("Time", "9:00-12:00 and 13:00-17:00", 420),
        ("Time", "9h-12h + 13h30-17h", 390),
        ("Uhrzeit", "9 bis 12 Uhr und 13 bis 15 Uhr", 300),
        ("Time,Break", "9:00–12:00 & 13:00–17:00,30 min", 390),
        ("Morning in,Morning out,Afternoon in,Afternoon out", ",,13:00,17:15", 255),
    ],
)
def test_hours(columns: str, cells: str, minutes: int) -> None:
    (one,) = imported(f"Date,Title,{columns};2026-03-01,Evening lecture,{cells}")
    assert (one.minutes, one.status) == (minutes, "done")


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        (heading, cell)
        for heading in ("Time", "Uhrzeit", "Heure", "Start time", "Session time", "Beginn", "Hora", "Kick-off", "Hour",
                        "Time (24h)", "Time (24-hour)", "Time (UK)", "Time (am/pm)", "Time of event", "Time(s)",
                        "Zeit (Uhr)", "Time (hh:mm)")
        for cell in ("18:30", "18h30", "18.30", "18h", "6pm", "6.30 p.m.", "18:30 Uhr", "18 Uhr", "1830", "0730",
                     "8h30", "08:30", "18:30h", "7 o'clock")
    ],
)  # fmt: skip
def test_a_lone_time_of_day_gives_no_hours(heading: str, cell: str) -> None:
    (one,) = imported(f"Date,Title,{heading};2026-03-01,Lecture,{cell}")
    assert (one.minutes, one.status) == (0, "draft")
    assert cell in one.own.values()


@pytest.mark.parametrize("cell", ["1h30", "1.5", "90 min", "1,5 h", "1 hr 30"])
def test_a_short_duration_in_a_column_of_time_is_one(cell: str) -> None:
    (one,) = imported(f'Date,Title,Time;2026-03-01,Lecture,"{cell}"')
    assert (one.minutes, one.status) == (90, "done")


@pytest.mark.parametrize(
    "heading",
    ["Time (hours)", "Time (h)", "Time spent", "Time taken (hh:mm)", "Duration (hh:mm)", "CPD time", "Total time",
     "Hours", "Time elapsed", "Study time", "Length", "Effective learning time (hours)"],
)  # fmt: skip
def test_hours_and_minutes_below_a_heading_of_an_amount_are_a_duration(heading: str) -> None:
    (one,) = imported(f"Date,Title,{heading};2026-03-01,Course,09:30")
    assert (one.minutes, one.status) == (570, "done")


def test_a_unit_counts_among_times_of_day() -> None:
    made = imported("Date,Title,Time;2026-03-01,One,18:30;2026-03-02,Two,90 min;2026-03-03,Three,evening")
    assert [(one.minutes, one.status) for one in made] == [(0, "draft"), (90, "done"), (0, "draft")]


def test_words_among_times_of_day_do_not_make_them_durations() -> None:
    made = imported("Date,Title,Time;2026-03-01,One,18h30;2026-03-02,Two,90 min;2026-03-03,Three,evening")
    assert [(one.minutes, one.status) for one in made] == [(0, "draft"), (90, "done"), (0, "draft")]


def test_places_are_no_dates() -> None:
    (one,) = imported("Date,Title,From,To,Hours;2026-03-01,Trip,Leeds,York,2")
    assert (one.minutes, one.own["x-from"], one.own["x-to"]) == (120, "Leeds", "York")


def test_a_time_of_day_can_be_a_duration_if_the_owner_says_so() -> None:
    table = read_csv(b"Date,Title,Time\n2026-03-01,Shift,9h", "log.csv")
    assert [each.header for each in adopted(table).doubts] == ["Time"]
    (data,) = adopted(table, ColumnMapping({"Time": "hours"})).files.values()
    assert activity_of("activities/a.md", data).minutes == 540


@pytest.mark.parametrize(
    ("heading", "cell", "minutes"),
    [
        ("Break", "30 min", 510), ("Break", "0:30", 510), ("Lunch (min)", "30", 510), ("Pause", "30", 510),
        ("Break", "0.5", 510), ("Break (h)", "0.5", 510), ("Lunch", "12:00-12:30", 510), ("Breaks", "0", 540),
        ("Mittagspause (Minuten)", "45", 495), ("Unpaid break", "no", 540), ("Break", "", 540), ("Break", "1 h", 480),
        ("Break start,Break end", "12:00,12:30", 510), ("Lunch out,Lunch back", "12:00,13:00", 480),
        ("Break 1,Break 2", "10 min,20 min", 510), ("Less lunch", "30", 510), ("Pause déjeuner", "1h", 480),
        ("Tea break", "0:15", 525), ("Deduction (min)", "30", 510), ("Lunch hour", "1", 480),
        ("Pause", "0.020833333", 510),
    ],
)  # fmt: skip
def test_a_break_is_subtracted(heading: str, cell: str, minutes: int) -> None:
    (one,) = imported(f"Date,Title,Start,End,{heading};2026-03-01,Shift,8:00,17:00,{cell}")
    assert (one.minutes, one.status) == (minutes, "done")


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Break", "yes"), ("Break", "1"), ("Lunch", "sandwiches"), ("Break", "9 h"), ("Break start,Break end", "12:00,"),
     ("Break start,Break end", "13:00,12:00"), ("Pause", "about half an hour"), ("Break", "600")],
)  # fmt: skip
def test_hours_with_an_unclear_break_are_missing(heading: str, cell: str) -> None:
    (one,) = imported(f"Date,Title,Start,End,{heading};2026-03-01,Shift,8:00,17:00,{cell}")
    assert (one.minutes, one.status) == (0, "draft")
    (one,) = imported(f"Date,Title,Start,End,Hours,{heading};2026-03-01,Shift,8:00,17:00,8,{cell}")
    assert (one.minutes, one.status) == (480, "done")


@pytest.mark.parametrize(
    "cells", ["8:00,,,17:00", "8:00,12:00,11:00,17:00", "8:00,12:00,22:00,2:00", "8:00,12:00,,17:00"]
)
def test_sittings_that_do_not_follow_each_other_give_no_hours(cells: str) -> None:
    (one,) = imported(f"Date,Title,In,Out,In,Out;2026-03-01,Shift,{cells}")
    assert (one.minutes, one.status) == (0, "draft")


@pytest.mark.parametrize(
    "cell",
    ["14/03/2026 18:30–20:00", "2026-03-14 18:30 - 20:00", "2026-03-14 18:30-20:00", "Sat 14 March 2026 6.30pm-8pm",
     "14 March 2026, 18.30 to 20.00", "14.03.2026 18h30–20h", "14.03.2026 18:30 bis 20 Uhr", "2026-03-14T18:30/20:00",
     "2026-03-14 18:30 to 2026-03-14 20:00", "2026-03-14T18:30Z/2026-03-14T20:00Z", "14/03/2026 from 18:30 to 20:00"],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Date", "When", "Dates"])
def test_a_day_and_a_span_of_times_in_one_cell(heading: str, cell: str) -> None:
    (one,) = imported(f'Title,{heading};Lecture,"{cell}"', clock=clock_in("Europe/London"))
    assert (one.start.isoformat(), one.end.isoformat(), one.minutes, one.status) == (
        "2026-03-14", "2026-03-14", 90, "done",
    )  # fmt: skip


def test_times_past_midnight_in_one_cell() -> None:
    (one,) = imported("Title,Date;Lecture,2026-03-14 22:00–00:30")
    assert (one.start.isoformat(), one.minutes) == ("2026-03-14", 150)
    (one,) = imported("Title,Date;Lecture,2026-03-14 22:00 - 2026-03-15 00:30")
    assert (one.start.isoformat(), one.end.isoformat(), one.minutes) == ("2026-03-14", "2026-03-15", 150)


def test_moments_in_other_forms() -> None:
    (one,) = imported("Title,Start,End;Lecture,2026-03-14 9am,2026-03-14 17 Uhr")
    assert (one.start.isoformat(), one.minutes) == ("2026-03-14", 480)
    (one,) = imported("Title,Date;Lecture,2026-03-14 23:30–00:30 UTC", clock=clock_in("Pacific/Auckland"))
    assert (one.start.isoformat(), one.end.isoformat(), one.minutes) == ("2026-03-15", "2026-03-15", 60)


@pytest.mark.parametrize("cell", ["9999-12-31 23:30–00:30", "9999-12-31 23:30–00:30 UTC", "0001-01-01 00:30 +14:00"])
def test_times_at_the_end_of_all_years_are_rejected(cell: str) -> None:
    table = read_csv(f"Title,Date\nLecture,{cell}".encode(), "log.csv")
    assert len(adopted(table, ColumnMapping(clock=clock_in("Pacific/Auckland"))).rejections) == 1


def test_words_after_a_date_are_kept() -> None:
    (one,) = imported("Title,Date,Hours;Lecture,2026-03-14 18:30 in Leeds,1")
    assert (one.start.isoformat(), one.status, one.own["x-date"]) == (
        "2026-03-14",
        "draft",
        "2026-03-14 18:30 in Leeds",
    )


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        ("Date,Start Date,End Date", "2026-03-09,2026-02-01,2026-02-03", ("2026-02-01", "2026-02-03", "2026-03-09")),
        ("Start Date,End Date,Date", "2026-02-01,2026-02-03,2026-03-09", ("2026-02-01", "2026-02-03", "2026-03-09")),
        ("Date,Start Date,End Date", "2026-02-01,2026-02-01,2026-02-03", ("2026-02-01", "2026-02-03", "")),
        ("Date,Start Date,End Date", "2026-03-09,,", ("2026-03-09", "2026-03-09", "")),
        ("Date,From,To", "2026-03-09,2026-02-01,2026-02-03", ("2026-02-01", "2026-02-03", "2026-03-09")),
        ("Started,Completed", "2026-02-01,2026-02-03", ("2026-02-01", "2026-02-03", "")),
        ("Completed", "2026-02-03", ("2026-02-03", "2026-02-03", "")),
        ("Finished", "2026-02-03", ("2026-02-03", "2026-02-03", "")),
        ("Datum,Von,Bis", "2026-03-09,2026-02-01,2026-02-03", ("2026-02-01", "2026-02-03", "")),
    ],
)
def test_one_of_several_dates_is_the_start(columns: str, cells: str, expected: tuple[str, str, str]) -> None:
    (one,) = imported(f"{columns},Title,Hours;{cells},Course,3")
    kept = one.own.get("x-date", "")
    assert (one.start.isoformat(), one.end.isoformat(), kept) == expected


def test_two_columns_of_hours_that_differ_are_a_doubt() -> None:
    made = imported("Date,Title,Hours,CPD hours;2026-03-01,One,8,6;2026-03-02,Two,2,2")
    assert [(one.minutes, one.status) for one in made] == [(480, "draft"), (120, "done")]


def test_a_date_in_the_other_order_is_rejected() -> None:
    table = read_csv(b"Date,Title,Hours\n03/25/2026,A,1\n25/03/2026,B,1\n03/04/2026,C,1", "log.csv")
    for order, days in ((DateOrder.DAY_FIRST, ["2026-03-25", "2026-04-03"]),
                        (DateOrder.MONTH_FIRST, ["2026-03-25", "2026-03-04"])):  # fmt: skip
        made = adopted(table, ColumnMapping(order=order, defaults={"type": "event"}))
        assert [activity_of(path, data).start.isoformat() for path, data in made.files.items()] == days
        assert [each.header for each in made.rejections] == ["Date"]
    with pytest.raises(UsageError, match="both orders"):
        adopted(table)


@pytest.mark.parametrize(
    ("column", "cell", "words", "field", "value"),
    [
        ("Type", "Visit", {"visit": "event"}, "type", "event"),
        ("Status", "Attended", {"attended": "done"}, "status", "done"),
        ("Skills", '"People, Tools"', {"people": "soft", "tools": "technical"}, "skills", ("soft", "technical")),
        ("Structured", "Rather", {"rather": "yes"}, "structured", True),
        ("Title", "Visit", {"visit": "event"}, "title", "Visit"),
        ("Provider", "Visit", {"visit": "event"}, "provider", "Visit"),
        ("Topics", "Visit", {"visit": "event"}, "topics", ("Visit",)),
        ("Location", "Visit", {"visit": "event"}, "location", "Visit"),
    ],
)  # fmt: skip
def test_the_meaning_of_a_word_counts_only_where_words_are_fixed(
    column: str, cell: str, words: dict[str, str], field: str, value: object
) -> None:
    title = "" if column == "Title" else ",Title"
    (one,) = imported(f"Date,Hours,{column}{title};2026-03-01,1,{cell},Talk", words=words)
    assert getattr(one, field) == value


@pytest.mark.parametrize(
    ("value", "form", "minutes"),
    [
        (timedelta(hours=30), "h:mm", 1800), (timedelta(hours=30), "[h]:mm", 1800), (timedelta(hours=24), "h:mm", 1440),
        (timedelta(hours=70), "h:mm:ss", 4200), (timedelta(minutes=90), "h:mm", 90), (1.5, '0.0" h"', 90),
        (90, '0" min"', 90),
    ],
)  # fmt: skip
@pytest.mark.parametrize("epoch", [datetime(1899, 12, 30), datetime(1904, 1, 1)])
def test_durations_of_a_workbook(value: Any, form: str, minutes: int, epoch: datetime) -> None:
    if isinstance(value, timedelta):
        value = value / timedelta(days=1)
    table = book(("Date", "Title", "Hours"), (datetime(2026, 3, 1), "Shift", value), form=("C2", form), epoch=epoch)
    ((path, data),) = adopted(table).files.items()
    assert activity_of(path, data).minutes == minutes


def test_a_percentage_is_no_amount() -> None:
    table = book(("Date", "Title", "Hours"), (datetime(2026, 3, 1), "Shift", 0.5), form=("C2", "0%"))
    assert [each.header for each in adopted(table).rejections] == ["Hours"]
    day = datetime(2026, 3, 1)
    table = book(("Date", "Title", "Hours", "Progress"), (day, "Shift", 1, 1), form=("D2", "0%"))
    ((path, data),) = adopted(table).files.items()
    assert activity_of(path, data).status == "done"


def test_a_heading_above_two_columns() -> None:
    day = datetime(2026, 3, 1)
    table = book(("Date", "Title", "Time", None), (day, "Shift", time(18), time(19, 30)), merged="C1:D1")
    ((path, data),) = adopted(table).files.items()
    assert activity_of(path, data).minutes == 90
    table = book(("Date", None, "Title", "Hours"), (day, datetime(2026, 3, 3), "Shift", 2), merged="A1:B1")
    ((path, data),) = adopted(table).files.items()
    assert activity_of(path, data).end.isoformat() == "2026-03-03"
    table = book(("Date", "Title", "Hours", None), (day, "Shift", 1, 30), merged="C1:D1")
    assert [each.header for each in adopted(table).doubts] == ["Hours"]


def test_hours_divided_below_their_heading_are_not_the_hours() -> None:
    rows = (("Date", "Title", "Hours", None), (None, None, "Formal", "Informal"), (datetime(2026, 3, 1), "Shift", 2, 1))
    made = adopted(book(*rows, merged="C1:D1 A1:A2 B1:B2"))
    ((path, data),) = made.files.items()
    one = activity_of(path, data)
    assert (one.minutes, one.own["x-hours-formal"], one.own["x-hours-informal"]) == (0, "2", "1")


@pytest.mark.parametrize(
    "columns",
    ["Datum,Titel,Stunden", "Date,Titre,Heures", "Fecha,Título,Horas", "Data,Titolo,Ore", "Datum,Onderwerp,Uren",
     "Tanggal,Judul,Durasi (jam)", "Datum,Rubrik,Timmar", "Data,Tytuł,Godziny"],
)  # fmt: skip
def test_headings_in_other_languages(columns: str) -> None:
    (one,) = imported(f'{columns};2026-03-01,Relays in practice,"1,5"')
    assert (one.title, one.minutes, one.status) == ("Relays in practice", 90, "done")


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
