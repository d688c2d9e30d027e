"""`cpd show`: one record, readable on a terminal, or as data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import form_option, journal_option, output_options
from cpdkit.cli.tables import BOLD, FAINT, hand_out, json_text, styled
from cpdkit.diagnostics import Severity
from cpdkit.text.terminal import pad, printable, width, wrap

if TYPE_CHECKING:
    from cpdkit.journal.reader import Record
    from cpdkit.journal.record_writer import Plain
    from cpdkit.text.files import Disk

WIDEST = 100
"""Lines longer than this are hard to read."""
LEAST = 40
"""A narrower terminal breaks the lines itself."""
KINDS = {"activities": "activity", "plan": "objective", "career": "post", "reviews": "review"}


def show_record(place: Path | None, said: str, form: str, console: Console) -> int:
    """Show the record that `said` names, of the journal at `place` (None: the nearest). Raises UsageError."""

    from cpdkit.exchange.plain_data import exported
    from cpdkit.journal.load import find
    from cpdkit.text.files import Disk

    disk = Disk(os.path.realpath(find(place)))
    path = record_path(disk, said)
    record = _read(disk, path, console)
    if record is None:
        return PROBLEMS
    if form == "json":
        hand_out(console, json_text({"id": record.id, "kind": _kind(path), **exported(record)}))
    else:
        console.show("\n".join(as_text(record, console.columns, colour=console.colour)))
    return FINE


def open_record(place: Path | None, said: str, console: Console) -> int:
    """Open the file that `said` names in the user's editor, and say what of it can't be read afterwards.

    Raises UsageError, NoEditor, ToolError.
    """

    from cpdkit.cli.editor import edit
    from cpdkit.journal.load import find
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.files import Disk

    disk = Disk(os.path.realpath(find(place)))
    path = record_path(disk, said, MEMBER_FILE)
    edit(Path(disk.root, path))
    # A file that the editor took away is none to read.
    if path == MEMBER_FILE or not disk.exists(path):
        return FINE
    return FINE if _read(disk, path, console) else PROBLEMS


def record_path(disk: Disk, said: str, *others: str) -> str:
    """The path of the record that somebody means, or of one of these other files. Raises UsageError."""

    from cpdkit.journal.naming import identified
    from cpdkit.journal.paths import list_journal
    from cpdkit.journal.reader import FORMS

    records = list_journal(disk).records
    return identified(said, [*others, *(path for folder in FORMS for path in records[folder])], "record")


def as_text(record: Record, columns: int = 0, *, colour: bool = False) -> list[str]:
    """A record for reading: its title, its fields, its text, fitted into so many columns (0: lines as they are)."""
    columns = min(columns, WIDEST) if columns >= LEAST else 0
    about = f"{_kind(record.path)} · {printable(record.path)}"
    lines = [styled(printable(_title(record)), BOLD, wanted=colour), styled(about, FAINT, wanted=colour), ""]
    lines += _fields(record, columns, colour=colour)
    body = list(_body(record.body, columns, colour=colour))
    return [*lines, *([""] if lines[-1] and body else []), *body]


def _read(disk: Disk, path: str, console: Console) -> Record | None:
    """The record; where there is none, why not is said."""

    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.formats.text import diagnostics_text
    from cpdkit.journal.load import read_file
    from cpdkit.journal.reader import FORMS

    record, found, _ = read_file(disk, path, FORMS[path.partition("/")[0]])
    errors = [each for each in found if each.severity is Severity.ERROR]
    if errors:
        console.warn(diagnostics_text(errors, console.colour, path_of=base_of_person(Path(disk.root), Path.cwd()).path))
    return record


def _kind(path: str) -> str:
    return KINDS[path.partition("/")[0]]


def _title(record: Record) -> str:
    from cpdkit.journal.records import Post, Review

    if isinstance(record, Post):
        return f"{record.role}, {record.employer}"
    return record.title or f"Review of {record.year}" if isinstance(record, Review) else record.title


def _fields(record: Record, columns: int, *, colour: bool) -> list[str]:
    """The fields but for the title, as the file has them, their values below each other."""

    from cpdkit.dates.hours import format_hours
    from cpdkit.exchange.plain_data import exported
    from cpdkit.journal.records import Activity

    fields = {name: said for name, said in exported(record)["fields"].items() if name != "title" and said}
    if isinstance(record, Activity) and record.sessions:
        fields["hours"] = format_hours(record.minutes)
    wide = max(map(width, fields), default=0) + 2
    lines = []
    for name, value in fields.items():
        first, *rest = [line for said in _said(value) for line in _wrapped(said, columns - wide if columns else 0)]
        lines.append(styled(pad(printable(name), wide), FAINT, wanted=colour) + first)
        lines += [" " * wide + line for line in rest]
    return lines


def _said(value: Plain) -> list[str]:
    """A value in lines: a list of plain texts in one, each of its mappings in one of its own."""
    if isinstance(value, str):
        return value.strip().splitlines() or [""]
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return [_in_line(each) for each in value]
    return [_in_line(value)]


def _in_line(value: Plain) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_in_line(each)}" for name, each in value.items())
    return ", ".join(map(_in_line, value)) if isinstance(value, list) else " ".join(value.split())


def _body(body: str, columns: int, *, colour: bool) -> Iterator[str]:
    """The Markdown as it is written, its headings set off, its long lines broken."""

    from cpdkit.journal.body import headings

    above = len(body) - len(body.lstrip("\n"))
    titles = {each.line - above for each in headings(body)}
    for number, line in enumerate(body.strip("\n").split("\n") if body.strip() else [], start=1):
        if number in titles:
            yield styled(printable(line), BOLD, wanted=colour)
        else:
            yield from _wrapped(line, columns)


def _wrapped(line: str, columns: int) -> list[str]:
    """A line in lines that fit; a table's row, and what is indented like code, stays as it is."""
    shown = printable(line.expandtabs(4))
    if not columns or width(shown) <= columns or shown.startswith(("|", "    ")):
        return [shown]
    return wrap(shown, columns)


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_records)
@journal_option
@form_option
@output_options
def show(name: str, journal: Path | None, form: str, console: Console) -> int:
    """Show one record: its fields, then its text.

    ID is any part of its file's name that no other has, or its path in the journal. Objectives, posts and reviews are
    shown as activities are. What is confidential or private is shown too.

    \b
    cpd show relay-settings
    cpd show plan/converter-protection.md --format json
    """

    return show_record(journal, name, form, console)
