"""What never reaches a document."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.characters import clean_line, clean_text


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
