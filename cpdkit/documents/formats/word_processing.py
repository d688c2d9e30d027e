"""Rewrite the skeleton for word processors: named styles, real tables, and bars as small images."""

from collections.abc import Callable
from typing import Any

from cpdkit.documents.formats.page_field import page_field
from cpdkit.documents.formats.skeleton_parts import (
    Cell,
    SkeletonRewriter,
    bar,
    cell,
    div,
    figure_words,
    grid_in,
    joined,
    paragraph,
    row,
    rows_of_two,
    shares_of,
    table,
    words,
)
from cpdkit.documents.look import SHIPPED, Look
from cpdkit.documents.tree import Block, Inline, attr, classes_of, page_target, text
from cpdkit.documents.view import Chart

GUTTER = 34.0
"""Points between the two parts of a pair: 12 mm."""

LABEL_WIDTH = 84.0
"""Points for the labels of a bar chart: `Work experience` and a margin."""

LABEL_SHARE = 0.3
"""The part of the width for labels if a chart has a row to itself."""

NUMBER_WIDTH, DIGIT_WIDTH = 34.0, 5.4
"""The minimum width of the numbers next to bars, and the width of one digit of a longer number (points)."""
BAR_HEIGHT = 8.5
COLUMN_HEIGHT = 62.0
COLUMN_GAP = 3.0
FACT_LABEL_WIDTH = 59.0
FIELD_LABEL_WIDTH = 84.0

PARAGRAPH_STYLES = {
    "kicker": "Kicker",
    "subtitle": "Subtitle",
    "meta": "Meta",
    "notice": "Notice",
    "note": "Note",
    "caption": "Chart Caption",
}
CHARACTER_STYLES = {"soft": "Soft", "number": "Figure Number", "label": "Figure Label", "code": "Competence Code"}
PAGE_BREAK = "Page Break"
CONTENTS = "toc 2"


def word_processing_rewriter(width: float, *, contents: bool = False, look: Look = SHIPPED) -> SkeletonRewriter:
    """Return the rules for DOCX and ODT on a page whose text is `width` points wide; `contents`: keep their place."""
    rules: dict[str, Callable[[Block, SkeletonRewriter], list[Block]]] = {"letterhead": _styled("Meta")}
    rules |= {name: _styled(style) for name, style in PARAGRAPH_STYLES.items()}
    rules |= {"pair": _pair, "facts": _facts, "brief": _brief, "fields": _fields, "figures": _figures}
    rules |= {"list": _list, "page-break": _place(PAGE_BREAK), "contents": _place(CONTENTS) if contents else _nothing}
    return SkeletonRewriter(rules, _chart, _span_with_page if contents else _span, width, look)


