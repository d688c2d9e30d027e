"""Turn Pandoc's tree, with the skeleton's classes, into the small tree that the Typst program draws.

All knowledge of the skeleton (facts, figures, charts, lists, fields) is here, in Python; the Typst program only draws.
A node is a dict with `k` (kind); `c` is its content, a run (see `pdf_words`) or blocks.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cpdkit.documents.diagram.placed import is_drawing
from cpdkit.documents.formats.direction import is_right_to_left
from cpdkit.documents.formats.pdf_tables import LINE, TALL_CELL, Tables, letters
from cpdkit.documents.formats.pdf_words import Drawing, Node, Run, Words, phrase, plain, right_to_left, seamed
from cpdkit.documents.literal import pieces
from cpdkit.documents.report_files import LAYOUTS
from cpdkit.documents.tree import Block, words_of
from cpdkit.documents.view import Chart

TASKS = {"☐": "☐", "☒": "☑"}
CODE_LINE, NARROW_CODE_LINE = 80, 60
"""The most letters of an unbroken word in a line of a code block; the second at the side of facts."""
NARROW_LINE = 331.0
"""Points of a line at the side of facts."""
CODE_INDENT = 6
"""The letters by which each quote or list around code shortens its lines."""
LEAST_CODE = 24
LABEL_LIMIT, NUMBER_LIMIT = 16, 30
"""The most letters of an unbroken word next to a bar, and after it."""
NARROW_LIMIT = 18
"""The most letters of an unbroken word in the column of facts."""
PICTURE, SMALL_PICTURE, DIAGRAM = 60, 38, 226
"""The most millimetres that a picture is high, one in the compact layout, and a drawing of ours."""
TALL_HALF = 6
"""The most rows of a table in one of two parts that share the width, if both stay on one page."""
HALF_LIMIT = 38
"""The most letters of an unbroken word in half the width of the page."""
DEEPEST_HEADING = 6
PLACES = "places"
"""The class of a list whose rows are places that links lead to."""
SECTION = 2
"""The level of the headings in the list of contents."""
TEXT_LETTERS, TEXT_LINE, TEXT_GAP = 78, 14.0, 8.0
"""The letters of a line of an activity's text; its height and the space between two blocks in points."""
TALL_FACT = 600
"""A fact at the side with more letters may be split."""


@dataclass(frozen=True, slots=True)
class PdfTree:
    """The blocks to draw, and the formulas in them, whose `t` is still empty."""

    blocks: list[Node]
    formulas: list[Node]


def tree_of(ast: dict[str, Any], media: Collection[str], page_word: str = "Page") -> PdfTree:
    """Return the small tree of a document; the given tree does not change.

    `page_word` is the heading of a column with pages.
    """
    drawing = Drawing(ids=heading_ids(ast["blocks"]), media=media)
    return PdfTree(_Blocks(drawing, page_word).draw(ast["blocks"]), drawing.formulas)


def heading_ids(blocks: list[Block]) -> frozenset[str]:
    """Return the ids to which a link inside the document can lead."""
    ids: set[str] = set()
    for block in blocks:
        if block["t"] == "Header" and block["c"][2]:
            ids.add(block["c"][1][0])
        elif block["t"] == "Div":
            ids |= heading_ids(block["c"][1])
            if PLACES in block["c"][0][1]:
                ids |= set(_span_ids(block["c"][1]))
        elif block["t"] == "BlockQuote":
            ids |= heading_ids(block["c"])
        elif block["t"] in ("BulletList", "OrderedList"):
            items = block["c"] if block["t"] == "BulletList" else block["c"][1]
            for item in items:
                ids |= heading_ids(item)
    return frozenset(ids - {""})


def _span_ids(part: Any) -> Iterator[str]:
    """Yield the ids of spans in a table of the skeleton."""
    if isinstance(part, list):
        for inner in part:
            yield from _span_ids(inner)
    elif isinstance(part, dict):
        if part.get("t") == "Span":
            yield part["c"][0][0]
        yield from _span_ids(part.get("c"))


