"""An activity's days and hours against each other."""

from datetime import date
from typing import Any

from cpdkit.diagnostics import Fix
from cpdkit.journal.fields import ACTIVITY
from cpdkit.journal.minutes import HOUR, Minutes, format_hours
from cpdkit.journal.problems import Problems
from cpdkit.journal.records import Session, Status
from cpdkit.journal.table import misnamed
from cpdkit.text.mending import delete
from cpdkit.text.values import Mapping, Node, Sequence, own_line

DAY: Minutes = 24 * HOUR


def settle_times(values: dict[str, Any], mapping: Mapping, to: Problems) -> None:
    """Put in the end and the minutes that follow from the rest, and note what contradicts itself."""
    start, sessions = values.get("start"), values.get("sessions")
    if sessions and None not in sessions:
        _from_sessions(values, sessions, mapping, to)
    elif "minutes" not in values and not sessions:
        _no_hours(values, mapping, to)
    minutes = values.get("minutes")
    if minutes == 0 and values.get("status", Status.DONE) in (Status.DONE, Status.IN_PROGRESS):
        to.add(
            "CPD305", mapping.values.get("hours"), "there are no hours here", hint="write the time it took, such as 0.5"
        )
    if start and "end" not in values:
        values["end"] = start
    if start and minutes and minutes > DAY:
        _too_many(minutes, start, values["end"], mapping, to)


def _from_sessions(values: dict[str, Any], sessions: tuple[Session, ...], mapping: Mapping, to: Problems) -> None:
    total = sum(session.minutes for session in sessions)
    said = values.get("minutes")
    if said is not None and said != total:
        message = f"hours says {format_hours(said)} h, but the sessions add up to {format_hours(total)} h"
        fix = _without_hours(mapping, to)
        hint = "delete hours: the sessions alone are enough"
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
            to.add("CPD303", where, f"the session of {session.date} lies {side}", hint="mend the date that is wrong")


def _without_hours(mapping: Mapping, to: Problems) -> Fix | None:
    line = own_line(mapping.keys["hours"], mapping.values["hours"], to.source.text) if "hours" in mapping.keys else None
    return delete("delete hours", line, safe=False) if line else None


def _no_hours(values: dict[str, Any], mapping: Mapping, to: Problems) -> None:
    status = values.get("status", Status.DONE)
    if status is Status.PLANNED:
        values["minutes"] = 0
    elif status is not None and not misnamed("hours", mapping, ACTIVITY):
        hint = "write hours: and the time it took, such as 1.5; a planned activity needs none"
        to.add("CPD301", None, "hours is missing", hint=hint)


def _too_many(minutes: Minutes, start: date, end: date | None, mapping: Mapping, to: Problems) -> None:
    days = (end - start).days + 1 if end else 1
    if 0 < days * DAY < minutes:
        where = mapping.values.get("hours") or mapping.values.get("sessions")
        note = "one day has 24" if days == 1 else f"{days} days have {days * 24}"
        message = f"{format_hours(minutes)} hours are more than the activity's days have"
        to.add("CPD306", where, message, note, "give the last day as end:")


def _item(node: Node, number: int) -> Node:
    return node.items[number] if isinstance(node, Sequence) else node
