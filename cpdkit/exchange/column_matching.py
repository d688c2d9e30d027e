"""Match the columns of a table to fields: as the owner chooses, otherwise by heading, otherwise by content."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from cpdkit.errors import UsageError
from cpdkit.exchange.cells import (
    DateOrder,
    half_converted,
    has_both_orders,
    is_blank,
    is_day,
    needs_order,
    order_in,
    type_of,
)
from cpdkit.exchange.import_headings import (
    AMOUNTS,
    COMPLETIONS,
    NEVER,
    REPEATABLE,
    STARTS,
    TARGETS,
    TITLES,
    layout_of,
    plain_heading,
    target_of,
)
from cpdkit.exchange.imports.table import ImportedTable, column_name
from cpdkit.exchange.imports.zones import Clock
from cpdkit.exchange.layouts import CellFormat, Layout
from cpdkit.exchange.time_cells import column_of, is_bare, is_written_as_clock, may_be_clock, names_time
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import OWN
from cpdkit.journal.naming import slug
from cpdkit.journal.records import ACTIVITY

ENOUGH = 0.8
"""The share of a column's cells that must be dates, durations or types for it to be a column of these."""
_SAMPLE = 200
_OF_DAYS = {"days", "signed-off-on", *(known.name for known in ACTIVITY.fields if isinstance(known.kind, Day))}
"""The fields and targets whose cells are dates."""


class MatchReason(StrEnum):
    """How a column was recognised."""

    CHOSEN = "your mapping"
    FILE = "the kind of file"
    LAYOUT = "its layout"
    HEADING = "its heading"
    CONTENT = "its content"
    INSTEAD = "its heading, as no column is a title"
    KEPT = "unknown: kept as a field of your own"
    EMPTY = "empty: omitted"


@dataclass(frozen=True, slots=True)
class Match:
    """One column: its heading, the field or target that it becomes, the reason, and an example of its cells."""

    header: str
    target: str
    reason: MatchReason
    example: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The owner's choices: targets by heading, values for missing fields, meanings of words, and the order in dates.

    `clock` gives the owner's day of a time with a zone.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    order: DateOrder | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """The columns of a table, in its order; `order` is that of day and month, if a column needs one.

    `words` maps the owner's words in cells, in lower case, to those of the journal. `unclear` has the headings of times
    whose plain numbers may have several units, and `doubtful` a message for each heading whose values need a look.
    `rivals` has the target of each heading of hours that is not used, because another column has that target.
    """

    columns: tuple[Match, ...]
    order: DateOrder | None = None
    layout: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    clock: Clock | None = None
    unclear: frozenset[str] = frozenset()
    doubtful: Mapping[str, str] = field(default_factory=dict)
    rivals: Mapping[str, str] = field(default_factory=dict)

    def targets(self) -> tuple[str, ...]:
        return tuple(column.target for column in self.columns)


def match(table: ImportedTable, mapping: ColumnMapping) -> Matching:
    """Return a field or target for every column; the owner's mapping takes precedence.

    Raises UsageError for an unknown heading or field, and for dates that can be read in two ways.
    """
    chosen = _chosen(table, mapping.columns)
    layout = layout_of(table.headers)
    columns: list[Match] = []
    for number, header in enumerate(table.headers):
        taken = {column.target for column in columns} | {*chosen.values(), *table.targets.values()}
        cells = _cells(table, number)
        target = "" if header in chosen else table.targets.get(header, "")
        if target:
            columns.append(Match(header, target, MatchReason.FILE, next(iter(cells), "")))
        else:
            columns.append(_match(header, cells, chosen, layout, taken))
    columns = _by_content(table, _with_one_start(table, columns))
    columns, unclear = _with_units(table, columns)
    columns = _with_second_halves(table, columns)
    _refuse_doubles(columns)
    words = {word.casefold(): value for word, value in mapping.words.items()}
    order = mapping.order or _order(table, columns)
    doubtful = dict(_doubtful(table, columns))
    name = layout.id if layout else ""
    return Matching(tuple(columns), order, name, words, mapping.clock, unclear, doubtful, _rivals(columns))


def target_named(text: str) -> str:
    """Return the field or target that a text names. Raises UsageError for an unknown one."""
    name = text.strip()
    if name.startswith(OWN) and len(name) > len(OWN):
        return name
    known = ACTIVITY.known.get(name)
    if known or name in TARGETS or name == "-":
        return known.name if known else "skip" if name == "-" else name
    near = ACTIVITY.nearest(name)
    fields = ", ".join([each.name for each in ACTIVITY.fields] + [each for each in TARGETS if each != "skip"])
    hint = f'did you mean "{near}"?' if near else f"available fields: {fields}; x-{name} is a field of your own"
    raise UsageError(f'unknown field "{name}"', hint)


def _cells(table: ImportedTable, number: int) -> list[str]:
    """Return the cells of a column that are not empty."""
    cells = (row.cells[number].strip() for row in table.rows)
    return [cell for cell in cells if not is_blank(cell)]


def _chosen(table: ImportedTable, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the chosen targets by heading as written in the table. Only the words of a heading count."""
    by_words = {plain_heading(header): header for header in table.headers}
    chosen = {}
    for name, target in columns.items():
        header = name if name in table.headers else by_words.get(plain_heading(name))
        if header is None:
            names = ", ".join(table.headers)
            raise UsageError(f'{table.name} has no column "{name}"', f"available columns: {names}")
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
    target = _of_heading(header, cells, taken)
    if target and (target not in taken or target in REPEATABLE):
        return Match(header, target, MatchReason.HEADING, example)
    if not cells:
        return Match(header, "skip", MatchReason.EMPTY)
    name = "number" if header in ("#", "№") else header.removeprefix(OWN)
    return Match(header, f"{OWN}{slug(name)}", MatchReason.KEPT, example)


