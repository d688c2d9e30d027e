"""The ODT: Pandoc writes the text, and the package is finished here with our styles, header and footer."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from cpdkit.documents import pandoc
from cpdkit.documents.formats.docx_parts import iso_time, packed, unpacked, xml_text
from cpdkit.documents.formats.layout import Paper, paper
from cpdkit.documents.formats.odt_text import NS, Element, finish_text, n
from cpdkit.documents.formats.office import office_dress
from cpdkit.documents.formats.pictures import MEDIA, Picture, by_stand_in, pictures, with_stand_ins
from cpdkit.documents.formats.skeleton_parts import pairs_of, replaced
from cpdkit.documents.look import Face, look_file
from cpdkit.documents.tree import Block, Inline, document, words_of

HREF = "{http://www.w3.org/1999/xlink}href"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
FULL_PATH, MEDIA_TYPE = f"{MANIFEST}full-path", f"{MANIFEST}media-type"
META = {
    "office": NS["office"],
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def write_odt(ast: dict[str, Any], media: Mapping[str, bytes], face: Face) -> bytes:
    """The document as an ODT package."""
    sheet = paper(face.paper)
    held = pictures(media, office=True)
    dressed = document(_described(_marked(office_dress(sheet.text_width).blocks(ast["blocks"])), held))
    tree = with_stand_ins(json.dumps(dressed, ensure_ascii=False, separators=(",", ":")).encode(), held)
    made = unpacked(pandoc.write(tree, "odt", epoch=face.epoch, extra=["--syntax-highlighting=none"]))
    parts = _with_pictures(made, by_stand_in(held))
    root = _parse(parts["content.xml"])
    finish_text(root, sheet)
    parts["content.xml"] = _serialised(root)
    parts["styles.xml"] = _styles(unpacked(look_file("reference.odt").read_bytes())["styles.xml"], face, sheet)
    parts["meta.xml"] = _meta(face)
    return packed(parts, face.epoch)


def _marked(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a mark before each of our tables: Pandoc writes no class of a table into an ODT."""
    return [made for block in blocks for made in _mark(block)]


def _mark(block: Block) -> list[Block]:
    if block["t"] == "Div":
        return [{"t": "Div", "c": [block["c"][0], _marked(block["c"][1])]}]
    style = pairs_of(block).get("custom-style", "") if block["t"] == "Table" else ""
    if not style:
        return [block]
    mark = {"t": "RawBlock", "c": ["opendocument", f"<!--cpd:{style}-->"]}
    return [mark, _mark_inside(block) if style == "Pair" else block]


def _mark_inside(block: Block) -> Block:
    attributes, caption, specs, head, bodies, foot = block["c"]
    marked = [
        [facts, heads, above, [[each, [[*cell[:4], _marked(cell[4])] for cell in cells]] for each, cells in rows]]
        for facts, heads, above, rows in bodies
    ]
    return {"t": "Table", "c": [attributes, caption, specs, head, marked, foot]}


def _parse(part: bytes) -> Element:
    # Our own pandoc wrote it, and a long report is larger than lxml's guard for strangers' files allows.
    return etree.fromstring(part, etree.XMLParser(huge_tree=True, resolve_entities=False))


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


# --- images ---


def _described(blocks: list[Block], held: Mapping[str, Picture]) -> Any:
    """The blocks with its description behind each image of a body: Pandoc writes none into an ODT."""

    def described(image: Inline) -> Inline:
        shown = image["c"][2][0].removeprefix(MEDIA) in held
        words = escape(xml_text("".join(map(words_of, image["c"][1])))) if shown else ""
        mark = {"t": "RawInline", "c": ["opendocument", f"<svg:desc>{words}</svg:desc>"]}
        return {"t": "Span", "c": [["", [], []], [image, mark]]} if words else image

    return replaced(blocks, {"Image": described})


def _with_pictures(parts: dict[str, bytes], stand_ins: Mapping[bytes, Picture]) -> dict[str, bytes]:
    """Each image once and under its own name; Pandoc writes every bar of a chart as a file of its own."""
    places, types = _places(parts, stand_ins)
    kept = {name: part for name, part in parts.items() if name not in places}
    for old, new in places.items():
        picture = stand_ins.get(parts[old])
        kept[new] = picture.data if picture else parts[old]
    content = _parse(kept["content.xml"])
    for element in content.iter(n("draw:image")):
        element.set(HREF, places.get(element.get(HREF), element.get(HREF)))
    kept["content.xml"] = _serialised(content)
    kept["META-INF/manifest.xml"] = _manifest(kept["META-INF/manifest.xml"], places, types)
    return kept


