"""A table as a workbook: real dates and numbers, text as text, and frozen headings.

The same table and time give the same bytes.
"""

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from cpdkit.documents.formats.package import packed, unpacked, xml_text
from cpdkit.exchange.export_columns import Cell, ExportTable, cell_text

LONGEST = 32_767
"""Characters of the longest text in a cell of a workbook."""
FIRST_DAY = date(1900, 3, 1)
"""Before this date Excel's calendar is wrong by a day; before 1900 it has no dates."""
NARROWEST, WIDEST = 9, 60
_LONG = 40
_ONE_LINE = ("path", "body")
"""Columns without wrapped text: a whole body would make its row a page high."""
_NAME = re.compile(r"[\\/*?:\[\]]")
_NAME_LENGTH = 31
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Text that Excel would read as an escaped character."""
_CORE = "docProps/core.xml"


def xlsx_bytes(table: ExportTable, epoch: int = 0) -> bytes:
    """Return the table as a workbook of one sheet, dated `epoch` (seconds since 1970)."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _NAME.sub(" ", table.title)[:_NAME_LENGTH].strip()
    for number, header in enumerate(table.headers, start=1):
        _write_heading(sheet.cell(1, number), header)
    for row, cells in enumerate(table.rows, start=2):
        for number, cell in enumerate(cells, start=1):
            if cell not in ("", None):
                _write_cell(sheet.cell(row, number), cell, wrap=table.headers[number - 1] not in _ONE_LINE)
    _lay_out(sheet, table)
    return _bytes_of(book, table, epoch)


def too_long(table: ExportTable) -> tuple[str, ...]:
    """Return the names of the rows with a text that is too long for a workbook."""
    pairs = zip(table.names, table.rows, strict=True)
    return tuple(name for name, row in pairs if any(isinstance(cell, str) and len(cell) > LONGEST for cell in row))


def _write_heading(target: SheetCell, header: str) -> None:
    _write_text(target, header)
    target.font = Font(bold=True)
    target.fill = PatternFill("solid", fgColor="FFE8EDF1")
    target.alignment = Alignment(vertical="top", wrap_text=True)


def _write_cell(target: SheetCell, cell: Cell, *, wrap: bool) -> None:
    if isinstance(cell, str):
        _write_text(target, cell)
    elif isinstance(cell, date) and cell < FIRST_DAY:
        _write_text(target, cell.isoformat())
    else:
        target.value = cell
        if isinstance(cell, date):
            target.number_format = "yyyy-mm-dd"
    target.alignment = Alignment(vertical="top", wrap_text=wrap and isinstance(cell, str) and len(cell) > _LONG)


def _write_text(target: SheetCell, text: str) -> None:
    """Write a text that is never a formula, even after somebody edits the cell."""
    target.value = _ESCAPED.sub("_x005F_", xml_text(text))[:LONGEST]
    target.data_type = "s"
    if text[:1] in "=+-@":
        target.quotePrefix = True


def _lay_out(sheet: Any, table: ExportTable) -> None:
    """Set widths, the frozen headings, a filter, and the layout for printing."""
    sheet.freeze_panes = "A2"
    if table.rows:
        sheet.auto_filter.ref = sheet.dimensions
    for number, header in enumerate(table.headers):
        column = [row[number] for row in table.rows]
        sheet.column_dimensions[get_column_letter(number + 1)].width = _width(header, column)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _width(header: str, column: Sequence[Cell]) -> float:
    """Return the width of a column: that of its longest line, within limits."""
    lines = [len(header) + 3, *(max(map(len, cell_text(cell).split("\n"))) + 2 for cell in column)]
    return float(min(max(NARROWEST, *lines), WIDEST))


def _bytes_of(book: Workbook, table: ExportTable, epoch: int) -> bytes:
    """Return the bytes, with `epoch` instead of the current time."""
    when = datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)
    book.properties.title, book.properties.creator, book.properties.created = table.title, "cpdkit", when
    file = io.BytesIO()
    book.save(file)
    parts = unpacked(file.getvalue())
    modified = rb"(<dcterms:modified[^>]*>)[^<]*"
    parts[_CORE] = re.sub(modified, rb"\g<1>" + f"{when:%Y-%m-%dT%H:%M:%SZ}".encode(), parts[_CORE])
    return packed(parts, epoch)
