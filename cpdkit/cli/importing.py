"""What `cpd import` does once its options are read."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.opening import Said, exported_files, read_file, table_in
from cpdkit.cli.restoring import restore
from cpdkit.cli.tables import json_text, table_lines
from cpdkit.errors import UsageError
from cpdkit.exchange.adopting import Adoption, Asked, There, adopted, keys_in, keys_of
from cpdkit.exchange.incoming import Table
from cpdkit.exchange.mapping import Kept, read_mapping, written_mapping
from cpdkit.exchange.matching import Matching, judged_target, match
from cpdkit.exchange.understanding import Order
from cpdkit.journal.finding import find
from cpdkit.journal.listed import Row
from cpdkit.journal.loading import RECORD_LIMIT, Journal, load
from cpdkit.text.cells import printable
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.writing import below, write_atomically, write_new
from cpdkit.upkeep.places import folder_said

MOST_BAD = 50
"""How many cells that can't be read are told of."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What would be done: the table, what its columns become, and what becomes of its rows."""

    table: Table
    matching: Matching
    kept: Kept
    adoption: Adoption
    remarks: tuple[str, ...] = field(default=())


def imported(file: Path, journal: Path | None, said: Said, console: Console) -> int:
    """Take a file in; prints the paths written. Raises UsageError, CannotWrite, NoJournal."""
    data = b"" if file.is_dir() else read_file(file)
    files = exported_files(data)
    if files is not None:
        return restore(files, journal, said.dry_run, console)
    root = find(journal).resolve()
    plan = _plan(table_in(file, data, said), load(root), said)
    _show(plan, said, console)
    if plan.adoption.files and not said.dry_run and _agreed(len(plan.adoption.files), said):
        write_new({below(root, path): made for path, made in plan.adoption.files.items()})
        if said.form == "text":
            console.show("\n".join(map(printable, plan.adoption.files)))
        console.say(_written(len(plan.adoption.files), said))
    if said.save_mapping and not said.dry_run:
        kept = replace(plan.kept, order=plan.matching.order)
        write_atomically(said.save_mapping, written_mapping(plan.matching.columns, kept))
    return PROBLEMS if plan.adoption.bad else FINE


def _plan(table: Table, journal: Journal, said: Said) -> _Plan:
    kept = _kept(said)
    matching = match(table, kept.columns, kept.order, {word.casefold(): said for word, said in kept.words.items()})
    asked = Asked(said.done, None if said.folder is None else folder_said(said.folder), kept.instead)
    return _Plan(table, matching, kept, adopted(table, matching, _there(journal, table), asked))


def _kept(said: Said) -> Kept:
    """What the options say over what a kept mapping says."""
    kept = read_mapping(str(said.mapping), read_file(said.mapping)) if said.mapping else Kept()
    order = kept.order
    if said.day_first is not None:
        order = Order.DAY_FIRST if said.day_first else Order.MONTH_FIRST
    sets = {judged_target(name): value for name, value in _pairs(said.sets, "--set type=training")}
    columns = {**kept.columns, **dict(_pairs(said.maps, '--map "Notes=description"'))}
    words = {**kept.words, **dict(_pairs(said.means, '--means "Toolbox talk=training"'))}
    return Kept(columns, {**kept.instead, **sets}, words, order)


def _pairs(said: Iterable[str], example: str) -> Iterable[tuple[str, str]]:
    for each in said:
        name, equals, value = each.rpartition("=")
        if not equals or not name.strip():
            raise UsageError(f'"{each}" says nothing', f"write {example}")
        yield name.strip(), value.strip()


def _there(journal: Journal, table: Table) -> There:
    """What the journal has; of files that can't be read, the rows' keys are looked for in their bytes."""
    disk = Disk(str(journal.root))
    keys = set(keys_in(journal.activities))
    unread = [_bytes(disk, path) for path in journal.unread if path.startswith("activities/")]
    if unread:
        keys |= {key for key in keys_of(table.rows) if any(key.encode() in text for text in unread)}
    there = {each.path: each for each in journal.activities}
    return There(
        frozenset({*there, *journal.unread}), frozenset(journal.objectives), frozenset(keys), journal.member, there
    )


def _bytes(disk: Disk, path: str) -> bytes:
    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable:
        return b""


def _show(plan: _Plan, said: Said, console: Console) -> None:
    """What is about to happen, before it does."""
    adoption = plan.adoption
    if said.form == "json":
        console.hand_over(json_text(_as_data(plan)).encode())
    for sentence in plan.table.remarks:
        console.say(printable(sentence))
    rows: list[Row] = [
        {"column": each.header, "becomes": _becomes(each.target), "known by": str(each.why), "such as": each.example}
        for each in plan.matching.columns
    ]
    for line in table_lines(rows, console.columns or 100, colour=console.colour):
        console.say(line)
    console.say("")
    for bad in adoption.bad[:MOST_BAD]:
        column = f', column "{bad.header}"' if bad.header else ""
        console.warn(printable(f"{bad.where}{column}: {bad.message}"))
    if len(adoption.bad) > MOST_BAD:
        console.warn(f"… and {len(adoption.bad) - MOST_BAD} more")
    for sentence in adoption.remarks:
        console.say(sentence)
    console.say(_counted(plan))
    if said.dry_run and said.form == "text":
        console.show("\n".join(map(printable, adoption.files)))


def _becomes(target: str) -> str:
    return "left out" if target == "skip" else target


def _counted(plan: _Plan) -> str:
    rows = len(plan.table.rows)
    bad = len({each.where for each in plan.adoption.bad})
    parts = [f"{rows} {'row' if rows == 1 else 'rows'}: {len(plan.adoption.files)} new"]
    if plan.adoption.known:
        parts.append(f"{plan.adoption.known} there already")
    if bad:
        parts.append(f"{bad} that can't be taken in")
    return ", ".join(parts)


def _as_data(plan: _Plan) -> dict[str, object]:
    return {
        "columns": [
            {"column": each.header, "becomes": each.target, "why": str(each.why)} for each in plan.matching.columns
        ],
        "new": list(plan.adoption.files),
        "known": plan.adoption.known,
        "bad": [{"where": each.where, "column": each.header, "message": each.message} for each in plan.adoption.bad],
    }  # fmt: skip


def _agreed(count: int, said: Said) -> bool:
    """Whether to write: asked on a terminal, taken for granted elsewhere."""
    if said.yes or not is_terminal(sys.stdin):
        return True
    files = "1 file" if count == 1 else f"{count} files"
    return click.confirm(f"Write {files}?", default=True, err=True)


def _written(count: int, said: Said) -> str:
    files = "1 file" if count == 1 else f"{count} files"
    return f"{files} written" + ("" if said.done else "; drafts count nowhere until confirmed: cpd set ID status=done")
