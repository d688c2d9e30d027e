"""What a template of a journal may put into a document: the classes that our look dresses, words, and safe links.

A shipped template's skeleton needs none of this. One from a journal may be a stranger's.
"""

import re
from collections.abc import Sequence
from typing import Any

from cpdkit.documents.addresses import safe_address
from cpdkit.documents.ast import ATTR_PLACES, Attr, Block, words_of

KEPT_KEYS = frozenset(("values", "short", "alt", "widths"))
DEEPEST = 40
"""How deep nodes may nest, a table counting for several: far beyond any sensible template, below what Typst draws."""

_NAME = re.compile(r"[A-Za-z][\w.-]{0,80}")
_PLACE = re.compile(r"#[\w.-]+")


class TooDeep(Exception):
    """Blocks in blocks without end."""


def title_of(blocks: Sequence[Block]) -> str:
    """The words of the first heading of level 1; empty where there is none."""
    for block in blocks:
        if block["t"] == "Div" and (found := title_of(block["c"][1])):
            return found
        if block["t"] == "Header" and block["c"][0] == 1:
            return words_of(block)
    return ""


def vetted_skeleton(node: Any, depth: int = 0) -> Any:
    """The skeleton with raw markup as visible text, images as their words, and no attribute that we don't know.

    Raises TooDeep.
    """
    if isinstance(node, list):
        return [vetted_skeleton(each, depth) for each in node]
    if not isinstance(node, dict) or "c" not in node:
        return node
    if depth > DEEPEST:
        raise TooDeep
    return _vetted(node["t"], node["c"], depth)


def _vetted(kind: str, content: Any, depth: int) -> Any:
    if kind == "RawInline":
        return {"t": "Str", "c": content[1]}
    if kind == "RawBlock":
        return {"t": "CodeBlock", "c": [["", [], []], content[1]]}
    if kind == "Image" or (kind == "Link" and not _leads_somewhere(content[2][0])):
        return {"t": "Span", "c": [["", [], []], vetted_skeleton(content[1], depth + 1)]}
    below = vetted_skeleton(content, depth + 1)
    place = ATTR_PLACES.get(kind)
    if place is not None:
        below[place] = _known(below[place])
    return {"t": kind, "c": below}


def _leads_somewhere(address: str) -> bool:
    return bool(_PLACE.fullmatch(address) or safe_address(address))


def _known(attr: Attr) -> Attr:
    identifier, classes, pairs = attr
    return [
        identifier if _NAME.fullmatch(identifier) else "",
        [name for name in classes if _NAME.fullmatch(name)],
        [pair for pair in pairs if pair[0] in KEPT_KEYS],
    ]
