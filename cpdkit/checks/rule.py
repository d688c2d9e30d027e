"""Rules, what they check (a record, or the whole journal), and what they find.

Rules of the whole journal get only a few facts of each record, so that a journal of any size fits into memory.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from inspect import cleandoc
from typing import Any, NamedTuple

from cpdkit.dates.hours import Minutes
from cpdkit.diagnostics import Diagnostic, Fix, Severity, Span, shown
from cpdkit.journal.load import read_file
from cpdkit.journal.member import Member
from cpdkit.journal.paths import MEMBER_FILE, PEOPLE_FILE, Listing
from cpdkit.journal.people import NOBODY, People
from cpdkit.journal.reader import RECORD_KINDS, Record
from cpdkit.journal.records import Activity, Claim, Objective, Post, Qualification
from cpdkit.journal.sections import Outline, is_clearly_complete, outline
from cpdkit.journal.spans import Spans
from cpdkit.journal.wiki_links import WikiLink, body_links, field_links
from cpdkit.schemes.vocabulary import Vocabulary
from cpdkit.text.files import Disk, Stamp
from cpdkit.text.markdown import read
from cpdkit.text.markdown_blocks import walk_public
from cpdkit.text.yaml_scalars import scalar, write


class Finding(NamedTuple):
    """One problem that a rule finds.

    `where` is a field (`start`, `evidence.1` for the second item of its list, `topics=safety` for a word in it,
    `body.3` for the third line of the body), a span of the file, or None for the whole file. `path` is for rules of the
    whole journal. `masked` means that the marked text must not appear in a terminal or in the log of a CI.
    `replacement` is the only word that can be meant instead of the marked one; it becomes a fix.
    """

    where: str | Span | None
    message: str
    note: str = ""
    hint: str = ""
    fix: Fix | None = None
    path: str = ""
    masked: bool = False
    replacement: str = ""


Findings = Iterable[Finding]
NO_FINDINGS: Findings = ()
"""The usual result of a rule, shared because a new empty list for each record takes time."""
RecordCheck = Callable[["Subject"], Findings]
JournalCheck = Callable[["WholeJournal"], Findings]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. The meaning of its code never changes. `cpd explain` prints `what`, the docstring of its function."""

    code: str
    severity: Severity
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class RecordRule(Rule):
    """A rule that checks one record at a time, of the classes in `of`."""

    check: RecordCheck
    of: tuple[type, ...]


@dataclass(frozen=True, slots=True)
class JournalRule(Rule):
    """A rule that needs all records of the journal."""

    check: JournalCheck


def rule(code: str, severity: Severity, title: str, *of: type) -> Callable[[RecordCheck], RecordRule]:
    """Return a decorator that makes a rule of a function, which checks one record of these classes."""
    return lambda check: RecordRule(code, severity, title, cleandoc(check.__doc__ or ""), check, of)


def journal_rule(code: str, severity: Severity, title: str) -> Callable[[JournalCheck], JournalRule]:
    """Return a decorator that makes a rule of a function, which checks the whole journal."""
    return lambda check: JournalRule(code, severity, title, cleandoc(check.__doc__ or ""), check)


AT_LENGTH = 120
"""A text under a heading with more characters than this is not checked for being short, vague or a template's."""
COVER = "•"


@dataclass(frozen=True, slots=True)
class Context:
    """The data around a record. The problems of a record depend only on the record, its context and its files.

    `objectives` are the IDs under `plan/`; `evidence` are the paths below `evidence/`, composed as by
    `text.names`. `member` is None if cpd.yaml can't be read. `disk` is for `Subject.stamp`, which few records need.
    `vocabulary` has the names of competences, topics and schemes; `codes` are all codes of a check. `people` are those
    of people.yaml, `has_people` is False if it cannot be read, and `form` is the ID of the form of the application.
    """

    day: date
    member: Member | None
    objectives: frozenset[str]
    evidence: frozenset[str]
    disk: Disk
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    codes: frozenset[str] = frozenset()
    people: People = NOBODY
    has_people: bool = True
    form: str = ""

    @property
    def severities(self) -> Mapping[str, Severity | None]:
        """Return the owner's severities, by code or start of a code; None turns it off."""
        return self.member.checks if self.member else {}


