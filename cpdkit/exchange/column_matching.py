"""Which column of a table becomes which field: by its heading, else by what is in it; its owner may change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from cpdkit.errors import UsageError
from cpdkit.exchange.headings import REPEATABLE, TARGETS, layout_of, plain_heading, target_of
from cpdkit.exchange.imports.table import Table
from cpdkit.exchange.layouts import How, Layout
from cpdkit.exchange.wording import Order, days_of, minutes_of, needs_order, order_in, type_of
from cpdkit.journal.date_types import Day
from cpdkit.journal.fields import OWN
from cpdkit.journal.naming import slug
from cpdkit.journal.records import ACTIVITY

ENOUGH = 0.8
"""The share of a column's cells that has to be days, or durations, for it to be a column of them."""
_LOOKED_AT = 200
_OF_DAYS = {"days", "signed-off-on", *(each.name for each in ACTIVITY.fields if isinstance(each.kind, Day))}
"""The fields and targets whose cells are days."""
_FEWEST = 1


class Why(StrEnum):
    """How a column was recognised, as it is told."""

    ASKED = "as you say"
    LAYOUT = "the layout"
    NAME = "its heading"
    CONTENT = "what is in it"
    KEPT = "not known: kept as a field of your own"
    EMPTY = "nothing is in it"


@dataclass(frozen=True, slots=True)
class Match:
    """One column: its heading, the field or target that it becomes, why, and a cell of it to look at."""

    header: str
    target: str
    why: Why
    example: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """The columns of a table, in its order; `order` is that of day and month where a column needs one.

    `words` leads from the owner's own words in cells, in small letters, to those of the journal.
    """

    columns: tuple[Match, ...]
    order: Order | None = None
    layout: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def targets(self) -> tuple[str, ...]:
        return tuple(each.target for each in self.columns)


def match(
    table: Table, asked: Mapping[str, str], order: Order | None = None, words: Mapping[str, str] = MappingProxyType({})
) -> Matching:
    """A field or target for every column. `asked` leads from headings to what their owner says.

    Raises UsageError for a heading that is not there, for a field that there is not, and where a column's days can be
    read in two ways.
    """
    said = _asked(table, asked)
    body = layout_of(table.headers)
    columns: list[Match] = []
    for number, header in enumerate(table.headers):
        columns.append(_match(table, number, header, said, body, columns))
    columns = _by_content(table, columns)
    _refuse_doubles(columns)
    return Matching(tuple(columns), order or _order(table, columns), body.id if body else "", words)


def cells_of(table: Table, number: int) -> list[str]:
    """The cells of a column that hold anything."""
    return [cell for row in table.rows if (cell := row.cells[number].strip())]


def judged_target(said: str) -> str:
    """A field's name or a target as somebody says it. Raises UsageError for none of them."""
    name = said.strip()
    if name.startswith(OWN) and len(name) > len(OWN):
        return name
    known = ACTIVITY.known.get(name)
    if known or name in TARGETS or name == "-":
        return known.name if known else "skip" if name == "-" else name
    near = ACTIVITY.nearest(name)
    others = ", ".join(TARGETS)
    hint = f"did you mean {near}?" if near else f"beside the fields there are: {others}; x-… is a field of your own"
    raise UsageError(f'no field is called "{name}"', hint)


def _asked(table: Table, asked: Mapping[str, str]) -> dict[str, str]:
    """From the headings as they stand to the targets; headings are told apart by their words alone."""
    plain = {plain_heading(header): header for header in table.headers}
    found = {}
    for header, said in asked.items():
        there = header if header in table.headers else plain.get(plain_heading(header))
        if there is None:
            names = ", ".join(table.headers)
            raise UsageError(f'{table.name} has no column "{header}"', f"its columns are: {names}")
        found[there] = judged_target(said)
    return found


