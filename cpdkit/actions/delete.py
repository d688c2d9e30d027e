"""Delete records and evidence: their files move into the trash, and what refers to them is named."""

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cpdkit.actions.links import followed, left_links, moves_among
from cpdkit.actions.move import record_or_evidence
from cpdkit.actions.record_file import read_record
from cpdkit.actions.trash import set_aside
from cpdkit.history.git import uncommitted
from cpdkit.journal.evidence import EVIDENCE_LIMIT
from cpdkit.journal.links import is_elsewhere, links, path_of, place_of
from cpdkit.journal.load import RECORD_LIMIT, Journal, load
from cpdkit.journal.paths import EVIDENCE, Listing, linkable, list_journal
from cpdkit.journal.reader import Record
from cpdkit.journal.records import Activity, Post, Qualification, Review
from cpdkit.journal.search import title_of
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.names import composed, folded
from cpdkit.text.write import locked, require_unchanged


@dataclass(frozen=True, slots=True)
class Deletion:
    """A plan to delete. `files` and `evidence` are bytes by path; `evidence` is what only these records use.

    `titles` and `referring` (the records that link to a file) are by path. `unread` are the files whose links cannot be
    checked. `committed` are the files that the newest commit has too.
    """

    files: Mapping[str, bytes]
    titles: Mapping[str, str]
    referring: Mapping[str, Sequence[str]]
    evidence: Mapping[str, bytes] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    committed: tuple[str, ...] = ()


def plan_deletion(root: Path, names: Sequence[str]) -> Deletion:
    """Plan to delete records, each named by part of its ID, and evidence, by its path. Nothing is changed.

    Raises UsageError, Refused for a file that cannot be read, NoJournal.
    """
    disk = Disk(str(root))
    listing = list_journal(disk)
    # A copy of a record, which is not read, needs its whole path.
    paths = dict.fromkeys(name if name in listing.unread else record_or_evidence(listing, name) for name in names)
    files = {path: read_record(disk, path, EVIDENCE_LIMIT) for path in paths}
    journal = load(root)
    records = _records(journal)
    used = [path for path in _evidence_of(files, records, listing) if path not in files]
    referring, unread = _referring(disk, listing, [*files, *used], files)
    unused = _unused(used, referring, files, journal) if not unread else ()
    evidence = {path: read_record(disk, path, EVIDENCE_LIMIT) for path in unused}
    titles = {path: _title(records[path]) for path in files if path in records}
    differ = uncommitted(root, files)
    committed = tuple(path for path in files if differ is not None and path not in differ)
    refers = {path: referring[path] for path in files if referring[path]}
    return Deletion(files, titles, refers, evidence, unread, committed)


def delete(root: Path, files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Move files (bytes by path) into the trash; return their new paths. Raises CannotWrite, ChangedOnDisk."""
    with locked(root):
        require_unchanged({root / path: data for path, data in files.items()}, root)
        return set_aside(root, files)


def _records(journal: Journal) -> Mapping[str, Record]:
    """Return all records that can be read, by path."""
    return {each.path: each for each in journal.records}


def _title(record: Record) -> str:
    """Return what a person calls a record; empty for a review, whose file name is its year."""
    return "" if isinstance(record, Review) else record.role if isinstance(record, Post) else title_of(record)


def _evidence_of(files: Collection[str], records: Mapping[str, Record], listing: Listing) -> Iterator[str]:
    """Yield the evidence files that the records in `files` use."""
    there = {composed(f"{EVIDENCE}/{path}"): f"{EVIDENCE}/{path}" for path in listing.evidence}
    named = [name for path in files if path in records for name in _named_by(records[path])]
    for path, actual in sorted(there.items()):
        if any(path == name or path.startswith(f"{name}/") for name in named):
            yield actual


def _named_by(record: Record) -> Iterator[str]:
    """Yield the paths in the journal that a record names as evidence or links to."""
    if isinstance(record, Activity | Qualification):
        for each in record.evidence:
            if each.path:
                yield posixpath.normpath(composed(f"{EVIDENCE}/{each.path}"))
    for link in links(record.body):
        if not is_elsewhere(link.address) and (place := place_of(record.path, path_of(link.address))):
            yield composed(place)


def _unused(
    evidence: Sequence[str], referring: Mapping[str, Sequence[str]], files: Collection[str], journal: Journal
) -> Iterator[str]:
    """Yield the evidence files that no other record uses, by name, in any case, by a folder or by a link."""
    others = [each for path, each in _records(journal).items() if path not in files]
    named = {folded(name) for each in others for name in _named_by(each)}
    for path in evidence:
        parts = folded(path).split("/")
        if not referring[path] and not any("/".join(parts[:count]) in named for count in range(2, len(parts) + 1)):
            yield path


def _referring(
    disk: Disk, listing: Listing, targets: Sequence[str], gone: Collection[str]
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Return the records that link to each of the targets, and the paths of those that cannot be read as text.

    A record links to a file if its text would change, or have to change, once the file moved.
    """
    referring: dict[str, list[str]] = {path: [] for path in targets}
    unread = []
    paths = tuple(linkable(listing))
    every = moves_among({path: _elsewhere(path) for path in targets}, paths)
    for path in sorted({*(path for group in listing.records.values() for path in group), *listing.unread} - {*gone}):
        try:
            data = disk.read(path, RECORD_LIMIT)[0]
            if followed(path, data, every) == data and not any(left_links(path, data, every)):
                continue
            for target in targets:
                one = moves_among({target: _elsewhere(target)}, paths)
                if followed(path, data, one) != data or any(left_links(path, data, one)):
                    referring[target].append(path)
        except Unreadable:
            unread.append(path)
    return referring, tuple(unread)


def _elsewhere(path: str) -> str:
    """Return a path that no link names, for a file that would move."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/deleted.{name}"
