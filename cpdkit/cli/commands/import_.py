"""`cpd import`: import activities from a table, a calendar, notes or an exported journal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console, columns_of, is_terminal
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import dry_write_option, format_option, journal_option, option, output_options
from cpdkit.cli.tables import json_text, table_lines
from cpdkit.errors import NoJournal, UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.exchange.adopt import Adoption
    from cpdkit.exchange.column_matching import ColumnMapping, Matching
    from cpdkit.exchange.confirmation import Confirmation
    from cpdkit.exchange.imports.table import ImportedTable
    from cpdkit.journal.list_columns import Row

MOST_BYTES = 512 * 2**20
"""The largest file that is read."""
MOST_REJECTED = 50
"""How many causes of rejected rows are listed."""
MOST_ATTACHED = 30
"""How many files that become evidence are listed."""


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How to import a table, as typed; `day_first` is None if not given."""

    maps: tuple[str, ...]
    sets: tuple[str, ...]
    means: tuple[str, ...]
    mapping: Path | None
    save_mapping: Path | None
    sheets: tuple[str, ...]
    header_row: int | None
    skips: tuple[str, ...]
    rejects: Path | None
    day_first: bool | None
    done: bool
    confirm: bool
    folder: str | None
    period: str
    calendars: tuple[str, ...]
    words: tuple[str, ...]
    zone: str
    yes: bool
    output_format: str
    dry_run: bool


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--map", "maps", metavar="COLUMN=FIELD", multiple=True, help="Field for a column; - ignores the column. Repeatable."
)
@option("--set", "sets", metavar="FIELD=VALUE", multiple=True, help="Value for rows that do not have one. Repeatable.")
@option(
    "--means",
    metavar="WORD=VALUE",
    multiple=True,
    help='Meaning of a word in a cell: "Toolbox talk=training". Repeatable.',
)
@option("--mapping", type=click.Path(path_type=Path), help="Read the choices that --save-mapping saved.")
@option("--save-mapping", type=click.Path(path_type=Path), help="Save the mapping of the columns to this file.")
@option(
    "--sheet",
    "sheets",
    metavar="NAME",
    multiple=True,
    help="Sheet of a workbook. Default: the first one with a table. Repeatable.",
)
@option(
    "--header-row",
    type=click.IntRange(1),
    metavar="N",
    help="Row of the headings. Default: found by itself.",
)
@option(
    "--skip",
    "skips",
    metavar="ROWS|TEXT",
    multiple=True,
    help='Rows to skip: 7, 7-9, or those with this text in a cell, such as "Sum*". Repeatable.',
)
@option(
    "--rejects", type=click.Path(path_type=Path), help="Write the rejected rows to this CSV file, with the reasons."
)
@option("--day-first/--month-first", "day_first", default=None, help="Read 03/04/2026 as 3 April or as 4 March.")
@option("--done", is_flag=True, help="Import the rows as done, not as drafts.")
@option("--confirm", is_flag=True, help="Confirm the drafts of an earlier import of FILE; import nothing.")
@option("--folder", metavar="NAME", help="Folder under activities/. Default: as set in cpd.yaml.")
@option("--period", metavar="PERIOD", default="", help="Period of a calendar. Default: the last 12 months.")
@option(
    "--calendar", "calendars", metavar="NAME", multiple=True, help="Only this one of several calendars. Repeatable."
)
@option("--words", metavar="WORDS", multiple=True, help="Only calendar events with all these words. Repeatable.")
@option(
    "--zone", metavar="ZONE", default="", help="Your time zone, such as Europe/London. Default: that of your computer."
)
@option("--yes", is_flag=True, help="Write without asking.")
@format_option
@journal_option
@dry_write_option
@output_options
def import_(file: Path, journal: Path | None, dry_run: bool, console: Console, **values: Any) -> int:
    """Import activities from a table, a calendar, notes or JSON.

    FILE is a table (CSV, XLSX, JSON), a calendar, a Markdown or org file, an e-mail or an Open Badge. It can also be a
    folder of notes, or a journal that cpd export wrote. If FILE is -, standard input is read.

    Attachments of an e-mail, and files to which a note links, become evidence. Jobs from LinkedIn or a JSON Resume
    become posts under career/, its degrees and certificates qualifications under qualifications/.

    Columns are matched to fields by their headings and values. On a terminal, you see the result and confirm it before
    anything is written. --dry-run only shows it.

    Imported activities are drafts, which do not count. Confirm one with cpd done ID, or all with --confirm and the same
    options. --done imports rows as done.

    Rows that you imported before are skipped, even if you have changed the activity since. A row with an error is
    listed and rejected; the other rows are imported.

    \b
    cpd import log.xlsx --dry-run
    cpd import log.csv --map "Key learning=reflection" --set type=training
    cpd import work.ics --words CPD --period 2026
    cpd import certificate.eml
    cpd import cpd.json --journal new-journal
    """
    from cpdkit.exchange.imports.registry import Format, format_of, read_journal, read_table
    from cpdkit.exchange.imports.table import ImportOptions
    from cpdkit.journal.paths import find

    folder: Path | None = file if file.is_dir() else file.parent
    if str(file) == "-":
        folder = None
        file, data = Path("standard input"), _read_standard_input()
        values["yes"] = True  # no answer can come
    else:
        data = b"" if file.is_dir() else _read_file(file)
    if format_of(file, data) is Format.JOURNAL:
        return _restore(read_journal(data, file.name), journal, dry_run, console)
    root = find(journal).resolve()
    options = TableOptions(dry_run=dry_run, **values)
    source = ImportOptions(
        options.sheets,
        options.header_row or 0,
        options.skips,
        options.calendars,
        options.words,
        options.period,
        options.zone,
        folder,
    )
    return _import_table(root, read_table(file, data, source), options, console)