def _of_heading(header: str, cells: Sequence[str], taken: Set[str]) -> str:
    """Return the field or target of a heading; a column of starts or ends may have dates or times of day."""
    target = target_of(header)
    sides = {"start": "start-time", "end": "end-time"}
    if target in sides:
        if cells and not any(re.search(r"\d", cell) for cell in cells):
            return ""  # from Leeds to York
        # A plain number may be a year, unless there is another column of dates.
        test = may_be_clock if taken & {"start", "start-time"} else is_written_as_clock
        return sides[target] if _are_mostly(cells, test) else target
    if target in sides.values():
        # An empty column counts too, as one of several pairs.
        return target if not cells or _are_mostly(cells, may_be_clock) else ""
    return target


def _with_one_start(table: ImportedTable, columns: Sequence[Match]) -> list[Match]:
    """Return the columns with one start: the column that is named so, not another one of dates.

    The other date counts in rows without a start; a date of completion is the end, unless there is one.
    """
    matches = list(columns)
    dates = [at for at, match in enumerate(matches) if _is_date_column(table, at, match)]
    named = next((at for at in dates if plain_heading(matches[at].header) in STARTS), None)
    if named is None or len(dates) < 2:
        return matches
    targets = {match.target for match in matches}
    for at in dates:
        match = matches[at]
        if at == named:
            target = "start"
        elif "end" not in targets and plain_heading(match.header) in COMPLETIONS:
            target = "end"
        else:
            target = "days" if "days" not in targets else f"{OWN}{slug(match.header)}"
        targets.add(target)
        reason = MatchReason.KEPT if target.startswith(OWN) else MatchReason.HEADING
        matches[at] = replace(match, target=target, reason=reason)
    return matches


def _is_date_column(table: ImportedTable, at: int, match: Match) -> bool:
    """Return whether the heading of a column can mean the start, and its cells are dates."""
    if match.reason not in (MatchReason.HEADING, MatchReason.KEPT) or target_of(match.header) != "start":
        return False
    cells = _cells(table, at)[:_SAMPLE]
    return bool(cells) and match.target != "start-time" and sum(map(is_day, cells)) >= ENOUGH * len(cells)


def _are_mostly(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(test, cells)) >= ENOUGH * len(cells)


