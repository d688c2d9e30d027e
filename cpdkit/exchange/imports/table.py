"""From rows of cells as they stand in a file to a table: where its headings are, and which rows hold anything."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cpdkit.errors import UsageError
from cpdkit.exchange.import_headings import target_of
from cpdkit.text.wording import counted


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row. `where` names its place as its owner finds it (`log.xlsx, sheet CPD, row 7`).

    `cells` are as many as the table has headers: days as `2026-03-14`, durations as `1h30`, the rest as it was typed.
    `key` is the source's own name of the row (a calendar event's UID with its start), empty where it has none: the row
    is then known by its content. `faults` says by header what could not be read of it.
    """

    where: str
    cells: tuple[str, ...]
    key: str = ""
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """The rows of a file, a sheet, a calendar or a folder of notes under their headers.

    `remarks` are sentences about what was passed over while it was read.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[ImportedRow, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What to take of a file: `sheets` of a workbook; the rest chooses events of a calendar.

    `calendars` are names (any of them; none: every calendar), `words` must all be in an event. `period` is one as in
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
_LOOKED_AT = 20
"""Rows among which the headings are."""
_VALUE = re.compile(r"[\d.,:/\s%€£$-]+")


class NoTable(UsageError):
    """A file that holds no table that can be read."""

    def __init__(self, name: str, why: str, hint: str = "") -> None:
        super().__init__(f"{name}: {why}", hint or "the first row of a table names its columns, such as Title and Date")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands in the file: its number there, its cells, and what could not be read by its column."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()


def table_of(name: str, where: str, rows: Sequence[RawRow], remarks: Sequence[str] = ()) -> ImportedTable:
    """Return the table in the rows of a file; `where` stands before a row's number (`log.csv, row`). Raises NoTable."""
    full = [row for row in rows if any(map(str.strip, row.cells)) or row.faults]
    at = _head(full)
    if at is None:
        raise NoTable(name, "it holds no table")
    headers = _headers(full[at], full[at + 1 :])
    above = [f"{name}: {counted(at, 'line')} above the headings passed over"] if at else []
    return ImportedTable(name, headers, tuple(_row(row, headers, where) for row in full[at + 1 :]), (*remarks, *above))


def _head(rows: Sequence[RawRow]) -> int | None:
    """Return the number of the row with the headings: the first with two known ones, else the first like some."""
    first = rows[:_LOOKED_AT]
    known = (at for at, row in enumerate(first) if sum(bool(target_of(cell)) for cell in row.cells) > 1)
    wordy = (at for at, row in enumerate(first) if _looks_like_headings(row.cells))
    return next(known, next(wordy, 0 if first else None))


def _looks_like_headings(cells: Sequence[str]) -> bool:
    words = [cell.strip() for cell in cells if cell.strip()]
    return len(words) > 1 and not any(_VALUE.fullmatch(word) for word in words)


def _headers(head: RawRow, below: Sequence[RawRow]) -> tuple[str, ...]:
    """Return the headings, made different from each other; a column without one is named by its place."""
    size = max([len(head.cells), *(len(row.cells) for row in below)])
    used = [number for number in range(size) if any(_cell(row, number) for row in (head, *below))]
    names: dict[str, str] = {}
    for number in range(max(used, default=-1) + 1):
        plain = " ".join(_cell(head, number).split()) or f"column {column_name(number)}"
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
    """Return a column's letters, as spreadsheets show them: 0 → A, 27 → AB."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
