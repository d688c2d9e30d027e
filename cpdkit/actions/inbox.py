"""Make drafts of the entries of an inbox, and move what was taken to `inbox/done.md`."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from cpdkit.actions.new import same_activity
from cpdkit.dates.day_words import day_text
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.exchange.inbox import InboxEntry, Reading, count_entries, entries_in, entry_of_note
from cpdkit.journal.declarations import OWN, UNSURE
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.evidence import EVIDENCE_LIMIT, EvidenceFolder, evidence_name
from cpdkit.journal.naming import Paths, file_name
from cpdkit.journal.new_record import ACTIVITIES, folder_for
from cpdkit.journal.paths import Listing, list_journal
from cpdkit.journal.prompts import MODELS
from cpdkit.journal.record_writer import Plain, record_bytes
from cpdkit.journal.records import Activity
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, FolderTree, list_folder
from cpdkit.text.names import folded
from cpdkit.text.source import decode
from cpdkit.text.write import below, locked, remove_unchanged, write_all, write_new

FILE, FOLDER = "inbox.md", "inbox"
"""Where an inbox is if cpd.yaml names no other place: a file, and a folder with one note an entry."""
VARIABLE = "CPD_INBOX"
"""Names files of an inbox outside the journal, separated as in $PATH."""
DONE = "inbox/done.md"
LONGEST = 2**20
"""The most bytes of a file of an inbox."""
MOST_ENTRIES = 500
_NOTE = (".md", ".markdown", ".txt")
_PHOTO = (".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif", ".pdf")
_LEARNED = "What did you learn?"
_CLAIM = re.compile(r"([A-Z]{1,3}[0-9]{0,2}(?:\.[0-9]{1,2})?)(?::([A-Za-z]{1,4}))?")


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file of an inbox below a folder, with its bytes. `is_note` is whether it is one entry of its own."""

    root: Path
    path: str
    data: bytes
    is_note: bool = False

    @property
    def text(self) -> str:
        """The text with newlines as `\\n`. Raises Unreadable."""
        return decode(self.path, self.data).text.replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class TakenEntry:
    """An entry and its new record.

    `photos` are the files next to the inbox that become evidence, by their paths; those `missing` cannot be read.
    """

    file: InboxFile
    entry: InboxEntry
    path: str
    data: bytes
    photos: dict[str, bytes] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftEntry:
    """An entry, or a file, that stays in the inbox, and why."""

    path: str
    line: int
    reason: str


@dataclass(slots=True)
class InboxPlan:
    """What an inbox would become; `evidence` has the new files under `evidence/` by name."""

    taken: list[TakenEntry] = field(default_factory=list)
    left: list[LeftEntry] = field(default_factory=list)
    evidence: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InboxPlace:
    """A file, or a folder of notes: how many entries wait in it. `unread` is a sentence on why it cannot be read."""

    path: str
    entries: int
    unread: str = ""


def sources(
    root: Path, named: Sequence[str], files: Sequence[Path] = (), environment: Mapping[str, str] = os.environ
) -> tuple[list[InboxFile], list[LeftEntry]]:
    """Return the files of an inbox, and those that cannot be read: `files`, otherwise $CPD_INBOX or the journal's.

    `named` are the places in cpd.yaml. Raises UsageError if a file outside the journal cannot be read.
    """
    outside = files or tuple(map(Path, filter(None, environment.get(VARIABLE, "").split(os.pathsep))))
    if not outside:
        return inbox_files(root, named)
    taken = (root / DONE).resolve()
    found: list[InboxFile] = []
    left: list[LeftEntry] = []
    for each in outside:
        inside, unread = _outside(each)
        found += (file for file in inside if (file.root / file.path).resolve() != taken)
        left += unread
    return found, left


