"""The steps that `cpd undo` keeps: one file in `.trash/undo/` for each command that changed files of the journal.

A step has the paths, the hashes of the files before and after, and those bytes that are in no file any more.

It is a file that a stranger may have written. It can name only files of the journal, none hidden, and it belongs to one
folder on one disk: the inode of `.trash/undo` is a part of its name, so that a copy of a journal brings none along.
"""

import base64
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from cpdkit.actions.trash import UNDO, prepare
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.journal.paths import MEMBER_FILE, TRASH
from cpdkit.text.changes import Change, FolderChanges
from cpdkit.text.clock import now
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, list_tree
from cpdkit.text.terminal import printable
from cpdkit.text.write import MOST_FOLDERS, below, locked, make_folder, remove_unchanged, write_new

MOST_STEPS = 50
"""The steps that are kept. The oldest ones are removed first."""
MOST_BYTES = 64 * 2**20
"""The bytes of all steps that are kept."""
MOST_STEP_BYTES = 16 * 2**20
"""The bytes of files in one step. A larger change cannot be undone."""
MOST_FILES = 100_000
_MOST_RECORD = 64 * 2**20
"""The most bytes of a step that are read."""
_FORMAT = 1
_PRIVATE = 0o600
_NAME = re.compile(r"([0-9]{6})-([0-9a-f]+)\.json")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file of a step: its hashes before and after (None without a file), and its bytes before if no file has them."""

    path: str
    before: str | None
    after: str | None
    mode: int | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change: the command and when it ran (epoch, seconds).

    `record` is the path of the step in the journal. `is_undone` is whether the step is what `cpd undo` did. Without
    `is_whole`, it was too large to keep. With `is_elsewhere`, it changed files outside the journal too.
    """

    record: str
    command: str
    time: float
    is_undone: bool
    is_whole: bool
    files: tuple[SavedFile, ...]
    folders: tuple[str, ...] = ()
    renamed: Mapping[str, str] | None = None
    is_elsewhere: bool = False


def keep(
    root: Path, changes: FolderChanges, command: str, *, is_undone: bool = False, is_elsewhere: bool = False
) -> None:
    """Keep the changes of a command as a step, and remove the oldest steps. Raises CannotWrite.

    Nothing is kept of a command that changed no file of the journal, or that created the journal. `is_elsewhere` is
    whether it also changed files outside the journal.
    """
    files = {path: each for path, each in changes.files.items() if each.before != each.after and is_place(path)}
    is_new = MEMBER_FILE in files and files[MEMBER_FILE].before is None and not is_undone
    if not files or is_new or not is_journal(root):
        return
    data = _step_bytes(files, changes, command, is_undone=is_undone, is_elsewhere=is_elsewhere)
    with locked(root):
        prepare(root)
        make_folder(below(root, UNDO), root)
        owner = _owner(root)
        names = _names(root, owner)
        number = int(names[-1][:6]) + 1 if names else 1
        write_new({(place := below(root, f"{UNDO}/{number:06}-{owner}.json")): data}, root, {place: _PRIVATE})
        _remove_oldest(root, [*names, place.name])


def is_journal(root: Path) -> bool:
    """Return whether a folder is a journal."""
    return os.path.lexists(root / MEMBER_FILE)


def steps(root: Path) -> tuple[Step, ...]:
    """Return the steps of this folder, the newest first. Raises UsageError for one that cannot be read."""
    if not os.path.lexists(root / UNDO):
        return ()
    disk = Disk(str(root))
    return tuple(_read_step(disk, f"{UNDO}/{name}") for name in reversed(_names(root, _owner(root))))


def last_step(root: Path, *, is_undone: bool = False) -> Step:
    """Return the newest step that can be undone; with `is_undone`, the newest that can be repeated.

    Raises UsageError without one.
    """
    for step in steps(root):
        if step.is_undone == is_undone:
            return step
    if is_undone:
        raise UsageError("nothing to repeat", "--redo repeats what cpd undo has just undone")
    if _has_others(root):
        raise UsageError("no change to undo", f"the changes in {UNDO}/ were made in another copy of this journal")
    raise UsageError("no change to undo", "cpdkit keeps the changes of its own commands, not those of an editor")


def is_place(path: str) -> bool:
    """Return whether a step can name this path: a file of the journal or of its trash, and none that is hidden."""
    parts = path.split("/")
    if parts[0] == TRASH:
        del parts[0]
        if parts[:1] == ["undo"]:
            return False
    unfit = "\0\\:" if sys.platform == "win32" else "\0"  # a colon ends the name of a drive
    is_plain = all(part and part[0] != "." and not any(letter in part for letter in unfit) for part in parts)
    return bool(parts) and is_plain and len(parts) <= MOST_FOLDERS


# --- The file of a step ---


