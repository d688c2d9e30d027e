import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.formats.layout import SIZES, by_content, fitting_size, paper_named, with_words

WORDS = st.text(max_size=80)


@given(st.integers(1, 6).flatmap(lambda count: st.lists(st.lists(WORDS, min_size=count, max_size=count), min_size=1)))
def test_shares_fill_the_width_and_leave_no_column_out(rows: list[list[str]]) -> None:
    shares = by_content(rows, len(rows[0]), 470, 8)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


def test_long_cells_get_the_room_and_numbers_stay_narrow() -> None:
    label, number = by_content(
        [["Fault", "kA"], ["A three-phase fault at the bus of the next substation", "12.4"]], 2, 200, 8
    )
    assert label > 3 * number


@pytest.mark.parametrize(
    ("rows", "widened"),
    [
        ([["Title", "Hours"]], True),
        ([["Title", "h"], ["A long title of four words", "Volunteering"]], True),
        ([["Title", "h"]], False),
        ([["x" * 200, "x" * 200] for _ in range(3)], True),
    ],
)
def test_no_word_is_broken_where_another_column_can_pay(rows: list[list[str]], widened: bool) -> None:
    shares = with_words([0.95, 0.05], rows, 400, 8)
    assert (shares[1] > 0.05) is widened
    assert sum(shares) == pytest.approx(1)


def test_shares_without_room_for_the_words_stay() -> None:
    assert with_words([0.5, 0.5], [["x" * 20, "y" * 20]], 100, 8) == [0.5, 0.5]


@pytest.mark.parametrize(
    ("columns", "word", "usual"), [(3, "impedance", True), (6, "kA", True), (12, "impedance", False), (40, "kA", False)]
)
def test_letters_are_smaller_where_words_do_not_fit(columns: int, word: str, usual: bool) -> None:
    assert (fitting_size([[word] * columns], columns, 470, 8) == SIZES[0]) is usual


@pytest.mark.parametrize(("name", "width"), [("a4", 481.9), ("letter", 498.6), ("foolscap", 481.9)])
def test_text_width(name: str, width: float) -> None:
    assert paper_named(name).text_width == pytest.approx(width, abs=0.01)


def test_text_height_is_within_the_page() -> None:
    assert 600 < paper_named("letter").text_height < paper_named("letter").height
