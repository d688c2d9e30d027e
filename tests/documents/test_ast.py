"""The builders of Pandoc's tree, and the words in it."""

from typing import Any

import pytest

from cpdkit.documents import pandoc
from cpdkit.documents.ast import API_VERSION, attr, classes_of, document, text, words_of


def test_attributes_are_of_pandocs_shape() -> None:
    assert attr("a", ("b", "c"), custom_style="Title") == ["a", ["b", "c"], [["custom-style", "Title"]]]


def test_a_document_is_what_pandoc_itself_writes() -> None:
    read = pandoc.read_skeleton("word")
    assert read | {"pandoc-api-version": API_VERSION} == document([{"t": "Para", "c": [text("word")]}])
    assert read["pandoc-api-version"][:3] == API_VERSION


@pytest.mark.parametrize(
    ("markdown", "classes"),
    [("::: {.a .b}\nx\n:::", ["a", "b"]), ("# x {.c}", ["c"]), ("x", []), ("- x", []), ("```py\nx\n```", ["py"])],
)
def test_the_classes_of_what_can_have_any(markdown: str, classes: list[str]) -> None:
    (block,) = pandoc.read_skeleton(markdown)["blocks"]
    assert classes_of(block) == classes


NOTE = {"t": "Note", "c": [{"t": "Para", "c": [{"t": "Str", "c": "note"}]}]}


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("a *b **c*** `d` [e](https://f.example) ![g](h) i\nj\\\nk", "a b c d e g i j k"),
        ("# *T*itle", "Title"),
        ({"t": "Para", "c": [{"t": "Str", "c": "a"}, NOTE]}, "a (note)"),
        ({"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}, "x^2"),
        ({"t": "Para", "c": [NOTE, {"t": "Unheard", "c": ["x"]}]}, " (note)"),
        ("- a\n- b", ""),
        ("> a", ""),
        ("---", ""),
        ({"t": "Quoted", "c": [{"t": "DoubleQuote"}, [{"t": "Str", "c": "q"}]]}, "q"),
    ],
)
def test_the_words_without_their_markup(block: str | dict[str, Any], words: str) -> None:
    node = pandoc.read_skeleton(block)["blocks"][0] if isinstance(block, str) else block
    assert words_of(node) == words


def test_nesting_without_end_is_no_end_of_the_program() -> None:
    node: dict[str, Any] = text("deep")
    for _ in range(5_000):
        node = {"t": "Emph", "c": [node]}
    assert words_of({"t": "Para", "c": [node]}) == "deep"
