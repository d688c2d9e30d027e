"""`cpd import`: what stands elsewhere, a table, a calendar, notes or an exported journal, as activities."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import dry_write_option, form_option, journal_option, option, output_options
from cpdkit.cli.tables import json_text, table_lines
from cpdkit.errors import NoJournal, UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted, first_few

if TYPE_CHECKING:
    from cpdkit.exchange.adopt import Adoption
    from cpdkit.exchange.column_matching import ColumnMapping, Matching
    from cpdkit.exchange.imports.table import ImportedTable
    from cpdkit.journal.list_columns import Row
    from cpdkit.journal.load import Journal
    from cpdkit.text.files import Disk

MOST_BYTES = 512 * 2**20
"""The largest file that is read."""


@dataclass(frozen=True, slots=True)
class Said:
    """The options as they were typed; `day_first` is None where nothing says it."""

    maps: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    mapping: Path | None = None
    save_mapping: Path | None = None
    sheets: tuple[str, ...] = ()
    day_first: bool | None = None
    done: bool = False
    folder: str | None = None
    period: str = ""
    calendars: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    zone: str = ""
    yes: bool = False
    output_format: str = "text"
    dry_run: bool = False


def read_file(file: Path) -> bytes:
    from cpdkit.text.faults import Unreadable
    from cpdkit.text.files import read_bytes

    try:
        return read_bytes(str(file), MOST_BYTES)[0]
    except Unreadable as error:
        raise UsageError(f"{file}: {error.faults[0].message}", error.faults[0].hint) from None


MOST_NAMED = 8


def restore(files: Mapping[str, bytes], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Write the files of an exported journal; prints their paths. Raises UsageError, CannotWrite."""

    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.write import below, write_new

    files = dict(files)
    root = _root(journal)
    member_there = os.path.lexists(root / MEMBER_FILE)
    if member_there:
        files = {path: data for path, data in files.items() if path != MEMBER_FILE}
    elif MEMBER_FILE not in files:
        raise NoJournal(root)
    there, others = _compared(root, files)
    if others:
        names = first_few([printable(path) for path in others], MOST_NAMED)
        raise UsageError(
            f"{len(others)} of {len(files)} files are there already with other content: {names}",
            "nothing was written; import into a new folder with --journal DIR, and compare the two",
        )
    new = {path: data for path, data in files.items() if path not in there}
    if not dry_run:
        # cpd.yaml comes first: a second run of one that was interrupted finds the journal, and finishes.
        write_new({below(root, path): data for path, data in sorted(new.items(), key=_member_first)})
    console.show("\n".join(map(printable, new)))
    console.say(
        f"{counted(len(new), 'file')} {'would be written' if dry_run else 'written'}, {len(there)} were there already"
    )
    return 0


def _member_first(item: tuple[str, bytes]) -> bool:
    from cpdkit.journal.paths import MEMBER_FILE

    return item[0] != MEMBER_FILE


def _root(journal: Path | None) -> Path:
    """The journal, or the folder named, which may be a new one."""

    from cpdkit.journal.paths import find

    try:
        return find(journal).resolve()
    except NoJournal:
        if journal is None:
            raise
        return journal.resolve()


def _compared(root: Path, files: Mapping[str, bytes]) -> tuple[set[str], list[str]]:
    """The paths that hold the same already, and those that hold something else."""

    from cpdkit.text.files import Disk

    disk = Disk(str(root))
    same, others = set(), []
    for path, data in files.items():
        if os.path.lexists(root / path):
            if _content(disk, path) == data:
                same.add(path)
            else:
                others.append(path)
    return same, others


def _content(disk: Disk, path: str) -> bytes | None:
    from cpdkit.journal.load import RECORD_LIMIT
    from cpdkit.text.faults import Unreadable

    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable:
        return None


MOST_BAD = 50
"""How many cells that can't be read are told of."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What would be done: the table, what its columns become, and what becomes of its rows."""

    table: ImportedTable
    matching: Matching
    kept: ColumnMapping
    adoption: Adoption
    remarks: tuple[str, ...] = field(default=())