def _import_table(root: Path, table: ImportedTable, options: TableOptions, console: Console) -> int:
    """Import the rows of a table and print the written paths. Raises UsageError, CannotWrite."""
    from cpdkit.actions.move import plain_folder
    from cpdkit.exchange.adopt import AdoptOptions, adopt, existing_in
    from cpdkit.exchange.column_matching import match
    from cpdkit.exchange.confirmation import confirmation
    from cpdkit.exchange.exports.csv import csv_bytes
    from cpdkit.exchange.imports.zones import clock_in
    from cpdkit.exchange.mapping import mapping_bytes
    from cpdkit.exchange.rejects import rejected_rows
    from cpdkit.journal.load import load
    from cpdkit.text.write import below, write_atomically, write_new

    if options.rejects and os.path.lexists(options.rejects):
        raise UsageError(f"{options.rejects} already exists", "choose another name for the rejected rows")
    mapping = replace(_mapping(options), clock=clock_in(options.zone))
    matching = match(table, mapping)
    folder = None if options.folder is None else plain_folder(options.folder)
    existing = existing_in(load(root), table.rows)
    if options.confirm:
        return _confirm(root, confirmation(table, matching, existing, mapping.defaults), options, console)
    adoption = adopt(table, matching, existing, AdoptOptions(options.done, folder, mapping.defaults))
    _preview(table, matching, adoption, options, console)
    if options.rejects and adoption.rejections and not options.dry_run:
        rejected = rejected_rows(table, matching, adoption)
        write_atomically(options.rejects, csv_bytes(rejected))
        console.say(f"wrote {counted(len(rejected.rows), 'rejected row')} to {options.rejects}")
    paths = list(adoption.written)
    if paths and not options.dry_run and _is_agreed(f"Write {counted(len(paths), 'file')}?", options):
        write_new({below(root, path): data for path, data in adoption.written.items()}, root)
        if options.output_format == "text":
            console.show("\n".join(map(printable, paths)))
        drafts = ""
        if adoption.drafts and not options.done:
            drafts = "; drafts do not count until you confirm them: cpd done ID, or this import again with --confirm"
        console.say(f"wrote {counted(len(paths), 'file')}{drafts}")
    if options.save_mapping and not options.dry_run:
        mapping = replace(mapping, order=matching.order)
        write_atomically(options.save_mapping, mapping_bytes(matching.columns, mapping))
    return PROBLEMS if adoption.rejections or adoption.refused else FINE


