"""Temporary files that an interrupted run left among the records, and the removal of those that are only copies.

A run writes a temporary file first and then puts it in place (`text/write.py`). If it is killed in between, the
temporary file stays. It may be the only copy of something, such as what an editor saved at that moment, so its age
alone is not a reason to delete it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cpdkit.history.git import is_committed
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, list_tree
from cpdkit.text.write import remove_unchanged

OLD_ENOUGH = 3600
"""Seconds. No run of cpdkit keeps a temporary file for so long."""
LIMIT = 100 * 2**20
"""Maximum number of bytes read of one file."""
_NAME = re.compile(r"\.cpdkit-[0-9a-f]{16}\.tmp")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A temporary file: its path in the journal, its size in bytes, its age in seconds."""

    path: str
    size: int
    age: float

    @property
    def is_old(self) -> bool:
        """Whether it is so old that no run can still be using it."""
        return self.age > OLD_ENOUGH


@dataclass(frozen=True, slots=True)
class Cleared:
    """Paths in the journal of the files that were removed (or with `dry_run` would be), and of those that were kept.

    `kept` may be the only copy of something; `young` may still be in use.
    """

    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    young: tuple[str, ...] = ()


def leftovers(root: Path, now: float) -> tuple[Leftover, ...]:
    """Return all temporary files in the journal, also in hidden folders, except `.git` and links.

    `now` is in seconds since 1970.
    """
    disk = Disk(str(root))
    paths = list_tree(str(root), "", lambda _path, name, is_folder: is_folder and name == ".git").files
    left = []
    for path in paths:
        if _NAME.fullmatch(path.rpartition("/")[2]) and (stamp := disk.stamp(path)):
            # No program can set the change time, so a file that was dated back still counts as new.
            newest = max(stamp.nanoseconds, stamp.changed) / 10**9
            left.append(Leftover(path, stamp.size, now - newest))
    return tuple(left)


def clear(root: Path, left: Iterable[Leftover], *, dry_run: bool = False) -> Cleared:
    """Remove the old files whose bytes are elsewhere too: in a file in the same folder, or in the newest commit.

    A file that is empty, or the beginning of a record in the same folder, is removed too. Raises CannotWrite.
    """
    disk = Disk(str(root))
    removed, kept, young = [], [], []
    for each in left:
        data = _bytes(disk, each.path)
        if not each.is_old:
            young.append(each.path)
        elif (
            data is not None
            and is_spare(root, each.path, data)
            and (dry_run or remove_unchanged(root / each.path, data, root))
        ):
            removed.append(each.path)
        else:
            kept.append(each.path)
    return Cleared(tuple(removed), tuple(kept), tuple(young))


def is_spare(root: Path, path: str, data: bytes) -> bool:
    """Return whether another file in the same folder, or the newest commit, has the bytes of a temporary file."""
    if not data:
        return True
    disk = Disk(str(root))
    paths = list_tree(str(root), path.rpartition("/")[0], lambda _path, _name, is_folder: is_folder).files
    others = (other for other in paths if not _NAME.fullmatch(other.rpartition("/")[2]))
    return any(_begins(disk, other, data) for other in others) or is_committed(root, data)


def _begins(disk: Disk, other: str, data: bytes) -> bool:
    """Return whether a file starts with these bytes; for a large file, whether it equals them."""
    stamp = disk.stamp(other)
    if stamp is None or (stamp.size != len(data) and not len(data) < stamp.size <= RECORD_LIMIT):
        return False
    whole = _bytes(disk, other)
    return whole is not None and whole.startswith(data)


def _bytes(disk: Disk, path: str) -> bytes | None:
    try:
        return disk.read(path, LIMIT)[0]
    except Unreadable:
        return None
