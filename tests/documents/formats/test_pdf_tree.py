"""The skeleton's parts and the bodies' blocks as nodes."""

from typing import Any

import pytest

from cpdkit.documents.formats.pdf_tree import heading_ids, tree_of
from tests.documents.sample_ast import parse, report


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
        ("![a](cpd-media:m1.png)", [{"k": "picture", "p": "m1.png", "a": "a"}]),
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
        ("::: facts\n| | |\n|--|--|\n| a | b |\n:::", [{"k": "facts", "rows": [[["a"], ["b"]]]}]),
        ("::: fields\nno table\n:::", [par("no table")]),
        (
            "::: figures\n| |\n|--|\n| [1]{.number} [x]{.label} |\n:::",
            [{"k": "figures", "cells": [{"number": ["1"], "label": ["x"]}]}],
        ),
        ("::: figures\n| |\n|--|\n| 1 |\n:::", [{"k": "figures", "cells": [{"number": ["1"]}]}]),
        (
            '::: {.chart .bars values="60" alt="One."}\n| T | H |\n|--|--|\n| a | 1 |\n:::',
            [{"k": "bars", "alt": "One.", "rows": [[["a"], ["1"]]], "values": [60], "most": 60}],
        ),
    ],
)  # fmt: skip
def test_nodes(markdown: str, expected: list[Any]) -> None:
    assert draw(markdown) == expected


def test_a_displayed_formula_stands_between_two_paragraphs() -> None:
    assert [node["k"] for node in draw("a $$x$$ b")] == ["par", "shown", "par"]
    assert draw("a $$x$$ b")[2] == par("b")


def test_a_chart_whose_values_do_not_match_stays_a_table() -> None:
    assert [node["k"] for node in draw('::: {.chart .bars values="1 2"}\n| T | H |\n|--|--|\n| a | 1 |\n:::')] == [
        "table"
    ]


def test_short_labels_are_used_where_there_is_one_for_each_row() -> None:
    rows = "\n| T | H |\n|--|--|\n| January | 1 |\n| March | 2 |\n:::"
    assert draw(f'::: {{.chart .columns values="1 2" short="J M"}}{rows}')[0]["short"] == ["J", "M"]
    assert "short" not in draw(f'::: {{.chart .columns values="1 2" short="J"}}{rows}')[0]


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