def _step_bytes(
    files: Mapping[str, Change], changes: FolderChanges, command: str, *, is_undone: bool, is_elsewhere: bool
) -> bytes:
    """Return the JSON of a step. It does not repeat the bytes that a new file has after the command."""
    after = {path: hash_of(each.after) for path, each in files.items()}
    there = {after[path] for path, each in files.items() if each.before is None}
    lost = {
        path: each.before
        for path, each in files.items()
        if each.before is not None and hash_of(each.before) not in there
    }
    is_whole = sum(map(len, lost.values())) <= MOST_STEP_BYTES and len(files) <= MOST_FILES
    values = {
        "cpdkit-undo": _FORMAT,
        "command": command,
        "time": int(now()),
        "undone": is_undone,
        "whole": is_whole,
        "elsewhere": is_elsewhere,
        "files": [
            {"path": path, "before": hash_of(each.before), "after": after[path], "mode": each.mode}
            | ({"data": base64.b64encode(lost[path]).decode()} if is_whole and path in lost else {})
            for path, each in files.items()
        ][: MOST_FILES if is_whole else 0],
        "folders": [folder for folder in changes.folders if is_place(folder)],
        "renamed": _followed(changes.renamed),
    }
    return json.dumps(values, ensure_ascii=True, indent=1).encode()


def _followed(renamed: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """Return the last name of each file by its first one."""
    names: dict[str, str] = {}
    for moved in renamed:
        first = {last: old for old, last in names.items()}
        names |= {first.get(old, old): new for old, new in moved.items()}
    return {old: new for old, new in names.items() if old != new and is_place(old) and is_place(new)}


def _read_step(disk: Disk, record: str) -> Step:
    """Return the step in a file. Raises UsageError if it is not one."""
    try:
        values = json.loads(disk.read(record, _MOST_RECORD)[0])
        step = _step_of(record, values)
    except (Unreadable, ValueError, RecursionError):
        step = None
    if step is None:
        raise UsageError(f"cannot read {printable(record)}", f"delete {UNDO}/; its changes cannot be undone then")
    return step


def _step_of(record: str, values: Any) -> Step | None:
    """Return the step in a JSON value; None if a part of it is missing or not allowed."""
    if not isinstance(values, dict) or values.get("cpdkit-undo") != _FORMAT:
        return None
    command, time, files = values.get("command"), values.get("time"), values.get("files")
    folders, renamed = values.get("folders"), values.get("renamed")
    if not (isinstance(command, str) and command and isinstance(time, int) and isinstance(files, list)):
        return None
    saved = [_saved_file(each) for each in files[:MOST_FILES]]
    if not (_are_places(folders) and isinstance(renamed, dict) and _are_places([*renamed, *renamed.values()])):
        return None
    whole = [each for each in saved if each]
    if len(whole) != len(files) or len({each.path for each in whole}) != len(files):
        return None
    is_undone, is_whole, is_elsewhere = (values.get(name) is True for name in ("undone", "whole", "elsewhere"))
    return Step(record, command, time, is_undone, is_whole, tuple(whole), tuple(folders), renamed, is_elsewhere)


def _saved_file(values: Any) -> SavedFile | None:
    """Return the file in a JSON value; None if it is not one."""
    if not isinstance(values, dict) or not _are_places([values.get("path")]):
        return None
    before, after, mode, data = (values.get(name) for name in ("before", "after", "mode", "data"))
    hashes = all(each is None or (isinstance(each, str) and _HASH.fullmatch(each)) for each in (before, after))
    if not hashes or before == after or not (mode is None or isinstance(mode, int)):
        return None
    content = None
    if data is not None:
        content = base64.b64decode(data, validate=True) if isinstance(data, str) else b""
        if hash_of(content) != before:
            return None
    return SavedFile(values["path"], before, after, mode, content)


def _are_places(paths: Any) -> TypeGuard[list[str]]:
    return isinstance(paths, list) and all(isinstance(path, str) and is_place(path) for path in paths)


def hash_of(data: bytes | None) -> str | None:
    """Return the SHA-256 of the bytes of a file; None without a file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


# --- The folder of the steps ---


def _owner(root: Path) -> str:
    """Return what marks the steps of this folder: its inode, which no copy of the journal has."""
    return f"{(root / UNDO).lstat().st_ino:x}"


def _names(root: Path, owner: str) -> list[str]:
    """Return the names of the steps of this folder, the oldest first."""
    names = sorted(path.rpartition("/")[2] for path in _records(root))
    return [name for name in names if (match := _NAME.fullmatch(name)) and match[2] == owner]


def _has_others(root: Path) -> bool:
    """Return whether there are steps of another folder."""
    owner = _owner(root) if os.path.lexists(root / UNDO) else ""
    matches = (_NAME.fullmatch(path.rpartition("/")[2]) for path in _records(root))
    return any(match and match[2] != owner for match in matches)


def _records(root: Path) -> Sequence[str]:
    return list_tree(str(root), UNDO, lambda _path, _name, is_folder: is_folder).files


def _remove_oldest(root: Path, names: Sequence[str]) -> None:
    """Remove the steps above the limits, always keeping the newest one."""
    disk = Disk(str(root))
    size = 0
    for count, name in enumerate(reversed(names)):
        stamp = disk.stamp(f"{UNDO}/{name}")
        size += stamp.size if stamp else 0
        if count and (count >= MOST_STEPS or size > MOST_BYTES):
            remove_step(root, f"{UNDO}/{name}")


def remove_step(root: Path, record: str) -> None:
    """Remove the file of a step. Raises CannotWrite."""
    try:
        data = Disk(str(root)).read(record, _MOST_RECORD)[0]
    except Unreadable as error:
        raise CannotWrite(root / record, error.faults[0].message, error.faults[0].hint) from None
    remove_unchanged(root / record, data, root)
