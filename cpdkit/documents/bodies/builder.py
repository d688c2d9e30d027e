"""Build Pandoc's tree from the blocks of a body. The tree contains only what is built here.

Raw markup becomes visible text, attributes are ignored, and nesting is limited. Links lead to the web, to mail or
telephone addresses, or inside the same body. Images come only from the journal. Every word is kept, except those of
comments and private passages.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cpdkit.documents.bodies.typography import typeset
from cpdkit.documents.codes import Problem
from cpdkit.documents.tree import BREAKS, Attr, clean_line, clean_text, safe_address
from cpdkit.documents.tree import Block as Node
from cpdkit.documents.tree import Inline as Span
from cpdkit.text.markdown import Document
from cpdkit.text.markdown_blocks import Block, Inline, is_empty, plain, walk

DEEPEST_BLOCK = 10
"""The most levels of lists and quotes; deeper ones become paragraphs."""
DEEPEST_INLINE = 20
MOST_COLUMNS = 24
"""The most columns of a table that fit on a page."""
HIGHEST_NUMBER = 999_999_999
"""The highest first number of an ordered list in CommonMark."""
LONGEST_TEX = 2_000
"""The most characters of TeX of one formula."""
DEEPEST_BRACES = 12

# Every tree shares these, which makes trees small and quick to build. So no code may change a node in place.
NO_ATTR: Attr = ["", [], []]
SPACE: Span = {"t": "Space"}
SOFT_BREAK: Span = {"t": "SoftBreak"}
LINE_BREAK: Span = {"t": "LineBreak"}

_BRACES = re.compile(r"[{}]")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PLAIN_LANGUAGE = re.compile(r"[\w+#.-]{0,30}")
_NOT_IN_ID = re.compile(r"[^\w\- ]")
_STYLES = {"emphasis": "Emph", "strong": "Strong", "strike": "Strikeout"}


@dataclass(frozen=True, slots=True)
class ShownImage:
    """An image that a document can show: its name among the media, and its width on paper in centimetres."""

    name: str
    width: float


@dataclass(frozen=True, slots=True)
class MissingImage:
    """An image that a document cannot show; the reason follows "the image NAME" in a message."""

    reason: str
    hint: str = ""


Images = Callable[[str], ShownImage | MissingImage]
"""Returns the image of an address."""


def no_images(_address: str) -> MissingImage:
    """Return a missing image, for texts that cannot have images."""
    return MissingImage("is not shown here")


def heading_ids(document: Document) -> dict[int, str]:
    """Return unique ids, as on GitHub, for the headings outside lists and quotes, by line (from 0)."""
    counts: dict[str, int] = {}
    found: dict[int, str] = {}
    for block in walk(document.blocks):
        if block.kind == "heading":
            words = plain(block.inlines).strip().lower()
            name = _NOT_IN_ID.sub("", words).replace(" ", "-")
            number = counts[name] = counts.get(name, -1) + 1
            found[block.start] = f"{name}-{number}" if number else name
    return {heading.block.start: name for heading in document.headings if (name := found[heading.block.start])}


class Builder:
    """Build the tree of one body.

    `prefix` goes before the ids of its headings; `ids` are those that links may lead to, by the heading's line.
    """

    def __init__(
        self, document: Document, images: Images, prefix: str = "", ids: Mapping[int, str] | None = None
    ) -> None:
        self.document = document
        self.images = images
        self.prefix = prefix
        self.ids = ids or {}
        self._names = frozenset(self.ids.values())
        self._line = 0
        self._in_note = False
        self._found: dict[tuple[str, str], Problem] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems in the body, in order."""
        return tuple(self._found.values())

    def report(self, code: str, message: str, hint: str = "") -> None:
        """Add a problem of the block that is being built, unless it is already there."""
        self._found.setdefault((code, message), Problem(code, message, hint, self._line))

    # Blocks

    def blocks(self, blocks: Iterable[Block], depth: int = 0) -> list[Node]:
        """Return the nodes of the public blocks. `depth` is the number of lists, quotes and tables around them."""
        public = [each for each in blocks if not each.private]
        if depth > DEEPEST_BLOCK:
            self.report(
                "CPD909", f"lists or quotes are nested more than {DEEPEST_BLOCK} deep, so they become paragraphs"
            )
            return [node for block in public for run in self._runs(block) for node in paragraph(run)]
        made: list[Node] = []
        for block in public:
            self._line = block.start + 1
            made += self._block(block, depth)
        return made

    def _block(self, block: Block, depth: int) -> list[Node]:
        match block.kind:
            case "paragraph":
                words = trimmed(self.inlines(block.inlines))
                return [{"t": "Plain" if block.tight else "Para", "c": words}] if words else []
            case "heading":
                return self._heading(block, depth)
            case "bullets":
                items = self._items(block, depth)
                return [{"t": "BulletList", "c": items}] if items else []
            case "numbers":
                items = self._items(block, depth)
                style = [max(0, min(block.level, HIGHEST_NUMBER)), {"t": "Decimal"}, {"t": "Period"}]
                return [{"t": "OrderedList", "c": [style, items]}] if items else []
            case "quote":
                inside = self.blocks(block.blocks, depth + 1)
                return [{"t": "BlockQuote", "c": inside}] if inside else []
            case "code":
                return code_block(_with_info(block))
            case "markup":
                return self._markup(block)
            case "rule":
                return [{"t": "HorizontalRule"}]
            case "table":
                return self._table(block)
            case "definition" if block.unused:
                label, _, rest = block.text.partition("]:")
                return paragraph(self.inlines([Inline("literal", f"{label}]:"), *_lines(rest)]))
            case "footnote" if block.unused:
                return self._unused_note(block, depth)
        return []

    def _unused_note(self, block: Block, depth: int) -> list[Node]:
        """Return a footnote without a reference, printed in its place."""
        nodes = self.blocks(block.blocks, depth)
        mark = words(f"[^{block.text}]:")
        if nodes and nodes[0]["t"] in ("Para", "Plain"):
            return [{"t": nodes[0]["t"], "c": [*mark, SPACE, *nodes[0]["c"]]}, *nodes[1:]]
        return [*paragraph(mark), *nodes]

    def _heading(self, block: Block, depth: int) -> list[Node]:
        """Return a heading on one line; a bold paragraph for a heading inside a list or a quote."""
        words = in_heading(self.inlines(block.inlines))
        if not words:
            return []
        if depth:
            return [{"t": "Para", "c": [{"t": "Strong", "c": words}]}]
        name = self.ids.get(block.start, "")
        return [{"t": "Header", "c": [block.level, [self.prefix + name if name else "", [], []], words]}]

    def _items(self, block: Block, depth: int) -> list[list[Node]]:
        """Return the items of a list, empty ones too; none if all are empty."""
        if is_empty(block.blocks):
            return []
        made = []
        for item in block.blocks:
            if item.private or (item.blocks and is_empty(item.blocks)):
                continue
            nodes = self.blocks(item.blocks, depth + 1)
            if item.info:
                nodes = _with_box(item.info, nodes)
            made.append(nodes)
        return made

    def _markup(self, block: Block) -> list[Node]:
        """Return raw markup as visible code."""
        source = clean_text(block.text).strip("\n")
        if not source.strip():
            return []
        if "<" not in source:  # only words remain next to a comment
            return paragraph(words(source))
        self._report_markup(source)
        return [{"t": "CodeBlock", "c": [NO_ATTR, source]}]

    def _report_markup(self, source: str) -> None:
        start = clean_line(source.strip().split("\n", 1)[0])
        self.report(
            "CPD903", f"{_cut(start, 40)} is printed as text", "write Markdown instead, or put code between backticks"
        )

    def _table(self, block: Block) -> list[Node]:
        """Return a table of plain cells; paragraphs for a table with more columns than fit on a page."""
        rows = [[self._cell(cell) for cell in row.blocks] for row in block.blocks]
        aligns = block.text.split(" ")
        if len(aligns) > MOST_COLUMNS:
            self._line = block.start + 1
            self.report(
                "CPD910",
                f"the table has {len(aligns)} columns, but at most {MOST_COLUMNS} fit; each row is printed as text",
                "swap its rows and columns, or split it",
            )
            bar = [SPACE, *words("|"), SPACE]
            return [node for row in rows for node in paragraph(joined(row, bar))]
        # In Markdown, an empty header row means a table without a header.
        head, body = (rows[:1] if any(rows[0]) else []), rows[1:]
        if not head and not body:
            return []
        columns = [[{"t": _ALIGNS[align]}, {"t": "ColWidthDefault"}] for align in aligns]
        parts = [[NO_ATTR, [_row(row) for row in head]], [[NO_ATTR, 0, [], [_row(row) for row in body]]]]
        return [{"t": "Table", "c": [NO_ATTR, [None, []], columns, *parts, [NO_ATTR, []]]}]

    def _cell(self, cell: Block) -> list[Span]:
        self._line = cell.start + 1
        return [] if cell.private else trimmed(self.inlines(cell.inlines))

    def _runs(self, block: Block) -> Iterator[list[Span]]:
        """Yield the text of each part of a block, in order."""
        self._line = block.start + 1
        if block.private:
            return
        if block.kind in ("code", "markup"):
            text = clean_line(block.text.strip())
            if text:
                yield [{"t": "Code", "c": [NO_ATTR, text]}]
        elif block.kind in ("definition", "footnote") and not block.unused:
            return
        elif block.kind == "definition":
            yield words(block.text)
        elif block.kind == "footnote":
            yield words(f"[^{block.text}]:")
        elif block.inlines:
            yield self.inlines(block.inlines)
        for inner in block.blocks:
            yield from self._runs(inner)

    # Running texts

    def inlines(self, inlines: Sequence[Inline]) -> list[Span]:
        """Return the nodes of the text of a block."""
        return self._spans(typeset(inlines), 0)

    def _spans(self, inlines: Iterable[Inline], depth: int) -> list[Span]:
        if depth > DEEPEST_INLINE:
            message = f"emphasis or links are nested more than {DEEPEST_INLINE} deep, so they become plain text"
            self.report("CPD909", message)
            return words(plain(inlines))
        made: list[Span] = []
        for inline in inlines:
            spans = self._span(inline, depth)
            if made and spans and made[-1]["t"] == spans[0]["t"] == "Str":
                made[-1:] = words(made[-1]["c"] + spans[0]["c"])  # an escape or an entity does not end a word
                spans = spans[1:]
            made += spans
        return made

    def _span(self, inline: Inline, depth: int) -> list[Span]:
        match inline.kind:
            case "text" | "literal" | "wiki-link":
                return untrimmed(inline.text)
            case "soft-break":
                return [SOFT_BREAK]
            case "break":
                return [LINE_BREAK]
            case "emphasis" | "strong" | "strike":
                inside = self._spans(inline.inlines, depth + 1)
                return [{"t": _STYLES[inline.kind], "c": inside}] if inside else []
            case "code":
                text = clean_line(inline.text)
                return [{"t": "Code", "c": [NO_ATTR, text]}] if text else []
            case "maths" | "display-maths":
                return self._formula(inline)
            case "link":
                return self._link(inline, depth)
            case "image":
                return self._image(inline)
            case "markup":
                if _BREAK_TAG.fullmatch(inline.text):
                    return [LINE_BREAK]
                self._report_markup(inline.text)
                return words(inline.text)
            case "note":
                return self._note(inline)
        return []

    def _formula(self, inline: Inline) -> list[Span]:
        tex = clean_text(inline.text)
        if harmless(tex):
            kind = "InlineMath" if inline.kind == "maths" else "DisplayMath"
            return [{"t": "Math", "c": [{"t": kind}, tex]}]
        self.report("CPD911", "the formula is too long or too deeply nested, so it is printed as code")
        return [{"t": "Code", "c": [NO_ATTR, clean_line(tex)]}]

    def _note(self, inline: Inline) -> list[Span]:
        """Return a footnote of plain paragraphs."""
        block = self.document.footnotes.get(inline.text)
        if block is None or self._in_note or block.private:
            return [] if block and block.private else words(f"[^{inline.text}]")
        line, self._line, self._in_note = self._line, block.start + 1, True
        made: list[Node] = []
        for inner in block.blocks:
            if inner.kind == "code":
                made += code_block(_with_info(inner))
            else:
                made += paragraph(joined(self._runs(inner), [SPACE]))
        self._line, self._in_note = line, False
        return [{"t": "Note", "c": made}] if made else []

    def _link(self, inline: Inline, depth: int) -> list[Span]:
        """Return a safe link and its title; otherwise the text of the link, with the address if it differs."""
        inside = trimmed(self._spans(inline.inlines, depth + 1))
        label = plain(inline.inlines).strip()
        title = _title(inline.title, label)
        target = inline.address
        if target.startswith("#") and len(target) > 1:
            if target[1:] in self._names and inside:
                return [_to(inside, f"#{self.prefix}{target[1:]}"), *title]
            message = f"the link to {clean_line(target)} has no target"
            self.report("CPD905", message, "name a heading of this text")
            return inside + title
        target = "" if target.startswith("#") else target
        if safe := safe_address(target):
            return [_to(inside or words(target), safe), *title]
        return inside + self._address_in_brackets(label, target) + title

    def _address_in_brackets(self, label: str, target: str) -> list[Span]:
        """Return the address of an unsafe link in brackets; nothing if it is the text of the link."""
        address = clean_line(target).strip()
        if not address:
            self.report("CPD905", f'the link "{_cut(clean_line(label), 60)}" has no address')
            return []
        message = f"the link to {_cut(address, 60)} is printed as text"
        self.report("CPD905", message, "use an http, https, mailto or tel address")
        return [] if address == label else [SPACE, *words(f"({address})")]

    def _image(self, inline: Inline) -> list[Span]:
        """Return an image with its description; otherwise its description and name as text."""
        label = clean_line(plain(inline.inlines).strip())
        target = "" if inline.address.startswith("#") else inline.address
        name = clean_line(target.rsplit("/", 1)[-1]) if not target.startswith("data:") else ""
        found = self.images(target)
        title = _title(inline.title, label)
        if isinstance(found, MissingImage):
            subject = f"the image {_cut(clean_line(target), 60)}".rstrip()
            self.report("CPD902", f"{subject} {found.reason}", found.hint)
            text = ": ".join(part for part in (label, name) if part)
            return [*words(f"[image: {text}]" if text else "[image]"), *title]
        width = [["width", f"{found.width:.2f}cm"]]
        image = {"t": "Image", "c": [["", [], width], words(label or name), [f"cpd-media:{found.name}", ""]]}
        return [image, *title]


