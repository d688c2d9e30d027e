"""Convert one row of a table to the fields and the body of an activity, with its columns matched to targets."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cpdkit.dates.hours import HOUR, format_hours
from cpdkit.exchange.cells import (
    DateOrder,
    day_of,
    days_of,
    flag_of,
    minutes_in,
    minutes_of,
    skill_of,
    status_of,
    type_of,
)
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.export_columns import SEPARATOR, time_text
from cpdkit.exchange.import_headings import plain_heading
from cpdkit.exchange.imports.table import ImportedRow
from cpdkit.exchange.meetings import without_access
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import OWN
from cpdkit.journal.field_types import Flag, Hours, Items, Line, Text
from cpdkit.journal.naming import slug
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import ACTIVITY
from cpdkit.journal.values import Status
from cpdkit.text.wording import listed, shortened

LONGEST_TITLE = 300
_LONG = ("description", "reflection", "body", "details", "benefit", "follow-up", "evidence")
"""Fields and targets whose cells can have several lines."""
_ONLINE = {"title": "Online meeting", "location": "online"}
"""What replaces a cell that contained only how to join a meeting."""
_SKILLS = "a kind of skill; use technical, job or soft"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COMMAS = re.compile(r"\s*[,\n]\s*")
_TITLED = re.compile(r"(?P<what>\S.*?) \((?P<title>[^()]*)\)")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_FILE = re.compile(r"[^\s/\\][^/\\]*(?:/[^/\\]+)*\.\w{1,5}")
_CLAIM = re.compile(r"([^\s:;,()]+)(?:\s*[:(]\s*(T|SP|P|E)\)?)?")
_SESSION = re.compile(r"(\d{4}-\d{2}-\d{2}) (\S+)")
_RECORD_PATH = re.compile(r"activities(?:/[^\s./\\][^/\\\x00-\x1f]*)*/[^\s./\\][^/\\\x00-\x1f]*\.md")


class BadRow(ValueError):
    """Cells that cannot be read: each column's heading with a message."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(problem for _, problem in faults))
        self.faults = tuple(faults)


@dataclass(slots=True)
class RowValues:
    """The values of a new activity. `folder` is None if the row has none.

    `is_cleaned` is whether access details of online meetings were removed from its texts.
    """

    day: date = date.min
    fields: dict[str, Plain] = field(default_factory=dict)
    body: str = ""
    path: str = ""
    folder: str | None = None
    is_cleaned: bool = False


def read_row(
    row: ImportedRow,
    headers: Sequence[str],
    matching: Matching,
    defaults: Mapping[str, str],
    objectives: Iterable[str] = (),
) -> RowValues:
    """Return the values of a row. `defaults` has values for missing fields, `objectives` the IDs of the plan.

    Raises BadRow with every bad cell.
    """
    reader = _RowReader(matching.order, frozenset(objectives))
    faults = list(row.faults)
    for header, target, cell in zip(headers, matching.targets(), row.cells, strict=True):
        if cell.strip() and target != "skip":
            text = _CONTROL.sub("", cell).strip()
            faults += reader.put(header, target, reader.cleaned(target, matching.words.get(text.casefold(), text)))
    for target, value in defaults.items():
        if not reader.has(target):
            faults += reader.put(target, target, value)
    unread = {header for header, _ in faults}
    targets = {target for header, target in zip(headers, matching.targets(), strict=True) if header in unread}
    if not reader.has("title") and not targets & {"title", "details"}:
        faults.append(("", 'title is missing; name its column with --map "Column=title"'))
    if not reader.has("start") and not targets & {"start", "days"}:
        hint = 'name its column with --map "Column=start", or add --set start=2026-03-14'
        faults.append(("", f"the date is missing; {hint}"))
    if faults:
        raise BadRow(faults)
    return reader.finished()


