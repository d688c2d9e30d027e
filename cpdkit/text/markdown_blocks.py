"""The blocks of a Markdown text, their contents, and which of them are private."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

InlineKind = Literal[
    "text", "literal", "code", "maths", "display-maths", "soft-break", "break", "emphasis", "strong", "strike", "link",
    "image", "wiki-link", "markup", "comment", "note",
]  # fmt: skip
BlockKind = Literal[
    "paragraph", "heading", "bullets", "numbers", "item", "quote", "code", "markup", "rule", "table", "row", "cell",
    "footnote", "comment", "definition",
]  # fmt: skip

PRIVATE = "(private)"
"""The mark at the start of a private passage, in upper or lower case."""


@dataclass(slots=True)
class Inline:
    """A part of a running text.

    `text` is the content of a text, code, formula, raw markup or comment, and the label of a `note` (a footnote's
    mark). `literal` is escaped text, which typography does not change; nor does it change a `wiki-link` (`[[name]]`).
    `address` and `title` are those of links and images; `start` and `stop` are the place in the body of the address,
    or of the name in a `wiki-link`; -1 if the address is written elsewhere.
    """

    kind: InlineKind
    text: str = ""
    inlines: "Sequence[Inline]" = ()
    address: str = ""
    title: str = ""
    start: int = -1
    stop: int = -1


@dataclass(slots=True)
class Block:
    """A block: its lines in the body, from 0 (`stop` is after the last), and its content.

    `level` is a heading's level, or the first number of a numbered list. `text` is the source of code and raw markup,
    the label of a footnote, the alignments of a table's columns, or the source of a heading. `info` is the box of a
    task, or the language of code. `tight` is whether a paragraph has no blank lines around it. `cells` counts the
    cells of a row as written; `columns` are the start and end of a cell in its line. `unused` is whether nothing refers
    to a definition or footnote; a document then prints it in its place. `private` blocks are private with everything in
    them.
    """

    kind: BlockKind
    start: int
    stop: int
    blocks: "list[Block]" = field(default_factory=list)
    inlines: Sequence[Inline] = ()
    level: int = 0
    text: str = ""
    info: str = ""
    tight: bool = False
    cells: int = 0
    columns: tuple[int, int] = (0, 0)
    unused: bool = False
    private: bool = False


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, each before those inside it."""
    for block in blocks:
        yield block
        yield from walk(block.blocks)


def walk_public(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block that is not private, each before those inside it."""
    for block in blocks:
        if not block.private:
            yield block
            yield from walk_public(block.blocks)


def walk_inlines(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield every part of a running text, each before those inside it."""
    for inline in inlines:
        yield inline
        yield from walk_inlines(inline.inlines)


def plain(inlines: Iterable[Inline]) -> str:
    """Return a running text without markup and comments; a line break becomes a space."""
    words: list[str] = []
    for inline in inlines:
        if inline.kind in ("soft-break", "break"):
            words.append(" ")
        elif inline.inlines:
            words.append(plain(inline.inlines))
        elif inline.kind not in ("comment", "note"):
            words.append(inline.text)
    return "".join(words)


def is_empty(blocks: Iterable[Block]) -> bool:
    """Return whether a report prints nothing of the blocks: only comments, definitions and private passages."""
    return all(
        block.private
        or block.kind == "comment"
        or (block.kind in ("definition", "footnote") and not block.unused)
        or (block.kind == "paragraph" and not plain(block.inlines).strip() and not _shows(block.inlines))
        or (block.kind in ("quote", "bullets", "numbers", "item") and is_empty(block.blocks))
        or (block.kind in ("code", "markup") and not block.text.strip())
        for block in blocks
    )


def _shows(inlines: Iterable[Inline]) -> bool:
    return any(inline.kind in ("image", "note") for inline in walk_inlines(inlines))


def mark_private(blocks: Sequence[Block]) -> None:
    """Mark the blocks that start with `(private)`, with everything in them.

    They can be paragraphs, quotes, list items, table cells and sections. A section's heading may also end with it.
    """
    level = 0
    for block in blocks:
        if block.kind == "heading" and (not level or block.level <= level):
            level = block.level if _is_private(block) else 0
        if level or _is_private(block):
            block.private = True
        else:
            mark_private(block.blocks)


def _is_private(block: Block) -> bool:
    if block.kind in ("quote", "item", "footnote"):
        first = next((each for each in block.blocks if each.kind not in ("comment", "definition")), None)
        starts = ("paragraph", "heading") if block.kind == "item" else ("paragraph",)
        return first is not None and first.kind in starts and _is_private(first)
    if block.kind not in ("paragraph", "heading", "cell"):
        return False
    leaves = [each for each in walk_inlines(block.inlines) if not each.inlines and each.kind != "comment"]
    if _typed(leaves).lstrip().lower().startswith(PRIVATE):
        return True
    ends = _typed(leaves[::-1], backwards=True).rstrip().lower()
    return block.kind == "heading" and ends.endswith(PRIVATE)


def _typed(leaves: Iterable[Inline], *, backwards: bool = False) -> str:
    """Return the plain text at the start, as typed. Code, formulas and escaped characters cannot be the mark."""
    texts = [each.text for each in takewhile(lambda each: each.kind == "text", leaves)]
    return "".join(reversed(texts) if backwards else texts)
