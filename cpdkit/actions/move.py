"""Move and rename files of a journal, and update all links to them.

The files are written to their new paths first, then the links are updated, then the old files are removed. If one of
these steps fails, all files become what they were. If a run is killed, nothing is lost, and the same command finishes
the work: it finds from the files what is left to do.
"""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cpdkit.actions.links import LeftLink, Moved, Moves, followed, left_links, moves_among
from cpdkit.actions.record_file import activity_path, read_record, record_path
from cpdkit.checks.fixes import FilePatch
from cpdkit.errors import CannotWrite, ChangedOnDisk, CpdError, UsageError
from cpdkit.history.git import own_git_folder, rename_tracked
from cpdkit.journal.codes import of_fault
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.evidence import EVIDENCE_LIMIT
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.naming import file_name, id_of, is_windows_device, slug, unique
from cpdkit.journal.paths import EVIDENCE, Listing, linkable, list_journal
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.records import Activity, Claim, Objective, Post, Qualification
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.names import folded, on_disk
from cpdkit.text.write import below, locked, remove_unchanged, require_unchanged, write_all, write_new

ACTIVITIES = "activities"
GIT_LEFT = "git still lists the old names, because its index could not be changed; run git add --all"
GIT_FOREIGN = "git still lists the old names, because .git leads to the repository of another folder"
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"|?*\\]')
"""Characters that the name of a folder can't have on every system."""
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[-.]|$)")


@dataclass(frozen=True, slots=True)
class Move:
    """One file: its old and new path, and its bytes at each. `there` means that the new file already exists."""

    old: str
    new: str
    before: bytes
    after: bytes
    there: bool = False


@dataclass(frozen=True, slots=True)
class Relocation:
    """A plan to move: the files, the edits of others, and the files whose links cannot be checked.

    `in_place` are the paths of files that already have their new path. `left` are `[[links]]` to old names that stay.
    """

    moves: tuple[Move, ...]
    patches: tuple[FilePatch, ...]
    unread: tuple[str, ...] = ()
    in_place: tuple[str, ...] = ()
    left: tuple[LeftLink, ...] = ()


def plan_move(root: Path, names: Sequence[str], folder: str) -> Relocation:
    """Plan to move activities, each named by part of its ID, into a folder below `activities/`.

    Raises UsageError, Refused, NoJournal.
    """
    disk = Disk(str(root))
    listing = list_journal(disk)
    folder = plain_folder(folder)
    paths = movable(listing.records[ACTIVITIES], folder)
    old_paths = [activity_path(disk, name, paths) for name in names]
    return relocation(disk, listing, {path: in_folder(path, folder) for path in old_paths})


def plan_rename(root: Path, name: str, new_name: str = "") -> Relocation:
    """Plan to rename the file of a record or evidence. Without a new name, a record gets its usual one.

    Raises UsageError, Refused, NoJournal.
    """
    disk = Disk(str(root))
    listing = list_journal(disk)
    old = record_or_evidence(listing, name)
    return relocation(disk, listing, {old: renamed(old, new_name) if new_name else usual_path(disk, old, listing)})


def relocation(disk: Disk, listing: Listing, moved: Moved) -> Relocation:
    """Plan to give files new paths. Every file is checked, nothing is written.

    Raises UsageError if another file has one of the paths, Refused for a file that can't be read.
    """
    in_place = tuple(old for old, new in moved.items() if old == new)
    moved = {old: new for old, new in moved.items() if old != new}
    _refuse_collisions(moved)
    names = moves_among(moved, linkable(listing))
    moves = tuple(_move(disk, old, new, names) for old, new in moved.items())
    patches, unread, left = edits_of_others(disk, listing, names)
    own = [link for each in moves if _is_record(each.old) for link in left_links(each.old, each.after, names)]
    return Relocation(moves, patches, unread, in_place, (*own, *left))


def edits_of_others(
    disk: Disk, listing: Listing, names: Moves
) -> tuple[tuple[FilePatch, ...], tuple[str, ...], tuple[LeftLink, ...]]:
    """Return the edits of the records that link to moved files, the paths of those that can't be read as text, and the
    links that stay.
    """
    patches: list[FilePatch] = []
    unread: list[str] = []
    left: list[LeftLink] = []
    there = {*(path for paths in listing.records.values() for path in paths), *listing.unread} - set(names.moved)
    for path in sorted(there):
        try:
            data = disk.read(path, RECORD_LIMIT)[0]
            after = followed(path, data, names)
        except Unreadable:
            unread.append(path)
            continue
        left += left_links(path, after, names)
        if after != data:
            patches.append(FilePatch(path, data, after, ()))
    return tuple(patches), tuple(unread), tuple(left)


