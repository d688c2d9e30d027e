"""Escaping: plain text comes out of Pandoc as the same text, wherever it is."""

import re
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.documents.literal import Markdown, escape, link, plain
from cpdkit.documents.pandoc import read_skeleton
from cpdkit.documents.tree import words_of

SPECIAL = (
    "*bold* _it_ `code`",
    "# heading",
    "- item",
    "1. item",
    "1) item",
    "> quote",
    "```",
    "~~~",
    "::: div",
    "---",
    "===",
    "[text](http://x.example)",
    "[x]{.y}",
    "<b>raw</b>",
    "&amp; &copy;",
    "$5 and $x$",
    "a | b",
    "|--|--|",
    "\\",
    "a\\",
    "{#id}",
    "{=html}",
    "![x](y)",
    "[^1]",
    "[^1]: x",
    "http://x.example/a_b_c",
    "me@x.example",
    "\"quoted\" -- ... 'x'",
    "<!-- note -->",
    "    indented",
    "tab\tbed",
    "line\nbreak",
    "para\n\ngraph",
    "a\u2028b\u2029c\x0bd",
    "名前 नाम Łódź",
    "nul\x00 bell\x07",
    "\u202eback",
    "\ufeffmark",
    "\ud800surrogate",
    "x\u00a0y",
    "x\u3000y",
    "+ plus",
    "0. ",
    "=",
    "~",
    "^",
    ":",
    "%",
)


def read_back(texts: list[str]) -> list[list[str]]:
    """Return each text as Pandoc reads it in four positions: paragraph, heading, cell, link."""
    lines = []
    for text in texts:
        safe = escape(text)
        lines.append(f"x{safe}\n\n# x{safe}\n\n| h |\n|---|\n| x{safe} |\n\n[x{safe}](#a)\n")
    blocks = read_skeleton("\n\n".join(lines))["blocks"]
    found = [[], [], [], []]
    for block in blocks:
        if block["t"] == "Header":
            found[1].append(words_of(block))
        elif block["t"] == "Table":
            found[2].append(words_of(block["c"][4][0][3][0][1][0][4][0]))
        else:
            found[3 if block["c"][0]["t"] == "Link" else 0].append(words_of(block))
    return found


def assert_unchanged(texts: list[str]) -> None:
    # Pandoc's reader composes characters that are canonically equivalent in Unicode.
    expected = [normalize("NFC", "x" + plain(text)) for text in texts]
    for position in read_back(texts):
        assert [normalize("NFC", text) for text in position] == expected


def test_a_character_with_a_composed_form_stays_the_same_character() -> None:
    assert_unchanged(["\uf900", "e\u0301", "\u0958"])


def test_special_texts_read_as_themselves() -> None:
    assert_unchanged(list(SPECIAL))


@settings(max_examples=12)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=150))
def test_any_text_reads_as_itself(texts: list[str]) -> None:
    assert_unchanged(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\n b\tc", "a b c"),
        ("  a  ", "a"),
        ("a\u2028b", "a b"),
        ("a\x00b\x1bc\x9fd", "abcd"),
        ("\u202dx\u2069", "x"),
        ("a\ufffeb\ufdd0c\U0001fffed", "abcd"),
        ("\U0001fae8", "\U0001fae8"),
    ],
)
def test_a_text_becomes_one_clean_line(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_numbers_and_other_values_are_their_text() -> None:
    assert escape(7.5) == r"7\.5"


def test_markdown_is_not_escaped_again() -> None:
    assert escape(Markdown("*x*")) == "*x*"
    assert escape(escape("*x*")) == escape("*x*") == r"\*x\*"
    assert Markdown("*x*").__html__() == "*x*"


@pytest.mark.parametrize(
    ("text", "address", "expected"),
    [
        ("a*b", "https://x.example/(b)?q&copy;=<2>", r"[a\*b](<https\:\/\/x\.example\/\(b\)\?q\&copy\;\=\%3C2\%3E>)"),
        ("", "https://x.example", r"[https\:\/\/x\.example](<https\:\/\/x\.example>)"),
        ("here", "#a1", r"[here](<\#a1>)"),
        ("run", "javascript:alert(1)", "run"),
        ("file", "file:///etc/passwd", "file"),
        ("tab", "https://x.example/\n[y](z)", None),
    ],
)
def test_a_link_leads_where_it_may(text: str, address: str, expected: str | None) -> None:
    made = link(text, address)
    assert expected is None or made == expected
    assert "\n" not in made


def test_a_link_survives_pandoc() -> None:
    address = "https://x.example/a_(b)?q=1&copy;=2*3"
    (block,) = read_skeleton(link("[x](y)", address))["blocks"]
    (made,) = block["c"]
    assert (words_of(made), made["c"][2][0]) == ("[x](y)", address)


def test_escaping_is_only_backslashes() -> None:
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escape("a.b-c\\d")) == "a.b-c\\d"
