"""From one file's text to its record, or to the reasons why there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cpdkit.diagnostics import Diagnostic, Edit, Span
from cpdkit.journal.fields import ACTIVITY, OBJECTIVE, POST, REVIEW
from cpdkit.journal.hours import settle_times
from cpdkit.journal.problems import Problems
from cpdkit.journal.records import Activity, Objective, Post, Review
from cpdkit.journal.spans import Spans
from cpdkit.journal.table import Fields, read_fields
from cpdkit.journal.unseen import note_unseen
from cpdkit.text.edits import Taken, apply
from cpdkit.text.faults import Fault, Unreadable
from cpdkit.text.frontmatter import split
from cpdkit.text.source import Source, odd_characters
from cpdkit.text.values import Mapping, parse

MOST_ROUNDS = 10
"""How many things that YAML can't read are told of one file, one behind the other."""
_MISSING = ("CPD201", "CPD301")
"""What may only be missing because a line ran into another."""
Record = Activity | Objective | Post | Review
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of record: the folder it lives in, its fields, what is settled between them, and its class."""

    folder: str
    fields: Fields
    settle: Callable[[Values, Mapping, Problems], None]
    record: Callable[..., Record]
    aliases: dict[str, str]


def read_record(source: Source, form: Form) -> tuple[Record | None, list[Diagnostic]]:
    """The record in a text, and every problem found. With an error among them there is no record."""
    to = Problems(source)
    try:
        parts = split(source.text)
        to.top = Span(parts.line - 1, 1, parts.line - 1, 4)
        to.faults(odd_characters(source, parts.body))
        if to.errors:
            return None, to.found
        front = parts.placed
        mapping = parse(front)
    except Unreadable as error:
        to.faults(error.faults)
        _read_on(source, form, error.faults, to)
        return None, to.found
    note_unseen(front, mapping, form.fields, to)
    values = read_fields(form.fields, mapping, to, nested=False)
    form.settle(values, mapping, to)
    if to.errors:
        return None, to.found
    folder, _, name = source.path.rpartition("/")
    if form.folder == "activities":
        values["folder"] = folder[len("activities/") :]
    spans = Spans(front, form.aliases)
    record = form.record(id=name.removesuffix(".md"), path=source.path, body=parts.below, spans=spans, **values)
    return record, to.found


def _read_on(source: Source, form: Form, faults: Sequence[Fault], to: Problems) -> None:
    """Find what else is wrong: read the fields as the faults' fixes would have them, and tell of the lines they leave.

    A parser gives up at the first thing that it can't read; nobody wants to find the rest one by one.
    """
    text, mended = source.text, set[int]()
    for _ in range(MOST_ROUNDS):
        taken = Taken()
        fixes = [each.fix for each in faults if each.fix and each.fix.safe and taken.take(each.fix.edits)]
        edits = [edit for fix in fixes for edit in fix.edits]
        if not edits or not all(map(_stays_in_line, edits)):
            return
        mended |= {edit.span.line for edit in edits}
        text = apply(text.encode(), edits).decode()
        rest = Problems(replace(source, text=text), to.top)
        faults = _judge(text, form, rest)
        for each in rest.found:
            if each.code not in _MISSING and each not in to.found and not (each.span and each.span.line in mended):
                to.note(each)


def _judge(text: str, form: Form, to: Problems) -> Sequence[Fault]:
    """Note what is wrong with a text's fields; the faults that keep them from being read."""
    try:
        mapping = parse(split(text).placed)
    except Unreadable as error:
        to.faults(error.faults)
        return error.faults
    form.settle(read_fields(form.fields, mapping, to, nested=False), mapping, to)
    return ()


def _stays_in_line(edit: Edit) -> bool:
    """Whether the lines of the file are the same behind an edit."""
    return edit.span.line == edit.span.end_line and "\n" not in edit.new


def _settle_objective(values: Values, mapping: Mapping, to: Problems) -> None:
    start, by = values.get("start"), values.get("by")
    if start and by and by < start:
        to.add("CPD214", mapping.values["by"], f"{by} lies before the start, {start}", hint="were the two swapped?")


def _settled(values: Values, mapping: Mapping, to: Problems) -> None:
    """Nothing to settle."""


FORMS = {
    form.folder: form
    for form in (
        Form("activities", ACTIVITY, settle_times, Activity, ACTIVITY.aliases),
        Form("plan", OBJECTIVE, _settle_objective, Objective, OBJECTIVE.aliases),
        Form("career", POST, _settled, Post, POST.aliases),
        Form("reviews", REVIEW, _settled, Review, REVIEW.aliases),
    )
}
"""The kinds of record by the folder of the journal that holds them."""
