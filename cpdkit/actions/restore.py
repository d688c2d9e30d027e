"""Restore an exported journal into a journal or an empty folder. Existing files are never overwritten."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cpdkit.errors import NoJournal, UsageError
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.paths import MEMBER_FILE
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.terminal import printable
from cpdkit.text.wording import first_few, plural
from cpdkit.text.write import below, write_new

MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Restoration:
    """The files to write, bytes by path in the journal, and the number that already exist with the same content."""

    files: Mapping[str, bytes]
    there: int = 0


def plan_restore(root: Path, exported: Mapping[str, bytes]) -> Restoration:
    """Plan to write the files of an exported journal. An existing cpd.yaml stays.

    Raises UsageError if a file exists with different content, NoJournal if neither side has a cpd.yaml.
    """
    files = dict(exported)
    if os.path.lexists(root / MEMBER_FILE):
        files.pop(MEMBER_FILE, None)
    elif MEMBER_FILE not in files:
        raise NoJournal(root)
    disk = Disk(str(root))
    there = [path for path in files if os.path.lexists(root / path)]
    others = [path for path in there if _content(disk, path) != files[path]]
    if others:
        names = first_few(list(map(printable, others)), MOST_NAMED)
        exist = plural(len(others), "exists", "exist")
        raise UsageError(
            f"{len(others)} of {len(files)} files already {exist} with different content: {names}",
            "nothing was written; import into a new folder with --journal DIR and compare the two",
        )
    return Restoration({path: data for path, data in files.items() if path not in there}, len(there))


def restore(root: Path, plan: Restoration) -> None:
    """Write the files of a plan. Raises CannotWrite."""
    # cpd.yaml comes first, so that a second run after an interrupted one finds the journal and finishes.
    items = sorted(plan.files.items(), key=lambda item: item[0] != MEMBER_FILE)
    write_new({below(root, path): data for path, data in items}, root)


def _content(disk: Disk, path: str) -> bytes | None:
    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable:
        return None
