"""The Markdown of records: CommonMark by markdown-it-py, with rules of our own.

These add comments (`<!-- … -->` and `%% … %%`), tables that keep every cell, formulas between dollars by Pandoc's rule,
addresses with their place and spelling, and limits where the library would drop words or be slow. `markdown.py` reads
the tokens.

The rules leave notes for it in the parser's `env`, under the keys of `Notes`.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple, TypedDict

from markdown_it import MarkdownIt
from markdown_it.common.utils import isStrSpace, normalizeReference, unescapeAll
from markdown_it.rules_block import StateBlock, blockquote, html_block, list_block
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

DEEPEST_BLOCK = 60
"""Levels to which quotes and lists may nest in the source; deeper markers are text."""
DEEPEST_IMAGE = 8
"""Levels to which images may nest in descriptions of images."""
MOST_CELLS = 20_000
"""Cells of one table, with the missing cells of short rows; further rows are another table or text."""
MOST_COLUMNS = 2_500
"""Columns of a table; a table with more is text."""
MOST_BRACKETS = 5_000
"""Brackets of one paragraph. For all paragraphs the squares are added, because the time grows with the square."""
MOST_MARKS = 30_000
"""Characters of markup of one paragraph. A paragraph above these limits is text."""
_MARKS = "[]()*_`~$%<>!&\\^"

_SHORT_COMMENT = ("<!-->", "<!--->")
_DELIMITER_ROW = re.compile(r"[-:| \t]+")
_DELIMITER_CELL = re.compile(r"[ \t]*(:?)-+(:?)[ \t]*")
_WIKI_LINK = re.compile(r"\[\[([^\[\]\n|#^\\]++)[^\[\]\n]*\]\]")
_CELL_END = re.compile(r"\\.|\|", re.DOTALL)


class Address(NamedTuple):
    """The place of the address of a link or an image in its inline text, and its spelling there."""

    start: int
    stop: int
    text: str


class Notes(TypedDict):
    """Notes of the rules while they parse.

    `open` lists comments that start in an inline text and do not end in it: the text's token, the offset in the text,
    and the opening mark. `labels` has the labels that links and images use, and whether an image was the first.
    `base` is the offset of the current text in the inline text around it, `images` the nesting level of images, and
    `closed`, by mark, the offset after which no comment is closed. `dense` lists the lines of paragraphs with too many
    marks to be read; `brackets` is the sum of the squares of the brackets of the others.
    """

    open: list[tuple[Any, int, str]]
    labels: dict[str, bool]
    base: int
    images: int
    inline: Any
    closed: dict[str, int]
    dense: list[int]
    brackets: int


def notes() -> Notes:
    """Return the `env` for one parse."""
    return {
        "open": [],
        "labels": {},
        "base": 0,
        "images": 0,
        "inline": None,
        "closed": {},
        "dense": [],
        "brackets": 0,
    }


class _Parser(MarkdownIt):
    """The library's parser, but addresses stay as written; documents decide which become links."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  the library's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        return True


