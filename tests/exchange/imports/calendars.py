"""Calendars for the tests: files of a few lines, and the rows read from them."""

from cpdkit.exchange.imports.ics import read_ics
from cpdkit.exchange.imports.table import ImportedRow, ImportedTable, ImportOptions

YEAR = ImportOptions(period="2026", zone="Europe/London")


def calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", *lines, "END:VEVENT")


def read(*lines: str, options: ImportOptions = YEAR) -> ImportedTable:
    """Return the table of a calendar with these lines."""
    return read_ics(calendar(*lines), "a.ics", options)


def cell(table: ImportedTable, row: ImportedRow, header: str) -> str:
    return row.cells[table.headers.index(header)]


def times(table: ImportedTable) -> list[tuple[str, str, str]]:
    """Return the first day, the last day and the hours of each row."""
    return [(cell(table, row, "start"), cell(table, row, "end"), cell(table, row, "hours")) for row in table.rows]


def faults(table: ImportedTable) -> list[tuple[str, str]]:
    """Return the faults of all rows, each with its column."""
    return [fault for row in table.rows for fault in row.faults]