_ALIGNS = {"none": "AlignDefault", "left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}


def _row(cells: Iterable[list[Span]]) -> list[object]:
    return [
        NO_ATTR,
        [[NO_ATTR, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}] if cell else []] for cell in cells],
    ]


def _lines(text: str) -> Iterator[Inline]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Inline("soft-break")
        yield Inline("text", line)


def _with_info(block: Block) -> str:
    """Return the source of a code block. An info string that is not the name of a language becomes its first line."""
    text = block.text.removesuffix("\n")
    return text if _PLAIN_LANGUAGE.fullmatch(block.info) else f"{block.info}\n{text}"


def code_block(source: str) -> list[Node]:
    """Return a code block, or nothing for an empty one."""
    text = clean_text(source)
    return [{"t": "CodeBlock", "c": [NO_ATTR, text]}] if text.strip() else []


def _with_box(box: str, nodes: list[Node]) -> list[Node]:
    """Return the nodes of a task, its box before its words."""
    first = {"t": "Str", "c": box}
    if nodes and nodes[0]["t"] in ("Para", "Plain"):
        return [{"t": nodes[0]["t"], "c": [first, SPACE, *nodes[0]["c"]]}, *nodes[1:]]
    return [{"t": "Plain", "c": [first]}, *nodes]


def harmless(tex: str) -> bool:
    """Whether a formula is safe for Pandoc's writers: not too long, and its braces not too deeply nested.

    Each level of braces doubles Pandoc's time.
    """
    depth = deepest = 0
    for brace in _BRACES.findall(tex):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return len(tex) <= LONGEST_TEX and deepest <= DEEPEST_BRACES


