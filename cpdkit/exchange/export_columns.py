"""Activities as a table, one row for each: every field, or the columns of a professional body."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from cpdkit.dates.hours import HOUR, Minutes
from cpdkit.exchange.layouts import CellFormat, Layout, LayoutColumn
from cpdkit.journal.declarations import Field
from cpdkit.journal.records import ACTIVITY, Activity
from cpdkit.journal.sections import Section, outline

Cell = str | Decimal | date | bool | None
SEPARATOR = "; "
BETWEEN_DAYS = " to "


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its heading, its description for the docs, and the function that returns its cell for an activity."""

    name: str
    note: str
    cell: Callable[[Activity], Cell]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Headings and rows of cells, each as long as the headings; `names` are names of the rows for messages."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    names: tuple[str, ...]


def full_table(activities: Sequence[Activity]) -> ExportTable:
    """Return a table of every field of the activities, with a column for each of the owner's own fields."""
    return _table("Activities", (*COLUMNS, *own_columns(activities)), activities)


def layout_table(layout: Layout, activities: Sequence[Activity]) -> ExportTable:
    """Return a table of the activities in the columns of a professional body."""
    columns = [ExportColumn(column.header, "", _layout_cell(column)) for column in layout.columns]
    return _table(layout.title, columns, activities)


def own_columns(activities: Iterable[Activity]) -> tuple[ExportColumn, ...]:
    """Return a column for each `x-` field that any of the activities has, by name."""
    names = sorted({name for activity in activities for name in activity.own})
    return tuple(ExportColumn(name, "", lambda one, name=name: one.own.get(name, "")) for name in names)  # type: ignore[misc]


def time_text(minutes: Minutes) -> str:
    """Return minutes as a duration that `hours` accepts: `1h30`."""
    return f"{minutes // HOUR}h{minutes % HOUR:02d}"


def cell_text(cell: Cell) -> str:
    """Return a cell as plain text: `true`, `0.3333`, `2026-03-14`; empty for none."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else cell or ""


def description_of(activity: Activity) -> str:
    """Return the body above and below the reflection, without comments and private passages."""
    return _sections_text(outline(activity.body).description)


def reflection_of(activity: Activity) -> str:
    """Return the reflection without its heading; prompts stay as headings."""
    sections = outline(activity.body).reflection
    return _sections_text(sections if sections and sections[0].text else sections[1:], first_bare=True)


def _sections_text(sections: Sequence[Section], *, first_bare: bool = False) -> str:
    parts = []
    for number, section in enumerate(sections):
        bare = not section.level or (first_bare and not number and section.title.casefold() == "reflection")
        if section.text:
            parts.append(section.text if bare else f"{section.title}\n{section.text}")
    return "\n\n".join(parts)


def _table(title: str, columns: Sequence[ExportColumn], activities: Sequence[Activity]) -> ExportTable:
    rows = tuple(tuple(column.cell(activity) for column in columns) for activity in activities)
    headers = tuple(column.name for column in columns)
    return ExportTable(title, headers, rows, tuple(activity.path for activity in activities))


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(texts)


def _sessions(one: Activity) -> str:
    return _joined(f"{session.date} {time_text(session.minutes)}" for session in one.sessions)


def _cell_of(field: Field) -> Callable[[Activity], Cell]:
    """Return the function for the cell of a field, by the field's kind of value."""

    def cell(activity: Activity) -> Cell:
        value = getattr(activity, field.target)
        shown = None if value is None else field.kind.cell(value)
        return _joined(shown) if isinstance(shown, tuple) else shown

    return _sessions if field.name == "sessions" else cell


_AFTER = {
    "hours": ExportColumn("time", "the same in hours and minutes, such as `1h30`", lambda one: time_text(one.minutes)),
    "signed-off": ExportColumn(
        "signed-off-on", "the date of the sign-off", lambda one: one.signed_off.on if one.signed_off else None
    ),
}
"""Columns that follow a field's own."""


def _columns() -> Iterable[ExportColumn]:
    yield ExportColumn("path", "the path of the file in the journal", attrgetter("path"))
    yield ExportColumn("folder", "the folder under `activities/`", attrgetter("folder"))
    for field in ACTIVITY.fields:
        yield ExportColumn(field.name, field.column_accepts, _cell_of(field))
        if field.name in _AFTER:
            yield _AFTER[field.name]
    yield ExportColumn("body", "the text below the front matter, as Markdown", lambda one: one.body.strip("\n"))


COLUMNS = tuple(_columns())
"""All columns except those of the owner's own fields, which follow them."""
PARTS: dict[str, Callable[[Activity], Cell]] = {
    **{column.name: column.cell for column in COLUMNS},
    "description": description_of,
    "reflection": reflection_of,
}
"""The fields and texts that a column of a layout can use."""


def _layout_cell(column: LayoutColumn) -> Callable[[Activity], Cell]:
    """Return the function for the cell of a layout's column."""
    parts = [PARTS[name] for name in column.fields]
    if column.format is CellFormat.DAYS:
        return lambda one: _days(one.start, one.end)
    if column.format is CellFormat.WORD:
        return lambda one: _in_words(parts[0](one), column)
    if column.format is CellFormat.TEXT:
        return lambda one: "\n\n".join(str(text) for part in parts if (text := part(one)))
    return parts[0]


def _days(start: date, end: date) -> Cell:
    """Return one day as a date, several days as a text."""
    return start if start == end else f"{start}{BETWEEN_DAYS}{end}"


def _in_words(cell: Cell, column: LayoutColumn) -> str:
    """Return the professional body's word for a value, or for each item of a list."""
    if cell is None or cell == "":
        return ""
    values = str(cell).lower().split(SEPARATOR)
    return _joined(column.words.get(value, value) for value in values)