@cache
def parser() -> MarkdownIt:
    """Return the parser, which is shared."""
    md = _Parser("commonmark", {"maxNesting": 2 * DEEPEST_BLOCK, "inline_definitions": True})
    md.enable("strikethrough")
    # Keep every character, and keep escaped ones separate from text that typography changes.
    md.disable(["normalize", "text_join"])
    block, inline = md.block.ruler, md.inline.ruler
    block.before("code", "pipe_table", pipe_table, {"alt": ["paragraph", "reference"]})
    block.at("blockquote", bounded(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.at("list", bounded(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    block.before("html_block", "comment", comment_block, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("html_block", raw_markup, {"alt": ["paragraph", "reference", "blockquote"]})
    block.before("reference", "footnote_def", footnote, {"alt": ["paragraph", "reference"]})
    for character in "$%":
        md.inline.add_terminator_char(character)
    inline.before("autolink", "comment", comment)
    inline.before("link", "maths", maths)
    inline.before("link", "wiki_link", wiki_link)
    inline.at("link", with_address(link))
    inline.at("image", with_address(image))
    inline.after("image", "footnote_ref", footnote_ref)
    md.core.ruler.at("inline", inline_texts)
    return md


def inline_texts(state: Any) -> None:
    """Parse the inline texts; the current one is in `env` for the rules."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if _is_too_dense(token.content, state.env):
            state.env["dense"].append(token.map[0])
            token.children += _as_text(token.content)
            continue
        state.env["inline"], state.env["closed"] = token, {}
        state.md.inline.parse(token.content, state.md, state.env, token.children)


def _is_too_dense(text: str, env: Any) -> bool:
    cost = text.count("[") ** 2
    if env["brackets"] + cost > MOST_BRACKETS**2:
        return True
    env["brackets"] += cost
    return len(text) > MOST_MARKS and sum(map(text.count, _MARKS)) > MOST_MARKS


def _as_text(text: str) -> Iterator[Token]:
    """Yield the tokens of a text without any markup."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("softbreak", "", 0)
        yield Token("text_special", "", 0, content=line)


# Blocks


BlockRule = Callable[[StateBlock, int, int, bool], bool]


def bounded(rule: BlockRule) -> BlockRule:
    """Return a rule for quotes or lists that leaves too deep ones to the paragraph; the library would drop them."""

    def bounded_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < DEEPEST_BLOCK and rule(state, start, end, silent)

    return bounded_rule


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a footnote's definition, up to the nesting limit."""
    return state.level < DEEPEST_BLOCK and footnote_def(state, start, end, silent)


def raw_markup(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a block of raw markup. A comment that shares its lines belongs to the paragraph."""
    at = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("<!--", at) and html_block(state, start, end, silent)


def comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a comment that shares none of its lines, from the first mark to the last."""
    at = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith(("<!--", "%%"), at):
        return False
    stop = comment_end(state.src, at, len(state.src))
    if stop < 0:
        return False
    line = start
    while line < end and state.eMarks[line] < stop:
        line += 1
        if line < end and state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return False
    if line >= end or state.src[stop : state.eMarks[line]].strip():
        return False
    if not silent:
        state.line = line + 1
        token = state.push("comment_block", "", 0)
        token.map = [start, line + 1]
    return True


def comment_end(text: str, start: int, most: int) -> int:
    """Return the end of the comment that opens at `start`, before `most`; -1 if it is not closed."""
    if text.startswith("%%", start):
        close = text.find("%%", start + 2, most)
        return close + 2 if close >= 0 else -1
    for short in _SHORT_COMMENT:
        if text.startswith(short, start):
            return start + len(short)
    close = text.find("-->", start + 4, most)
    return close + 3 if close >= 0 else -1


def pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a table as on GitHub. Cells after the header's last column are kept: they share the last cell.

    `meta` has the number of cells of each row, and the column of each cell in its line.
    """
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent:
        return False
    if state.is_code_block(start) or state.is_code_block(start + 1):
        return False
    aligns = _aligns(_line(state, start + 1))
    head = _line(state, start)
    if not 0 < len(aligns) <= MOST_COLUMNS or "|" not in head or len(_cells(head)) != len(aligns):
        return False
    if silent:
        return True
    parent, state.parentType = state.parentType, "table"
    token = state.push("table_open", "table", 1)
    token.meta["aligns"] = aligns
    _push_row(state, start, len(aligns))
    line = start + 2
    stops = state.md.block.ruler.getRules("blockquote")
    cells = 0
    while line < end and cells < MOST_CELLS:
        if state.sCount[line] < state.blkIndent or state.isEmpty(line) or state.is_code_block(line):
            break
        if any(rule(state, line, end, True) for rule in stops):
            break
        _push_row(state, line, len(aligns))
        cells += len(aligns)
        line += 1
    token.map = [start, line]
    state.push("table_close", "table", -1)
    state.parentType = parent
    state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _aligns(line: str) -> list[str]:
    """Return the alignment of each column from a delimiter row; empty for another line."""
    if not _DELIMITER_ROW.fullmatch(line) or line[:2] in ("- ", "-\t"):
        return []
    made = []
    for start, stop in _cells(line):
        cell = _DELIMITER_CELL.fullmatch(line, start, stop)
        if not cell:
            return []
        made.append({"": "", ":": "left"}[cell[1]] if not cell[2] else "center" if cell[1] else "right")
    return made


def _cells(line: str) -> list[tuple[int, int]]:
    """Return the start and end of each cell of a row, without the pipes."""
    stop = len(line.rstrip(" \t"))
    start = 1 if line.startswith("|") else 0
    found = []
    for match in _CELL_END.finditer(line, start, stop):
        if match[0] == "|":
            found.append((start, match.start()))
            start = match.end()
    if start < stop or not found:
        found.append((start, stop))
    return found


def _push_row(state: StateBlock, line: int, columns: int) -> None:
    text = _line(state, line)
    cells = _cells(text)
    row = state.push("row_open", "tr", 1)
    row.map = [line, line + 1]
    row.meta["cells"] = len(cells)
    for number in range(columns):
        start, stop = cells[number] if number < len(cells) else (len(text), len(text))
        if number == columns - 1 and len(cells) > columns:
            stop = cells[-1][1]
        content = text[start:stop]
        start += len(content) - len(content.lstrip())
        cell = state.push("cell_open", "td", 1)
        cell.map = [line, line + 1]
        token = state.push("inline", "", 0)
        # An escaped pipe stays escaped here: the inline rules resolve it, and in code it means the pipe as well.
        token.content = content.strip()
        token.map = [line, line + 1]
        token.meta["column"] = start + state.bMarks[line] + state.tShift[line] - _line_start(state, line)
        token.children = []
        state.push("cell_close", "td", -1)
    state.push("row_close", "tr", -1)


def _line_start(state: StateBlock, line: int) -> int:
    """Return the start of a line in the text; for the parser a line may start after marks of quotes and lists."""
    return state.src.rfind("\n", 0, state.eMarks[line]) + 1


# Inline texts


InlineRule = Callable[[StateInline, bool], bool]


def comment(state: StateInline, silent: bool) -> bool:
    """Parse a comment inside an inline text. One that does not end in it is noted."""
    start = state.pos
    if not state.src.startswith(("<!--", "%%"), start):
        return False
    mark, base, closed = state.src[start : start + 2], state.env["base"], state.env["closed"]
    stop = comment_end(state.src, start, state.posMax) if base + start < closed.get(mark, sys.maxsize) else -1
    if stop < 0:
        closed[mark] = min(base + start, closed.get(mark, sys.maxsize))
        if not silent:
            state.env["open"].append((state.env["inline"], base + start, mark))
        if mark == "%%":
            return False
        if not silent:  # printed as it is; its hyphens must not become a dash
            state.push("text_special", "", 0).content = "<!--"
        state.pos = start + len("<!--")
        return True
    if not silent:
        token = state.push("comment", "", 0)
        token.meta["at"] = (base + start, base + stop)
    state.pos = stop
    return True


def wiki_link(state: StateInline, silent: bool) -> bool:
    """Parse a link of note programs: `[[name]]`, `[[name|words]]` or `[[name#part]]`. It is printed as it is."""
    start = state.pos
    found = _WIKI_LINK.match(state.src, start, state.posMax) if state.src.startswith("[[", start) else None
    if not found or state.src[found.end() : found.end() + 1] in ("(", "["):
        return False
    if normalizeReference(found[0][2:-2]) in state.env.get("references", {}):
        return False
    if not silent:
        token = state.push("wiki_link", "", 0)
        token.content = found[0]
        token.meta["name"] = (state.env["base"] + found.start(1), state.env["base"] + found.end(1))
    state.pos = found.end()
    return True


def maths(state: StateInline, silent: bool) -> bool:
    """Parse a formula: `$…$` without a space just inside and without a digit just after, or `$$…$$`."""
    text, start, end = state.src, state.pos, state.posMax
    if text[start] != "$":
        return False
    mark = "$$" if text.startswith("$$", start) else "$"
    first = start + len(mark)
    if first >= end or (mark == "$" and text[first].isspace()):
        return False
    stop = _maths_end(text, first, end, mark)
    if stop < 0:
        if mark == "$$":  # neither of these dollars opens a formula
            if not silent:
                state.pending += mark
            state.pos = first
            return True
        return False
    if not silent:
        token = state.push("maths" if mark == "$" else "display_maths", "", 0)
        token.content = text[first:stop]
    state.pos = stop + len(mark)
    return True


def _maths_end(text: str, first: int, end: int, mark: str) -> int:
    at = first
    while (at := text.find("$", at, end)) >= 0:
        before = at
        while before > first and text[before - 1] == "\\":
            before -= 1
        escaped = at - before
        after = text[at + 1 : at + 2]
        if escaped % 2:
            at += 1
        elif mark == "$$":
            if after == "$" and at + 1 < end:
                return at if text[first:at].strip() else -1
            at += 1
        elif at == first:
            return -1
        elif text[at - 1].isspace() or after.isdigit():
            # Pandoc continues after such a dollar: `$5 and $x$` has one formula.
            return -1
        else:
            return at
    return -1


def with_address(rule: InlineRule) -> InlineRule:
    """Return a rule for links or images that notes the place of the address, or the label."""

    def rule_with_address(state: StateInline, silent: bool) -> bool:
        start, base, env = state.pos, state.env["base"], state.env
        is_image = state.src[start] == "!"
        if state.src[start] not in "![" or (is_image and env["images"] >= DEEPEST_IMAGE):
            return False
        first = len(state.tokens)
        env["base"], env["images"] = (base + start + 2, env["images"] + 1) if is_image else (base, env["images"])
        matched = rule(state, silent)
        env["base"], env["images"] = base, env["images"] - is_image
        if matched and not silent:
            token = next(each for each in state.tokens[first:] if each.type in ("link_open", "image"))
            _note_address(state, token, start + is_image)
        return matched

    return rule_with_address


def _note_address(state: StateInline, token: Any, bracket: int) -> None:
    """Note the place of an address in the token's `meta`, or its label in the `env`.

    `bracket` is the opening bracket of the link's text. The parser is after the link.
    """
    text, stop = state.src, state.pos
    end = state.md.helpers.parseLinkLabel(state, bracket)
    if text[end + 1 : end + 2] == "(" and stop > end + 1:
        at = end + 2
        while at < stop and (isStrSpace(text[at]) or text[at] == "\n"):
            at += 1
        found = state.md.helpers.parseLinkDestination(text, at, stop)
        if found.ok and found.pos > at:
            inside = text[at] == "<"
            first, last = (at + 1, found.pos - 1) if inside else (at, found.pos)
            base = state.env["base"]
            token.meta["address"] = Address(base + first, base + last, unescapeAll(text[first:last]))
        return
    label = text[end + 2 : stop - 1] if text[end + 1 : end + 2] == "[" and stop > end + 2 else ""
    state.env["labels"].setdefault(normalizeReference(label or text[bracket + 1 : end]), token.type == "image")