def _places(parts: Mapping[str, bytes], stand_ins: Mapping[bytes, Picture]) -> tuple[dict[str, str], dict[str, str]]:
    """The new name of each image, and the type of each new name."""
    places: dict[str, str] = {}
    types: dict[str, str] = {}
    first: dict[bytes, str] = {}
    for name in sorted(name for name in parts if name.startswith("Pictures/")):
        picture = stand_ins.get(parts[name])
        own = (
            f"Pictures/{picture.name.rsplit('.', 1)[0]}.{picture.suffix}"
            if picture
            else f"Pictures/bar{len(first)}.png"
        )
        places[name] = first.setdefault(parts[name], own)
        types[places[name]] = picture.type if picture else "image/png"
    return places, types


def _manifest(part: bytes, places: Mapping[str, str], types: Mapping[str, str]) -> bytes:
    """The list of parts, each once and with its type; Pandoc lists formulas twice and calls our parts plain XML."""
    root = _parse(part)
    listed: dict[str, str] = {
        each.get(FULL_PATH): each.get(MEDIA_TYPE) for each in root if each.get(FULL_PATH) not in places
    }
    listed |= dict.fromkeys(listed.keys() & {"content.xml", "styles.xml", "meta.xml"}, "text/xml") | dict(types)
    for entry in list(root):
        root.remove(entry)
    for name, kind in listed.items():
        etree.SubElement(root, f"{MANIFEST}file-entry", {FULL_PATH: name, MEDIA_TYPE: kind})
    return _serialised(root)


# --- styles and properties ---


def _styles(part: bytes, face: Face, sheet: Paper) -> bytes:
    root = _parse(part)
    for span in list(root.iter(n("text:span"))):
        _fill(span, _furniture(span.get(n("text:style-name")), face))
    for held in root.iter(n("style:page-layout-properties")):
        held.set(n("fo:page-width"), f"{sheet.width:g}pt")
        held.set(n("fo:page-height"), f"{sheet.height:g}pt")
    for held in root.iter(n("style:tab-stop")):
        held.set(n("style:position"), f"{sheet.text_width:g}pt")
    _language(root, face.language)
    return _serialised(root)


def _furniture(mark: str, face: Face) -> Sequence[str | Element]:
    """What stands at a mark of the header or footer; made anew each time, for an element has one place only."""
    if mark == "right":
        return _title(face)
    if mark == "pages":
        return _page_label(face.page_label)
    return [xml_text(face.header_left if mark == "left" else face.footer_left)]


def _title(face: Face) -> list[str | Element]:
    shown = xml_text(face.header_right)
    if face.header_right != face.title:
        return [shown]
    field = etree.Element(n("text:title"))
    field.text = shown
    return [field]


def _page_label(label: str) -> list[str | Element]:
    fields = {"{page}": ("page-number", {n("text:select-page"): "current"}), "{pages}": ("page-count", {})}
    return [_field(*fields[part]) if part in fields else part for part in re.split(r"(\{pages?\})", label)]


def _field(name: str, facts: dict[str, str]) -> Element:
    field = etree.Element(n(f"text:{name}"), facts)
    field.text = "1"
    return field


def _fill(span: Element, parts: Sequence[str | Element]) -> None:
    """Put words and fields into a mark of the header or footer."""
    del span.attrib[n("text:style-name")]
    for part in parts:
        if not isinstance(part, str):
            span.append(part)
        elif len(span):
            span[-1].tail = (span[-1].tail or "") + part
        else:
            span.text = (span.text or "") + part


def _language(root: Element, language: str) -> None:
    tongue, _, country = language.partition("-")
    for held in root.iter(n("style:text-properties")):
        if held.get(n("fo:language")):
            held.set(n("fo:language"), xml_text(tongue))
            held.set(n("fo:country"), xml_text(country) or "none")


def _meta(face: Face) -> bytes:
    root = etree.Element(f"{{{META['office']}}}document-meta", {n("office:version"): "1.3"}, nsmap=META)
    held = etree.SubElement(root, f"{{{META['office']}}}meta")
    said = [
        ("meta:generator", "cpdkit"),
        ("dc:title", face.title),
        ("dc:subject", face.subject),
        *(("meta:keyword", word) for word in face.keywords),
        ("meta:initial-creator", face.author),
        ("dc:creator", face.author),
        ("meta:creation-date", iso_time(face.epoch)),
        ("dc:date", iso_time(face.epoch)),
        ("dc:language", face.language),
    ]
    for name, value in said:
        if value:
            prefix, local = name.split(":")
            etree.SubElement(held, f"{{{META[prefix]}}}{local}").text = xml_text(value)
    return _serialised(root)