class _Blocks:
    """Draw the blocks of one document."""

    def __init__(self, drawing: Drawing, page_word: str) -> None:
        self.drawing = drawing
        self.words = Words(drawing, self.draw)
        self.tables = Tables(self.words, self.draw, page_word)
        self.sections: list[Node] = []
        self._inside_lists = 0
        self._indents = 0
        self._is_narrow = False
        self._tallest = PICTURE
        self._code_line = CODE_LINE
        self._kinds: dict[str, Callable[[Any], list[Node]]] = {
            "Para": self._paragraph,
            "Plain": self._plain,
            "Header": self._heading,
            "CodeBlock": lambda c: [_code_block(c[1], self._code_line, self._indents)],
            "RawBlock": lambda c: [_code_block(c[1], self._code_line, self._indents)],
            "BlockQuote": self._quote,
            "BulletList": self._bullets,
            "OrderedList": self._numbered,
            "DefinitionList": self._definitions,
            "HorizontalRule": lambda _: [{"k": "rule"}],
            "LineBlock": self._lines,
            "Table": self._table,
            "Figure": lambda c: self.draw(c[2]),
            "Div": self._div,
            "Chart": self._chart,
        }
        self._parts: dict[str, Callable[[Any], list[Node]]] = {
            "title-block": lambda c: [{"k": "title-block", "c": self.draw(c[1])}],
            "letterhead": self._letterhead,
            "cv-head": lambda c: [{"k": "cv-head", "c": self.draw(c[1])}],
            "cv-entry": self._cv_entry,
            "kicker": lambda c: self._line("kicker", c),
            "subtitle": lambda c: self._line("subtitle", c),
            "caption": lambda c: self._line("caption", c),
            "meta": lambda c: self._line("meta", c),
            "note": lambda c: [{"k": "small", "c": self.draw(c[1])}],
            "notice": lambda c: [{"k": "notice", "c": self.draw(c[1])}],
            "page-break": lambda _: [{"k": "page"}],
            "pair": lambda c: [{"k": "pair", "c": [self.draw([child]) for child in c[1]]}],
            "halves": self._halves,
            # The list grows with the sections that follow.
            "contents": lambda _: [{"k": "contents", "sections": self.sections}],
            "facts": lambda c: self._pairs("facts", c, (18, 26)),
            "fields": lambda c: self._pairs("fields", c, (18, 30)),
            "figures": self._figures,
            "activity": self._activity,
            "list": self._list,
        }

    def draw(self, blocks: list[Block]) -> list[Node]:
        """Return the blocks as nodes, in order."""
        nodes: list[Node] = []
        for block in blocks:
            kind = self._kinds.get(block["t"])
            if kind:
                nodes += kind(block.get("c"))
        return nodes

    def _paragraph(self, content: Any) -> list[Node]:
        run = self.words.run(content)
        if not run:
            return []
        if len(run) == 1 and isinstance(run[0], dict) and run[0]["k"] == "image":
            return [{**run[0], "k": "picture", "most": DIAGRAM if is_drawing(run[0]["p"]) else self._tallest}]
        return [_part(shown, list(part)) for shown, part in groupby(run, key=_shown)]

    def _plain(self, content: Any) -> list[Node]:
        run = self.words.run(content)
        return [_sided({"k": "plain", "c": run})] if run else []

    def _heading(self, content: Any) -> list[Node]:
        run = self.words.run(content[2])
        # PDF/UA forbids skipped levels, and the owner's template may skip one.
        level = min(content[0], self.drawing.level + 1, DEEPEST_HEADING)
        if not run:
            return []
        self.drawing.level = level
        node = {"k": "head", "l": level, "c": run}
        identifier = self._new_id(content[1][0])
        if level == SECTION and identifier:
            self.sections.append({"i": identifier, "c": plain(run)})
        return [node | {"i": identifier} if identifier else node]

    def _new_id(self, identifier: str) -> str:
        if identifier in self.drawing.used:
            return ""
        self.drawing.used.add(identifier)
        return identifier

    def _quote(self, blocks: Any) -> list[Node]:
        self._indents += 1
        inside = self.draw(blocks)
        self._indents -= 1
        return [{"k": "quote", "c": inside}] if inside else []

    def _bullets(self, items: Any) -> list[Node]:
        tasks = all(_task(item) for item in items)
        return [self._items("tasks", items, self._task_item) if tasks else self._items("bullets", items, self.draw)]

    def _numbered(self, content: Any) -> list[Node]:
        (start, *_), items = content
        return [{**self._items("numbered", items, self.draw), "start": start}]

    def _items(self, kind: str, items: Any, draw: Callable[[list[Block]], Any]) -> Node:
        node = {"k": kind, "tight": _tight(items), "nested": self._inside_lists > 0}
        self._inside_lists += 1
        self._indents += 1
        node["items"] = [draw(item) for item in items]
        self._inside_lists -= 1
        self._indents -= 1
        return node | {"rtl": True} if is_right_to_left("".join(_first_words(items))) else node

    def _task_item(self, item: list[Block]) -> Node:
        first = {**item[0], "c": item[0]["c"][2:]}
        return {"m": _task(item), "c": self.draw([first, *item[1:]])}

    def _definitions(self, content: Any) -> list[Node]:
        return [
            {"k": "term", "c": self.words.run(term), "d": [node for one in meanings for node in self.draw(one)]}
            for term, meanings in content
        ]

    def _lines(self, lines: Any) -> list[Node]:
        run: Run = []
        for line in lines:
            run += [{"k": "br"}] * bool(run) + self.words.run(line)
        return [{"k": "par", "c": run}] if run else []

    def _table(self, table: Any) -> list[Node]:
        caption = self.draw(table[1][1])
        return [*caption, self.tables.body(table)] if table[2] else caption

    def _div(self, content: Any) -> list[Node]:
        part = next((name for name in content[0][1] if name in self._parts), None)
        return self._parts[part](content) if part else self.draw(content[1])

    def _line(self, kind: str, content: Any) -> list[Node]:
        runs = [self.words.run(block["c"]) for block in content[1] if block["t"] in ("Para", "Plain")]
        return [{"k": kind, "c": run} for run in runs if run]

    def _pairs(self, kind: str, content: Any, limits: tuple[int, int]) -> list[Node]:
        limits = (NARROW_LIMIT, NARROW_LIMIT) if self._is_narrow else limits
        rows = [row for table in _tables(content) for row in self.tables.pairs(table, limits)]
        tall = sum(len(letters(value)) for _, value in rows) > TALL_CELL
        return [{"k": kind, "rows": rows, "tall": tall}] if rows else self._rest(content)

    def _activity(self, content: Any) -> list[Node]:
        """Return a record with a column of facts at its side; one without such a column is drawn as its parts."""
        head, *rest = content[1] or [None]
        sides = [block for block in rest if block["t"] == "Div" and "side" in block["c"][0][1]]
        if not sides or head is None or head["t"] != "Header":
            return self.draw(content[1])
        title = self._heading(head["c"])
        limit, self.words.limit, self._is_narrow = self.words.limit, NARROW_LIMIT, True
        side = [node for block in sides for node in self.draw(block["c"][1])]
        self.words.limit, self._is_narrow = limit, False
        name = next((name for name in content[0][1] if name in LAYOUTS), LAYOUTS[0])
        self._tallest = SMALL_PICTURE if name == "compact" else PICTURE
        self._code_line, self.tables.line = NARROW_CODE_LINE, NARROW_LINE
        text = self.draw([block for block in rest if block not in sides])
        self._tallest, self._code_line, self.tables.line = PICTURE, CODE_LINE, LINE
        facts = [{"tall": len(letters({"b": [node]})) > TALL_FACT} | node for node in side]
        node = {"k": "activity", "head": title, "side": facts, "c": text, "height": _height(text)}
        return [node | {"layout": name}]

    def _cv_entry(self, content: Any) -> list[Node]:
        """Return an entry of a CV: its title, the line of dates, and its points."""
        head = [block for block in content[1] if block["t"] == "Header"]
        meta = [block for block in content[1] if block["t"] == "Div" and "meta" in block["c"][0][1]]
        rest = [block for block in content[1] if block not in (*head, *meta)]
        drawn = self.draw(rest)
        words = [node for block in meta for inner in block["c"][1] for node in self.words.run(inner["c"])]
        tall = len(letters({"b": drawn})) > TALL_CELL
        return [{"k": "cv-entry", "head": self.draw(head), "meta": words, "c": drawn, "tall": tall}]

    def _letterhead(self, content: Any) -> list[Node]:
        """Return a logo and the lines next to it."""
        runs = [self.words.run(block["c"]) for block in content[1] if block["t"] in ("Para", "Plain")]
        logos = [node for run in runs for node in run if isinstance(node, dict) and node["k"] == "image"]
        lines = [[node for node in run if not (isinstance(node, dict) and node["k"] == "image")] for run in runs]
        return [{"k": "letterhead", "logo": logos[:1], "lines": [line for line in lines if line]}]

    def _halves(self, content: Any) -> list[Node]:
        """Return two parts that share the width, on one page if they are not long."""
        halves = [self._half(child) for child in content[1]]
        tall = any(len(node.get("rows", ())) > TALL_HALF for half in halves for node in half)
        return [{"k": "pair", "c": halves, "sections": True, "tall": tall}]

    def _half(self, block: Block) -> list[Node]:
        """Return one of two parts that share the width. Its tables have less room for a word."""
        limit, self.words.limit = self.words.limit, HALF_LIMIT
        nodes = self.draw([block])
        self.words.limit = limit
        return nodes

    def _figures(self, content: Any) -> list[Node]:
        cells = [self.tables.cells(table) for table in _tables(content)]
        return [{"k": "figures", "cells": [_figure(cell) for cell in row]} for row in cells if row]

    def _chart(self, chart: Chart) -> list[Node]:
        caption = {"k": "caption", "c": phrase(chart.caption)}
        if not chart.bars:
            return [caption]
        drawn = {
            "k": chart.shape,
            "alt": chart.alt,
            "english": 2 * sum(len(words) for words, english in pieces(chart.alt) if english) > len(chart.alt),
            "rows": [
                [seamed(phrase(bar.label), LABEL_LIMIT), seamed(phrase(bar.hours), NUMBER_LIMIT)] for bar in chart.bars
            ],
            "values": [bar.minutes for bar in chart.bars],
            "most": chart.longest,
            "short": [bar.short_word for bar in chart.bars],
        }
        return [caption, drawn]

    def _list(self, content: Any) -> list[Node]:
        widths = _numbers(dict(content[0][2]).get("widths", ""))
        names = [name for name in content[0][1] if name != "list"]
        lists = [self.tables.listing(table, widths, names) for table in _tables(content)]
        return self._rest(content) + lists

    def _rest(self, content: Any) -> list[Node]:
        return self.draw([block for block in content[1] if block["t"] != "Table"])


