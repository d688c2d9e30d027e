"""Blocks: each kind as it may stay."""

from typing import Any

import pytest

from cpdkit.documents.bodies.vet import HIGHEST_NUMBER, no_images, vet, vet_parts
from tests.documents.hostile import depth, kinds, text_of

NO = ["", [], []]


def word(text: str) -> dict[str, Any]:
    return {"t": "Str", "c": text}


def para(text: str) -> dict[str, Any]:
    return {"t": "Para", "c": [word(text)]}


def heading(level: int, name: str, text: str = "h") -> dict[str, Any]:
    return {"t": "Header", "c": [level, [name, ["c"], [["k", "v"]]], [word(text)]]}


def raw(markup: str) -> dict[str, Any]:
    return {"t": "RawBlock", "c": ["html", markup]}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"t": "Para", "c": [{"t": "Space"}]}, []),
        ({"t": "CodeBlock", "c": [["id", ["python"], [["k", "v"]]], "a\x00b"]}, [{"t": "CodeBlock", "c": [NO, "ab"]}]),
        ({"t": "CodeBlock", "c": [NO, " \n"]}, []),
        (raw("<div>\nx\n</div>\n"), [{"t": "CodeBlock", "c": [NO, "<div>\nx\n</div>"]}]),
        (raw("<!-- a\n\nb -->\n"), []),
        (raw("<!-- a -->\n"), []),
        (raw("<!-- a --> tail\n"), [para("tail")]),
        (raw("<!-- a --> <b>\n"), [{"t": "CodeBlock", "c": [NO, " <b>"]}]),
        (raw("<!-- open\n"), [{"t": "CodeBlock", "c": [NO, "<!-- open"]}]),
        ({"t": "BlockQuote", "c": []}, []),
        ({"t": "HorizontalRule"}, [{"t": "HorizontalRule"}]),
        ({"t": "Div", "c": [["x", ["y"], []], [para("a")]]}, [para("a")]),
        ({"t": "BulletList", "c": [[raw("<!-- a -->")], []]}, [{"t": "BulletList", "c": [[]]}]),
        ({"t": "LineBlock", "c": [[word("a")]]}, []),
        (heading(2, ""), [{"t": "Header", "c": [2, NO, [word("h")]]}]),
        ({"t": "Header", "c": [2, NO, []]}, []),
    ],
)
def test_kinds(block: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    assert vet([block]).blocks == expected


@pytest.mark.parametrize(("start", "kept"), [(5, 5), (0, 0), (-1, 0), (10**12, HIGHEST_NUMBER)])
def test_numbered_lists_keep_their_start_alone(start: int, kept: int) -> None:
    (made,) = vet([{"t": "OrderedList", "c": [[start, {"t": "LowerRoman"}, {"t": "TwoParens"}], [[para("a")]]]}]).blocks
    assert made["c"][0] == [kept, {"t": "Decimal"}, {"t": "Period"}]


def test_headings_get_the_prefix_where_their_id_is_theirs_alone() -> None:
    blocks = [heading(1, "e000003md__a"), heading(1, "e000003md__b"), heading(1, "e000003md__b")]
    assert [block["c"][1] for block in vet(blocks, prefix="a7-").blocks] == [["a7-a", [], []], NO, NO]


def test_a_heading_in_a_list_or_quote_is_a_bold_paragraph() -> None:
    (made,) = vet([{"t": "BlockQuote", "c": [heading(1, "x")]}]).blocks
    assert made["c"] == [{"t": "Para", "c": [{"t": "Strong", "c": [word("h")]}]}]


def test_parts_of_one_body_may_link_to_each_other() -> None:
    to = {"t": "Para", "c": [{"t": "Link", "c": [NO, [word("see")], ["#e000000md__a", ""]]}]}
    (_, second), problems = vet_parts([[heading(1, "e000000md__a")], [to]], prefix="a1-", images=no_images)
    assert second[0]["c"][0]["c"][2] == ["#a1-a", ""]
    assert problems == ()


def test_a_link_may_lead_to_a_heading_that_is_printed_elsewhere() -> None:
    to = {"t": "Para", "c": [{"t": "Link", "c": [NO, [word("see")], ["#e000000md__a", ""]]}]}
    ((made,),), problems = vet_parts([[to]], prefix="a1-", images=no_images, also="a")
    assert (made["c"][0]["c"][2], problems) == (["#a1-a", ""], ())


@pytest.mark.parametrize("levels", [12, 60, 5000])
def test_nesting_is_bounded_and_its_words_stay(levels: int) -> None:
    block = {"t": "CodeBlock", "c": [NO, "deep"]}
    for number in range(levels):
        wrap = [block, para(f"w{number}")]
        block = {"t": "BlockQuote", "c": wrap} if number % 2 else {"t": "BulletList", "c": [wrap]}
    made = vet([block])
    assert depth(made.blocks, frozenset(("BlockQuote", "BulletList"))) <= 11
    assert text_of(made.blocks).split() == ["deep", *(f"w{number}" for number in range(levels))]
    assert [problem.code for problem in made.problems] == ["CPD909"]


def test_nothing_is_changed_in_place() -> None:
    block = {"t": "BulletList", "c": [[heading(1, "x"), raw("<b>")]]}
    before = str(block)
    assert kinds(vet([block]).blocks) == {"BulletList", "Para", "Strong", "Str", "CodeBlock"}
    assert str(block) == before
