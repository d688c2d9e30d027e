"""Files of a journal that get other paths, with all that points to them; nothing is lost, wherever it is stopped.

First what points to them points to the new places, then the files appear there, last they go from the old ones. Stopped
in between, the same command again finds what is left to do by looking, without notes of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cpdkit.actions.attach import EVIDENCE_LIMIT
from cpdkit.actions.links import Moved, followed
from cpdkit.checks.fixes import FilePatch, write_fixes
from cpdkit.errors import ChangedOnDisk, UsageError
from cpdkit.history.git import rename_tracked
from cpdkit.journal.codes import of_fault
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.paths import EVIDENCE, Listing
from cpdkit.journal.reader import FORMS
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.write import below, locked, remove_unchanged, write_new

GIT_LEFT = "git still has the old names: its index could not be changed; git add --all tells it"


@dataclass(frozen=True, slots=True)
class Move:
    """One file: where it is, where it goes, and its bytes in both places. `there` says that the new one exists."""

    old: str
    new: str
    before: bytes
    after: bytes
    there: bool = False


@dataclass(frozen=True, slots=True)
class Relocation:
    """What moving takes: the files, the edits of others, and those whose links could not be looked at."""

    moves: tuple[Move, ...]
    patches: tuple[FilePatch, ...]
    unread: tuple[str, ...] = ()


def relocation(disk: Disk, listing: Listing, moved: Moved) -> Relocation:
    """What it takes to give files other paths. Every file is tried; nothing is written.

    Raises UsageError where another file has a path already, Refused for a file that can't be read.
    """
    _refuse_collisions(moved)
    moves = tuple(_move(disk, old, new, moved) for old, new in moved.items())
    patches, unread = edits_of_others(disk, listing, moved)
    return Relocation(moves, patches, unread)


def edits_of_others(disk: Disk, listing: Listing, moved: Moved) -> tuple[tuple[FilePatch, ...], tuple[str, ...]]:
    """The edits of the records that point to what moves, and the paths of those that can't be read as text."""
    patches, unread = [], []
    there = {*(path for some in listing.records.values() for path in some), *listing.unread} - set(moved)
    for path in sorted(there):
        try:
            data = disk.read(path, RECORD_LIMIT)[0]
            after = followed(path, data, moved)
        except Unreadable:
            unread.append(path)
            continue
        if after != data:
            patches.append(FilePatch(path, data, after, ()))
    return tuple(patches), tuple(unread)


def relocate(root: Path, plan: Relocation) -> tuple[str, ...]:
    """Do it; sentences about what could not be done on the side.

    Raises CannotWrite, and ChangedOnDisk where a file was saved elsewhere meanwhile: that one stays where it was.
    """
    write_fixes(root, plan.patches)
    moved = {move.old: move.new for move in plan.moves}
    with locked(root):
        write_new({below(root, move.new): move.after for move in plan.moves if not move.there})
        known = rename_tracked(root, moved)
        for move in plan.moves:
            _take_away(root, move)
    return () if known else (GIT_LEFT,)


def _take_away(root: Path, move: Move) -> None:
    """Take a file from its old place, unless it was saved there meanwhile: then it stays, and its copy goes."""
    if remove_unchanged(root / move.old, move.before):
        return
    remove_unchanged(root / move.new, move.after)
    rename_tracked(root, {move.new: move.old})
    raise ChangedOnDisk(root / move.old)


def _move(disk: Disk, old: str, new: str, moved: Moved) -> Move:
    data = _read(disk, old)
    after = data if old.startswith(f"{EVIDENCE}/") else _followed(old, data, moved)
    if not old.startswith(f"{EVIDENCE}/"):
        record_of(new, after, FORMS[old.partition("/")[0]])
    there = disk.exists(new)
    if there and _read(disk, new) != after:
        raise UsageError(f"{new} is there already, with other content", "rename one of the two: cpd rename")
    return Move(old, new, data, after, there)


def _followed(path: str, data: bytes, moved: Moved) -> bytes:
    try:
        return followed(path, data, moved)
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None


def _read(disk: Disk, path: str) -> bytes:
    try:
        return disk.read(path, EVIDENCE_LIMIT if path.startswith(f"{EVIDENCE}/") else RECORD_LIMIT)[0]
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None


def _refuse_collisions(moved: Mapping[str, str]) -> None:
    """Raise UsageError for two files that would get one path, or one that another still has."""
    seen: dict[str, str] = {}
    for old, new in moved.items():
        other = seen.setdefault(new.casefold(), old)
        if other != old or (new in moved and new != old):
            raise UsageError(f"{_and((other if other != old else new, old))} would both be {new}", "rename one first")


def _and(paths: Iterable[str]) -> str:
    return " and ".join(paths)
