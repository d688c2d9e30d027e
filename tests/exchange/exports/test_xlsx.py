import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from cpdkit.documents.formats.package import unpacked
from cpdkit.exchange.export_columns import Cell, ExportTable
from cpdkit.exchange.exports.xlsx import LONGEST, too_long, xlsx_bytes

DAY = date(2026, 3, 14)


def table_of(*cells: Cell) -> ExportTable:
    return ExportTable("Log: all", tuple(f"c{number}" for number in range(len(cells))), (cells,), ("a.md",))


def sheet_of(*cells: Cell) -> Any:
    return load_workbook(io.BytesIO(xlsx_bytes(table_of(*cells)))).active


def test_days_and_numbers_are_real_and_nothing_is_empty() -> None:
    sheet = sheet_of("a", Decimal("1.6667"), DAY, True, None)
    assert [cell.value for cell in sheet[2]] == ["a", 1.6667, datetime(2026, 3, 14), True, None]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "d", "b", "n"]
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "Log  all"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}"])
def test_no_text_is_a_formula(text: str) -> None:
    cell = sheet_of(text)["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix == (text[0] in "=+-@")


def test_the_workbook_has_no_formula() -> None:
    sheet = unpacked(xlsx_bytes(table_of("=1+1")))["xl/worksheets/sheet1.xml"]
    assert b"<f" not in sheet


def test_characters_that_xml_or_excel_would_not_keep() -> None:
    assert sheet_of("a\x07b_x0041_c")["A2"].value == "ab_x005F_x0041_c"


def test_a_day_before_excels_calendar_is_a_text() -> None:
    assert sheet_of(date(1899, 5, 1))["A2"].value == "1899-05-01"


def test_what_a_cell_cannot_hold_is_cut_and_named() -> None:
    table = table_of("x" * (LONGEST + 1))
    assert too_long(table) == ("a.md",)
    assert len(sheet_of("x" * (LONGEST + 1))["A2"].value) == LONGEST
    assert too_long(table_of("x" * LONGEST)) == ()


def test_the_same_table_and_time_give_the_same_bytes() -> None:
    assert xlsx_bytes(table_of("a", DAY), 1767225600) == xlsx_bytes(table_of("a", DAY), 1767225600)
    assert (
        b"2026-01-01T00:00:00Z</dcterms:modified>"
        in unpacked(xlsx_bytes(table_of("a"), 1767225600))["docProps/core.xml"]
    )
