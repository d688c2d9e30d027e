"""Read a Markdown text into blocks with their lines. Checks, editing and documents all use this reader.

Sections, prompts, links, images, comments and private passages come from here, so that a check sees what a report
prints. `markdown_rules.py` has the rules of the language.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from cpdkit.text.markdown_blocks import Block, BlockKind, Inline, InlineKind, mark_private, walk, walk_inlines

LONGEST = 1 << 20
"""Characters of the longest body that is read."""
MOST_LINES = 40_000
"""Lines of the longest body that is read."""
MOST_ROUNDS = 6
"""Times that a text is read because a comment spans several blocks."""
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_LINE_START = re.compile(r"[ \t>]*")
_ADDRESS = re.compile(r"[\s>]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>\S+))")
"""The address of a link's definition, after its colon."""


class Heading(NamedTuple):
    """A heading outside lists and quotes: its line in the body counted from 1, its level, and its text as written.

    `start` is its offset in the body, `below` the offset of the text below it.
    """

    line: int
    level: int
    text: str
    start: int
    below: int
    block: Block


class Link(NamedTuple):
    """A link or an image: its address, and the place of the address in the body."""

    address: str
    start: int
    stop: int
    image: bool


class Remark(NamedTuple):
    """Text that may not read as its owner expects: its line in the body, counted from 1, and a label.

    `open-comment`: a comment is not closed. `unused-label`, `unused-note`: nothing uses a definition or footnote, so it
    is printed in its place. `note-in-note`: a footnote refers to a footnote. `extra-cells`: a row has more cells than
    its table; `label` has both numbers. `too-dense`: a paragraph has too many marks to be read, and is text.
    `too-long`: the body is too long to be read; it has no blocks, and all of it is hidden.
    """

    kind: Literal["open-comment", "unused-label", "unused-note", "note-in-note", "extra-cells", "too-dense", "too-long"]
    line: int
    label: str = ""


class Stretch(NamedTuple):
    """A range of the body, by offsets."""

    start: int
    stop: int


class _Text:
    """A body without the comments that span several blocks, for the parser, with the offsets in the whole body."""

    def __init__(self, body: str, cuts: Sequence[Stretch]) -> None:
        self.starts = [0]
        for line in body.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.body = body
        self._pieces: dict[int, list[tuple[int, int]]] = {}
        lines = body.split("\n")
        for cut in cuts:
            self._remove(lines, cut)
        self.lines = lines

    def _remove(self, lines: list[str], cut: Stretch) -> None:
        """Remove one comment. Its last line keeps the blanks and quote marks at its start."""
        first, last = self.line_at(cut.start), self.line_at(cut.stop - 1)
        for number in range(first, last + 1):
            start, stop = self.starts[number], self.starts[number + 1] - 1
            pieces = self._pieces.get(number, [(start, stop)])
            if number == first:
                kept = [(a, min(b, cut.start)) for a, b in pieces if a < cut.start]
            else:
                prefix = _LINE_START.match(self.body, start, stop)
                kept = [(start, prefix.end())] if prefix and number == last else []
            if number == last:
                kept += [(max(a, cut.stop), b) for a, b in pieces if b > cut.stop]
            self._pieces[number] = kept
            lines[number] = "".join(self.body[a:b] for a, b in kept)

    def line_at(self, offset: int) -> int:
        """Return the line (from 0) of an offset in the body."""
        return bisect_right(self.starts, offset) - 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset in the body of a column of a line that the parser got."""
        for start, stop in self._pieces.get(line, ()):
            if column <= stop - start:
                return start + column
            column -= stop - start
        return min(self.starts[line] + column, len(self.body))

    def place(self, token: Any, at: int) -> int:
        """Return the offset in the body of an offset in an inline token's text."""
        content: str = token.content
        starts = token.meta.get("starts")
        if starts is None:
            starts = token.meta["starts"] = [0, *(match.end() for match in re.finditer("\n", content))]
            token.meta["bases"] = {}
        number = bisect_right(starts, at) - 1
        base: int | None = token.meta["bases"].get(number)
        if base is None:
            stop = starts[number + 1] - 1 if number + 1 < len(starts) else len(content)
            base = token.meta["bases"][number] = self._column(token, number, content[starts[number] : stop])
        return self.offset(token.map[0] + number, max(base + at - starts[number], 0))

    def _column(self, token: Any, number: int, content: str) -> int:
        """Return the column where a line of an inline token's text starts; the text may lack the blanks before it."""
        if "column" in token.meta:
            return int(token.meta["column"])
        written = content.strip(" \t")
        line: str = self.lines[token.map[0] + number]
        column = line.rfind(written)
        return column - (len(content) - len(content.lstrip(" \t")))


