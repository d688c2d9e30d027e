import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.formats.layout import by_content, paper_named, with_heads

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
    ("heads", "widened"),
    [(["Title", "Hours"], True), (["Title", "h"], False), (["Title", "x" * 200], False)],
)
def test_no_heading_is_broken_where_the_widest_column_can_pay(heads: list[str], widened: bool) -> None:
    shares = with_heads([0.95, 0.05], heads, 400, 8)
    assert (shares[1] > 0.05) is widened
    assert sum(shares) == pytest.approx(1)


@pytest.mark.parametrize(("name", "width"), [("a4", 470.6), ("letter", 487.3), ("foolscap", 470.6)])
def test_text_width(name: str, width: float) -> None:
    assert paper_named(name).text_width == pytest.approx(width, abs=0.01)


def test_text_height_is_within_the_page() -> None:
    assert 600 < paper_named("letter").text_height < paper_named("letter").height