def waiting_in(
    root: Path, named: Sequence[str], reading: Reading, environment: Mapping[str, str] = os.environ
) -> list[InboxPlace]:
    """Return the places of an inbox in which something waits, or that cannot be read. Nothing is written."""
    try:
        files, left = sources(root, named, environment=environment)
    except UsageError as error:
        return [InboxPlace(environment[VARIABLE], 0, str(error))]
    counts: dict[str, int] = {}
    for file in files:
        try:
            text = file.text
        except Unreadable as error:
            left.append(LeftEntry(file.path, 0, error.faults[0].message))
            continue
        path = file.path if file.root == root else str(file.root / file.path)
        place = f"{PurePosixPath(path).parent}/" if file.is_note else path
        counts[place] = counts.get(place, 0) + (bool(text.strip()) if file.is_note else count_entries(text, reading))
    found = [InboxPlace(place, count) for place, count in counts.items() if count]
    return [*found, *(InboxPlace(each.path, 0, f"{each.path}: {each.reason}") for each in left)]


def inbox_files(root: Path, named: Sequence[str] = ()) -> tuple[list[InboxFile], list[LeftEntry]]:
    """Return the files of a journal's inbox, and those that cannot be read; `named` are the places in cpd.yaml."""
    disk = Disk(str(root))
    files: list[InboxFile] = []
    left: list[LeftEntry] = []
    for place in named or (FILE, FOLDER):
        notes = _notes(root, place)
        single = [place] if disk.exists(place) and not (root / place).is_dir() else []
        found, unread = _read_files(root, notes or single, notes)
        files += found
        left += unread
    return files, left


def _read_files(root: Path, paths: Sequence[str], notes: Sequence[str]) -> tuple[list[InboxFile], list[LeftEntry]]:
    """Return the files at these paths, and those that cannot be read; each of the `notes` is one entry."""
    disk = Disk(str(root))
    files: list[InboxFile] = []
    left: list[LeftEntry] = []
    for path in paths:
        is_note = path in notes and PurePosixPath(path).name != FILE
        try:
            files.append(InboxFile(root, path, disk.read(path, LONGEST)[0], is_note))
        except Unreadable as error:
            left.append(LeftEntry(path, 0, error.faults[0].message))
    return files, left


def _outside(path: Path) -> tuple[list[InboxFile], list[LeftEntry]]:
    """Return a file that the user names, or the notes in a folder. Raises UsageError if it cannot be read."""
    place = path.absolute()
    folder = place.parent
    if place.is_dir():
        notes = [each.removeprefix(f"{place.name}/") for each in _notes(folder, place.name)]
        return _read_files(place, notes, notes)
    try:
        return [InboxFile(folder, path.name, Disk(str(folder)).read(path.name, LONGEST)[0])], []
    except Unreadable as error:
        if not path.exists():
            raise UsageError(f"{path} does not exist", "check the name and the folder of the file") from None
        raise UsageError(f"{path}: {error.faults[0].message}", error.faults[0].hint) from None


def plan_inbox(root: Path, files: Iterable[InboxFile], reading: Reading) -> InboxPlan:
    """Return the drafts that the entries become. Nothing is written."""
    maker = _Maker(root, reading)
    for file in files:
        try:
            text = file.text
        except Unreadable as error:
            maker.plan.left.append(LeftEntry(file.path, 0, error.faults[0].message))
            continue
        if file.is_note:
            note = entry_of_note(text, PurePosixPath(file.path).stem, reading)
            entries = [note] if note else []
        else:
            entries = entries_in(text, reading)
        for entry in entries:
            maker.take(file, entry)
    return maker.plan


def take(root: Path, plan: InboxPlan, today: date) -> None:
    """Write the drafts and their evidence, then move the entries. If that fails, nothing is written.

    Raises CannotWrite, ChangedOnDisk.
    """
    new = {below(root, each.path): each.data for each in plan.taken}
    new |= {below(root, f"evidence/{name}"): data for name, data in plan.evidence.items()}
    with locked(root):
        written: dict[Path, bytes] = {}
        try:
            for path, data in new.items():
                write_new({path: data}, root)
                written[path] = data
            _move_entries(root, plan.taken, today)
        except BaseException:
            for path, data in written.items():
                remove_unchanged(path, data, root)
            raise
    for each in plan.taken:
        for photo, data in each.photos.items():
            _remove_photo(each.file.root / photo, data, each.file.root)