class Subject:
    """One record that is checked. `record` is a Record, the Member or the People."""

    def __init__(self, record: Any, context: Context) -> None:
        self.record = record
        self.context = context
        self.stamps: dict[str, Stamp | None] = {}

    def stamp(self, path: str) -> Stamp | None:
        """Return the stamp of another file of the journal, or None if it does not exist.

        Rules call this instead of reading the disk, so that `stamps` has all files that the result depends on.
        """
        if path not in self.stamps:
            self.stamps[path] = self.context.disk.stamp(path)
        return self.stamps[path]

    def exists(self, path: str) -> bool:
        """Return whether the journal has a file, folder or link of that name."""
        return self.stamp(path) is not None

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines of the body."""
        body: str = self.record.body
        return body.split("\n")

    @cached_property
    def is_clearly_complete(self) -> bool:
        """Return whether every part of the body is certainly longer than `AT_LENGTH`; most are."""
        return is_clearly_complete(self.record.body, AT_LENGTH)

    @cached_property
    def outline(self) -> Outline:
        """Return the parts of the body."""
        return outline(self.record.body)

    @cached_property
    def bytes(self) -> bytes:
        """Return the body in UTF-8, in which the search for letters and digits is fastest."""
        body: str = self.record.body
        return body.encode("utf-8", "replace")

    def stretch(self, start: int, stop: int) -> Span:
        """Return the place in the file of a part of the body, at most to the end of its first line."""
        body: str = self.record.body
        line = self.record.spans["body"].line + body.count("\n", 0, start)
        column = start - body.rfind("\n", 0, start)
        end = body.find("\n", start, stop)
        return Span(line, column, line, column + (stop if end < 0 else end) - start)

    def span(self, where: str | Span | None) -> Span | None:
        """Return the place that a finding names (`topics`, `topics.0`, `topics=safety`, `body.3`)."""
        return where if where is None or isinstance(where, Span) else _span_of(self.record.spans, where, self.lines)

    def source(self, span: Span) -> str:
        """Return the line of the file that a place starts in."""
        spans: Mapping[str, Span] = self.record.spans
        below = span.line - spans["body"].line if "body" in spans else -1
        return self.lines[below] if 0 <= below < len(self.lines) else front_line(spans, span.line)

    def diagnostic(self, rule: Rule, finding: Finding) -> Diagnostic:
        """Return a finding as a diagnostic of the rule, with the line that it marks."""
        span = self.span(finding.where)
        source = shown(self.source(span)) if span else ""
        if span and source and finding.masked:
            stop = span.end_column - 1 if span.end_line == span.line else len(source)
            source = source[: span.column - 1] + COVER * (stop - span.column + 1) + source[stop:]
        return Diagnostic(
            self.record.path,
            span,
            rule.code,
            rule.severity,
            finding.message,
            source,
            finding.note,
            finding.hint,
            finding.fix or self._replacement(finding),
        )

    def _replacement(self, finding: Finding) -> Fix | None:
        """Return the fix that replaces the wrong word with the right one, if the word has a place of its own."""
        span = self.record.spans.get(finding.where) if finding.replacement else None
        return write(span, scalar(finding.replacement, flow=True)) if span else None


def _span_of(spans: Mapping[str, Span], where: str, lines: list[str]) -> Span | None:
    """Return the span of a field, an item, or a line of the body; an item without a span has that of its field."""
    name, _, number = where.partition("." if "=" not in where else "=")
    if name == "body" and "body" in spans:
        below = int(number or 1)
        line = spans["body"].line + below - 1
        text = lines[below - 1] if below <= len(lines) else ""
        start = len(text) - len(text.lstrip()) + 1
        return Span(line, start, line, max(len(text.rstrip()), start) + 1)
    return spans.get(where) or spans.get(name)


def front_line(spans: Mapping[str, Span], number: int) -> str:
    """Return a line of the front matter, counted from 1 in the file."""
    return spans.line(number) if isinstance(spans, Spans) else ""


LONG_TEXT = 60
"""Two lines or sentences longer than this (in characters) are not equal by chance."""
END = 80
MOST_TEXTS = 8
"""How many ends of lines are kept (of `END` characters): enough to see that most of a body may be a copy."""


class RecordFacts(NamedTuple):
    """The facts of one record. `kind` is its folder; a field that the kind does not have is empty.

    `days` are the dates of the sessions and the minutes on each. `texts` are hashes of the ends of the body's longest
    lines, comparable within one run. `accepted` are the codes in the record's `accepted`.
    `wiki_links` are the names in `[[links]]`.
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
    wiki_links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeJournal:
    """The data for a rule of the whole journal.

    `records` are sorted by path. `unread` are files of records that can't be read, so that their content is unknown.
    """

    records: Sequence[RecordFacts]
    unread: Sequence[str]
    listing: Listing
    context: Context

    def of(self, kind: str) -> list[RecordFacts]:
        """Return the records of one folder, such as `activities` or `plan`."""
        return [each for each in self.records if each.kind == kind]

    def subject(self, path: str) -> Subject | None:
        """Return a complete record, or the member, by reading its file again; None if it can't be read."""
        if path == MEMBER_FILE:
            return Subject(self.context.member, self.context) if self.context.member else None
        if path == PEOPLE_FILE:
            return Subject(self.context.people, self.context)
        kind = RECORD_KINDS.get(path.partition("/")[0])
        record = read_file(self.context.disk, path, kind)[0] if kind else None
        return Subject(record, self.context) if record else None

    @property
    def activities_unread(self) -> bool:
        """Return whether an activity can't be read, which may name what no other one names."""
        return any(path.startswith("activities") for path in self.unread)