class Document:
    """A Markdown body. `blocks` are in order; `footnotes` are by label, wherever they are in the body."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.blocks: list[Block] = []
        self.footnotes: dict[str, Block] = {}
        self.remarks: list[Remark] = []
        self._comments: list[Stretch] = []
        if len(body) > LONGEST or body.count("\n") >= MOST_LINES:
            self._text = _Text("", ())
            self.remarks.append(Remark("too-long", 1))
            self._comments.append(Stretch(0, len(body)))
        else:
            self._text = _Text(body, ())
            _read(self)
            mark_private(self.blocks)

    def line_start(self, line: int) -> int:
        """Return the offset of a line (from 0) in the body."""
        return min(self._text.starts[line], len(self.body))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings outside lists and quotes, private ones too."""
        return tuple(
            Heading(
                each.start + 1,
                each.level,
                each.text,
                self.line_start(each.start),
                self._text.starts[each.stop] - 1,
                each,
            )
            for each in self.blocks
            if each.kind == "heading"
        )

    @property
    def links(self) -> Iterator[Link]:
        """The links and images with an address, and the definitions that links use, private ones too."""
        for block in walk(self.blocks):
            for each in walk_inlines(block.inlines):
                if each.start >= 0 and each.kind in ("link", "image"):
                    yield Link(each.address, each.start, each.stop, each.kind == "image")

    @property
    def wiki_links(self) -> Iterator[Link]:
        """The links of note programs, by the names that they link to."""
        for block in walk(self.blocks):
            for each in walk_inlines(block.inlines):
                if each.kind == "wiki-link":
                    yield Link(each.address, each.start, each.stop, False)

    @cached_property
    def hidden(self) -> tuple[Stretch, ...]:
        """The comments and private passages, in order; none is inside another."""
        found = [*self._comments, *self._private(self.blocks)]
        kept: list[Stretch] = []
        for each in sorted(found):
            if kept and each.start <= kept[-1].stop:
                kept[-1] = Stretch(kept[-1].start, max(kept[-1].stop, each.stop))
            else:
                kept.append(each)
        return tuple(kept)

    def is_hidden(self, line: int) -> bool:
        """Return whether a line (from 0) starts inside a comment or a private passage."""
        start = self.line_start(line)
        return any(each.start <= start < each.stop for each in self.hidden)

    def _private(self, blocks: Iterable[Block]) -> Iterator[Stretch]:
        for block in blocks:
            if block.private and block.kind == "cell":
                yield self._cell_stretch(block)
            elif block.private:
                yield Stretch(self.line_start(block.start), self.line_start(block.stop))
            else:
                yield from self._private(block.blocks)

    def _cell_stretch(self, cell: Block) -> Stretch:
        first, last = cell.columns
        return Stretch(self._text.offset(cell.start, first), self._text.offset(cell.start, last))

    def public(self, start: int = 0, stop: int | None = None) -> str:
        """Return the body between two offsets without comments, private passages and the lines of only these."""
        stop = len(self.body) if stop is None else stop
        kept: list[str] = []
        at = start
        for hidden in self.hidden:
            if hidden.stop <= start or hidden.start >= stop:
                continue
            kept.append(self.body[at : max(hidden.start, at)])
            at = max(min(hidden.stop, stop), at)
            line_start = self.body.rfind("\n", 0, hidden.start) + 1
            if not self.body[line_start : hidden.start].strip(" \t>") and self.body[at : at + 1] == "\n":
                at += 1
        kept.append(self.body[at:stop])
        return "".join(kept)

    @cached_property
    def blanked(self) -> str:
        """The body with blanks for comments and private passages; no offset changes."""
        kept: list[str] = []
        at = 0
        for hidden in self.hidden:
            kept += (self.body[at : hidden.start], re.sub(r"[^\n]", " ", self.body[hidden.start : hidden.stop]))
            at = hidden.stop
        return "".join([*kept, self.body[at:]])


