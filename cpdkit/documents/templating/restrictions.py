"""What a template of a journal may put into a document: the classes that our look dresses, words, and safe links.

A shipped template's skeleton needs none of this. One from a journal may be a stranger's.
"""

import re
from collections.abc import Sequence
from typing import Any

from cpdkit.documents.tree import ATTR_PLACES, Attr, Block, clean_line, clean_text, safe_address, words_of

_NUMBERS = re.compile(r"[0-9]{1,9}( [0-9]{1,9}){0,499}")
KEPT_KEYS = {
    "widths": _NUMBERS,
    "key": re.compile(r"[\w-]{1,80}"),
    "to": re.compile(r"[A-Za-z][\w.-]{0,80}"),
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
}
"""The attributes that our look reads, and what each may be."""

TWO_COLUMNS = frozenset(("facts", "fields"))
"""The classes of parts that are tables of labels and values."""

DEEPEST = 40
"""How deep nodes may nest, a table counting for several: far beyond any sensible template, below what Typst draws."""

_NAME = re.compile(r"[A-Za-z][\w.-]{0,80}")
_PLACE = re.compile(r"#[\w.-]+")


class TooDeep(Exception):
    """Blocks in blocks without end."""


def title_of(blocks: Sequence[Block]) -> str:
    """Return the words of the first heading of level 1; empty where there is none."""
    for block in blocks:
        if block["t"] == "Div" and (title := title_of(block["c"][1])):
            return title
        if block["t"] == "Header" and block["c"][0] == 1:
            return words_of(block)
    return ""


def vetted_skeleton(node: Any, depth: int = 0) -> Any:
    """Return the skeleton with raw markup as visible text, and no attribute that we don't know.

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
    if kind in _TEXT:
        return _text(kind, content)
    address = _address(content[2][0]) if kind == "Link" else ""
    if kind == "Link" and not address:
        return {"t": "Span", "c": [["", [], []], vetted_skeleton(content[1], depth + 1)]}
    below = vetted_skeleton(content, depth + 1)
    place = ATTR_PLACES.get(kind)
    if place is not None:
        below[place] = _known(below[place])
    if kind == "Div":
        below[0][1] = [name for name in below[0][1] if name not in TWO_COLUMNS or _is_of_pairs(below[1])]
    if kind == "Link":
        below[2] = [address, ""]
    if kind == "Image":
        # Only a file of the journal is found by its address.
        below[2] = [clean_line(content[2][0]), ""]
    return {"t": kind, "c": below}


_TEXT = frozenset(("Str", "Code", "CodeBlock", "Math", "RawInline", "RawBlock"))


def _text(kind: str, content: Any) -> Any:
    """Words without what never reaches a document; raw markup as words."""
    if kind in ("Str", "RawInline"):
        return {"t": "Str", "c": clean_line(content if kind == "Str" else content[1])}
    if kind == "Math":
        return {"t": "Math", "c": [content[0], clean_line(content[1])]}
    attr: Attr = ["", [], []] if kind == "RawBlock" else _known(content[0])
    return {"t": "Code" if kind == "Code" else "CodeBlock", "c": [attr, clean_text(content[1])]}


def _address(address: str) -> str:
    """An address as it may be linked; empty where it may not."""
    return address if _PLACE.fullmatch(address) else safe_address(address) or ""


def _is_of_pairs(blocks: Sequence[Block]) -> bool:
    """Whether every table there has two columns, as a label and its value need."""
    return all(len(block["c"][2]) == 2 for block in blocks if block["t"] == "Table")


def _known(attr: Attr) -> Attr:
    identifier, classes, pairs = attr
    return [
        identifier if _NAME.fullmatch(identifier) else "",
        [name for name in classes if _NAME.fullmatch(name)],
        [[key, clean_line(value)] for key, value in pairs if key in KEPT_KEYS and KEPT_KEYS[key].fullmatch(value)],
    ]
