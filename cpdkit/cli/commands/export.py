"""`cpd export`: activities for other programs, as a table, data or a calendar."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import journal_option, option, output_options, selection_options
from cpdkit.diagnostics import Severity
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.exchange.exports.registry import ExportOptions
    from cpdkit.journal.load import Journal
    from cpdkit.journal.selection import Selection, SelectionOptions


def export_journal(
    place: Path | None,
    choice: SelectionOptions,
    options: ExportOptions,
    console: Console,
    *,
    out: Path | None,
    force: bool,
    dry_run: bool,
) -> int:
    """Export the activities chosen of the journal at `place` (None: the nearest) to a file or to stdout."""

    from cpdkit.exchange.exports.registry import chosen
    from cpdkit.journal.load import find, load
    from cpdkit.journal.selection import unmatched

    if out and not force and out.exists():
        raise CannotWrite(out, "a file of that name is already there", "choose another name, or give --force")
    if out is None and options.format.is_binary and not dry_run and is_terminal(sys.stdout):
        raise UsageError(f"{options.format} is nothing for a terminal to show", "name a file with --out")
    journal = load(find(place))
    _tell_unread(journal, console)
    selection = chosen(journal, choice)
    for sentence in unmatched(selection.filters, journal.activities):
        console.say(f"cpd: {printable(sentence)}")
    data = _made(journal, selection, options, console)
    if not dry_run:
        _hand_out(data, out, console, force=force)
    console.say(_summary(selection, out, dry_run=dry_run))
    return PROBLEMS if journal.unread else FINE


def _made(journal: Journal, selection: Selection, options: ExportOptions, console: Console) -> bytes:
    from cpdkit.exchange.exports.registry import cut_short, exported_bytes
    from cpdkit.history.origin import origin_of

    activities = [each.activity for each in selection.included]
    options = replace(options, epoch=origin_of(journal, selection)[1])
    for path in cut_short(activities, options):
        console.warn(f"cpd: {printable(path)} has a text longer than a cell can hold, so it is cut; csv has all of it")
    return exported_bytes(journal, activities, options)


def _hand_out(data: bytes, out: Path | None, console: Console, *, force: bool) -> None:
    from cpdkit.text.write import make_folder, write_atomically, write_new

    if out is None:
        console.hand_over(data)
        return
    if force:
        make_folder(out.parent)
        write_atomically(out, data)
    else:
        write_new({out: data})
    console.show(printable(str(out)))


def _tell_unread(journal: Journal, console: Console) -> None:
    """What could not be read, and so can't be exported, at its place."""

    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.formats.text import diagnostics_text

    errors = [each for each in journal.diagnostics if each.severity is Severity.ERROR]
    if errors:
        console.warn(diagnostics_text(errors, console.colour, path_of=base_of_person(journal.root, Path.cwd()).path))


def _summary(selection: Selection, out: Path | None, *, dry_run: bool) -> str:
    """`61 activities exported · 2 confidential ones left out: --confidential takes them too`."""
    left = selection.left_out
    count = len(selection.included)
    would = "would be " if dry_run else ""
    where = f" to {printable(str(out))}" if dry_run and out else ""
    said = [f"{counted(count, 'activity', 'activities')} {would}exported{where}"]
    if left.confidential:
        ones = counted(left.confidential, "confidential one")
        said.append(f"{ones} left out: --confidential takes {plural(left.confidential, 'it', 'them')} too")
    if others := left.total - left.confidential - left.unread:
        said.append(f"{others} not asked for")
    if left.unread:
        said.append(f"{left.unread} could not be read")
    return " · ".join(said)


@click.command()
@option("--format", "named", metavar="FORMAT", default="", help="csv, xlsx, json, jsonl, ics or parquet.")
@option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; without it, standard output. Its suffix says the format where --format doesn't.",
)
@option(
    "--layout",
    metavar="NAME",
    default="",
    help="The columns of a professional body, for csv and xlsx: ice, rics, mycareerpath, engineers-ireland or "
    "career-manager.",
)
@option("--bom", is_flag=True, help="Begin a csv with the mark by which Excel knows UTF-8.")
@option("--force", is_flag=True, help="Write over a file that is already there.")
@option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@journal_option
@selection_options("all years", "all")
@output_options
def export(
    named: str,
    out: Path | None,
    layout: str,
    bom: bool,
    force: bool,
    dry_run: bool,
    journal: Path | None,
    choice: SelectionOptions,
    console: Console,
) -> int:
    """Write activities as a table, data or a calendar.

    Without --period and --status: all activities of every status. One that a period cuts is written whole.
    Confidential ones only with --confidential.

    json holds the whole journal without loss but for evidence files, and cpd import reads it back; jsonl has an
    activity a line. csv, xlsx and parquet have a row for each activity; ics has an event for each session.

    \b
    cpd export --out cpd.xlsx
    cpd export --format csv --layout ice --period 2026
    """

    from cpdkit.exchange.exports.registry import ExportOptions, format_of

    options = ExportOptions(format_of(named, out.name if out else ""), layout, bom)
    return export_journal(journal, choice, options, console, out=out, force=force, dry_run=dry_run)
