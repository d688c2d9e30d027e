import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from lxml import etree

from cpdkit.documents.formats.docx import write_docx
from cpdkit.documents.formats.docx_parts import q
from cpdkit.documents.look import look_file
from cpdkit.text.process import run
from tests.documents.office_sample import parts, photograph, sample, trees, words_of
from tests.documents.sample_ast import FACE, LETTER, pages, parse
from tests.tools import needs
from tools.build_reference import build_docx, build_odt

MEDIA = {"m0001.png": photograph()}


@pytest.fixture(scope="module")
def made() -> bytes:
    return write_docx(sample(), MEDIA, FACE)


@pytest.fixture(scope="module")
def text(made: bytes) -> Any:
    return trees(made)["word/document.xml"]


def simple(markdown: str) -> list[str]:
    """The styles of the top-level parts of a small document."""
    body = trees(write_docx(parse(markdown), {}, FACE))["word/document.xml"][0]
    names = []
    for part in body.iterchildren(q("w:p"), q("w:tbl")):
        style = part.find(f"*/{q('w:pStyle')}")
        names.append("table" if part.tag == q("w:tbl") else style.get(q("w:val")))
    return names


def test_every_part_parses_and_word_s_reader_opens_it(made: bytes) -> None:
    assert {"word/document.xml", "word/footnotes.xml", "docProps/core.xml"} <= set(trees(made))
    paragraphs = [(each.style.name, each.text) for each in docx.Document(io.BytesIO(made)).paragraphs]
    assert ("Heading 1", "Activity report 2026") in paragraphs
    assert ("Heading 3", "STEM day at Ysgol y Berwyn") in paragraphs


def test_every_style_that_is_used_is_defined(made: bytes) -> None:
    all_of = trees(made)
    defined = {style.get(q("w:styleId")) for style in all_of["word/styles.xml"].iter(q("w:style"))}
    kinds = [q(f"w:{kind}") for kind in ("pStyle", "rStyle", "tblStyle")]
    used = {each.get(q("w:val")) for root in all_of.values() for each in root.iter(*kinds)}
    assert used <= defined
    assert {"TableNormal", "Header", "Footer"} <= defined


def test_same_tree_same_bytes(made: bytes) -> None:
    assert write_docx(sample(), MEDIA, FACE) == made
    assert write_docx(sample(), MEDIA, replace(FACE, epoch=FACE.epoch + 60)) != made


def test_images_are_real_fit_the_page_and_have_their_words(made: bytes, text: Any) -> None:
    assert parts(made)["word/media/m0001.jpg"] == MEDIA["m0001.png"]
    assert b"data:" not in parts(made)["word/document.xml"]
    image = next(each for each in text.iter(q("wp:inline")) if each.find(q("wp:docPr")).get("descr"))
    assert image.find(q("wp:docPr")).get("descr") == "A relay made from a nail and a coil"
    width, height = (int(image.find(q("wp:extent")).get(side)) for side in ("cx", "cy"))
    assert width <= 470.6 * 12700 + 1
    assert width == pytest.approx(2 * height, rel=0.01)


def test_bars_are_marked_as_decoration(text: Any) -> None:
    images = list(text.iter(q("wp:docPr")))
    decorations = [each for each in images if each.find(f"{q('a:extLst')}/{q('a:ext')}") is not None]
    assert len(decorations) == len(images) - 1
    assert all(each.get("descr") == "" and each.get("title") is None for each in decorations)


def test_no_page_begins_or_ends_with_an_empty_paragraph() -> None:
    page_break = "::: {.page-break}\n:::\n\n"
    assert simple(f"{page_break}# A\n\n{page_break}B\n\n{page_break}") == ["Heading1", "BodyText"]
    table = "| a |\n|--|\n| b |\n"
    assert simple(f"# A\n\n{page_break}{table}") == ["Heading1", "PageBreak", "table", "TableGap"]


def test_the_break_is_a_property_of_what_follows(text: Any) -> None:
    broken = [each.getparent().getparent() for each in text.iter(q("w:pageBreakBefore"))]
    assert [words_of(each) for each in broken] == ["Activities in detail"]


def test_notes_and_maths_are_native(made: bytes, text: Any) -> None:
    assert "for members only" in words_of(trees(made)["word/footnotes.xml"])
    assert len(list(text.iter("{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"))) == 2


@pytest.mark.parametrize(("face", "width"), [(FACE, "11906"), (LETTER, "12240")])
def test_paper(face: Any, width: str) -> None:
    root = trees(write_docx(parse("# A\n"), {}, face))["word/document.xml"]
    assert next(root.iter(q("w:pgSz"))).get(q("w:w")) == width


def test_libreoffice_reads_it_without_a_blank_page(tmp_path: Any, made: bytes) -> None:
    office = needs("libreoffice")
    (tmp_path / "a.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    args = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"]
    run("libreoffice", args, timeout=120)
    shown = pages((tmp_path / "a.pdf").read_bytes())
    assert all(len(page.split()) > 20 for page in shown)
    assert f"Page {len(shown)} of {len(shown)}" in " ".join(shown[-1].split())
    assert FACE.header_left not in shown[0].replace("Angharad Llywelyn MEng MIET", "", 1)
    assert FACE.header_left in shown[1]


@pytest.mark.parametrize(("name", "build"), [("reference.docx", build_docx), ("reference.odt", build_odt)])
def test_the_shipped_reference_is_what_the_builder_makes(name: str, build: Any) -> None:
    shipped, built = parts(look_file(name).read_bytes()), parts(build())
    assert list(shipped) == list(built)
    for part, data in shipped.items():
        same = data == built[part] or etree.canonicalize(data.decode()) == etree.canonicalize(built[part].decode())
        assert same, part


def test_words_in_a_formula_have_one_style() -> None:
    root = trees(write_docx(parse("$5\\,\\text{kV}$\n"), {}, FACE))["word/document.xml"]
    (upright,) = root.iter(q("m:nor"))
    assert len(upright.getparent()) == 1
