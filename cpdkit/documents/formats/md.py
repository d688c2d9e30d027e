"""Write the Markdown: the report as plain text without HTML, readable by itself and on GitHub."""

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
    without_page,
    words,
)
from cpdkit.documents.tree import Block, Inline, document, text
from cpdkit.documents.view import Chart

ANCHOR = re.compile(r'\["#([^"]+)",')
NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
NOTHING: list[Any] = ["", [], []]

# Pandoc's CommonMark writer drops the character after a backslash, leaves `&` bare, and escapes only the `!` of `![`,
# which breaks a link around it. So it gets stand-ins for all three: noncharacters, which no document contains, as wide
# as the characters that they replace.
BACKSLASH, AMPERSAND, EXCLAMATION = "\ufdd0", "\ufdd1", "\ufdd2"
_UNBROKEN = re.compile(r"(?<=\d)\u00a0|\u00a0(?=[\d–])")
"""The no-break spaces of quantities and dates. A plain text has no lines that break by themselves."""
ENTITY = re.compile(rf"{AMPERSAND}(?=#?\w+;)")


def write_markdown(ast: dict[str, Any], _media: Mapping[str, bytes], properties: DocumentProperties) -> bytes:
    """Return the document as GitHub's Markdown. Its description replaces an image, since text cannot contain images."""
    blocks = SkeletonRewriter(RULES, _chart, _bare).blocks(ast["blocks"])
    anchors = dict(_anchors(blocks))
    tree = json.dumps(document(_literal(blocks)), ensure_ascii=False, separators=(",", ":"))
    linked = ANCHOR.sub(lambda hit: f'["#{anchors.get(hit[1], hit[1])}",', tree)
    made = pandoc.write(linked.encode(), "gfm-raw_html", epoch=properties.epoch, extra=["--wrap=none"])
    text = _UNBROKEN.sub(" ", _with_literals(made.decode("utf-8")).strip())
    return text.encode() + b"\n"


def _bare(span: Inline) -> Inline:
    return {"t": "Span", "c": [NOTHING, without_page(span)["c"][1]]}


def _unwrapped(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return rewriter.blocks(block["c"][1])


def _gathered(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    """Join lists that follow each other, since Markdown cannot separate them."""
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
    """Return the details in a quotation, so that they do not join a list at the end of the body."""
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
    """Return the inlines with their spans unwrapped."""
    return [inner for inline in part for inner in (inline["c"][1] if inline["t"] == "Span" else [inline])]


def _chart(chart: Chart, _dress: SkeletonRewriter) -> list[Block]:
    """Return a chart as a table of its numbers."""
    head = row([cell([paragraph(*words(each))]) for each in (chart.label_heading, chart.value_heading)])
    rows = [row([cell([paragraph(*words(each))]) for each in (bar.label, bar.hours)]) for bar in chart.bars]
    caption = _emphasis({"t": "Para", "c": words(chart.caption)})
    return [caption, table(rows, [None] * 2, aligns=["AlignLeft", "AlignRight"], head=[head], attributes=NOTHING)]


RULES = {
    **dict.fromkeys(("title-block", "pair"), _gathered),
    **dict.fromkeys(("activity", "letterhead", "meta", "note"), _unwrapped),
    **dict.fromkeys(("kicker", "subtitle", "caption"), _emphasised),
    "facts": _labelled,
    "fields": _fields,
    "list": _unwrapped,
    "figures": _figures,
    "notice": _quoted,
    "page-break": _dropped,
    "contents": _dropped,
}


# --- anchors ---


def _anchors(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Return the anchors that GitHub gives to headings, by identifier."""
    seen: dict[str, int] = {}
    for block in blocks:
        if block["t"] == "Header":
            words = _UNBROKEN.sub(" ", plain(block["c"][2]).lower())
            slug = NOT_IN_ANCHOR.sub("", words).replace(" ", "-")
            count = seen.get(slug, 0)
            seen[slug] = count + 1
            yield block["c"][1][0], f"{slug}-{count}" if count else slug


# --- images and literal characters ---


def _literal(node: Any) -> Any:
    """Return the tree with descriptions instead of images, and stand-ins for characters that Pandoc would lose."""
    return replaced(node, {"Image": _description, "Link": _link, "Str": _with_stand_ins, "CodeBlock": _fenced})


def _fenced(block: Block) -> Block:
    """Return a code block that Pandoc writes between fences.

    Pandoc indents one without a class, and loses the indentation where it begins a quote or an item: what is left is
    text, and raw HTML in it would be HTML.
    """
    (identifier, classes, values), code = block["c"]
    return {"t": "CodeBlock", "c": [[identifier, classes or ["text"], values], code]}


def _description(image: Inline) -> Inline:
    return {"t": "Emph", "c": _literal(image["c"][1]) or [text("image")]}


def _link(link: Inline) -> Inline:
    """Return a link. One whose text is its address does not change: Pandoc writes it as a bare address."""
    attributes, label, target = link["c"]
    return link if label == [text(target[0])] else {"t": "Link", "c": [attributes, _literal(label), target]}


def _with_stand_ins(word: Inline) -> Inline:
    typed = word["c"]
    literal = typed.replace("\\", BACKSLASH * 2).replace("&", AMPERSAND).replace("![", f"{EXCLAMATION}[")
    return word if literal == typed else text(literal)


def _with_literals(made: str) -> str:
    """Replace the stand-ins by their characters. Escape an `&` only where it would begin an entity."""
    made = ENTITY.sub(r"\\&", made)
    return made.replace(AMPERSAND, "&").replace(EXCLAMATION, "!").replace(BACKSLASH, "\\")
