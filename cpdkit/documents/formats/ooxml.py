"""Names and small builders for WordprocessingML."""

from functools import cache
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any
"""An lxml element; lxml's own types don't say what its trees hold."""

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
    """`w:p` as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


TBL, TR, TC, P = q("w:tbl"), q("w:tr"), q("w:tc"), q("w:p")
P_PR, P_STYLE, VAL = q("w:pPr"), q("w:pStyle"), q("w:val")


def parse(data: bytes) -> Element:
    # Our own pandoc wrote it, and a long report is larger than lxml's guard for strangers' files allows.
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False, remove_blank_text=True))


def serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def make(name: str, **attributes: object) -> Element:
    """A `w:` element with `w:` attributes."""
    return etree.Element(q(f"w:{name}"), {q(f"w:{key}"): str(value) for key, value in attributes.items()})


def properties(element: Element, name: str) -> Element:
    """The element's `w:pPr`, `w:tcPr` or the like, made as its first child where it has none."""
    found = element.find(q(f"w:{name}"))
    if found is None:
        found = make(name)
        element.insert(0, found)
    return found


def put(holder: Element, child: Element, after: tuple[str, ...] = ()) -> None:
    """Set a child in place of one of its kind, behind those named in `after`: the schema fixes their order."""
    old = holder.find(child.tag)
    if old is not None:
        holder.replace(old, child)
        return
    names = {q(f"w:{name}") for name in after}
    index = next((i + 1 for i in reversed(range(len(holder))) if holder[i].tag in names), 0)
    holder.insert(index, child)


def style_mark(paragraph: Element) -> Element | None:
    """The `w:pStyle` of a paragraph: the first child of its first child, where the schema has it."""
    facts = paragraph[0] if len(paragraph) else None
    mark = facts[0] if facts is not None and facts.tag == P_PR and len(facts) else None
    return mark if mark is not None and mark.tag == P_STYLE else None


def style_of(paragraph: Element) -> str:
    """The style id of a paragraph; empty for the default one."""
    mark = style_mark(paragraph)
    return mark.get(VAL) if mark is not None else ""


def set_style(paragraph: Element, style: str) -> None:
    mark = style_mark(paragraph)
    if mark is None:
        mark = make("pStyle")
        properties(paragraph, "pPr").insert(0, mark)
    mark.set(VAL, style)
