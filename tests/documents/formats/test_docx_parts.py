import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from cpdkit.documents.formats.docx import write_docx
from cpdkit.documents.formats.docx_parts import (
    app_properties,
    core_properties,
    furniture,
    iso_time,
    packed,
    q,
    unpacked,
    xml_text,
)
from tests.documents.office_sample import trees, words_of
from tests.documents.sample_ast import FACE, LETTER, parse

NASTY = "A\x00\x08\x0b<b>&\ufffe\ud800 “x” 東"


def fields(part: bytes) -> list[tuple[str, str]]:
    root = etree.fromstring(part)
    return [(each.get(q("w:instr")).strip(), words_of(each)) for each in root.iter(q("w:fldSimple"))]


def test_title_and_pages_are_fields() -> None:
    made = furniture(replace(FACE, header_right=FACE.title))
    assert fields(made["word/header1.xml"]) == [("TITLE", "Activity report 2026")]
    assert fields(made["word/footer1.xml"]) == [("PAGE", "1"), ("NUMPAGES", "1")]
    assert made["word/footer1.xml"] == made["word/footer2.xml"]
    assert words_of(etree.fromstring(made["word/footer1.xml"])) == "1 January – 31 December 2026 Page 1 of 1"
    assert words_of(etree.fromstring(made["word/header2.xml"])) == ""


def test_words_that_an_update_would_lose_are_no_field() -> None:
    made = furniture(replace(FACE, header_right="Something else", header_left=FACE.author))
    assert fields(made["word/header1.xml"]) == [("AUTHOR", "Angharad Llywelyn")]
    assert "Something else" in words_of(etree.fromstring(made["word/header1.xml"]))


def test_no_word_can_break_a_part() -> None:
    nasty = replace(
        FACE, title=NASTY, author=NASTY, header_left=NASTY, footer_left=NASTY, keywords=(NASTY,), subject=NASTY
    )
    made = [core_properties(nasty), app_properties(), *furniture(nasty).values()]
    assert "A<b>& “x” 東" in words_of(etree.fromstring(made[0]))
    assert all(etree.fromstring(part) is not None for part in made)


def test_core_properties_say_when_and_in_what_language() -> None:
    said = words_of(etree.fromstring(core_properties(FACE)))
    for words in (FACE.title, FACE.author, FACE.subject, "CPD", "en-GB", "2026-09-21T14:13:20Z"):
        assert words in said


@pytest.mark.parametrize(("face", "edge"), [(FACE, "9412"), (LETTER, "9746")])
def test_the_right_tab_is_at_the_edge_of_the_text(face: object, edge: str) -> None:
    made = trees(write_docx(parse("# A\n\n- b\n  - c\n"), {}, face))  # type: ignore[arg-type]
    assert {each.get(q("w:pos")) for each in made["word/styles.xml"].iter(q("w:tab"))} == {edge}
    indents = {each.get(q("w:left")) for each in made["word/numbering.xml"].iter(q("w:ind"))}
    assert {"340", "680"} <= indents


def test_language_reaches_styles_and_settings() -> None:
    made = trees(write_docx(parse("# A\n"), {}, replace(FACE, language="cy-GB")))
    assert {each.get(q("w:val")) for each in made["word/styles.xml"].iter(q("w:lang"))} == {"cy-GB"}
    assert next(made["word/settings.xml"].iter(q("w:themeFontLang"))).get(q("w:val")) == "cy-GB"


def test_parts_that_say_nothing_are_gone_and_nothing_points_to_them() -> None:
    made = trees(write_docx(parse("# A\n"), {}, FACE))
    targets = {each.get("Target") for name, root in made.items() if name.endswith(".rels") for each in root}
    assert not {"comments.xml", "webSettings.xml", "docProps/custom.xml"} & targets
    assert "styles.xml" in targets


PARTS = {"word/z.xml": b"<z/>", "mimetype": b"x", "a.png": b"png", "[Content_Types].xml": b"<t/>"}


def test_parts_come_back_whatever_their_order() -> None:
    data = packed(PARTS, 1_790_000_000)
    assert unpacked(data) == PARTS
    assert data == packed(dict(reversed(PARTS.items())), 1_790_000_000)


def test_order_time_and_compression() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(PARTS, 0))) as package:
        entries = package.infolist()
    assert [entry.filename for entry in entries] == ["mimetype", "[Content_Types].xml", "a.png", "word/z.xml"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    stored = [entry.filename for entry in entries if entry.compress_type == zipfile.ZIP_STORED]
    assert stored == ["mimetype", "a.png"]


@pytest.mark.parametrize("code", [0, 1, 8, 0x0B, 0x1F, 0xFFFE, 0xFFFF, 0xD800])
def test_what_no_xml_can_hold_is_dropped(code: int) -> None:
    cleaned = xml_text(f"a{chr(code)}b")
    assert cleaned == "ab"
    etree.fromstring(f"<p>{cleaned}</p>")


def test_what_xml_can_hold_stays() -> None:
    assert xml_text("a\tb\nc é 東 😀") == "a\tb\nc é 東 😀"


def test_time_is_utc() -> None:
    assert iso_time(0) == "1970-01-01T00:00:00Z"
