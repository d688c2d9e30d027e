"""Right-to-left text in an ODT: a paragraph's direction and its font are properties of its style."""

from copy import deepcopy
from typing import Any

from lxml import etree

from cpdkit.documents.formats.direction import has_right_to_left, is_right_to_left

FONT = "DejaVu Sans"
"""A font with Arabic and Hebrew that comes with LibreOffice."""
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_NAME = f"{{{_STYLE}}}name"
_STYLE_NAME = f"{{{_TEXT}}}style-name"
_CENTRED = ("Chart_20_Number", "Chart_20_Bar")
_BLOCKS = (f"{{{_TEXT}}}p", f"{{{_TEXT}}}h")


def with_directions(content: str) -> str:
    """Return `content.xml` with the direction and the font of every paragraph with right-to-left letters."""
    if not has_right_to_left(content):
        return content
    root: Any = etree.fromstring(content.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    automatic = root.find(f"{{{_OFFICE}}}automatic-styles")
    styles = {style.get(_NAME): style for style in automatic}
    for block in root.iter(*_BLOCKS):
        words = "".join(_own_words(block))
        if has_right_to_left(words):
            block.set(_STYLE_NAME, _directed(block.get(_STYLE_NAME, "Standard"), is_right_to_left(words), styles))
    automatic.extend(style for style in styles.values() if style.getparent() is None)
    _add_font(root)
    made: str = etree.tostring(root, xml_declaration=True, encoding="UTF-8").decode()
    return made


def _own_words(element: Any) -> list[str]:
    """Return the words of a paragraph, without those of the footnotes in it."""
    words = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _BLOCKS or child.tag == f"{{{_TEXT}}}note":
            words.append(child.tail or "")
        else:
            words += [*_own_words(child), child.tail or ""]
    return words


def _directed(name: str, is_right: bool, styles: dict[str, Any]) -> str:
    """Return the name of a style like `name` with the direction and the font; add it if it is new."""
    new = f"{name}.{'rtl' if is_right else 'mixed'}"
    if new in styles:
        return new
    if (own := styles.get(name)) is not None:
        style = deepcopy(own)
    else:
        style = etree.Element(
            f"{{{_STYLE}}}style", {f"{{{_STYLE}}}family": "paragraph", f"{{{_STYLE}}}parent-style-name": name}
        )
    style.set(_NAME, new)
    if is_right:
        look = _properties(style, "paragraph", 0)
        look.set(f"{{{_STYLE}}}writing-mode", "rl-tb")
        # LibreOffice takes "start" for the left side.
        if look.get(f"{{{_FO}}}text-align") in (None, "left", "start") and name not in _CENTRED:
            look.set(f"{{{_FO}}}text-align", "right")
    _properties(style, "text", len(style)).set(f"{{{_STYLE}}}font-name-complex", FONT)
    styles[new] = style
    return new


def _properties(style: Any, kind: str, at: int) -> Any:
    """Return the properties of a kind of a style; create them at a place if they are missing."""
    tag = f"{{{_STYLE}}}{kind}-properties"
    found = style.find(tag)
    if found is None:
        found = etree.Element(tag)
        style.insert(at, found)
    return found


def _add_font(root: Any) -> None:
    fonts = root.find(f"{{{_OFFICE}}}font-face-decls")
    if fonts is not None and all(font.get(_NAME) != FONT for font in fonts):
        etree.SubElement(fonts, f"{{{_STYLE}}}font-face", {_NAME: FONT, f"{{{_SVG}}}font-family": f"'{FONT}'"})