@dataclass(slots=True)
class _RowReader:
    """Collects cells. A target that needs more than its field's kind of value has its own method."""

    order: DateOrder | None
    objectives: frozenset[str]
    values: RowValues = field(default_factory=RowValues)
    described: list[str] = field(default_factory=list)
    reflected: list[tuple[str, str]] = field(default_factory=list)
    whole_body: str = ""
    last_day: date | None = None
    sign_off: dict[str, Plain] = field(default_factory=dict)

    def has(self, target: str) -> bool:
        """Return whether a target has a value."""
        return self.values.day != date.min if target == "start" else target in self.values.fields

    def cleaned(self, target: str, cell: str) -> str:
        """Return a cell without the access details of online meetings."""
        text = without_access(cell, one_line=target not in _LONG)
        if text == cell:
            return cell
        self.values.is_cleaned = True
        return text or _ONLINE.get(target, "")

    def put(self, header: str, target: str, cell: str) -> list[tuple[str, str]]:
        """Add a cell; return its fault, if any, with the heading."""
        if not cell:
            return []
        try:
            if method := _METHODS.get(target):
                method(self, header, cell)
            else:
                self._put_field(target, cell)
        except ValueError as error:
            return [(header, str(error))]
        return []

    def _put_field(self, target: str, cell: str) -> None:
        fields = self.values.fields
        if target.startswith(OWN):
            fields[target] = cell
            return
        kind = ACTIVITY.known[target].kind
        if isinstance(kind, Flag):
            fields[target] = _known(flag_of(cell, target), cell, "yes or no")
        elif isinstance(kind, Day):
            fields[target] = day_of(cell, self.order).isoformat()
        elif isinstance(kind, Hours):
            fields[target] = _hours_text(minutes_of(cell))
        elif isinstance(kind, Items):
            self._append(target, *_items(cell))
        elif isinstance(kind, Text):
            fields[target] = f"{fields[target]}\n\n{cell}" if fields.get(target) else cell
        else:
            fields[target] = " ".join(cell.split()) if isinstance(kind, Line) else cell

    def _append(self, target: str, *items: Plain) -> None:
        earlier = self.values.fields.get(target)
        self.values.fields[target] = [*(earlier if isinstance(earlier, list) else []), *items]

    def title(self, _header: str, cell: str) -> None:
        title = " ".join(cell.split())
        if len(title) > LONGEST_TITLE:
            self.described.insert(0, cell)
            cut = title[: LONGEST_TITLE - 1]
            title = f"{cut.rpartition(' ')[0] or cut}…"
        self.values.fields["title"] = title

    def details(self, header: str, cell: str) -> None:
        first, _, rest = cell.partition("\n")
        if self.has("title"):
            self.described.append(cell)
            return
        self.title(header, first)
        if rest.strip():
            self.described.append(rest.strip("\n"))

    def type(self, _header: str, cell: str) -> None:
        expected = f'a type of activity; map it with --means "{cell[:40]}=training"'
        self.values.fields["type"] = _known(type_of(cell), cell, expected)

    def days(self, _header: str, cell: str) -> None:
        first, last = days_of(cell, self.order)
        self.values.day = first
        self.last_day = last if last != first else self.last_day

    def end(self, _header: str, cell: str) -> None:
        self.last_day = day_of(cell, self.order)

    def hours(self, _header: str, cell: str) -> None:
        if not self.has("hours"):
            self.values.fields["hours"] = _hours_text(minutes_of(cell))

    def time(self, _header: str, cell: str) -> None:
        """A duration is more exact than a number of hours in the same row."""
        self.values.fields["hours"] = _hours_text(minutes_of(cell))

    def minutes(self, _header: str, cell: str) -> None:
        self.values.fields["hours"] = _hours_text(minutes_in(cell))

    def status(self, _header: str, cell: str) -> None:
        self.values.fields["status"] = _known(status_of(cell), cell, f"a status; use {listed(tuple(Status), 'or')}")

    def skills(self, _header: str, cell: str) -> None:
        self.values.fields["skills"] = [_known(skill_of(item), item, _SKILLS) for item in _items(cell)]

    def objective_ids(self, _header: str, cell: str) -> None:
        """Keep items that are not IDs of the plan in a field of their own, from which the owner can make objectives."""
        for item in _items(cell):
            known = next((name for name in (item, slug(item)) if name in self.objectives), "")
            self._append("objectives" if known else f"{OWN}objectives", known or item)

    def competences(self, _header: str, cell: str) -> None:
        claims = [_CLAIM.fullmatch(item) for item in _items(cell)]
        levels = {claim[1]: claim[2] or "" for claim in claims if claim}
        if not all(claims):
            self.values.fields[f"{OWN}competences"] = cell
        elif all(levels.values()):
            self.values.fields["competences"] = dict(levels)
        else:
            self.values.fields["competences"] = [{code: level} if level else code for code, level in levels.items()]

    def evidence(self, _header: str, cell: str) -> None:
        """Keep items that are neither an address nor a file name ("certificate held") in a field of their own."""
        for text in (part.strip() for part in re.split(r";|\n", cell) if part.strip()):
            match = _TITLED.fullmatch(text)
            what, title = (match["what"], match["title"]) if match else (text, "")
            key = "url" if _URL.fullmatch(what) else "path" if _FILE.fullmatch(what) else ""
            if key:
                self._append("evidence", {key: what, "title": title} if title else what)
            else:
                self._append(f"{OWN}evidence", text)

    def sessions(self, _header: str, cell: str) -> None:
        sessions: list[Plain] = []
        for text in cell.split(SEPARATOR):
            match = _SESSION.fullmatch(text.strip())
            if not match:
                raise ValueError(f'cannot read "{text}" as a session; write 2026-03-14 1h30')
            sessions.append({"date": match[1], "hours": _hours_text(minutes_of(match[2]))})
        self.values.fields["sessions"] = sessions

    def units(self, header: str, cell: str) -> None:
        """Read `PDU: 3; points: 2`; a plain number counts as units named by the heading."""
        parts = (text.rpartition(": ") for text in cell.split(SEPARATOR))
        self.values.fields["units"] = {name.strip() if colon else header: value.strip() for name, colon, value in parts}

    def accepted(self, header: str, cell: str) -> None:
        parts = (text.partition(": ") for text in cell.split(SEPARATOR))
        self.values.fields["accepted"] = {
            name.strip() if colon else header: (value if colon else name).strip() for name, colon, value in parts
        }

    def signed_off(self, _header: str, cell: str) -> None:
        self.sign_off["by"] = " ".join(cell.split())

    def signed_off_on(self, _header: str, cell: str) -> None:
        self.sign_off["on"] = day_of(cell, self.order).isoformat()

    def description(self, _header: str, cell: str) -> None:
        self.described.append(cell)

    def reflection(self, header: str, cell: str) -> None:
        self.reflected.append((header, cell))

    def body(self, _header: str, cell: str) -> None:
        self.whole_body = cell

    def folder(self, _header: str, cell: str) -> None:
        """Remove the characters that a folder's name cannot have on every system."""
        names = [re.sub(r'[<>:"|?*\\]', " ", name).strip(" .") for name in cell.split("/")]
        self.values.folder = "/".join(name for name in names if name)

    def path(self, _header: str, cell: str) -> None:
        self.values.path = cell if _RECORD_PATH.fullmatch(cell) else ""

    def finished(self) -> RowValues:
        """Return the values with all fields and the body."""
        values, fields = self.values, self.values.fields
        fields["start"] = values.day.isoformat()
        if self.last_day and self.last_day != values.day:
            fields["end"] = self.last_day.isoformat()
        if "sessions" in fields:
            fields.pop("hours", None)
        if self.sign_off.get("by"):
            fields["signed-off"] = self.sign_off
        for name in ("confidential", "highlight"):
            if fields.get(name) == "false":
                del fields[name]
        values.body = self.whole_body or self._body()
        if "type" not in fields and (type_name := type_of(str(fields["title"]))):
            fields["type"] = type_name
        return values

    def _body(self) -> str:
        """Return the description, then the reflection; several reflection columns keep their headings."""
        parts = [*self.described, *(["## Reflection"] if self.reflected else [])]
        for header, cell in self.reflected:
            alone = len(self.reflected) == 1 and "?" not in header
            parts += [cell] if alone or plain_heading(header) == "reflection" else [f"### {header}", cell]
        return "\n\n".join(parts)