@lru_cache(maxsize=8)
def read(body: str) -> Document:
    """Read a Markdown text with newlines `\\n`. Cached, because callers read the same few texts again and again."""
    return Document(body)


# From tokens to blocks


def _read(document: Document) -> None:
    """Parse a body, and then again without the comments that span several blocks."""
    from cpdkit.text.markdown_rules import notes, parser  # noqa: PLC0415  most commands read no Markdown

    cuts: list[Stretch] = []
    for last in (*[False] * (MOST_ROUNDS - 1), True):
        text = _Text(document.body, cuts)
        env = notes()
        tokens = parser().parse("\n".join(text.lines), env)  # type: ignore[arg-type]
        more, still_open = _comments_over_blocks(text, env["open"])
        if last or not more:
            break
        cuts = sorted([*cuts, *more])
    document._text = text
    builder = _Builder(document, text, env["labels"], _notes_referred_to(tokens))
    document.blocks = builder.blocks(tokens)
    document._comments = [*cuts, *builder.comments]
    dense = [Remark("too-dense", line + 1) for line in env["dense"]]
    document.remarks = sorted([*still_open, *builder.remarks, *dense], key=lambda each: each.line)


def _comments_over_blocks(text: _Text, opened: Sequence[tuple[Any, int, str]]) -> tuple[list[Stretch], list[Remark]]:
    """Return the comments that start in one block and end in another, and a remark for one that never ends."""
    found: list[Stretch] = []
    starts = sorted((text.place(token, at), mark) for token, at, mark in opened)
    percents = [start for start, mark in starts if mark == "%%"]
    done = 0
    for start, mark in starts:
        if start < done:
            continue
        if mark == "%%":
            at = bisect_right(percents, start)
            done = percents[at] + 2 if at < len(percents) else done
        else:
            close = text.body.find("-->", start + 4)
            if close < 0:
                return found, [Remark("open-comment", text.line_at(start) + 1)]
            done = close + 3
        if start < done:
            found.append(Stretch(start, done))
    return found, []


def _notes_referred_to(tokens: Sequence[Any]) -> frozenset[str]:
    """Return the labels of the footnotes that are printed as notes: those that the text outside footnotes refers to.

    A footnote that nothing refers to is printed in its place, so its own references count.
    """
    inside: dict[str, set[str]] = {}
    wanted: list[str] = []
    label = ""
    for token in tokens:
        if token.type == "footnote_reference_open" and not label:
            label = token.meta["label"]
            inside.setdefault(label, set())
        elif token.type == "footnote_reference_close" and token.level == 0:
            label = ""
        elif token.type == "inline":
            used = [each.meta["label"] for each in _flat(token.children) if each.type == "footnote_ref"]
            if label:
                inside[label].update(used)
            else:
                wanted += used
    found = set(wanted)
    for each, labels in inside.items():
        if each not in found:
            found |= labels - {each}
    return frozenset(found)


def _flat(tokens: Iterable[Any] | None) -> Iterator[Any]:
    for token in tokens or ():
        yield token
        yield from _flat(token.children)


_CONTAINERS: dict[str, BlockKind] = {
    "paragraph_open": "paragraph", "heading_open": "heading", "bullet_list_open": "bullets",
    "ordered_list_open": "numbers", "list_item_open": "item", "blockquote_open": "quote", "table_open": "table",
    "row_open": "row", "cell_open": "cell", "footnote_reference_open": "footnote",
}  # fmt: skip
_LEAVES: dict[str, BlockKind] = {
    "fence": "code", "code_block": "code", "html_block": "markup", "hr": "rule", "comment_block": "comment",
    "definition": "definition",
}  # fmt: skip
_STYLES: dict[str, InlineKind] = {"em": "emphasis", "strong": "strong", "s": "strike", "link": "link"}
_INLINES: dict[str, InlineKind] = {
    "text": "text", "text_special": "literal", "code_inline": "code", "maths": "maths",
    "display_maths": "display-maths", "softbreak": "soft-break", "hardbreak": "break", "html_inline": "markup",
    "comment": "comment",
}  # fmt: skip


