"""The parts of a DOCX beside its text: header, footer, properties, language, list indents."""

import re
from collections.abc import Sequence

from lxml import etree

from cpdkit.documents.face import Face
from cpdkit.documents.formats.ooxml import NAMESPACES, TWIPS, VAL, Element, make, parse, q, serialised
from cpdkit.documents.formats.package import iso_time, xml_text
from cpdkit.documents.formats.paper import Paper

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
"""Parts that Pandoc always writes and that say nothing."""


def furniture(face: Face) -> dict[str, bytes]:
    """Header and footer of the first page and of the others."""
    left = _field_if("AUTHOR", face.header_left, face.author)
    right = _field_if("TITLE", face.header_right, face.title)
    footer = [*_words(face.footer_left), _tab(), *_page_label(face.page_label)]
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
    # A run can stand in one tree only, and the footer goes into two.
    paragraph.extend([etree.fromstring(etree.tostring(run)) for run in runs])
    return serialised(root)


def _run(child: Element) -> Element:
    run = make("r")
    run.append(child)
    return run


def _words(words: str) -> list[Element]:
    text = make("t")
    text.text = xml_text(words)
    text.set(SPACE, "preserve")
    return [_run(text)] if words else []


def _tab() -> Element:
    return _run(make("tab"))


def _field_if(name: str, words: str, fact: str) -> list[Element]:
    """A field where its value is exactly the words; else the words, which an update would have replaced."""
    return _field(name, words) if words == fact and words else _words(words)


def _field(instruction: str, shown: str) -> list[Element]:
    field = make("fldSimple", instr=f" {instruction} ")
    field.extend(_words(shown))
    return [field]


def _page_label(label: str) -> list[Element]:
    pages = {"{page}": ("PAGE", "1"), "{pages}": ("NUMPAGES", "1")}
    parts = re.split(r"(\{pages?\})", label)
    return [run for part in parts for run in (_field(*pages[part]) if part in pages else _words(part))]


def core_properties(face: Face) -> bytes:
    """`docProps/core.xml`."""
    root = etree.Element(f"{{{CORE['cp']}}}coreProperties", nsmap=CORE)
    said = {
        "dc:title": face.title,
        "dc:subject": face.subject,
        "dc:creator": face.author,
        "cp:keywords": ", ".join(face.keywords),
        "cp:lastModifiedBy": face.author,
        "dc:language": face.language,
    }
    for name, value in said.items():
        if value:
            _core(root, name).text = xml_text(value)
    for name in ("dcterms:created", "dcterms:modified"):
        held = _core(root, name)
        held.set(f"{{{CORE['xsi']}}}type", "dcterms:W3CDTF")
        held.text = iso_time(face.epoch)
    return serialised(root)


def _core(root: Element, name: str) -> Element:
    prefix, local = name.split(":")
    return etree.SubElement(root, f"{{{CORE[prefix]}}}{local}")


def app_properties() -> bytes:
    """`docProps/app.xml`."""
    root = etree.Element(f"{{{APP}}}Properties", nsmap={"ep": APP})
    etree.SubElement(root, f"{{{APP}}}Application").text = "cpdkit"
    return serialised(root)


def styles(part: bytes, face: Face, paper: Paper) -> bytes:
    """`word/styles.xml` in the document's language, with the right tab of header and footer at the text's edge."""
    root = parse(part)
    for held in root.iter(q("w:lang")):
        held.set(VAL, face.language)
    for held in root.iter(q("w:tab")):
        held.set(q("w:pos"), str(round(paper.text_width * TWIPS)))
    return serialised(root)


def settings(part: bytes, face: Face) -> bytes:
    root = parse(part)
    for held in root.iter(q("w:themeFontLang")):
        held.set(VAL, face.language)
    return serialised(root)


def numbering(part: bytes) -> bytes:
    """`word/numbering.xml` with closer indents than Pandoc's half inch, and bullets that are in every font."""
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
    """A relationship or type list without the dropped parts."""
    root = parse(part)
    for child in list(root):
        place = (child.get("Target") or child.get("PartName") or "").lstrip("/")
        if any(name.endswith(place) for name in DROPPED if place):
            root.remove(child)
    return serialised(root)