_METHODS = {
    "title": _RowReader.title, "details": _RowReader.details, "type": _RowReader.type, "start": _RowReader.days,
    "days": _RowReader.days, "end": _RowReader.end, "hours": _RowReader.hours, "time": _RowReader.time,
    "minutes": _RowReader.minutes, "status": _RowReader.status, "skills": _RowReader.skills,
    "objectives": _RowReader.objective_ids, "competences": _RowReader.competences, "evidence": _RowReader.evidence,
    "sessions": _RowReader.sessions, "units": _RowReader.units, "accepted": _RowReader.accepted,
    "signed-off": _RowReader.signed_off, "signed-off-on": _RowReader.signed_off_on,
    "description": _RowReader.description, "reflection": _RowReader.reflection, "body": _RowReader.body,
    "folder": _RowReader.folder, "path": _RowReader.path,
}  # fmt: skip


def _known(value: str, cell: str, expected: str) -> str:
    if not value:
        raise ValueError(f'"{shortened(cell, 40)}" is not {expected}')
    return value


def _items(cell: str) -> list[str]:
    """Return the items of a list without repetition, separated by semicolons, otherwise by lines and commas."""
    parts = cell.split(";") if ";" in cell else _COMMAS.split(cell)
    return list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def _hours_text(minutes: int) -> str:
    """Return minutes as hours that read back exactly."""
    return format_hours(minutes) if minutes % 3 == 0 else time_text(minutes) if minutes >= HOUR else f"{minutes} min"