def _with_units(table: ImportedTable, columns: Sequence[Match]) -> tuple[list[Match], frozenset[str]]:
    """Return the columns of times with the meaning of their cells, and the headings of those whose unit is unclear."""
    matches, unclear = list(columns), set()
    for number, match in enumerate(matches):
        if match.reason is MatchReason.KEPT and (target := _freed(match, columns, matches)):
            match = replace(match, target=target, reason=MatchReason.HEADING)
        if match.target in ("hours", "time") and match.reason is not MatchReason.CHOSEN:
            match, is_unclear = _with_unit(match, _cells(table, number), columns)
            if is_unclear:
                unclear.add(match.header)
        matches[number] = match
    return matches, frozenset(unclear)


def _freed(match: Match, columns: Sequence[Match], matches: Sequence[Match]) -> str:
    """Return the target of an unused column of time if the column that had it turned out to be one of times of day."""
    target = target_of(match.header)
    had = any(column.target == target for column in columns)
    return target if target in AMOUNTS and had and all(other.target != target for other in matches) else ""


def _with_unit(match: Match, cells: Sequence[str], columns: Sequence[Match]) -> tuple[Match, bool]:
    """Return a column of time with the meaning of its cells, and whether its unit is unclear."""
    # The times of a kind of file are durations, whatever their heading.
    header = match.header if match.reason is not MatchReason.FILE else ""
    column = column_of(header, match.target, cells)
    if column.target == "start-time" and any(other.target == "start-time" for other in columns):
        name = f"{OWN}{slug(match.header)}"
        return replace(match, target=name, reason=MatchReason.KEPT), column.is_unclear
    if column.target != match.target:
        match = replace(match, target=column.target, reason=MatchReason.CONTENT)
    return match, column.is_unclear


def _with_second_halves(table: ImportedTable, columns: Sequence[Match]) -> list[Match]:
    """Return the columns with the end in one without a heading, which shares that of the start before it."""
    matches = list(columns)
    targets = {match.target for match in columns}
    halves: dict[str, tuple[str, Callable[[str], bool]]] = {
        "start-time": ("end-time", is_written_as_clock), "start": ("end", is_day), "days": ("end", is_day),
    }  # fmt: skip
    for number, (before, match) in enumerate(pairwise(matches), start=1):
        target, test = halves.get(before.target, ("", is_day))
        is_unnamed = match.header == f"column {column_name(number)}" and match.reason is MatchReason.KEPT
        if target and is_unnamed and target not in targets and _are_mostly(_cells(table, number)[:_SAMPLE], test):
            matches[number] = replace(match, target=target, reason=MatchReason.CONTENT)
    return matches


def _rivals(columns: Sequence[Match]) -> Mapping[str, str]:
    """Return the unit of columns of hours that are not used, because another one has the same meaning."""
    return {
        column.header: target
        for column in columns
        if column.reason is MatchReason.KEPT and (target := target_of(column.header)) in AMOUNTS
    }


def _doubtful(table: ImportedTable, columns: Sequence[Match]) -> Iterator[tuple[str, str]]:
    """Yield a message for each column whose values are a guess, with its heading."""
    for number, column in enumerate(columns):
        if column.target == "start-time" and target_of(column.header) in AMOUNTS:
            hint = f'add --map "{column.header}=hours" if it is a duration'
            yield column.header, f"values taken as a time of day; {hint}"
        if column.target in AMOUNTS and column.reason is MatchReason.CONTENT:
            kind = "parts of a day" if column.target == "day-fraction" else "hours"
            yield column.header, f"values taken as {kind}; check them"
        elif column.target in AMOUNTS and _has_unnamed_numbers(table, columns, number + 1):
            yield column.header, "the next column has numbers without a heading, which may be a part of the time"
        if column.target in ("start", "days", "end") and half_converted(_cells(table, number)):
            yield column.header, "day and month may be swapped: the column has dates that were only partly converted"


def _has_unnamed_numbers(table: ImportedTable, columns: Sequence[Match], number: int) -> bool:
    """Return whether a column without a heading has numbers, as one has that shares the heading before it."""
    if number >= len(columns) or columns[number].header != f"column {column_name(number)}":
        return False
    return _are_mostly(_cells(table, number)[:_SAMPLE], is_bare) and columns[number].reason is MatchReason.KEPT


