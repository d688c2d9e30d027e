"""ODT files: widths and styles of tables, pictures that fit, header, footer, properties, and the same bytes."""

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from cpdkit.documents.formats.odt import LOOKS, write_odt
from cpdkit.documents.look import look_file
from cpdkit.text.process import run
from tests.documents.office_sample import parts, photograph, sample, trees, words_of
from tests.documents.sample_ast import LETTER, PROPERTIES, pages, parse
from tests.tools import needs

MEDIA = {"m0001.png": photograph()}
NASTY = 'A\x00\x0b<b>& "東" {left} \\1'
NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
}


def n(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{NS[prefix]}}}{local}"


@pytest.fixture(scope="module")
def made() -> bytes:
    return write_odt(sample(), MEDIA, LETTER)


def content(markdown: str = "") -> Any:
    tree = parse(markdown) if markdown else sample()
    return trees(write_odt(tree, MEDIA, PROPERTIES))["content.xml"]


def text_of(markdown: str) -> Any:
    return content(markdown).find(f".//{n('office:text')}")


def style(root: Any, name: str) -> dict[str, str]:
    found = next(each for each in root.iter(n("style:style")) if each.get(n("style:name")) == name)
    return {key.rpartition("}")[2]: value for child in found for key, value in child.attrib.items()}


# --- the package ---


def test_every_part_parses_and_the_type_comes_first(made: bytes) -> None:
    assert {"content.xml", "styles.xml", "meta.xml"} <= set(trees(made))
    assert next(iter(parts(made))) == "mimetype"


def test_same_tree_same_bytes(made: bytes) -> None:
    assert write_odt(sample(), MEDIA, LETTER) == made


def test_each_image_and_each_part_is_listed_once(made: bytes) -> None:
    pictures = {name for name in parts(made) if name.startswith("Pictures/")}
    assert len(pictures) == 3
    assert parts(made)["Pictures/m0001.jpg"] == MEDIA["m0001.png"]
    listed = re.findall(r'full-path="([^"]*)"', parts(made)["META-INF/manifest.xml"].decode())
    assert len(listed) == len(set(listed))
    assert {name for name in parts(made) if name.endswith((".xml", ".png", ".jpg"))} - {"META-INF/manifest.xml"} <= set(
        listed
    )


def test_properties_and_furniture_survive_any_words() -> None:
    nasty = replace(PROPERTIES, title=NASTY, author=NASTY, header_left=NASTY, footer_left=NASTY, language="cy")
    made = trees(write_odt(parse("# A\n"), {}, nasty))
    shown = 'A<b>& "東" {left} \\1'
    assert shown in words_of(made["meta.xml"])
    assert words_of(made["styles.xml"]).count(shown) == 3
    assert words_of(made["styles.xml"]).count("Page 1 of 1") == 2
    assert 'fo:language="cy"' in parts(write_odt(parse("# A\n"), {}, nasty))["styles.xml"].decode()


def test_title_is_a_field_where_it_is_the_title() -> None:
    made = parts(write_odt(parse("# A\n"), {}, replace(PROPERTIES, header_right=PROPERTIES.title)))
    assert b"<text:title>Activity report 2026</text:title>" in made["styles.xml"]


def test_the_paper_is_that_of_the_properties(made: bytes) -> None:
    styles = parts(made)["styles.xml"].decode()
    assert 'fo:page-width="612pt"' in styles and 'fo:page-height="792pt"' in styles
    assert not re.search(r"\{(left|right|period|label)\}", styles)


def test_words_that_look_like_markup_stay_words() -> None:
    words = '<text:p text:style-name="Page Break"/> fo:margin-left="0.5in" </office:automatic-styles> {label}'
    assert words in words_of(text_of(f"`{words}`\n"))


# --- tables ---


def test_tables_have_their_width_and_cells_the_styles_of_the_reference() -> None:
    root = content()
    outer = [each for each in root.iter(n("table:table")) if each.getparent().tag == n("office:text")]
    assert {style(root, each.get(n("table:style-name")))["width"] for each in outer} == {"481.90pt"}
    defined = {each.get(n("style:name")) for each in root.iter(n("style:style"))}
    assert {each.get(n("table:style-name")) for each in root.iter() if each.get(n("table:style-name"))} <= defined
    reference = trees(look_file("reference.odt").read_bytes())["content.xml"]
    cells = {each.get(n("style:name")) for each in reference.iter(n("style:style"))}
    assert {f"{name}.{place}" for name in LOOKS for place in ("first", "cell")} <= cells
    assert {f"{name}.head" for name, look in LOOKS.items() if look.ruled} <= cells


