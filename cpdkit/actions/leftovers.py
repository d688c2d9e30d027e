"""Files that an interrupted run left beside the records, and taking away those that hold nothing of their own.

A run writes under another name first, and puts the file in its place then (`text/write.py`). Killed in between, it
leaves that other file. It may hold what nothing else does, such as what an editor saved in that moment, so its age
alone is no reason to delete it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cpdkit.history.git import is_committed
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, list_tree, read_bytes
from cpdkit.text.write import remove_unchanged

OLD_ENOUGH = 3600
"""Seconds. No run of cpdkit has a file under such a name for so long."""
LIMIT = 100 * 2**20
"""The most bytes of one that are looked at."""
_NAME = re.compile(r"\.cpdkit-[0-9a-f]{16}\.tmp")


@dataclass(frozen=True, slots=True)
class Leftover:
    """One of them: its path in the journal, its bytes, its age in seconds."""

    path: str
    size: int
    age: float

    @property
    def is_old(self) -> bool:
        """Whether no run can still be at it."""
        return self.age > OLD_ENOUGH


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was removed (or with `dry_run` would be), and what was kept since it holds something of its own, or is new.

    Paths in the journal.
    """

    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    young: tuple[str, ...] = ()


def leftovers(root: Path, now: float) -> tuple[Leftover, ...]:
    """Return all in the journal, in hidden folders too, but for git's own and links. `now` is seconds since 1970."""
    disk = Disk(str(root))
    paths = list_tree(str(root), "", lambda _path, name, is_folder: is_folder and name == ".git").files
    left = []
    for path in paths:
        if _NAME.fullmatch(path.rpartition("/")[2]) and (stamp := disk.stamp(path)):
            # The change time is no program's to set: a file that was dated back is as new as it is.
            newest = max(stamp.nanoseconds, stamp.changed) / 10**9
            left.append(Leftover(path, stamp.size, now - newest))
    return tuple(left)


def clear(root: Path, left: Iterable[Leftover], *, dry_run: bool = False) -> Cleared:
    """Remove those that are old and whose bytes stand elsewhere: in a file beside them, or in the newest commit.

    One that is empty, or the beginning of a record beside it, has nothing of its own either. Raises CannotWrite.
    """
    removed, kept, young = [], [], []
    for each in left:
        data = _bytes(root / each.path)
        if not each.is_old:
            young.append(each.path)
        elif data is not None and is_spare(root, each.path, data) and _gone(root / each.path, data, dry_run):
            removed.append(each.path)
        else:
            kept.append(each.path)
    return Cleared(tuple(removed), tuple(kept), tuple(young))


def is_spare(root: Path, path: str, data: bytes) -> bool:
    """Whether what a leftover holds stands in a file beside it too, or in the newest commit."""
    if not data:
        return True
    place = root / path
    beside = list_tree(str(place.parent), "", lambda _path, _name, is_folder: is_folder).files
    others = (place.parent / name for name in beside if not _NAME.fullmatch(name))
    return any(_begins(other, data) for other in others) or is_committed(root, data)


def _begins(other: Path, data: bytes) -> bool:
    """Whether a file starts with these bytes; of a large one whether it is these bytes."""
    try:
        size = other.lstat().st_size
        if size != len(data) and not len(data) < size <= RECORD_LIMIT:
            return False
        return read_bytes(str(other), LIMIT)[0].startswith(data)
    except (OSError, Unreadable):
        return False


def _bytes(place: Path) -> bytes | None:
    try:
        return read_bytes(str(place), LIMIT)[0]
    except Unreadable:
        return None


def _gone(place: Path, data: bytes, dry_run: bool) -> bool:
    return dry_run or remove_unchanged(place, data)
