from typing import Any

import pytest
from lxml import etree

from cpdkit.documents.formats.odt import write_odt
from cpdkit.documents.formats.odt_text import NS, n, points
from tests.documents.office_sample import photograph, sample, trees
from tests.documents.sample_ast import FACE, parse


def content(markdown: str = "") -> Any:
    tree = parse(markdown) if markdown else sample()
    return trees(write_odt(tree, {"m0001.png": photograph()}, FACE))["content.xml"]


def style(root: Any, name: str) -> dict[str, str]:
    found = next(each for each in root.iter(n("style:style")) if each.get(n("style:name")) == name)
    return {key.rpartition("}")[2]: value for child in found for key, value in child.attrib.items()}


def test_tables_have_their_width_and_no_mark_is_left() -> None:
    root = content()
    tables = list(root.iter(n("table:table")))
    outer = [each for each in tables if each.getparent().tag == n("office:text")]
    assert {style(root, each.get(n("table:style-name")))["width"] for each in outer} == {"470.60pt"}
    assert b"cpd:" not in root.xpath("string(.)").encode()
    assert not root.xpath("//comment()")


def test_custom_styles_are_references_without_spaces() -> None:
    names = {each.get(n("text:style-name")) for each in content().iter(n("text:p"), n("text:span"))}
    assert {"Kicker", "Figure_20_Number", "Chart_20_Caption", "Chart_20_Bar", "Fact_20_Label"} <= names
    assert not [name for name in names if name and " " in name]


def test_page_breaks_are_properties_and_bars_have_no_title() -> None:
    root = content()
    broken = [
        each.get(n("text:style-name")) for each in root.iter(n("text:h")) if ".page" in each.get(n("text:style-name"))
    ]
    assert broken == ["Heading_20_2.page"]
    assert style(root, broken[0])["break-before"] == "page"
    assert not list(root.iter(f"{{{NS['svg']}}}title"))


def test_images_fit_the_page() -> None:
    widths = [each.get(n("svg:width"), "0pt") for each in content().iter(n("draw:frame"))]
    assert max(map(points, widths)) == pytest.approx(470.6, abs=0.01)


def test_an_image_has_its_words_where_it_stands_and_a_bar_has_none() -> None:
    root = content(
        'A ![one <w> & "q" *x*](cpd-media:m0001.png) behind *![two](cpd-media:m0001.png) b* [![](cpd-media:m0001.png)'
        " c](https://x.example).[^1]\n\n- ![three](cpd-media:m0001.png)![four](cpd-media:m0001.png)\n\n"
        "[^1]: Note ![five](cpd-media:m0001.png) ![gone](cpd-media:m0002.png).\n"
    )
    words = [each.findtext(n("svg:desc")) for each in root.iter(n("draw:frame"))]
    assert sorted(filter(None, words)) == ["five", "four", "one <w> & q x", "three", "two"]
    assert len(words) == 6
    assert all(each.getparent().tag == n("draw:frame") for each in root.iter(n("svg:desc")))
    shown = root.find(f".//{n('office:text')}")
    for each in [*shown.iter(n("svg:desc"))]:
        each.text = ""
    assert "".join(shown.itertext()).split()[:4] == ["A", "behind", "b", "c.1"]
    assert len(list(content().iter(n("svg:desc")))) == 1


def test_a_text_that_ends_with_a_table_ends_with_next_to_nothing() -> None:
    text = content("# A\n\n| a |\n|--|\n| b |\n").find(f".//{n('office:text')}")
    assert text[-1].get(n("text:style-name")) == "Table_20_Gap"


def test_notes_are_set_off_from_their_number() -> None:
    note = next(content("A.[^1]\n\n[^1]: A note.\n").iter(n("text:note-body")))
    assert "".join(note.itertext()).strip("\n ") == "\u2002A note."


def test_a_table_in_a_list_stands_behind_it_with_all_its_words() -> None:
    text = content("- a\n\n  | b |\n  |--|\n  | c |\n\n  | d |\n  |--|\n  | e |\n\nf\n").find(f".//{n('office:text')}")
    assert [etree.QName(each).localname for each in text] == ["list", "table", "table", "p"]
    assert "".join("".join(text.itertext()).split()) == "abcdef"
