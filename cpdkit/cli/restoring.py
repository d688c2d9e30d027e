"""An exported journal taken in again: every record gets the file that it had."""

import os
from collections.abc import Mapping
from pathlib import Path

from cpdkit.cli.console import Console
from cpdkit.errors import NoJournal, UsageError
from cpdkit.journal.finding import MEMBER_FILE, find
from cpdkit.journal.loading import RECORD_LIMIT
from cpdkit.text.cells import printable
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.writing import below, write_new

MOST_NAMED = 8


def restore(files: Mapping[str, bytes], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Write the files of an exported journal; prints their paths. Raises UsageError, CannotWrite."""
    files = dict(files)
    root = _root(journal)
    member_there = os.path.lexists(root / MEMBER_FILE)
    if member_there:
        files = {path: data for path, data in files.items() if path != MEMBER_FILE}
    elif MEMBER_FILE not in files:
        raise NoJournal(root)
    there, others = _compared(root, files)
    if others:
        names = ", ".join(map(printable, others[:MOST_NAMED])) + (" …" if len(others) > MOST_NAMED else "")
        raise UsageError(
            f"{len(others)} of {len(files)} files are there already with other content: {names}",
            "nothing was written; import into a new folder with --journal DIR, and compare the two",
        )
    new = {path: data for path, data in files.items() if path not in there}
    if not dry_run:
        # cpd.yaml comes first: a second run of one that was interrupted finds the journal, and finishes.
        write_new({below(root, path): data for path, data in sorted(new.items(), key=_member_first)})
    console.show("\n".join(map(printable, new)))
    count = f"{len(new)} {'file' if len(new) == 1 else 'files'}"
    console.say(f"{count} {'would be written' if dry_run else 'written'}, {len(there)} were there already")
    return 0


def _member_first(item: tuple[str, bytes]) -> bool:
    return item[0] != MEMBER_FILE


def _root(journal: Path | None) -> Path:
    """The journal, or the folder named, which may be a new one."""
    try:
        return find(journal).resolve()
    except NoJournal:
        if journal is None:
            raise
        return journal.resolve()


def _compared(root: Path, files: Mapping[str, bytes]) -> tuple[set[str], list[str]]:
    """The paths that hold the same already, and those that hold something else."""
    disk = Disk(str(root))
    same, others = set(), []
    for path, data in files.items():
        if os.path.lexists(root / path):
            if _content(disk, path) == data:
                same.add(path)
            else:
                others.append(path)
    return same, others


def _content(disk: Disk, path: str) -> bytes | None:
    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable:
        return None
