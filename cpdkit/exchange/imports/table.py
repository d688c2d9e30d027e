"""Find the table in the rows of a file: its headings, and the rows that are not empty."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cpdkit.errors import UsageError
from cpdkit.exchange.cells import is_day
from cpdkit.exchange.import_headings import target_of
from cpdkit.text.wording import counted, shortened


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row. `where` is its place as shown to the owner (`log.xlsx, sheet CPD, row 7`).

    `cells` has one text for each header: dates as `2026-03-14`, durations as `1h30`, other values as typed. `key` is
    the source's own name of the row (a calendar event's UID with its start); if it is empty, the row is recognised by
    its content. `faults` has a message for each header of a cell that could not be read. `repeated` has the headers of
    cells that are merged with a cell above.
    """

    where: str
    cells: tuple[str, ...]
    key: str = ""
    faults: tuple[tuple[str, str], ...] = ()
    repeated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """The rows of a file, a sheet, a calendar or a folder of notes, with their headers.

    `remarks` are sentences about what was ignored while it was read. `targets` has the fields of headings whose meaning
    the kind of file defines.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[ImportedRow, ...]
    remarks: tuple[str, ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)


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
    """One row of the file: its number, its cells, faults by column number, and the columns merged with a cell above."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()
    repeated: tuple[int, ...] = ()


def table_of(name: str, where: str, rows: Sequence[RawRow], remarks: Sequence[str] = ()) -> ImportedTable:
    """Return the table in the rows of a file; `where` precedes a row's number (`log.csv, row`). Raises NoTable."""
    full = [row for row in rows if any(map(str.strip, row.cells)) or row.faults]
    at = _head(full)
    if at is None:
        raise NoTable(name, "no table found")
    if at < 0:
        headers = _headers(RawRow(0, ()), full)
        remark = f"{name}: the first row has a date, so the columns have no headings"
        return ImportedTable(name, headers, tuple(_row(row, headers, where) for row in full), (*remarks, remark))
    headers = _headers(full[at], full[at + 1 :])
    above = [f"{name}: {counted(at, 'line')} above the headings ignored"] if at else []
    return ImportedTable(name, headers, tuple(_row(row, headers, where) for row in full[at + 1 :]), (*remarks, *above))


def _head(rows: Sequence[RawRow]) -> int | None:
    """Return the index of the row of headings: the first with two known ones, otherwise the first that fits.

    -1 stands for no headings: a row with a date is data, and so are the rows below it.
    """
    first = rows[:_SEARCHED_ROWS]
    known = (at for at, row in enumerate(first) if _knows_headings(row.cells))
    wordy = (at for at, row in enumerate(first) if _looks_like_headings(row.cells))
    data = next((at for at, row in enumerate(first) if _has_a_date(row.cells)), len(first))
    at = next(known, next(wordy, 0 if first else None))
    return -1 if at is not None and at >= data and not _knows_headings(first[at].cells) else at


def _knows_headings(cells: Sequence[str]) -> bool:
    return sum(bool(target_of(cell)) for cell in cells) > 1 and not _has_a_date(cells)


def _has_a_date(cells: Sequence[str]) -> bool:
    """Return whether a row of several cells has a date, and so is not one of headings."""
    full = [cell for cell in cells if cell.strip()]
    return len(full) > 1 and any(is_day(cell) for cell in full)


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
    faults = tuple((headers[at], problem) for at, problem in row.faults)
    return ImportedRow(f"{where} {row.number}", cells, "", faults, frozenset(headers[at] for at in row.repeated))


def column_name(number: int) -> str:
    """Return a column's letters, as in spreadsheets: 0 → A, 27 → AB."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
