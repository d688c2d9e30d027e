import copy
import io
import json

import pytest
from PIL import Image

from cpdkit.documents.formats.skeleton_parts import (
    SkeletonRewriter,
    bar,
    chart_alts,
    div,
    grid_of,
    is_alone,
    plain,
    replaced,
    rows_of_two,
    shares_of,
    solid_png,
    table_in,
)
from cpdkit.documents.tree import attr, classes_of
from tests.documents.office_sample import sample
from tests.documents.sample_ast import chart, parse


def columns(count: int) -> dict[str, object]:
    """Return a chart with a number of columns, as a block."""
    return {"t": "Chart", "c": chart("c", "columns", "Month", *[("March 2026", "M", 60, "1")] * count)}


def test_bodies_are_handed_on_and_nothing_is_changed() -> None:
    tree = sample()
    before = copy.deepcopy(tree)
    rewriter = SkeletonRewriter(
        {"kicker": lambda block, inner: inner.blocks(block["c"][1])}, lambda *_: [], lambda span: span
    )
    made = rewriter.blocks(tree["blocks"])
    assert tree == before
    old = next(block for block in tree["blocks"] if "activity" in classes_of(block))
    new = next(block for block in made if "activity" in classes_of(block))
    assert all(one is other for one, other in zip(old["c"][1], new["c"][1], strict=True) if one["t"] != "Div")


def test_spans_are_dressed_in_paragraphs_and_headings() -> None:
    blocks = parse("## A [b]{.soft}\n\n[c]{.soft} d\n")["blocks"]
    made = SkeletonRewriter({}, lambda *_: [], lambda span: {"t": "Str", "c": "X"}).blocks(blocks)
    assert [plain(block["c"] if block["t"] == "Para" else block["c"][2]) for block in made] == ["A X", "X d"]


def test_an_empty_header_row_is_none() -> None:
    table = parse("| | |\n|--|--|\n| a | b |\n")["blocks"][0]
    assert grid_of(table).head == []
    assert [plain(cell) for cell in grid_of(table).rows[0]] == ["a", "b"]


def test_sentences_of_charts_in_order() -> None:
    assert [alt.split(":")[0] for alt in chart_alts(sample()["blocks"])] == ["Hours by type", "Hours by month"]
    assert list(chart_alts([columns(0)])) == []


def test_a_wide_chart_has_the_row_to_itself() -> None:
    wide, narrow = columns(24), columns(2)
    assert is_alone(wide) and not is_alone(narrow)
    assert [len(row) for row in rows_of_two([narrow, narrow, narrow, wide, narrow])] == [2, 1, 1, 1]


@pytest.mark.parametrize(
    ("widths", "shares"), [("1 3", [0.25, 0.75]), ("1", [0.5, 0.5]), ("", [0.5, 0.5]), ("0 4", [0.5, 0.5])]
)
def test_widths_as_shares(widths: str, shares: list[float]) -> None:
    assert shares_of(div(attr(classes=("list",), widths=widths), []), 2) == shares


def test_bars_are_images_of_one_colour() -> None:
    with Image.open(io.BytesIO(solid_png("#14532d"))) as image:
        assert image.getcolors() == [(16, (0x14, 0x53, 0x2D))]
    assert bar(10, 5)["c"][2] != bar(10, 0)["c"][2]


def test_a_tree_without_anything_to_replace_is_the_same_object() -> None:
    blocks = parse("a *b*\n\n- `c` d\n\n| e |\n|---|\n| `f` |\n")["blocks"]
    before = json.dumps(blocks)
    made = replaced(blocks, {"Code": lambda code: {"t": "Str", "c": code["c"][1].upper()}})
    assert made[0] is blocks[0]
    assert plain(made[1:]) == "C deF"
    assert json.dumps(blocks) == before


def test_the_table_inside() -> None:
    assert table_in(div(attr(), [])) is None