def _of_layout(layout: Layout, header: str) -> str:
    """Return the field or target of a column of a professional body's table."""
    plain = plain_heading(header)
    column = next((column for column in layout.columns if plain_heading(column.header) == plain), None)
    if column is None:
        return ""
    if column.format is CellFormat.DAYS:
        return "days"
    return "details" if column.fields == ("title", "description") else column.fields[0]


def _by_content(table: ImportedTable, columns: Sequence[Match]) -> list[Match]:
    """Return the columns, with unknown ones matched by content to start, hours, type and title if these are missing.

    Only cells that name time by themselves are hours, such as `1h30`.
    """
    matches = list(columns)
    tests = {"start": is_day, "hours": names_time, "type": lambda cell: len(cell) > 1 and bool(type_of(cell))}
    others = {"start": {"days"}, "hours": {*AMOUNTS, "end-time", "sessions"}, "type": set[str]()}
    for target, test in tests.items():
        targets = {match.target for match in matches}
        if targets & {target, "body", *others[target]}:
            continue
        for number, match in enumerate(matches):
            cells = _cells(table, number)[:_SAMPLE]
            if _is_open(match) and cells and sum(map(test, cells)) >= ENOUGH * len(cells):
                matches[number] = replace(match, target=target, reason=MatchReason.CONTENT)
                break
    _use_only_date(matches)
    if not {"title", "details"} & {match.target for match in matches}:
        _choose_title(table, matches)
    return matches


def _use_only_date(matches: list[Match]) -> None:
    """Make the end the start if a table has no other dates, as of books with the day on which they were finished."""
    if {match.target for match in matches} & {"start", "days", "body"}:
        return
    for number, match in enumerate(matches):
        if match.target == "end" and match.reason is MatchReason.HEADING:
            matches[number] = replace(match, target="start")


def _choose_title(table: ImportedTable, matches: list[Match]) -> None:
    """Make a column the title: the best one of those with a fitting heading, otherwise the first one with phrases."""
    fitting = [
        (TITLES.index(plain_heading(match.header)), number)
        for number, match in enumerate(matches)
        if match.reason in (MatchReason.KEPT, MatchReason.HEADING) and plain_heading(match.header) in TITLES
    ]
    for _, number in sorted(fitting):
        if _cells(table, number):
            matches[number] = replace(matches[number], target="details", reason=MatchReason.INSTEAD)
            return
    for number, match in enumerate(matches):
        cells = _cells(table, number)[:_SAMPLE]
        several_words = [cell for cell in cells if len(cell.split()) > 1 and not is_day(cell)]
        if _is_open(match) and len(several_words) > ENOUGH * len(cells):
            matches[number] = replace(match, target="title", reason=MatchReason.CONTENT)
            return


def _is_open(match: Match) -> bool:
    """Return whether the cells of a column can show what it is: its heading does not, and is not about people."""
    return match.reason is MatchReason.KEPT and plain_heading(match.header) not in NEVER


def _refuse_doubles(columns: Sequence[Match]) -> None:
    seen: dict[str, str] = {}
    for column in columns:
        header, target = column.header, column.target
        other = seen.setdefault(target, header)
        if other != header and target not in (*REPEATABLE, "skip"):
            hint = f'omit one with --map "{header}=-", or keep it as your own field with --map "{header}=x-other"'
            raise UsageError(f'"{other}" and "{header}" both match {target}', hint)


def _order(table: ImportedTable, columns: Sequence[Match]) -> DateOrder | None:
    """Return the order of day and month in all columns of dates. Raises UsageError if no date shows it."""
    days = [number for number, column in enumerate(columns) if column.target in _OF_DAYS]
    cells = [cell for number in days for cell in _cells(table, number)]
    order = order_in(cells)
    if order is None and needs_order(cells):
        example = next(cell for cell in cells if needs_order([cell]))
        hint = "add --day-first if it starts with the day, or --month-first if it starts with the month"
        others = "the other dates have both orders" if has_both_orders(cells) else "no other date shows which"
        raise UsageError(f"{table.name}: {example} could be two dates, and {others}", hint)
    return order
