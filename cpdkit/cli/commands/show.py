"""`cpd show`: show one record on a terminal, or print it as data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console, warn_of_errors
from cpdkit.cli.options import format_option, journal_option, output_options
from cpdkit.cli.tables import BOLD, FAINT, hand_out, in_line, json_text, styled
from cpdkit.errors import UsageError
from cpdkit.text.terminal import pad, printable, width, wrap

if TYPE_CHECKING:
    from cpdkit.journal.reader import Record
    from cpdkit.journal.record_writer import Plain

WIDEST = 100
"""Columns of the longest line; longer ones are hard to read."""
LEAST = 40
"""On a terminal with fewer columns, lines are not wrapped."""


@click.command()
@click.argument("name", metavar="[ID]", default="", shell_complete=complete_records)
@journal_option
@format_option
@output_options
def show(name: str, journal: Path | None, output_format: str, console: Console) -> int:
    """Show one record.

    It shows the fields of a record of any kind, then its text. Confidential records and private
    passages are shown too.

    ID is any part of the file name or title, or the path in the journal. If it is missing or fits several records, cpd
    asks on a terminal.

    \b
    cpd show relay-settings
    cpd show plan/converter-protection.md --format json
    """
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.cli.record_choice import record_named
    from cpdkit.exchange.exports.json import record_data
    from cpdkit.journal.load import read_file
    from cpdkit.journal.paths import find
    from cpdkit.journal.reader import RECORD_KINDS
    from cpdkit.text.files import Disk

    disk = Disk(os.path.realpath(find(journal)))
    path = record_named(Path(disk.root), name)
    folder = path.partition("/")[0]
    record, diagnostics, _ = read_file(disk, path, RECORD_KINDS[folder])
    warn_of_errors(console, Path(disk.root), diagnostics)
    if record is None and not diagnostics:
        raise UsageError(f"{path} is a report that cpdkit made, not a record", "open it in any program for Markdown")
    if record is None:
        return PROBLEMS
    if output_format == "json":
        hand_out(console, json_text({"id": record.id, "kind": RECORD_KINDS[folder].fields.name, **record_data(record)}))
    else:
        console.page("\n".join(lines_of(record, console.columns, colour=console.colour)))
    return FINE


def lines_of(record: Record, columns: int = 0, *, colour: bool = False) -> list[str]:
    """Return a record as lines: title, fields and text, in at most `columns` columns (0: not wrapped)."""
    from cpdkit.journal.reader import RECORD_KINDS
    from cpdkit.journal.search import title_of

    columns = min(columns, WIDEST) if columns >= LEAST else 0
    about = f"{RECORD_KINDS[record.path.partition('/')[0]].fields.name} · {printable(record.path)}"
    lines = [styled(printable(title_of(record)), BOLD, enabled=colour), styled(about, FAINT, enabled=colour), ""]
    lines += _field_lines(record, columns, colour=colour)
    body = list(_body_lines(record.body, columns, colour=colour))
    return [*lines, *([""] if lines[-1] and body else []), *body]


def _field_lines(record: Record, columns: int, *, colour: bool) -> list[str]:
    """Return the fields except the title, as in the file, with their values below each other."""
    from cpdkit.dates.hours import format_hours
    from cpdkit.exchange.exports.json import record_data
    from cpdkit.journal.records import Activity

    fields = {name: value for name, value in record_data(record)["fields"].items() if name != "title" and value}
    if isinstance(record, Activity) and record.sessions:
        fields["hours"] = format_hours(record.minutes)
    wide = max(map(width, fields), default=0) + 2
    lines = []
    for name, value in fields.items():
        first, *rest = [
            line for text in _value_lines(value) for line in _wrapped(text, columns - wide if columns else 0)
        ]
        lines.append(styled(pad(printable(name), wide), FAINT, enabled=colour) + first)
        lines += [" " * wide + line for line in rest]
    return lines


def _value_lines(value: Plain) -> list[str]:
    """Return a value as lines: a list of texts in one line, a list of mappings with a line for each."""
    if isinstance(value, str):
        return value.strip().splitlines() or [""]
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return [in_line(each) for each in value]
    return [in_line(value)]


def _body_lines(body: str, columns: int, *, colour: bool) -> Iterator[str]:
    """Yield the Markdown as it is written, with bold headings and long lines wrapped."""
    from cpdkit.journal.sections import headings

    above = len(body) - len(body.lstrip("\n"))
    titles = {each.line - above for each in headings(body)}
    for number, line in enumerate(body.strip("\n").split("\n") if body.strip() else [], start=1):
        if number in titles:
            yield styled(printable(line), BOLD, enabled=colour)
        else:
            yield from _wrapped(line, columns)


def _wrapped(line: str, columns: int) -> list[str]:
    """Return a line, wrapped if it is too long. Rows of tables and indented code are not wrapped."""
    shown = printable(line.expandtabs(4))
    if not columns or width(shown) <= columns or shown.startswith(("|", "    ")):
        return [shown]
    return wrap(shown, columns)
