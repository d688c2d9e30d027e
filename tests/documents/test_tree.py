"""The builders of Pandoc's tree, and the words in it."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents import pandoc
from cpdkit.documents.tree import (
    API_VERSION,
    MOST,
    attr,
    classes_of,
    clean_line,
    clean_text,
    document,
    safe_address,
    text,
    words_of,
)


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


@pytest.mark.parametrize(
    ("text", "line", "kept"),
    [
        ("a\tb\nc", "a b c", "a\tb\nc"),
        ("a\r\nb\rc", "a  b c", "a\nb\nc"),
        ("a\x0bb\x0cc\x85d", "a b c d", "a b c d"),
        ("\x00\x1b[31mred\x7f", "[31mred", "[31mred"),
        ("\u202a\u2066x\u2069", "x", "x"),
        ("\u200f\u200dx", "\u200f\u200dx", "\u200f\u200dx"),
        ("plain", "plain", "plain"),
    ],
)
def test_clean(text: str, line: str, kept: str) -> None:
    assert (clean_line(text), clean_text(text)) == (line, kept)


@given(st.text())
def test_nothing_is_left_that_xml_refuses(text: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE for c in clean_line(text))
    assert clean_line(clean_text(text)) == clean_line(clean_text(clean_text(text)))
    assert [c for c in text if c.isalnum()] == [c for c in clean_line(text) if c.isalnum()]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.example/a?b=c#d", "https://x.example/a?b=c#d"),
        ("HTTP://X.example", "HTTP://X.example"),
        ("http://user@x.example", "http://user@x.example"),
        ("http://[::1]/", "http://[::1]/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+441132223333", "tel:+441132223333"),
        (" https://x.example ", "https://x.example"),
        ('https://x.example/a b"<c>', "https://x.example/a%20b%22%3Cc%3E"),
        ("https://x.example/\x01\x7f", "https://x.example/%01%7F"),
        ("https://ü.example/ü", "https://ü.example/ü"),
    ],
)
def test_safe(address: str, expected: str) -> None:
    assert safe_address(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://",
        "https:///path",
        "https://?q",
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.example",
        "//x.example",
        "x.example",
        "../a.pdf",
        "#a",
        "mailto:",
        "mailto:x",
        "tel:",
        "tel:x",
        "vbscript:x",
        "https://x.example/" + "a" * MOST,
        "java\nscript:x",
        "http s://x",
    ],
)
def test_not_safe(address: str) -> None:
    assert safe_address(address) is None
