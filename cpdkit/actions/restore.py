"""The files of an exported journal written into a journal, or as a new one; nothing is written over."""

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
from cpdkit.text.wording import first_few
from cpdkit.text.write import below, write_new

MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Restoration:
    """The files to write, bytes by path in the journal, and how many are there already with the same content."""

    files: Mapping[str, bytes]
    there: int = 0


def plan_restore(root: Path, exported: Mapping[str, bytes]) -> Restoration:
    """Plan to write the files of an exported journal; a cpd.yaml that is there stays.

    Raises UsageError where a file is there with other content, NoJournal where nothing makes the folder a journal.
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
        raise UsageError(
            f"{len(others)} of {len(files)} files are there already with other content: {names}",
            "nothing was written; import into a new folder with --journal DIR, and compare the two",
        )
    return Restoration({path: data for path, data in files.items() if path not in there}, len(there))


def restore(root: Path, plan: Restoration) -> None:
    """Write the files of a plan. Raises CannotWrite."""
    # cpd.yaml comes first: a second run of one that was interrupted finds the journal, and finishes.
    items = sorted(plan.files.items(), key=lambda item: item[0] != MEMBER_FILE)
    write_new({below(root, path): data for path, data in items})


def _content(disk: Disk, path: str) -> bytes | None:
    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable:
        return None