def imported(file: Path, journal: Path | None, said: Said, console: Console) -> int:
    """Take a file in; prints the paths written. Raises UsageError, CannotWrite, NoJournal."""

    from cpdkit.exchange.imports.registry import Format, format_of, read_journal, read_table
    from cpdkit.exchange.imports.table import ImportOptions
    from cpdkit.exchange.mapping import mapping_bytes
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.text.write import below, write_atomically, write_new

    data = b"" if file.is_dir() else read_file(file)
    if format_of(file, data) is Format.JOURNAL:
        return restore(read_journal(data), journal, said.dry_run, console)
    root = find(journal).resolve()
    options = ImportOptions(said.sheets, said.calendars, said.words, said.period, said.zone)
    plan = _plan(read_table(file, data, options), load(root), said)
    _show(plan, said, console)
    if plan.adoption.files and not said.dry_run and _agreed(len(plan.adoption.files), said):
        write_new({below(root, path): made for path, made in plan.adoption.files.items()})
        if said.output_format == "text":
            console.show("\n".join(map(printable, plan.adoption.files)))
        console.say(_written(len(plan.adoption.files), said))
    if said.save_mapping and not said.dry_run:
        kept = replace(plan.kept, order=plan.matching.order)
        write_atomically(said.save_mapping, mapping_bytes(plan.matching.columns, kept))
    return PROBLEMS if plan.adoption.rejections else FINE


def _plan(table: ImportedTable, journal: Journal, said: Said) -> _Plan:
    from cpdkit.actions.move import plain_folder
    from cpdkit.exchange.adopt import AdoptOptions, adopt, existing_in
    from cpdkit.exchange.column_matching import match

    kept = _kept(said)
    matching = match(table, kept)
    asked = AdoptOptions(said.done, None if said.folder is None else plain_folder(said.folder), kept.defaults)
    return _Plan(table, matching, kept, adopt(table, matching, existing_in(journal, table.rows), asked))


def _kept(said: Said) -> ColumnMapping:
    """What the options say over what a kept mapping says."""

    from cpdkit.exchange.cells import DateOrder
    from cpdkit.exchange.column_matching import ColumnMapping, target_named
    from cpdkit.exchange.mapping import read_mapping

    kept = read_mapping(str(said.mapping), read_file(said.mapping)) if said.mapping else ColumnMapping()
    order = kept.order
    if said.day_first is not None:
        order = DateOrder.DAY_FIRST if said.day_first else DateOrder.MONTH_FIRST
    sets = {target_named(name): value for name, value in _pairs(said.sets, "--set type=training")}
    columns = {**kept.columns, **dict(_pairs(said.maps, '--map "Notes=description"'))}
    words = {**kept.words, **dict(_pairs(said.means, '--means "Toolbox talk=training"'))}
    return ColumnMapping(columns, {**kept.defaults, **sets}, words, order)


def _pairs(said: Iterable[str], example: str) -> Iterable[tuple[str, str]]:
    for each in said:
        name, equals, value = each.rpartition("=")
        if not equals or not name.strip():
            raise UsageError(f'"{each}" says nothing', f"write {example}")
        yield name.strip(), value.strip()


def _show(plan: _Plan, said: Said, console: Console) -> None:
    """What is about to happen, before it does."""
    adoption = plan.adoption
    if said.output_format == "json":
        console.hand_over(json_text(_as_data(plan)).encode())
    for sentence in plan.table.remarks:
        console.say(printable(sentence))
    rows: list[Row] = [
        {"column": each.header, "becomes": _becomes(each.target), "known by": str(each.reason), "such as": each.example}
        for each in plan.matching.columns
    ]
    for line in table_lines(rows, console.columns or 100, colour=console.colour):
        console.say(line)
    console.say("")
    for bad in adoption.rejections[:MOST_BAD]:
        column = f', column "{bad.header}"' if bad.header else ""
        console.warn(printable(f"{bad.where}{column}: {bad.message}"))
    if len(adoption.rejections) > MOST_BAD:
        console.warn(f"… and {len(adoption.rejections) - MOST_BAD} more")
    for sentence in adoption.remarks:
        console.say(sentence)
    console.say(_counted(plan))
    if said.dry_run and said.output_format == "text":
        console.show("\n".join(map(printable, adoption.files)))


