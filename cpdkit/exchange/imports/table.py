"""Find the table in the rows of a file: its headings, and the rows that are not empty."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cpdkit.errors import UsageError
from cpdkit.exchange.import_headings import target_of
from cpdkit.text.wording import counted, shortened


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row. `where` is its place as shown to the owner (`log.xlsx, sheet CPD, row 7`).

    `cells` has one text for each header: dates as `2026-03-14`, durations as `1h30`, other values as typed. `key` is
    the source's own name of the row (a calendar event's UID with its start); if it is empty, the row is recognised by
    its content. `faults` has a message for each header of a cell that could not be read.
    """

    where: str
    cells: tuple[str, ...]
    key: str = ""
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """The rows of a file, a sheet, a calendar or a folder of notes, with their headers.

    `remarks` are sentences about what was ignored while it was read.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[ImportedRow, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What to read from a file: `sheets` of a workbook; the other options choose events of a calendar.

    `calendars` are names of calendars (empty: all), and `words` must all be in an event. `period` is a period as in
    `--period`, empty for the last twelve months; `zone` is the owner's time zone (`Europe/London`), empty for the
    system's.
    """

    sheets: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    period: str = ""
    zone: str = ""


MOST_ROWS = 100_000
MOST_COLUMNS = 256
LONGEST_HEADING = 500
"""Characters of a heading; the rest is cut."""
_SEARCHED_ROWS = 20
"""Rows in which the headings are searched."""
_VALUE = re.compile(r"[\d.,:/\s%€£$-]+")


class NoTable(UsageError):
    """A file without a table that can be read."""

    def __init__(self, name: str, why: str, hint: str = "") -> None:
        super().__init__(f"{name}: {why}", hint or "name the columns in the first row, such as Title and Date")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of the file: its number, its cells, and faults by column number."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()


def table_of(name: str, where: str, rows: Sequence[RawRow], remarks: Sequence[str] = ()) -> ImportedTable:
    """Return the table in the rows of a file; `where` precedes a row's number (`log.csv, row`). Raises NoTable."""
    full = [row for row in rows if any(map(str.strip, row.cells)) or row.faults]
    at = _head(full)
    if at is None:
        raise NoTable(name, "no table found")
    headers = _headers(full[at], full[at + 1 :])
    above = [f"{name}: {counted(at, 'line')} above the headings ignored"] if at else []
    return ImportedTable(name, headers, tuple(_row(row, headers, where) for row in full[at + 1 :]), (*remarks, *above))


def _head(rows: Sequence[RawRow]) -> int | None:
    """Return the index of the row of headings: the first with two known ones, otherwise the first that fits."""
    first = rows[:_SEARCHED_ROWS]
    known = (at for at, row in enumerate(first) if sum(bool(target_of(cell)) for cell in row.cells) > 1)
    wordy = (at for at, row in enumerate(first) if _looks_like_headings(row.cells))
    return next(known, next(wordy, 0 if first else None))


def _looks_like_headings(cells: Sequence[str]) -> bool:
    words = [cell.strip() for cell in cells if cell.strip()]
    return len(words) > 1 and not any(_VALUE.fullmatch(word) for word in words)


def _headers(head: RawRow, below: Sequence[RawRow]) -> tuple[str, ...]:
    """Return the headings, made unique; a column without one is named by its letters."""
    size = max([len(head.cells), *(len(row.cells) for row in below)])
    used = [number for number in range(size) if any(_cell(row, number) for row in (head, *below))]
    names: dict[str, str] = {}
    for number in range(max(used, default=-1) + 1):
        plain = shortened(" ".join(_cell(head, number).split()), LONGEST_HEADING) or f"column {column_name(number)}"
        name, again = plain, 1
        while name.casefold() in names:
            again += 1
            name = f"{plain} ({again})"
        names[name.casefold()] = name
    return tuple(names.values())


def _cell(row: RawRow, number: int) -> str:
    return row.cells[number].strip() if number < len(row.cells) else ""


def _row(row: RawRow, headers: Sequence[str], where: str) -> ImportedRow:
    cells = tuple(_cell(row, number) for number in range(len(headers)))
    return ImportedRow(f"{where} {row.number}", cells, "", tuple((headers[at], problem) for at, problem in row.faults))


def column_name(number: int) -> str:
    """Return a column's letters, as in spreadsheets: 0 → A, 27 → AB."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
