"""Load a journal from its folder. Every file is read, ignored by a documented rule, or reported."""

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path

from cpdkit.diagnostics import Diagnostic
from cpdkit.errors import NoJournal
from cpdkit.journal.codes import CODES, of_fault
from cpdkit.journal.copies import RECORD_LIMIT
from cpdkit.journal.made_documents import MARKDOWN_MARK
from cpdkit.journal.member import Member
from cpdkit.journal.paths import EVIDENCE, MEMBER_FILE, find, list_journal
from cpdkit.journal.people import NOBODY, People
from cpdkit.journal.reader import RECORD_KINDS, Record, RecordKind, read_record
from cpdkit.journal.records import Activity, Claim, Objective, Post, Qualification, Review
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.source import decode

__all__ = ["EVIDENCE", "MEMBER_FILE", "RECORD_LIMIT", "Journal", "find", "load", "read_file"]

MANY_OBJECTS = 50_000
"""With more new objects than this, the garbage collector should ignore them."""


@dataclass(frozen=True, slots=True)
class Journal:
    """The contents of a journal. `member` is None if cpd.yaml could not be read.

    `activities` are sorted by start, then path. `evidence` are paths relative to `evidence/`. `unread` are the files
    that should contain a record but could not be read. `newest` is the latest modification time of a read file
    (seconds since the epoch).
    """

    root: Path
    member: Member | None
    activities: tuple[Activity, ...] = ()
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()
    reviews: tuple[Review, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    claims: tuple[Claim, ...] = ()
    people: People = NOBODY
    evidence: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    newest: int = 0

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, in the order of their folders."""
        return (
            *self.activities, *self.objectives.values(), *self.posts, *self.reviews, *self.qualifications, *self.claims
        )  # fmt: skip

    def without_confidential(self) -> "Journal":
        """Return the journal without its confidential posts, qualifications and claims.

        A selection chooses the activities.
        """
        return replace(
            self,
            posts=tuple(each for each in self.posts if not each.confidential),
            qualifications=tuple(each for each in self.qualifications if not each.confidential),
            claims=tuple(each for each in self.claims if not each.confidential),
        )

    @property
    def activity_copies(self) -> int:
        """The number of conflict copies of activities. They are in `unread` too."""
        return sum(each.code == "CPD814" and each.path.startswith("activities/") for each in self.diagnostics)


def load(root: Path) -> Journal:
    """Load a journal. Problems in it become diagnostics. Raise NoJournal only for a folder without cpd.yaml."""
    if not os.path.lexists(root / MEMBER_FILE):
        raise NoJournal(root)
    with without_collector():
        return _Loading(Disk(os.path.realpath(root))).journal()


def read_file(disk: Disk, path: str, kind: RecordKind) -> tuple[Record | None, list[Diagnostic], int]:
    """Return the record in one file or None, all problems, and the modification time (seconds since the epoch).

    A report that cpdkit made has neither.
    """
    seconds = 0
    try:
        data, stamp = disk.read(path, RECORD_LIMIT)
        seconds = stamp.seconds
        if data.startswith(MARKDOWN_MARK):
            return None, [], seconds
        return *read_record(decode(path, data), kind), seconds
    except Unreadable as error:
        return None, [of_fault(path, fault) for fault in error.faults], seconds


@contextmanager
def without_collector() -> Iterator[None]:
    """Disable the cyclic garbage collector, which would scan all records again and again although none is garbage.

    Afterwards, freeze the objects of a large journal: one later scan of them takes as long as a whole report. For a
    small journal this would gain nothing, and would keep any garbage among the objects.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > MANY_OBJECTS:
            gc.freeze()
        if was_on:
            gc.enable()


class _Loading:
    """A journal while it is loaded."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.found: list[Diagnostic] = []
        self.unread: list[str] = []
        self.newest = 0

    def journal(self) -> Journal:
        """Read everything."""
        listing = list_journal(self.disk)
        self.found += listing.diagnostics
        self.unread += listing.unread
        self.newest = listing.newest
        records = {folder: self.read_all(paths, RECORD_KINDS[folder]) for folder, paths in listing.records.items()}
        activities = [each for each in records["activities"] if isinstance(each, Activity)]
        activities.sort(key=attrgetter("start", "path"))
        objectives = self.objectives(records["plan"])
        return Journal(
            Path(self.disk.root),
            listing.member,
            tuple(activities),
            objectives,
            tuple(each for each in records["career"] if isinstance(each, Post)),
            tuple(each for each in records["reviews"] if isinstance(each, Review)),
            tuple(each for each in records["qualifications"] if isinstance(each, Qualification)),
            tuple(each for each in records["claims"] if isinstance(each, Claim)),
            listing.people or NOBODY,
            listing.evidence,
            tuple(sorted(self.unread)),
            tuple(sorted(self.found, key=attrgetter("order"))),
            self.newest,
        )

    def read_all(self, paths: Iterable[str], kind: RecordKind) -> list[Record]:
        """Return the records of one folder."""
        records = []
        for path in paths:
            record, found, seconds = read_file(self.disk, path, kind)
            self.newest = max(self.newest, seconds)
            if found:
                self.found += found
            if record is not None:
                records.append(record)
            elif found:
                self.unread.append(path)
        return records

    def objectives(self, records: Iterable[Record]) -> dict[str, Objective]:
        """Return the objectives by ID. Report a second objective with the same ID and ignore it."""
        by_id: dict[str, Objective] = {}
        for each in records:
            if not isinstance(each, Objective):
                continue
            if first := by_id.get(each.id):
                self.unread.append(each.path)
                self.found.append(same_id(each.path, each.id, first.path))
            else:
                by_id[each.id] = each
        return by_id


def same_id(path: str, name: str, first: str) -> Diagnostic:
    """Return the diagnostic of an objective that has the ID of another, so that it is ignored."""
    message = f"{first} has the same ID, {name}"
    return Diagnostic(path, None, "CPD806", CODES["CPD806"].severity, message, hint="rename one of the two files")
