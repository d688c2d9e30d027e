"""Shared by the writers: rewrite the skeleton's parts, read its tables, and build the tables that replace them.

A tree can contain megabytes of bodies, so nothing here copies or changes a body. Only the skeleton's own Divs and
tables are rebuilt; every other block is reused.
"""

import base64
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias

from cpdkit.documents.literal import DEFAULT_LANGUAGE, pieces
from cpdkit.documents.look import SHIPPED, Look
from cpdkit.documents.tree import Block, Inline, attr, classes_of, page_target, text
from cpdkit.documents.view import Chart

Cell: TypeAlias = list[Block]
Rule: TypeAlias = Callable[[Block, "SkeletonRewriter"], list[Block]]

BAR = "cpd-bar"
"""The title that marks a bar of a chart among the images."""

SPLIT_FROM = 13
"""A column chart with at least this many columns gets the full width."""


@dataclass(frozen=True, slots=True)
class SkeletonRewriter:
    """How one format renders the skeleton: rules for classes of Div, for charts and for spans. `width` is in points."""

    rules: Mapping[str, Rule]
    chart: Callable[[Chart, "SkeletonRewriter"], list[Block]]
    span: Callable[[Inline], Inline]
    width: float = 0.0
    look: Look = SHIPPED

    def blocks(self, blocks: Sequence[Block]) -> list[Block]:
        return [rewritten for block in blocks for rewritten in self.block(block)]

    def block(self, block: Block) -> list[Block]:
        if block["t"] == "Chart":
            return self.chart(block["c"], self)
        if block["t"] == "Div":
            rule = next((self.rules[name] for name in classes_of(block) if name in self.rules), None)
            return rule(block, self) if rule else [div(block["c"][0], self.blocks(block["c"][1]))]
        return [self.words(block)]

    def words(self, block: Block) -> Block:
        """Return a paragraph or heading with its spans rewritten; the same object if it has none."""
        if block["t"] not in {"Para", "Plain", "Header"}:
            return block
        *head, inlines = block["c"] if block["t"] == "Header" else (block["c"],)
        rewritten = self.inlines(inlines)
        if rewritten is inlines:
            return block
        return {"t": block["t"], "c": [*head, rewritten] if head else rewritten}

    def inlines(self, inlines: list[Inline]) -> list[Inline]:
        if "Span" not in [each["t"] for each in inlines]:
            return inlines
        rewritten = [self.span(each) if each["t"] == "Span" else each for each in inlines]
        return inlines if all(new is old for new, old in zip(rewritten, inlines, strict=True)) else rewritten

    def cell(self, cell: Cell) -> Cell:
        return [self.words(block) for block in cell]

    def within(self, width: float) -> "SkeletonRewriter":
        return replace(self, width=width)


def without_page(span: Inline) -> Inline:
    """Return a span; an empty one for words about a page."""
    return {"t": "Span", "c": [attr(), []]} if page_target(span) else span


def replaced(node: Any, makers: Mapping[str, Callable[[Inline], Inline]]) -> Any:
    """Return the tree with each inline of these kinds replaced by its maker, which also handles its content.

    A part without such an inline is the same object as before.
    """
    if isinstance(node, dict):
        if maker := makers.get(node.get("t", "")):
            return maker(node)
        content = node.get("c")
        made = replaced(content, makers)
        return node if made is content else {**node, "c": made}
    if isinstance(node, list):
        items = [replaced(each, makers) if isinstance(each, (dict, list)) else each for each in node]
        return items if any(new is not old for new, old in zip(items, node, strict=True)) else node
    return node


# --- reading the skeleton ---


@dataclass(frozen=True, slots=True)
class Grid:
    """A simple table: one header row or none, rows of cells, and Pandoc's name of each column's alignment."""

    head: list[Cell]
    rows: list[list[Cell]]
    aligns: list[str]


def div(attributes: list[Any], blocks: list[Block]) -> Block:
    return {"t": "Div", "c": [attributes, blocks]}


def pairs_of(block: Block) -> dict[str, str]:
    """Return the key-value attributes of a Div or Table."""
    return dict(block["c"][0][2])


def table_in(block: Block) -> Block | None:
    """Return the first table directly inside a Div."""
    return next((each for each in block["c"][1] if each["t"] == "Table"), None)


def grid_of(table: Block) -> Grid:
    """Return the table's cells. A header row without words counts as none."""
    _, _, specs, head, bodies, _ = table["c"]
    heads = [[cell[4] for cell in row[1]] for row in head[1]]
    rows = [[cell[4] for cell in row[1]] for body in bodies for row in (*body[2], *body[3])]
    first = heads[0] if heads and any(heads[0]) else []
    return Grid(first, rows, [align["t"] for align, _ in specs])


def grid_in(block: Block) -> Grid:
    """Return the cells of the table inside a Div; an empty grid if there is none."""
    table = table_in(block)
    return grid_of(table) if table else Grid([], [], [])


