"""The parts of a DOCX other than its text: header, footer, properties, language and list indents."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

from lxml import etree

from cpdkit.documents.formats.layout import FONT, Paper
from cpdkit.documents.formats.package import iso_time, xml_text
from cpdkit.documents.formats.properties import DocumentProperties

Element: TypeAlias = Any
"""An lxml element. The types of lxml do not describe its children."""

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
TWIPS = 20
"""Twentieths of a point, the unit of lengths in WordprocessingML."""

EMU = 12700
"""English metric units in a point, the unit of drawings."""


@cache
def q(name: str) -> str:
    """Return `w:p` in lxml's notation."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


TBL, TR, TC, P = q("w:tbl"), q("w:tr"), q("w:tc"), q("w:p")
P_PR, P_STYLE, VAL = q("w:pPr"), q("w:pStyle"), q("w:val")


def parse(data: bytes) -> Element:
    # Our own Pandoc wrote the file, and long reports exceed lxml's limit for untrusted files.
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False, remove_blank_text=True))


def serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def make(name: str, **attributes: object) -> Element:
    """Return a `w:` element with `w:` attributes."""
    return etree.Element(q(f"w:{name}"), {q(f"w:{key}"): str(value) for key, value in attributes.items()})


def property_element(element: Element, name: str) -> Element:
    """Return a property element such as `w:pPr` or `w:tcPr`; create it as the first child if it is missing."""
    child = element.find(q(f"w:{name}"))
    if child is None:
        child = make(name)
        element.insert(0, child)
    return child


def put(holder: Element, child: Element, after: tuple[str, ...] = ()) -> None:
    """Set a child after those named in `after`, replacing one of its kind. The schema fixes the order of children."""
    old = holder.find(child.tag)
    if old is not None:
        holder.replace(old, child)
        return
    names = {q(f"w:{name}") for name in after}
    index = next((i + 1 for i in reversed(range(len(holder))) if holder[i].tag in names), 0)
    holder.insert(index, child)


def style_mark(paragraph: Element) -> Element | None:
    """Return the `w:pStyle` of a paragraph: the first child of its first child, as the schema requires."""
    facts = paragraph[0] if len(paragraph) else None
    mark = facts[0] if facts is not None and facts.tag == P_PR and len(facts) else None
    return mark if mark is not None and mark.tag == P_STYLE else None


def style_of(paragraph: Element) -> str:
    """Return the style id of a paragraph; empty for the default one."""
    mark = style_mark(paragraph)
    return mark.get(VAL) if mark is not None else ""


def set_style(paragraph: Element, style: str) -> None:
    mark = style_mark(paragraph)
    if mark is None:
        mark = make("pStyle")
        property_element(paragraph, "pPr").insert(0, mark)
    mark.set(VAL, style)


CORE = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
BULLETS = "•–▪"
LIST_STEP, LIST_HANG = 340, 280
"""Twips from one list level to the next, and between a bullet and its text."""

DROPPED = ("docProps/custom.xml", "word/comments.xml", "word/webSettings.xml")
"""Parts that Pandoc always writes and that contain nothing."""


def furniture(properties: DocumentProperties) -> dict[str, bytes]:
    """Return header and footer of the first page and of the others."""
    left = _field_if("AUTHOR", properties.header_left, properties.author)
    right = _field_if("TITLE", properties.header_right, properties.title)
    footer = [*_words(properties.footer_left), _tab(), *_page_label(properties.page_label)]
    return {
        "word/header1.xml": _furnished("hdr", "Header", [*left, _tab(), *right]),
        "word/header2.xml": _furnished("hdr", "Header", []),
        "word/footer1.xml": _furnished("ftr", "Footer", footer),
        "word/footer2.xml": _furnished("ftr", "Footer", footer),
    }


def _furnished(kind: str, style: str, runs: Sequence[Element]) -> bytes:
    root = etree.Element(q(f"w:{kind}"), nsmap={"w": NAMESPACES["w"]})
    paragraph = etree.SubElement(root, q("w:p"))
    etree.SubElement(etree.SubElement(paragraph, q("w:pPr")), q("w:pStyle"), {VAL: style})
    # An element belongs to one tree only, and the footer is needed in two.
    paragraph.extend([etree.fromstring(etree.tostring(run)) for run in runs])
    return serialised(root)


def _run(child: Element) -> Element:
    run = make("r")
    run.append(child)
    return run


