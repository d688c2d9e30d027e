"""The examples of `cpd explain` as journals: what a check says of them is found by checking, never written down."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from cpdkit.checks.engine import check_journal
from cpdkit.diagnostics import Diagnostic

DAY = date(2026, 11, 23)
"""The day that examples are checked on, so that what they show stays true."""
FENCE = "---\n"
MEMBER = "name: Angharad Llywelyn\n"
ACTIVITY = "title: Relay course\ntype: training\nstart: 2026-03-14\nhours: 2\n"
BODY = """
Settings of distance relays on double-circuit lines, with a day of injection tests in a real substation.

## Reflection

### What did you learn?

How the mutual coupling of two circuits shortens the reach, and that our own standard settings leave too small a margin
for it. I shall take the measured coupling into the next setting report and ask for the line's test sheets first.
"""
OBJECTIVE = "title: Design protection for grid-scale storage\nby: 2026-12-31\n"
POST = "role: Protection engineer\nemployer: Aire Valley Power\nstart: 2021-09-01\n"
REVIEW = "year: 2025\nwritten: 2026-01-09\n"
_NAME = re.compile(r"(?:- )?([\w-]+)")
_RECORDS = re.compile(r"(?:activities|plan|career|reviews)/.+\.md")


class Place(NamedTuple):
    """Where an example stands in its journal: the file, the good record's front matter that it changes, the body."""

    path: str
    fields: str
    body: str = "\nIn my own words.\n"


PLACES: Mapping[str, Place] = MappingProxyType(
    {
        "fields": Place("activities/relay-course.md", ACTIVITY, BODY),
        "body": Place("activities/relay-course.md", ACTIVITY, BODY),
        "file": Place("activities/relay-course.md", ACTIVITY, BODY),
        "cpd.yaml": Place("cpd.yaml", MEMBER),
        "plan": Place("plan/grid-storage.md", OBJECTIVE),
        "career": Place("career/2021-aire-valley-power.md", POST),
        "reviews": Place("reviews/2025.md", REVIEW),
    }
)
"""By what an explanation's `where` says."""


def found_in(where: str, text: str, beside: Mapping[str, str], without: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """What a check finds in the journal of an example and the files beside it."""
    over = {path: told.encode() for path, told in files_of(where, text, beside, without).items()}
    # Nothing is written there: all of the journal's texts lie over an empty folder.
    with TemporaryDirectory() as root:
        return check_journal(Path(root), day=DAY, over=over).diagnostics


def files_of(where: str, text: str, beside: Mapping[str, str], without: Collection[str] = ()) -> dict[str, str]:
    """The files of an example's journal, by path: a good one, but for the example and the fields it does without."""
    activity = merged(ACTIVITY, "objectives: [grid-storage]\n") if where == "plan" else ACTIVITY
    good = {"cpd.yaml": MEMBER, "activities/relay-course.md": f"{FENCE}{activity}{FENCE}{BODY}"}
    return {**good, PLACES[where].path: file_of(where, text, without), **beside}


def file_of(where: str, text: str, without: Collection[str] = ()) -> str:
    """The file that an example stands in."""
    place = PLACES[where]
    if where == "file":
        return text
    if where == "body":
        return f"{FENCE}{place.fields}{FENCE}\n{text}"
    fields = merged(place.fields, text, without)
    return fields if where == "cpd.yaml" else f"{FENCE}{fields}{FENCE}{place.body}"


def merged(good: str, lines: str, without: Collection[str] = ()) -> str:
    """Front matter with other lines: a field of the same name gives way, the others are added."""
    there = {name: told for name, told in chunks(good) if name not in without}
    added = ""
    for name, told in chunks(lines):
        if name in there:
            there[name] = told
        else:
            added += told
    return "".join(there.values()) + added


def chunks(lines: str) -> Iterator[tuple[str, str]]:
    """The fields of a text, each with its lines; a text that is no field counts by its first word."""
    for told in re.split(r"(?m)^(?=\S)(?!- |#)", lines):
        if told:
            match = _NAME.match(told)
            yield match[1] if match else told, told if told.endswith("\n") else f"{told}\n"


def is_of_record(diagnostic: Diagnostic) -> bool:
    """Whether a problem is of a file that can accept it."""
    return _RECORDS.fullmatch(diagnostic.path) is not None
