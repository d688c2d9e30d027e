"""The cells of one row as the fields and the body of an activity."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cpdkit.dates.hours import HOUR, format_hours
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.columns import SEPARATOR, spoken_time
from cpdkit.exchange.headings import plain_heading
from cpdkit.exchange.imports.table import Row
from cpdkit.exchange.wording import (
    Order,
    day_of,
    days_of,
    flag_of,
    minutes_in,
    minutes_of,
    skill_of,
    status_of,
    type_of,
)
from cpdkit.journal.date_types import Day
from cpdkit.journal.field_types import Flag, Hours, Items, Line, Text
from cpdkit.journal.fields import OWN
from cpdkit.journal.naming import slug
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import ACTIVITY, Status

LONGEST_TITLE = 300
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COMMAS = re.compile(r"\s*[,\n]\s*")
_TITLED = re.compile(r"(?P<what>\S.*?) \((?P<title>[^()]*)\)")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_FILE = re.compile(r"[^\s/\\][^/\\]*(?:/[^/\\]+)*\.\w{1,5}")
_CLAIM = re.compile(r"([^\s:;,()]+)(?:\s*[:(]\s*(T|SP|P|E)\)?)?")
_SESSION = re.compile(r"(\d{4}-\d{2}-\d{2}) (\S+)")
_PLACE = re.compile(r"activities(?:/[^\s./\\][^/\\\x00-\x1f]*)*/[^\s./\\][^/\\\x00-\x1f]*\.md")


class BadCell(ValueError):
    """Cells that can't be read: each column's heading with a sentence."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(said for _, said in faults))
        self.faults = tuple(faults)


@dataclass(slots=True)
class Values:
    """An activity in the making. `folder` is None where the row names none."""

    day: date = date.min
    fields: dict[str, Plain] = field(default_factory=dict)
    body: str = ""
    path: str = ""
    folder: str | None = None


@dataclass(slots=True)
class _Parts:
    """What is put together from several cells."""

    row: Row
    order: Order | None
    objectives: frozenset[str]
    values: Values = field(default_factory=Values)
    description: list[str] = field(default_factory=list)
    reflection: list[tuple[str, str]] = field(default_factory=list)
    whole: str = ""
    end: date | None = None
    signed: dict[str, Plain] = field(default_factory=dict)


def values_of(
    row: Row, headers: Sequence[str], matching: Matching, instead: Mapping[str, str], objectives: Iterable[str] = ()
) -> Values:
    """What a row says. `instead` has fields for what it leaves out. Raises BadCell, which names every bad cell."""
    parts = _Parts(row, matching.order, frozenset(objectives))
    bad = list(row.faults)
    for header, target, cell in zip(headers, matching.targets(), row.cells, strict=True):
        if cell.strip() and target != "skip":
            try:
                plain = _CONTROL.sub("", cell).strip()
                _put(parts, header, target, matching.words.get(plain.casefold(), plain))
            except ValueError as error:
                bad.append((header, str(error)))
    _stand_in(parts, instead, bad)
    bad += [
        ("", f"there is no {said}") for said in _missing(parts.values, matching, {name for name, _ in bad}, headers)
    ]
    if bad:
        raise BadCell(bad)
    return _finished(parts)


def _stand_in(parts: _Parts, instead: Mapping[str, str], bad: list[tuple[str, str]]) -> None:
    for target, said in instead.items():
        if target not in parts.values.fields and not (target == "start" and parts.values.day != date.min):
            try:
                _put(parts, target, target, said)
            except ValueError as error:
                bad.append((target, str(error)))


def _missing(values: Values, matching: Matching, bad: set[str], headers: Sequence[str]) -> list[str]:
    """What no activity can be without, unless the cell that has it is among the bad ones."""
    spoilt = {target for header, target in zip(headers, matching.targets(), strict=True) if header in bad}
    found = []
    if "title" not in values.fields and not spoilt & {"title", "details"}:
        found.append('title: --map "Column=title" says where it is')
    if values.day == date.min and not spoilt & {"start", "days"}:
        found.append('day: --map "Column=start" says where it is, --set start=2026-03-14 puts one in')
    return found


