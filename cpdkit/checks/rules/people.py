"""CPD61x: the people in people.yaml, reporting lines, and qualifications that expire."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import NamedTuple

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, Subject, front_line, rule
from cpdkit.checks.rules.times import day_inside
from cpdkit.diagnostics import Severity, Span
from cpdkit.journal.people import People, Person
from cpdkit.journal.records import ME, Post, Qualification, ReportingLine

DAYS_BEFORE = 90
"""A qualification expires soon if it does so within this many days."""


@rule("CPD610", Severity.WARNING, "unknown person in a reporting line", Post, People)
def unknown_people(subject: Subject) -> Findings:
    """A reporting line names a person of people.yaml by the ID, or you by `me`.

    The accountability diagram omits a line to somebody unknown.
    """
    if not subject.context.has_people:
        return
    known = {ME, *(each.id for each in subject.context.people.people)}
    for each in _reporting(subject.record):
        for line in each.lines:
            if line.to not in known:
                near = get_close_matches(line.to, sorted(known), n=1, cutoff=0.5)
                note = f"did you mean {near[0]}?" if near else ""
                hint = f"write a list: [{line.to}]" if "," in line.to else "add the person, or correct the ID"
                where = _place(subject, each.where, line.to)
                yield Finding(where, f'nobody in people.yaml has the ID "{line.to}"', note, hint)


class _Reporting(NamedTuple):
    """The reporting lines of you in a post, or of a person: the place, the ID, the name, and the dates of the role."""

    where: str
    id: str
    name: str
    lines: tuple[ReportingLine, ...]
    start: date | None
    end: date | None


def _reporting(record: Post | People) -> list[_Reporting]:
    if isinstance(record, Post):
        return [_Reporting("reports-to", ME, "you", record.reports_to, record.start, record.end)]
    return [
        _Reporting(f"people.{number}", each.id, each.name, each.reports_to, each.start, each.end)
        for number, each in enumerate(record.people)
    ]


def _place(subject: Subject, where: str, name: str) -> str | Span:
    """Return the place of an ID after `reports-to:`, in a post or the entry of a person; `where` if there is none."""
    spans = subject.record.spans
    whole = subject.span(where)
    if whole is None:
        return where
    word = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])")
    is_after = where == "reports-to"
    for number in range(whole.line, whole.end_line + 1):
        line = front_line(spans, number)
        start = whole.column - 1 if number == whole.line else 0
        if not is_after and (key := _REPORTS_TO.search(line, start)):
            is_after, start = True, key.end()
        if is_after and (match := word.search(line, start)):
            return Span(number, match.start() + 1, number, match.end() + 1)
    return where


_REPORTS_TO = re.compile(r"(?<![\w-])(?:reports-to|manager|line-manager)[\"']?\s*:")


@rule("CPD611", Severity.WARNING, "reporting lines form a circle", Post, People)
def circles(subject: Subject) -> Findings:
    """Nobody can be above their own manager, or report to themselves."""
    people = subject.context.people.people
    every = {each.id: each for each in people}
    for each in _reporting(subject.record):
        for line in each.lines:
            if line.dotted:
                continue
            where = _place(subject, each.where, line.to)
            if line.to == each.id:
                verb = "report to yourself" if each.id == ME else "reports to themselves"
                yield Finding(where, f"{each.name} {verb}", hint="write the ID of the manager")
                continue
            days = (day for day in _days(each, line, people) if _reaches(each.id, line.to, every, day))
            if day := next(days, None):
                verb = "are above your" if each.id == ME else "is above their"
                note = f"on {day}" if day > date.min else ""
                yield Finding(where, f"{each.name} {verb} own manager", note, HINT)


HINT = "correct one of the lines, or add dotted: true"


def _days(each: _Reporting, line: ReportingLine, people: Sequence[Person]) -> list[date]:
    """Return days on which the line exists, at least one for each set of other lines."""
    starts = {day for person in people for day in (person.start, *(other.start for other in person.reports_to)) if day}
    first, last = _dates(each, line)
    return [day for day in sorted({first, *starts}) if first <= day <= last]


def _dates(each: _Reporting, line: ReportingLine) -> tuple[date, date]:
    """Return the first and the last day of a line: its own dates, inside those of the role."""
    first = max(line.start or date.min, each.start or date.min)
    return first, min(line.end or date.max, each.end or date.max)


def _reaches(name: str, start: str, people: Mapping[str, Person], day: date) -> bool:
    """Return whether the managers of `start`, and theirs, lead to `name` on a day."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one == name:
            return True
        person = people.get(one)
        if one not in seen and person and person.is_there_on(day):
            seen.add(one)
            waiting += [line.to for line in person.reports_to if not line.dotted and line.holds_on(day)]
    return False


