"""`cpd list`: the selected activities as a table, or as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import journal_option, option, output_options, selection_options
from cpdkit.cli.tables import BOLD, FAINT, csv_text, hand_out, json_text, jsonl_text, styled, table_lines, yaml_text
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.columns import Column, Group, Row
    from cpdkit.journal.selection import Choice, Included


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of `cpd list` ask for besides the selection; an empty text was not given."""

    form: str
    columns: str
    sort: str
    group_by: str


def list_activities(place: Path | None, choice: Choice, asked: Asked, console: Console) -> int:
    """List the activities chosen of the journal at `place` (None: the nearest)."""

    from cpdkit.journal.columns import COLUMNS, DEFAULT, column_named, columns_named, footer, sorted_by
    from cpdkit.journal.load import find, load
    from cpdkit.journal.selection import resolve, select, unmatched

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
    from cpdkit.journal.columns import grouped, row_of

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
    from cpdkit.journal.columns import row_of

    return [row_of(item, columns) for item in group.items]


def _table(items: Sequence[Included], columns: Sequence[Column], console: Console) -> list[str]:
    from cpdkit.journal.columns import row_of

    return table_lines([row_of(item, columns) for item in items], console.columns, colour=console.colour)


def _tables(groups: Sequence[Group], columns: Sequence[Column], console: Console) -> list[str]:
    """All groups in one table, so that their columns stand below each other, each below its name and its sum."""

    from cpdkit.dates.hours import format_hours

    rows = [row for each in groups for row in _rows(each, columns)]
    head, *lines = table_lines(rows, console.columns, colour=console.colour) or [""]
    shown = [head] if head else []
    for each in groups:
        count = f"{len(each.items)} · {format_hours(each.minutes)} h"
        name = styled(printable(each.name), BOLD, wanted=console.colour)
        shown += ["", f"{name}  {styled(count, FAINT, wanted=console.colour)}", *lines[: len(each.items)]]
        del lines[: len(each.items)]
    return shown


FORMATS = ("table", "json", "jsonl", "csv", "yaml")


@click.command("list")
@journal_option
@option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print it.")
@option(
    "--columns",
    metavar="NAMES",
    default="",
    help="Which, parted by commas: start,hours,title,topics. Without it a table has the most important, data has all.",
)
@option("--sort", metavar="NAMES", default="", help="In which order: type,-hours sorts by type, the longest first.")
@option("--group-by", metavar="NAME", default="", help="One group for each type, month, year, folder, topics …")
@selection_options()
@output_options
def list_(
    journal: Path | None, form: str, columns: str, sort: str, group_by: str, choice: Choice, console: Console
) -> int:
    """List the selected activities.

    The hours are those inside the period. How many there are, and what was left out, is said on standard error.

    \b
    cpd list --period 2026 --type event --sort -hours
    cpd list --group-by topics
    cpd list --format csv --columns start,title,hours,provider

    Exits with 1 where a file of the journal could not be read.
    """

    return list_activities(journal, choice, Asked(form, columns, sort, group_by), console)