@lru_cache(maxsize=1 << 16)
def word(text: str) -> Span | None:
    """Return a word without unsafe characters; None if nothing remains. Nodes are shared, like NO_ATTR."""
    kept = clean_line(text)
    return {"t": "Str", "c": kept} if kept else None


def untrimmed(text: str) -> list[Span]:
    """Return the words of a text; keep the spaces at its ends."""
    made: list[Span] = []
    for number, piece in enumerate(text.split(" ")):
        if number:
            made.append(SPACE)
        if shown := word(piece):
            made.append(shown)
    return made


def words(text: str) -> list[Span]:
    """Return any text as inlines: its words, a Space between words, a LineBreak for each line break."""
    made: list[Span] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(LINE_BREAK)
        made += untrimmed(line)
    return trimmed(made)


def trimmed(spans: list[Span]) -> list[Span]:
    """Return the inlines without spaces and breaks at either end."""
    first, stop = 0, len(spans)
    while first < stop and spans[first]["t"] in BREAKS:
        first += 1
    while first < stop and spans[stop - 1]["t"] in BREAKS:
        stop -= 1
    return spans if stop - first == len(spans) else spans[first:stop]


def joined(pieces: Iterable[list[Span]], between: list[Span]) -> list[Span]:
    """Join several runs of inlines; skip empty ones."""
    made: list[Span] = []
    for piece in pieces:
        if made and piece:
            made += between
        made += piece
    return made