def _styled(style: str) -> Callable[[Block, SkeletonRewriter], list[Block]]:
    def rule(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
        return [div(attr(custom_style=style), rewriter.blocks(block["c"][1]))]

    return rule


def _span_with_page(inline: Inline) -> Inline:
    """Return a span; for words about a page, also the page as a field that Word and LibreOffice fill in."""
    if target := page_target(inline):
        field = {"t": "RawInline", "c": ["openxml", page_field(target)]}
        return {"t": "Span", "c": [attr(), [*inline["c"][1], field]]}
    return _span(inline)


def _span(inline: Inline) -> Inline:
    if page_target(inline):
        return {"t": "Span", "c": [attr(), []]}
    style = next((CHARACTER_STYLES[name] for name in classes_of(inline) if name in CHARACTER_STYLES), None)
    return {"t": "Span", "c": [attr(custom_style=style), inline["c"][1]]} if style else inline


def _place(style: str) -> Callable[[Block, SkeletonRewriter], list[Block]]:
    """Return a rule that marks a place with an empty paragraph of a style."""
    mark = div(attr(custom_style=style), [{"t": "Para", "c": [{"t": "Str", "c": "\u00a0"}]}])
    return lambda _block, _rewriter: [mark]


def _nothing(_block: Block, _rewriter: SkeletonRewriter) -> list[Block]:
    return []


def _pair(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return [made for blocks in rows_of_two(block["c"][1]) for made in _side_by_side(blocks, rewriter)]


def _side_by_side(blocks: list[Block], rewriter: SkeletonRewriter) -> list[Block]:
    if len(blocks) == 1:
        return rewriter.block(blocks[0])
    half = (rewriter.width - GUTTER) / 2
    left, right = (rewriter.within(half).block(block) for block in blocks)
    shares = [half / rewriter.width, GUTTER / rewriter.width, half / rewriter.width]
    return [table([row([cell(left), cell([]), cell(right)])], shares, attributes=attr(custom_style="Pair"))]


def _labelled(block: Block, rewriter: SkeletonRewriter, style: str, label_width: float) -> list[Block]:
    grid = grid_in(block)
    rows = [row([cell(rewriter.cell(each)) for each in cells]) for cells in grid.rows]
    share = label_width / rewriter.width
    return [table(rows, [share, 1 - share], attributes=attr(custom_style=style), row_heads=1)] if rows else []


def _facts(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return _labelled(block, rewriter, "Facts", FACT_LABEL_WIDTH)


def _fields(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return _labelled(block, rewriter, "Fields", FIELD_LABEL_WIDTH)


def _brief(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    """Return fields one after another, in a paragraph."""
    space: Inline = {"t": "Space"}
    runs = [
        [{"t": "Emph", "c": _inlines(label)}, space, *_inlines(value)]
        for label, value in (map(rewriter.cell, cells) for cells in grid_in(block).rows)
    ]
    point = [space, text("·"), space]
    return [
        div(
            attr(custom_style="Meta"),
            [{"t": "Para", "c": [each for n, run in enumerate(runs) for each in ((point if n else []) + run)]}],
        )
    ]


def _inlines(blocks: Cell) -> list[Inline]:
    return [inline for block in blocks for inline in block["c"]]


def _figures(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    rows = [row([cell(_figure(each, rewriter)) for each in cells]) for cells in grid_in(block).rows]
    count = len(rows[0][1]) if rows else 0
    return [table(rows, [1 / count] * count, attributes=attr(custom_style="Figures"))] if count else []


def _figure(words: Cell, rewriter: SkeletonRewriter) -> Cell:
    return [paragraph(*joined([rewriter.inlines(part) for part in figure_words(words)], {"t": "LineBreak"}))]


def _chart(chart: Chart, rewriter: SkeletonRewriter) -> list[Block]:
    caption = div(attr(custom_style="Chart Caption"), [{"t": "Para", "c": words(chart.caption)}])
    if not chart.bars:
        return [caption]
    return [caption, (_columns if chart.shape == "columns" else _bars)(chart, rewriter.width, rewriter.look)]


def _bars(chart: Chart, width: float, look: Look) -> Block:
    names = max(LABEL_WIDTH, width * LABEL_SHARE)
    numbers = max(NUMBER_WIDTH, NUMBER_WIDTH / 2 + DIGIT_WIDTH * max(len(each.hours) for each in chart.bars))
    room = width - names - numbers
    rows = [
        row(
            [
                cell([paragraph(*words(each.label))]),
                cell([paragraph(bar(share * room, BAR_HEIGHT, look))] if share else []),
                cell([paragraph(*words(each.hours))]),
            ]
        )
        for each, share in zip(chart.bars, chart.shares, strict=True)
    ]
    shares = [part / width for part in (names, room, numbers)]
    aligns = ["AlignLeft", "AlignLeft", "AlignRight"]
    return table(rows, shares, aligns=aligns, attributes=attr(custom_style="BarChart"), row_heads=1)


def _columns(chart: Chart, width: float, look: Look) -> Block:
    count = len(chart.bars)
    wide = width / count - COLUMN_GAP
    bars = [cell(_column(each.hours, share, wide, look)) for each, share in zip(chart.bars, chart.shares, strict=True)]
    labels = [cell([paragraph(text(each.short_word))]) for each in chart.bars]
    made: list[list[Any]] = [row(bars), row(labels)]
    style = attr(custom_style="ColumnChart")
    return table(made, [1 / count] * count, aligns=["AlignCenter"] * count, attributes=style)


def _column(number: str, share: float, width: float, look: Look) -> Cell:
    if not share:
        return [paragraph(bar(width, 0, look))]
    return [paragraph(text(number)), paragraph(bar(width, share * COLUMN_HEIGHT, look))]


def _list(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    grid = grid_in(block)
    if not grid.aligns:
        return rewriter.blocks(block["c"][1])
    head = [row([cell(rewriter.cell(each)) for each in grid.head])] if grid.head else []
    rows = [row([cell(rewriter.cell(each)) for each in cells]) for cells in grid.rows]
    shares = shares_of(block, len(grid.aligns))
    style = "Signatures" if "signatures" in classes_of(block) else "RecordList"
    return [table(rows, shares, aligns=grid.aligns, head=head, attributes=attr(custom_style=style))]
