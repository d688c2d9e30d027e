"""Turn Pandoc's inlines into runs for the Typst program: plain strings with few nodes between them.

A run is a list of strings and of dicts with `k` (kind). Neighbouring words are one string: Typst draws a string
as fast as a word, and the tree shrinks to a third. A string is never Typst code.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from cpdkit.documents.diagram.placed import svg_name
from cpdkit.documents.formats.direction import is_right_to_left
from cpdkit.documents.formats.stand_ins import MEDIA
from cpdkit.documents.literal import DEFAULT_LANGUAGE, pieces
from cpdkit.documents.tree import Block, Inline, page_target

Node: TypeAlias = dict[str, Any]
Run: TypeAlias = list[Any]

LINE_LIMIT = 30
"""The most letters of a word that always fits into a line. A longer word gets places where it may break."""
SEAM_EVERY = 6
LONGEST_PIECE = 24

_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_STYLES = {
    "Emph": "emph", "Strong": "strong", "Superscript": "super", "Subscript": "sub", "SmallCaps": "caps",
}  # fmt: skip
_LINES = {"Strikeout": "strike", "Underline": "under"}
_SPANS = ("soft", "number", "label", "code", "detail")
# Scripts that may break between any two characters need no extra places to break.
_FREE = "⺀-鿿가-힯豈-﫿＀-￯"
_NATURAL = re.compile(r"[^/.,;:_?&=+\-]*[/.,;:_?&=+\-]+|[^/.,;:_?&=+\-]+")


@dataclass(slots=True)
class Drawing:
    """What the drawing of one document collects: ids, unread formulas and changes."""

    ids: Collection[str]
    media: Collection[str]
    formulas: list[Node] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    level: int = 0


class Words:
    """Turn inlines into runs. `blocks` draws the blocks of a footnote."""

    def __init__(self, drawing: Drawing, blocks: Callable[[list[Block]], list[Node]]) -> None:
        self.drawing = drawing
        self.blocks = blocks
        self.limit = LINE_LIMIT
        self._depth = 0
        self._lines_around = 0
        self._lines_drawn = 0
        self._draw: dict[str, Callable[[Any], Run]] = {
            "Quoted": self._quoted,
            "Code": lambda c: [code(c[1], self.limit)],
            "Link": self._link,
            "Image": self._image,
            "Math": self._formula,
            "Note": self._note,
            "Span": self._span,
            "Cite": lambda c: self.run(c[1]),
            "LineBreak": lambda _: [{"k": "br"}],
            "RawInline": lambda c: [c[1]],
        }

    def run(self, inlines: list[Inline]) -> Run:
        """Return the inlines as a run: neighbouring words joined, and words that are too long for a line cut."""
        run: Run = []
        words: list[str] = []
        self._depth += 1
        for inline in inlines:
            kind = inline["t"]
            if kind == "Str":
                words.append(inline["c"])
            elif kind == "Space" or kind == "SoftBreak":
                words.append(" ")
            else:
                self._other(run, words, kind, inline.get("c"))
        self._depth -= 1
        return seamed(_flushed(run, words), self.limit)

    def _other(self, run: Run, words: list[str], kind: str, content: Any) -> None:
        if kind in _LINES:
            drawn = self._line(_LINES[kind], content)
        elif kind in _STYLES:
            drawn = [{"k": _STYLES[kind], "c": self.run(content)}]
        else:
            drawn = self._draw[kind](content) if kind in self._draw else []
        for part in drawn:
            if isinstance(part, str):
                words.append(part)
            else:
                _flushed(run, words).append(part)

    def _line(self, kind: str, content: list[Inline]) -> Run:
        """Return a line through or under words; only one, since PDF/UA forbids two on the same words."""
        self._lines_drawn += 1
        if self._lines_around:
            return self.run(content)
        self._lines_around += 1
        inside = self.run(content)
        self._lines_around -= 1
        return [{"k": kind, "c": inside}]

    def _quoted(self, content: Any) -> Run:
        opening, closing = _QUOTES[content[0]["t"]]
        return [opening, *self.run(content[1]), closing]

    def _link(self, content: Any) -> Run:
        address, drawn = content[2][0], self._lines_drawn
        inside = self.run(content[1])
        bare = "bare-" if self._lines_around or drawn != self._lines_drawn else ""
        if address.startswith("#"):
            known = address[1:] in self.drawing.ids
            return [{"k": f"{bare}ref", "i": address[1:], "c": inside}] if known else inside
        return [{"k": f"{bare}link", "u": address, "c": inside}] if address else inside

    def _image(self, content: Any) -> Run:
        name = content[2][0].removeprefix(MEDIA)
        words = self.run(content[1])
        if name not in self.drawing.media:
            return words
        drawn = svg_name(name) if svg_name(name) in self.drawing.media else name
        return [{"k": "image", "p": drawn, "a": plain(words)}]

    def _formula(self, content: Any) -> Run:
        # Typst drops a block inside a paragraph, so only a formula of the paragraph itself may be one.
        displayed = content[0]["t"] == "DisplayMath" and self._depth == 1
        node = {"k": "math", "s": content[1], "b": displayed}
        if not content[1].strip():
            return []
        self.drawing.formulas.append(node)
        return [node]

    def _note(self, content: Any) -> Run:
        depth, self._depth = self._depth, 0
        blocks = self.blocks(content)
        self._depth = depth
        return [{"k": "note", "c": blocks}] if blocks else []

    def _span(self, content: Any) -> Run:
        inside = self.run(content[1])
        if target := page_target({"t": "Span", "c": content}):
            return [*inside, {"k": "page-of", "i": target}] if target in self.drawing.ids else []
        if identifier := content[0][0]:
            inside = [{"k": "place", "i": identifier}, *inside] if identifier in self.drawing.ids else inside
        if language := dict(content[0][2]).get("lang", ""):
            inside = [in_language(inside, language)]
        kind = next((name for name in content[0][1] if name in _SPANS), "")
        return [{"k": "chip" if kind == "code" else kind, "c": inside}] if kind else inside


def in_language(run: Run, language: str) -> Node:
    """Return a run in another language than the document's, such as `en-GB`."""
    base, _, region = language.partition("-")
    return {"k": "lang", "l": base.lower(), "r": region.upper() if len(region) == 2 else "", "c": run}


