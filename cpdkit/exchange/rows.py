"""Convert one row of a table to the fields and the body of an activity, with its columns matched to targets."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from cpdkit.dates.hours import HOUR, format_hours
from cpdkit.exchange.cells import (
    DateOrder,
    Moment,
    day_of,
    flag_of,
    is_blank,
    is_swappable,
    moments_of,
    skill_of,
    status_of,
    type_of,
)
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.export_columns import SEPARATOR, time_text
from cpdkit.exchange.import_headings import AMOUNTS, plain_heading
from cpdkit.exchange.imports.table import ImportedRow
from cpdkit.exchange.imports.zones import Clock
from cpdkit.exchange.meetings import without_access
from cpdkit.exchange.partial_dates import span_of
from cpdkit.exchange.sittings import Sittings
from cpdkit.exchange.time_cells import is_bare, minutes_in, minutes_of, names_time, spans_of
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import OWN
from cpdkit.journal.field_types import Choice, Flag, Hours, Items, Line, Text
from cpdkit.journal.naming import slug
from cpdkit.journal.new_record import type_in
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import ACTIVITY
from cpdkit.journal.values import Status
from cpdkit.text.names import composed
from cpdkit.text.wording import listed, shortened

LONGEST_TITLE = 300
_LONG = ("description", "reflection", "body", "details", "benefit", "follow-up", "evidence")
"""Fields and targets whose cells can have several lines."""
_ONLINE = {"title": "Online meeting", "location": "online"}
"""What replaces a cell that contained only how to join a meeting."""
COUNTED_ONCE = frozenset([*AMOUNTS, "start-time", "end-time", "break", "units", "participatory", "sessions"])
"""Targets whose value belongs to merged cells as a whole."""
_MOST_BREAKS = 2
"""Line breaks that a title can have in a narrow cell; a longer text is a title and a description."""
_MOST_PAIRS = 1000
"""More pairs of columns of times than a table has; the spans of one cell are numbered in steps of it."""
_SKILLS = "a kind of skill; use technical, job or soft"
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COMMAS = re.compile(r"[,\n]")
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

    `doubts` has a message for each value that is a guess or incomplete, with its heading; the activity is then a draft.
    `is_cleaned` is whether access details of online meetings were removed from its texts.
    """

    day: date = date.min
    fields: dict[str, Plain] = field(default_factory=dict)
    body: str = ""
    path: str = ""
    folder: str | None = None
    doubts: list[tuple[str, str]] = field(default_factory=list)
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
    reader = _RowReader(matching.order, frozenset(objectives), matching.clock, matching.doubtful, matching.words)
    faults = list(row.faults)
    is_own = "path" in matching.targets()  # an export of cpdkit has no stand-ins for a missing value
    pairs: Counter[str] = Counter()
    columns = zip(headers, matching.targets(), row.cells, strict=True)
    for header, target, cell in sorted(columns, key=_is_stand_in):
        pairs[target] += 1
        reader.pair = pairs[target]
        text = UNSEEN.sub("", cell).strip()
        if target == "skip" or not text or (is_blank(text) and not is_own):
            continue
        if header in row.repeated and target in COUNTED_ONCE:
            reader.values.doubts.append((header, f"merged cells: {header} counts once, in the first row"))
        elif header in matching.unclear and is_bare(text.replace(":", ".")):
            faults.append((header, f'the unit of {text} is unclear; add --map "{header}=minutes" or "{header}=hours"'))
        else:
            faults += reader.put(header, target, reader.cleaned(target, text))
    for target, value in defaults.items():
        if not reader.has(target):
            faults += reader.put(target, target, value)
    if not reader.has("title") and reader.described:
        first, _, rest = reader.described.pop(0).partition("\n")
        reader.described[:0] = [rest.strip("\n")] if rest.strip() else []
        reader.title("", first)
    reader.compare(row.cells, headers, matching.rivals)
    unread = {header for header, _ in faults}
    targets = {target for header, target in zip(headers, matching.targets(), strict=True) if header in unread}
    if not reader.has("title") and not targets & {"title", "details"}:
        faults.append(("", 'title is missing; fill in the cell, or name another column with --map "Column=title"'))
    if not reader.has("start") and not targets & {"start", "days"}:
        hint = 'fill in the cell, name another column with --map "Column=start", or add --set start=2026-03-14'
        faults.append(("", f"the date is missing; {hint}"))
    if faults:
        raise BadRow(faults)
    return reader.finished()


