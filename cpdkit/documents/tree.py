"""Types and helpers for Pandoc's JSON tree."""

import re
from typing import Any, TypeAlias
from urllib.parse import quote

Block: TypeAlias = dict[str, Any]
Inline: TypeAlias = dict[str, Any]
Attr: TypeAlias = list[Any]

API_VERSION = [1, 23, 1]


def attr(identifier: str = "", classes: tuple[str, ...] = (), **pairs: str) -> Attr:
    """`[id, [class …], [[key, value] …]]`; underscores in keys become hyphens."""
    return [identifier, list(classes), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


def document(blocks: list[Block]) -> dict[str, Any]:
    """Return a complete tree without metadata, for Pandoc's `json` reader."""
    return {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}


def text(words: str) -> Inline:
    return {"t": "Str", "c": words}


ATTR_PLACES = {"Div": 0, "Span": 0, "Table": 0, "Code": 0, "CodeBlock": 0, "Link": 0, "Image": 0, "Header": 1}
"""The index of a node's attributes in its content."""


def classes_of(node: Block | Inline) -> list[str]:
    """Return the classes of a node; none for a node that cannot have any."""
    place = ATTR_PLACES.get(node["t"])
    return [] if place is None else node["c"][place][1]


def words_of(node: Block | Inline) -> str:
    """Return the text of a paragraph, heading or inline without its markup; empty for other blocks."""
    content = node["c"][2] if node["t"] == "Header" else node["c"] if node["t"] in ("Para", "Plain") else [node]
    words: list[str] = []
    waiting = list(reversed(content))
    while waiting:
        inline = waiting.pop()
        if inline["t"] in _NESTED:
            waiting.extend(reversed(inline["c"][_NESTED[inline["t"]]] if inline["t"] in _PAIRS else inline["c"]))
        elif inline["t"] == "Note":
            waiting.extend({"t": "Str", "c": f" ({words_of(block)})"} for block in reversed(inline["c"]))
        elif inline["t"] in ("Code", "Math", "RawInline"):
            words.append(inline["c"][1])
        else:
            words.append(inline["c"] if inline["t"] == "Str" else " " if inline["t"] in BREAKS else "")
    return "".join(words)


PAGE = "page"
"""The class of words that lead to the page of a place: `[, page ]{.page to="p1"}`. Formats without pages omit them."""


def page_target(node: Inline) -> str:
    """Return the place whose page a span is about; empty for any other node."""
    return str(dict(node["c"][0][2]).get("to", "")) if node["t"] == "Span" and PAGE in node["c"][0][1] else ""


BREAKS = frozenset(("Space", "SoftBreak", "LineBreak"))
"""The inlines that separate words."""

_PAIRS = {"Quoted": 1, "Cite": 1, "Span": 1, "Link": 1, "Image": 1}
_STYLES = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline", "SmallCaps")
_NESTED = _PAIRS | dict.fromkeys(_STYLES, 0)


# C0, DEL and C1 controls, surrogates, the byte order mark and noncharacters break the XML of a DOCX. Bidirectional
# embeddings, overrides and isolates reorder the text around them. Unassigned characters stay: which ones are unassigned
# depends on the version of Python.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_NEVER = f"\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff{_BIDI}{_NONCHARACTERS}"

LINE_ENDS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""The characters that separate words or lines; each becomes a space on one line."""

_IN_LINE = re.compile(f"[\x00-\x1f\x85\u2028\u2029{_NEVER}]")
_IN_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f\x85\u2028\u2029{_NEVER}]")
_TO_SPACE = re.compile(f"[{LINE_ENDS}]")


def clean_line(text: str) -> str:
    """Return the text on one line: line breaks and tabs as spaces, unsafe characters removed."""
    if _IN_LINE.search(text) is None:
        return text
    return _IN_LINE.sub("", _TO_SPACE.sub(" ", text))


def clean_text(text: str) -> str:
    """Return the text without unsafe characters; keep tabs and line breaks (as `\\n`)."""
    if _IN_TEXT.search(text) is None:
        return text
    return _IN_TEXT.sub(_replacement, text.replace("\r\n", "\n").replace("\r", "\n"))


def _replacement(found: re.Match[str]) -> str:
    return " " if found[0] in LINE_ENDS else ""


MOST = 2048
"""The most characters of an address that becomes a link. Word accepts no longer ones."""

_WEB = re.compile(r"https?://[^\s/?#@:]|https?://[^\s/?#]*@[^\s/?#]|https?://\[", re.IGNORECASE)
_OTHER = re.compile(r"(?:mailto:[^\s@]+@[^\s@]|tel:\+?[0-9(])", re.IGNORECASE)
_UNSAFE = re.compile('[\x00-\x20\x7f-\xa0"<>\\\\^`{|}\u2028\u2029\ufffd]')


def safe_address(address: str) -> str | None:
    """Return the address with unsafe characters percent-encoded; None if it must not become a link."""
    address = address.strip()
    if len(address) > MOST or not (_WEB.match(address) or _OTHER.match(address)):
        return None
    return _UNSAFE.sub(lambda found: quote(found[0]), address)