def phrase(text: str) -> Run:
    """Return the run of a plain text; English words in a document of another language are marked."""
    return [in_language([piece], DEFAULT_LANGUAGE) if english else piece for piece, english in pieces(text)] or [""]


def code(text: str, limit: int = LINE_LIMIT) -> Node:
    """Return inline code, in pieces if it has words too long for a line."""
    return {"k": "code", "w": _cut(text, limit)}


def plain(run: Run) -> str:
    """Return only the words of a run."""
    return "".join(part if isinstance(part, str) else _plain_of(part) for part in run)


def _plain_of(node: Node) -> str:
    if "w" in node:
        return "".join(node["w"])
    return plain(node["c"]) if node["k"] not in ("note", "br") and "c" in node else node.get("s", " ")


def right_to_left(run: Run) -> bool:
    """Return whether the first letter of a run belongs to a script that is written from right to left."""
    return is_right_to_left(next((part for part in run if isinstance(part, str)), ""))


def seamed(run: Run, limit: int) -> Run:
    """Return the run with every word of more than `limit` letters cut into pieces, so that the line may break."""
    if all(not isinstance(part, str) or len(part) <= limit for part in run):
        return run
    whole: Run = []
    for part in run:
        pieces = _cut(part, limit) if isinstance(part, str) else [part]
        whole.append(pieces[0] if len(pieces) == 1 else {"k": "long", "w": pieces})
    return whole


def _flushed(run: Run, words: list[str]) -> Run:
    if words:
        run.append("".join(words))
        words.clear()
    return run


def _cut(text: str, limit: int) -> list[str]:
    """Return the text in pieces between which a line may break; one piece if every word fits."""
    pattern = _long_words(limit)
    if len(text) <= limit or not pattern.search(text):
        return [text]
    pieces: list[str] = []
    end = 0
    for hit in pattern.finditer(text):
        pieces += [text[end : hit.start()], *_pieces(hit.group(), limit)]
        end = hit.end()
    return [piece for piece in (*pieces, text[end:]) if piece]


def _pieces(word: str, limit: int) -> list[str]:
    """Return a long word cut after punctuation, or every few letters, but never before a combining mark."""
    longest = min(limit, LONGEST_PIECE)
    return [small for part in _NATURAL.findall(word) for small in _small(part, longest)]


def _small(part: str, longest: int) -> list[str]:
    if len(part) <= longest:
        return [part]
    step = min(SEAM_EVERY, max(2, longest // 2))
    pieces = [part[at : at + step] for at in range(0, len(part), step)]
    return _without_loose_signs(pieces)


def _without_loose_signs(pieces: list[str]) -> list[str]:
    whole: list[str] = []
    for piece in pieces:
        if whole and (_joins(piece[0]) or whole[-1][-1] == "\u200d"):
            whole[-1] += piece
        else:
            whole.append(piece)
    return whole


def _joins(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc", "Me") or char in "\u200d\ufe0e\ufe0f"


@cache
def _long_words(limit: int) -> re.Pattern[str]:
    return re.compile(rf"[^\s{_FREE}]{{{limit + 1},}}")