def _put(parts: _Parts, header: str, target: str, cell: str) -> None:
    """Put a cell in its place. Raises ValueError with a sentence."""
    if put := _TARGETS.get(target):
        put(parts, header, cell)
        return
    if target.startswith(OWN):
        parts.values.fields[target] = cell
        return
    kind = ACTIVITY.known[target].kind
    if isinstance(kind, Flag):
        parts.values.fields[target] = _known(flag_of(cell, target), cell, "yes or no")
    elif isinstance(kind, Day):
        parts.values.fields[target] = day_of(cell, parts.order).isoformat()
    elif isinstance(kind, Hours):
        parts.values.fields[target] = _as_hours(minutes_of(cell))
    elif isinstance(kind, Items):
        parts.values.fields[target] = [*_list(parts, target), *_items(cell)]
    elif isinstance(kind, Text):
        there = parts.values.fields.get(target)
        parts.values.fields[target] = f"{there}\n\n{cell}" if there else cell
    else:
        parts.values.fields[target] = " ".join(cell.split()) if isinstance(kind, Line) else cell


def _known(found: str, cell: str, what: str) -> str:
    if not found:
        shown = cell if len(cell) < 40 else cell[:39] + "…"
        raise ValueError(f'"{shown}" is not {what}')
    return found


def _list(parts: _Parts, target: str) -> list[Plain]:
    there = parts.values.fields.get(target, [])
    return there if isinstance(there, list) else []


def _items(cell: str) -> list[Plain]:
    """The items of a list: parted by semicolons, else by lines and commas."""
    parted = cell.split(";") if ";" in cell else _COMMAS.split(cell)
    return list(dict.fromkeys(" ".join(each.split()) for each in parted if each.strip()))


def _title(parts: _Parts, _header: str, cell: str) -> None:
    title = " ".join(cell.split())
    if len(title) > LONGEST_TITLE:
        parts.description.insert(0, cell)
        title = f"{title[: LONGEST_TITLE - 1].rpartition(' ')[0] or title[: LONGEST_TITLE - 1]}…"
    parts.values.fields["title"] = title


def _details(parts: _Parts, header: str, cell: str) -> None:
    first, _, rest = cell.partition("\n")
    if "title" in parts.values.fields:
        parts.description.append(cell)
        return
    _title(parts, header, first)
    if rest.strip():
        parts.description.append(rest.strip("\n"))


def _type(parts: _Parts, _header: str, cell: str) -> None:
    said = f'one of the six types: --means "{cell[:40]}=training" would make it one'
    parts.values.fields["type"] = _known(type_of(cell), cell, said)


def _start(parts: _Parts, header: str, cell: str) -> None:
    _days(parts, header, cell)


def _days(parts: _Parts, _header: str, cell: str) -> None:
    first, last = days_of(cell, parts.order)
    parts.values.day = first
    parts.end = last if last != first else parts.end


def _end(parts: _Parts, _header: str, cell: str) -> None:
    parts.end = day_of(cell, parts.order)


def _hours(parts: _Parts, _header: str, cell: str) -> None:
    if "hours" not in parts.values.fields:
        parts.values.fields["hours"] = _as_hours(minutes_of(cell))


def _time(parts: _Parts, _header: str, cell: str) -> None:
    """A duration to the minute, which is more exact than a number of hours beside it."""
    parts.values.fields["hours"] = _as_hours(minutes_of(cell))


def _minutes(parts: _Parts, _header: str, cell: str) -> None:
    parts.values.fields["hours"] = _as_hours(minutes_in(cell))


def _as_hours(minutes: int) -> str:
    """Minutes so that they read back exactly."""
    return format_hours(minutes) if minutes % 3 == 0 else spoken_time(minutes) if minutes >= HOUR else f"{minutes} min"


def _status(parts: _Parts, _header: str, cell: str) -> None:
    parts.values.fields["status"] = _known(status_of(cell), cell, f"one of {', '.join(Status)}")


def _skills(parts: _Parts, _header: str, cell: str) -> None:
    said = [_known(skill_of(str(each)), str(each), "technical, job or soft") for each in _items(cell)]
    parts.values.fields["skills"] = list(said)


def _objectives(parts: _Parts, _header: str, cell: str) -> None:
    """Ids of the plan; what is none is kept beside, for its owner to make objectives of."""
    for each in map(str, _items(cell)):
        found = next((name for name in (each, slug(each)) if name in parts.objectives), "")
        target = "objectives" if found else f"{OWN}objectives"
        parts.values.fields[target] = [*_list(parts, target), found or each]


def _competences(parts: _Parts, _header: str, cell: str) -> None:
    claims = [match for each in _items(cell) if (match := _CLAIM.fullmatch(str(each)))]
    if len(claims) < len(_items(cell)):
        parts.values.fields[f"{OWN}competences"] = cell
        return
    levels: dict[str, Plain] = {match[1]: match[2] or "" for match in claims}
    parts.values.fields["competences"] = levels if all(levels.values()) else _mixed(levels)