class _Builder:
    """Builds blocks from the parser's tokens, and collects comments and remarks."""

    def __init__(self, document: Document, text: _Text, labels: Mapping[str, bool], notes: Container[str]) -> None:
        self.document = document
        self.text = text
        self.labels = labels
        self.notes = notes
        self._defined: set[str] = set()
        self.comments: list[Stretch] = []
        self.remarks: list[Remark] = []
        self._open_notes: list[bool] = []
        self._in_cell = False

    def blocks(self, tokens: Sequence[Any]) -> list[Block]:
        top = Block("quote", 0, 0)
        open_blocks = [top]
        for token in tokens:
            if token.type == "inline":
                self._running_text(open_blocks[-1], token)
            elif token.nesting > 0:
                start, stop = token.map or (0, 0)
                block = Block(_CONTAINERS[token.type], start, stop, tight=token.hidden)
                self._facts(block, token)
                open_blocks[-1].blocks.append(block)
                open_blocks.append(block)
            elif token.nesting < 0:
                self._closed(open_blocks.pop())
            else:
                open_blocks[-1].blocks.append(self._leaf(token))
        return top.blocks

    def _facts(self, block: Block, token: Any) -> None:
        """Set the values of a container from its token."""
        if block.kind == "heading":
            block.level = int(token.tag[1:])
        elif block.kind == "numbers":
            block.level = int(token.attrs.get("start", 1))
        elif block.kind == "table":
            block.text = " ".join(each or "none" for each in token.meta["aligns"])
        elif block.kind == "row":
            block.cells = token.meta["cells"]
        elif block.kind == "footnote":
            self._footnote(block, token.meta["label"])
        elif block.kind == "cell":
            self._in_cell = True

    def _footnote(self, block: Block, label: str) -> None:
        """Add a footnote's definition. It is unused if nothing refers to it, or if it is a second one."""
        block.text = label
        block.unused = label not in self.notes or label in self.document.footnotes
        if block.unused:
            self.remarks.append(Remark("unused-note", block.start + 1, label))
        else:
            self.document.footnotes[label] = block
        self._open_notes.append(not block.unused)

    def _closed(self, block: Block) -> None:
        if block.kind == "footnote":
            self._open_notes.pop()
        elif block.kind == "cell":
            self._in_cell = False
        elif block.kind == "item":
            _find_task(block)
        elif block.kind == "table":
            columns = len(block.text.split(" "))
            self.remarks += (
                Remark("extra-cells", row.start + 1, f"{row.cells} {columns}")
                for row in block.blocks
                if row.cells > columns
            )

    def _leaf(self, token: Any) -> Block:
        kind = _LEAVES[token.type]
        block = Block(kind, token.map[0], token.map[1], text=token.content)
        if kind == "comment":
            start, stop = self.text.offset(block.start, 0), self.document.line_start(block.stop)
            self.comments.append(Stretch(start, stop))
        elif kind == "code" and token.type == "fence" and token.info.strip():
            block.info = token.info.strip()
        elif kind == "markup":
            block.text = self._without_comments(block)
        elif kind == "definition":
            self._definition(block, token)
        return block

    def _without_comments(self, block: Block) -> str:
        """Return the source of raw markup without its comments, which are collected."""
        from cpdkit.text.markdown_rules import comment_end  # noqa: PLC0415

        first, last = self.document.line_start(block.start), self.document.line_start(block.stop)
        source, kept, at = block.text, [], 0
        while (start := source.find("<!--", at)) >= 0 and (stop := comment_end(source, start, len(source))) >= 0:
            kept.append(source[at:start])
            place = self.document.body.find(source[start:stop].split("\n", 1)[0], first, last)
            close = self.document.body.find("-->", place + 2, last) + 3
            if place >= 0 and close > 3:
                self.comments.append(Stretch(place, close))
                first = close
            at = stop
        return "".join([*kept, source[at:]])

    def _definition(self, block: Block, token: Any) -> None:
        """Set a link definition's source and, if it is used, its address as a link, which moving files updates."""
        from markdown_it.common.utils import unescapeAll  # noqa: PLC0415

        label, body = token.meta["id"], self.document.body
        start, stop = self.document.line_start(block.start), self.document.line_start(block.stop)
        block.text = body[start:stop].strip()
        block.unused = label in self._defined or label not in self.labels
        self._defined.add(label)
        if block.unused:
            self.remarks.append(Remark("unused-label", block.start + 1, token.meta["label"]))
            return
        colon = body.find("]:", start, stop) + 2
        address = _ADDRESS.match(body, colon, stop)
        if address:
            at = "angle" if address["angle"] is not None else "bare"
            kind: InlineKind = "image" if self.labels[label] else "link"
            place = (address.start(at), address.end(at))
            block.inlines = [Inline(kind, "", (), unescapeAll(address[at]), token.meta["title"], *place)]

    def _running_text(self, block: Block, token: Any) -> None:
        block.inlines = self._inlines(token.children, token)
        if block.kind == "heading":
            block.text = token.content
        elif block.kind == "cell":
            column = token.meta["column"]
            block.columns = (column, column + len(token.content))

    def _inlines(self, tokens: Sequence[Any], holder: Any) -> list[Inline]:
        top: list[Inline] = []
        open_lists: list[list[Inline]] = [top]
        for token in tokens:
            if token.nesting > 0:
                inside: list[Inline] = []
                made = self._styled(token, inside, holder)
                open_lists[-1].append(made)
                open_lists.append(inside)
            elif token.nesting < 0:
                open_lists.pop()
            else:
                open_lists[-1].append(self._inline(token, holder))
        return top

    def _styled(self, token: Any, inside: list[Inline], holder: Any) -> Inline:
        made = Inline(_STYLES[token.type.removesuffix("_open")], inlines=inside)
        if made.kind == "link":
            self._address(made, token, holder, token.attrs["href"])
            if token.markup == "autolink":
                made.text = "autolink"
        return made

    def _address(self, made: Inline, token: Any, holder: Any, href: str) -> None:
        made.address, made.title = href, token.attrs.get("title", "")
        if address := token.meta.get("address"):
            made.address = address.text
            made.start, made.stop = self.text.place(holder, address.start), self.text.place(holder, address.stop)

    def _inline(self, token: Any, holder: Any) -> Inline:
        if token.type == "image":
            made = Inline("image", inlines=self._inlines(token.children or (), holder))
            self._address(made, token, holder, token.attrs["src"])
            return made
        if token.type == "footnote_ref":
            label = token.meta["label"]
            if any(self._open_notes):
                self.remarks.append(Remark("note-in-note", holder.map[0] + 1, label))
                return Inline("literal", f"[^{label}]")
            return Inline("note", label)
        if token.type == "comment":
            start, stop = token.meta["at"]
            self.comments.append(Stretch(self.text.place(holder, start), self.text.place(holder, stop)))
            return Inline("comment")
        text = token.content
        if token.type == "wiki_link":
            start, stop = token.meta["name"]
            name = holder.content[start:stop]
            return Inline(
                "wiki-link", text, (), name, "", self.text.place(holder, start), self.text.place(holder, stop)
            )
        if self._in_cell and token.type in ("code_inline", "maths", "display_maths"):
            text = text.replace("\\|", "|")
        return Inline(_INLINES[token.type], text)


def _find_task(item: Block) -> None:
    """Move the box of a task, `[ ]` or `[x]`, from an item's text to its `info`."""
    first = item.blocks[0] if item.blocks else None
    if first is None or first.kind != "paragraph" or not first.inlines or first.inlines[0].kind != "text":
        return
    if box := _TASK.match(first.inlines[0].text):
        item.info = "☐" if box[1] == " " else "☒"
        first.inlines[0].text = first.inlines[0].text[box.end() :]