def facts_of(record: Record) -> RecordFacts:
    """Return the facts of one record."""
    facts = _facts(record)
    links = tuple(dict.fromkeys(link.name for _, link in wiki_links_of(record)))
    return facts._replace(wiki_links=links) if links else facts


def wiki_links_of(record: Record) -> Iterator[tuple[str, WikiLink]]:
    """Yield the `[[links]]` in the texts of fields and in the body of a record, each with the text that it is in."""
    front = record.spans.front if isinstance(record.spans, Spans) else ""
    for text, links in ((front, field_links(front)), (record.body, body_links(record.body))):
        yield from ((text, link) for link in links)


def _facts(record: Record) -> RecordFacts:
    if isinstance(record, Activity):
        return _activity_facts(record)
    accepted = frozenset(record.accepted)
    if isinstance(record, Objective):
        return RecordFacts(
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
        return RecordFacts(
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
    if isinstance(record, Qualification):
        evidence = tuple(each.path for each in record.evidence if each.path)
        return RecordFacts(
            record.path, record.id, "qualifications", record.title, evidence=evidence, accepted=accepted
        )  # fmt: skip
    if isinstance(record, Claim):
        codes = tuple(each.code for each in record.competences)
        return RecordFacts(record.path, record.id, "claims", record.name, competences=codes, accepted=accepted)
    return RecordFacts(record.path, record.id, "reviews", record.title, year=record.year, accepted=accepted)


def _activity_facts(record: Activity) -> RecordFacts:
    return RecordFacts(
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
        _text_hashes(record.body),
        frozenset(record.accepted) if record.accepted else _NONE,
        record.location,
        record.role,
    )


def _text_hashes(body: str) -> tuple[int, ...]:
    """Return hashes of the ends of the longest lines; an edited copy mostly differs at the start of a paragraph."""
    texts = [line[-END:] for line in body.split("\n") if len(line) > LONG_TEXT]
    if len(texts) > MOST_TEXTS:
        texts = sorted(texts, key=len)[-MOST_TEXTS:]
    return tuple([hash(text) for text in texts])


class Sentence(NamedTuple):
    """A sentence with single spaces and in lower case, and its place in the body."""

    start: int
    stop: int
    text: str


def long_texts(body: str) -> list[Sentence]:
    """Return the long sentences of a body's paragraphs, including those in lists and quotes."""
    document = read(body)
    sentences = []
    for block in walk_public(document.blocks):
        if block.kind == "paragraph":
            start, stop = document.line_start(block.start), document.line_start(block.stop)
            for match in _SENTENCE.finditer(body, start, stop):
                if len(match[0]) > LONG_TEXT:
                    sentences.append(Sentence(match.start(), match.end(), " ".join(match[0].casefold().split())))
    return sentences


_SENTENCE = re.compile(r"\S(?:[^.!?]|[.!?](?!\s|\Z))*[.!?]*")

_NONE: frozenset[str] = frozenset()
