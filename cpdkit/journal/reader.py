"""Read the text of one file: return its record, or the problems that prevent one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cpdkit.dates.hours import HOUR, Minutes, format_hours
from cpdkit.dates.partial import days_of_part
from cpdkit.diagnostics import Diagnostic, Edit, Fix, Span
from cpdkit.journal.declarations import Fields, is_misnamed, read_fields
from cpdkit.journal.file_problems import Problems
from cpdkit.journal.front_matter_warnings import note_warnings
from cpdkit.journal.naming import id_of
from cpdkit.journal.records import (
    ACTIVITY,
    CLAIM,
    OBJECTIVE,
    POST,
    QUALIFICATION,
    REVIEW,
    Activity,
    Claim,
    Objective,
    Post,
    Qualification,
    Review,
    Session,
)
from cpdkit.journal.spans import Spans
from cpdkit.journal.values import Status
from cpdkit.text.edits import ClaimedSpans, apply
from cpdkit.text.faults import Fault, Unreadable
from cpdkit.text.front_matter import split
from cpdkit.text.source import Source, odd_characters
from cpdkit.text.yaml import MappingNode, Node, SequenceNode, own_line, parse
from cpdkit.text.yaml_scalars import delete

DAY: Minutes = 24 * HOUR


def _complete_activity(values: dict[str, Any], mapping: MappingNode, to: Problems) -> None:
    """Add the end and the minutes that follow from other fields, and report contradictions."""
    start, sessions = values.get("start"), values.get("sessions")
    if sessions and None not in sessions:
        _from_sessions(values, sessions, mapping, to)
    elif "minutes" not in values and not sessions:
        _no_hours(values, mapping, to)
    minutes = values.get("minutes")
    if minutes == 0 and values.get("status", Status.DONE) in (Status.DONE, Status.IN_PROGRESS):
        to.add("CPD305", mapping.values.get("hours"), "hours is 0", hint="write the time it took, such as 0.5")
    if start and "end" not in values:
        values["end"] = start
    if start and minutes and minutes > DAY:
        _too_many(minutes, start, values["end"], mapping, to)


def _from_sessions(values: dict[str, Any], sessions: tuple[Session, ...], mapping: MappingNode, to: Problems) -> None:
    total = sum(session.minutes for session in sessions)
    minutes = values.get("minutes")
    if minutes is not None and minutes != total:
        message = f"hours is {format_hours(minutes)}, but the sessions add up to {format_hours(total)} hours"
        fix = _without_hours(mapping, to)
        hint = "delete hours; the sessions are enough"
        to.add("CPD302", mapping.values.get("hours"), message, hint=hint, fix=fix)
    values["minutes"] = total
    start = values.get("start")
    if start is None:
        return
    end = values.setdefault("end", max(start, *(session.date for session in sessions)))
    for number, session in enumerate(sessions):
        if end and not start <= session.date <= end:
            where = _item(mapping.values["sessions"], number)
            side = f"before the start, {start}" if session.date < start else f"after the end, {end}"
            to.add("CPD303", where, f"the session of {session.date} is {side}", hint="correct the wrong date")


def _without_hours(mapping: MappingNode, to: Problems) -> Fix | None:
    line = own_line(mapping.keys["hours"], mapping.values["hours"], to.source.text) if "hours" in mapping.keys else None
    return delete("delete hours", line, safe=False) if line else None


def _no_hours(values: dict[str, Any], mapping: MappingNode, to: Problems) -> None:
    status = values.get("status", Status.DONE)
    if status is Status.PLANNED:
        values["minutes"] = 0
    elif status is not None and not is_misnamed("hours", mapping, ACTIVITY):
        hint = "write the time it took, such as hours: 1.5; a planned activity needs none"
        to.add("CPD301", None, "hours is missing", hint=hint)


def _too_many(minutes: Minutes, start: date, end: date | None, mapping: MappingNode, to: Problems) -> None:
    days = (end - start).days + 1 if end else 1
    if 0 < days * DAY < minutes:
        where = mapping.values.get("hours") or mapping.values.get("sessions")
        note = "one day has 24 hours" if days == 1 else f"{days} days have {days * 24} hours"
        message = f"{format_hours(minutes)} hours do not fit between the start and the end"
        to.add("CPD306", where, message, note, "correct the hours, or write the last day as end:")


def _item(node: Node, number: int) -> Node:
    return node.items[number] if isinstance(node, SequenceNode) else node


MOST_ROUNDS = 10
"""The maximum number of YAML errors found in one file, one after another."""
_MISSING = ("CPD201", "CPD301")
"""Fields that may seem to be missing only because two lines were joined."""
Record = Activity | Objective | Post | Review | Qualification | Claim
RECORDS = (Activity, Objective, Post, Review, Qualification, Claim)
"""The classes of records."""
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its folder, its fields, and a function that completes and checks the values together."""

    folder: str
    fields: Fields
    complete: Callable[[Values, MappingNode, Problems], None]