@rule("CPD612", Severity.ADVICE, "two managers at the same time", Post, People)
def two_managers(subject: Subject) -> Findings:
    """Usually one person manages another. A second line is often one of direction: `dotted: true` draws it as such.

    Dates also separate two lines: `{to: margaret, end: 2025-08-31}`.
    """
    people = {each.id: each for each in subject.context.people.people}
    for each in _reporting(subject.record):
        known = [line for line in each.lines if not line.dotted and (line.to in people or line.to == ME)]
        for one, other in _together(each, known, people):
            where = _place(subject, each.where, other.to)
            if one.to == other.to:
                yield Finding(where, f"{one.to} is listed twice", hint="remove one of the two")
            else:
                message = f"{one.to} and {other.to} are managers at the same time"
                yield Finding(where, message, hint="add dotted: true to one of them, or dates to both")


def _together(
    each: _Reporting, lines: Sequence[ReportingLine], people: Mapping[str, Person]
) -> Iterator[tuple[ReportingLine, ReportingLine]]:
    """Yield two lines that exist at the same time, while both managers are there."""
    for number, one in enumerate(lines):
        for other in lines[:number]:
            spans = [_while_there(each, line, people) for line in (one, other)]
            if max(first for first, _ in spans) <= min(last for _, last in spans):
                yield other, one
                return


def _while_there(each: _Reporting, line: ReportingLine, people: Mapping[str, Person]) -> tuple[date, date]:
    first, last = _dates(each, line)
    manager = people.get(line.to)
    if manager:
        first, last = max(first, manager.start or date.min), min(last, manager.end or date.max)
    return first, last


@rule("CPD616", Severity.WARNING, "manager has left", Post, People)
def managers_who_left(subject: Subject) -> Findings:
    """A manager has left and nobody follows, although the post or the role goes on. The diagram has no manager then."""
    people = {each.id: each for each in subject.context.people.people}
    day = subject.context.day
    for each in _reporting(subject.record):
        lines = [line for line in each.lines if not line.dotted and line.to in people]
        lasts = [_while_there(each, line, people)[1] for line in lines]
        goes_on = each.end is None or each.end >= day
        if lines and goes_on and max(lasts) < day:
            line = lines[lasts.index(max(lasts))]
            if (line.end or date.max) > max(lasts):
                where = _place(subject, each.where, line.to)
                message = f"{people[line.to].name} left on {max(lasts)}, and no other manager follows"
                yield Finding(where, message, hint="add the next manager to reports-to, or end: to the role")


@rule("CPD613", Severity.WARNING, "qualification has expired", Qualification)
def expired(subject: Subject) -> Findings:
    """The last day of a certificate or licence has passed. Renew it, and write the new `expires`.

    If you no longer need it, accept the code. A CV omits an expired qualification.
    """
    record: Qualification = subject.record
    if record.is_valid_on(subject.context.day):
        return NO_FINDINGS
    message = f"the qualification expired on {record.last_day}"
    return [Finding("expires", message, hint="renew it and change expires:, or accept CPD613 with the reason")]


@rule("CPD614", Severity.ADVICE, "qualification expires soon", Qualification)
def expires_soon(subject: Subject) -> Findings:
    """A certificate or licence expires within 90 days. `cpd todo` and `cpd status` list it too."""
    record: Qualification = subject.record
    day = subject.context.day
    if record.last_day is None or not day <= record.last_day <= day + timedelta(DAYS_BEFORE):
        return NO_FINDINGS
    days = (record.last_day - day).days
    when = ("today", "tomorrow")[days] if days < 2 else f"on {record.last_day}, in {days} days"
    message = f"the qualification expires {when}"
    return [Finding("expires", message, hint="renew it in time, and then change expires:")]


@rule("CPD615", Severity.WARNING, "registration of a supporter has expired", People)
def lapsed_supporters(subject: Subject) -> Findings:
    """The registration of somebody who supports your application is no longer valid. Ask for the new date."""
    people: People = subject.record
    day = subject.context.day
    for number, person in enumerate(people.people):
        until = person.registered_until
        if person.supporter and until and until < day:
            where = day_inside(subject, f"people.{number}", "registered-until", until)
            message = f"the registration of {person.name} expired on {until}"
            yield Finding(where, message, hint="write the new registered-until, or choose another supporter")


RULES = (unknown_people, circles, two_managers, managers_who_left, expired, expires_soon, lapsed_supporters)
