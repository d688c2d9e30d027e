"""DOCX files: they open in Word and LibreOffice, with styles, widths, fields and pictures."""

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from lxml import etree

from cpdkit.documents.formats import docx_parts
from cpdkit.documents.formats.docx import write_docx
from cpdkit.documents.formats.docx_parts import (
    app_properties,
    core_properties,
    furniture,
    make,
    property_element,
    put,
    q,
    serialised,
    set_style,
    style_of,
)
from cpdkit.documents.look import look_file
from cpdkit.text.process import run
from tests.documents.office_sample import parts, photograph, sample, trees, words_of
from tests.documents.sample_ast import LETTER, PROPERTIES, pages, parse
from tests.tools import needs
from tools.build_reference import build_docx, build_odt

MEDIA = {"m0001.png": photograph()}


@pytest.fixture(scope="module")
def made() -> bytes:
    return write_docx(sample(), MEDIA, PROPERTIES)


@pytest.fixture(scope="module")
def text(made: bytes) -> Any:
    return trees(made)["word/document.xml"]


def simple(markdown: str) -> list[str]:
    """Return the styles of the top-level parts of a small document."""
    body = trees(write_docx(parse(markdown), {}, PROPERTIES))["word/document.xml"][0]
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
    assert write_docx(sample(), MEDIA, PROPERTIES) == made
    assert write_docx(sample(), MEDIA, replace(PROPERTIES, epoch=PROPERTIES.epoch + 60)) != made


def test_images_are_real_fit_the_page_and_have_their_words(made: bytes, text: Any) -> None:
    assert parts(made)["word/media/m0001.jpg"] == MEDIA["m0001.png"]
    assert b"data:" not in parts(made)["word/document.xml"]
    image = next(each for each in text.iter(q("wp:inline")) if each.find(q("wp:docPr")).get("descr"))
    assert image.find(q("wp:docPr")).get("descr") == "A relay made from a nail and a coil"
    width, height = (int(image.find(q("wp:extent")).get(side)) for side in ("cx", "cy"))
    assert width <= 481.9 * 12700 + 1
    assert width == pytest.approx(2 * height, rel=0.01)


@pytest.mark.parametrize(
    ("markdown", "width", "height"),
    [
        ("![x](cpd-media:m0001.png)", 481.9, 170.1),
        ("a ![x](cpd-media:m0001.png) b", 170, 113.4),
        ("> ![x](cpd-media:m0001.png)", 470.9, 170.1),
        ("- ![x](cpd-media:m0001.png)", 464.9, 170.1),
        ("- a\n\n  - b\n\n    ![x](cpd-media:m0001.png)", 447.9, 170.1),
        ("| a | b |\n|--|--|\n| ![x](cpd-media:m0001.png) | b |", 481.9, 170.1),
    ],
)
@pytest.mark.parametrize("size", [(1500, 4000), (4000, 1500), (2000, 2000)])
def test_an_image_is_inside_its_place_and_no_higher_than_in_the_pdf(
    markdown: str, width: float, height: float, size: tuple[int, int]
) -> None:
    made = write_docx(parse(markdown), {"m0001.png": photograph(size=size)}, PROPERTIES)
    (extent,) = trees(made)["word/document.xml"].iter(q("wp:extent"))
    wide, high = int(extent.get("cx")) / 12700, int(extent.get("cy")) / 12700
    assert (wide <= width + 0.1, high <= height + 0.1) == (True, True)
    assert wide / high == pytest.approx(size[0] / size[1], rel=0.01)


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


@pytest.mark.parametrize(("properties", "width"), [(PROPERTIES, "11906"), (LETTER, "12240")])
def test_paper(properties: Any, width: str) -> None:
    root = trees(write_docx(parse("# A\n"), {}, properties))["word/document.xml"]
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
    assert PROPERTIES.header_left not in shown[0].replace("Angharad Llywelyn MEng MIET", "", 1)
    assert PROPERTIES.header_left in shown[1]


@pytest.mark.parametrize(("name", "build"), [("reference.docx", build_docx), ("reference.odt", build_odt)])
def test_the_shipped_reference_is_what_the_builder_makes(name: str, build: Any) -> None:
    shipped, built = parts(look_file(name).read_bytes()), parts(build())
    assert list(shipped) == list(built)
    for part, data in shipped.items():
        same = data == built[part] or etree.canonicalize(data.decode()) == etree.canonicalize(built[part].decode())
        assert same, part


def test_words_in_a_formula_have_one_style() -> None:
    root = trees(write_docx(parse("$5\\,\\text{kV}$\n"), {}, PROPERTIES))["word/document.xml"]
    (upright,) = root.iter(q("m:nor"))
    assert len(upright.getparent()) == 1