def _mixed(levels: Mapping[str, Plain]) -> list[Plain]:
    """Claims of which some have no level."""
    return [{code: level} if level else code for code, level in levels.items()]


def _evidence(parts: _Parts, _header: str, cell: str) -> None:
    """Addresses and files' names; what is neither, such as "certificate held", is kept beside."""
    for each in (piece.strip() for piece in re.split(r";|\n", cell) if piece.strip()):
        match = _TITLED.fullmatch(each)
        what, title = (match["what"], match["title"]) if match else (each, "")
        kind = "url" if _URL.fullmatch(what) else "path" if _FILE.fullmatch(what) else ""
        piece: Plain = {kind: what, "title": title} if title else what
        target = "evidence" if kind else f"{OWN}evidence"
        parts.values.fields[target] = [*_list(parts, target), piece if kind else each]


def _sessions(parts: _Parts, _header: str, cell: str) -> None:
    found: list[Plain] = []
    for each in cell.split(SEPARATOR):
        match = _SESSION.fullmatch(each.strip())
        if not match:
            raise ValueError(f'"{each}" is not a session: write it as 2026-03-14 1h30')
        found.append({"date": match[1], "hours": _as_hours(minutes_of(match[2]))})
    parts.values.fields["sessions"] = found


def _named(target: str) -> "Put":
    def put(parts: _Parts, _header: str, cell: str) -> None:
        """`PDU: 3; points: 2`; a plain number counts as units of the heading's name."""
        found: dict[str, Plain] = {}
        for each in cell.split(SEPARATOR):
            name, colon, said = each.rpartition(": ") if target == "units" else each.partition(": ")
            found[name.strip() if colon else _header] = said.strip() if colon else each.strip()
        parts.values.fields[target] = found

    return put


def _signed(parts: _Parts, _header: str, cell: str) -> None:
    parts.signed["by"] = " ".join(cell.split())


def _signed_on(parts: _Parts, _header: str, cell: str) -> None:
    parts.signed["on"] = day_of(cell, parts.order).isoformat()


def _described(parts: _Parts, _header: str, cell: str) -> None:
    parts.description.append(cell)


def _reflected(parts: _Parts, header: str, cell: str) -> None:
    parts.reflection.append((header, cell))


def _whole(parts: _Parts, _header: str, cell: str) -> None:
    parts.whole = cell


def _folder(parts: _Parts, _header: str, cell: str) -> None:
    """The folder, where its name is one on every system; a year's folder of another product keeps its name."""
    names = [re.sub(r'[<>:"|?*\\]', " ", each).strip(" .") for each in cell.split("/")]
    parts.values.folder = "/".join(name for name in names if name)


def _path(parts: _Parts, _header: str, cell: str) -> None:
    parts.values.path = cell if _PLACE.fullmatch(cell) else ""


Put = Callable[[_Parts, str, str], None]
_TARGETS: Mapping[str, Put] = {
    "title": _title, "details": _details, "type": _type, "start": _start, "days": _days, "end": _end, "hours": _hours,
    "time": _time, "minutes": _minutes, "status": _status, "skills": _skills,
    "objectives": _objectives, "competences": _competences, "evidence": _evidence, "sessions": _sessions,
    "units": _named("units"), "accepted": _named("accepted"), "signed-off": _signed, "signed-off-on": _signed_on,
    "description": _described, "reflection": _reflected, "body": _whole, "folder": _folder, "path": _path,
}  # fmt: skip


def _finished(parts: _Parts) -> Values:
    """The fields and the body put together."""
    values = parts.values
    values.fields["start"] = values.day.isoformat()
    if parts.end and parts.end != values.day:
        values.fields["end"] = parts.end.isoformat()
    if "sessions" in values.fields:
        values.fields.pop("hours", None)
    if parts.signed.get("by"):
        values.fields["signed-off"] = parts.signed
    for name in ("confidential", "highlight"):
        if values.fields.get(name) == "false":
            del values.fields[name]
    values.body = parts.whole or _body(parts)
    if "type" not in values.fields and (kind := type_of(str(values.fields["title"]))):
        values.fields["type"] = kind
    return values


def _body(parts: _Parts) -> str:
    """The description, and the reflection below a heading; of several columns each under its own heading."""
    said = [*parts.description]
    if parts.reflection:
        said.append("## Reflection")
        for header, cell in parts.reflection:
            whole = len(parts.reflection) == 1 and "?" not in header
            said += [cell] if whole or plain_heading(header) == "reflection" else [f"### {header}", cell]
    return "\n\n".join(said)
