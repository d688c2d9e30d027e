"""What the rules of the whole journal know of each record: little, so that a journal of any size fits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cpdkit.checks.subject import Context
from cpdkit.journal.listing import Listing
from cpdkit.journal.minutes import Minutes
from cpdkit.journal.reading import Record
from cpdkit.journal.records import Activity, Objective, Post, Review

LONG_TEXT = 60
"""From how many characters on a line or a sentence says something that is not said elsewhere by chance."""
END = 80
MOST_TEXTS = 8
"""How many ends of lines are kept, and their characters: enough to see that most of a body may stand elsewhere."""


class Facts(NamedTuple):
    """One record in short. `kind` is the folder it lives in; what a kind doesn't have is empty.

    `days` are the days with the minutes on each where sessions say them; `texts` are hashes of the
    ends of the body's longest lines, equal for equal ones within one run; `accepted` the codes that the record's
    `accepted` names.
    """

    path: str
    id: str
    kind: str
    title: str = ""
    type: str = ""
    status: str = ""
    start: date | None = None
    end: date | None = None
    minutes: Minutes = 0
    days: tuple[tuple[date, Minutes], ...] = ()
    provider: str = ""
    objectives: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    year: int = 0
    texts: tuple[int, ...] = ()
    accepted: frozenset[str] = frozenset()
    location: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a rule of the whole journal may look at.

    `records` are in the order of their paths. `unread` are the files that should hold a record and can't be read: what
    they say is not known.
    """

    records: Sequence[Facts]
    unread: Sequence[str]
    listing: Listing
    context: Context

    def of(self, kind: str) -> list[Facts]:
        """The records of one folder (`activities`, `plan`, `career`, `reviews`)."""
        return [each for each in self.records if each.kind == kind]

    @property
    def activities_unread(self) -> bool:
        """Whether an activity could not be read, so that what none names may be named after all."""
        return any(path.startswith("activities") for path in self.unread)


def facts_of(record: Record) -> Facts:
    """The facts of one record."""
    if isinstance(record, Activity):
        return _of_activity(record)
    accepted = _accepted(record.accepted)
    if isinstance(record, Objective):
        return Facts(
            record.path,
            record.id,
            "plan",
            record.title,
            status=record.status,
            start=record.start,
            end=record.by,
            accepted=accepted,
        )
    if isinstance(record, Post):
        return Facts(
            record.path,
            record.id,
            "career",
            record.role,
            start=record.start,
            end=record.end,
            provider=record.employer,
            accepted=accepted,
            location=record.location,
        )
    return _of_review(record, accepted)


def _of_review(record: Review, accepted: frozenset[str]) -> Facts:
    return Facts(record.path, record.id, "reviews", record.title, year=record.year, accepted=accepted)


def _of_activity(record: Activity) -> Facts:
    return Facts(
        record.path,
        record.id,
        "activities",
        record.title,
        record.type,
        record.status,
        record.start,
        record.end,
        record.minutes,
        tuple((each.date, each.minutes) for each in record.sessions) if record.sessions else (),
        record.provider,
        record.objectives,
        tuple([each.code for each in record.competences]) if record.competences else (),
        record.topics,
        tuple([each.path for each in record.evidence if each.path]) if record.evidence else (),
        0,
        _texts(record.body),
        _accepted(record.accepted) if record.accepted else _NONE,
        record.location,
        record.role,
    )


def _texts(body: str) -> tuple[int, ...]:
    """Hashes of the ends of the longest lines: what is edited in a copy stands mostly at a paragraph's beginning."""
    texts = [line[-END:] for line in body.split("\n") if len(line) > LONG_TEXT]
    if len(texts) > MOST_TEXTS:
        texts = sorted(texts, key=len)[-MOST_TEXTS:]
    return tuple([hash(text) for text in texts])


class Said(NamedTuple):
    """A sentence with single blanks and in lower case, and where it stands in the body."""

    start: int
    stop: int
    text: str


def long_texts(body: str) -> list[Said]:
    """The long sentences of a body below its headings."""
    return [
        Said(match.start(), match.end(), " ".join(match[0].casefold().split()))
        for line in _PARAGRAPH.finditer(body)
        for match in _SENTENCE.finditer(body, line.start(), line.end())
        if len(match[0]) > LONG_TEXT
    ]


_PARAGRAPH = re.compile(r"^(?![ ]{0,3}#)[^\n]*\S[^\n]*(?:\n(?![ ]{0,3}#)[^\n]*\S[^\n]*)*", re.MULTILINE)
_SENTENCE = re.compile(r"\S(?:[^.!?]|[.!?](?!\s|\Z))*[.!?]*")

_NONE: frozenset[str] = frozenset()


def _accepted(said: Mapping[str, str]) -> frozenset[str]:
    return frozenset(said)
