"""The folder `.trash/` of a journal: deleted files, each under the time of the command and its path in the journal.

It is hidden, so that nothing reads it as a part of the journal, and has a `.gitignore`, so that git does not commit it.
"""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cpdkit.errors import CannotWrite, ChangedOnDisk
from cpdkit.journal.paths import TRASH
from cpdkit.text.clock import now
from cpdkit.text.files import Disk, list_tree
from cpdkit.text.write import below, remove_unchanged, write_new

IGNORE_FILE = f"{TRASH}/.gitignore"
UNDO = f"{TRASH}/undo"
"""The folder of what `cpd undo` needs (`actions/undo_steps.py`)."""
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Trash:
    """What is in the trash: the number of deleted files, their bytes, and when the oldest got there (epoch, seconds).

    `steps` is the number of files that `cpd undo` keeps.
    """

    files: int = 0
    size: int = 0
    oldest: float = 0
    steps: int = 0


def prepare(root: Path) -> None:
    """Create the trash with its `.gitignore` if it does not exist. Raises CannotWrite."""
    place = below(root, IGNORE_FILE)
    if not os.path.lexists(place):
        try:
            write_new({place: b"# Deleted files, and changes for cpd undo: private, never committed.\n*\n"}, root)
        except CannotWrite:
            if not os.path.lexists(place):  # another program has just written it
                raise


def set_aside(root: Path, files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Move files (bytes by path) into the trash; return their new paths by their old ones.

    Everything is copied before the first file is removed. If a copy fails, nothing has changed. Raises CannotWrite, and
    ChangedOnDisk for a file that was saved meanwhile.
    """
    prepare(root)
    folder = _free_folder(root)
    moved = {path: f"{folder}/{path}" for path in files}
    places = {below(root, moved[path]): data for path, data in files.items()}
    modes = {below(root, moved[path]): _mode_of(root / path) for path in files}
    try:
        write_new(places, root, modes)
    except CannotWrite as error:
        for place, data in places.items():
            with suppress(CannotWrite):
                remove_unchanged(place, data, root)
        raise CannotWrite(error.path, f"{error.reason}; nothing was deleted", error.hint) from error
    for path, data in files.items():
        if not remove_unchanged(root / path, data, root):
            raise ChangedOnDisk(root / path)
    return moved


def contents(root: Path) -> Trash:
    """Return what is in the trash of a journal. Links are not followed."""
    if (root / TRASH).is_symlink():
        return Trash()
    paths = list_tree(str(root), TRASH, lambda path, _name, _is_folder: path == IGNORE_FILE).files
    disk = Disk(str(root))
    deleted = [path for path in paths if not path.startswith(f"{UNDO}/")]
    stamps = [stamp for path in deleted if (stamp := disk.stamp(path))]
    # The change time is when a file got here; its modification time is older.
    oldest = min((stamp.changed / 10**9 for stamp in stamps), default=0)
    return Trash(len(stamps), sum(stamp.size for stamp in stamps), oldest, len(paths) - len(deleted))


def age(seconds: float) -> str:
    """Return an age in words: `just now`, `5 minutes ago`, `1 hour ago`, `3 days ago`."""
    for name, length in (("day", 24 * 3600), ("hour", 3600), ("minute", 60)):
        if (count := int(seconds // length)) > 0:
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return "just now"


def _free_folder(root: Path) -> str:
    """Return a folder of the trash that does not exist, named after the local time."""
    stamp = f"{TRASH}/{time.strftime('%Y-%m-%d-%H%M%S', time.localtime(now()))}"
    number = 1
    while os.path.lexists(root / (folder := stamp if number == 1 else f"{stamp}-{number}")):
        number += 1
    return folder


def _mode_of(path: Path) -> int:
    """Return the permissions of a file to read and write it; those of a private file if they are unknown."""
    try:
        return path.lstat().st_mode & 0o666 or _PRIVATE
    except OSError:
        return _PRIVATE
