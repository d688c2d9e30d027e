"""What `cpd list` does once its options are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.tables import (
    BOLD,
    FAINT,
    csv_text,
    hand_out,
    json_text,
    jsonl_text,
    styled,
    table_lines,
    yaml_text,
)
from cpdkit.journal.choice import Choice, resolve
from cpdkit.journal.listed import (
    COLUMNS,
    DEFAULT,
    Column,
    Group,
    Row,
    column_named,
    columns_named,
    footer,
    grouped,
    row_of,
    sorted_by,
)
from cpdkit.journal.loading import find, load
from cpdkit.journal.minutes import format_hours
from cpdkit.journal.selection import Included, select, unmatched
from cpdkit.text.cells import printable


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of `cpd list` ask for besides the selection; an empty text was not given."""

    form: str
    columns: str
    sort: str
    group_by: str


def list_activities(place: Path | None, choice: Choice, asked: Asked, console: Console) -> int:
    """List the activities chosen of the journal at `place` (None: the nearest)."""
    columns = columns_named(asked.columns) or (DEFAULT if asked.form == "table" else tuple(COLUMNS.values()))
    by = column_named(asked.group_by) if asked.group_by else None
    sorted_by((), asked.sort)  # a column that there isn't is told before the journal is read
    journal = load(find(place))
    period, filters = resolve(journal, choice)
    for sentence in unmatched(filters, journal.activities):
        console.say(f"cpd: {printable(sentence)}")
    unread = [path for path in journal.unread if path.startswith("activities/")]
    selection = select(journal.activities, len(unread), period, filters)
    items = sorted_by(selection.included, asked.sort)
    _print(asked.form, items, by, columns, console)
    console.say(printable_lines(footer(items, selection.left_out, period.spoken)))
    return PROBLEMS if unread else FINE


def printable_lines(text: str) -> str:
    return "\n".join(map(printable, text.splitlines()))


def _print(
    form: str, items: Sequence[Included], by: Column | None, columns: Sequence[Column], console: Console
) -> None:
    groups = grouped(items, by) if by else ()
    if form == "table":
        console.show("\n".join(_tables(groups, columns, console) if by else _table(items, columns, console)))
    elif by and form in _NESTED:
        hand_out(console, _NESTED[form]([_group_data(each, columns) for each in groups]))
    elif by:
        hand_out(console, _FLAT[form]([{"group": each.name, **row} for each in groups for row in _rows(each, columns)]))
    else:
        hand_out(console, _PLAIN[form]([row_of(item, columns) for item in items]))


_NESTED: Mapping[str, Callable[[object], str]] = {"json": json_text, "yaml": yaml_text}
_FLAT: Mapping[str, Callable[[Sequence[Row]], str]] = {"jsonl": jsonl_text, "csv": csv_text}
_PLAIN: Mapping[str, Callable[[Sequence[Row]], str]] = {**_NESTED, **_FLAT}


def _group_data(group: Group, columns: Sequence[Column]) -> dict[str, object]:
    rows = _rows(group, columns)
    return {"group": group.name, "count": len(rows), "minutes": group.minutes, "activities": rows}


def _rows(group: Group, columns: Sequence[Column]) -> list[Row]:
    return [row_of(item, columns) for item in group.items]


def _table(items: Sequence[Included], columns: Sequence[Column], console: Console) -> list[str]:
    return table_lines([row_of(item, columns) for item in items], console.columns, colour=console.colour)


def _tables(groups: Sequence[Group], columns: Sequence[Column], console: Console) -> list[str]:
    """All groups in one table, so that their columns stand below each other, each below its name and its sum."""
    rows = [row for each in groups for row in _rows(each, columns)]
    head, *lines = table_lines(rows, console.columns, colour=console.colour) or [""]
    shown = [head] if head else []
    for each in groups:
        count = f"{len(each.items)} · {format_hours(each.minutes)} h"
        name = styled(printable(each.name), BOLD, wanted=console.colour)
        shown += ["", f"{name}  {styled(count, FAINT, wanted=console.colour)}", *lines[: len(each.items)]]
        del lines[: len(each.items)]
    return shown