def paragraph(spans: list[Span]) -> list[Node]:
    """Return a paragraph, or nothing if there are no words."""
    kept = trimmed(spans)
    return [{"t": "Para", "c": kept}] if kept else []


def in_heading(spans: Sequence[Span]) -> list[Span]:
    """Return inlines for a heading: on one line, footnotes and images as text."""
    made: list[Span] = []
    for span in spans:
        kind, content = span["t"], span.get("c", ())
        if kind in BREAKS:
            made.append(SPACE)
        elif kind == "Note":
            inside = joined((node["c"] if node["t"] == "Para" else words(node["c"][1]) for node in content), [SPACE])
            made += [SPACE, *words("("), *in_heading(inside), *words(")")]
        elif kind == "Image":
            made += [*words("[image:"), SPACE, *content[1], *words("]")]
        elif kind in ("Emph", "Strong", "Strikeout"):
            made.append({"t": kind, "c": in_heading(content)})
        elif kind == "Link":
            made.append({"t": kind, "c": [content[0], in_heading(content[1]), content[2]]})
        else:
            made.append(span)
    return trimmed(made)


def _to(inside: list[Span], target: str) -> Span:
    return {"t": "Link", "c": [NO_ATTR, inside, [target, ""]]}


def _title(title: str, label: str) -> list[Span]:
    """Return the title of a link or image as text in brackets. As a title only a mouse pointer would show it."""
    title = " ".join(clean_line(title).split())
    return [SPACE, *words(f"({title})")] if title and title != label else []


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
