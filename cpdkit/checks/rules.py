"""The rules that look at a journal as a whole: records against each other, against evidence/ and against the day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from operator import attrgetter
from unicodedata import normalize

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.codes import CODES
from cpdkit.journal.loading import EVIDENCE, Journal
from cpdkit.journal.records import Activity, Evidence, Status
from cpdkit.journal.spans import Spans
from cpdkit.text.clock import today

MOST_NAMES = 2_000
"""Among more names than this no similar one is looked for: each look costs a look at all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `whole` says that it can only judge a journal of which everything was read."""

    find: Callable[[Journal, date], Iterator[Diagnostic]]
    whole: bool = False


def check_journal(journal: Journal, wanted: Sequence[str] = (), day: date | None = None) -> tuple[Diagnostic, ...]:
    """Every problem of a journal in the order of files and places. `day` is today.

    With `wanted`, only what was read of the journal is judged, by the rules that can do that.
    """
    found = list(journal.diagnostics)
    for rule in RULES:
        if not (wanted and rule.whole):
            found += rule.find(journal, day or today())
    return tuple(sorted(found, key=attrgetter("order")))


def missing_evidence(journal: Journal, _: date) -> Iterator[Diagnostic]:
    """A piece of evidence names a file under `evidence/`, so the file has to be there."""
    there = {normalize("NFC", path) for path in journal.evidence}
    known = there | {path[:cut] for path in there for cut, letter in enumerate(path) if letter == "/"}
    for activity in journal.activities:
        for number, each in enumerate(activity.evidence):
            if each.path and each.path not in known and normalize("NFC", each.path) not in known:
                yield _missing(activity, number, each, there)


def unknown_objectives(journal: Journal, _: date) -> Iterator[Diagnostic]:
    """An activity names an objective by its id, so there has to be a file of that name under `plan/`."""
    unread = {path.rpartition("/")[2].removesuffix(".md") for path in journal.unread if path.startswith("plan/")}
    known = unread.union(journal.objectives)
    for activity in journal.activities:
        for number, objective in enumerate(activity.objectives):
            if objective not in known:
                near = get_close_matches(objective, known, n=1)
                note = f"did you mean {near[0]}?" if near else ""
                hint = f"an objective is a file under plan/: plan/{objective}.md"
                yield _at(activity, "objectives", number, "CPD503", f"there is no objective {objective}", note, hint)


def unused_evidence(journal: Journal, _: date) -> Iterator[Diagnostic]:
    """A file under `evidence/` proves nothing until an activity names it."""
    named = {normalize("NFC", each.path) for activity in journal.activities for each in activity.evidence}
    # The evidence of a record that could not be read is not known.
    if any(path.startswith("activities/") for path in journal.unread):
        return
    for path in sorted(journal.evidence):
        plain = normalize("NFC", path)
        parents = (plain[:cut] for cut, letter in enumerate(plain) if letter == "/")
        if plain not in named and not any(parent in named for parent in parents):
            hint = f"add it to the activity it belongs to: evidence: [{path}]"
            severity = CODES["CPD504"].severity
            yield Diagnostic(f"{EVIDENCE}/{path}", None, "CPD504", severity, "no activity names this file", hint=hint)


def done_in_future(journal: Journal, day: date) -> Iterator[Diagnostic]:
    """What is done, or in progress, can't lie in the future: the status or the date is wrong."""
    for activity in journal.activities:
        if activity.status is Status.DONE and activity.end > day:
            field, told = "end" if activity.end != activity.start else "start", activity.end
        elif activity.status is Status.IN_PROGRESS and activity.start > day:
            field, told = "start", activity.start
        else:
            continue
        message = f"this is {activity.status}, but {told} lies in the future"
        yield _at(activity, field, None, "CPD310", message, hint="write status: planned until it has happened")


def planned_in_past(journal: Journal, day: date) -> Iterator[Diagnostic]:
    """A planned activity whose days are over either happened or did not."""
    for activity in journal.activities:
        if activity.status is Status.PLANNED and activity.end < day:
            message = f"this is planned, but {activity.end} is past"
            hint = "write status: done and its hours, or a new date, or delete it"
            yield _at(activity, "status", None, "CPD311", message, hint=hint)


def _missing(activity: Activity, number: int, each: Evidence, there: set[str]) -> Diagnostic:
    folded = each.path.casefold()
    same = [path for path in there if path.casefold() == folded] if len(there) <= MOST_NAMES else []
    near = same or (get_close_matches(each.path, there, n=1, cutoff=0.8) if len(there) <= MOST_NAMES else [])
    note = f"did you mean {near[0]}?" if near else ""
    message = f"{EVIDENCE}/{each.path} is not there"
    return _at(activity, "evidence", number, "CPD501", message, note, f"put the file into {EVIDENCE}/")


def _at(
    activity: Activity, field: str, number: int | None, code: str, message: str, note: str = "", hint: str = ""
) -> Diagnostic:
    """A diagnostic at a field's value, or at one item of its list."""
    spans = activity.spans
    span = spans.get(f"{field}.{number}") or spans.get(field) or spans.get("start")
    source = spans.line(span.line) if span and isinstance(spans, Spans) else ""
    return Diagnostic(activity.path, span, code, CODES[code].severity, message, source, note, hint)


RULES: tuple[Rule, ...] = (
    Rule(missing_evidence),
    Rule(unknown_objectives),
    Rule(unused_evidence, whole=True),
    Rule(done_in_future),
    Rule(planned_in_past),
)
