"""`cpd list`: print the selected activities as a table or as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options, select_from, selection_options
from cpdkit.cli.tables import BOLD, FAINT, csv_text, hand_out, json_text, jsonl_text, styled, table_lines, yaml_text
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.list_columns import Group, ListColumn, Row
    from cpdkit.journal.selection import Included, SelectionOptions

LEAST = {"title": 30, "id": 120, "start": 10, "end": 10}
"""Columns of a terminal that these columns of the table keep: a cut ID or date is of no use."""
FORMATS = ("table", "json", "jsonl", "csv", "yaml")


@click.command("list")
@journal_option
@option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Output format.",
)
@option(
    "--columns",
    "column_names",
    metavar="NAMES",
    default="",
    help="Columns, comma-separated: start,hours,title,topics. Default: the main columns in a table, all in data.",
)
@option(
    "--sort", metavar="NAMES", default="", help="Columns to sort by. type,-hours sorts by type, then the longest first."
)
@option(
    "--group-by", metavar="NAME", default="", help="Column to group by, such as type, month, year, folder or topics."
)
@selection_options("the period in cpd.yaml, or all years")
@output_options
def list_(
    journal: Path | None,
    output_format: str,
    column_names: str,
    sort: str,
    group_by: str,
    choice: SelectionOptions,
    console: Console,
) -> int:
    """List activities.

    PERIOD is the same as --period. The list shows the hours inside the period, and in the column id the shortest ID
    that other commands accept. A summary on standard error counts the activities listed and omitted.

    \b
    cpd list all
    cpd list 2026 --type event --sort -hours
    cpd list --group-by topics
    cpd list --format csv --columns start,title,hours,provider

    The exit code is 1 if a file of the journal cannot be read.
    """
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.journal.list_columns import (
        COLUMNS,
        DEFAULT,
        footer,
        parse_column,
        parse_columns,
        short_id_column,
        sorted_by,
    )
    from cpdkit.journal.selection import ALL_TIME

    columns = parse_columns(column_names)
    by = parse_column(group_by) if group_by else None
    sorted_by((), sort)  # report an unknown column before the journal is read
    records, selection, remarks = select_from(journal, replace(choice, otherwise=ALL_TIME))
    if not columns:
        columns = (short_id_column(records), *DEFAULT) if output_format == "table" else tuple(COLUMNS.values())
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    items = sorted_by(selection.included, sort)
    if output_format == "table":
        console.page("\n".join(_table(items, by, columns, console)))
    else:
        hand_out(console, _text(output_format, items, by, columns))
    summary = footer(items, selection.omitted, selection.period.words)
    console.say("\n".join(map(printable, summary.splitlines())))
    return PROBLEMS if selection.omitted.unread else FINE


NESTED: Mapping[str, Callable[[object], str]] = {"json": json_text, "yaml": yaml_text}
FLAT: Mapping[str, Callable[[Sequence[Row]], str]] = {"jsonl": jsonl_text, "csv": csv_text}


def _text(output_format: str, items: Sequence[Included], by: ListColumn | None, columns: Sequence[ListColumn]) -> str:
    """Return the activities as data, with `by` in groups. In a format of rows, the group is a column."""
    from cpdkit.journal.list_columns import grouped

    if output_format in FLAT:
        rows = _rows(items, columns)
        if by:
            groups = grouped(items, by)
            rows = [{"group": group.name, **row} for group in groups for row in _rows(group.items, columns)]
        return FLAT[output_format](rows)
    data = [_group_data(group, columns) for group in grouped(items, by)] if by else _rows(items, columns)
    return NESTED[output_format](data)


def _group_data(group: Group, columns: Sequence[ListColumn]) -> dict[str, object]:
    rows = _rows(group.items, columns)
    return {"group": group.name, "count": len(rows), "minutes": group.minutes, "activities": rows}


def _rows(items: Sequence[Included], columns: Sequence[ListColumn]) -> list[Row]:
    from cpdkit.journal.list_columns import row_of

    return [row_of(item, columns) for item in items]


def _table(
    items: Sequence[Included], by: ListColumn | None, columns: Sequence[ListColumn], console: Console
) -> list[str]:
    """Return the lines of a table; with `by` in groups, whose columns have the same widths."""
    from cpdkit.dates.hours import format_hours
    from cpdkit.journal.list_columns import grouped

    if not by:
        return table_lines(_rows(items, columns), console.columns, colour=console.colour, least=LEAST)
    groups = grouped(items, by)
    rows = [row for group in groups for row in _rows(group.items, columns)]
    head, *lines = table_lines(rows, console.columns, colour=console.colour, least=LEAST) or [""]
    shown = [head] if head else []
    for group in groups:
        count = f"{len(group.items)} · {format_hours(group.minutes)} h"
        name = styled(printable(group.name), BOLD, enabled=console.colour)
        shown += ["", f"{name}  {styled(count, FAINT, enabled=console.colour)}", *lines[: len(group.items)]]
        del lines[: len(group.items)]
    return shown
