"""One Markdown file as a log: dated headings with text below, dated list items, or tables among prose."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from cpdkit.exchange.cells import day_of
from cpdkit.exchange.column_matching import ENOUGH
from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.import_headings import plain_heading, target_of
from cpdkit.exchange.imports.dated_sections import Context, LogEntry, Section, dated_title, first_line, log_of
from cpdkit.exchange.imports.entries import Entry, duration, entry_table
from cpdkit.exchange.imports.notes import Note, read_note, table_of_note
from cpdkit.exchange.imports.other_rows import is_total
from cpdkit.exchange.imports.table import MOST_COLUMNS, ImportedTable, NoTable
from cpdkit.exchange.imports.zones import Clock
from cpdkit.text.faults import Unreadable
from cpdkit.text.markdown import LONGEST, MOST_LINES, Document, read
from cpdkit.text.markdown_blocks import Block, plain, walk_inlines
from cpdkit.text.source import decode
from cpdkit.text.wording import first_few

_DATES = ("start", "days")
_DASHES = frozenset(":–—|-*_")
_MOST_NAMED = 5


@dataclass(slots=True)
class _File:
    """The file's text as read: its lines, and what was found in it; `base` is the number of lines above the text."""

    name: str
    lines: list[str]
    base: int
    entries: list[Entry] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)

    def add(self, entry: LogEntry) -> None:
        cells = entry.cells()
        key = f"{entry.day}\x1f{cells['title']}"
        self.entries.append(Entry(f"{self.name}, line {self.base + entry.line}", key, cells))


def read_markdown_log(data: bytes, name: str, clock: Clock) -> ImportedTable:
    """Return the entries of a Markdown file and the rows of its tables with a date. Raises NoTable if it has none."""
    try:
        text = decode(name, data).text
    except Unreadable as error:
        raise NoTable(name, error.faults[0].message, "save it as UTF-8") from None
    note = read_note(text)
    body = note.body
    if len(body) > LONGEST or body.count("\n") >= MOST_LINES:
        limit = f"it has more than {LONGEST // 2**20} MiB or {MOST_LINES:,} lines"
        raise NoTable(name, limit, "split the file")
    document = read(body)
    file = _File(name, body.split("\n"), text.count("\n") - body.count("\n"))
    log = log_of(_sections(document, file.lines))
    for entry in log.entries:
        file.add(entry)
    for section, context in log.outside:
        _read_outside(section, context, document, file)
    if not file.entries and not file.columns:
        return _one_note(note, name, clock)
    file.entries.sort(key=_line)
    remarks = [f"{name}: {fault}" for fault in note.faults]
    if file.ignored:
        places = first_few(file.ignored, _MOST_NAMED)
        remarks.append(f"{name}: text without a date ignored, at {places}")
    if file.totals:
        remarks.append(f"{name}: totals ignored, at {first_few(file.totals, _MOST_NAMED)}")
    table = entry_table(name, file.entries, remarks)
    if len(table.headers) > MOST_COLUMNS:
        raise NoTable(name, f"its tables have more than {MOST_COLUMNS} different columns", "split the file")
    return _named(table, file.columns)


def _one_note(note: Note, name: str, clock: Clock) -> ImportedTable:
    """Return a file without dated parts as one note, if its front matter or its name has a date. Raises NoTable."""
    table = table_of_note(note, name, clock)
    if not table.rows[0].cells[table.headers.index("start")]:
        hint = "start each entry with a heading such as ## 2026-03-14 Title, or add a table with a column Date"
        raise NoTable(name, "no dated headings and no table with dates", hint)
    return table


def _line(entry: Entry) -> int:
    return int(entry.where.rpartition(" ")[2])


def _named(table: ImportedTable, columns: dict[str, str]) -> ImportedTable:
    """Return the table with the headings as written in the tables, which are then matched as in any other table."""
    headers: list[str] = []
    for column in table.headers:
        header = columns.get(column, column)
        headers.append(header if header not in headers else f"{header} ({column})")
    meant = ((header, column) for header, column in zip(headers, table.headers, strict=True))
    fixed = {header: column for header, column in meant if column == "title" or column not in columns}
    return ImportedTable(table.name, tuple(headers), table.rows, table.remarks, fixed)


def _sections(document: Document, lines: Sequence[str]) -> list[Section]:
    """Return the sections of a text, the first without a heading."""
    headings = document.headings
    starts = [len(lines) if not headings else headings[0].line - 1, *(each.line - 1 for each in headings[1:])]
    starts = [*starts, len(lines)] if headings else starts
    sections = [Section(0, "", "\n".join(lines[: starts[0]]), 0, starts[0])]
    for heading, stop in zip(headings, starts[1:], strict=True):
        text = "\n".join(lines[heading.block.stop : stop])
        title = plain(heading.block.inlines).strip()
        values = {"evidence": links} if (links := _links(heading.block)) else {}
        sections.append(Section(heading.level, title, text, heading.line - 1, stop, heading.text, values))
    return sections


