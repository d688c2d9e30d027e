import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.diagnostics import Span
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.source import (
    Source,
    decode,
    has_control,
    has_direction,
    invisible,
    line_and_column,
    odd_characters,
)


def refused(data: bytes) -> Fault:
    with pytest.raises(Unreadable) as caught:
        decode("a.md", data)
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("data", "text", "newline", "bom"),
    [
        (b"a\nb\n", "a\nb\n", "\n", False),
        (b"a\r\nb\r\n", "a\nb\n", "\r\n", False),
        (b"a\rb\r", "a\nb\n", "\r", False),
        (b"a\r\nb\nc\r", "a\nb\nc\n", "mixed", False),
        (b"\xef\xbb\xbfa\n", "a\n", "\n", True),
        ("Llŷn 東京 🙂\n".encode(), "Llŷn 東京 🙂\n", "\n", False),
        (b"", "", "\n", False),
    ],
)
def test_decode(data: bytes, text: str, newline: str, bom: bool) -> None:
    assert decode("a.md", data) == Source("a.md", text, newline, bom)


@pytest.mark.parametrize(
    ("data", "kind", "line", "column"),
    [
        ("ab\ncaf\xe9".encode("latin-1"), FaultKind.NOT_UTF8, 2, 4),
        (b"\xef\xbb\xbfab\r\ncd\xff", FaultKind.NOT_UTF8, 2, 3),
        ("東京".encode()[:-1], FaultKind.NOT_UTF8, 1, 2),
        (b"ab\r\rc\0d", FaultKind.NUL, 3, 2),
        (b"\xed\xa0\x80", FaultKind.NOT_UTF8, 1, 1),
    ],
)
def test_what_is_no_text_is_refused_at_its_place(data: bytes, kind: FaultKind, line: int, column: int) -> None:
    fault = refused(data)
    assert (fault.kind, fault.span) == (kind, Span.point(line, column))
    assert fault.hint


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(encoding: str) -> None:
    assert refused("---\ntitle: Relay course\n".encode(encoding)).kind is FaultKind.UTF16


def test_a_merge_conflict_is_refused() -> None:
    fault = refused(b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> laptop\n")
    assert (fault.kind, fault.span, fault.source) == (FaultKind.CONFLICT, Span(2, 1, 2, 8), "<<<<<<< HEAD")
    assert fault.note == "it ends on line 6"


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ["<<<<<<< a\n" * 50_000, "<<<<<<< a\n=======\n" * 50_000])
def test_many_markers_that_make_no_conflict_are_read_at_once(text: str) -> None:
    assert decode("a.md", text.encode()).text == text


@pytest.mark.parametrize("text", ["Title\n=======\n", "a <<<<<<< b\n=======\n>>>>>>> c\n", "<<<<<<< HEAD\nb\n"])
def test_what_only_looks_like_a_conflict_is_read(text: str) -> None:
    assert decode("a.md", text.encode()).text == text


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("\x07", FaultKind.CONTROL_ABOVE),
        ("\x7f", FaultKind.CONTROL_ABOVE),
        ("\x85", FaultKind.CONTROL_ABOVE),
        ("\u2028", FaultKind.CONTROL_ABOVE),
        ("\ufeff", FaultKind.CONTROL_ABOVE),
        ("\uffff", FaultKind.CONTROL_ABOVE),
        ("\u202e", FaultKind.BIDI),
        ("\u2066", FaultKind.BIDI),
    ],
)
def test_odd_characters_are_found_at_their_place(character: str, kind: FaultKind) -> None:
    source = decode("a.md", f"东x\nab{character}c".encode())
    assert [(each.kind, each.span) for each in odd_characters(source, len(source.text))] == [(kind, Span.point(2, 3))]


def test_odd_characters_above_and_below_the_body_differ() -> None:
    source = decode("a.md", b"a\x07\n---\nb\x07")
    assert [each.kind for each in odd_characters(source, 7)] == [FaultKind.CONTROL_ABOVE, FaultKind.CONTROL_BELOW]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_odd_just_where_it_holds_an_odd_character(text: str) -> None:
    if "\0" in text or "<<<<<<<" in text:
        return
    source = decode("a.md", text.encode())
    marked = Source("a.md", source.text, odd=True)
    assert source.odd == bool(odd_characters(marked, 0))


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        source = decode("a.md", data)
    except Unreadable as error:
        assert all(fault.message for fault in error.faults)
    else:
        assert "\r" not in source.text
        assert data.removeprefix(b"\xef\xbb\xbf").decode().split() == source.text.split()


def test_the_line_of_a_number() -> None:
    source = Source("a.md", "ab\n\x0bcd\n")
    assert [source.line(number) for number in (0, 1, 2, 3, 4)] == ["", "ab", "\x0bcd", "", ""]


@given(st.text("ab\n"), st.integers(0, 30))
def test_a_place_counts_lines_and_columns(text: str, index: int) -> None:
    index = min(index, len(text))
    line, column = line_and_column(text, index)
    lines = text.split("\n")
    assert sum(len(each) + 1 for each in lines[: line - 1]) + column - 1 == index


@pytest.mark.parametrize(
    ("value", "control", "direction"),
    [
        ("a\x07", True, False),
        ("a\tb\nc", False, False),
        ("a\u202eb", False, True),
        ("क्\u200dष 東\u3000京", False, False),
    ],
)
def test_what_a_value_must_not_hold(value: str, control: bool, direction: bool) -> None:
    assert (has_control(value), has_direction(value)) == (control, direction)


@pytest.mark.parametrize(
    ("name", "expected"), [("course.md", ""), ("a\nb.md", "U+000A"), ("a\x1b[2J.md", "U+001B"), ("a\u202eb", "U+202E")]
)
def test_invisible_characters_of_names(name: str, expected: str) -> None:
    assert invisible(name) == expected
