"""Conflict copies and duplicates of records, which would count an activity twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cpdkit.journal.reader import RECORD_KINDS, Record, read_record
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.names import folded
from cpdkit.text.source import decode
from cpdkit.text.synced import copy_name

RECORD_LIMIT = 4 * 2**20
"""The maximum size of a record, in bytes."""
_IDENTITY = ("title", "start", "year", "role", "employer")
"""The fields that are equal in a copy of a record."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file with the name of a copy. `of` is the record that it duplicates; empty if there is none."""

    path: str
    of: str


def copies(disk: Disk, paths: Sequence[str]) -> Iterator[Copy]:
    """Yield the copies among the paths of records.

    A name that only a sync program gives makes a copy. Another name, such as `name (1).md` or `name-PC.md`, does so
    only if both files have the same title and date, or the same bytes. Of several copies whose original is missing, the
    first is not a copy of another.
    """
    named = [(path, name) for path in paths if (name := copy_name(path.rpartition("/")[2]))]
    if not named:
        return
    there = {folded(path): path for path in paths}
    for path, name in named:
        original = f"{path[: len(path) - len(path.rpartition('/')[2])]}{name.original}"
        first = there.get(folded(original))
        if first is None:
            if name.sure:
                there[folded(original)] = path
                yield Copy(path, "")
        elif name.sure or _is_same(disk, path, first):
            yield Copy(path, first)


def _is_same(disk: Disk, path: str, other: str) -> bool:
    one, two = _bytes(disk, path), _bytes(disk, other)
    if one is None or two is None:
        return False
    return one == two or (_identity(path, one) is not None and _identity(path, one) == _identity(other, two))


def _bytes(disk: Disk, path: str) -> bytes | None:
    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable:
        return None


def _identity(path: str, data: bytes) -> tuple[object, ...] | None:
    record: Record | None
    try:
        record, _ = read_record(decode(path, data), RECORD_KINDS[path.partition("/")[0]])
    except Unreadable:
        return None
    return tuple(getattr(record, name, None) for name in _IDENTITY) if record else None
