"""Activities as a table: one row each, with every field, or with the columns of a professional body."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from cpdkit.dates.hours import HOUR, Minutes
from cpdkit.exchange.layouts import CellFormat, Layout, LayoutColumn
from cpdkit.journal.body import Section, outline
from cpdkit.journal.fields import Field
from cpdkit.journal.records import ACTIVITY, Activity

Cell = str | Decimal | date | bool | None
SEPARATOR = "; "
BETWEEN_DAYS = " to "


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its heading, what is in it for the docs, and what it shows of an activity."""

    name: str
    note: str
    cell: Callable[[Activity], Cell]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Headings and rows of cells, each row as long as the headings; `names` are the rows' own, for messages."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    names: tuple[str, ...]


def full_table(activities: Sequence[Activity]) -> ExportTable:
    """Every field of every activity; a column more for each of the owner's own fields."""
    return _table("Activities", (*COLUMNS, *own_columns(activities)), activities)


def layout_table(layout: Layout, activities: Sequence[Activity]) -> ExportTable:
    """The activities in the columns of a professional body."""
    columns = [ExportColumn(each.header, "", _laid_out_cell(each)) for each in layout.columns]
    return _table(layout.title, columns, activities)


def own_columns(activities: Iterable[Activity]) -> tuple[ExportColumn, ...]:
    """A column for each `x-` field that any of the activities has, by name."""
    names = sorted({name for each in activities for name in each.own})
    return tuple(ExportColumn(name, "", lambda one, name=name: one.own.get(name, "")) for name in names)  # type: ignore[misc]


def time_text(minutes: Minutes) -> str:
    """Minutes to the minute, as `hours` takes it: `1h30`."""
    return f"{minutes // HOUR}h{minutes % HOUR:02d}"


def cell_text(cell: Cell) -> str:
    """A cell as plain text: `true`, `0.3333`, `2026-03-14`; empty for none."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else cell or ""


def description_of(activity: Activity) -> str:
    """The body above and below the reflection, without comments and private passages."""
    return _said(outline(activity.body).description)


def reflection_of(activity: Activity) -> str:
    """What the reflection says, its prompts as headings, without the word Reflection above it."""
    sections = outline(activity.body).reflection
    return _said([each for number, each in enumerate(sections) if number or each.text], first_bare=True)


def _said(sections: Sequence[Section], *, first_bare: bool = False) -> str:
    parts = []
    for number, each in enumerate(sections):
        bare = not each.level or (first_bare and not number and each.title.casefold() == "reflection")
        if each.text:
            parts.append(each.text if bare else f"{each.title}\n{each.text}")
    return "\n\n".join(parts)


def _table(title: str, columns: Sequence[ExportColumn], activities: Sequence[Activity]) -> ExportTable:
    rows = tuple(tuple(column.cell(each) for column in columns) for each in activities)
    return ExportTable(title, tuple(each.name for each in columns), rows, tuple(each.path for each in activities))


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(texts)


def _sessions(one: Activity) -> str:
    return _joined(f"{each.date} {time_text(each.minutes)}" for each in one.sessions)


def _cell_of(field: Field) -> Callable[[Activity], Cell]:
    """What a field's column shows of an activity, as the field's kind of value says."""

    def cell(activity: Activity) -> Cell:
        value = getattr(activity, field.target)
        shown = None if value is None else field.kind.cell(value)
        return _joined(shown) if isinstance(shown, tuple) else shown

    return _sessions if field.name == "sessions" else cell


_BEHIND = {
    "hours": ExportColumn("time", "the same to the minute, as `1h30`", lambda one: time_text(one.minutes)),
    "signed-off": ExportColumn(
        "signed-off-on", "on which day", lambda one: one.signed_off.on if one.signed_off else None
    ),
}
"""Columns that stand behind a field's own."""


def _columns() -> Iterable[ExportColumn]:
    yield ExportColumn("path", "the file, from the journal's folder", attrgetter("path"))
    yield ExportColumn("folder", "below `activities/`", attrgetter("folder"))
    for each in ACTIVITY.fields:
        yield ExportColumn(each.name, each.column_says, _cell_of(each))
        if each.name in _BEHIND:
            yield _BEHIND[each.name]
    yield ExportColumn("body", "the text below the fields, as Markdown", lambda one: one.body.strip("\n"))


COLUMNS = tuple(_columns())
"""All columns but the owner's own, which stand behind them."""
PARTS: dict[str, Callable[[Activity], Cell]] = {
    **{each.name: each.cell for each in COLUMNS},
    "description": description_of,
    "reflection": reflection_of,
}
"""What a column of a layout may be made of."""


def _laid_out_cell(column: LayoutColumn) -> Callable[[Activity], Cell]:
    """What a column of a layout shows."""
    parts = [PARTS[name] for name in column.fields]
    if column.format is CellFormat.DAYS:
        return lambda one: _days(one.start, one.end)
    if column.format is CellFormat.WORD:
        return lambda one: _in_words(parts[0](one), column)
    if column.format is CellFormat.TEXT:
        return lambda one: "\n\n".join(str(said) for part in parts if (said := part(one)))
    return parts[0]


def _days(start: date, end: date) -> Cell:
    """One day as a date, several as a text."""
    return start if start == end else f"{start}{BETWEEN_DAYS}{end}"


def _in_words(said: Cell, column: LayoutColumn) -> str:
    """The body's words for a value, or for each of a list's."""
    if said is None or said == "":
        return ""
    values = str(said).lower().split(SEPARATOR)
    return _joined(column.words.get(each, each) for each in values)
