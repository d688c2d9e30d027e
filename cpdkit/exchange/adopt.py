"""Convert the rows of a table to activities of the journal, or reject them with reasons.

A bad row does not affect the others. A row that was imported before is recognised by `x-imported`, and a row of the
journal's own export by its path; neither is imported again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cpdkit.exchange import qualifications
from cpdkit.exchange.attachments import Attached, EvidencePlan, names_of, relinked
from cpdkit.exchange.causes import Remark
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.earlier_imports import EarlierImports, changed_fields, earlier_imports, keys_in, with_mark
from cpdkit.exchange.export_columns import PARTS, cell_text
from cpdkit.exchange.imports.table import ImportedRow, ImportedTable
from cpdkit.exchange.posts import CAREER, PostValues, differences, read_post, same_post
from cpdkit.exchange.qualifications import (
    QUALIFICATIONS,
    QualificationValues,
    read_qualification,
    same_qualification,
)
from cpdkit.exchange.rows import BadRow, RowValues, read_row
from cpdkit.journal.declarations import IMPORTED, OWN, UNSURE
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.evidence import EvidenceFolder
from cpdkit.journal.load import RECORD_LIMIT, Journal
from cpdkit.journal.member import Member
from cpdkit.journal.naming import Paths, file_name
from cpdkit.journal.new_record import ACTIVITIES, folder_for
from cpdkit.journal.paths import EVIDENCE
from cpdkit.journal.record_writer import Plain, record_bytes
from cpdkit.journal.records import Activity, Post, Qualification
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.wording import counted, listed, plural

STAND_IN = "event"
"""The type of a draft whose row has none."""
_STAND_INS = {"type": STAND_IN, "hours": "0"}
_FOLDER = "activities"
_FOLDERS = (f"{_FOLDER}/", "career/", "qualifications/")


class Rejection(Remark):
    """A rejected row or cell, with the reason."""


@dataclass(frozen=True, slots=True)
class AdoptOptions:
    """Options for all rows: `defaults` has values for missing fields; `folder` is below `activities/`."""

    done: bool = False
    folder: str | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Existing:
    """The content of a journal: paths, IDs of objectives, keys of imported rows, and activities by path.

    `keys` are also those of posts. `evidence` has the names of the files under `root/evidence/`.
    """

    paths: frozenset[str]
    objectives: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    member: Member | None = None
    activities: Mapping[str, Activity] = field(default_factory=dict)
    root: Path = Path()
    evidence: frozenset[str] = frozenset()
    posts: Sequence[Post] = ()
    qualifications: Sequence[Qualification] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """The result of an import: new files by path, number of known rows, rejected rows, remarks on missing values.

    `doubts` has the values of new activities that are guesses or incomplete; these activities are drafts. `drafts` is
    the number of new drafts; `changed` has the places of rejected rows that differ from their record.

    `attached` are the files that become evidence, `copies` has those that are new, by path, and `refused` the reasons
    why others do not. `posts` is the number of new posts, and `partial` has their dates that are not single days.
    `qualifications` is the number of new ones.
    """

    files: Mapping[str, bytes]
    known: int
    rejections: tuple[Rejection, ...]
    remarks: tuple[str, ...] = ()
    doubts: tuple[Remark, ...] = ()
    drafts: int = 0
    changed: frozenset[str] = frozenset()
    attached: tuple[Attached, ...] = ()
    copies: Mapping[str, bytes] = field(default_factory=dict)
    refused: tuple[Remark, ...] = ()
    posts: int = 0
    partial: tuple[Remark, ...] = ()
    qualifications: int = 0

    @property
    def written(self) -> Mapping[str, bytes]:
        """All files to write by path, the evidence before the records that link to it."""
        return {**self.copies, **self.files}


@dataclass(slots=True)
class _Work:
    """The table, the options for all its rows, and the results so far."""

    table: ImportedTable
    matching: Matching
    existing: Existing
    options: AdoptOptions
    paths: Paths
    earlier: EarlierImports
    evidence: EvidencePlan
    files: dict[str, bytes] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    stand_ins: Counter[str] = field(default_factory=Counter)
    known: int = 0
    cleaned: int = 0
    drafts: int = 0
    changed: set[str] = field(default_factory=set)
    posts: int = 0
    partial: list[Remark] = field(default_factory=list)
    qualifications: int = 0

    def values(self, row: ImportedRow) -> RowValues:
        """Return the values of a row. Raises BadRow."""
        return read_row(row, self.table.headers, self.matching, self.options.defaults, self.existing.objectives)


def adopt(table: ImportedTable, matching: Matching, existing: Existing, options: AdoptOptions) -> Adoption:
    """Return the result of importing a table. Nothing is written."""
    keys = row_keys(table.rows)
    earlier = earlier_imports(existing.activities.values(), keys)
    evidence = EvidencePlan(EvidenceFolder(existing.root, existing.evidence))
    work = _Work(table, matching, existing, options, Paths(existing.paths), earlier, evidence)
    for row, key in zip(table.rows, keys, strict=True):
        if key in existing.keys and not earlier.changed(row, key, matching.targets()):
            work.known += 1
        elif row.is_post or row.is_qualification:
            _adopt_career(row, key, work)
        else:
            _adopt(row, key, work)
    remarks = [
        f"{counted(count, 'row has', 'rows have')} no {name}; imported as {plural(count, 'a draft', 'drafts')} with "
        f"{name}: {_STAND_INS[name]}"
        for name, count in work.stand_ins.items()
    ]
    if work.cleaned:
        rows = counted(work.cleaned, "row")
        remarks.append(f"join links, dial-in numbers and passcodes of online meetings removed from {rows}")
    return Adoption(
        work.files,
        work.known,
        tuple(work.rejections),
        tuple(remarks),
        tuple(work.doubts),
        work.drafts,
        frozenset(work.changed),
        tuple(evidence.attached),
        {f"{EVIDENCE}/{name}": data for name, data in evidence.folder.coming.items()},
        tuple(evidence.refused),
        work.posts,
        tuple(work.partial),
        work.qualifications,
    )


def existing_in(journal: Journal, rows: Iterable[ImportedRow]) -> Existing:
    """Return the content of a journal; the bytes of files that cannot be read are searched for the keys of the rows."""
    disk = Disk(str(journal.root))
    keys = set(imported_keys((*journal.activities, *journal.posts, *journal.qualifications)))
    unread = [_bytes(disk, path) for path in journal.unread if path.startswith(_FOLDERS)]
    if unread:
        keys |= {key for key in row_keys(rows) if any(key.encode() in data for data in unread)}
    activities = {activity.path: activity for activity in journal.activities}
    posts, known = journal.posts, journal.qualifications
    others = {*(post.path for post in posts), *(each.path for each in known)}
    paths = frozenset({*activities, *others, *journal.unread})
    objectives = frozenset(journal.objectives)
    return Existing(
        paths,
        objectives,
        frozenset(keys),
        journal.member,
        activities,
        journal.root,
        journal.evidence,
        journal.posts,
        journal.qualifications,
    )


def _bytes(disk: Disk, path: str) -> bytes:
    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable:
        return b""


def row_keys(rows: Iterable[ImportedRow]) -> list[str]:
    """Return a short, stable key for each row; equal rows get different keys."""
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        content = row.key or "\x1f".join(" ".join(cell.split()) for cell in row.cells).rstrip("\x1f")
        seen[content] += 1
        again = f"\x1e{seen[content]}" if seen[content] > 1 else ""
        keys.append(hashlib.sha256((content + again).encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return keys


def imported_keys(records: Iterable[Activity | Post | Qualification]) -> frozenset[str]:
    """Return the keys of imported rows, including those of merged activities."""
    return frozenset(key for record in records for key in keys_in(record))


def _adopt(row: ImportedRow, key: str, work: _Work) -> None:
    targets = dict(zip(work.table.headers, work.matching.targets(), strict=True))
    cells = dict(zip(work.table.headers, map(str.strip, row.cells), strict=True))
    # Faults in an omitted column do not matter.
    rejections = [Rejection(row.where, header, why) for header, why in row.faults if targets.get(header) != "skip"]
    try:
        values = work.values(row)
    except BadRow as error:
        faults = (fault for fault in error.faults if fault not in row.faults)
        rejections += [Rejection(row.where, header, why, cells.get(header, "")) for header, why in faults]
        values = None
    if rejections or values is None:
        work.rejections += rejections
        return
    if values.path in work.existing.paths:
        _recognise(row, values, work)
        return
    fields = _completed(values, work)
    path = _path(values, fields, work)
    try:
        mark = with_mark(key, row, work.matching.targets())
        data = record_bytes(ACTIVITIES, {**fields, IMPORTED: mark}, values.body)
        made = record_of(path, data, ACTIVITIES)
    except Refused as error:
        work.rejections += [Rejection(row.where, "", problem.message) for problem in error.diagnostics[:3]]
        return
    if isinstance(made, Activity) and _was_imported(row, key, made, values, work):
        return
    if row.attachments:
        attached = work.evidence.attach(row, values.day)
        fields["evidence"] = _with_paths(fields.get("evidence", []), names_of(attached))
        data = record_bytes(ACTIVITIES, {**fields, IMPORTED: mark}, relinked(values.body, path, attached))
    work.doubts += [Remark(row.where, header, why, cells.get(header, "")) for header, why in values.doubts]
    work.paths.add(path)
    work.files[path] = data
    work.cleaned += values.is_cleaned
    work.drafts += fields.get("status") == "draft"


def _was_imported(row: ImportedRow, key: str, made: Activity, values: RowValues, work: _Work) -> bool:
    """Return whether a row was imported before with other values; count it as known if the activity has these now."""
    changed = work.earlier.changed(row, key, work.matching.targets())
    activity = changed or work.earlier.namesake(row, made)
    if activity is None:
        return False
    names = changed_fields(activity, made, values.fields)
    if names:
        way_out = "use cpd set" if changed else "use cpd set, or another title for a new activity"
        why = f"already imported as {activity.path}, and now differs in {listed(names)}; {way_out}"
        work.changed.add(row.where)
        work.rejections.append(Rejection(row.where, "", why))
    else:
        work.known += 1
    return True


def _adopt_career(row: ImportedRow, key: str, work: _Work) -> None:
    """Take a row about a job or a qualification."""
    cells = dict(zip(work.table.headers, map(str.strip, row.cells), strict=True))
    partial: Sequence[tuple[str, str]] = ()
    try:
        values: PostValues | QualificationValues
        if row.is_post:
            kind, values = CAREER, read_post(row, work.table.headers, work.matching)
            partial = values.doubts
            post = same_post(values, work.existing.posts)
            names = differences(post, values) if post else ()
            same: Post | Qualification | None = post
        else:
            kind, values = QUALIFICATIONS, read_qualification(row, work.table.headers, work.matching)
            known = same_qualification(values, work.existing.qualifications)
            names = qualifications.differences(known, values) if known else ()
            same = known
            if qualifications.is_course(values, work.existing.activities.values()):
                work.known += 1
                return
        if same:
            _recognise_career(row, same, names, work)
            return
        path = work.paths.free(values.path)
        data = record_bytes(kind, {**values.fields, IMPORTED: key}, values.body)
        record_of(path, data, kind)
    except BadRow as error:
        work.rejections += [Rejection(row.where, header, why, cells.get(header, "")) for header, why in error.faults]
        return
    except Refused as error:
        work.rejections += [Rejection(row.where, "", problem.message) for problem in error.diagnostics[:3]]
        return
    work.partial += [Remark(row.where, header, why, cells.get(header, "")) for header, why in partial]
    work.paths.add(path)
    work.files[path] = data
    work.posts += row.is_post
    work.qualifications += row.is_qualification


def _recognise_career(row: ImportedRow, record: Post | Qualification, names: Sequence[str], work: _Work) -> None:
    """Count a row of an existing post or qualification as known; report it if it differs."""
    if not names:
        work.known += 1
        return
    work.changed.add(row.where)
    same = "employer and start" if isinstance(record, Post) else "title and institution"
    why = f"has the same {same}, and differs in {listed(names)}; change it in an editor"
    work.rejections.append(Rejection(row.where, "", f"{record.path} {why}"))


def _with_paths(evidence: Plain, paths: Iterable[str]) -> Plain:
    """Return a list of evidence with these paths, each once."""
    items = evidence if isinstance(evidence, list) else [evidence]
    there = {item.get("path") if isinstance(item, dict) else item for item in items}
    return [*items, *(path for path in paths if path not in there)]


def _recognise(row: ImportedRow, values: RowValues, work: _Work) -> None:
    """Count a row of an existing file as known if it has the same values; otherwise reject it."""
    activity = work.existing.activities.get(values.path)
    names = _differences(activity, values, work) if activity else ()
    if activity and not names:
        work.known += 1
        return
    if activity:
        work.changed.add(row.where)
    hint = "use cpd set, or clear this cell to import a new activity"
    why = f"differs in {listed(names)}; {hint}" if activity else "cannot be read; run cpd check"
    header = work.table.headers[work.matching.targets().index("path")]
    work.rejections.append(Rejection(row.where, header, f"{values.path} already exists and {why}"))


def _differences(activity: Activity, values: RowValues, work: _Work) -> tuple[str, ...]:
    """Return the fields in which a row differs from an activity, including `body`; both are read in the same way."""
    shown = ImportedRow(activity.path, tuple(_shown(activity, target) for target in work.matching.targets()))
    try:
        current = work.values(shown)
    except BadRow as error:
        return tuple(header for header, _ in error.faults)
    names = {**current.fields, **values.fields}
    differing = [name for name in names if current.fields.get(name) != values.fields.get(name)]
    return (*differing, *(["body"] if current.body != values.body else []))


def _shown(activity: Activity, target: str) -> str:
    """Return the text of an activity in a column of an export, as an import reads it."""
    if target.startswith(OWN):
        return activity.own.get(target, "")
    return cell_text(PARTS[target](activity)) if target in PARTS else ""


def _completed(values: RowValues, work: _Work) -> dict[str, Plain]:
    """Return the fields with the required ones; if one is missing, the record becomes a draft, which does not count."""
    fields = dict(values.fields)
    missing = [name for name in ("type", "hours") if name not in fields]
    if "sessions" in fields or fields.get("status") == "planned":
        missing = [name for name in missing if name != "hours"]
    for name in missing:
        fields[name] = STAND_IN if name == "type" else "0"
        work.stand_ins[name] += 1
    if fields.get("hours") == "0" and fields.get("status") != "planned" and "hours" not in missing:
        work.stand_ins["hours"] += 1
        missing.append("hours")
    if missing:
        fields[UNSURE] = ", ".join(missing)
    status = fields.get("status", "done")
    if missing or not work.options.done or (values.doubts and status != "planned"):
        if status not in ("done", "draft"):
            fields.setdefault(f"{OWN}status", status)
        fields["status"] = "draft"
        if "sessions" not in fields:
            fields.setdefault("hours", "0")
    elif fields.get("status") == "done":
        del fields["status"]
    return fields


def _path(values: RowValues, fields: Mapping[str, Plain], work: _Work) -> str:
    """Return the path from the table if it is free, otherwise one made from the date and title."""
    if values.path and values.path not in work.paths:
        return values.path
    folder = work.options.folder if work.options.folder is not None else values.folder
    if folder is None:
        rule = work.existing.member.new_folder if work.existing.member else "{year}"
        folder = folder_for(rule, values.day, str(fields["type"]), work.existing.member)
    name = file_name(values.day, str(fields["title"]))
    return work.paths.free("/".join(part for part in (_FOLDER, folder, name) if part))
