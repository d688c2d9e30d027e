"""Find the table in the rows of a file: its headings, and the rows that are not empty."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cpdkit.errors import UsageError
from cpdkit.exchange.causes import Remark, causes
from cpdkit.exchange.cells import is_day
from cpdkit.exchange.import_headings import AMOUNTS, plain_heading, target_of
from cpdkit.exchange.imports.other_rows import is_signature, is_skipped, is_total
from cpdkit.text.wording import counted, shortened


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a row: an attachment of an e-mail, or a file next to the imported one.

    `name` is as its sender chose it. `read` returns the bytes, or raises Unreadable. `address` is how the text of the
    row links to it, if it does.
    """

    name: str
    read: Callable[[], bytes]
    address: str = ""


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row. `where` is its place as shown to the owner (`log.xlsx, sheet CPD, row 7`).

    `cells` has one text for each header: dates as `2026-03-14`, durations as `1h30`, other values as typed. `key` is
    the source's own name of the row (a calendar event's UID with its start); if it is empty, the row is recognised by
    its content. `faults` has a message for each header of a cell that could not be read. `repeated` has the headers of
    cells that are merged with a cell above. `attachments` become evidence. `is_post` means that the row is about a job,
    and becomes a post; `is_qualification`, that it is about a degree or a certificate.
    """

    where: str
    cells: tuple[str, ...]
    key: str = ""
    faults: tuple[tuple[str, str], ...] = ()
    repeated: frozenset[str] = frozenset()
    attachments: tuple[Attachment, ...] = ()
    is_post: bool = False
    is_qualification: bool = False


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
    """What to read from a file.

    `sheets` of a workbook; `header_row` is the number of a table's row of headings (0: search it), and `skips` has the
    numbers of rows to skip, or texts of their cells (see `other_rows.is_skipped`). The other options choose events of a
    calendar. `folder` is that of the file, whose other files can belong to it; None for standard input.

    `calendars` are names of calendars (empty: all), and `words` must all be in an event. `period` is a period as in
    `--period`, empty for the last twelve months; `zone` is the owner's time zone (`Europe/London`), empty for the
    system's.
    """

    sheets: tuple[str, ...] = ()
    header_row: int = 0
    skips: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    period: str = ""
    zone: str = ""
    folder: Path | None = None


MOST_ROWS = 100_000
MOST_COLUMNS = 256
LONGEST_HEADING = 500
"""Characters of a heading; the rest is cut."""
_OF_TIME = frozenset([*AMOUNTS, "start", "end", "start-time", "end-time", "break"])
REASON = "Rejected because"
"""The last column of a file with rejected rows, which is not read: a corrected row is the same as one without it."""
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


def table_of(
    name: str, where: str, rows: Sequence[RawRow], remarks: Sequence[str] = (), options: ImportOptions | None = None
) -> ImportedTable:
    """Return the table in the rows of a file; `where` precedes a row's number (`log.csv, row`). Raises NoTable."""
    options = options or ImportOptions()
    omitted: list[Remark] = []
    full = [row for row in rows if any(map(str.strip, row.cells)) or row.faults]
    if options.skips:
        skipped = {row.number for row in full if is_skipped(row.number, row.cells, options.skips)}
        skipped -= {0, options.header_row}  # 0 is the row of the keys of objects
        full = [row for row in full if row.number not in skipped]
        omitted += [Remark(f"{where} {number}", "", "skipped") for number in skipped]
    at = _chosen_head(full, options.header_row, name) if options.header_row else _head(full)
    if at is None:
        raise NoTable(name, "no table found")
    if at < 0:
        head, data = RawRow(0, ()), full
        notes = [f"{name}: the first row has a date, so the columns have no headings"]
    else:
        notes = [f"{name}: {counted(at, 'line')} above the headings ignored"] if at else []
        upper, head, data = full[at], full[at], full[at + 1 :]
        if head.number and not options.header_row and data and _is_second_heading(upper, data[0]):
            head, data = _joined(upper, data[0]), data[1:]
            notes.append(f"{name}: rows {upper.number} and {head.number} are read as one row of headings")
    kept = _records(data, head, where, omitted)
    headers = _headers(head, kept)
    if headers[-1:] == (REASON,):
        headers = headers[:-1]
    found = tuple(_row(row, headers, where) for row in kept)
    return ImportedTable(name, headers, found, (*remarks, *notes, *causes(omitted)))


