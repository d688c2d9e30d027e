"""The changes of the user's files below a folder, collected while a command runs, so that it can be undone.

`text/write.py` notes each file that it writes or removes. Outside `collected`, nothing is kept.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Change(NamedTuple):
    """The bytes of a file before and after a command; None without a file. `mode` is that of a removed file."""

    before: bytes | None
    after: bytes | None
    mode: int | None = None


class FolderChanges:
    """The changes below one folder: the files by path, the new folders, and the new names in git's index.

    All paths are relative to the folder, with forward slashes.
    """

    def __init__(self) -> None:
        self.files: dict[str, Change] = {}
        self.folders: list[str] = []
        self.renamed: list[Mapping[str, str]] = []

    def __bool__(self) -> bool:
        """Return whether any file is not as it was."""
        return any(each.before != each.after for each in self.files.values())

    def add(self, path: str, change: Change) -> None:
        """Add a change. Several of a file are one; if somebody else saved it in between, only the last counts."""
        known = self.files.get(path)
        if known and known.after == change.before:
            change = Change(known.before, change.after, known.mode or change.mode)
        self.files[path] = change


class ChangeLog:
    """The changes of one command by folder. `undoes` is the name of the command that it undoes or repeats."""

    def __init__(self) -> None:
        self.below: dict[Path, FolderChanges] = {}
        self.undoes = ""
        self.is_redo = False

    def of(self, root: Path) -> FolderChanges:
        return self.below.setdefault(Path(os.path.realpath(root)), FolderChanges())

    def add(self, root: Path, path: str, change: Change) -> None:
        """Add a change of a file below a folder. It belongs to a folder above, if that has changes already."""
        place = Path(os.path.realpath(root))
        outer = next((known for known in self.below if place.is_relative_to(known)), place)
        self.of(outer).add((place.relative_to(outer) / path).as_posix(), change)

    def place(self, path: Path) -> tuple[FolderChanges, str] | None:
        """Return the folder that a noted file belongs to, and its path there; None for any other file."""
        absolute = Path(os.path.realpath(path.parent), path.name)
        for root, changes in self.below.items():
            if absolute.is_relative_to(root) and (inside := absolute.relative_to(root).as_posix()) in changes.files:
                return changes, inside
        return None


_log: ChangeLog | None = None


@contextmanager
def collected() -> Iterator[ChangeLog]:
    """Collect the changes that are made meanwhile."""
    global _log
    outer, _log = _log, ChangeLog()
    try:
        yield _log
    finally:
        _log = outer


def current() -> ChangeLog | None:
    """Return the changes that are collected now; None if none are."""
    return _log


def note(root: Path | None, path: Path, change: Change) -> None:
    """Note a change of a file below `root`. Without it, only a file that was noted before is."""
    if _log is None:
        return
    if root is not None:
        _log.add(root, path.relative_to(root).as_posix(), change)
    elif place := _log.place(path):
        place[0].add(place[1], change)


def note_folder(root: Path, path: Path) -> None:
    """Note a new folder below `root`."""
    if _log is not None:
        _log.of(root).folders.append(path.relative_to(root).as_posix())


def note_renamed(root: Path, moved: Mapping[str, str]) -> None:
    """Note the new paths of files in git's index, by their old paths."""
    if _log is not None:
        _log.of(root).renamed.append(dict(moved))


def note_edited(path: Path, data: bytes | None) -> None:
    """Note the bytes that the user's editor left in a file that this command wrote."""
    if _log is not None and (place := _log.place(path)):
        changes, inside = place
        changes.files[inside] = changes.files[inside]._replace(after=data)
