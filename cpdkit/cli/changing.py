"""What a command line that changes fields asks for: which files, and how they would read."""

from collections.abc import Sequence
from pathlib import Path

from cpdkit.checks.fixing import FilePatch
from cpdkit.errors import UsageError
from cpdkit.journal.changing import Change, How, Refused, changed, parse_change
from cpdkit.journal.codes import of_fault
from cpdkit.journal.listing import list_journal
from cpdkit.journal.loading import RECORD_LIMIT
from cpdkit.journal.naming import identified
from cpdkit.journal.reading import FORMS
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk

ACTIVITIES = FORMS["activities"]


def patches_of(root: Path, said: Sequence[str]) -> tuple[FilePatch, ...]:
    """The files that change; every one is tried before anything is written.

    Raises UsageError, Refused, NoJournal.
    """
    changes = [parse_change(word, ACTIVITIES.fields) for word in said if How.PUT in word]
    ids = [word for word in said if How.PUT not in word]
    if not changes or not ids:
        missing = "what to change" if ids else "which activity to change"
        raise UsageError(f"it is not said {missing}", "cpd set relay-course hours=1.5 topics+=safety")
    disk = Disk(str(root))
    paths = list_journal(disk).records["activities"]
    found = dict.fromkeys(identified(each, paths) for each in ids)
    tried = [_patch(path, read_activity(disk, path), changes) for path in found]
    return tuple(each for each in tried if each.before != each.after)


def _patch(path: str, data: bytes, changes: Sequence[Change]) -> FilePatch:
    return FilePatch(path, data, changed(path, data, ACTIVITIES, changes), ())


def read_activity(disk: Disk, path: str) -> bytes:
    """A file's bytes. Raises Refused where they can't be had."""
    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None
