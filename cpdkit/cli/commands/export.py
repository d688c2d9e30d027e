"""`cpd export`: write activities for other programs, as a table, data or a calendar."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console, is_terminal, warn_of_errors
from cpdkit.cli.global_options import Command, is_typed
from cpdkit.cli.options import (
    confidential_omitted,
    journal_option,
    option,
    output_options,
    renamed_option,
    select_from,
    selection_options,
)
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.journal.load import Journal
    from cpdkit.journal.selection import Selection, SelectionOptions

STDOUT = Path("-")


def format_word(command: Command) -> Command:
    """Let the first word after the command be the format, as in `cpd export csv 2024`; goes above the selection."""

    @wraps(command)
    def wrapped(*args: Any, period_words: tuple[str, ...], format_name: str, **values: Any) -> int:
        from cpdkit.exchange.exports.registry import Format

        if period_words and period_words[0].lower() in list(Format):
            if is_typed(click.get_current_context(), "format_name"):
                raise UsageError(f"{period_words[0]} and --format cannot be combined", "remove one of them")
            format_name, *rest = period_words
            period_words = tuple(rest)
        return command(*args, period_words=period_words, format_name=format_name, **values)

    return wrapped


@click.command()
@format_word
@option("--format", "format_name", metavar="FORMAT", default="", help="Format: csv, xlsx, json, jsonl, ics, parquet, "
        "json-resume, rendercv or europass.")  # fmt: skip
@renamed_option(
    "-o",
    "--output",
    "out",
    old="--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write. Its suffix sets the format. Default: - (standard output).",
)
@option(
    "--layout",
    metavar="NAME",
    default="",
    help="Columns of a professional body, for csv and xlsx: ice, rics, mycareerpath, engineers-ireland or "
    "career-manager.",
)
@option("--bom", is_flag=True, help="Start a csv with a byte order mark, so that Excel reads it as UTF-8.")
@option("--force", is_flag=True, help="Overwrite an existing file.")
@option("--dry-run", is_flag=True, help="Show what would be written, without writing it.")
@journal_option
@selection_options("all years", "all", period_words="[FORMAT] [PERIOD]")
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
    """Export activities as a table, data or a calendar.

    FORMAT is the same as --format, and PERIOD the same as --period.

    By default, it exports activities of all years and every status, except confidential ones. An activity that is
    only partly in the period is exported in full.

    \b
    csv, xlsx, parquet  one row for each activity
    ics                 one event for each session
    jsonl               one line for each activity
    json                the whole journal without evidence files; cpd import
                        reads it
    json-resume         your CV as JSON Resume
    rendercv            your CV as the input of RenderCV
    europass            your CV as Europass XML (experimental)

    \b
    cpd export -o cpd.xlsx
    cpd export csv 2026 --layout ice
    cpd export json-resume -o resume.json
    """
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.exchange.exports.registry import (
        OF_CV,
        ExportOptions,
        cut_short,
        exported_bytes,
        format_of,
        without_place,
    )
    from cpdkit.history.origin import origin_of
    from cpdkit.journal.selection import ALL_TIME

    out = None if out == STDOUT else out
    options = ExportOptions(format_of(format_name, out.name if out else ""), layout, bom)
    if out and not force and out.exists():
        raise CannotWrite(out, "the file already exists", "choose another name, or overwrite it with --force")
    if options.format.is_binary and not dry_run:
        _require_file(out, options.format)
    records, selection, remarks = select_from(journal, choice.within(ALL_TIME).of_every_status())
    warn_of_errors(console, records.root, records.diagnostics)
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    activities = [each.activity for each in selection.included]
    options = replace(options, epoch=origin_of(records, selection)[1])
    for path in cut_short(activities, options):
        console.warn(f"cpd: a text of {printable(path)} is too long for a cell and was cut; use csv for the full text")
    is_cv = options.format in OF_CV
    public = records if selection.filters.confidential else records.without_confidential()
    if is_cv:
        _say_omitted(records, public, without_place(public, options.format), console)
    data = exported_bytes(public, activities, options)
    if not dry_run:
        _write(data, out, force, console)
    console.say(f"CV {'would be ' * dry_run}exported" if is_cv else " · ".join(_summary(selection, out, dry_run)))
    return PROBLEMS if records.unread else FINE


def _require_file(out: Path | None, format_name: str) -> None:
    """Refuse to print bytes on a terminal. Raises UsageError."""
    if out is None and is_terminal(sys.stdout):
        raise UsageError(f"cannot show {format_name} on a terminal", "name a file with -o")


def _say_omitted(records: Journal, public: Journal, missing: Sequence[str], console: Console) -> None:
    """Print what a CV omits: confidential records, and what its format has no place for."""
    if count := len(records.records) - len(public.records):
        words = plural(count, "it", "them")
        console.say(f"cpd: {counted(count, 'confidential record')} omitted; --confidential includes {words}")
    if missing:
        console.say(f"cpd: not in this format: {', '.join(missing)}")


def _write(data: bytes, out: Path | None, force: bool, console: Console) -> None:
    """Write the file and print its path, or write the data to stdout. Raises CannotWrite."""
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
    """Yield `61 activities exported`, then what is omitted and why."""
    left = selection.omitted
    would = "would be " if dry_run else ""
    where = f" to {printable(str(out))}" if dry_run and out else ""
    yield f"{counted(len(selection.included), 'activity', 'activities')} {would}exported{where}"
    if left.confidential:
        yield confidential_omitted(left.confidential)
    if others := left.total - left.confidential - left.unread:
        yield f"{others} not selected"
    if left.unread:
        yield f"{left.unread} not readable"
