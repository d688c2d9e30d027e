"""The whitelist over blocks: what Pandoc read of a body goes into a document only in the forms made here.

Attributes are dropped, raw markup becomes visible text, nesting is bounded, and no word is lost but closed comments.
Nothing is changed in place.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cpdkit.documents.bodies.comments import COMMENT
from cpdkit.documents.bodies.staging import unscoped
from cpdkit.documents.bodies.vet_inlines import in_heading, inlines, runs_of, shown_raw
from cpdkit.documents.bodies.vet_table import table
from cpdkit.documents.bodies.vetting import DEEPEST_BLOCK, NO_ATTR, Images, NotShown, Vetting, para, trimmed, words
from cpdkit.documents.problems import Problem
from cpdkit.documents.tree import Block, clean_text

HIGHEST_NUMBER = 999_999_999
"""What CommonMark takes as an ordered list's first number."""


@dataclass(frozen=True, slots=True)
class Vetted:
    """The blocks that may go into a document, and what their owner should know."""

    blocks: list[Block]
    problems: tuple[Problem, ...]


def no_images(_address: str) -> NotShown:
    """For texts that have no images."""
    return NotShown("is not shown here")


def vet(blocks: Sequence[Block], *, prefix: str = "", images: Images = no_images) -> Vetted:
    """Vet one body. `prefix` goes before the ids of its headings; `images` says what an image's address stands for."""
    (made,), problems = vet_parts([blocks], prefix=prefix, images=images)
    return Vetted(made, problems)


def vet_parts(
    parts: Sequence[Sequence[Block]], *, prefix: str, images: Images, also: str = ""
) -> tuple[list[list[Block]], tuple[Problem, ...]]:
    """Vet the parts of one body, which may link to each other's headings.

    `also` is the id of a heading that is none of the parts', and may be linked to as well.
    """
    known = known_ids(block for part in parts for block in part)
    vetting = Vetting(prefix, known | {also} if also else known, images)
    made = [_blocks(vetting, part, 0) for part in parts]
    return made, tuple(vetting.problems)


def known_ids(blocks: Iterable[Block]) -> frozenset[str]:
    """The ids of the headings at the top of a body, without those that are there twice."""
    found: dict[str, int] = {}
    for block in blocks:
        if block["t"] == "Header" and (name := unscoped(block["c"][1][0])):
            found[name] = found.get(name, 0) + 1
    return frozenset(name for name, count in found.items() if count == 1)


def _blocks(vetting: Vetting, blocks: Sequence[Block], depth: int) -> list[Block]:
    if depth > DEEPEST_BLOCK:
        vetting.report("CPD909", f"lists or quotes are nested more than {DEEPEST_BLOCK} deep; their words stay")
        return [made for block in blocks for run in runs_of(block) for made in para(inlines(vetting, run))]
    made: list[Block] = []
    for block in blocks:
        handler = _HANDLERS.get(block["t"], _other)
        made += handler(vetting, block, depth)
    return made


def _paragraph(vetting: Vetting, block: Block, _depth: int) -> list[Block]:
    kept = trimmed(inlines(vetting, block["c"]))
    return [{"t": block["t"], "c": kept}] if kept else []


def _heading(vetting: Vetting, block: Block, depth: int) -> list[Block]:
    """A heading on one line; one inside a list or a quote heads no part of the document, so it is a bold paragraph."""
    level, attr, content = block["c"]
    kept = in_heading(inlines(vetting, content))
    if not kept:
        return []
    if depth:
        return [{"t": "Para", "c": [{"t": "Strong", "c": kept}]}]
    name = unscoped(attr[0])
    identifier = vetting.prefix + name if name in vetting.known else ""
    return [{"t": "Header", "c": [level, [identifier, [], []], kept]}]


def _code(_vetting: Vetting, block: Block, _depth: int) -> list[Block]:
    code = clean_text(block["c"][1])
    return [{"t": "CodeBlock", "c": [NO_ATTR, code]}] if code.strip() else []


def _raw(vetting: Vetting, block: Block, _depth: int) -> list[Block]:
    """Raw markup as visible code; closed comments go, and what is left beside one is a paragraph."""
    source = clean_text(block["c"][1])
    visible = COMMENT.sub("", source).strip("\n")
    if not visible.strip():
        return []
    if visible != source.strip("\n") and "<" not in visible:
        return para(words(visible))
    shown_raw(vetting, visible)
    return [{"t": "CodeBlock", "c": [NO_ATTR, visible]}]


def _quote(vetting: Vetting, block: Block, depth: int) -> list[Block]:
    kept = _blocks(vetting, block["c"], depth + 1)
    return [{"t": "BlockQuote", "c": kept}] if kept else []


def _bullets(vetting: Vetting, block: Block, depth: int) -> list[Block]:
    items = _items(vetting, block["c"], depth)
    return [{"t": "BulletList", "c": items}] if items else []


def _numbered(vetting: Vetting, block: Block, depth: int) -> list[Block]:
    """A numbered list keeps its first number; the style of its numbers is the document's."""
    (start, _, _), content = block["c"]
    items = _items(vetting, content, depth)
    style = [max(0, min(int(start), HIGHEST_NUMBER)), {"t": "Decimal"}, {"t": "Period"}]
    return [{"t": "OrderedList", "c": [style, items]}] if items else []


def _items(vetting: Vetting, items: Sequence[Sequence[Block]], depth: int) -> list[list[Block]]:
    """The items of a list, without those that held nothing but a comment."""
    made = ((item, _blocks(vetting, item, depth + 1)) for item in items)
    return [kept for item, kept in made if kept or not item]


def _rule(_vetting: Vetting, _block: Block, _depth: int) -> list[Block]:
    return [{"t": "HorizontalRule"}]


def _table(vetting: Vetting, block: Block, depth: int) -> list[Block]:
    return table(vetting, block, lambda cell: _blocks(vetting, cell, depth + 1))


def _wrapper(vetting: Vetting, block: Block, depth: int) -> list[Block]:
    """A Div or a Figure: its blocks alone."""
    return _blocks(vetting, block["c"][-1], depth)


def _other(vetting: Vetting, block: Block, _depth: int) -> list[Block]:
    """A kind that no reader of ours makes: its words, in paragraphs."""
    return [made for run in runs_of(block) for made in para(inlines(vetting, run))]


_HANDLERS: Mapping[str, Callable[[Vetting, Any, int], list[Block]]] = {
    "Para": _paragraph,
    "Plain": _paragraph,
    "Header": _heading,
    "CodeBlock": _code,
    "RawBlock": _raw,
    "BlockQuote": _quote,
    "BulletList": _bullets,
    "OrderedList": _numbered,
    "HorizontalRule": _rule,
    "Table": _table,
    "Div": _wrapper,
    "Figure": _wrapper,
}
