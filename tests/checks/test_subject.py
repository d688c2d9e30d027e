from datetime import date
from pathlib import Path

import pytest

from cpdkit.checks.rule import Finding, rule
from cpdkit.checks.subject import Context, Subject
from cpdkit.diagnostics import Severity, Span
from cpdkit.journal.records import Activity
from cpdkit.text.files import Disk
from tests.journal.folders import FIELDS, journal_of, record

BODY = "\n  indented line \n\n## Reflection\n\nWords.\n"


@rule("CPD999", Severity.WARNING, "a rule", Activity)
def judge(subject: Subject) -> list[Finding]:
    """Says something.

    More of it.
    """
    return [Finding("title", "so")]


@pytest.fixture
def subject(tmp_path: Path) -> Subject:
    journal = journal_of(tmp_path, {"activities/a.md": record(FIELDS + "topics: [a, bcd]\n", BODY)})
    context = Context(date(2026, 11, 23), journal.member, frozenset(), frozenset(), Disk(str(tmp_path)))
    return Subject(journal.activities[0], context)


@pytest.mark.parametrize(
    ("where", "span", "source"),
    [
        (None, None, ""),
        ("title", Span(2, 8, 2, 20), "title: Relay course"),
        ("topics.1", Span(6, 13, 6, 16), "topics: [a, bcd]"),
        ("topics=bcd", Span(6, 13, 6, 16), "topics: [a, bcd]"),
        ("topics=none", Span(6, 9, 6, 17), "topics: [a, bcd]"),
        ("topics.7", Span(6, 9, 6, 17), "topics: [a, bcd]"),
        ("body.2", Span(9, 3, 9, 16), "  indented line "),
        ("body.4", Span(11, 1, 11, 14), "## Reflection"),
        ("body", Span(8, 1, 8, 2), ""),
        ("body.99", Span(106, 1, 106, 2), ""),
        ("provider", None, ""),
        (Span(3, 1, 3, 5), Span(3, 1, 3, 5), "type: training"),
    ],
)
def test_a_finding_has_its_place_and_line(
    subject: Subject, where: str | Span | None, span: Span | None, source: str
) -> None:
    told = subject.diagnostic(judge, Finding(where, "so", "note", "hint"))
    assert (told.span, told.source) == (span, source)
    assert (told.path, told.code, told.severity) == ("activities/a.md", "CPD999", Severity.WARNING)
    assert (told.message, told.note, told.hint) == ("so", "note", "hint")


def test_headings_are_those_of_the_body(subject: Subject) -> None:
    assert [heading.text for heading in subject.headings] == ["Reflection"]


def test_a_rule_says_what_its_docstring_says(subject: Subject) -> None:
    assert judge.what == "Says something.\n\nMore of it."
    assert list(judge.judge(subject)) == [Finding("title", "so")]


@pytest.mark.parametrize(
    ("where", "put", "new"),
    [
        ("topics=bcd", "fire safety", "fire safety"),
        ("topics=bcd", "data, AI", '"data, AI"'),
        ("topics=none", "fire safety", None),
        ("topics=bcd", "", None),
    ],
)
def test_a_word_that_is_meant_becomes_a_fix(subject: Subject, where: str, put: str, new: str | None) -> None:
    fix = subject.diagnostic(judge, Finding(where, "so", put=put)).fix
    assert (fix.edits[0].new if fix else None) == new
    assert fix is None or (fix.safe and fix.edits[0].span == Span(6, 13, 6, 16))
