"""Tables: widths, sizes, cells."""

from typing import Any

import pytest

from cpdkit.documents.formats.pdf_tree import tree_of
from tests.documents.sample_ast import parse


def table(markdown: str) -> Any:
    return next(block for block in tree_of(parse(markdown), ()).blocks if block["k"] == "table")


def grid(columns: int, cell: str) -> str:
    return f"|{'h|' * columns}\n|{'--|' * columns}\n|{f'{cell}|' * columns}\n"


def test_a_small_table_is_as_wide_as_its_words() -> None:
    made = table("| Fault | kA | x |\n|:--|--:|:-:|\n| a *b* | 12.4 | |\n")
    assert made == {
        "k": "table", "columns": 3, "align": ["left", "right", "center"], "widths": [], "size": 9.5, "tall": False,
        "head": [[["Fault"], ["kA"], ["x"]]], "rows": [[["a ", {"k": "emph", "c": ["b"]}], ["12.4"], []]],
    }  # fmt: skip


def test_a_short_row_is_filled_up() -> None:
    assert table("| a | b |\n|--|--|\n| x |\n")["rows"] == [[["x"], []]]


@pytest.mark.parametrize(("columns", "size"), [(2, 9.5), (6, 9.5), (8, 8.5), (10, 7.5), (15, 6.5), (30, 5.5)])
def test_many_full_columns_get_smaller_letters(columns: int, size: float) -> None:
    made = table(grid(columns, "some words that need room " * 3))
    assert made["size"] == size
    assert sum(made["widths"]) == pytest.approx(1, abs=0.01)


def test_many_short_columns_stay_large() -> None:
    assert (made := table(grid(12, "1.5")))["size"] == 9.5 and made["widths"] == []


def test_a_long_column_gets_more_room_and_a_short_one_keeps_its_word() -> None:
    short, long = table(f"| Name | What |\n|--|--|\n| Protection | {'many words ' * 30} |\n")["widths"]
    assert 0.12 < short < 0.3 < long


def test_words_that_do_not_fit_their_column_get_seams() -> None:
    made = table(grid(14, "x" * 25))
    assert all("".join(cell[0]["w"]) == "x" * 25 for cell in made["rows"][0])
    assert max(len(piece) for piece in made["rows"][0][0][0]["w"]) <= 6


def test_only_a_table_with_long_cells_may_break_its_rows() -> None:
    assert not table(grid(2, "short"))["tall"]
    assert table(grid(2, "word " * 300))["tall"]


def test_a_list_keeps_its_widths_but_for_headings_and_short_cells() -> None:
    made = table(
        '::: {.list .activities widths="10 80 1"}\n| Date | Title | Hours |\n|--|--|--:|\n| 1 | x | 2 |\n:::\n'
    )
    date, title, hours = made["widths"]
    assert made["names"] == ["activities"]
    assert date == pytest.approx(10 / 91, abs=0.001)
    assert hours > 5 * 5 / 470
    assert date + title + hours == pytest.approx(1, abs=0.001)


def test_a_list_without_widths_has_equal_columns() -> None:
    made = table("::: list\n| A | B |\n|--|--|\n| x | y |\n:::\n")
    assert made["widths"] == [0.5, 0.5]