def _match(
    table: Table, number: int, header: str, said: Mapping[str, str], layout: Layout | None, before: Sequence[Match]
) -> Match:
    cells = cells_of(table, number)
    example = next(iter(cells), "")
    if header in said:
        return Match(header, said[header], Why.ASKED, example)
    if layout and (target := _of_layout(layout, header)):
        return Match(header, target, Why.LAYOUT, example)
    taken = {each.target for each in before} | set(said.values())
    target = target_of(header)
    if target and (target not in taken or target in REPEATABLE):
        return Match(header, target, Why.NAME, example)
    if not cells:
        return Match(header, "skip", Why.EMPTY)
    return Match(header, f"{OWN}{slug(header.removeprefix(OWN))}", Why.KEPT, example)


def _of_layout(layout: Layout, header: str) -> str:
    """What a column of a professional body's table becomes."""
    plain = plain_heading(header)
    column = next((each for each in layout.columns if plain_heading(each.header) == plain), None)
    if column is None:
        return ""
    if column.how is How.DAYS:
        return "days"
    return "details" if column.fields == ("title", "description") else column.fields[0]


def _by_content(table: Table, columns: Sequence[Match]) -> list[Match]:
    """The columns that nobody knew, by what is in them, where days, hours, the type or the title are still missing."""
    found = list(columns)
    tests = {"start": _is_day, "hours": _is_duration, "type": lambda cell: bool(type_of(cell))}
    for target, test in tests.items():
        there = {each.target for each in found}
        if target in there or {"start": "days", "hours": "time"}.get(target, target) in there or "body" in there:
            continue
        for number, each in enumerate(found):
            cells = cells_of(table, number)[:_LOOKED_AT]
            if each.why is Why.KEPT and len(cells) >= _FEWEST and sum(map(test, cells)) >= ENOUGH * len(cells):
                found[number] = Match(each.header, target, Why.CONTENT, each.example)
                break
    return _with_title(table, found)


def _with_title(table: Table, columns: list[Match]) -> list[Match]:
    """The first column of words as the title, where there is none."""
    if {"title", "details"} & {each.target for each in columns}:
        return columns
    for number, each in enumerate(columns):
        words = [cell for cell in cells_of(table, number)[:_LOOKED_AT] if len(cell.split()) > 1]
        if each.why is Why.KEPT and len(words) > ENOUGH * len(cells_of(table, number)[:_LOOKED_AT]):
            columns[number] = Match(each.header, "title", Why.CONTENT, each.example)
            return columns
    return columns


def _is_day(cell: str) -> bool:
    try:
        days_of(cell, Order.DAY_FIRST)
    except ValueError:
        return False
    return True


def _is_duration(cell: str) -> bool:
    """Whether a cell is a duration, and a plain number no more than there are hours in a month of work."""
    try:
        return 0 < minutes_of(cell) <= 200 * 60
    except ValueError:
        return False


def _refuse_doubles(columns: Sequence[Match]) -> None:
    seen: dict[str, str] = {}
    for each in columns:
        other = seen.setdefault(each.target, each.header)
        if other != each.header and each.target not in (*REPEATABLE, "skip"):
            hint = f'--map "{each.header}=-" leaves one out, --map "{each.header}=x-other" keeps it beside'
            raise UsageError(f'"{other}" and "{each.header}" would both be {each.target}', hint)


def _order(table: Table, columns: Sequence[Match]) -> Order | None:
    """The order of day and month in all columns of days. Raises UsageError where nothing shows it."""
    days = [number for number, each in enumerate(columns) if each.target in _OF_DAYS]
    cells = [cell for number in days for cell in cells_of(table, number)]
    order = order_in(cells)
    if order is None and needs_order(cells):
        example = next(cell for cell in cells if needs_order([cell]))
        hint = "say which: --day-first (3 April is 03/04) or --month-first (April 3rd is 04/03)"
        raise UsageError(f"{table.name}: {example} could be two days, and no other day shows which", hint)
    return order
