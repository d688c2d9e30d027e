"""Names for the parts of Pandoc's JSON tree, and the few builders that the document code shares."""

from typing import Any, TypeAlias

Block: TypeAlias = dict[str, Any]
Inline: TypeAlias = dict[str, Any]
Attr: TypeAlias = list[Any]

API_VERSION = [1, 23, 1]


def attr(identifier: str = "", classes: tuple[str, ...] = (), **pairs: str) -> Attr:
    """`[id, [class …], [[key, value] …]]`; underscores in keys become hyphens."""
    return [identifier, list(classes), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


def document(blocks: list[Block]) -> dict[str, Any]:
    """A whole tree without metadata, as Pandoc's `json` reader takes it."""
    return {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}


def text(words: str) -> Inline:
    return {"t": "Str", "c": words}


ATTR_PLACES = {"Div": 0, "Span": 0, "Table": 0, "Code": 0, "CodeBlock": 0, "Link": 0, "Image": 0, "Header": 1}
"""Where in its content a node keeps its identifier, classes and other attributes."""


def classes_of(node: Block | Inline) -> list[str]:
    """The classes of a Div, Span, Header, Code or Table; none for what can't have any."""
    place = ATTR_PLACES.get(node["t"])
    return [] if place is None else node["c"][place][1]


def words_of(node: Block | Inline) -> str:
    """The text of a paragraph, a heading or an inline, without its markup; other blocks have none."""
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


BREAKS = frozenset(("Space", "SoftBreak", "LineBreak"))
"""The inlines that stand between words."""

_PAIRS = {"Quoted": 1, "Cite": 1, "Span": 1, "Link": 1, "Image": 1}
_STYLES = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline", "SmallCaps")
_NESTED = _PAIRS | dict.fromkeys(_STYLES, 0)