class _Maker:
    """The plan of an inbox while it is made."""

    def __init__(self, root: Path, reading: Reading) -> None:
        self.reading = reading
        self.disk = Disk(str(root))
        self.listing: Listing = list_journal(self.disk)
        self.evidence = EvidenceFolder(root, frozenset(self.listing.evidence))
        self.paths = Paths(self.listing.records["activities"])
        self.plan = InboxPlan(evidence=self.evidence.coming)

    def take(self, file: InboxFile, entry: InboxEntry) -> None:
        """Add the draft of an entry, or why there is none."""
        if not re.search(r"\w", entry.values["title"]):
            self._leave(file, entry, "no title")
        elif len(self.plan.taken) >= MOST_ENTRIES:
            self._leave(file, entry, f"more than {MOST_ENTRIES} entries at once; run cpd inbox again")
        else:
            self._make(file, entry)

    def _make(self, file: InboxFile, entry: InboxEntry) -> None:
        photos, missing = self._photos(file, entry)
        values = self._values(entry)
        start = date.fromisoformat(str(values["start"]))
        member = self.listing.member
        folder = folder_for(member.new_folder if member else "{year}", start, str(values["type"]), member)
        name = file_name(start, str(values["title"]))
        path = self.paths.free("/".join(part for part in ("activities", folder, name) if part))
        names = [self._evidence(PurePosixPath(photo).name, data, values) for photo, data in photos.items()]
        evidence: list[Plain] = [*names, *entry.urls]
        notes = [entry.note, *(f"![]({photo})" for photo in missing)]
        try:
            data = record_bytes(ACTIVITIES, {**values, "evidence": evidence}, self._body(notes, entry.learned))
            record = record_of(path, data, ACTIVITIES)
        except Refused as error:
            self._leave(file, entry, error.diagnostics[0].message)
            return
        assert isinstance(record, Activity)
        if same := same_activity(self.disk, self.listing.records["activities"], record):
            self._leave(file, entry, f"already recorded: {same}")
            return
        self.paths.add(path)
        self.plan.taken.append(TakenEntry(file, entry, path, data, photos, tuple(missing)))

    def _leave(self, file: InboxFile, entry: InboxEntry, reason: str) -> None:
        self.plan.left.append(LeftEntry(file.path, entry.line, reason))

    def _values(self, entry: InboxEntry) -> dict[str, Plain]:
        """Return the fields of the record; names that the journal does not have go to fields of the owner's own."""
        values: dict[str, Plain] = dict(entry.values)
        values["status"] = "draft"
        if entry.unsure:
            values[UNSURE] = ", ".join(entry.unsure)
        for name in ("topics", "objectives", "competences"):
            if name in values:
                values[name] = [part for each in re.split(r"[,;]", str(values[name])) if (part := each.strip())]
        known = {folded(each): each for each in self.listing.objectives}
        objectives = [str(each) for each in values.pop("objectives", [])]
        values["objectives"] = [known[folded(each)] for each in objectives if folded(each) in known]
        values[f"{OWN}objectives"] = ", ".join(each for each in objectives if folded(each) not in known)
        claims = [each for text in values.pop("competences", []) for each in str(text).split()]
        matches = [match for each in claims if (match := _CLAIM.fullmatch(each))]
        values["competences"] = [{match[1]: match[2].upper()} if match[2] else match[1] for match in matches]
        values[f"{OWN}competences"] = ", ".join(each for each in claims if not _CLAIM.fullmatch(each))
        return values

    def _photos(self, file: InboxFile, entry: InboxEntry) -> tuple[dict[str, bytes], list[str]]:
        """Return the photos of an entry by their paths next to the inbox, and those that cannot be read."""
        disk = Disk(str(file.root))
        names = list(entry.photos)
        folder = PurePosixPath(file.path).parent
        if file.is_note:
            stem = PurePosixPath(file.path).with_suffix("")
            names += [f"{stem.name}{suffix}" for suffix in _PHOTO if disk.exists(f"{stem}{suffix}")]
        found: dict[str, bytes] = {}
        missing = []
        for name in names:
            path = (folder / name).as_posix()
            try:
                if not _is_below(name):
                    raise UsageError(name)
                found[path] = disk.read(path, EVIDENCE_LIMIT)[0]
            except (Unreadable, UsageError):
                missing.append(name)
        return {path: data for path, data in found.items() if data}, missing

    def _evidence(self, name: str, data: bytes, values: dict[str, Plain]) -> str:
        """Return the name under `evidence/` of a photo; one with the same content is used again."""
        if there := self.evidence.name_of(data):
            return there
        start = date.fromisoformat(str(values["start"]))
        free = self.evidence.free(evidence_name(start, name))
        self.evidence.add(free, data)
        return free

    def _body(self, notes: Sequence[str], learned: str) -> str:
        note = "\n\n".join(filter(None, notes))
        if not learned:
            return note
        member = self.listing.member
        model = MODELS.get(member.reflection if member else "iet")
        has_question = model is not None and any(each.question == _LEARNED for each in model.prompts)
        heading = ["## Reflection", *([f"### {_LEARNED}"] if has_question else [])]
        return "\n\n".join([*filter(None, [note]), *heading, learned])


