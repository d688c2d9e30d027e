"""Write the DOCX: Pandoc writes the text with our reference document, and this module finishes the package."""

import json
from collections.abc import Mapping
from typing import Any

from lxml import etree

from cpdkit.documents import pandoc
from cpdkit.documents.diagram.placed import DRAWING, TALLEST
from cpdkit.documents.formats import docx_parts as parts_of
from cpdkit.documents.formats.docx_contents import insert_contents
from cpdkit.documents.formats.docx_direction import set_directions
from cpdkit.documents.formats.docx_parts import (
    EMU,
    LIST_STEP,
    P_PR,
    TBL,
    TC,
    TWIPS,
    VAL,
    Element,
    P,
    make,
    parse,
    property_element,
    put,
    q,
    serialised,
    set_style,
    style_of,
)
from cpdkit.documents.formats.docx_tables import finish_tables
from cpdkit.documents.formats.layout import INLINE_HEIGHT, INLINE_WIDTH, PICTURE_HEIGHT, Paper, paper_named
from cpdkit.documents.formats.package import packed, unpacked
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.documents.formats.skeleton_parts import BAR, chart_alts
from cpdkit.documents.formats.stand_ins import Picture, by_stand_in, pictures, with_stand_ins
from cpdkit.documents.formats.word_processing import word_processing_rewriter
from cpdkit.documents.look import Look, look_file
from cpdkit.documents.tree import document

DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
DECORATIVE_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
QUOTE_INDENT = 11.0
"""Points by which a quotation is indented."""

LIST_INDENT = LIST_STEP / TWIPS
"""Points by which each list around an image makes its place smaller."""

AFTER_TABLE = 140
"""Twips between a table and the text after it. The format has no space below a table."""

BETWEEN_TABLES = 160
OWN_SPACE = ("Heading", "Notice", "TableGap", "SourceCode", "Note", "PageBreak")
"""Styles that already have space above them."""


def write_docx(ast: dict[str, Any], media: Mapping[str, bytes], properties: DocumentProperties) -> bytes:
    """Return the document as a DOCX package."""
    paper = paper_named(properties.paper)
    images = pictures(media, office=True)
    extra = ["--syntax-highlighting=none", f"--reference-doc={look_file('reference.docx')}"]
    # The JSON has no name here, so that its memory is free before the package is unpacked.
    made = pandoc.write(
        with_stand_ins(_rewritten(ast, paper, properties.look), images), "docx", epoch=properties.epoch, extra=extra
    )
    alts = list(chart_alts(ast["blocks"]))
    return packed(_finished(made, properties, paper, by_stand_in(images), alts), properties.epoch)


def _rewritten(ast: dict[str, Any], paper: Paper, look: Look) -> bytes:
    rewritten = document(word_processing_rewriter(paper.text_width, contents=True, look=look).blocks(ast["blocks"]))
    return json.dumps(rewritten, ensure_ascii=False, separators=(",", ":")).encode()


def _finished(
    made: bytes,
    properties: DocumentProperties,
    paper: Paper,
    stand_ins: Mapping[bytes, Picture],
    alts: list[str],
) -> dict[str, bytes]:
    kept = {name: part for name, part in unpacked(made).items() if name not in parts_of.DROPPED}
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        kept[name] = parts_of.without_dropped(kept[name])
    ours = unpacked(look_file("reference.docx").read_bytes())
    kept |= {name: _directed(part) for name, part in parts_of.furniture(properties).items()}
    kept["docProps/core.xml"] = parts_of.core_properties(properties)
    kept["docProps/app.xml"] = parts_of.app_properties()
    own = properties.look.files.get("reference.docx")
    kept["word/styles.xml"] = parts_of.styles(own or ours["word/styles.xml"], properties, paper)
    kept["word/settings.xml"] = parts_of.settings(ours["word/settings.xml"], properties)
    kept["word/numbering.xml"] = parts_of.numbering(kept["word/numbering.xml"])
    # The text of a long report is large, so it is freed when its tree exists.
    text = parse(kept.pop("word/document.xml"))
    _anchor_headings(text[0])
    insert_contents(text[0], properties.contents_label)
    kept["word/document.xml"] = _finished_text(text, paper, alts)
    del text
    kept["word/footnotes.xml"] = _finished_notes(kept["word/footnotes.xml"], paper)
    return _with_pictures(kept, stand_ins)


