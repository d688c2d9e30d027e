"""Tables in workbooks (XLSX), as Excel, LibreOffice and others write them.

A workbook is an untrusted zip of XML: openpyxl opens it only after `workbook_parts.py` has unpacked and counted it.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from cpdkit.exchange.export_columns import time_text
from cpdkit.exchange.import_headings import unit_named
from cpdkit.exchange.imports.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    ImportedTable,
    ImportOptions,
    NoTable,
    RawRow,
    table_of,
)
from cpdkit.exchange.imports.workbook_parts import AGAIN, SMALLER, unpacked
from cpdkit.exchange.imports.workbook_styles import with_plain_styles

MOST_CELLS = 2_000_000
MOST_TEXT = 64_000_000
"""Characters of all cells of a sheet together: a short file can repeat a long text."""
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_UNIT = re.compile(r'"([^"]*)"')
"""The words in the format of a number, such as `0" min"`."""
_WORDS_OF_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\[\$[^\[\]]*\]')
_LEAP_DAY = datetime(1900, 3, 1)
"""Spreadsheets number 1900 as a leap year, so openpyxl moves earlier dates by a day."""
_SECOND = timedelta(seconds=1)


def read_xlsx(data: bytes, name: str, options: ImportOptions | None = None) -> ImportedTable:
    """Return the table in a workbook: that of its first sheet with one, and those of sheets with the same headings.

    Raises NoTable.
    """
    options = options or ImportOptions()
    sheets = options.sheets
    parts = unpacked(data, name)
    remarks = []
    try:
        book = _opened(data, name)
    except NoTable as error:
        data, complete = _restyled(data, error)
        book = _opened(data, name)
        if not complete:
            remarks = [f"{name}: the formats of its cells are damaged; check the dates and hours"]
    chosen = [_sheet(book, title, name) for title in sheets] or list(book.worksheets)
    bare = _without_values(data, parts, chosen)
    tables: list[ImportedTable] = []
    others: list[str] = []
    for sheet in chosen:
        table = _table(sheet, name, bare.get(sheet.title, frozenset()), options)
        if table and (not tables or table.headers == tables[0].headers):
            tables.append(table)
        elif table or sheets:
            others.append(sheet.title)
    if not tables:
        raise NoTable(name, "none of its sheets contains a table")
    table = _joined(tables, others, name)
    return replace(table, remarks=(*remarks, *table.remarks))


def _restyled(data: bytes, error: NoTable) -> tuple[bytes, bool]:
    """Return a workbook with plain styles, and whether its cells have their formats. Raises the error if it cannot."""
    try:
        return with_plain_styles(data)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        raise error from None


def _opened(data: bytes, name: str, *, values: bool = True) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are not read
            return load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except Exception:  # noqa: BLE001  openpyxl raises many kinds of errors for a damaged file
        raise NoTable(name, "cannot read the file as a workbook", AGAIN) from None


def _sheet(book: Any, title: str, name: str) -> Any:
    for sheet in book.worksheets:
        if sheet.title.casefold() == title.casefold():
            return sheet
    titles = ", ".join(sheet.title for sheet in book.worksheets)
    raise NoTable(name, f'unknown sheet "{title}"', f"available sheets: {titles}")


def _without_values(data: bytes, parts: Mapping[str, bytes], sheets: Sequence[Any]) -> Mapping[str, frozenset[str]]:
    """Return, by sheet, the cells whose formula has no value, because the program that wrote it did not compute it."""
    names = [name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    if not any(_FORMULA.search(parts[name]) for name in names):
        return {}
    book = _opened(data, "", values=False)
    return {
        sheet.title: frozenset(
            cell.coordinate
            for row in book[sheet.title].iter_rows()
            for cell in row
            if cell.data_type == "f" and sheet[cell.coordinate].value is None
        )
        for sheet in sheets
    }


def _table(sheet: Any, name: str, bare: frozenset[str], options: ImportOptions) -> ImportedTable | None:
    """Return the table of a sheet, or None."""
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS or sheet.max_row * sheet.max_column > MOST_CELLS:
        hint = "delete the empty rows and columns after the table, or save it as CSV UTF-8"
        raise NoTable(
            name, f"sheet {sheet.title} is too large: {sheet.max_row:,} rows, {sheet.max_column:,} columns", hint
        )
    spread = _spread(sheet)
    rows: list[RawRow] = []
    length = 0
    for row in sheet.iter_rows():
        rows.append(_row(row, spread, bare))
        length += sum(map(len, rows[-1].cells))
        if length > MOST_TEXT:
            raise NoTable(name, f"sheet {sheet.title} has more than {MOST_TEXT:,} characters", SMALLER)
    try:
        table = table_of(f"{name}, sheet {sheet.title}", f"{name}, sheet {sheet.title}, row", rows, (), options)
    except NoTable:
        if options.sheets:
            raise
        return None
    return table if len(table.headers) > 1 and table.rows else None


def _spread(sheet: Any) -> dict[tuple[int, int], Any]:
    """Return the first cell of vertically merged cells, by row and column of the others."""
    firsts: dict[tuple[int, int], Any] = {}
    for merged in sheet.merged_cells.ranges:
        first = sheet.cell(merged.min_row, merged.min_col)
        for row in range(merged.min_row + 1, min(merged.max_row, sheet.max_row) + 1):
            firsts[row, merged.min_col] = first
    return firsts


def _row(row: Sequence[Any], spread: Mapping[tuple[int, int], Any], bare: frozenset[str]) -> RawRow:
    number = row[0].row if row else 0
    cells, faults, repeated = [], [], []
    for at, cell in enumerate(row):
        shown = spread.get((number, at + 1), cell)
        if shown is not cell:
            repeated.append(at)
        if shown.data_type == "e":
            faults.append((at, f"{shown.coordinate} contains an error: {shown.value}"))
            cells.append("")
        elif shown.coordinate in bare:
            faults.append(
                (at, f"{shown.coordinate} has a formula without a value; save the file again in a spreadsheet program")
            )
            cells.append("")
        else:
            cells.append(_text(shown.value, str(shown.number_format)))
    return RawRow(number, tuple(cells), tuple(faults), tuple(repeated))


def _text(value: Any, form: str) -> str:
    """Return a cell's value as a text: dates as 2026-03-14, durations as 1h30, times of day as 18:30, rounded numbers.

    A number keeps the unit that its format shows: `90 min`.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _moment(value, form)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        if value < time(23, 59, 59):
            value = _whole_minute(datetime.combine(date.min, value)).time()
        return f"{value:%H:%M:%S}".removesuffix(":00").removeprefix("0")
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, int | float):
        is_percent = "%" in _WORDS_OF_FORMAT.sub("", form)
        number = f"{Decimal(repr(round(value * 100 if is_percent else value, 9))).normalize():f}"
        if is_percent:
            return f"{number}%"
        unit = " ".join(_UNIT.findall(form.partition(";")[0])).strip()
        return f"{number} {unit}" if unit_named(unit) else number
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _moment(value: datetime, form: str) -> str:
    """Return a date; or a duration of a day or more, which is stored as a time in the first year of the calendar."""
    start = datetime(1904, 1, 1) if value.year == 1904 else datetime(1899, 12, 30)
    if value.year in (1899, 1900, 1904) and _is_time(form):
        return _duration(value - start - timedelta(start.year < 1904 and value < _LEAP_DAY))
    value = _whole_minute(value)
    return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"


def _is_time(form: str) -> bool:
    """Return whether a format shows hours, but no day and no year."""
    letters = _WORDS_OF_FORMAT.sub("", form.partition(";")[0]).casefold()
    return "h" in letters and not {"d", "y"}.intersection(letters)


def _whole_minute(value: datetime) -> datetime:
    """Return a time less than a second before a minute as that minute: its number was rounded down."""
    later = value + _SECOND
    return later.replace(second=0, microsecond=0) if later.minute != value.minute else value


def _duration(value: timedelta) -> str:
    return time_text(round(value.total_seconds() / 60))


def _joined(tables: Sequence[ImportedTable], others: Sequence[str], name: str) -> ImportedTable:
    rows = tuple(row for table in tables for row in table.rows)
    remarks = [remark for table in tables for remark in table.remarks]
    if others:
        names = ", ".join(others)
        remarks.append(f"{name}: sheets with other columns ignored: {names} (read one with --sheet NAME)")
    return ImportedTable(tables[0].name if len(tables) == 1 else name, tables[0].headers, rows, tuple(remarks))
