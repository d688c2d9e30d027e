"""A table as CSV (RFC 4180, UTF-8) that no spreadsheet program takes for formulas.

Every text stands in quotes. One that a program might run starts with an apostrophe, and so does one that starts with an
apostrophe itself: without the first apostrophe of a cell every text is what it was.
"""

import csv
import io
import re
from decimal import Decimal

from cpdkit.exchange.export_columns import Cell, ExportTable, cell_text
from cpdkit.text.source import BOM

_RUNS = re.compile(r"\s*[=+\-@＝＋－＠']|[\t\r\n]")
"""Full-width signs count too: programs set to Japanese take them for the others."""


def csv_bytes(table: ExportTable, *, bom: bool = False) -> bytes:
    """Return the table; `bom` is the mark that Excel wants, to take the file for UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([guarded(header) for header in table.headers])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return (BOM if bom else b"") + text.getvalue().encode()


def guarded(text: str) -> str:
    """Return a text that no program takes for a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """Return the text again."""
    return text.removeprefix("'")


def _cell(cell: Cell) -> str | Decimal:
    """Return a cell as it is written: a number stays one, and stands without quotes."""
    text = cell_text(cell)
    return Decimal(text) if isinstance(cell, Decimal) else guarded(text)
