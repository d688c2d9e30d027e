"""A table as CSV (RFC 4180, UTF-8) without text that a spreadsheet program reads as a formula.

Every text is in quotes. A text that a program might run, or that starts with an apostrophe, gets an apostrophe in
front. Removing it gives the original text.
"""

import csv
import io
import re
from decimal import Decimal

from cpdkit.exchange.export_columns import Cell, ExportTable, cell_text
from cpdkit.text.source import BOM

_RUNS = re.compile(r"\s*[=+\-@＝＋－＠']|[\t\r\n]")
"""Full-width signs count too: programs set to Japanese read them as the others."""


def csv_bytes(table: ExportTable, *, bom: bool = False) -> bytes:
    """Return the table; `bom` adds the byte order mark that Excel needs to read UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([guarded(header) for header in table.headers])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return (BOM if bom else b"") + text.getvalue().encode()


def guarded(text: str) -> str:
    """Return a text that no program reads as a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """Return the original of a guarded text."""
    return text.removeprefix("'")


def _cell(cell: Cell) -> str | Decimal:
    """Return a cell as it is written; a number stays a number, without quotes."""
    text = cell_text(cell)
    return Decimal(text) if isinstance(cell, Decimal) else guarded(text)
