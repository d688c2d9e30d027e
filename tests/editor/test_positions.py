import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, Range

from cpdkit.diagnostics import BOM_SPAN, Span
from cpdkit.editor.positions import Text, characters, range_in, units

LINE = "a é 𝄞 👩‍🔧 z"
TEXTS = st.text(alphabet="ab é€𝄞👍\t\r\n\x0c\x85\u2028\ufeff", max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@pytest.mark.parametrize(("encoding", "length"), [("utf-8", 23), ("utf-16", 14), ("utf-32", 11)])
def test_each_encoding_counts_its_own_units(encoding: str, length: int) -> None:
    assert units(LINE, encoding) == length
    assert characters(LINE, length, encoding) == len(LINE)


@given(st.text(max_size=20), st.integers(-1, 90), ENCODINGS)
def test_characters_and_units_agree(text: str, count: int, encoding: str) -> None:
    column = characters(text, count, encoding)
    assert 0 <= column <= len(text)
    assert characters(text, units(text[:column], encoding), encoding) == column


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("", [""]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("a\n", ["a", ""]),
        ("a\x0cb\x85c\u2028d\ne", ["a\x0cb\x85c\u2028d", "e"]),
        ("\ufeffa\n\ufeff", ["a", "\ufeff"]),
    ],
)
def test_lines_end_where_an_editor_ends_them(source: str, lines: list[str]) -> None:
    assert Text(source).lines == lines


def test_the_newline_is_the_first_ones() -> None:
    assert [Text(source).newline for source in ("a", "a\r\nb\n", "a\rb")] == ["\n", "\r\n", "\r"]


def test_places_past_the_end_are_the_nearest_there_are() -> None:
    text = Text("ab\n👍\n")
    assert text.place(Position(0, 99)) == (0, 2)
    assert text.place(Position(9, 0)) == (2, 0)
    assert text.position(1, 1) == Position(1, 2)
    assert text.position(9, 9) == Position(2, 0)


def test_a_byte_order_mark_counts_for_the_editor_alone() -> None:
    text = Text("\ufeffab\ncd")
    assert text.position(0, 1) == Position(0, 2)
    assert text.place(Position(0, 2)) == (0, 1)
    assert text.range_of(BOM_SPAN) == Range(Position(0, 0), Position(0, 1))
    assert text.changed(text.range_of(BOM_SPAN), "").source == "ab\ncd"
    assert text.changed(Range(Position(0, 1), Position(0, 2)), "x").source == "\ufeffxb\ncd"


@given(TEXTS, st.integers(0, 40), st.integers(0, 40), TEXTS, ENCODINGS)
def test_a_change_puts_the_new_in_the_place_of_the_old(a: str, start: int, stop: int, new: str, encoding: str) -> None:
    text = Text(a, encoding)
    first, last = sorted((min(start, len(a)), min(stop, len(a))))
    if "\r\n" in (a[first - 1 : first + 1], a[last - 1 : last + 1]):
        return  # no place of an editor lies within a line's end
    mark = text.mark
    if mark and first == 0 < last:
        first = 1
    where = Range(text.position(*text.place_at(max(first, mark))), text.position(*text.place_at(max(last, mark))))
    expected = a[: max(first, mark)] + new + a[max(last, mark) :]
    assert text.changed(where, new).source == expected


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        (Span(2, 3, 2, 4), (1, 3), (1, 4)),
        (Span(2, 1, 3, 1), (1, 0), (1, 5)),
        (None, (0, 0), (0, 3)),
        (Span(9, 1, 9, 5), (2, 1), (2, 1)),
    ],
)
def test_a_diagnostic_marks_its_first_line(span: Span | None, start: tuple[int, int], end: tuple[int, int]) -> None:
    marked = Text("---\n👍b c \nx").marked(span)
    assert ((marked.start.line, marked.start.character), (marked.end.line, marked.end.character)) == (start, end)


def test_a_file_that_is_not_open_is_marked_by_its_line_alone() -> None:
    assert range_in("👍b c", Span(2, 2, 2, 3), "utf-16") == Range(Position(1, 2), Position(1, 3))
    assert range_in("👍b c ", Span(2, 1, 4, 1), "utf-8") == Range(Position(1, 0), Position(1, 7))
    assert range_in("", None, "utf-16") == Range(Position(0, 0), Position(0, 0))


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert Text("a\ud800b").data == b"a\xed\xa0\x80b"
    assert units("a\ud800b", "utf-16") == 3
