"""A record with the bytes of its file, so that a change can be compared with what was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from cpdkit.checks.fixes import FilePatch
from cpdkit.journal.codes import of_fault
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.load import RECORD_LIMIT, read_file
from cpdkit.journal.naming import Titles, resolve_id
from cpdkit.journal.paths import Listing, list_journal
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.records import Activity, Objective
from cpdkit.journal.search import title_of
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk

ACTIVITIES, OBJECTIVES = RECORD_KINDS["activities"], RECORD_KINDS["plan"]
R = TypeVar("R", Activity, Objective)


@dataclass(frozen=True, slots=True)
class RecordFile(Generic[R]):
    """A record, its path in the journal, and the bytes that it was read from."""

    path: str
    data: bytes
    record: R

    def patches(self, after: bytes) -> Sequence[FilePatch]:
        """Return the change from the bytes that were read to these; none if they are the same."""
        return [] if after == self.data else [FilePatch(self.path, self.data, after, ())]


def record_path(listing: Listing, name: str, *others: str) -> str:
    """Return the path of the record of any kind, or of one of the other files, with this part of a name or title.

    Raises UsageError if there is none or several.
    """
    paths = [path for folder in RECORD_KINDS for path in listing.records[folder]]
    return resolve_id(name, [*others, *paths], "record", titles_of(Disk(listing.root), paths))


def find_activity(root: Path, name: str) -> RecordFile[Activity]:
    """Return the activity with this part of a name or title. Other records are read only to look for a title.

    Raises UsageError if there is none or several, Refused if it can't be read, NoJournal.
    """
    disk = Disk(str(root))
    return read_activity(disk, activity_path(disk, name, list_journal(disk).records["activities"]))


def activity_path(disk: Disk, name: str, paths: Sequence[str]) -> str:
    """Return the one of these activities with this part of a name or title. Raises UsageError for none or several."""
    return resolve_id(name, paths, titles=titles_of(disk, paths))


def find_objective(root: Path, name: str) -> RecordFile[Objective]:
    """Return the objective with this part of a name or title. Raises what `find_activity` raises."""
    disk = Disk(str(root))
    paths = list_journal(disk).records["plan"]
    path = resolve_id(name, paths, "objective", titles_of(disk, paths))
    data = read_record(disk, path)
    return RecordFile(path, data, objective_of(path, data))


def titles_of(disk: Disk, paths: Sequence[str]) -> Titles:
    """Return a function that reads the titles of the records at these paths, without those that cannot be read."""

    def read() -> dict[str, str]:
        records = ((path, read_file(disk, path, RECORD_KINDS[path.partition("/")[0]])[0]) for path in paths)
        return {path: title_of(record) for path, record in records if record}

    return read


def read_activity(disk: Disk, path: str) -> RecordFile[Activity]:
    """Return the activity at a path of the journal. Raises Refused if it can't be read."""
    data = read_record(disk, path)
    return RecordFile(path, data, activity_of(path, data))


def read_record(disk: Disk, path: str, limit: int = RECORD_LIMIT) -> bytes:
    """Return a file's bytes. Raises Refused if it can't be read or has more than `limit` bytes."""
    try:
        return disk.read(path, limit)[0]
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None


def activity_of(path: str, data: bytes) -> Activity:
    """Return the activity in these bytes of a file. Raises Refused if it can't be read."""
    record = record_of(path, data, ACTIVITIES)
    assert isinstance(record, Activity)
    return record


def objective_of(path: str, data: bytes) -> Objective:
    """Return the objective in these bytes of a file. Raises Refused if it can't be read."""
    record = record_of(path, data, OBJECTIVES)
    assert isinstance(record, Objective)
    return record
