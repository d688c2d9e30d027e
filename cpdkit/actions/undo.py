"""Undo the last change that a command made to the journal, byte for byte.

A step (`actions/undo_steps.py`) is undone only if each of its files is still as the command left it. An undone step
becomes a step of its own, so that it can be repeated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cpdkit.actions.trash import set_aside
from cpdkit.actions.undo_steps import MOST_STEP_BYTES, SavedFile, Step, hash_of, remove_step
from cpdkit.errors import ChangedOnDisk, CpdError
from cpdkit.history.git import rename_tracked
from cpdkit.journal.evidence import EVIDENCE_LIMIT
from cpdkit.journal.paths import TRASH
from cpdkit.text.changes import current
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.shell import quote
from cpdkit.text.terminal import printable
from cpdkit.text.write import (
    below,
    locked,
    remove_empty,
    remove_unchanged,
    require_unchanged,
    write_all,
    write_new,
)


class CannotUndo(CpdError):
    """The last change cannot be undone; nothing was changed."""

    def __init__(self, command: str, reason: str, hint: str) -> None:
        super().__init__(f"cannot undo {command}: {reason}")
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Reversal:
    """A plan to undo a step, as bytes by path: the files that come back, change (now and then), and are removed.

    `kept` are those of the removed files whose bytes are nowhere else: they go into the trash.
    """

    step: Step
    restored: Mapping[str, bytes]
    changed: Mapping[str, tuple[bytes, bytes]]
    removed: Mapping[str, bytes]
    kept: frozenset[str]


def plan_reversal(root: Path, step: Step) -> Reversal:
    """Plan to give each file of a step its content from before.

    Raises CannotUndo if one was changed since, or if its bytes are gone.
    """
    if not step.is_whole:
        hint = "restore the files with git, or from a backup"
        raise CannotUndo(step.command, f"it replaced more than {MOST_STEP_BYTES // 2**20} MiB", hint)
    if step.is_elsewhere:
        hint = "change those by hand, and delete new records with cpd delete"
        raise CannotUndo(step.command, "it also changed files outside the journal", hint)
    disk = Disk(str(root))
    present = {each.path: _bytes_now(disk, step, each.path) for each in step.files}
    hashes = {path: hash_of(data) for path, data in present.items()}
    to_do = [each for each in step.files if hashes[each.path] != each.before]
    for each in to_do:
        if hashes[each.path] != each.after:
            raise _conflict(step, each, present[each.path])
    known = {hashes[path]: data for path, data in present.items() if data is not None}
    restored, changed, removed = {}, {}, {}
    for each in to_do:
        old, new = present[each.path], _bytes_then(each, known, step)
        if old is None and new is not None:
            restored[each.path] = new
        elif old is not None and new is not None:
            changed[each.path] = (old, new)
        elif old is not None:
            removed[each.path] = old
    elsewhere = {*restored.values(), *(new for _, new in changed.values())}
    kept = (path for path, data in removed.items() if data not in elsewhere and not path.startswith(f"{TRASH}/"))
    return Reversal(step, restored, changed, removed, frozenset(kept))


def reverse(root: Path, plan: Reversal) -> None:
    """Carry out a plan, then remove the step. Raises CannotWrite, ChangedOnDisk.

    If it is interrupted, the same command finishes the work: it accepts files that are already as they were.
    """
    step = plan.step
    if log := current():
        log.undoes, log.is_redo = step.command, step.is_undone
    modes = {root / each.path: each.mode & 0o666 for each in step.files if each.mode is not None}
    with locked(root):
        before = {root / path: old for path, (old, _) in plan.changed.items()}
        require_unchanged(before | {root / path: data for path, data in plan.removed.items()}, root)
        _refuse_linked(root, step)
        write_new({below(root, path): data for path, data in plan.restored.items()}, root, modes)
        write_all({root / path: new for path, (_, new) in plan.changed.items()}, before, root)
        if plan.kept:
            set_aside(root, {path: data for path, data in plan.removed.items() if path in plan.kept})
        for path, data in plan.removed.items():
            if path not in plan.kept and not remove_unchanged(root / path, data, root):
                raise ChangedOnDisk(root / path)
        rename_tracked(root, {new: old for old, new in (step.renamed or {}).items()})
        for folder in sorted(step.folders, key=len, reverse=True):
            remove_empty(root / folder, root)
        remove_step(root, step.record)


# --- The files of a step ---

_WAY_ON = "it stays as it is; restore an older version with git, or change it by hand"


def _conflict(step: Step, file: SavedFile, data: bytes | None) -> CannotUndo:
    """Return why a file that is not as the command left it stays."""
    path = printable(file.path)
    if data is None:
        return CannotUndo(step.command, f"{path} was deleted or moved since", "restore it, and try again")
    if file.before is None:
        remove = f"to remove it anyway: cpd delete {printable(quote(file.path))}"
        return CannotUndo(step.command, f"{path} was changed since", remove)
    return CannotUndo(step.command, f"{path} {'exists again' if file.after is None else 'was changed since'}", _WAY_ON)


def _bytes_now(disk: Disk, step: Step, path: str) -> bytes | None:
    """Return the bytes of a file; None without one. Raises CannotUndo for anything else."""
    if not disk.exists(path):
        return None
    try:
        return disk.read(path, EVIDENCE_LIMIT)[0]
    except Unreadable as error:
        raise CannotUndo(step.command, f"cannot read {printable(path)}: {error.faults[0].message}", _WAY_ON) from None


def _bytes_then(file: SavedFile, known: Mapping[str | None, bytes], step: Step) -> bytes | None:
    """Return the bytes that a file had; None if it did not exist. Raises CannotUndo if they are gone."""
    if file.before is None:
        return None
    data = file.data if file.data is not None else known.get(file.before)
    if data is None:
        source = next((each for each in step.files if each.after == file.before), file)
        raise _conflict(step, source, None)
    return data


def _refuse_linked(root: Path, step: Step) -> None:
    """Raise CannotWrite if a folder on the way to a file is a link."""
    for each in step.files:
        below(root, each.path)
