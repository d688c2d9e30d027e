"""`cpd export`: activities for other programs, as a table, data or a calendar."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console, is_terminal, warn_of_errors
from cpdkit.cli.options import journal_option, option, output_options, select_from, selection_options
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.journal.selection import Selection, SelectionOptions


@click.command()
@option("--format", "format_name", metavar="FORMAT", default="", help="csv, xlsx, json, jsonl, ics or parquet.")
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
    format_name: str,
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
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.exchange.exports.registry import ExportOptions, cut_short, exported_bytes, format_of
    from cpdkit.history.origin import origin_of
    from cpdkit.journal.selection import ALL_TIME

    options = ExportOptions(format_of(format_name, out.name if out else ""), layout, bom)
    if out and not force and out.exists():
        raise CannotWrite(out, "a file of that name is already there", "choose another name, or give --force")
    if out is None and options.format.is_binary and not dry_run and is_terminal(sys.stdout):
        raise UsageError(f"{options.format} is nothing for a terminal to show", "name a file with --out")
    records, selection, remarks = select_from(journal, choice.within(ALL_TIME).of_every_status())
    warn_of_errors(console, records.root, records.diagnostics)
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    activities = [each.activity for each in selection.included]
    options = replace(options, epoch=origin_of(records, selection)[1])
    for path in cut_short(activities, options):
        console.warn(f"cpd: {printable(path)} has a text longer than a cell can hold, so it is cut; csv has all of it")
    data = exported_bytes(records, activities, options)
    if not dry_run:
        _write(data, out, force, console)
    console.say(" · ".join(_summary(selection, out, dry_run)))
    return PROBLEMS if records.unread else FINE


def _write(data: bytes, out: Path | None, force: bool, console: Console) -> None:
    """Write the file and print its path, or hand the data over on stdout. Raises CannotWrite."""
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


def _summary(selection: Selection, out: Path | None, dry_run: bool) -> Iterator[str]:
    """`61 activities exported`, `2 confidential ones left out: --confidential takes them too`."""
    left = selection.left_out
    would = "would be " if dry_run else ""
    where = f" to {printable(str(out))}" if dry_run and out else ""
    yield f"{counted(len(selection.included), 'activity', 'activities')} {would}exported{where}"
    if left.confidential:
        them = plural(left.confidential, "it", "them")
        yield f"{counted(left.confidential, 'confidential one')} left out: --confidential takes {them} too"
    if others := left.total - left.confidential - left.unread:
        yield f"{others} not asked for"
    if left.unread:
        yield f"{left.unread} could not be read"
