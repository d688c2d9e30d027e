"""Rows of somebody's table as activities of the journal: what each becomes, and what keeps a row from it.

A bad row costs only itself. What came in before is known by `x-imported` and does not come again; a row of the
journal's own export is known by its path.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.export_columns import PARTS, cell_text
from cpdkit.exchange.imports.table import ImportedRow, ImportedTable
from cpdkit.exchange.rows import BadRow, RowValues, read_row
from cpdkit.journal.declarations import OWN
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.load import RECORD_LIMIT, Journal
from cpdkit.journal.member import Member
from cpdkit.journal.naming import file_name, unique
from cpdkit.journal.new_record import ACTIVITIES, folder_for
from cpdkit.journal.record_writer import Plain, record_bytes
from cpdkit.journal.records import Activity
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.wording import counted

IMPORTED = "x-imported"
"""The field by which a row is known again."""
STAND_IN = "event"
"""The type of a draft whose row says none."""
_STAND_INS = {"type": f"{STAND_IN} stands there", "hours": "0 stands there"}
_FOLDER = "activities"


@dataclass(frozen=True, slots=True)
class Rejection:
    """What can't be taken in: the row's place, the column's heading (empty for the whole row), and why."""

    where: str
    header: str
    message: str


@dataclass(frozen=True, slots=True)
class AdoptOptions:
    """What holds for all rows: `defaults` are for fields that a row leaves out, `folder` is below `activities/`."""

    done: bool = False
    folder: str | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Existing:
    """What a journal has already: paths, ids of objectives, the keys of what was imported, activities by path."""

    paths: frozenset[str]
    objectives: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    member: Member | None = None
    activities: Mapping[str, Activity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Adoption:
    """The new files by path, how many rows are there already, what was rejected, and sentences about stand-ins."""

    files: Mapping[str, bytes]
    known: int
    rejections: tuple[Rejection, ...]
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """The table, what holds for all its rows, and what came of them so far."""

    table: ImportedTable
    matching: Matching
    existing: Existing
    options: AdoptOptions
    paths: set[str]
    files: dict[str, bytes] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    stand_ins: Counter[str] = field(default_factory=Counter)
    known: int = 0

    def values(self, row: ImportedRow) -> RowValues:
        """Return what a row says. Raises BadRow."""
        return read_row(row, self.table.headers, self.matching, self.options.defaults, self.existing.objectives)


def adopt(table: ImportedTable, matching: Matching, existing: Existing, options: AdoptOptions) -> Adoption:
    """Return what becomes of every row of a table. Nothing is written."""
    work = _Work(table, matching, existing, options, set(existing.paths))
    for row, key in zip(table.rows, row_keys(table.rows), strict=True):
        if key in existing.keys:
            work.known += 1
        else:
            _adopt(row, key, work)
    remarks = tuple(
        f"{counted(count, 'row says', 'rows say')} no {name}: {_STAND_INS[name]}, and it is a draft"
        for name, count in work.stand_ins.items()
    )
    return Adoption(work.files, work.known, tuple(work.rejections), remarks)


def existing_in(journal: Journal, rows: Iterable[ImportedRow]) -> Existing:
    """Return what a journal has; of files that can't be read, the keys of the rows are looked for in their bytes."""
    disk = Disk(str(journal.root))
    keys = set(imported_keys(journal.activities))
    unread = [_bytes(disk, path) for path in journal.unread if path.startswith(f"{_FOLDER}/")]
    if unread:
        keys |= {key for key in row_keys(rows) if any(key.encode() in data for data in unread)}
    activities = {activity.path: activity for activity in journal.activities}
    paths = frozenset({*activities, *journal.unread})
    return Existing(paths, frozenset(journal.objectives), frozenset(keys), journal.member, activities)


def _bytes(disk: Disk, path: str) -> bytes:
    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable:
        return b""


def row_keys(rows: Iterable[ImportedRow]) -> list[str]:
    """Return a short name for each row, the same whenever it is read; of rows that are the same, each has its own."""
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        content = row.key or "\x1f".join(" ".join(cell.split()) for cell in row.cells).rstrip("\x1f")
        seen[content] += 1
        again = f"\x1e{seen[content]}" if seen[content] > 1 else ""
        keys.append(hashlib.sha256((content + again).encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return keys


def imported_keys(activities: Iterable[Activity]) -> frozenset[str]:
    """Return the keys of what was imported, those of merged activities too."""
    return frozenset(key for activity in activities for key in activity.own.get(IMPORTED, "").split())


def _adopt(row: ImportedRow, key: str, work: _Work) -> None:
    targets = dict(zip(work.table.headers, work.matching.targets(), strict=True))
    # A column that is left out may hold what it will.
    rejections = [Rejection(row.where, header, why) for header, why in row.faults if targets.get(header) != "skip"]
    try:
        values = work.values(row)
    except BadRow as error:
        rejections += [Rejection(row.where, *fault) for fault in error.faults if fault not in row.faults]
        values = None
    if rejections or values is None:
        work.rejections += rejections
        return
    if values.path in work.existing.paths:
        _recognise(row, values, work)
        return
    fields = _settled(values, work)
    path = _path(values, fields, work)
    try:
        data = record_bytes(ACTIVITIES, {**fields, IMPORTED: key}, values.body)
        record_of(path, data, ACTIVITIES)
    except Refused as error:
        work.rejections += [Rejection(row.where, "", problem.message) for problem in error.diagnostics[:3]]
        return
    work.paths.add(path)
    work.files[path] = data


def _recognise(row: ImportedRow, values: RowValues, work: _Work) -> None:
    """Settle a row of a file that is there: known where it says the same, and else its owner's to decide."""
    activity = work.existing.activities.get(values.path)
    names = _differences(activity, values, work) if activity else ()
    if activity and not names:
        work.known += 1
        return
    way = "change it with cpd set, or empty this cell to take the row in as a new activity"
    why = f"says otherwise ({', '.join(names)}): {way}" if activity else "can't be read: cpd check says why"
    header = work.table.headers[work.matching.targets().index("path")]
    work.rejections.append(Rejection(row.where, header, f"{values.path} is there already and {why}"))


def _differences(activity: Activity, values: RowValues, work: _Work) -> tuple[str, ...]:
    """Return the fields in which a row differs from an activity, `body` among them; both are read in the same way."""
    shown = ImportedRow(activity.path, tuple(_shown(activity, target) for target in work.matching.targets()))
    try:
        there = work.values(shown)
    except BadRow as error:
        return tuple(header for header, _ in error.faults)
    names = {**there.fields, **values.fields}
    differing = [name for name in names if there.fields.get(name) != values.fields.get(name)]
    return (*differing, *(["body"] if there.body != values.body else []))


def _shown(activity: Activity, target: str) -> str:
    """Return what an export shows of an activity in a column, as a table's reader hands it on."""
    if target.startswith(OWN):
        return activity.own.get(target, "")
    return cell_text(PARTS[target](activity)) if target in PARTS else ""


def _settled(values: RowValues, work: _Work) -> dict[str, Plain]:
    """Return the fields with what must be there; where nobody knows it, it is a draft that counts nowhere."""
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
    if missing or not work.options.done:
        fields["status"] = "draft"
    elif fields.get("status") == "done":
        del fields["status"]
    return fields


def _path(values: RowValues, fields: Mapping[str, Plain], work: _Work) -> str:
    """Return the file's own path where the table gives one that is free, else one made of its day and title."""
    if values.path and values.path not in work.paths:
        return values.path
    folder = work.options.folder if work.options.folder is not None else values.folder
    if folder is None:
        rule = work.existing.member.new_folder if work.existing.member else "{year}"
        folder = folder_for(rule, values.day, str(fields["type"]), work.existing.member)
    name = file_name(values.day, str(fields["title"]))
    return unique("/".join(part for part in (_FOLDER, folder, name) if part), work.paths)