def _chosen_head(rows: Sequence[RawRow], number: int, name: str) -> int:
    """Return the index of the row of headings that the owner chose. Raises NoTable."""
    at = next((at for at, row in enumerate(rows) if row.number == number), None)
    if at is None:
        raise NoTable(name, f"row {number} has no headings", "give the number of the row of headings: --header-row 3")
    return at


def _is_second_heading(upper: RawRow, lower: RawRow) -> bool:
    """Return whether a row below the headings has headings too: those of a group, or the rest of merged cells.

    A heading of a group is above several columns: merged cells leave the others empty, or repeat it.
    """
    if any(_cell(upper, at) and _cell(upper, at) == _cell(lower, at) for at in lower.repeated):
        return True  # cells merged with the headings above
    texts = [cell for cell in lower.cells if cell.strip()]
    groups = Counter(_cell(upper, at) for at in range(len(upper.cells)))
    groups[""] += 1  # one empty cell is enough
    is_below_group = any(_cell(lower, at) and groups[_cell(upper, at)] > 1 for at in range(len(upper.cells)))
    is_longer = len(lower.cells) > len(upper.cells)
    return len(texts) > 1 and not lower.faults and all(map(target_of, texts)) and (is_below_group or is_longer)


def _joined(upper: RawRow, lower: RawRow) -> RawRow:
    """Return two rows of headings as one: the lower heading of a column, otherwise the upper one.

    Hours that are divided below their heading are not all hours of an activity, so these keep both headings.
    """
    size = max(len(upper.cells), len(lower.cells))
    cells = []
    group = ""
    for at in range(size):
        group = _cell(upper, at) or group
        part = _cell(lower, at)
        is_divided = bool(part) and part != group and target_of(group) in AMOUNTS and target_of(part) not in _OF_TIME
        cells.append(f"{group} {part}" if is_divided else part or _cell(upper, at))
    return RawRow(lower.number, tuple(cells))


def _records(rows: Sequence[RawRow], head: RawRow, where: str, omitted: list[Remark]) -> list[RawRow]:
    """Return the rows of data. Totals, repeated headings, and signatures at the end are added to `omitted`."""
    kept: list[RawRow] = []
    at_end = True
    heading = [plain_heading(cell) for cell in head.cells if cell.strip()]
    for row in reversed(rows):
        what = ""
        if is_total(row.cells, last=at_end and len(rows) > 1):
            what = "totals"
        elif at_end and is_signature(row.cells):
            what = "a signature or a declaration"
        elif len(heading) > 1 and [plain_heading(cell) for cell in row.cells if cell.strip()] == heading:
            what = "repeated headings"
        if what:
            omitted.append(Remark(f"{where} {row.number}", "", f"omitted as {what}"))
        else:
            kept.append(row)
            at_end = False
    return kept[::-1]


def _head(rows: Sequence[RawRow]) -> int | None:
    """Return the index of the row of headings: the first with two known ones, otherwise the first that fits.

    If the row below it, without a date, has more known headings, it names groups of columns, and the row below counts.
    -1 stands for no headings: a row with a date is data, and so are the rows below it.
    """
    first = rows[:_SEARCHED_ROWS]
    if first and first[0].number == 0:
        return 0
    known = next((at for at, row in enumerate(first) if _knows_headings(row.cells)), None)
    while known is not None and known + 1 < len(first) and _known(first[known + 1].cells) > _known(first[known].cells):
        known += 1
    wordy = (at for at, row in enumerate(first) if _looks_like_headings(row.cells))
    data = next((at for at, row in enumerate(first) if _has_a_date(row.cells)), len(first))
    at = next(wordy, 0 if first else None) if known is None else known
    return -1 if at is not None and at >= data and not _knows_headings(first[at].cells) else at


def _known(cells: Sequence[str]) -> int:
    """Return the number of known headings in a row; 0 for one that has a value."""
    is_data = _has_a_date(cells) or any(_VALUE.fullmatch(cell.strip()) for cell in cells if cell.strip())
    return 0 if is_data else sum(bool(target_of(cell)) for cell in cells)


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
