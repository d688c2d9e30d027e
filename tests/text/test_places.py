import pytest

from cpdkit.diagnostics import Span
from cpdkit.text.places import FIELD, Place, closing, depth_of, mark, value_at


@pytest.mark.parametrize(
    ("line", "column"),
    [("a: b", 3), ("  - a: b", 7), ("  - b", 4), ("b", 0), ("'a b': c", 7), ("a:b", 0), ("follow-up:  c", 12)],
)
def test_where_a_value_starts(line: str, column: int) -> None:
    assert value_at(line) == column


@pytest.mark.parametrize(
    ("line", "column"),
    [('"a"', 2), ("'a'", 2), ("'it''s'", 6), ('"a\\"b"', 5), ('"a', None), ("'a''", None), ('"a\\', None)],
)
def test_where_a_quote_is_closed(line: str, column: int | None) -> None:
    assert closing(line, 0) == column


@pytest.mark.parametrize("line", ["a b", "a:b", "[a]: b", "# a: b", "", "- "])
def test_what_is_no_field(line: str) -> None:
    assert not FIELD.match(line)


def test_a_place() -> None:
    place = Place(["a: [b", "  ", ""], 1, 0, 0, 3)
    assert (place.text, place.here, place.opened, place.at_end) == ("  ", " ", "[", True)
    assert not Place(["a", "b"], 0, 0, 0, 0).at_end
    assert Place(["a"], 5, 0, 0, 0).text == ""
    assert mark(0, 2, 3) == Span(1, 3, 1, 6)
    assert depth_of("  a") == 2
