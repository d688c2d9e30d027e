"""Selected activities as rows of plain values: the columns of `cpd list`, sorting and grouping.

The names of the columns and the types of their values are stable, because scripts depend on them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from operator import attrgetter

from cpdkit.dates.hours import Minutes, exact_hours, format_hours
from cpdkit.errors import UsageError
from cpdkit.journal.declarations import OWN, Field
from cpdkit.journal.field_types import Cell
from cpdkit.journal.load import Journal
from cpdkit.journal.naming import short_ids
from cpdkit.journal.records import ACTIVITY, Activity
from cpdkit.journal.sections import has_reflection
from cpdkit.journal.selection import Included, Omitted
from cpdkit.journal.totals import counted
from cpdkit.text.wording import plural

Value = str | int | float | bool | tuple[str, ...] | None
Row = dict[str, Value]
NONE = "none"
"""The name of the group of activities without a value in the column."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its name, and the function that returns its value for an activity of a selection."""

    name: str
    value: Callable[[Included], Value]


@dataclass(frozen=True, slots=True)
class Group:
    """The activities with the same value in a column. `minutes` counts only done and in-progress activities."""

    name: str
    minutes: Minutes
    items: tuple[Included, ...]


def parse_columns(names: str) -> tuple[ListColumn, ...]:
    """Return the columns for comma-separated names. Raise UsageError for an unknown column."""
    return tuple(parse_column(name) for name in names.split(",") if name.strip())


def parse_column(text: str) -> ListColumn:
    """Return the column for a name, which may be a user's own field. Raise UsageError for an unknown column."""
    name = text.strip().lower().replace("_", "-")
    if name in COLUMNS:
        return COLUMNS[name]
    if name.startswith(OWN):
        return ListColumn(name, lambda item: item.activity.own.get(name))
    near = get_close_matches(name, COLUMNS, n=1)
    suggestion = f'did you mean "{near[0]}"? ' if near else ""
    hint = f"{suggestion}available columns: {', '.join(COLUMNS)}, and x-… for your own fields"
    raise UsageError(f'unknown column "{text.strip()}"', hint)


def row_of(item: Included, columns: Iterable[ListColumn]) -> Row:
    """Return the values of an activity by column name."""
    return {column.name: column.value(item) for column in columns}


def sorted_by(items: Iterable[Included], names: str) -> tuple[Included, ...]:
    """Return the activities sorted by comma-separated columns, descending for a column after `-`.

    Activities without a value come last. Raise UsageError for an unknown column.
    """
    ordered = list(items)
    for word in reversed([each.strip() for each in names.split(",") if each.strip()]):
        _sort(ordered, parse_column(word.removeprefix("-")), last_first=word.startswith("-"))
    return tuple(ordered)


def grouped(items: Sequence[Included], column: ListColumn) -> tuple[Group, ...]:
    """Return the activities grouped by the value of a column. The groups are sorted, the one without a value last.

    An activity with several values is in several groups.
    """
    groups: dict[str, list[Included]] = {}
    for item in items:
        for name in _group_names(column.value(item)):
            groups.setdefault(name, []).append(item)
    named = sorted(groups.items(), key=lambda pair: (pair[0] == NONE, pair[0].casefold(), pair[0]))
    return tuple(Group(name, sum(map(counted, own)), tuple(own)) for name, own in named)


def is_number(value: Value) -> bool:
    """Return whether a value is a number, which tables align to the right."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def as_text(value: Value) -> str:
    """Return a value for a table or CSV: lists separated by `; `, `yes` or `no`, empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def footer(items: Sequence[Included], omitted: Omitted, when: str) -> str:
    """Return the lines below a list: the number of activities, their hours, the period, and what is omitted."""
    hours = format_hours(sum(map(counted, items)))
    summary = f"{len(items)} {plural(len(items), 'activity', 'activities')} · {hours} h · {when}"
    missing = [f"{count:,} {reason}" for name, reason in OMITTED.items() if (count := getattr(omitted, name))]
    return f"{summary}\nomitted: {' · '.join(missing)}" if missing else summary


OMITTED = {
    "outside_period": "outside the period (cpd list all)",
    "planned": "planned (--status planned)",
    "drafts": "draft (--status draft)",
    "confidential": "confidential (--confidential)",
    "filtered": "excluded by filters",
    "unread": "that cannot be read (see cpd check)",
}


def _sort(items: list[Included], column: ListColumn, *, last_first: bool) -> None:
    """Sort by one column. Activities with equal values keep their order."""
    empty = [item for item in items if column.value(item) in (None, "", ())]
    filled = [item for item in items if column.value(item) not in (None, "", ())]
    filled.sort(key=lambda item: _order(column.value(item)), reverse=last_first)
    items[:] = filled + empty


def _order(value: Value) -> tuple[float, str]:
    """Return the sort key of a value: numbers by size, texts without case."""
    if isinstance(value, (int, float)):
        return value, ""
    return 0, as_text(value).casefold()


def _group_names(value: Value) -> Iterable[str]:
    if isinstance(value, tuple):
        return dict.fromkeys(value) or (NONE,)
    return (as_text(value) or NONE,)


def _number(hours: Decimal) -> float:
    """Return hours as an integer if they are whole, otherwise as a float."""
    return int(hours) if hours == int(hours) else float(hours)


def _value(cell: Cell) -> Value:
    """Return a cell of an export as plain data."""
    if isinstance(cell, date):
        return cell.isoformat()
    return _number(cell) if isinstance(cell, Decimal) else cell


def _column(field: Field) -> ListColumn:
    def value(item: Included) -> Value:
        given = getattr(item.activity, field.target)
        return None if given is None else _value(field.kind.cell(given))

    return ListColumn(field.name, value)


def _of(name: str, get: Callable[[Activity], Value]) -> ListColumn:
    return ListColumn(name, lambda item: get(item.activity))


_OWN_WAY = {
    each.name: each
    for each in (
        ListColumn("hours", lambda item: _number(exact_hours(item.minutes))),
        _of("evidence", lambda one: tuple(each.path or each.url for each in one.evidence)),
        _of("signed-off", lambda one: one.signed_off.by if one.signed_off else ""),
    )
}
"""Fields that differ from an export: hours within the period, evidence without titles, who signed off."""
_OF_FIELDS = {each.name: _OWN_WAY.get(each.name) or _column(each) for each in ACTIVITY.fields if each.listed}
_FIRST = ("start", "end", "hours", "type", "status", "title")
_EVERY = (
    _of("id", attrgetter("id")),
    *(_OF_FIELDS[name] for name in _FIRST[:3]),
    ListColumn("minutes", lambda item: item.minutes),
    *(_OF_FIELDS[name] for name in _FIRST[3:]),
    _of("folder", attrgetter("folder")),
    _of("path", attrgetter("path")),
    *(column for name, column in _OF_FIELDS.items() if name not in _FIRST),
    _of("reflection", lambda one: has_reflection(one.body)),
    _of("month", lambda one: one.start.isoformat()[:7]),
    _of("year", lambda one: one.start.isoformat()[:4]),
)
COLUMNS = {each.name: each for each in _EVERY}
"""All columns by name, in order. The columns of fields come from the declarations."""
DEFAULT = tuple(COLUMNS[name] for name in ("start", "hours", "type", "title"))
"""The default columns in a terminal, after the short ID."""


def short_id_column(journal: Journal) -> ListColumn:
    """Return the column of the shortest words that name each activity in other commands."""
    own = [activity.path for activity in journal.activities]
    short = short_ids(own, [*(record.path for record in journal.records), *journal.unread])
    return ListColumn("id", lambda item: short[item.activity.path])