def relocate(root: Path, plan: Relocation) -> tuple[str, ...]:
    """Carry out a plan; return warnings.

    Raises CannotWrite, and ChangedOnDisk if another program saved a file meanwhile. All files are then as before.
    """
    if not plan.moves:
        return ()
    with locked(root):
        before = {move.old: move.before for move in plan.moves} | {each.path: each.before for each in plan.patches}
        require_unchanged({root / path: data for path, data in before.items()}, root)
        done = _Done(root)
        try:
            is_known = done.carry_out(plan)
        except BaseException as error:
            done.put_back()
            if isinstance(error, CpdError):
                raise done.explained(error) from error
            raise
    if is_known:
        return ()
    return (GIT_LEFT if own_git_folder(root) else GIT_FOREIGN,)


def plain_folder(folder: str) -> str:
    """Return a folder's path below `activities/`: `2026` for `activities/2026/`, empty for `.`.

    Raises UsageError for a folder elsewhere, or a name that some systems do not allow.
    """
    plain = folder.strip().replace("\\", "/").removeprefix("./").rstrip("/")
    plain = "" if plain in (".", ACTIVITIES) else plain.removeprefix(f"{ACTIVITIES}/")
    parts = plain.split("/") if plain else []
    if _UNFIT.search(plain) or any(
        not part or part[0] in ". " or part[-1] in ". " or is_windows_device(part) for part in parts
    ):
        hint = 'give a folder under activities/, such as 2026 or "CPD Activities 2013", or . for activities/ itself'
        raise UsageError(f'"{folder}" cannot be the name of a folder', hint)
    return plain


def in_folder(path: str, folder: str) -> str:
    """Return the path of an activity in a folder."""
    name = path.rpartition("/")[2]
    return f"{ACTIVITIES}/{folder}/{name}" if folder else f"{ACTIVITIES}/{name}"


def renamed(path: str, name: str) -> str:
    """Return the path of a file under another name, changed to one that every system allows.

    An activity or evidence keeps the date before its name, unless the new name has one. Raises UsageError.
    """
    folder, _, old = path.rpartition("/")
    dot = old.rfind(".")
    suffix = old[dot:] if dot > 0 else ""
    stem = name.removesuffix(suffix)
    if not stem.strip() or "/" in stem or "\\" in stem:
        raise UsageError(f'"{name}" cannot be the name of a file', "to move it to another folder, use cpd move")
    day = _DATED.match(old)
    keeps_day = day and path.startswith((f"{ACTIVITIES}/", f"{EVIDENCE}/")) and not _DATED.match(stem)
    return f"{folder}/{day[0] if day and keeps_day else ''}{'-' if keeps_day else ''}{slug(stem)}{suffix}"


def usual_path(disk: Disk, path: str, listing: Listing) -> str:
    """Return the path that a new record with this date and title would get. Raises Refused, UsageError."""
    folder = path.partition("/")[0]
    if folder not in RECORD_KINDS:
        raise UsageError(f"files under {EVIDENCE}/ have no usual name", "give the new name: cpd rename FILE NAME")
    record = record_of(path, read_record(disk, path), RECORD_KINDS[folder])
    if isinstance(record, Activity):
        name = file_name(record.start, record.title)
    elif isinstance(record, Objective):
        name = f"{slug(record.title)}.md"
    elif isinstance(record, Post):
        name = f"{record.start.year}-{slug(record.employer or record.role)}.md"
    elif isinstance(record, Qualification):
        name = f"{'-'.join(filter(None, ((record.awarded or record.start)[:4], slug(record.title))))}.md"
    elif isinstance(record, Claim):
        name = f"{slug(record.name)}.md"
    else:
        name = f"{record.year}.md"
    return unique(f"{path.rpartition('/')[0]}/{name}", set(listing.records[folder]) - {path})


def movable(paths: Sequence[str], folder: str) -> tuple[str, ...]:
    """Return the activities that can be meant; of two with the same name, only the one not yet in the folder."""
    outside = [path for path in paths if in_folder(path, folder) != path]
    ids = {id_of(path) for path in outside}
    return (*outside, *(path for path in paths if id_of(path) not in ids))


