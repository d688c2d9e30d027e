"""Missing characters, from what Typst says."""

import pytest

from cpdkit.documents.formats.glyphs import MissingGlyph, anchors_with, missing_glyphs
from tests.documents.sample_ast import parse

AST = parse(
    "::: activity\n### One *x* {#a1}\n\nA 😀 ம்.\n:::\n\n::: outer\n::: activity\n### Two {#a2}\n\n😀\n:::\n:::\n"
)


def said(*texts: str) -> str:
    return "".join(f'error: the text `"{text}"` could not be displayed with font `"Source Sans 3"`\n' for text in texts)


def forbidden(text: str) -> str:
    return f'error: PDF/A-2a error: the PDF contains the codepoint `"{text}"`\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("😀", [MissingGlyph("😀", "grinning face", (("a1", "One x"), ("a2", "Two")))]),
        (r"\u{bcd}", [MissingGlyph("\u0bcd", "tamil sign virama", (("a1", "One x"),))]),
        ("\U000e0fff", [MissingGlyph("\U000e0fff", "unnamed character")]),
        (r"\"", [MissingGlyph('"', "quotation mark")]),
    ],
)
def test_a_character_names_itself_and_its_activities(text: str, expected: list[MissingGlyph]) -> None:
    assert list(missing_glyphs(said(text), AST)) == expected


def test_each_once_in_order() -> None:
    assert [glyph.char for glyph in missing_glyphs(said("b", "a", "b"), AST)] == ["b", "a"]


def test_invisible_characters_are_named_only_when_alone() -> None:
    assert [glyph.char for glyph in missing_glyphs(said("😀", r"\u{fe0f}", r"\u{200b}"), AST)] == ["😀"]
    assert [glyph.name for glyph in missing_glyphs(said(r"\u{200b}"), AST)] == ["zero width space"]


def test_private_use_characters_are_named_beside_those_without_a_glyph() -> None:
    ast = parse("::: activity\n### One {#a1}\n\nA \ue000 😀\n:::\n")
    found = missing_glyphs(forbidden(r"\u{e000}") + said("😀"), ast)
    assert found == (
        MissingGlyph("\ue000", "private-use character", (("a1", "One"),)),
        MissingGlyph("😀", "grinning face", (("a1", "One"),)),
    )


def test_another_error_names_none() -> None:
    assert missing_glyphs("error: missing alt text", AST) == ()


def test_spoken() -> None:
    assert str(MissingGlyph("😀", "grinning face")) == "U+1F600 grinning face"


def test_a_text_is_found_in_its_activities() -> None:
    assert anchors_with("A", AST) == ("a1",)
    assert anchors_with("😀", AST) == ("a1", "a2")
    assert anchors_with("B", AST) == ()