def _becomes(target: str) -> str:
    return "left out" if target == "skip" else target


def _counted(plan: _Plan) -> str:
    rows = len(plan.table.rows)
    bad = len({each.where for each in plan.adoption.rejections})
    parts = [f"{counted(rows, 'row')}: {len(plan.adoption.files)} new"]
    if plan.adoption.known:
        parts.append(f"{plan.adoption.known} there already")
    if bad:
        parts.append(f"{bad} that can't be taken in")
    return ", ".join(parts)


def _as_data(plan: _Plan) -> dict[str, object]:
    return {
        "columns": [
            {"column": each.header, "becomes": each.target, "why": str(each.reason)} for each in plan.matching.columns
        ],
        "new": list(plan.adoption.files),
        "known": plan.adoption.known,
        "bad": [
            {"where": each.where, "column": each.header, "message": each.message} for each in plan.adoption.rejections
        ],
    }  # fmt: skip


def _agreed(count: int, said: Said) -> bool:
    """Whether to write: asked on a terminal, taken for granted elsewhere."""
    if said.yes or not is_terminal(sys.stdin):
        return True
    return click.confirm(f"Write {counted(count, 'file')}?", default=True, err=True)


def _written(count: int, said: Said) -> str:
    drafts = "" if said.done else "; drafts count nowhere until confirmed: cpd set ID status=done"
    return f"{counted(count, 'file')} written{drafts}"


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--map", "maps", metavar="COLUMN=FIELD", multiple=True, help="What a column becomes; - leaves it out. Repeatable."
)
@option("--set", "sets", metavar="FIELD=VALUE", multiple=True, help="For rows that don't say it. Repeatable.")
@option(
    "--means",
    metavar="WORD=VALUE",
    multiple=True,
    help='What a word in a cell means: "Toolbox talk=training". Repeatable.',
)
@option("--mapping", type=click.Path(path_type=Path), help="A mapping that --save-mapping wrote.")
@option("--save-mapping", type=click.Path(path_type=Path), help="Keep what the columns become, for the next time.")
@option(
    "--sheet",
    "sheets",
    metavar="NAME",
    multiple=True,
    help="A workbook's sheet; else the first with a table. Repeatable.",
)
@option("--day-first/--month-first", "day_first", default=None, help="Whether 03/04/2026 is in April or in March.")
@option("--done", is_flag=True, help="Take rows in as done; else they are drafts.")
@option("--folder", metavar="NAME", help="The folder below activities/; else as cpd.yaml says.")
@option("--period", metavar="PERIOD", default="", help="Of a calendar: which days; else the last twelve months.")
@option("--calendar", "calendars", metavar="NAME", multiple=True, help="Of several calendars: this one. Repeatable.")
@option("--words", metavar="WORDS", multiple=True, help="Of a calendar: events with all of these words. Repeatable.")
@option("--zone", metavar="ZONE", default="", help="Your time zone, such as Europe/London; else this machine's.")
@option("--yes", is_flag=True, help="Don't ask before writing.")
@form_option
@journal_option
@dry_write_option
@output_options
def import_(file: Path, journal: Path | None, dry_run: bool, console: Console, **said: Any) -> int:
    """Take in activities from FILE: CSV, XLSX, JSON, an iCalendar file, a folder of notes, or an exported journal.

    Columns are matched to fields by their headings and by what is in them, and shown before anything is written. Rows
    come in as drafts until you confirm them: cpd set ID status=done, or --done at once. A row that came in before does
    not come again, even where you changed its file since. A bad row is named, and costs only itself.

    \b
    cpd import log.xlsx --dry-run
    cpd import log.csv --map "Key learning=reflection" --set type=training
    cpd import work.ics --words CPD --period 2026
    cpd import cpd.json --journal new-journal
    """

    return imported(file, journal, Said(dry_run=dry_run, **said), console)
