import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.diagnostics import BOM_SPAN, Edit, Span
from cpdkit.text.edits import ClaimedSpans, apply

NEWLINES = ("\n", "\r\n", "\r")
WORDS = st.text(st.sampled_from("ab: #\t東🙂é\u0301\u00a0\ufeff"), max_size=8)
NEW = st.text(st.sampled_from("xy東\n"), max_size=4)


@st.composite
def files(draw: st.DrawFn) -> tuple[bool, list[tuple[str, str]]]:
    """Whether there is a byte order mark, and the lines, each with its own newline; the last may have none."""
    # A line that is empty between a CR and an LF would be none.
    lines = draw(st.lists(st.tuples(WORDS.filter(bool), st.sampled_from(NEWLINES)), max_size=6))
    return draw(st.booleans()), [*lines, (draw(WORDS), "")]


def bytes_of(bom: bool, lines: list[tuple[str, str]]) -> bytes:
    return b"\xef\xbb\xbf" * bom + "".join(words + end for words, end in lines).encode()


def starts_with_mark(bom: bool, lines: list[tuple[str, str]]) -> bool:
    return not bom and lines[0][0].startswith("\ufeff")


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        (b"a: 1\n", [(1, 4, 1, 5, "2")], b"a: 2\n"),
        (b"a: 1\n", [(1, 5, 1, 5, "0")], b"a: 10\n"),
        (b"a: 1\nb: 2\n", [(1, 1, 2, 1, "")], b"b: 2\n"),
        (b"a\r\nb\r\n", [(2, 1, 2, 1, "x\n")], b"a\r\nx\r\nb\r\n"),
        (b"a\rb\r", [(1, 2, 1, 2, "\nx")], b"a\rx\rb\r"),
        (b"a\r\nb\nc", [(1, 2, 1, 2, "\n"), (2, 2, 2, 2, "\n"), (3, 2, 3, 2, "\n")], b"a\r\n\r\nb\n\nc\n"),
        (b"a", [(1, 2, 1, 2, "\n")], b"a\n"),
        (b"", [(1, 1, 1, 1, "a")], b"a"),
        (b"\xef\xbb\xbfa\n", [(1, 0, 1, 1, "")], b"a\n"),
        (b"\xef\xbb\xbfa\n", [(1, 1, 1, 2, "b")], b"\xef\xbb\xbfb\n"),
        (b"\xef\xbb\xbfa\n", [(1, 0, 1, 1, ""), (1, 1, 1, 2, "b")], b"b\n"),
        ("東🙂: é\n".encode(), [(1, 5, 1, 6, "e")], "東🙂: e\n".encode()),
        (b"\xff a\n", [(1, 3, 1, 4, "b")], b"\xff b\n"),
        (b"abc\n", [(1, 3, 1, 4, "y"), (1, 1, 1, 2, "x")], b"xby\n"),
    ],
)
def test_what_comes_of_edits(before: bytes, edits: list[tuple[int, int, int, int, str]], after: bytes) -> None:
    assert apply(before, [Edit(Span(*edit[:4]), edit[4]) for edit in edits]) == after


@pytest.mark.parametrize(
    "span",
    [
        Span(1, 1, 1, 5),
        Span(3, 1, 3, 1),
        Span(0, 1, 1, 1),
        Span(1, 5, 1, 5),
        Span(2, 0, 2, 1),
        Span(1, 3, 1, 2),
        BOM_SPAN,
    ],
)
def test_a_place_that_is_not_there_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match=r"there is no line|ends before"):
        apply(b"abc\n", [Edit(span, "x")])


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply(b"abcd\n", [Edit(Span(1, 1, 1, 3), "x"), Edit(Span(1, 2, 1, 4), "y")])


@given(files())
def test_no_edits_change_nothing(file: tuple[bool, list[tuple[str, str]]]) -> None:
    data = bytes_of(*file)
    assert apply(data, []) == data


@given(st.binary(max_size=40))
def test_no_edits_change_no_bytes(data: bytes) -> None:
    assert apply(data, []) == data


@given(files(), st.data())
def test_everything_outside_an_edit_stays_to_the_byte(
    file: tuple[bool, list[tuple[str, str]]], data: st.DataObject
) -> None:
    bom, lines = file
    if starts_with_mark(bom, lines):
        return
    number = data.draw(st.integers(0, len(lines) - 1))
    words, _ = lines[number]
    start = data.draw(st.integers(0, len(words)))
    stop = data.draw(st.integers(start, len(words)))
    new = data.draw(NEW)
    ends = [end for _, end in lines if end]
    newline = lines[number][1] or (ends[-1] if ends else "\n")
    edited = apply(bytes_of(bom, lines), [Edit(Span(number + 1, start + 1, number + 1, stop + 1), new)])
    changed = words[:start] + new.replace("\n", newline) + words[stop:]
    assert edited == bytes_of(bom, [*lines[:number], (changed, lines[number][1]), *lines[number + 1 :]])


@given(files(), st.data())
def test_lines_that_go_leave_the_others(file: tuple[bool, list[tuple[str, str]]], data: st.DataObject) -> None:
    bom, lines = file
    if starts_with_mark(bom, lines) or len(lines) < 2:
        return
    first = data.draw(st.integers(0, len(lines) - 2))
    last = data.draw(st.integers(first + 1, len(lines) - 1))
    edited = apply(bytes_of(bom, lines), [Edit(Span(first + 1, 1, last + 1, 1), "")])
    assert edited == bytes_of(bom, [*lines[:first], *lines[last:]])


def edits(*columns: tuple[int, int]) -> list[Edit]:
    return [Edit(Span(1, start, 1, stop), "") for start, stop in columns]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ([(1, 3)], [(4, 6)], True),
        ([(1, 3)], [(3, 6)], False),
        ([(4, 6)], [(1, 4)], False),
        ([(1, 9)], [(3, 4)], False),
        ([(3, 4)], [(1, 9)], False),
        ([(2, 2)], [(2, 2)], False),
        ([(1, 2), (8, 9)], [(4, 6)], True),
        ([(4, 6)], [(1, 2), (5, 9)], False),
    ],
)
def test_which_fixes_go_together(one: list[tuple[int, int]], other: list[tuple[int, int]], both: bool) -> None:
    claimed = ClaimedSpans()
    assert claimed.claim(edits(*one))
    assert claimed.claim(edits(*other)) is both
