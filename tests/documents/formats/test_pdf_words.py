"""Inlines as runs of strings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.formats.pdf_words import Desk, Words, plain, right_to_left, seamed
from tests.documents.sample_ast import parse


def run(markdown: str, **given_: list[str]) -> list:
    desk = Desk(ids=given_.get("ids", ()), media=given_.get("media", ()))
    return Words(desk, lambda blocks: [{"k": "par", "c": ["note"]}] * len(blocks)).run(
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


def test_an_address_breaks_behind_its_punctuation() -> None:
    (node,) = seamed(["https://example.org/a-folder/2026-03-14-certificate.pdf"], 30)
    assert node["w"][:4] == ["https://", "example.", "org/", "a-"]


@pytest.mark.parametrize(
    ("words", "expected"), [("שלום", True), ("١٢ عربي", True), ("abc שלום", False), ("12", False), ("日本", False)]
)
def test_side(words: str, expected: bool) -> None:
    assert right_to_left([words]) is expected