def _read_outside(section: Section, context: Context, document: Document, file: _File) -> None:
    """Read the tables and the dated list items of a section without a date; name what remains."""
    first = section.line
    start, stop = (bisect_left(document.blocks, line, key=_start) for line in (first, section.stop))
    blocks = [block for block in document.blocks[start:stop] if block.kind != "heading"]
    rest: list[Block] = []
    open_entry: LogEntry | None = None
    opened: list[LogEntry] = []
    for block in blocks:
        source = "\n".join(file.lines[block.start : block.stop])
        if block.kind == "table" and _add_rows(block, file):
            open_entry = None
        elif block.kind == "paragraph" and (entry := _paragraph(source, block, context)):
            open_entry = entry
            opened.append(entry)
        elif block.kind in ("bullets", "numbers") and not open_entry:
            rest += [item for item in block.blocks if not _add_item(item, context, file)]
        elif open_entry:
            open_entry.text = f"{open_entry.text}\n\n{source}".strip("\n")
        elif block.kind not in ("rule", "comment", "definition"):
            rest.append(block)
    for entry in opened:
        file.add(entry)
    if context.when and rest and section.title:
        text = "\n".join(line for block in rest for line in file.lines[block.start : block.stop]).strip("\n")
        file.add(LogEntry(context.when, "", text, first + 1))
    else:
        file.ignored += [f"line {file.base + block.start + 1}" for block in rest]


def _paragraph(source: str, block: Block, context: Context) -> LogEntry | None:
    """Return the entry that a paragraph opens, with the blocks below it.

    Its first line is a date, or begins with one in bold, in brackets, or before a dash or a colon. A sentence that only
    begins with a date is text.
    """
    head, _, text = source.strip().partition("\n")
    dated = dated_title(head, context)
    if dated is None or not dated.is_first or dated.day not in head:
        return None
    before, _, after = head.partition(dated.day)
    if dated.rest and not before.strip() and after.lstrip(" \t")[:1] not in _DASHES:
        return None
    values = {"time": duration(dated.minutes)} if dated.minutes else {}
    return LogEntry(dated.day, dated.rest.strip("*_ "), text, block.start + 1, values)


def _start(block: Block) -> int:
    return block.start


def _add_item(item: Block, context: Context, file: _File) -> bool:
    """Add a list item that starts with a date. Return whether it does."""
    head, *more = file.lines[item.start : item.stop]
    if not item.blocks or item.blocks[0].kind != "paragraph":
        return False
    words = re.sub(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?", "", head)
    dated = dated_title(words, context)
    if dated is None or not dated.is_first:
        return False
    indent = len(head) - len(words)
    text = "\n".join(line[min(indent, len(line) - len(line.lstrip())) :] for line in more)
    values = {"time": duration(dated.minutes)} if dated.minutes else {}
    title = dated.rest or first_line(text)
    file.add(LogEntry(dated.day, title.strip("*_"), text, item.start + 1, values))
    return True


def _add_rows(table: Block, file: _File) -> bool:
    """Add the rows of a table with a column of dates. Return whether it has one."""
    rows = [[_cell(cell, file) for cell in row.blocks] for row in table.blocks]
    heads = rows[0] if rows else []
    if not any(target_of(head) in _DATES for head in heads) and not _has_days(rows[1:]):
        return False
    columns = _columns(heads, rows[1:], file)
    for block, row in zip(table.blocks[1:], rows[1:], strict=True):
        if is_total(row, last=False):
            file.totals.append(f"line {file.base + block.start + 1}")
        elif any(row):
            where = f"{file.name}, line {file.base + block.start + 1}"
            values = dict(zip(columns, row, strict=False))
            at = columns.index("title") if "title" in columns[: len(row)] else -1
            if at >= 0 and (links := _links(block.blocks[at])):
                values["title"] = plain(block.blocks[at].inlines).strip()
                values["evidence"] = SEPARATOR.join(part for part in (values.get("evidence"), links) if part)
            file.entries.append(Entry(where, "\x1f".join(row), values))
    return True


def _cell(cell: Block, file: _File) -> str:
    """Return the text of a cell; one with a link stays as written."""
    return plain(cell.inlines).strip() if not _has_link(cell) else _source(cell, file)


def _has_link(cell: Block) -> bool:
    return any(each.kind in ("link", "image", "code", "wiki-link") for each in cell.inlines)


def _links(block: Block) -> str:
    """Return the web addresses that a heading or a cell links to."""
    addresses = (each.address for each in walk_inlines(block.inlines) if each.kind == "link")
    return SEPARATOR.join(address for address in addresses if address.startswith(("http://", "https://")))


def _source(cell: Block, file: _File) -> str:
    start, stop = cell.columns
    return file.lines[cell.start][start:stop].strip(" |\t") or plain(cell.inlines).strip()


def _has_days(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether nearly all cells of a column are dates."""
    size = max(map(len, rows), default=0)
    columns = ([row[at] for row in rows if at < len(row) and row[at]] for at in range(size))
    return any(cells and sum(map(_is_day, cells)) >= ENOUGH * len(cells) for cells in columns)


def _is_day(cell: str) -> bool:
    try:
        day_of(cell)
    except ValueError as error:
        return "two dates" in str(error)
    return True


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]], file: _File) -> list[str]:
    """Return the column of each heading: tables whose headings mean the same share one.

    If no heading means a title, the first unknown column of words has it.
    """
    targets = [target_of(head) for head in heads]
    if not {"title", "details"} & set(targets):
        words = (at for at, target in enumerate(targets) if not target and _has_words(rows, at))
        if (at := next(words, None)) is not None:
            targets[at] = "title"
    columns: list[str] = []
    for number, (head, target) in enumerate(zip(heads, targets, strict=True), start=1):
        column = target if target and target not in columns else plain_heading(head) or f"column {number}"
        file.columns.setdefault(column, head or f"column {number}")
        columns.append(column)
    return columns


def _has_words(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Return whether nearly all cells of a column have several words."""
    cells = [row[at] for row in rows if at < len(row) and row[at]]
    return sum(len(re.findall(r"[^\W\d]+", cell)) > 1 for cell in cells) >= ENOUGH * max(len(cells), 1)