def _is_stand_in(column: tuple[str, str, str]) -> bool:
    """Return whether a column has dates that only count if the row has no start."""
    return column[1] == "days"


@dataclass(slots=True)
class _RowReader:
    """Collects cells. A target that needs more than its field's kind of value has its own method."""

    order: DateOrder | None
    objectives: frozenset[str]
    clock: Clock | None
    doubtful: Mapping[str, str]
    words: Mapping[str, str]
    values: RowValues = field(default_factory=RowValues)
    described: list[str] = field(default_factory=list)
    reflected: list[tuple[str, str]] = field(default_factory=list)
    whole_body: str = ""
    last_day: date | None = None
    sittings: Sittings = field(default_factory=Sittings)
    pair: int = 1
    amounts: dict[str, int] = field(default_factory=dict)
    sign_off: dict[str, Plain] = field(default_factory=dict)
    unclear_time: tuple[str, str] | None = None

    def has(self, target: str) -> bool:
        """Return whether a target has a value."""
        if target == "start":
            return self.values.day != date.min
        if target == "hours" and (self.amounts or self.sittings.is_complete):
            return True
        return target in self.values.fields

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
            if target in AMOUNTS:
                self.amount(header, target, cell)
            elif method := _METHODS.get(target):
                method(self, header, cell)
            else:
                self._put_field(header, target, cell)
        except ValueError as error:
            return [(header, str(error))]
        return []

    def _doubt(self, header: str, target: str, cell: str, message: str) -> None:
        """Keep the words of a cell in a field of the owner's own, and make the activity a draft."""
        own = self.values.fields
        own[f"{OWN}{target}"] = f"{own[f'{OWN}{target}']}; {cell}" if f"{OWN}{target}" in own else cell
        self.values.doubts.append((header, message))

    def _moments(self, header: str, target: str, cell: str) -> tuple[Moment, Moment | None]:
        """Return the first and the last moment of a cell; a doubt if it is not a date in any usual form.

        Raises ValueError.
        """
        try:
            return moments_of(cell, self.order, self.clock)
        except ValueError as error:
            span = span_of(cell)
            message = f'"{shortened(cell, 40)}" is not a single date; check the start and the end'
            if span is None:
                span = _day_only(cell, self.order, self.clock, error)
                message = f'cannot read the time in "{shortened(cell, 40)}"; check the date and the hours'
        self._doubt(header, target, cell, message)
        return (span[0], None), (span[1], None)

    def _meant(self, text: str) -> str:
        """Return the owner's meaning of a word, or the word itself."""
        return self.words.get(text.casefold(), text)

    def _put_field(self, header: str, target: str, cell: str) -> None:
        fields = self.values.fields
        if target.startswith(OWN):
            fields[target] = cell
            return
        kind = ACTIVITY.known[target].kind
        if isinstance(kind, Flag | Choice):
            cell = self._meant(cell)
        if isinstance(kind, Flag):
            if flag := flag_of(cell, target):
                fields[target] = flag
            elif target == "confidential":
                raise ValueError(f'"{shortened(cell, 40)}" is not yes or no')
            else:
                self._doubt(header, target, cell, f'"{shortened(cell, 40)}" is not yes or no')
        elif isinstance(kind, Day):
            fields[target] = day_of(cell, self.order, self.clock).isoformat()
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

    def employer(self, _header: str, cell: str) -> None:
        """Keep the employer of an activity in a field of its own: only posts have one."""
        self.values.fields[f"{OWN}employer"] = cell

    def title(self, _header: str, cell: str) -> None:
        if cell.count("\n") > _MOST_BREAKS or "\n\n" in cell:
            self.details("", cell)
            return
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

    def type(self, header: str, cell: str) -> None:
        cell = self._meant(cell)
        if type_name := type_of(cell):
            self.values.fields["type"] = type_name
            return
        if type_name := type_in(cell):
            self.values.fields["type"] = type_name
        message = (
            f"read as {type_name}" if type_name else f'is not a type of activity; add --means "{cell[:40]}=training"'
        )
        self._doubt(header, "type", cell, f'"{shortened(cell, 40)}" {message}')

    def days(self, header: str, cell: str) -> None:
        """Read the days, unless the row has a start on another day: then the words are kept."""
        if self.has("start"):
            try:
                first, last = moments_of(cell, self.order, self.clock)
            except ValueError:
                first, last = (date.min, None), None
            if first[0] != self.values.day:
                self.values.fields[f"{OWN}{slug(header)}"] = cell
                return
            if last and last[0] != first[0] and self.last_day is None:
                self.last_day = last[0]
            self._put_times(first, last)
            return
        self.start(header, cell)

    def start(self, header: str, cell: str) -> None:
        first, last = self._moments(header, "date", cell)
        self.values.day = first[0]
        if last and last[0] != first[0]:
            self.last_day = last[0]
        self._put_times(first, last)
        self._doubt_order(header, cell)

    def _put_times(self, first: Moment, last: Moment | None) -> None:
        if first[1]:
            self.sittings.starts.setdefault(1, first[1])
        if last and last[1]:
            self.sittings.ends.setdefault(1, last[1])

    def end(self, header: str, cell: str) -> None:
        first, last = self._moments(header, "end-date", cell)
        self.last_day, end = last or first
        if end:
            self.sittings.ends.setdefault(1, end)
        self._doubt_order(header, cell)

    def _doubt_order(self, header: str, cell: str) -> None:
        if header in self.doubtful and is_swappable(cell):
            self.values.doubts.append((header, self.doubtful[header]))

    def amount(self, header: str, target: str, cell: str) -> None:
        self.amounts.setdefault(target, minutes_in(cell, target))
        self.values.fields.setdefault("hours", "")
        if header in self.doubtful:
            self.values.doubts.append((header, self.doubtful[header]))

    def compare(self, cells: Sequence[str], headers: Sequence[str], rivals: Mapping[str, str]) -> None:
        """Doubt the hours if another column of hours, which is not used, has other ones."""
        for header, cell in zip(headers, cells, strict=True):
            unit = rivals.get(header, "")
            try:
                minutes = minutes_in(cell, unit) if unit and not is_blank(cell) else None
            except ValueError:
                continue
            if minutes is not None and self.amounts.get(unit, minutes) != minutes:
                self.values.doubts.append((header, f"{header} has other hours than the column that counts; check them"))

    def start_time(self, header: str, cell: str) -> None:
        for number, (first, last) in enumerate(self._spans(header, cell)):
            pair = self.pair + number * _MOST_PAIRS
            self.sittings.starts[pair] = _time(first)
            if last is not None:
                self.sittings.ends[pair] = _time(last)

    def end_time(self, header: str, cell: str) -> None:
        for first, _ in self._spans(header, cell)[:1]:
            self.sittings.ends[self.pair] = _time(first)

    def _spans(self, header: str, cell: str) -> list[tuple[int, int | None]]:
        """Return the times of day in a cell, which is kept as written; with a doubt, none if it has none."""
        own = self.values.fields
        own[f"{OWN}{slug(header)}"] = cell
        try:
            spans = spans_of(cell)
        except ValueError as error:
            if names_time(cell):
                self.amounts.setdefault("time", minutes_of(cell))
                own.setdefault("hours", "")
            else:
                self.values.doubts.append((header, str(error)))
            return []
        if header in self.doubtful:
            self.unclear_time = (header, self.doubtful[header])
        return spans

    def pause(self, header: str, cell: str) -> None:
        self.values.fields[f"{OWN}{slug(header)}"] = cell
        self.sittings.add_break(header, cell)

    def status(self, header: str, cell: str) -> None:
        cell = self._meant(cell)
        if status := status_of(cell):
            self.values.fields["status"] = status
        else:
            self._doubt(
                header, "status", cell, f'"{shortened(cell, 40)}" is not a status; use {listed(tuple(Status), "or")}'
            )

    def skills(self, header: str, cell: str) -> None:
        for item in map(self._meant, _items(cell)):
            if skill := skill_of(item):
                self._append("skills", skill)
            else:
                self._doubt(header, "skills", item, f'"{shortened(item, 40)}" is not {_SKILLS}')

    def objective_ids(self, _header: str, cell: str) -> None:
        """Keep items that are not IDs of the plan in a field of their own, from which the owner can make objectives."""
        for item in map(self._meant, _items(cell)):
            known = next((name for name in (composed(item), slug(item)) if name in self.objectives), "")
            self._append("objectives" if known else f"{OWN}objectives", known or item)

    def competences(self, _header: str, cell: str) -> None:
        claims = [_CLAIM.fullmatch(self._meant(item)) for item in _items(cell)]
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
        minutes = self._minutes()
        if minutes is not None:
            fields["hours"] = _hours_text(minutes)
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
        title = str(fields["title"])
        guess = type_of(title) or type_in(title)
        if guess and "type" not in fields and f"{OWN}type" not in fields:
            fields["type"] = guess
            values.doubts.append(("", f"type {guess} guessed from the title; check it"))
        return values

    def _minutes(self) -> int | None:
        """Return the minutes of the row: as given, hours before other amounts; otherwise from its start to its end."""
        hours, minutes = self.amounts.get("hours"), self.amounts.get("minutes", 0)
        if hours is not None and hours % HOUR == 0 and minutes < HOUR:
            return hours + minutes  # one column for whole hours, and one for the minutes after them
        given = next((self.amounts[target] for target in AMOUNTS if target in self.amounts), None)
        if given is not None:
            return given
        try:
            length = self.sittings.minutes(self.values.day, self.last_day, self.clock)
        except ValueError as error:
            self.values.doubts.append(("", str(error)))
            return None
        if length is None and self.unclear_time and "sessions" not in self.values.fields:
            self.values.doubts.append(self.unclear_time)
        return length

    def _body(self) -> str:
        """Return the description, then the reflection; several reflection columns keep their headings."""
        parts = [*self.described, *(["## Reflection"] if self.reflected else [])]
        for header, cell in self.reflected:
            alone = len(self.reflected) == 1 and "?" not in header
            parts += [cell] if alone or plain_heading(header) == "reflection" else [f"### {header}", cell]
        return "\n\n".join(parts)