def read_record(source: Source, kind: RecordKind) -> tuple[Record | None, list[Diagnostic]]:
    """Return the record in a text and all problems. If one of them is an error, the record is None."""
    to = Problems(source)
    try:
        parts = split(source.text)
        to.top = Span(parts.line - 1, 1, parts.line - 1, 4)
        to.faults(odd_characters(source, parts.body))
        if to.errors:
            return None, to.diagnostics
        front = parts.placed
        mapping = parse(front)
    except Unreadable as error:
        to.faults(error.faults)
        _read_on(source, kind, error.faults, to)
        return None, to.diagnostics
    note_warnings(front, mapping, kind.fields, to)
    values = read_fields(kind.fields, mapping, to, nested=False)
    kind.complete(values, mapping, to)
    if to.errors:
        return None, to.diagnostics
    folder = source.path.rpartition("/")[0]
    if kind.folder == "activities":
        values["folder"] = folder[len("activities/") :]
    spans = Spans(front, kind.fields.aliases)
    record: Record = kind.fields.record(
        id=id_of(source.path), path=source.path, body=parts.below, spans=spans, **values
    )
    return record, to.diagnostics


def _read_on(source: Source, kind: RecordKind, faults: Sequence[Fault], to: Problems) -> None:
    """Find further problems: apply the fixes of the faults, read the fields again, and report problems in other lines.

    A YAML parser stops at the first error, but users want to see all errors at once.
    """
    text, fixed = source.text, set[int]()
    for _ in range(MOST_ROUNDS):
        claimed = ClaimedSpans()
        fixes = [each.fix for each in faults if each.fix and each.fix.safe and claimed.claim(each.fix.edits)]
        edits = [edit for fix in fixes for edit in fix.edits]
        if not edits or not all(map(_stays_in_line, edits)):
            return
        fixed |= {edit.span.line for edit in edits}
        text = apply(text.encode(), edits).decode()
        rest = Problems(replace(source, text=text), to.top)
        faults = _check(text, kind, rest)
        for each in rest.diagnostics:
            if each.code not in _MISSING and each not in to.diagnostics and not (each.span and each.span.line in fixed):
                to.note(each)


def _check(text: str, kind: RecordKind, to: Problems) -> Sequence[Fault]:
    """Report the problems of the fields in a text. Return the faults if they can't be read."""
    try:
        mapping = parse(split(text).placed)
    except Unreadable as error:
        to.faults(error.faults)
        return error.faults
    kind.complete(read_fields(kind.fields, mapping, to, nested=False), mapping, to)
    return ()


def _stays_in_line(edit: Edit) -> bool:
    """Return whether an edit keeps the line numbers of the file."""
    return edit.span.line == edit.span.end_line and "\n" not in edit.new


def _complete_objective(values: Values, mapping: MappingNode, to: Problems) -> None:
    start, by = values.get("start"), values.get("by")
    if start and by and by < start:
        message = f"the due date, {by}, is before the start, {start}"
        to.add("CPD214", mapping.values["by"], message, hint="swap the two dates, or correct one of them")


def _complete_qualification(values: Values, mapping: MappingNode, to: Problems) -> None:
    """Report dates in the wrong order. A month or a year is in order if one of its days is."""
    pairs = (("start", "awarded"), ("awarded", "expires"), ("start", "expires"))
    for first, last in pairs:
        one, other = (days_of_part(values.get(name) or "") for name in (first, last))
        if one and other and other[1] < one[0]:
            message = f"{last}, {values[last]}, is before {first}, {values[first]}"
            to.add("CPD214", mapping.values[last], message, hint="swap the two dates, or correct one of them")
            return


def _complete_nothing(values: Values, mapping: MappingNode, to: Problems) -> None:
    """Do nothing: these records have no fields that depend on each other."""


RECORD_KINDS = {
    kind.folder: kind
    for kind in (
        RecordKind("activities", ACTIVITY, _complete_activity),
        RecordKind("plan", OBJECTIVE, _complete_objective),
        RecordKind("career", POST, _complete_nothing),
        RecordKind("reviews", REVIEW, _complete_nothing),
        RecordKind("qualifications", QUALIFICATION, _complete_qualification),
        RecordKind("claims", CLAIM, _complete_nothing),
    )
}
"""The kinds of record by folder of the journal."""