def tables(markdown: str = "", properties: Any = PROPERTIES) -> list[Any]:
    tree = parse(markdown) if markdown else sample()
    return list(trees(write_docx(tree, {"m0001.png": photograph()}, properties))["word/document.xml"].iter(q("w:tbl")))


def table_style(table: Any) -> str:
    found: str = table.find(f"{q('w:tblPr')}/{q('w:tblStyle')}").get(q("w:val"))
    return found


@pytest.mark.parametrize(("properties", "width"), [(PROPERTIES, 9638), (LETTER, 9972)])
def test_every_width_is_stated_and_fits(properties: Any, width: int) -> None:
    for table in tables(properties=properties):
        grid = [int(each.get(q("w:w"))) for each in table.find(q("w:tblGrid"))]
        widths = [
            int(each.get(q("w:w")))
            for each in table.find(q("w:tr")).iterfind(f"{q('w:tc')}/{q('w:tcPr')}/{q('w:tcW')}")
        ]
        assert widths == grid
        assert sum(grid) <= width + len(grid)
        if table.getparent().tag == q("w:body"):
            assert sum(grid) == pytest.approx(width, abs=len(grid))


def test_header_rows_repeat_only_where_there_are_headings() -> None:
    heads = {table_style(table): len(list(table.iter(q("w:tblHeader")))) for table in tables()}
    assert heads["RecordList"] == heads["Table"] == 1
    assert heads["Facts"] == heads["Fields"] == heads["Figures"] == heads["BarChart"] == 0


def test_every_table_of_labels_has_a_header_column() -> None:
    looks = {table_style(table): table.find(f"{q('w:tblPr')}/{q('w:tblLook')}") for table in tables()}
    for name in ("RecordList", "Table", "Facts", "Fields", "BarChart"):
        row, column = ("1", "0") if name in ("RecordList", "Table") else ("0", "1")
        assert (looks[name].get(q("w:firstRow")), looks[name].get(q("w:firstColumn"))) == (row, column), name
        assert bool(int(looks[name].get(q("w:val")), 16) & 0x80) is (column == "1")


@pytest.mark.parametrize(("columns", "small"), [(3, False), (6, False), (12, True), (30, True)])
def test_a_wide_table_has_smaller_letters(columns: int, small: bool) -> None:
    row = "|" + " impedance |" * columns
    (table,) = tables(f"{row}\n|{'--|' * columns}\n{row}\n{row}\n")
    sizes = {int(each.get(q("w:val"))) for each in table.iter(q("w:sz"))}
    assert bool(sizes) is small and all(11 * 0.8 <= each < 20 for each in sizes)


def test_rows_stay_whole_unless_longer_than_half_a_page() -> None:
    short, long = tables(f"| a |\n|--|\n| b |\n\n| a |\n|--|\n| {'word ' * 600} |\n")
    assert len(list(short.iter(q("w:cantSplit")))) == 2
    assert len(list(long.iter(q("w:cantSplit")))) == 1


def test_charts_carry_their_sentence() -> None:
    descriptions = {table_style(table): table.find(f"{q('w:tblPr')}/{q('w:tblDescription')}") for table in tables()}
    assert descriptions["BarChart"].get(q("w:val")).startswith("Hours by type: Event 14.5")
    assert descriptions["ColumnChart"].get(q("w:val")).startswith("Hours by month: January 2")
    assert descriptions["RecordList"] is None


def test_cells_have_the_styles_of_their_table() -> None:
    cells = [(table_style(table), p) for table in tables() for p in table.iter(q("w:p"))]
    found = {(table, words_of(p), p.find(f"{q('w:pPr')}/{q('w:pStyle')}").get(q("w:val"))) for table, p in cells}
    assert ("RecordList", "Hours", "TableHead") in found
    assert ("RecordList", "Training", "TableText") in found
    assert ("Fields", "Objective", "FactLabel") in found
    assert ("ColumnChart", "7.5", "ChartNumber") in found


def test_a_table_in_a_list_or_quotation_is_finished_too() -> None:
    (table,) = tables("> | Fault | kA |\n> |--|--:|\n> | Phase to earth | 8.0 |\n")
    assert table_style(table) == "Table"
    assert table.find(f"{q('w:tblPr')}/{q('w:tblLayout')}").get(q("w:type")) == "fixed"


def test_a_table_in_a_list_ends_at_the_edge_of_the_text() -> None:
    (table,) = tables("- a\n\n  | b | c |\n  |--|--|\n  | d | e |\n")
    indent = int(table.find(f"{q('w:tblPr')}/{q('w:tblInd')}").get(q("w:w")))
    assert indent == 340
    assert indent + int(table.find(f"{q('w:tblPr')}/{q('w:tblW')}").get(q("w:w"))) == pytest.approx(9638, abs=2)