_METHODS = {
    "title": _RowReader.title, "details": _RowReader.details, "type": _RowReader.type, "start": _RowReader.start,
    "days": _RowReader.days, "end": _RowReader.end, "start-time": _RowReader.start_time,
    "end-time": _RowReader.end_time, "break": _RowReader.pause, "status": _RowReader.status,
    "skills": _RowReader.skills, "objectives": _RowReader.objective_ids, "competences": _RowReader.competences,
    "evidence": _RowReader.evidence, "sessions": _RowReader.sessions, "units": _RowReader.units,
    "accepted": _RowReader.accepted, "signed-off": _RowReader.signed_off, "signed-off-on": _RowReader.signed_off_on,
    "description": _RowReader.description, "reflection": _RowReader.reflection, "body": _RowReader.body,
    "folder": _RowReader.folder, "path": _RowReader.path, "employer": _RowReader.employer,
}  # fmt: skip


def _day_only(cell: str, order: DateOrder | None, clock: Clock | None, error: ValueError) -> tuple[date, date]:
    """Return the date of a cell whose time cannot be read. Raises the error of the cell if it has no date."""
    try:
        day = day_of(cell, order, clock)
    except ValueError:
        raise error from None
    return day, day


def _time(minutes: int) -> time:
    return time(minutes // HOUR % 24, minutes % HOUR)


def _items(cell: str) -> list[str]:
    """Return the items of a list without repetition, separated by semicolons, otherwise by lines and commas."""
    parts = cell.split(";") if ";" in cell else _COMMAS.split(cell)
    return list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def _hours_text(minutes: int) -> str:
    """Return minutes as hours that read back exactly."""
    return format_hours(minutes) if minutes % 3 == 0 else time_text(minutes) if minutes >= HOUR else f"{minutes} min"
