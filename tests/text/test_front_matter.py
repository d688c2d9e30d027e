import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.diagnostics import Span
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.front_matter import FRONT_LIMIT, split


def refused(text: str) -> Fault:
    with pytest.raises(Unreadable) as caught:
        split(text)
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("text", "front", "body", "line", "body_line"),
    [
        ("---\na: 1\n---\n\nb\n", "a: 1\n", "\nb\n", 2, 4),
        ("\n \n---\na: 1\n---\nb", "a: 1\n", "b", 4, 6),
        ("--- \t\na: 1\n---  \nb", "a: 1\n", "b", 2, 4),
        ("---\n---\n", "", "", 2, 3),
        ("---\na: 1\n---", "a: 1\n", "", 2, 3),
        ("---\na: ----\n----\n--- x\n ---\n---\nb\n---\n", "a: ----\n----\n--- x\n ---\n", "b\n---\n", 2, 7),
    ],
)
def test_split(text: str, front: str, body: str, line: int, body_line: int) -> None:
    parts = split(text)
    assert (parts.front, parts.below, parts.line) == (front, body, line)
    assert parts.body_line == body_line or not body


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("", FaultKind.EMPTY, None),
        (" \n\n", FaultKind.EMPTY, None),
        ("# Relay\n", FaultKind.NO_FENCE, Span(1, 1, 1, 8)),
        ("\n\n----\na: 1\n----\n", FaultKind.NO_FENCE, Span(3, 1, 3, 5)),
        (" ---\na: 1\n ---\n", FaultKind.NO_FENCE, Span(1, 1, 1, 5)),
        ("---\na: 1\n", FaultKind.OPEN_FENCE, Span(1, 1, 1, 4)),
        ("\n---", FaultKind.OPEN_FENCE, Span(2, 1, 2, 4)),
        ("---\n" + "a" * (FRONT_LIMIT + 1) + "\n---\n", FaultKind.LONG_FRONT, Span(1, 1, 1, 4)),
    ],
)
def test_what_has_no_front_matter_is_refused(text: str, kind: FaultKind, span: Span | None) -> None:
    fault = refused(text)
    assert (fault.kind, fault.span) == (kind, span)
    assert fault.hint


LINES = st.lists(st.text("ab: -", max_size=6).filter(lambda line: line.rstrip() != "---"), max_size=5)


@given(LINES, LINES, st.integers(0, 3), st.booleans())
def test_split_and_join_give_the_text_back(front: list[str], body: list[str], blank: int, end: bool) -> None:
    above = "".join(f"{line}\n" for line in front)
    below = "\n".join(body) + "\n" * end
    text = "\n" * blank + f"---\n{above}---\n{below}"
    parts = split(text)
    assert (parts.front, parts.below) == (above, below)
    assert text[: parts.start] + parts.front + text[parts.stop : parts.body] + parts.below == text
    assert parts.placed.split("\n")[parts.line - 1 :] == above.split("\n")
    assert parts.body_line == blank + len(front) + 3


@given(st.text("-a\n \t", max_size=40))
def test_any_text_is_split_or_refused(text: str) -> None:
    try:
        parts = split(text)
    except Unreadable as error:
        assert error.faults[0].kind in (FaultKind.EMPTY, FaultKind.NO_FENCE, FaultKind.OPEN_FENCE)
    else:
        assert text[: parts.start].strip() == "---"
        assert text[parts.stop : parts.body].strip() == "---"