def _is_below(name: str) -> bool:
    """Return whether a name of a photo is a plain path below the folder of the inbox."""
    return not re.match(r"[a-z][\w+.-]*:|[/\\]", name, re.IGNORECASE) and ".." not in re.split(r"[/\\]", name)


def _notes(root: Path, folder: str) -> list[str]:
    """Return the paths of the notes in a folder, without hidden files and what was taken. Links are not followed."""
    tree = FolderTree()
    list_folder(str(root), folder, lambda _path, name, _is_folder: name.startswith("."), tree)
    return [path for path in sorted(tree.files) if path.lower().endswith(_NOTE) and path != DONE]


def _move_entries(root: Path, taken: Sequence[TakenEntry], today: date) -> None:
    """Add the entries to `inbox/done.md`, then remove them from their files. Raises CannotWrite, ChangedOnDisk."""
    done = below(root, DONE)
    disk = Disk(str(root))
    before = disk.read(DONE, 64 * LONGEST)[0] if disk.exists(DONE) else b""
    after = _with_done(before, taken, f"## {day_text(today)}")
    if before:
        write_all({done: after}, {done: before}, root)
    else:
        write_new({done: after}, root)
    changed: list[tuple[Path, bytes, bytes, Path]] = []
    try:
        for file in dict.fromkeys(each.file for each in taken):
            place = file.root / file.path
            rest = _without(file.data, [each.entry for each in taken if each.file == file])
            if file.is_note and not rest.strip():
                remove_unchanged(place, file.data, file.root)
            else:
                write_all({place: rest}, {place: file.data}, file.root)
                changed.append((place, rest, file.data, file.root))
    except BaseException:
        for place, now, then, folder in reversed(changed):
            write_all({place: then}, {place: now}, folder)
        if before:
            write_all({done: before}, {done: after}, root)
        else:
            remove_unchanged(done, after, root)
        raise


def _with_done(before: bytes, taken: Sequence[TakenEntry], heading: str) -> bytes:
    text = before.decode("utf-8", "surrogateescape").rstrip()
    blocks = [text or "# Taken from the inbox", *([] if heading in text.split("\n") else [heading])]
    blocks += [f"{each.entry.text.rstrip()}\n→ {each.path}" for each in taken]
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "surrogateescape")


def _without(data: bytes, entries: Sequence[InboxEntry]) -> bytes:
    """Return the bytes of a file without the lines of entries, and without the blank lines left over."""
    lines = data.split(b"\n")
    gone = {number for entry in entries for number in range(entry.line - 1, entry.last_line)}
    kept: list[bytes] = []
    was_gone = False
    for number, line in enumerate(lines):
        if number in gone:
            was_gone = True
            continue
        if was_gone and not line.strip() and (not kept or not kept[-1].strip()):
            continue
        was_gone = was_gone and not line.strip()
        kept.append(line)
    return b"\n".join(kept)


def _remove_photo(path: Path, data: bytes, root: Path) -> None:
    """Remove a photo that is now evidence, if it is still the same; another program's file stays."""
    try:
        remove_unchanged(path, data, root)
    except (CannotWrite, OSError):
        return