NASTY = "A\x00\x08\x0b<b>&\ufffe\ud800 “x” 東"


def fields(part: bytes) -> list[tuple[str, str]]:
    root = etree.fromstring(part)
    return [(each.get(q("w:instr")).strip(), words_of(each)) for each in root.iter(q("w:fldSimple"))]


def test_title_and_pages_are_fields() -> None:
    made = furniture(replace(PROPERTIES, header_right=PROPERTIES.title))
    assert fields(made["word/header1.xml"]) == [("TITLE", "Activity report 2026")]
    assert fields(made["word/footer1.xml"]) == [("PAGE", "1"), ("NUMPAGES", "1")]
    assert made["word/footer1.xml"] == made["word/footer2.xml"]
    assert words_of(etree.fromstring(made["word/footer1.xml"])) == "1 January – 31 December 2026 Page 1 of 1"
    assert words_of(etree.fromstring(made["word/header2.xml"])) == ""


def test_words_that_an_update_would_lose_are_no_field() -> None:
    made = furniture(replace(PROPERTIES, header_right="Something else", header_left=PROPERTIES.author))
    assert fields(made["word/header1.xml"]) == [("AUTHOR", "Angharad Llywelyn")]
    assert "Something else" in words_of(etree.fromstring(made["word/header1.xml"]))


def test_no_word_can_break_a_part() -> None:
    nasty = replace(
        PROPERTIES, title=NASTY, author=NASTY, header_left=NASTY, footer_left=NASTY, keywords=(NASTY,), subject=NASTY
    )
    made = [core_properties(nasty), app_properties(), *furniture(nasty).values()]
    assert "A<b>& “x” 東" in words_of(etree.fromstring(made[0]))
    assert all(etree.fromstring(part) is not None for part in made)


def test_core_properties_have_a_date_and_a_language() -> None:
    text = words_of(etree.fromstring(core_properties(PROPERTIES)))
    for words in (PROPERTIES.title, PROPERTIES.author, PROPERTIES.subject, "CPD", "en-GB", "2026-09-21T14:13:20Z"):
        assert words in text


@pytest.mark.parametrize(("properties", "edge"), [(PROPERTIES, "9638"), (LETTER, "9972")])
def test_the_right_tab_is_at_the_edge_of_the_text(properties: object, edge: str) -> None:
    made = trees(write_docx(parse("# A\n\n- b\n  - c\n"), {}, properties))  # type: ignore[arg-type]
    assert {each.get(q("w:pos")) for each in made["word/styles.xml"].iter(q("w:tab"))} == {edge}
    indents = {each.get(q("w:left")) for each in made["word/numbering.xml"].iter(q("w:ind"))}
    assert {"340", "680"} <= indents


def test_language_reaches_styles_and_settings() -> None:
    made = trees(write_docx(parse("# A\n"), {}, replace(PROPERTIES, language="cy-GB")))
    assert {each.get(q("w:val")) for each in made["word/styles.xml"].iter(q("w:lang"))} == {"cy-GB"}
    assert next(made["word/settings.xml"].iter(q("w:themeFontLang"))).get(q("w:val")) == "cy-GB"


def test_empty_parts_are_removed_with_their_references() -> None:
    made = trees(write_docx(parse("# A\n"), {}, PROPERTIES))
    targets = {each.get("Target") for name, root in made.items() if name.endswith(".rels") for each in root}
    assert not {"comments.xml", "webSettings.xml", "docProps/custom.xml"} & targets
    assert "styles.xml" in targets


def test_a_child_takes_the_place_of_its_kind_or_its_place_in_the_schema() -> None:
    holder = make("pPr")
    for child in (make("pStyle", val="A"), make("jc", val="left")):
        holder.append(child)
    put(holder, make("keepNext"), ("pStyle",))
    put(holder, make("pStyle", val="B"))
    assert [etree.QName(each).localname for each in holder] == ["pStyle", "keepNext", "jc"]
    assert holder[0].get(q("w:val")) == "B"


def test_style_is_set_where_there_was_none() -> None:
    paragraph = make("p")
    assert style_of(paragraph) == ""
    set_style(paragraph, "Meta")
    assert style_of(paragraph) == "Meta"
    assert property_element(paragraph, "pPr") is paragraph[0]


def test_parsing_and_writing_keep_the_words() -> None:
    assert b"<p>a  b</p>" in serialised(docx_parts.parse(b"<p>a  b</p>"))
