"""The tree from which Typst makes the PDF: parts of the skeleton, blocks of bodies, tables and words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.formats.pdf_tree import heading_ids, tree_of
from cpdkit.documents.formats.pdf_words import Drawing, Words, plain, right_to_left, seamed
from cpdkit.documents.tree import document
from tests.documents.sample_ast import chart, parse, report


def draw(markdown: str) -> list[Any]:
    return tree_of(parse(markdown), ("m1.png",)).blocks


def par(words: str) -> dict[str, Any]:
    return {"k": "par", "c": [words]}


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("words", [par("words")]),
        ("> a\n>\n> b", [{"k": "quote", "c": [par("a"), par("b")]}]),
        ("```\na\n b\n```", [{"k": "code-block", "s": "a\n b"}]),
        ("```\n" + "x" * 81 + "\n```", [{"k": "code-block", "s": "x" * 80 + "\nx"}]),
        ("<div>x", [{"k": "code-block", "s": "<div>x\n"}]),
        ("---", [{"k": "rule"}]),
        ("![a](cpd-media:m1.png)", [{"k": "picture", "p": "m1.png", "a": "a", "most": 60}]),
        ("שלום", [{"k": "par", "c": ["שלום"], "rtl": True}]),
        ("- a", [{"k": "bullets", "tight": True, "nested": False, "items": [[{"k": "plain", "c": ["a"]}]]}]),
        (
            "7. a",
            [{"k": "numbered", "start": 7, "tight": True, "nested": False, "items": [[{"k": "plain", "c": ["a"]}]]}],
        ),
        (
            "- [x] a\n- [ ] b",
            [
                {
                    "k": "tasks", "tight": True, "nested": False,
                    "items": [
                        {"m": "☑", "c": [{"k": "plain", "c": ["a"]}]},
                        {"m": "☐", "c": [{"k": "plain", "c": ["b"]}]},
                    ],
                }
            ],
        ),
        ("::: kicker\nWords\n:::", [{"k": "kicker", "c": ["Words"]}]),
        ("::: unknown\nWords\n:::", [par("Words")]),
        ("::: notice\na\n\nb\n:::", [{"k": "notice", "c": [par("a"), par("b")]}]),
        ("::: page-break\n:::", [{"k": "page"}]),
        ("::: facts\n| | |\n|--|--|\n| a | b |\n:::", [{"k": "facts", "rows": [[["a"], ["b"]]], "tall": False}]),
        ("::: fields\nno table\n:::", [par("no table")]),
        (
            "::: figures\n| |\n|--|\n| [1]{.number} [x]{.label} |\n:::",
            [{"k": "figures", "cells": [{"number": ["1"], "label": ["x"]}]}],
        ),
        ("::: figures\n| |\n|--|\n| 1 |\n:::", [{"k": "figures", "cells": [{"number": ["1"]}]}]),
    ],
)  # fmt: skip
def test_nodes(markdown: str, expected: list[Any]) -> None:
    assert draw(markdown) == expected


def test_a_displayed_formula_is_between_two_paragraphs() -> None:
    assert [node["k"] for node in draw("a $$x$$ b")] == ["par", "shown", "par"]
    assert draw("a $$x$$ b")[2] == par("b")


def test_a_chart_is_drawn_from_its_numbers() -> None:
    drawn = chart("c", "columns", "Quarter", ("Q1 2026", "Q1 26", 60, "1"), ("x" * 20, "y", 0, "0"), most=90)
    caption, node = tree_of(document([{"t": "Chart", "c": drawn}]), ()).blocks
    assert caption == {"k": "caption", "c": ["By quarter, hours"]}
    assert node == {
        "k": "columns", "alt": drawn.alt, "english": False, "values": [60, 0], "most": 90, "short": ["Q1\u00a026", "y"],
        "rows": [[["Q1 2026"], ["1"]], [[{"k": "long", "w": ["xxxxxx", "xxxxxx", "xxxxxx", "xx"]}], ["0"]]],
    }  # fmt: skip
    assert [each["k"] for each in tree_of(document([{"t": "Chart", "c": chart("e", "bars", "Type")}]), ()).blocks] == [
        "caption"
    ]


@pytest.mark.parametrize(("before", "most"), [("", 80), ("> ", 74), ("- ", 74), ("> - ", 68), ("> " * 20, 24)])
def test_words_of_code_that_run_over_the_edge_are_cut_and_lose_nothing(before: str, most: int) -> None:
    node = draw(f"{before}```\n{before.replace('-', ' ')}a {'x' * 2001}")[0]
    while "s" not in node:
        node = node["c"][0] if "c" in node else node["items"][0][0]
    assert "".join(node["s"].split()) == "a" + "x" * 2001
    assert max(map(len, node["s"].split())) == most


def test_ids_are_given_once_and_levels_are_not_skipped() -> None:
    heads = [(node["l"], node.get("i")) for node in draw("# a {#x}\n\n#### b {#x}\n\n## c {#y}")]
    assert heads == [(1, "x"), (2, None), (2, "y")]


def test_only_headings_are_places_to_link_to() -> None:
    assert heading_ids(parse("# A {#a}\n\n> ## B {#b}\n\n- ### C {#c}\n\n::: {#d}\n#### E {#e}\n:::")["blocks"]) == set(
        "abce"
    )


def test_lists_inside_lists_and_tables_know_it() -> None:
    (outer,) = draw("- a\n  - b")
    assert outer["items"][0][1]["nested"]


def test_the_whole_report_is_understood() -> None:
    kinds = {node["k"] for node in tree_of(report(), ("m0001.png",)).blocks}
    assert {"title-block", "figures", "notice", "pair", "table", "small", "page", "head", "meta", "fields"} <= kinds


def run(markdown: str, **given_: list[str]) -> list:
    drawing = Drawing(ids=given_.get("ids", ()), media=given_.get("media", ()))
    return Words(drawing, lambda blocks: [{"k": "par", "c": ["note"]}] * len(blocks)).run(
        parse(markdown)["blocks"][0]["c"]
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("plain words\non two lines", ["plain words on two lines"]),
        ("an *em* b", ["an ", {"k": "emph", "c": ["em"]}, " b"]),
        ("**a**.b", [{"k": "strong", "c": ["a"]}, ".b"]),
        ('"quoted *x*"', ["“quoted ", {"k": "emph", "c": ["x"]}, "”"]),
        ("`a b`", [{"k": "code", "w": ["a b"]}]),
        ("a\\\nb", ["a", {"k": "br"}, "b"]),
        ("<b>x</b>", ["<b>x</b>"]),
        ("[x]()", ["x"]),
        ("[x](#nowhere)", ["x"]),
        ("[x](#a1)", [{"k": "ref", "i": "a1", "c": ["x"]}]),
        ("[x](https://a.b)", [{"k": "link", "u": "https://a.b", "c": ["x"]}]),
        ("[~~x~~](https://a.b)", [{"k": "bare-link", "u": "https://a.b", "c": [{"k": "strike", "c": ["x"]}]}]),
        ("~~[x](https://a.b)~~", [{"k": "strike", "c": [{"k": "bare-link", "u": "https://a.b", "c": ["x"]}]}]),
        ("![alt *words*](cpd-media:m1.png)", [{"k": "image", "p": "m1.png", "a": "alt words"}]),
        ("![alt](cpd-media:none.png)", ["alt"]),
        ("$x^2$", [{"k": "math", "s": "x^2", "b": False}]),
        ("$$x^2$$", [{"k": "math", "s": "x^2", "b": True}]),
        ("*$$x$$*", [{"k": "emph", "c": [{"k": "math", "s": "x", "b": False}]}]),
        ("[A1]{.code} [x]{.other}", [{"k": "chip", "c": ["A1"]}, " x"]),
        ("x[^1]\n\n[^1]: y", ["x", {"k": "note", "c": [{"k": "par", "c": ["note"]}]}]),
    ],
)
def test_runs(markdown: str, expected: list) -> None:
    assert run(markdown, ids=["a1"], media=["m1.png"]) == expected


@given(st.text(min_size=1, max_size=120), st.integers(3, 40))
def test_seams_lose_nothing(text: str, limit: int) -> None:
    assert plain(seamed([text], limit)) == text


@given(st.text("ab/-é ", min_size=1, max_size=200), st.integers(3, 40))
def test_no_piece_is_longer_than_the_limit(text: str, limit: int) -> None:
    pieces = [piece for part in seamed([text], limit) for piece in (part["w"] if isinstance(part, dict) else [part])]
    assert all(len(word) <= limit for piece in pieces for word in piece.split())


def test_a_seam_never_parts_a_letter_from_its_signs() -> None:
    (node,) = seamed(["e\u0301" * 50], 30)
    assert all(piece[0] == "e" for piece in node["w"])


def test_scripts_that_break_anywhere_get_no_seams() -> None:
    assert seamed(["変電所の保護継電器について" * 9], 30) == ["変電所の保護継電器について" * 9]


def test_an_address_breaks_after_its_punctuation() -> None:
    (node,) = seamed(["https://example.org/a-folder/2026-03-14-certificate.pdf"], 30)
    assert node["w"][:4] == ["https://", "example.", "org/", "a-"]


@pytest.mark.parametrize(
    ("words", "expected"), [("שלום", True), ("١٢ عربي", True), ("abc שלום", False), ("12", False), ("日本", False)]
)
def test_side(words: str, expected: bool) -> None:
    assert right_to_left([words]) is expected


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


def test_the_columns_of_a_list_with_short_cells_are_as_wide_as_their_words() -> None:
    made = table(
        '::: {.list .activities widths="10 80 1"}\n| Date | Title | Hours |\n|--|--|--:|\n| 1 | x | 2 |\n:::\n'
    )
    date, title, hours = made["widths"]
    assert made["names"] == ["activities"]
    assert (date, hours) == (None, None)
    assert title > 0


def test_a_list_without_widths_has_equal_columns() -> None:
    long = "a cell that is too long for a short one"
    made = table(f"::: list\n| A | B |\n|--|--|\n| {long} | {long} |\n:::\n")
    assert made["widths"] == [0.5, 0.5]


def test_a_list_of_activities_has_the_pages_of_those_in_detail() -> None:
    rows = "| No | Title |\n|--:|:--|\n| 1 | [x](#a1) |\n|  | **1 activity** |\n"
    made = table(f"::: {{.list .activities}}\n{rows}:::\n\n### x {{#a1}}\n")
    assert made["columns"] == 3
    assert [row[-1] for row in made["head"]] == [["Page"]]
    assert [row[-1] for row in made["rows"]] == [[{"k": "page-of", "i": "a1"}], []]
    assert table(f"::: {{.list .activities}}\n{rows}:::\n")["columns"] == 2
