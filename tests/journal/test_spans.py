import pytest

from cpdkit.diagnostics import Span
from cpdkit.journal.spans import Spans

FRONT = "\ntitle: 'Relay'\ndate: 2026-03-14\ntopics: [a, 東京]\nunits: {PDU: 3}\n"
SPANS = Spans(FRONT, {"date": "start"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "'Relay'"),
        ("date", "2026-03-14"),
        ("start", "2026-03-14"),
        ("topics", "[a, 東京]"),
        ("topics.1", "東京"),
        ("units.0", "3"),
        ("title=Relay", "'Relay'"),
        ("start=2026-03-14", "2026-03-14"),
        ("topics=東京", "東京"),
        ("units=PDU", "PDU"),
        ("units=3", "3"),
    ],
)
def test_a_span_marks_the_value(name: str, text: str) -> None:
    at = SPANS[name]
    assert SPANS.line(at.line)[at.column - 1 : at.end_column - 1] == text


def test_the_body_starts_below_the_fence() -> None:
    assert SPANS["body"] == Span(7, 1, 7, 1)


def test_what_is_not_given_has_no_span() -> None:
    assert "hours" not in SPANS
    assert SPANS.get("topics.2") is None
    assert len(SPANS) == len(list(SPANS)) == 15
    assert [SPANS.line(number) for number in (0, 1, 9)] == ["", "", ""]


def test_a_word_is_found_as_a_key_before_as_a_value() -> None:
    spans = Spans("competences: [{A1: E}, {E: P}]\n", {})
    assert (spans["competences=A1"].column, spans["competences=P"].column) == (16, 28)
    assert Spans("competences: {A1: E, E: P}\n", {})["competences=E"].column == 22
