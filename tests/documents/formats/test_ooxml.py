from lxml import etree

from cpdkit.documents.formats.docx_parts import make, parse, properties, put, q, serialised, set_style, style_of


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
    assert properties(paragraph, "pPr") is paragraph[0]


def test_parsing_and_writing_keep_the_words() -> None:
    assert b"<p>a  b</p>" in serialised(parse(b"<p>a  b</p>"))
