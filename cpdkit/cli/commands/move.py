"""`cpd move`: activities into another folder, and what points to them along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.actions.move import Relocation
    from cpdkit.journal.paths import Listing
    from cpdkit.text.files import Disk


def move_named(place: Path | None, said: Sequence[str], dry_run: bool, console: Console) -> None:
    """Move activities into a folder, the last word said. Raises UsageError, Refused, CannotWrite, ChangedOnDisk."""

    from cpdkit.actions.record_paths import folder_said, in_folder, meant

    if len(said) < 2:
        raise UsageError("it is not said which activity goes where", 'cpd move relay-course "CPD Activities 2026"')
    disk, listing = _listed(place)
    folder = folder_said(said[-1])
    paths = listing.records["activities"]
    moved = {old: in_folder(old, folder) for old in (meant(each, paths, folder) for each in said[:-1])}
    _do(disk, listing, moved, dry_run, console)


def rename(place: Path | None, said: str, name: str, dry_run: bool, console: Console) -> None:
    """Give a record's or a piece of evidence's file another name; without one, that of its date and title.

    Raises UsageError, Refused, CannotWrite, ChangedOnDisk.
    """

    from cpdkit.actions.record_paths import name_said, usual_path

    disk, listing = _listed(place)
    old = _named(listing, said)
    _do(disk, listing, {old: name_said(old, name) if name else usual_path(disk, old, listing)}, dry_run, console)


def merge_two(
    place: Path | None, first: str, second: str, changes: Sequence[str], prefer: str, dry_run: bool, console: Console
) -> None:
    """Merge a record into another. Raises UsageError, Refused, CannotWrite, ChangedOnDisk."""

    from cpdkit.actions.merge import merge, merger
    from cpdkit.checks.fixes import diff
    from cpdkit.journal.edit import parse_change
    from cpdkit.journal.naming import identified
    from cpdkit.journal.reader import FORMS

    disk, listing = _listed(place)
    one = _named(listing, first)
    form = FORMS[one.partition("/")[0]]
    other = identified(second, listing.records[form.folder], "record of its kind")
    plan = merger(disk, listing, one, other, [parse_change(word, form.fields) for word in changes], prefer)
    if dry_run:
        console.show("\n".join(printable(line) for line in diff(plan.patches).splitlines()))
    else:
        merge(Path(disk.root), plan)
        console.show(printable(plan.path))
    _tell_unread(plan.unread, console)
    for field, value in plan.left.items():
        console.say(f"left out: {field}: {printable(value)}")
    console.say(f"{printable(plan.gone)} {'would be' if dry_run else 'is'} merged into {printable(plan.path)}")


def _listed(place: Path | None) -> tuple[Disk, Listing]:
    from cpdkit.journal.paths import find, list_journal
    from cpdkit.text.files import Disk

    disk = Disk(str(find(place).resolve()))
    return disk, list_journal(disk)


def _named(listing: Listing, said: str) -> str:
    """The record, or the file under `evidence/`, that somebody means."""

    from cpdkit.journal.naming import identified
    from cpdkit.journal.paths import EVIDENCE
    from cpdkit.journal.reader import FORMS

    if said.startswith(f"{EVIDENCE}/"):
        files = [f"{EVIDENCE}/{name}" for name in listing.evidence]
        if said not in files:
            raise UsageError(
                f"there is no {said}", f"it is the path of a file below {EVIDENCE}/, as cpd show prints it"
            )
        return said
    return identified(said, (path for folder in FORMS for path in listing.records[folder]), "record")


def _do(disk: Disk, listing: Listing, moved: Mapping[str, str], dry_run: bool, console: Console) -> None:
    from cpdkit.actions.move import relocate, relocation

    there = [old for old, new in moved.items() if old == new]
    for path in there:
        console.say(f"{printable(path)} is there already")
    plan = relocation(disk, listing, {old: new for old, new in moved.items() if old != new})
    if dry_run:
        _show(plan, console)
    else:
        for sentence in relocate(Path(disk.root), plan) if plan.moves else ():
            console.warn(sentence)
        console.show("\n".join(printable(each.new) for each in plan.moves))
    _tell_unread(plan.unread, console)
    if plan.moves:
        _tell(plan, dry_run, console)


def _show(plan: Relocation, console: Console) -> None:
    from cpdkit.checks.fixes import diff

    lines = [f"{each.old} → {each.new}" for each in plan.moves]
    console.show("\n".join(map(printable, [*lines, *diff(plan.patches).splitlines()])))


def _tell(plan: Relocation, dry_run: bool, console: Console) -> None:
    from cpdkit.journal.naming import id_of

    files = "1 file" if len(plan.moves) == 1 else f"{len(plan.moves)} files"
    told = f"{files} {'would be ' if dry_run else ''}moved"
    if len(plan.moves) == 1 and id_of(plan.moves[0].old) != id_of(plan.moves[0].new):
        told = f"1 file {'would be ' if dry_run else ''}renamed"
    if plan.patches:
        told += f", links in {len(plan.patches)} {'other' if len(plan.patches) == 1 else 'others'} moved along"
    console.say(told)


def _tell_unread(unread: Iterable[str], console: Console) -> None:
    for path in unread:
        console.warn(f"{printable(path)} could not be read: links in it stay as they are; cpd check says why")


@click.command()
@click.argument("said", metavar="ID... FOLDER", nargs=-1, required=True, shell_complete=complete_ids)
@journal_option
@option("--dry-run", is_flag=True, help="Show what would move and change, and do nothing.")
@output_options
def move(said: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Move activities into another folder below activities/, and all links with them.

    ID is any part of an activity's file name that no other has. FOLDER is made if it isn't there; . is activities/
    itself. Links in other records, and those of the activity itself, lead to the same places afterwards; git knows the
    file by its new path where it tracks it.

    \b
    cpd move relay-settings-level-2 "Courses/2026"
    cpd move trip-root-cause storage-lecture "Ty Newydd" --dry-run
    """
    from cpdkit.cli.exits import FINE

    move_named(journal, said, dry_run, console)
    return FINE
