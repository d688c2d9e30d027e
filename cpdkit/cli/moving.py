"""What `cpd move`, `cpd rename` and `cpd merge` do once their options are read."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cpdkit.checks.fixing import diff
from cpdkit.cli.console import Console
from cpdkit.errors import UsageError
from cpdkit.journal.changing import parse_change
from cpdkit.journal.finding import find
from cpdkit.journal.listing import EVIDENCE, Listing, list_journal
from cpdkit.journal.naming import id_of, identified
from cpdkit.journal.reading import FORMS
from cpdkit.text.cells import printable
from cpdkit.text.files import Disk
from cpdkit.upkeep.merging import merge, merger
from cpdkit.upkeep.moving import Relocation, relocate, relocation
from cpdkit.upkeep.places import folder_said, in_folder, meant, name_said, usual_path


def move(place: Path | None, said: Sequence[str], dry_run: bool, console: Console) -> None:
    """Move activities into a folder, the last word said. Raises UsageError, Refused, CannotWrite, ChangedOnDisk."""
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
    disk, listing = _listed(place)
    old = _named(listing, said)
    _do(disk, listing, {old: name_said(old, name) if name else usual_path(disk, old, listing)}, dry_run, console)


def merge_two(
    place: Path | None, first: str, second: str, changes: Sequence[str], prefer: str, dry_run: bool, console: Console
) -> None:
    """Merge a record into another. Raises UsageError, Refused, CannotWrite, ChangedOnDisk."""
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
    disk = Disk(str(find(place).resolve()))
    return disk, list_journal(disk)


def _named(listing: Listing, said: str) -> str:
    """The record, or the file under `evidence/`, that somebody means."""
    if said.startswith(f"{EVIDENCE}/"):
        files = [f"{EVIDENCE}/{name}" for name in listing.evidence]
        if said not in files:
            raise UsageError(
                f"there is no {said}", f"it is the path of a file below {EVIDENCE}/, as cpd show prints it"
            )
        return said
    return identified(said, (path for folder in FORMS for path in listing.records[folder]), "record")


def _do(disk: Disk, listing: Listing, moved: Mapping[str, str], dry_run: bool, console: Console) -> None:
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
    lines = [f"{each.old} → {each.new}" for each in plan.moves]
    console.show("\n".join(map(printable, [*lines, *diff(plan.patches).splitlines()])))


def _tell(plan: Relocation, dry_run: bool, console: Console) -> None:
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
