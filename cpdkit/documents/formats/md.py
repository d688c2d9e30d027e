"""The Markdown: the report as plain text that reads well by itself and on GitHub, without HTML."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cpdkit.documents import pandoc
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.documents.formats.skeleton_parts import (
    SkeletonRewriter,
    cell,
    figure_words,
    grid_in,
    joined,
    paragraph,
    plain,
    replaced,
    row,
    table,
    words,
)
from cpdkit.documents.tree import Block, Inline, document, text
from cpdkit.documents.view import Chart

ANCHOR = re.compile(r'\["#([^"]+)",')
NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
NOTHING: list[Any] = ["", [], []]

# Pandoc's CommonMark writer drops what follows a backslash, leaves `&` bare, and of `![` escapes the first alone, which
# breaks a link around it: so none of them may reach it. Their stand-ins are noncharacters, which never get into a
# document, and as wide as what they stand for.
BACKSLASH, AMPERSAND, EXCLAMATION = "\ufdd0", "\ufdd1", "\ufdd2"
ENTITY = re.compile(rf"{AMPERSAND}(?=#?\w+;)")


def write_markdown(ast: dict[str, Any], _media: Mapping[str, bytes], properties: DocumentProperties) -> bytes:
    """Return the document as GitHub's Markdown. An image stands as its description: a text file can't hold it."""
    blocks = SkeletonRewriter(RULES, _chart, _bare).blocks(ast["blocks"])
    anchors = dict(_anchors(blocks))
    tree = json.dumps(document(_literal(blocks)), ensure_ascii=False, separators=(",", ":"))
    linked = ANCHOR.sub(lambda hit: f'["#{anchors.get(hit[1], hit[1])}",', tree)
    made = pandoc.write(linked.encode(), "gfm-raw_html", epoch=properties.epoch, extra=["--wrap=none"])
    return _with_literals(made.decode("utf-8")).strip().encode() + b"\n"


def _bare(span: Inline) -> Inline:
    return {"t": "Span", "c": [NOTHING, span["c"][1]]}


def _unwrapped(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return rewriter.blocks(block["c"][1])


def _gathered(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    """The children with lists that follow each other made one: Markdown can't tell them apart."""
    made: list[Block] = []
    for each in rewriter.blocks(block["c"][1]):
        if made and made[-1]["t"] == each["t"] == "BulletList":
            made[-1] = {"t": "BulletList", "c": [*made[-1]["c"], *each["c"]]}
        else:
            made.append(each)
    return made


def _dropped(_block: Block, _dress: SkeletonRewriter) -> list[Block]:
    return []


def _emphasised(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return [_emphasis(each) if each["t"] == "Para" else each for each in rewriter.blocks(block["c"][1])]


def _emphasis(block: Block) -> Block:
    return {"t": "Para", "c": [{"t": "Emph", "c": block["c"]}]}


def _quoted(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return [{"t": "BlockQuote", "c": rewriter.blocks(block["c"][1])}]


def _strong(inlines: Sequence[Inline]) -> Inline:
    return {"t": "Strong", "c": list(inlines)}


def _labelled(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    items = [[_line(cells[0], cells[1], rewriter)] for cells in grid_in(block).rows]
    return [{"t": "BulletList", "c": items}] if items else []


def _fields(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    """In a quotation, so that they don't run into a list that the body ends with."""
    return [{"t": "BlockQuote", "c": made}] if (made := _labelled(block, rewriter)) else []


def _line(label: list[Block], value: list[Block], rewriter: SkeletonRewriter) -> Block:
    named = _strong([*_inlines(label, rewriter), text(":")])
    return paragraph(named, {"t": "Space"}, *_inlines(value, rewriter))


def _inlines(cell: list[Block], rewriter: SkeletonRewriter) -> list[Inline]:
    return [inline for block in rewriter.cell(cell) for inline in block["c"]]


def _figures(block: Block, _dress: SkeletonRewriter) -> list[Block]:
    cells = [figure_words(cell) for cells in grid_in(block).rows for cell in cells]
    items = [
        [paragraph(*joined([[_strong(_words(parts[0]))], *map(_words, parts[1:])], {"t": "Space"}))] for parts in cells
    ]
    return [{"t": "BulletList", "c": items}] if items else []


def _words(part: Sequence[Inline]) -> list[Inline]:
    """Inlines with the spans among them opened."""
    return [inner for inline in part for inner in (inline["c"][1] if inline["t"] == "Span" else [inline])]


def _chart(chart: Chart, _dress: SkeletonRewriter) -> list[Block]:
    """A chart as the table of its numbers."""
    head = row([cell([paragraph(*words(each))]) for each in (chart.label_heading, chart.value_heading)])
    rows = [row([cell([paragraph(*words(each))]) for each in (bar.label, bar.hours)]) for bar in chart.bars]
    caption = _emphasis({"t": "Para", "c": words(chart.caption)})
    return [caption, table(rows, [None] * 2, aligns=["AlignLeft", "AlignRight"], head=[head], attributes=NOTHING)]


RULES = {
    **dict.fromkeys(("title-block", "pair"), _gathered),
    **dict.fromkeys(("activity", "meta", "note"), _unwrapped),
    **dict.fromkeys(("kicker", "subtitle", "caption"), _emphasised),
    "facts": _labelled,
    "fields": _fields,
    "list": _unwrapped,
    "figures": _figures,
    "notice": _quoted,
    "page-break": _dropped,
}


# --- anchors ---


def _anchors(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """For each heading's identifier, the anchor that GitHub gives the heading."""
    seen: dict[str, int] = {}
    for block in blocks:
        if block["t"] == "Header":
            slug = NOT_IN_ANCHOR.sub("", plain(block["c"][2]).lower()).replace(" ", "-")
            count = seen.get(slug, 0)
            seen[slug] = count + 1
            yield block["c"][1][0], f"{slug}-{count}" if count else slug


# --- images and literal characters ---


def _literal(node: Any) -> Any:
    """The tree with each image as its description, and stand-ins for what Pandoc would lose."""
    return replaced(node, {"Image": _description, "Link": _link, "Str": _with_stand_ins})


def _description(image: Inline) -> Inline:
    return {"t": "Emph", "c": _literal(image["c"][1]) or [text("image")]}


def _link(link: Inline) -> Inline:
    """A link; one that is its own label stays as it is, for Pandoc writes it as a bare address."""
    attributes, label, target = link["c"]
    return link if label == [text(target[0])] else {"t": "Link", "c": [attributes, _literal(label), target]}


def _with_stand_ins(word: Inline) -> Inline:
    typed = word["c"]
    literal = typed.replace("\\", BACKSLASH * 2).replace("&", AMPERSAND).replace("![", f"{EXCLAMATION}[")
    return word if literal == typed else text(literal)


def _with_literals(made: str) -> str:
    """The stand-ins as what they stand for. An `&` is escaped only where it would begin an entity."""
    made = ENTITY.sub(r"\\&", made)
    return made.replace(AMPERSAND, "&").replace(EXCLAMATION, "!").replace(BACKSLASH, "\\")