def plain(nodes: Any) -> str:
    """Return the plain words of inlines, blocks or cells, for labels."""
    if isinstance(nodes, list):
        return "".join(plain(node) for node in nodes)
    if not isinstance(nodes, dict):
        return ""
    kind = nodes["t"]
    if kind in {"Str", "Math", "Code"}:
        return str(nodes["c"] if kind == "Str" else nodes["c"][1])
    return " " if kind in {"Space", "SoftBreak", "LineBreak"} else plain(nodes.get("c"))


def chart_alts(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the description of each chart that has bars, in document order."""
    for block in blocks:
        if block["t"] == "Chart":
            yield from [block["c"].alt] if block["c"].bars else []
        elif block["t"] == "Div" and "activity" not in classes_of(block):
            yield from chart_alts(block["c"][1])


def is_alone(block: Block) -> bool:
    """Return whether a chart has too many columns to share the width."""
    return block["t"] == "Chart" and block["c"].shape == "columns" and len(block["c"].bars) >= SPLIT_FROM


def shares_of(block: Block, columns: int) -> list[float]:
    """Return the `widths` attribute of a Div as parts of 1; equal parts if it is missing or does not fit."""
    parts = [int(word) for word in pairs_of(block).get("widths", "").split()]
    if len(parts) != columns or min(parts, default=0) <= 0:
        parts = [1] * columns
    return [part / sum(parts) for part in parts]


def figure_words(cell: Cell) -> list[list[Inline]]:
    """Return the number and the label of a cell among the figures, each as its own inlines."""
    inlines = [inline for block in cell for inline in block["c"]]
    return [[each] for each in inlines if each["t"] == "Span"] or [inlines]


# --- building ---


def paragraph(*inlines: Inline) -> Block:
    return {"t": "Plain", "c": list(inlines)}


def words(plain_text: str) -> list[Inline]:
    """Return the inlines of a plain text; English words in a document of another language become a span with `lang`."""
    return [inline for piece, english in pieces(plain_text) for inline in _words(piece, english)]


def _words(piece: str, english: bool) -> list[Inline]:
    inlines = joined([[text(word)] for word in piece.split(" ")], {"t": "Space"})
    return [{"t": "Span", "c": [attr(lang=DEFAULT_LANGUAGE), inlines]}] if english else inlines


def cell(blocks: Cell, attributes: list[Any] | None = None) -> list[Any]:
    return [attributes or ["", [], []], {"t": "AlignDefault"}, 1, 1, blocks]


def row(cells: list[list[Any]]) -> list[Any]:
    return [["", [], []], cells]


def table(
    rows: list[list[Any]],
    shares: Sequence[float | None],
    *,
    attributes: list[Any],
    aligns: Sequence[str] = (),
    head: Sequence[list[Any]] = (),
    row_heads: int = 0,
) -> Block:
    """Return a Pandoc table. `shares` are column widths as parts of the whole; None leaves the width to the content."""
    aligns = aligns or ["AlignDefault"] * len(shares)
    specs = [[{"t": align}, _width(share)] for align, share in zip(aligns, shares, strict=True)]
    empty: list[Any] = ["", [], []]
    bodies = [[empty, row_heads, [], rows]]
    return {"t": "Table", "c": [attributes, [None, []], specs, [empty, list(head)], bodies, [empty, []]]}


def _width(share: float | None) -> dict[str, Any]:
    return {"t": "ColWidthDefault"} if share is None else {"t": "ColWidth", "c": share}


def solid_png(colour: str) -> bytes:
    """Return a PNG of one colour of the palette (`#rrggbb`), to be scaled into a bar."""
    side = 4

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    # Stored, not compressed: the bytes must not depend on the machine's zlib.
    pixels = zlib.compress((b"\0" + bytes.fromhex(colour[1:]) * side) * side, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def data_uri(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


@cache
def _bar_address(colour: str) -> str:
    return data_uri(solid_png(colour))


def bar(width: float, height: float, look: Look = SHIPPED) -> Inline:
    """Return a bar of a chart as an image without words, in points; a thin grey line for an empty bar."""
    filled = width > 0 and height > 0
    size = [["width", f"{max(width, 1):.2f}pt"], ["height", f"{max(height, 1):.2f}pt"]]
    return {
        "t": "Image",
        "c": [["", [], size], [], [_bar_address(look.palette()["accent" if filled else "rule"]), BAR]],
    }


def rows_of_two(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the children of a pair two by two; a chart too wide to share a row alone."""
    waiting: list[Block] = []
    for block in blocks:
        if is_alone(block):
            yield from ([waiting] if waiting else [])
            yield [block]
            waiting = []
            continue
        waiting = [*waiting, block]
        if len(waiting) == 2:
            yield waiting
            waiting = []
    yield from ([waiting] if waiting else [])


def joined(parts: Sequence[list[Inline]], between: Inline) -> list[Inline]:
    """Return runs of inlines with one inline between each two."""
    if not parts:
        return []
    tail = [inline for _, after in pairwise(parts) for inline in (between, *after)]
    return [*parts[0], *tail]