def _confirm(root: Path, drafts: Confirmation, options: TableOptions, console: Console) -> int:
    """Confirm the complete drafts of an earlier import, and list the others. Raises UsageError, CannotWrite."""
    from cpdkit.actions.set import confirmed
    from cpdkit.cli.changes import apply_patches

    if drafts.complete and (options.dry_run or _is_agreed(f"Confirm {_drafts(drafts.complete)}?", options)):
        apply_patches(root, confirmed(root, drafts.complete), options.dry_run, console)
        console.say(f"{'would confirm' if options.dry_run else 'confirmed'} {_drafts(drafts.complete)}")
    elif not drafts.complete:
        console.say("nothing to confirm")
    for path in drafts.incomplete:
        console.warn(
            printable(f"{path} stays a draft: a value was missing or guessed, or has changed; use cpd done ID")
        )
    return PROBLEMS if drafts.incomplete else FINE


def _drafts(paths: Iterable[str]) -> str:
    return counted(len(tuple(paths)), "draft")


def _restore(files: Mapping[str, bytes], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Write the files of an exported journal; print their paths. Raises UsageError, NoJournal, CannotWrite."""
    from cpdkit.actions.restore import plan_restore, restore
    from cpdkit.journal.paths import find

    try:
        root = find(journal).resolve()
    except NoJournal:
        # DIR may be a new folder.
        if journal is None:
            raise
        root = journal.resolve()
    plan = plan_restore(root, files)
    if not dry_run:
        restore(root, plan)
    console.show("\n".join(map(printable, plan.files)))
    wrote = f"{'would write' if dry_run else 'wrote'} {counted(len(plan.files), 'file')}"
    known = f"; {plan.there} {plural(plan.there, 'was', 'were')} already in the journal" if plan.there else ""
    console.say(wrote + known)
    return FINE


def _read_file(file: Path) -> bytes:
    """Return the bytes of a file. Raises UsageError."""
    from cpdkit.text.faults import FaultKind, Unreadable
    from cpdkit.text.files import read_bytes

    try:
        return read_bytes(str(file), MOST_BYTES)[0]
    except Unreadable as error:
        fault = error.faults[0]
        if fault.kind is FaultKind.CHANGED and not os.path.lexists(file):
            raise UsageError(f"{file} does not exist", "check the name and the folder of the file") from None
        raise UsageError(f"{file}: {fault.message}", fault.hint) from None


def _read_standard_input() -> bytes:
    """Return the bytes of standard input. Raises UsageError."""
    data = sys.stdin.buffer.read(MOST_BYTES + 1) if sys.stdin is not None else b""
    if len(data) > MOST_BYTES:
        raise UsageError(f"standard input is larger than {MOST_BYTES // 2**20} MiB", "split it")
    if not data.strip():
        raise UsageError("standard input is empty", "name a file, or send one: cpd import - < log.csv")
    return data


def _mapping(options: TableOptions) -> ColumnMapping:
    """Return the mapping of the options, which override a saved mapping. Raises UsageError."""
    from cpdkit.exchange.cells import DateOrder
    from cpdkit.exchange.column_matching import ColumnMapping, target_named
    from cpdkit.exchange.mapping import read_mapping

    saved = ColumnMapping()
    if options.mapping:
        saved = read_mapping(str(options.mapping), _read_file(options.mapping))
    order = saved.order
    if options.day_first is not None:
        order = DateOrder.DAY_FIRST if options.day_first else DateOrder.MONTH_FIRST
    defaults = {target_named(name): value for name, value in _pairs(options.sets, "--set type=training")}
    columns = dict(_pairs(options.maps, '--map "Notes=description"'))
    words = dict(_pairs(options.means, '--means "Toolbox talk=training"'))
    return ColumnMapping({**saved.columns, **columns}, {**saved.defaults, **defaults}, {**saved.words, **words}, order)


def _pairs(texts: Iterable[str], example: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each `NAME=VALUE`. Raises UsageError."""
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not equals or not name.strip():
            raise UsageError(f'"{text}" is not NAME=VALUE', f"write it as in {example}")
        yield name.strip(), value.strip()


def _preview(
    table: ImportedTable, matching: Matching, adoption: Adoption, options: TableOptions, console: Console
) -> None:
    """Print what will be written."""
    from cpdkit.exchange.causes import causes

    if options.output_format == "json":
        console.hand_over(json_text(_data(table, matching, adoption)).encode())
    for sentence in table.remarks:
        console.say(printable(sentence))
    rows: list[Row] = [
        {
            "column": each.header,
            "field": "ignored" if each.target == "skip" else each.target,
            "matched by": str(each.reason),
            "example": each.example,
        }
        for each in matching.columns
    ]
    for line in table_lines(rows, columns_of(sys.stderr), colour=console.colour):
        console.say(line)
    console.say("")
    rejected = causes(adoption.rejections)
    for sentence in rejected[:MOST_REJECTED]:
        console.warn(printable(sentence))
    if len(rejected) > MOST_REJECTED:
        console.warn(f"… and {len(rejected) - MOST_REJECTED} more")
    for sentence in causes(adoption.refused):
        console.warn(printable(sentence))
    for sentence in causes(adoption.doubts):
        console.say(printable(f"draft: {sentence}"))
    for sentence in causes(adoption.partial):
        console.say(printable(f"post: {sentence}"))
    for sentence in adoption.remarks:
        console.say(sentence)
    for sentence in _attached(adoption):
        console.say(printable(sentence))
    console.say(", ".join(_counts(table, adoption)))
    if options.dry_run and options.output_format == "text":
        console.show("\n".join(map(printable, adoption.written)))


def _attached(adoption: Adoption) -> Iterator[str]:
    """Yield a line for each file that becomes evidence."""
    files = list(dict.fromkeys((each.name, each.path) for each in adoption.attached))
    for name, path in files[:MOST_ATTACHED]:
        yield f"{name} {'becomes' if path in adoption.copies else 'is already there:'} {path}"
    if len(files) > MOST_ATTACHED:
        yield f"… and {len(files) - MOST_ATTACHED} more files"


def _counts(table: ImportedTable, adoption: Adoption) -> Iterator[str]:
    drafts = f" ({counted(adoption.drafts, 'draft')})" if adoption.drafts else ""
    activities = len(adoption.files) - adoption.posts - adoption.qualifications
    if not adoption.posts and not adoption.qualifications:
        yield f"{counted(len(table.rows), 'row')}: {activities} new{drafts}"
    else:
        new = [f"{counted(activities, 'new activity', 'new activities')}{drafts}"] if activities else []
        new += [counted(adoption.posts, "new post")] if adoption.posts else []
        new += [counted(adoption.qualifications, "new qualification")] if adoption.qualifications else []
        yield f"{counted(len(table.rows), 'row')}: {', '.join(new)}"
    if adoption.known:
        yield f"{adoption.known} already in the journal"
    if adoption.changed:
        yield f"{len(adoption.changed)} changed"
    if rejected := len({each.where for each in adoption.rejections} - adoption.changed):
        yield f"{rejected} rejected"


def _data(table: ImportedTable, matching: Matching, adoption: Adoption) -> dict[str, object]:
    return {
        "columns": [
            {"column": each.header, "becomes": each.target, "why": str(each.reason)} for each in matching.columns
        ],
        "new": list(adoption.files),
        "evidence": [{"where": each.where, "name": each.name, "path": each.path} for each in adoption.attached],
        "drafts": adoption.drafts,
        "posts": adoption.posts,
        "qualifications": adoption.qualifications,
        "known": adoption.known,
        "changed": sorted(adoption.changed),
        "bad": [{"where": each.where, "column": each.header, "message": each.message} for each in adoption.rejections],
        "refused": [{"where": each.where, "message": each.message} for each in adoption.refused],
        "doubts": [
            {"where": each.where, "column": each.header, "message": each.message}
            for each in (*adoption.doubts, *adoption.partial)
        ],
        "remarks": [*table.remarks, *adoption.remarks],
    }


def _is_agreed(question: str, options: TableOptions) -> bool:
    """Return whether to write. Ask on a terminal; elsewhere the answer is yes."""
    if options.yes or not is_terminal(sys.stdin):
        return True
    return click.confirm(question, default=True, err=True)
