"""What a rule of one record is given: the record, what surrounds it, and facts of its body worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from cpdkit.checks.rule import Finding, Rule
from cpdkit.diagnostics import Diagnostic, Fix, Span, shown
from cpdkit.journal.body import Heading, Outline, headings, is_told_at_length, outline
from cpdkit.journal.records import Member
from cpdkit.journal.spans import Spans
from cpdkit.schemes.vocabulary import Vocabulary
from cpdkit.text.files import Disk
from cpdkit.text.mending import write
from cpdkit.text.quoting import scalar

AT_LENGTH = 120
"""From how many characters under a heading no answer is short, vague or a template's."""
COVER = "•"


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds the records. A record judged in the same context has the same problems.

    `objectives` are the ids under `plan/`, `evidence` the paths below `evidence/`, in Unicode's NFC and as they are.
    `member` is None where cpd.yaml could not be read. `disk` is for what few records need: asking, never reading.
    `vocabulary` has the words for competences, topics and schemes; `codes` are all that a check can give.
    """

    day: date
    member: Member | None
    objectives: frozenset[str]
    evidence: frozenset[str]
    disk: Disk
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    codes: frozenset[str] = frozenset()


class Subject:
    """One record under judgement. `record` is an Activity, Objective, Post, Review or Member."""

    def __init__(self, record: Any, context: Context) -> None:
        self.record = record
        self.context = context

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the body."""
        body: str = self.record.body
        return body.split("\n")

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the body."""
        return headings(self.record.body)

    @cached_property
    def told_at_length(self) -> bool:
        """Whether it is certain that every part of the body says more than `AT_LENGTH`; most do."""
        return is_told_at_length(self.record.body, AT_LENGTH)

    @cached_property
    def outline(self) -> Outline:
        """The parts of the body."""
        return outline(self.record.body)

    @cached_property
    def bytes(self) -> bytes:
        """The body in UTF-8, in which runs of letters and digits are found fastest."""
        body: str = self.record.body
        return body.encode("utf-8", "replace")

    def stretch(self, start: int, stop: int) -> Span:
        """The place in the file of a stretch of the body, to the end of its first line at most."""
        body: str = self.record.body
        line = self.record.spans["body"].line + body.count("\n", 0, start)
        column = start - body.rfind("\n", 0, start)
        end = body.find("\n", start, stop)
        return Span(line, column, line, column + (stop if end < 0 else end) - start)

    def span(self, where: str | Span | None) -> Span | None:
        """The place that a finding names (`topics`, `topics.0`, `topics=safety`, `body.3`)."""
        return where if where is None or isinstance(where, Span) else place(self.record.spans, where, self.lines)

    def source(self, span: Span) -> str:
        """The line of the file that a place starts in."""
        spans: Mapping[str, Span] = self.record.spans
        below = span.line - spans["body"].line if "body" in spans else -1
        return self.lines[below] if 0 <= below < len(self.lines) else line_of(spans, span.line)

    def diagnostic(self, rule: Rule, finding: Finding) -> Diagnostic:
        """A finding with the rule's code and severity, and the line that it marks."""
        span = self.span(finding.where)
        source = shown(self.source(span)) if span else ""
        if span and source and finding.covered:
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
            finding.fix or self._put(finding),
        )

    def _put(self, finding: Finding) -> Fix | None:
        """The fix that puts the word that is meant where the wrong one stands, if it stands alone there."""
        span = self.record.spans.get(finding.where) if finding.put else None
        return write(span, scalar(finding.put, flow=True)) if span else None


def place(spans: Mapping[str, Span], where: str, lines: list[str]) -> Span | None:
    """The span of a field, an item, or a line of the body; an item that has none of its own is its field's."""
    name, _, number = where.partition("." if "=" not in where else "=")
    if name == "body" and "body" in spans:
        below = int(number or 1)
        line = spans["body"].line + below - 1
        text = lines[below - 1] if below <= len(lines) else ""
        start = len(text) - len(text.lstrip()) + 1
        return Span(line, start, line, max(len(text.rstrip()), start) + 1)
    return spans.get(where) or spans.get(name)


def line_of(spans: Mapping[str, Span], number: int) -> str:
    """A line of the front matter, counted from 1 in the file."""
    return spans.line(number) if isinstance(spans, Spans) else ""
