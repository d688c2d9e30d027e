"""Rows of somebody's table as activities of the journal: what each becomes, and what keeps a row from it.

A bad row costs only itself. What came in before is known by `x-imported` and does not come again; a row of the
journal's own export is known by its path.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cpdkit.exchange.cells import BadCell, Values, values_of
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.columns import PARTS, cell_text
from cpdkit.exchange.imports.table import Row, Table
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.fields import OWN
from cpdkit.journal.member import Member
from cpdkit.journal.naming import file_name, unique
from cpdkit.journal.new_record import ACTIVITIES, placed
from cpdkit.journal.record_writer import Plain, drafted
from cpdkit.journal.records import Activity


def differences(
    activity: Activity,
    values: Values,
    headers: Sequence[str],
    matching: Matching,
    instead: Mapping[str, str],
    objectives: Iterable[str],
) -> tuple[str, ...]:
    """The fields in which a row's values differ from an activity, `body` among them; both read in the same way.

    `headers`, `matching`, `instead` and `objectives` are those by which the row was read.
    """
    row = Row(activity.path, tuple(_shown(activity, target) for target in matching.targets()))
    try:
        there = values_of(row, headers, matching, instead, objectives)
    except BadCell as error:
        return tuple(header for header, _ in error.faults)
    names = [*there.fields, *(name for name in values.fields if name not in there.fields)]
    found = [name for name in names if there.fields.get(name) != values.fields.get(name)]
    return (*found, "body") if there.body != values.body else tuple(found)


def _shown(activity: Activity, target: str) -> str:
    """What an export shows of an activity in a column, as a table's reader hands it on."""
    if target.startswith(OWN):
        return activity.own.get(target, "")
    return cell_text(PARTS[target](activity)) if target in PARTS else ""


IMPORTED = "x-imported"
"""The field by which a row is known again."""
STAND_IN = "event"
"""The type of a draft whose row says none."""
_PATH = "activities/"


@dataclass(frozen=True, slots=True)
class Bad:
    """What can't be taken in: the row's place, the column's heading (empty for the whole row), and why."""

    where: str
    header: str
    message: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the owner says for all rows. `fields` stand in where a row says nothing, `folder` is below `activities/`."""

    done: bool = False
    folder: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class There:
    """What a journal has already: paths, ids of objectives, the keys of what was imported, activities by path."""

    paths: frozenset[str]
    objectives: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    member: Member | None = None
    activities: Mapping[str, Activity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Adoption:
    """The new files by path, the rows that are there already, the bad ones, and sentences about stand-ins."""

    files: Mapping[str, bytes]
    known: int
    bad: tuple[Bad, ...]
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """What came of the rows so far."""

    there: There
    asked: Asked
    paths: set[str]
    files: dict[str, bytes] = field(default_factory=dict)
    bad: list[Bad] = field(default_factory=list)
    stand_ins: Counter[str] = field(default_factory=Counter)
    known: int = 0


def adopted(table: Table, matching: Matching, there: There, asked: Asked) -> Adoption:
    """What becomes of every row of a table. Nothing is written."""
    work = _Work(there, asked, set(there.paths))
    for row, key in zip(table.rows, keys_of(table.rows), strict=True):
        if key in there.keys:
            work.known += 1
        else:
            _adopt(row, key, table.headers, matching, work)
    told = tuple(f"{count} {'row says' if count == 1 else 'rows say'} no {name}: {_STANDS[name]}, and it is a draft"
                 for name, count in work.stand_ins.items())  # fmt: skip
    return Adoption(work.files, work.known, tuple(work.bad), told)


_STANDS = {"type": f"{STAND_IN} stands there", "hours": "0 stands there"}


def keys_of(rows: Iterable[Row]) -> list[str]:
    """A short name for each row that is the same whenever it is read; of rows that are the same, each has its own."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        plain = row.key or "\x1f".join(" ".join(cell.split()) for cell in row.cells).rstrip("\x1f")
        seen[plain] += 1
        again = f"\x1e{seen[plain]}" if seen[plain] > 1 else ""
        found.append(hashlib.sha256((plain + again).encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return found


def keys_in(activities: Iterable[Activity]) -> frozenset[str]:
    """The keys of what was imported, those of merged activities too."""
    return frozenset(key for each in activities for key in each.own.get(IMPORTED, "").split())


def _adopt(row: Row, key: str, headers: Sequence[str], matching: Matching, work: _Work) -> None:
    bad = [Bad(row.where, header, said) for header, said in row.faults if _is_used(header, headers, matching)]
    try:
        values = values_of(row, headers, matching, work.asked.fields, work.there.objectives)
    except BadCell as error:
        bad += [Bad(row.where, header, said) for header, said in error.faults if (header, said) not in row.faults]
        values = None
    if bad or values is None:
        work.bad += bad
        return
    if values.path in work.there.paths:
        _recognise(row, values, headers, matching, work)
        return
    fields = _settled(values, work)
    path = _path(values, fields, work)
    try:
        data = drafted(ACTIVITIES, {**fields, IMPORTED: key}, values.body)
        record_of(path, data, ACTIVITIES)
    except Refused as error:
        work.bad += [Bad(row.where, "", each.message) for each in error.diagnostics[:3]]
        return
    work.paths.add(path)
    work.files[path] = data


def _recognise(row: Row, values: Values, headers: Sequence[str], matching: Matching, work: _Work) -> None:
    """A row of a file that is there: nothing to do where it says the same, and else its owner's to decide."""
    said = ""
    if activity := work.there.activities.get(values.path):
        found = differences(activity, values, headers, matching, work.asked.fields, work.there.objectives)
        if found:
            way = "change it with cpd set, or empty this cell to take the row in as a new activity"
            said = f"says otherwise ({', '.join(found)}): {way}"
    else:
        said = "can't be read: cpd check says why"
    if said:
        header = headers[matching.targets().index("path")]
        work.bad.append(Bad(row.where, header, f"{values.path} is there already and {said}"))
    else:
        work.known += 1


def _is_used(header: str, headers: Sequence[str], matching: Matching) -> bool:
    """Whether a column's fault matters: one that is left out may hold what it will."""
    targets = dict(zip(headers, matching.targets(), strict=True))
    return targets.get(header) != "skip"


def _settled(values: Values, work: _Work) -> dict[str, Plain]:
    """The fields with what must be there; where nobody knows it, it is a draft that counts nowhere."""
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
    if missing or not work.asked.done:
        fields["status"] = "draft"
    elif fields.get("status") == "done":
        del fields["status"]
    return fields


def _path(values: Values, fields: Mapping[str, Plain], work: _Work) -> str:
    """The file's own path where the table gives one that is free, else one made of its day and title."""
    if values.path and values.path not in work.paths:
        return values.path
    folder = work.asked.folder if work.asked.folder is not None else values.folder
    if folder is None:
        rule = work.there.member.new_folder if work.there.member else "{year}"
        folder = placed(rule, values.day, str(fields["type"]), work.there.member)
    name = file_name(values.day, str(fields["title"]))
    return unique("/".join(part for part in (_PATH[:-1], folder, name) if part), work.paths)
