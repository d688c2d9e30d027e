"""Which column of a table becomes which field: by its heading, else by what is in it; its owner may change it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cpdkit.errors import UsageError
from cpdkit.exchange.cells import DateOrder, days_of, minutes_of, needs_order, order_in, type_of
from cpdkit.exchange.import_headings import REPEATABLE, TARGETS, layout_of, plain_heading, target_of
from cpdkit.exchange.imports.table import ImportedTable
from cpdkit.exchange.layouts import CellFormat, Layout
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import OWN
from cpdkit.journal.naming import slug
from cpdkit.journal.records import ACTIVITY

ENOUGH = 0.8
"""The share of a column's cells that has to be days, or durations, for it to be a column of them."""
_LOOKED_AT = 200
_OF_DAYS = {"days", "signed-off-on", *(known.name for known in ACTIVITY.fields if isinstance(known.kind, Day))}
"""The fields and targets whose cells are days."""


class MatchReason(StrEnum):
    """How a column was recognised."""

    CHOSEN = "as you say"
    LAYOUT = "the layout"
    HEADING = "its heading"
    CONTENT = "what is in it"
    KEPT = "not known: kept as a field of your own"
    EMPTY = "nothing is in it"


@dataclass(frozen=True, slots=True)
class Match:
    """One column: its heading, the field or target that it becomes, why, and a cell of it to look at."""

    header: str
    target: str
    reason: MatchReason
    example: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the owner says: targets by heading, values of fields that rows leave out, what words mean, how days read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    order: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """The columns of a table, in its order; `order` is that of day and month where a column needs one.

    `words` leads from the owner's own words in cells, in small letters, to those of the journal.
    """

    columns: tuple[Match, ...]
    order: DateOrder | None = None
    layout: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def targets(self) -> tuple[str, ...]:
        return tuple(column.target for column in self.columns)


def match(table: ImportedTable, mapping: ColumnMapping) -> Matching:
    """Return a field or target for every column; what the owner's mapping says goes first.

    Raises UsageError for a heading that is not there, for a field that there is not, and where a column's days can be
    read in two ways.
    """
    chosen = _chosen(table, mapping.columns)
    layout = layout_of(table.headers)
    columns: list[Match] = []
    for number, header in enumerate(table.headers):
        taken = {column.target for column in columns} | set(chosen.values())
        columns.append(_match(header, _cells(table, number), chosen, layout, taken))
    columns = _by_content(table, columns)
    _refuse_doubles(columns)
    words = {word.casefold(): value for word, value in mapping.words.items()}
    return Matching(tuple(columns), mapping.order or _order(table, columns), layout.id if layout else "", words)


def target_named(text: str) -> str:
    """Return a field's name or a target as somebody writes it. Raises UsageError for none of them."""
    name = text.strip()
    if name.startswith(OWN) and len(name) > len(OWN):
        return name
    known = ACTIVITY.known.get(name)
    if known or name in TARGETS or name == "-":
        return known.name if known else "skip" if name == "-" else name
    near = ACTIVITY.nearest(name)
    others = ", ".join(TARGETS)
    hint = f"did you mean {near}?" if near else f"beside the fields there are: {others}; x-… is a field of your own"
    raise UsageError(f'no field is called "{name}"', hint)


def _cells(table: ImportedTable, number: int) -> list[str]:
    """Return the cells of a column that hold anything."""
    return [cell for row in table.rows if (cell := row.cells[number].strip())]


def _chosen(table: ImportedTable, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the chosen targets by the headings as they stand; headings are told apart by their words alone."""
    by_words = {plain_heading(header): header for header in table.headers}
    chosen = {}
    for name, target in columns.items():
        header = name if name in table.headers else by_words.get(plain_heading(name))
        if header is None:
            names = ", ".join(table.headers)
            raise UsageError(f'{table.name} has no column "{name}"', f"its columns are: {names}")
        chosen[header] = target_named(target)
    return chosen


def _match(
    header: str, cells: Sequence[str], chosen: Mapping[str, str], layout: Layout | None, taken: Set[str]
) -> Match:
    example = next(iter(cells), "")
    if header in chosen:
        return Match(header, chosen[header], MatchReason.CHOSEN, example)
    if layout and (target := _of_layout(layout, header)):
        return Match(header, target, MatchReason.LAYOUT, example)
    target = target_of(header)
    if target and (target not in taken or target in REPEATABLE):
        return Match(header, target, MatchReason.HEADING, example)
    if not cells:
        return Match(header, "skip", MatchReason.EMPTY)
    return Match(header, f"{OWN}{slug(header.removeprefix(OWN))}", MatchReason.KEPT, example)


def _of_layout(layout: Layout, header: str) -> str:
    """Return what a column of a professional body's table becomes."""
    plain = plain_heading(header)
    column = next((column for column in layout.columns if plain_heading(column.header) == plain), None)
    if column is None:
        return ""
    if column.format is CellFormat.DAYS:
        return "days"
    return "details" if column.fields == ("title", "description") else column.fields[0]


def _by_content(table: ImportedTable, columns: Sequence[Match]) -> list[Match]:
    """Return the columns, those that nobody knew by what is in them where start, hours, type or title are missing."""
    matches = list(columns)
    tests = {"start": _is_day, "hours": _is_duration, "type": lambda cell: bool(type_of(cell))}
    for target, test in tests.items():
        targets = {match.target for match in matches}
        if targets & {target, {"start": "days", "hours": "time"}.get(target, target), "body"}:
            continue
        for number, match in enumerate(matches):
            cells = _cells(table, number)[:_LOOKED_AT]
            if match.reason is MatchReason.KEPT and cells and sum(map(test, cells)) >= ENOUGH * len(cells):
                matches[number] = replace(match, target=target, reason=MatchReason.CONTENT)
                break
    if not {"title", "details"} & {match.target for match in matches}:
        for number, match in enumerate(matches):
            cells = _cells(table, number)[:_LOOKED_AT]
            several_words = [cell for cell in cells if len(cell.split()) > 1]
            if match.reason is MatchReason.KEPT and len(several_words) > ENOUGH * len(cells):
                matches[number] = replace(match, target="title", reason=MatchReason.CONTENT)
                break
    return matches


def _is_day(cell: str) -> bool:
    try:
        days_of(cell, DateOrder.DAY_FIRST)
    except ValueError:
        return False
    return True


def _is_duration(cell: str) -> bool:
    """Return whether a cell is a duration, and a plain number no more than there are hours in a month of work."""
    try:
        return 0 < minutes_of(cell) <= 200 * 60
    except ValueError:
        return False


def _refuse_doubles(columns: Sequence[Match]) -> None:
    seen: dict[str, str] = {}
    for column in columns:
        header, target = column.header, column.target
        other = seen.setdefault(target, header)
        if other != header and target not in (*REPEATABLE, "skip"):
            hint = f'--map "{header}=-" leaves one out, --map "{header}=x-other" keeps it beside'
            raise UsageError(f'"{other}" and "{header}" would both be {target}', hint)


def _order(table: ImportedTable, columns: Sequence[Match]) -> DateOrder | None:
    """Return the order of day and month in all columns of days. Raises UsageError where nothing shows it."""
    days = [number for number, column in enumerate(columns) if column.target in _OF_DAYS]
    cells = [cell for number in days for cell in _cells(table, number)]
    order = order_in(cells)
    if order is None and needs_order(cells):
        example = next(cell for cell in cells if needs_order([cell]))
        hint = "say which: --day-first (3 April is 03/04) or --month-first (April 3rd is 04/03)"
        raise UsageError(f"{table.name}: {example} could be two days, and no other day shows which", hint)
    return order
