"""A table as a workbook: real dates and numbers, every text typed as text, the headings frozen.

The same table and the same time give the same bytes.
"""

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as Place
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from cpdkit.documents.formats.package import packed, unpacked, xml_text
from cpdkit.exchange.columns import Cell, ExportTable

LONGEST = 32_767
"""The most characters that a cell of a workbook holds."""
FIRST_DAY = date(1900, 3, 1)
"""Before it Excel's calendar is a day off, and before 1900 it has none."""
NARROWEST, WIDEST = 9, 60
_LONG = 40
_ONE_LINE = ("path", "body")
"""Columns whose texts are not wrapped, since a whole body would make its row a page high."""
_NAME = re.compile(r"[\\/*?:\[\]]")
_NAME_LENGTH = 31
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would take for an escaped character."""
_CORE = "docProps/core.xml"


def xlsx_bytes(table: ExportTable, epoch: int = 0) -> bytes:
    """The table as a workbook of one sheet, dated `epoch` (seconds since 1970)."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _NAME.sub(" ", table.title)[:_NAME_LENGTH].strip()
    for number, header in enumerate(table.headers, start=1):
        _headed(sheet.cell(1, number), header)
    for row, cells in enumerate(table.rows, start=2):
        for number, cell in enumerate(cells, start=1):
            if cell not in ("", None):
                _filled(sheet.cell(row, number), cell, wrap=table.headers[number - 1] not in _ONE_LINE)
    _laid_out(sheet, table)
    return _settled(book, table, epoch)


def too_long(table: ExportTable) -> tuple[str, ...]:
    """The names of the rows of which a workbook can't hold a whole text."""
    pairs = zip(table.names, table.rows, strict=True)
    return tuple(name for name, row in pairs if any(isinstance(cell, str) and len(cell) > LONGEST for cell in row))


def _headed(place: Place, header: str) -> None:
    _text(place, header)
    place.font = Font(bold=True)
    place.fill = PatternFill("solid", fgColor="FFE8EDF1")
    place.alignment = Alignment(vertical="top", wrap_text=True)


def _filled(place: Place, cell: Cell, *, wrap: bool) -> None:
    if isinstance(cell, str):
        _text(place, cell)
    elif isinstance(cell, date) and cell < FIRST_DAY:
        _text(place, cell.isoformat())
    else:
        place.value = cell
        if isinstance(cell, date):
            place.number_format = "yyyy-mm-dd"
    place.alignment = Alignment(vertical="top", wrap_text=wrap and isinstance(cell, str) and len(cell) > _LONG)


def _text(place: Place, text: str) -> None:
    """A text that is never a formula: not now, and not when somebody edits the cell."""
    place.value = _ESCAPED.sub("_x005F_", xml_text(text))[:LONGEST]
    place.data_type = "s"
    if text[:1] in "=+-@":
        place.quotePrefix = True


def _laid_out(sheet: Any, table: ExportTable) -> None:
    """Widths, the frozen headings, a filter, and what the printer makes of it."""
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
    """As wide as the longest line in it, within bounds."""
    lines = [len(header) + 3, *(max(map(len, _shown(cell).split("\n"))) + 2 for cell in column)]
    return float(min(max(NARROWEST, *lines), WIDEST))


def _shown(cell: Cell) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _settled(book: Workbook, table: ExportTable, epoch: int) -> bytes:
    """The bytes, without a trace of now."""
    when = datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)
    book.properties.title, book.properties.creator, book.properties.created = table.title, "cpdkit", when
    held = io.BytesIO()
    book.save(held)
    parts = unpacked(held.getvalue())
    modified = rb"(<dcterms:modified[^>]*>)[^<]*"
    parts[_CORE] = re.sub(modified, rb"\g<1>" + f"{when:%Y-%m-%dT%H:%M:%SZ}".encode(), parts[_CORE])
    return packed(parts, epoch)
