"""One activity's file as it was read, and as a change would have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cpdkit.checks.fixes import FilePatch
from cpdkit.journal.codes import of_fault
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.naming import identified
from cpdkit.journal.paths import list_journal
from cpdkit.journal.reader import FORMS
from cpdkit.journal.records import Activity
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk

ACTIVITIES = FORMS["activities"]


@dataclass(frozen=True, slots=True)
class Held:
    """An activity, its path in the journal, and the bytes that it was read from."""

    path: str
    data: bytes
    activity: Activity

    def patches(self, after: bytes) -> Sequence[FilePatch]:
        """The change from the bytes that were read to these; none where they are the same."""
        return [] if after == self.data else [FilePatch(self.path, self.data, after, ())]


def hold(root: Path, said: str) -> Held:
    """The activity that somebody means by any part of its name. No other record is read.

    Raises UsageError where there is none or several, Refused where it can't be read, NoJournal.
    """
    disk = Disk(str(root))
    return hold_at(disk, identified(said, list_journal(disk).records["activities"]))


def hold_at(disk: Disk, path: str) -> Held:
    """The activity at a path of the journal. Raises Refused where it can't be read."""
    try:
        data = disk.read(path, RECORD_LIMIT)[0]
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None
    return Held(path, data, activity_of(path, data))


def activity_of(path: str, data: bytes) -> Activity:
    """The activity that a file of these bytes would hold. Raises Refused where there is none."""
    record = record_of(path, data, ACTIVITIES)
    assert isinstance(record, Activity)
    return record