def record_or_evidence(listing: Listing, name: str) -> str:
    """Return the path of a record, from part of its ID, or of a file under `evidence/`, from its path."""
    if not names_evidence(name):
        return record_path(listing, name)
    path = on_disk(listing.root, _slashed(name))
    if path.removeprefix(f"{EVIDENCE}/") not in listing.evidence:
        raise UsageError(f"file not found: {name}", f"give its path under {EVIDENCE}/, as cpd show prints it")
    return path


def names_evidence(name: str) -> bool:
    """Return whether a name is the path of a file under `evidence/`."""
    return _slashed(name).startswith(f"{EVIDENCE}/")


def _slashed(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./")


def _refuse_collisions(moved: Moved) -> None:
    """Raise UsageError if two files would get the same path, or one would get the path of another moved file."""
    seen: dict[str, str] = {}
    for old, new in moved.items():
        other = seen.setdefault(folded(new), old)
        if other != old or new in moved:
            raise UsageError(f"{other if other != old else new} and {old} would both be {new}", "rename one first")


def _is_record(path: str) -> bool:
    return not path.startswith(f"{EVIDENCE}/")


def _move(disk: Disk, old: str, new: str, names: Moves) -> Move:
    is_record = _is_record(old)
    limit = RECORD_LIMIT if is_record else EVIDENCE_LIMIT
    before = after = read_record(disk, old, limit)
    if is_record:
        try:
            after = followed(old, before, names)
        except Unreadable as error:
            raise Refused(old, [of_fault(old, fault) for fault in error.faults]) from None
        record_of(new, after, RECORD_KINDS[old.partition("/")[0]])
    there = disk.exists(new)
    if there and read_record(disk, new, limit) != after:
        raise UsageError(f"{new} already exists with different content", "rename one of the two with cpd rename")
    return Move(old, new, before, after, there)


class _Done:
    """What is done of a plan, so that it can be put back."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.copied: list[Move] = []
        self.patches: tuple[FilePatch, ...] = ()
        self.renamed: dict[str, str] = {}
        self.removed: list[Move] = []
        self.is_put_back = True

    def carry_out(self, plan: Relocation) -> bool:
        """Do all steps; return whether git knows the new names. Raises CannotWrite, ChangedOnDisk."""
        root = self.root
        for move in plan.moves:
            if not move.there:
                self.copied.append(move)
                write_new({below(root, move.new): move.after}, root)
        self.patches = plan.patches
        before = {root / each.path: each.before for each in plan.patches}
        write_all({root / each.path: each.after for each in plan.patches}, before, root)
        self.renamed = {move.old: move.new for move in plan.moves}
        is_known = rename_tracked(root, self.renamed)
        for move in plan.moves:
            self.removed.append(move)
            if not remove_unchanged(root / move.old, move.before, root):
                raise ChangedOnDisk(root / move.old)
        return is_known

    def put_back(self) -> None:
        """Undo the steps, the last one first. A copy stays as long as a link to it could not be changed back."""
        root = self.root
        for move in self.removed:
            if not os.path.lexists(root / move.old):
                self._try(write_new, {root / move.old: move.before}, root)
        if self.renamed:
            rename_tracked(root, {new: old for old, new in self.renamed.items()})
        for each in self.patches:
            with suppress(ChangedOnDisk):  # it was not changed yet, or somebody saved it
                self._try(write_all, {root / each.path: each.before}, {root / each.path: each.after}, root)
        if self.is_put_back:
            for move in self.copied:
                if os.path.lexists(root / move.new):
                    self._try(remove_unchanged, root / move.new, move.after, root)

    def _try(self, step: Callable[..., object], *args: object) -> None:
        try:
            step(*args)
        except CannotWrite:
            self.is_put_back = False

    def explained(self, error: CpdError) -> CpdError:
        """Return the error with the state of the files."""
        if not self.is_put_back:
            left = CpdError(f"{error}; some files could not be put back")
            left.hint = "run the same command again when this is fixed"
            return left
        if isinstance(error, CannotWrite):
            return CannotWrite(error.path, f"{error.reason}; all files are as before", error.hint)
        return ChangedOnDisk(error.path) if isinstance(error, ChangedOnDisk) else error
