"""One record's file as it was read, and as a change would have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from cpdkit.checks.fixes import FilePatch
from cpdkit.journal.codes import of_fault
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.naming import resolve_id
from cpdkit.journal.paths import Listing, list_journal
from cpdkit.journal.reader import FORMS
from cpdkit.journal.records import Activity, Objective
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk

ACTIVITIES, OBJECTIVES = FORMS["activities"], FORMS["plan"]
R = TypeVar("R", Activity, Objective)


@dataclass(frozen=True, slots=True)
class RecordFile(Generic[R]):
    """A record, its path in the journal, and the bytes that it was read from."""

    path: str
    data: bytes
    record: R

    def patches(self, after: bytes) -> Sequence[FilePatch]:
        """Return the change from the bytes that were read to these; none where they are the same."""
        return [] if after == self.data else [FilePatch(self.path, self.data, after, ())]


def record_path(listing: Listing, name: str, *others: str) -> str:
    """Return the path of the record with this part of a name, of whichever kind, or of one of these other files.

    Raises UsageError where there is none or several.
    """
    return resolve_id(name, [*others, *(path for folder in FORMS for path in listing.records[folder])], "record")


def find_activity(root: Path, name: str) -> RecordFile[Activity]:
    """Return the activity with this part of a name; no other record is read.

    Raises UsageError where there is none or several, Refused where it can't be read, NoJournal.
    """
    disk = Disk(str(root))
    return read_activity(disk, resolve_id(name, list_journal(disk).records["activities"]))


def find_objective(root: Path, name: str) -> RecordFile[Objective]:
    """Return the objective with this part of a name; no other record is read. Raises as `find_activity` does."""
    disk = Disk(str(root))
    path = resolve_id(name, list_journal(disk).records["plan"], "objective")
    data = read_record(disk, path)
    return RecordFile(path, data, objective_of(path, data))


def read_activity(disk: Disk, path: str) -> RecordFile[Activity]:
    """Return the activity at a path of the journal. Raises Refused where it can't be read."""
    data = read_record(disk, path)
    return RecordFile(path, data, activity_of(path, data))


def read_record(disk: Disk, path: str, limit: int = RECORD_LIMIT) -> bytes:
    """Return a file's bytes, `limit` at most. Raises Refused where it can't be read."""
    try:
        return disk.read(path, limit)[0]
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None


def activity_of(path: str, data: bytes) -> Activity:
    """Return the activity that a file of these bytes holds. Raises Refused where there is none."""
    record = record_of(path, data, ACTIVITIES)
    assert isinstance(record, Activity)
    return record


def objective_of(path: str, data: bytes) -> Objective:
    """Return the objective that a file of these bytes holds. Raises Refused where there is none."""
    record = record_of(path, data, OBJECTIVES)
    assert isinstance(record, Objective)
    return record
