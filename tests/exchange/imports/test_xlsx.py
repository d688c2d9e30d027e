"""Workbooks that real programs wrote."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cpdkit.exchange.imports.table import ImportOptions, NoTable
from cpdkit.exchange.imports.workbook_parts import MOST_UNPACKED
from cpdkit.exchange.imports.xlsx import read_xlsx

SAMPLES = Path(__file__).parent / "samples"
HEAD = ("Title", "Date", "Hours", "Notes")


def saved(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def filled(rows: list[tuple[Any, ...]], book: Workbook | None = None) -> Workbook:
    book = book or Workbook()
    sheet: Any = book.active
    sheet.title = "CPD"
    for row in (HEAD, *rows):
        sheet.append(row)
    return book


def cells(data: bytes, *sheets: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_xlsx(data, "log.xlsx", ImportOptions(sheets)).rows]


def test_days_durations_and_numbers() -> None:
    book = filled([
        ("a", date(2026, 3, 14), 1.5, True),
        ("b", datetime(2026, 3, 14, 18, 30), time(1, 30), 0.1 + 0.2),
        ("c", "14 March 2026", timedelta(hours=26, minutes=15), "two\r\nlines"),
        (None, None, None, None),
        ("d", None, 7, None),
    ])  # fmt: skip
    assert cells(saved(book)) == [
        ("a", "2026-03-14", "1.5", "true"),
        ("b", "2026-03-14 18:30", "1:30", "0.3"),
        ("c", "14 March 2026", "26h15", "two\nlines"),
        ("d", "", "7", ""),
    ]


def test_the_calendar_of_1904() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    data = saved(filled([("a", date(2026, 3, 14), 1, "")], book))
    assert b'date1904="1"' in zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml")
    assert cells(data) == [("a", "2026-03-14", "1", "")]


def test_merged_cells() -> None:
    book = filled([("a", date(2026, 3, 14), 1, "x"), ("b", None, 2, None), ("c", None, 3, None)])
    sheet: Any = book.active
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("C4:D4")
    assert [row[1:] for row in cells(saved(book))] == [("2026-03-14", "1", "x"), ("2026-03-14", "2", ""), ("", "3", "")]
    rows = read_xlsx(saved(book), "log.xlsx").rows
    assert [row.repeated for row in rows] == [frozenset(), frozenset([HEAD[1]]), frozenset()]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (90, '0" min"', "90 min"),
        (1.5, '0.0 "h"', "1.5 h"),
        (0.0625, "[h]:mm", "1h30"),
        (0.0625, "h:mm", "1:30"),
        (0.75, "h:mm AM/PM", "18:00"),
        (0.0625, "General", "0.0625"),
        (3, '0" pages"', "3"),
    ],
)
def test_the_format_of_a_number_shows_its_unit(value: float, form: str, text: str) -> None:
    book = filled([("a", None, value, None)])
    book.active["C2"].number_format = form  # type: ignore[index, union-attr]
    assert cells(saved(book))[0][2] == text


def test_errors_and_formulas_without_a_value_cost_their_cell() -> None:
    book = filled([("a", "#REF!", "=1+1", "x")])
    book.active["B2"].data_type = "e"  # type: ignore[index]
    (row,) = read_xlsx(saved(book), "log.xlsx").rows
    assert row.where == "log.xlsx, sheet CPD, row 2"
    assert dict(row.faults) == {
        "Date": "B2 contains an error: #REF!",
        "Hours": "C2 has a formula without a value; save the file again in a spreadsheet program",
    }


def test_sheets_with_the_same_headings_come_together_and_others_are_named() -> None:
    book = filled([("a", "2026-03-14", 1, "")])
    for title, head in (("2025", HEAD), ("Budget", ("Item", "Sum"))):
        sheet = book.create_sheet(title)
        sheet.append(head)
        sheet.append(("b", "2"))
    book.create_sheet("Empty")
    table = read_xlsx(saved(book), "log.xlsx")
    assert [row.where for row in table.rows] == ["log.xlsx, sheet CPD, row 2", "log.xlsx, sheet 2025, row 2"]
    assert table.remarks == ("log.xlsx: sheets with other columns ignored: Budget (read one with --sheet NAME)",)
    assert cells(saved(book), "budget") == [("b", "2")]
    with pytest.raises(NoTable, match='unknown sheet "x"'):
        cells(saved(book), "x")


@pytest.mark.parametrize(
    ("name", "truth"), [("libreoffice.xlsx", "1"), ("excel.xlsx", "true"), ("excel-1904.xlsx", "true")]
)
def test_workbooks_of_other_programs(name: str, truth: str) -> None:
    """One by LibreOffice Calc 7.4, and two as Excel writes them: shared texts; dates as numbers, also since 1904."""
    data = (SAMPLES / name).read_bytes()
    assert (b'date1904="1"' in zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml")) == ("1904" in name)
    table = read_xlsx(data, name)
    assert table.headers == ("Activity", "Date", "Hours", "Provider", "What did you learn?")
    learnt = "Tŷ Newydd has “two” batteries.\n東京 too; 5 < 6 & so on."
    assert [row.cells for row in table.rows] == [
        ("IET lecture: grid-scale storage", "2026-03-14", "1.5", "IET", learnt),
        ("Site visit after it", "2026-03-14", "26h15", "National Grid", ""),
        ("Reading", "2024-02-29", "3", "IET", truth),
        ("A row that can't be reckoned", "2026-11-30 18:30", "", "", ""),
    ]
    assert [dict(row.faults) for row in table.rows] == [{}, {}, {}, {"Hours": "C5 contains an error: #DIV/0!"}]
    assert table.remarks == (f"{name}: sheets with other columns ignored: Budget (read one with --sheet NAME)",)


SHEET = "xl/worksheets/sheet1.xml"


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return held.getvalue()


def test_inline_texts_and_values_of_formulas_as_other_programs_write_them() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>Ti</t></r><r><t>tle</t></r></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Hours</t></is></c></row>'
        '<row r="3"><c r="A3" t="str"><f>CONCATENATE("a","b")</f><v>ab</v></c>'
        '<c r="B3"><f>1+0.5</f><v>1.5</v></c></row>'
        "</sheetData></worksheet>"
    )
    table = read_xlsx(repacked(saved(Workbook()), {SHEET: sheet.encode()}), "log.xlsx")
    assert table.headers == ("Title", "Hours")
    assert [(row.where, row.cells) for row in table.rows] == [("log.xlsx, sheet Sheet, row 3", ("ab", "1.5"))]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04", "not a workbook"),
        (b"", "not a workbook"),
        (repacked(saved(Workbook()), {"xl/workbook.xml": b"<x"}), "cannot read the file as a workbook"),
        (saved(Workbook()), "none of its sheets"),
    ],
)
def test_what_is_none(data: bytes, message: str) -> None:
    with pytest.raises(NoTable, match=message):
        read_xlsx(data, "log.xlsx")


def test_one_that_unpacks_without_end_is_not_opened() -> None:
    with pytest.raises(NoTable, match="unpacks to more than 256 MiB"):
        read_xlsx(repacked(saved(Workbook()), {SHEET: b"<worksheet>" + bytes(MOST_UNPACKED)}), "log.xlsx")


def test_a_sheet_that_reaches_far_is_refused() -> None:
    book = filled([])
    book.active["A1048576"] = "x"  # type: ignore[index]
    with pytest.raises(NoTable, match="1,048,576 rows"):
        read_xlsx(saved(book), "log.xlsx")


def with_ranges(kind: str, *refs: str) -> bytes:
    """A workbook with merged cells, hyperlinks or comments over ranges."""
    items = "".join(f'<{kind} ref="{ref}"/>' for ref in refs)
    group = f"<{kind}s>{items}</{kind}s>"
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c></row></sheetData>{group}</worksheet>'
    )
    return repacked(saved(Workbook()), {SHEET: sheet.encode()})


@pytest.mark.parametrize("kind", ["mergeCell", "hyperlink", "comment"])
@pytest.mark.parametrize(
    "refs",
    [
        ("A1:XFD1048576",),
        ("A1:B1048576",),
        ("A:A",),
        ("1:1000",),
        ("A1:J60000", "L1:U60000"),
        tuple(f"A{row}:B{row}" for row in range(1, 20_100)),
        ("A1:",),
        ("é",),
    ],
    ids=["all", "tall", "column", "rows", "two", "many", "half", "none"],
)
def test_ranges_of_a_workbook_are_bounded_before_it_is_loaded(kind: str, refs: tuple[str, ...]) -> None:
    with pytest.raises(NoTable, match=r"log\.xlsx"):
        read_xlsx(with_ranges(kind, *refs), "log.xlsx")


def test_a_text_that_is_repeated_is_bounded() -> None:
    row = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    known = zipfile.ZipFile(io.BytesIO(GOOD)).read("[Content_Types].xml").decode()
    types = known.replace("</Types>", f'<Override PartName="/xl/s.xml" ContentType="{kind}"/></Types>')
    sheet = f"<worksheet {space}><sheetData>{row * 2_000}</sheetData></worksheet>"
    held = io.BytesIO(repacked(GOOD, {SHEET: sheet.encode(), "[Content_Types].xml": types.encode()}))
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("xl/s.xml", f"<sst {space}><si><t>{'x' * 32_000}</t></si></sst>")
    with pytest.raises(NoTable, match="characters"):
        read_xlsx(held.getvalue(), "log.xlsx")


def lying(data: bytes, size: int) -> bytes:
    """A workbook whose directory claims a size of its first sheet."""
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    return data[: at + 24] + size.to_bytes(4, "little") + data[at + 28 :]


def flagged(data: bytes, offset: int, flag: int) -> bytes:
    """A workbook with a byte changed in each entry of its directory: the flags (8) or the method (10)."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + offset] |= flag
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    "data",
    [
        lying(saved(filled([("a", 1, 2, 3)])), 1),
        lying(saved(filled([("a", 1, 2, 3)])), 2**31),
        flagged(saved(filled([])), 8, 1),
        flagged(saved(filled([])), 10, 0x60),
        flagged(saved(filled([])), 10, 12),
        flagged(saved(filled([])), 10, 14),
        *(
            repacked(saved(Workbook()), {SHEET: f'<?xml version="1.0" encoding="{name}"?><worksheet/>'.encode()})
            for name in ("undefined", "idna", "punycode", "utf-7", "rot13", "EBCDIC-CP-US", "UCS-4", "x" * 5000)
        ),
        repacked(saved(Workbook()), {SHEET: b"<a>" * 100_000}),
        repacked(saved(Workbook()), {"[Content_Types].xml": b"<x/>"}),
        repacked(saved(Workbook()), {"xl/workbook.xml": "<x/>".encode("utf-16")}),
    ],
)
def test_a_damaged_encrypted_or_odd_workbook_is_one_refusal(data: bytes) -> None:
    with pytest.raises(NoTable, match=r"log\.xlsx"):
        read_xlsx(data, "log.xlsx")


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_a_workbook_with_any_damage_is_read_or_refused(at: int, new: bytes) -> None:
    at %= len(GOOD)
    with suppress(NoTable):
        read_xlsx(GOOD[:at] + new + GOOD[at + len(new) :], "log.xlsx")


GOOD = saved(filled([("a", date(2026, 3, 14), 1.5, "x")]))