def _directed(part: bytes) -> bytes:
    root = parse(part)
    # The tab between its two ends keeps them on their sides.
    set_directions(root, paragraphs=False)
    return serialised(root)


def _finished_text(root: Element, paper: Paper, alts: list[str]) -> bytes:
    body = root[0]
    finish_tables(body, paper.text_width, iter(alts))
    _images(body, paper)
    _maths(body)
    _page_breaks(body)
    _spaces(body)
    _page(body, paper)
    set_directions(root)
    return serialised(root)


def _finished_notes(part: bytes, paper: Paper) -> bytes:
    root = parse(part)
    finish_tables(root, paper.text_width, iter(()))
    _images(root, paper)
    set_directions(root)
    return serialised(root)


# --- images ---


def _images(root: Element, paper: Paper) -> None:
    for image in root.iter(q("wp:inline")):
        facts = image.find(q("wp:docPr"))
        # Without these, LibreOffice assumes an eighth of an inch at each side.
        image.attrib.update(dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
        # Pandoc repeats the complete address here, even of a data: URI.
        for drawn in image.iter(q("pic:cNvPr")):
            drawn.set("descr", "")
        if facts.get("title") == BAR:
            _decorative(facts)
        else:
            is_drawing = facts.get("title") == DRAWING
            if is_drawing:
                del facts.attrib["title"]
            facts.set("name", f"Picture {facts.get('id')}")
            _fit(image, paper, TALLEST if is_drawing else PICTURE_HEIGHT)


def _decorative(facts: Element) -> None:
    del facts.attrib["title"]
    facts.set("name", f"Bar {facts.get('id')}")
    holder = etree.SubElement(etree.SubElement(facts, q("a:extLst")), q("a:ext"), {"uri": DECORATIVE_URI})
    etree.SubElement(holder, f"{{{DECORATIVE}}}decorative", {"val": "1"}, nsmap={"adec": DECORATIVE})


def _fit(image: Element, paper: Paper, tallest: float) -> None:
    """Scale down an image that is wider than its place, or higher than `tallest` points."""
    extent = image.find(q("wp:extent"))
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    paragraph = next(image.iterancestors(P))
    room, most = _room(image, paragraph, paper), tallest
    if "".join(paragraph.itertext(q("w:t"))).strip():
        room, most = min(room, INLINE_WIDTH), INLINE_HEIGHT
    scale = min(room * EMU / width, most * EMU / height) if width and height else 1
    if scale >= 1:
        return
    for size in (extent, *image.iter(q("a:ext"))):
        if size.get("cx"):
            size.set("cx", str(max(round(width * scale), 1)))
            size.set("cy", str(max(round(height * scale), 1)))


def _room(image: Element, paragraph: Element, paper: Paper) -> float:
    """Return the points that an image may be wide: those of its cell, or of the text without the indents of lists."""
    cell = next(image.iterancestors(TC), None)
    width_element = cell.find(f"{q('w:tcPr')}/{q('w:tcW')}") if cell is not None else None
    if width_element is not None:
        return int(width_element.get(q("w:w"))) / TWIPS - 10
    level = paragraph.find(f"{q('w:pPr')}/{q('w:numPr')}/{q('w:ilvl')}")
    lists = int(level.get(VAL)) + 1 if level is not None else 0
    quote = QUOTE_INDENT if style_of(paragraph) == "BlockText" else 0
    return paper.text_width - LIST_INDENT * lists - quote


def _with_pictures(parts: dict[str, bytes], stand_ins: Mapping[bytes, Picture]) -> dict[str, bytes]:
    """Return the package with the real images instead of their stand-ins."""
    images = {name: stand_ins[part] for name, part in parts.items() if part in stand_ins}
    if not images:
        return parts
    kept = {name: part for name, part in parts.items() if name not in images}
    places = {name: f"word/media/{picture.name.rsplit('.', 1)[0]}.{picture.suffix}" for name, picture in images.items()}
    kept |= {places[name]: picture.data for name, picture in images.items()}
    types = parse(kept["[Content_Types].xml"])
    for override in list(types):
        name = (override.get("PartName") or "").lstrip("/")
        if name in images:
            override.set("PartName", f"/{places[name]}")
            override.set("ContentType", images[name].type)
    kept["[Content_Types].xml"] = serialised(types)
    return kept | {name: _retargeted(part, places) for name, part in kept.items() if name.endswith(".rels")}


def _retargeted(part: bytes, places: Mapping[str, str]) -> bytes:
    root = parse(part)
    for relation in root:
        new = places.get(f"word/{relation.get('Target')}")
        if new:
            relation.set("Target", new.removeprefix("word/"))
    return serialised(root)


def _maths(root: Element) -> None:
    """Remove styles from upright text in formulas: Pandoc writes both, which the schema forbids."""
    for upright in root.iter(q("m:nor")):
        for style in upright.itersiblings(q("m:sty"), q("m:scr")):
            upright.getparent().remove(style)


def _anchor_headings(body: Element) -> None:
    """Move the bookmark of each section into its heading: LibreOffice loses one that ends after a table."""
    ends = {mark.get(q("w:id")): mark for mark in body.iter(q("w:bookmarkEnd"))}
    for start in list(body.iter(q("w:bookmarkStart"))):
        heading = next(start.itersiblings(P, TBL), None)
        end = ends.get(start.get(q("w:id")))
        if start.getparent().tag == P or heading is None or heading.tag != P or end is None:
            continue
        heading.insert(len(heading.findall(P_PR)), start)
        start.addnext(end)


# --- the page ---


def _page_breaks(body: Element) -> None:
    """Turn each page break into a property of the block after it, so that no page begins with an empty paragraph."""
    for mark in [each for each in body.iterchildren(P) if style_of(each) == "PageBreak"]:
        follower = next(mark.itersiblings(P, TBL), None)
        leader = next(mark.itersiblings(P, TBL, preceding=True), None)
        if leader is None or follower is None or follower.tag == P:
            body.remove(mark)
        if leader is None or follower is None:
            continue
        target = follower if follower.tag == P else mark
        facts = property_element(target, "pPr")
        put(facts, make("pageBreakBefore"), ("pStyle", "keepNext", "keepLines"))
        if target is follower:
            _space_before(target, 0)
        else:
            _hide(mark)


def _hide(paragraph: Element) -> None:
    for run in paragraph.findall(q("w:r")):
        paragraph.remove(run)


def _space_before(paragraph: Element, twips: int) -> None:
    order = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs")
    put(property_element(paragraph, "pPr"), make("spacing", before=twips), order)


def _spaces(body: Element) -> None:
    """Add space after each table, and shrink the required last paragraph, so that it does not start a page."""
    for table in list(body.iterchildren(TBL)):
        follower = table.getnext()
        while follower is not None and follower.tag not in {P, TBL, q("w:sectPr")}:
            follower = follower.getnext()
        if follower is None or follower.tag != P:
            gap = make("p")
            set_style(gap, "TableGap")
            table.addnext(gap)
        elif len(follower) == 0:
            set_style(follower, "TableGap")
            put(
                property_element(follower, "pPr"),
                make("spacing", before=0, after=0, line=BETWEEN_TABLES, lineRule="exact"),
                ("pStyle",),
            )
        elif not style_of(follower).startswith(OWN_SPACE):
            _space_before(follower, AFTER_TABLE)


def _page(body: Element, paper: Paper) -> None:
    size = body[-1].find(q("w:pgSz"))
    size.set(q("w:w"), str(round(paper.width * TWIPS)))
    size.set(q("w:h"), str(round(paper.height * TWIPS)))