def test_paragraphs_of_cells_have_their_styles_and_alignments() -> None:
    root = content()
    found = {(words_of(each), each.get(n("text:style-name"))) for each in root.iter(n("text:p"))}
    assert {
        ("Hours", "Table_20_Heading.end"),
        ("Objective", "Fact_20_Label"),
        ("7.5", "Chart_20_Number.center"),
    } <= found
    assert style(root, "Table_20_Heading.end") == {"text-align": "end"}


def test_a_table_in_a_list_or_a_quotation_follows_it_with_all_its_words() -> None:
    text = text_of("- a\n\n  | b |\n  |--|\n  | c |\n\n  > | d |\n  > |--|\n  > | e |\n\nf\n")
    assert [etree.QName(each).localname for each in text] == ["list", "table", "table", "p"]
    assert "".join("".join(text.itertext()).split()) == "abcdef"


def test_a_table_in_a_note_is_a_table() -> None:
    note = next(text_of("a[^1]\n\n[^1]: b\n\n    | c |\n    |--|\n    | d |\n").iter(n("text:note-body")))
    assert [words_of(each) for each in note.iter(n("table:table-cell"))] == ["c", "d"]


def test_a_text_that_ends_with_a_table_ends_with_next_to_nothing() -> None:
    assert text_of("# A\n\n| a |\n|--|\n| b |\n")[-1].get(n("text:style-name")) == "Table_20_Gap"


# --- paragraphs ---


def test_custom_styles_are_references_without_spaces() -> None:
    names = {each.get(n("text:style-name")) for each in content().iter(n("text:p"), n("text:span"))}
    assert {"Kicker", "Figure_20_Number", "Chart_20_Caption", "Chart_20_Bar", "Fact_20_Label"} <= names
    assert not [name for name in names if name and " " in name]


def test_page_breaks_are_properties_of_what_follows() -> None:
    root = content()
    broken = [name for each in root.iter(n("text:h")) if ".page" in (name := each.get(n("text:style-name")))]
    assert broken == ["Heading_20_2.page"]
    assert style(root, broken[0])["break-before"] == "page"


@pytest.mark.parametrize("text", ["::: page-break\n:::\n\na\n", "a\n\n::: page-break\n:::\n"])
def test_a_break_at_the_edge_of_a_text_makes_no_page(text: str) -> None:
    assert [words_of(each) for each in text_of(text)] == ["a"]


def test_notes_are_set_off_from_their_number() -> None:
    note = next(content("A.[^1]\n\n[^1]: A note.\n").iter(n("text:note-body")))
    assert "".join(note.itertext()).strip("\n ") == "\u2002A note."


def test_lists_and_quotations_are_indented_by_little() -> None:
    root = content("- a\n  - b\n\n1. c\n\n> d\n>\n> > e\n")
    margins = {
        each.get("{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}margin-left")
        for each in root.iter(n("style:list-level-label-alignment"), n("style:paragraph-properties"))
    }
    assert {"17pt", "34pt", "0pt", "12pt"} <= margins
    assert not [margin for margin in margins if margin and margin.endswith("in")]


# --- pictures ---


def test_images_fit_the_page() -> None:
    frames = [each for each in content().iter(n("draw:frame")) if each.get(n("svg:width"))]
    sizes = [[float(each.get(n(f"svg:{side}")).removesuffix("pt")) for side in ("width", "height")] for each in frames]
    assert max(width for width, _ in sizes) <= 481.91
    assert max(height for _, height in sizes) == pytest.approx(170.1, abs=0.01)


def test_an_image_has_alternative_text_in_its_place_and_a_bar_has_none() -> None:
    text = text_of(
        'A ![one <w> & "q" *x*](cpd-media:m0001.png) behind *![two](cpd-media:m0001.png) b* [![](cpd-media:m0001.png)'
        " c](https://x.example).[^1]\n\n- ![three](cpd-media:m0001.png)![four](cpd-media:m0001.png)\n\n"
        "[^1]: Note ![five](cpd-media:m0001.png) ![gone](cpd-media:m0002.png).\n"
    )
    words = [each.findtext(n("svg:desc")) for each in text.iter(n("draw:frame"))]
    assert sorted(filter(None, words)) == ["five", "four", "one <w> & q x", "three", "two"]
    assert len(words) == 6
    for each in [*text.iter(n("svg:desc"))]:
        each.text = ""
    assert "".join(text.itertext()).split()[:4] == ["A", "behind", "b", "c.1"]
    assert "gone" in words_of(text)
    assert len(list(content().iter(n("svg:desc")))) == 1


def test_libreoffice_reads_it_without_a_blank_page(tmp_path: Any, made: bytes) -> None:
    office = needs("libreoffice")
    (tmp_path / "a.odt").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    args = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.odt"]
    run("libreoffice", args, timeout=120)
    shown = pages((tmp_path / "a.pdf").read_bytes())
    assert all(len(page.split()) > 20 for page in shown)
    assert f"Page {len(shown)} of {len(shown)}" in " ".join(shown[-1].split())
