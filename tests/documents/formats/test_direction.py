"""Right-to-left text: its parts, and what DOCX and ODT say about it."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.formats.direction import by_direction, is_right_to_left
from cpdkit.documents.formats.docx import write_docx
from cpdkit.documents.formats.docx_parts import q
from cpdkit.documents.formats.odt import write_odt
from tests.documents.office_sample import trees
from tests.documents.sample_ast import PROPERTIES, parse

HEBREW, ARABIC = "קורס הגנה", "جامعة القاهرة"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.mark.parametrize(
    ("text", "within", "parts"),
    [
        ("plain words 12", False, [("plain words 12", False)]),
        (HEBREW, True, [(HEBREW, True)]),
        (f"see {ARABIC}.", False, [("see ", False), (ARABIC, True), (".", False)]),
        (f"{HEBREW}, {ARABIC}!", True, [(f"{HEBREW}, {ARABIC}!", True)]),
        (f"{HEBREW} (IEC 61850).", True, [(f"{HEBREW} (", True), ("IEC 61850", False), (").", True)]),
        (f"{ARABIC} 123", True, [(f"{ARABIC} 123", True)]),
        ("1. ", True, [("1. ", True)]),
        ("", True, []),
    ],
)
def test_parts(text: str, within: bool, parts: list[tuple[str, bool]]) -> None:
    assert by_direction(text, within) == parts


@given(st.text(st.sampled_from("aZ 1٣אבجм.,()-\u0301東\u05b0")), st.booleans())
def test_no_letter_is_lost(text: str, within: bool) -> None:
    parts = by_direction(text, within)
    assert "".join(part for part, _ in parts) == text
    assert all(one[1] != other[1] for one, other in pairwise(parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [(HEBREW, True), (f"12 – {ARABIC}", True), (f"IET {HEBREW}", False), ("東京", False), ("123", False), ("", False)],
)
def test_direction_of_a_paragraph(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected


MARKDOWN = f"""# {HEBREW}

{ARABIC} **{HEBREW}** with IEC 61850[^1].

An English paragraph with {HEBREW}.

Only English.

- {HEBREW}

| {ARABIC} | Column |
|---|---|
| {HEBREW} | cell |

[^1]: {HEBREW}
"""


def docx_paragraphs(name: str) -> dict[str, Any]:
    root = trees(write_docx(parse(MARKDOWN), {}, PROPERTIES))[name]
    return {"".join(text.text or "" for text in each.iter(q("w:t"))).strip(): each for each in root.iter(q("w:p"))}


def test_docx() -> None:
    made = docx_paragraphs("word/document.xml")
    right = {words for words, each in made.items() if each.find(f"{q('w:pPr')}/{q('w:bidi')}") is not None}
    assert right == {HEBREW, ARABIC, f"{ARABIC} {HEBREW} with IEC 61850."}
    for each in made.values():
        for run in each.iter(q("w:r")):
            text = "".join(part.text or "" for part in run.iter(q("w:t")))
            facts = run.find(q("w:rPr"))
            marked = facts is not None and facts.find(q("w:rtl")) is not None
            if is_right_to_left(text):
                assert marked
                assert facts.find(q("w:rFonts")).get(q("w:cs")) == "Arial"
            elif any(map(str.isalnum, text)):
                assert not marked
    bold = next(each for each in made[f"{ARABIC} {HEBREW} with IEC 61850."].iter(q("w:b")))
    assert bold.getnext().tag == q("w:bCs")
    notes = docx_paragraphs("word/footnotes.xml")
    assert notes[HEBREW].find(f"{q('w:pPr')}/{q('w:bidi')}") is not None


def test_odt() -> None:
    root = trees(write_odt(parse(MARKDOWN), {}, PROPERTIES))["content.xml"]
    styles = {each.get(f"{STYLE}name"): each for each in root.iter(f"{STYLE}style")}
    seen = []
    for each in root.iter(f"{TEXT}p", f"{TEXT}h"):
        words = "".join(each.itertext()).strip()
        look = styles.get(each.get(f"{TEXT}style-name"))
        parts = look if look is not None else ()
        facts = {key.rpartition("}")[2]: value for part in parts for key, value in part.attrib.items()}
        if HEBREW in words or ARABIC in words:
            assert facts["font-name-complex"] == "DejaVu Sans"
            assert (facts.get("writing-mode") == "rl-tb") is (not words.startswith("An"))
            seen.append(words)
        else:
            assert "writing-mode" not in facts
    assert len(seen) == 7
    assert any(each.get(f"{STYLE}name") == "DejaVu Sans" for each in root.iter(f"{STYLE}font-face"))


def test_documents_without_such_text_stay_as_they_are() -> None:
    tree = parse("# Relay course\n\nOnly English, 東京 and Ωμέγα.\n")
    assert not list(trees(write_docx(tree, {}, PROPERTIES))["word/document.xml"].iter(q("w:rtl"), q("w:bidi")))
    assert "rl-tb" not in str(write_odt(tree, {}, PROPERTIES))


def test_the_header_keeps_its_sides() -> None:
    root = trees(write_docx(parse("x"), {}, replace(PROPERTIES, header_left=HEBREW)))["word/header1.xml"]
    assert list(root.iter(q("w:rtl")))
    assert not list(root.iter(q("w:bidi")))