def _sided(node: Node) -> Node:
    return node | {"rtl": True} if right_to_left(node["c"]) else node


def _shown(part: Any) -> bool:
    return isinstance(part, dict) and part["k"] == "math" and part["b"]


def _part(shown: bool, run: Run) -> Node:
    """Return a formula on its own line, or the words of a paragraph before or after one."""
    if shown:
        return {"k": "shown", "c": run}
    first = run[0].lstrip(" ") if isinstance(run[0], str) else run[0]
    return _sided({"k": "par", "c": [first, *run[1:]]})


def _tables(content: Any) -> list[Any]:
    return [block["c"] for block in content[1] if block["t"] == "Table"]


def _figure(cell: Any) -> Node:
    parts = {part["k"]: part["c"] for part in cell if isinstance(part, dict) and part["k"] in ("number", "label")}
    return parts or {"number": cell}


def _height(blocks: list[Node]) -> float:
    """Return roughly the height of the text of an activity, in points."""
    lines = (len(letters({"b": [block]})) // TEXT_LETTERS + 1 for block in blocks)
    return round(sum(TEXT_LINE * count + TEXT_GAP for count in lines), 1)


def _numbers(text: str) -> list[int]:
    return [int(word) for word in text.split() if word.isdecimal()]


def _tight(items: list[list[Block]]) -> bool:
    return all(block["t"] != "Para" for item in items for block in item)


def _first_words(items: list[list[Block]]) -> Iterator[str]:
    """Yield the words of the first line of each item of a list."""
    return (words_of(item[0]) for item in items if item and item[0]["t"] in ("Plain", "Para"))


def _task(item: list[Block]) -> str:
    words = item[0].get("c") if item and item[0]["t"] in ("Plain", "Para") else None
    boxed = words and len(words) > 1 and words[0]["t"] == "Str" and words[1]["t"] == "Space"
    return TASKS.get(words[0]["c"], "") if words and boxed else ""


def _code_block(text: str, line: int, indents: int) -> Node:
    """Return code, with long words cut at the edge: optional breaks after each letter would take Typst minutes."""
    most = max(LEAST_CODE, line - CODE_INDENT * indents)
    return {"k": "code-block", "s": re.sub(rf"\S{{{most}}}(?=\S)", r"\g<0>\n", text)}