def words_run(words: str) -> Element:
    """Return a run with these words."""
    text = make("t")
    text.text = xml_text(words)
    text.set(SPACE, "preserve")
    return _run(text)


def _words(words: str) -> list[Element]:
    return [words_run(words)] if words else []


def _tab() -> Element:
    return _run(make("tab"))


def _field_if(name: str, words: str, fact: str) -> list[Element]:
    """Return a field if its value is exactly the words; otherwise the words, which an update would replace."""
    return _field(name, words) if words == fact and words else _words(words)


def _field(instruction: str, shown: str) -> list[Element]:
    field = make("fldSimple", instr=f" {instruction} ")
    field.extend(_words(shown))
    return [field]


def _page_label(label: str) -> list[Element]:
    pages = {"{page}": ("PAGE", "1"), "{pages}": ("NUMPAGES", "1")}
    parts = re.split(r"(\{pages?\})", label)
    return [run for part in parts for run in (_field(*pages[part]) if part in pages else _words(part))]


def core_properties(properties: DocumentProperties) -> bytes:
    """Return `docProps/core.xml`."""
    root = etree.Element(f"{{{CORE['cp']}}}coreProperties", nsmap=CORE)
    values = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "cp:keywords": ", ".join(properties.keywords),
        "cp:lastModifiedBy": properties.author,
        "dc:language": properties.language,
    }
    for name, value in values.items():
        if value:
            _core(root, name).text = xml_text(value)
    for name in ("dcterms:created", "dcterms:modified"):
        element = _core(root, name)
        element.set(f"{{{CORE['xsi']}}}type", "dcterms:W3CDTF")
        element.text = iso_time(properties.epoch)
    return serialised(root)


def _core(root: Element, name: str) -> Element:
    prefix, local = name.split(":")
    return etree.SubElement(root, f"{{{CORE[prefix]}}}{local}")


def app_properties() -> bytes:
    """Return `docProps/app.xml`."""
    root = etree.Element(f"{{{APP}}}Properties", nsmap={"ep": APP})
    etree.SubElement(root, f"{{{APP}}}Application").text = "cpdkit"
    return serialised(root)


def styles(part: bytes, properties: DocumentProperties, paper: Paper) -> bytes:
    """Return `word/styles.xml` in the document's language, with the right tab of the header at the text's edge."""
    root = parse(part)
    for element in root.iter(q("w:lang")):
        element.set(VAL, properties.language)
    for element in root.iter(q("w:tab")):
        element.set(q("w:pos"), str(round(paper.text_width * TWIPS)))
    for element in (*root.iter(q("w:sz")), *root.iter(q("w:szCs"))):
        # In half points.
        element.set(VAL, str(max(int(element.get(VAL)), 2 * properties.least_size)))
    if properties.look.font:
        for element in root.iter(q("w:rFonts")):
            for key in (q("w:ascii"), q("w:hAnsi")):
                if element.get(key) == FONT:
                    element.set(key, properties.look.font)
    return properties.look.recoloured(serialised(root).decode("utf-8")).encode("utf-8")


def settings(part: bytes, properties: DocumentProperties) -> bytes:
    root = parse(part)
    for element in root.iter(q("w:themeFontLang")):
        element.set(VAL, properties.language)
    return serialised(root)


def numbering(part: bytes) -> bytes:
    """Return `word/numbering.xml` with smaller indents than Pandoc's half inch, and bullets that every font has."""
    root = parse(part)
    for level in root.iter(q("w:lvl")):
        depth = int(level.get(q("w:ilvl"))) + 1
        mark = level.find(q("w:lvlText"))
        if mark.get(VAL) in {"•", "o", "▪"}:
            mark.set(VAL, BULLETS[(depth - 1) % len(BULLETS)])
            for fonts in level.findall(q("w:rPr")):
                level.remove(fonts)
        for indent in level.iter(q("w:ind")):
            indent.set(q("w:left"), str(LIST_STEP * depth))
            indent.set(q("w:hanging"), str(LIST_HANG))
    return serialised(root)


def without_dropped(part: bytes) -> bytes:
    """Return a relationship or type list without the dropped parts."""
    root = parse(part)
    for child in list(root):
        place = (child.get("Target") or child.get("PartName") or "").lstrip("/")
        if any(name.endswith(place) for name in DROPPED if place):
            root.remove(child)
    return serialised(root)
