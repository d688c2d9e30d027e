"""Build tables for the Typst program: columns of sensible widths, rows of cells, and letters that fit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cpdkit.documents.formats.pdf_words import LINE_LIMIT, Node, Words, phrase, plain
from cpdkit.documents.tree import Block

LINE = 481.0
"""Points between the margins."""
LETTER = 5.0
"""The usual maximum width of a letter of 9.5 pt, in points."""
PADDING = 8.0
"""Points between the words of two columns."""
SHORT_COLUMN = 22
"""The most letters of the cells of a column that is as wide as its words."""
SHORT_CELL = 16
"""The most letters of a cell on one line of a list. Its small letters take `SHORT_LETTER` points."""
SHORT_LETTER = 4.6
TALL_CELL = 900
"""A cell with at least this many letters may be taller than a page, so its row must be breakable."""
SHORTEST_LIMIT = 3
SIZE = 9.5
_SIZES = ((6, SIZE), (8, 8.5), (11, 7.5), (15, 6.5))
_SMALLEST = 5.5
ACTIVITIES, SIGNATURES = "activities", "signatures"
"""The names of two lists: that of activities has the pages of their sections."""
_ALIGNMENTS = {"AlignRight": "right", "AlignCenter": "center"}


class Tables:
    """Turn Pandoc's tables into nodes. Words that are wider than their column may break."""

    def __init__(self, words: Words, blocks: Callable[[list[Block]], list[Node]], page_word: str) -> None:
        self.words = words
        self.page_word = page_word
        self.line = LINE
        """Points between the edges of the text around a table."""
        self.blocks = blocks

    def body(self, table: Any) -> Node:
        """Return a table of a body: as wide as its words need, with smaller letters for many columns."""
        count = len(table[2])
        head, rows = self._rows(table, [LINE_LIMIT] * count)
        given = [column[1].get("c", 0) if column[1]["t"] == "ColWidth" else 0 for column in table[2]]
        needs = [_needs(head + rows, at) for at in range(count)]
        letters_of_line = self.line / LETTER
        size = _fitting_size(needs, letters_of_line)
        if size and not all(given):
            return _table(table, [], size, head, rows)
        size = _size(count if self.line == LINE else round(count * LINE / self.line))
        shares = _shares(given, needs, letters_of_line * SIZE / size)
        limits = [int((self.line * share - PADDING) / (LETTER * size / SIZE)) for share in shares]
        return _table(table, shares, size, *self._rows(table, limits))

    def listing(self, table: Any, widths: list[int], names: list[str]) -> Node:
        """Return a table of the skeleton, with the widths from its template, wider where a heading needs it."""
        count = len(table[2])
        given = widths if len(widths) == count and all(widths) else [1] * count
        head, rows = self._rows(table, [LINE_LIMIT] * count)
        shares = _wide_enough(given, head, rows)
        head, rows = self._rows(table, [int((LINE * share - PADDING) / LETTER) for share in shares])
        # Empty columns are for signatures, as wide as the template wants them.
        fitted = shares if SIGNATURES in names else _fitted(shares, head + rows)
        drawn = _table(table, fitted, SIZE, head, rows) | {"names": names}
        return _with_pages(drawn, self.page_word) if ACTIVITIES in names else drawn

    def pairs(self, table: Any, limits: tuple[int, int]) -> list[list[Any]]:
        """Return the rows of a headless table of two columns."""
        head, rows = self._rows(table, list(limits))
        return [[row[0], row[1]] for row in (*head, *rows) if len(row) > 1 and any(row)]

    def cells(self, table: Any) -> list[Any]:
        """Return the cells of the first row of a table that has any."""
        head, rows = self._rows(table, [LINE_LIMIT] * len(table[2]))
        return next((row for row in (*head, *rows) if any(row)), [])

    def _rows(self, table: Any, limits: list[int]) -> tuple[list[list[Any]], list[list[Any]]]:
        head = [self._row(row, limits) for row in table[3][1]]
        rows = [self._row(row, limits) for row in _body_rows(table)]
        return [row for row in head if any(row)], rows

    def _row(self, row: Any, limits: list[int]) -> list[Any]:
        cells = [self._cell(cell, limit) for cell, limit in zip(row[1], limits, strict=False)]
        spanned = any(cell[2] != 1 or cell[3] != 1 for cell in row[1])
        return cells if spanned else cells + [[]] * (len(limits) - len(cells))

    def _cell(self, cell: Any, limit: int) -> Any:
        before, self.words.limit = self.words.limit, min(LINE_LIMIT, max(SHORTEST_LIMIT, limit))
        blocks = cell[4]
        simple = len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para")
        drawn: Any = self.words.run(blocks[0]["c"]) if simple else {"b": self.blocks(blocks)} if blocks else []
        self.words.limit = before
        if cell[2] != 1 or cell[3] != 1:
            inside = drawn if isinstance(drawn, dict) else {"c": drawn}
            return {**inside, "rows": cell[2], "columns": cell[3]}
        return drawn


def letters(cell: Any) -> str:
    """Return the words of a cell, to estimate the room that it needs."""
    if isinstance(cell, list):
        return plain(cell)
    return plain(cell["c"]) if "c" in cell else " ".join(_letters_of(block) for block in cell.get("b", ()))


def _letters_of(block: Node) -> str:
    inside = block.get("c", block.get("items", block.get("s", "")))
    return "".join(_strings(inside))


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for inner in part:
            yield from _strings(inner)
    elif isinstance(part, dict):
        yield from _strings([part[key] for key in ("c", "items", "w", "s") if key in part])


def _body_rows(table: Any) -> Iterator[Any]:
    for body in table[4]:
        yield from body[2]
        yield from body[3]
    yield from table[5][1]


def _table(
    table: Any, widths: Sequence[float | None], size: float, head: list[list[Any]], rows: list[list[Any]]
) -> Node:
    cells = [cell for row in (*head, *rows) for cell in row]
    return {
        "k": "table",
        "columns": len(table[2]),
        "align": [_ALIGNMENTS.get(column[0]["t"], "left") for column in table[2]],
        "widths": widths,
        "size": size,
        "head": head,
        "rows": rows,
        "tall": any(isinstance(cell, dict) or len(letters(cell)) > TALL_CELL for cell in cells),
    }


def _with_pages(table: Node, word: str) -> Node:
    """Return a list of activities with a column for the page of each, where its rows lead to places in the document."""
    places = [next(_places(row), "") for row in table["rows"]]
    if not any(places) or len(table["head"]) != 1:
        return table
    return table | {
        "columns": table["columns"] + 1,
        "align": [*table["align"], "right"],
        "widths": [*table["widths"], None],
        "head": [[*table["head"][0], phrase(word)]],
        "rows": [
            [*row, [{"k": "page-of", "i": place}] if place else []]
            for row, place in zip(table["rows"], places, strict=True)
        ],
    }


def _places(part: Any) -> Iterator[str]:
    """Yield the places to which the links in a row lead."""
    if isinstance(part, list):
        for inner in part:
            yield from _places(inner)
    elif isinstance(part, dict):
        if part.get("k") in ("ref", "bare-ref"):
            yield part["i"]
        else:
            yield from _places([part[key] for key in ("c", "b") if key in part])


def _wide_enough(widths: list[int], head: list[list[Any]], rows: list[list[Any]]) -> list[float]:
    """Return widths as shares of the line. Headings and short cells fit, at the expense of the widest column."""
    least = [max(_heading_width(head, at), _short_width(rows, at)) + PADDING for at in range(len(widths))]
    shares = [max(width / sum(widths), need / LINE) for width, need in zip(widths, least, strict=True)]
    broadest = shares.index(max(shares))
    shares[broadest] = max(shares[broadest] - (sum(shares) - 1), shares[broadest] / 2)
    return [round(share / sum(shares), 4) for share in shares]


def _fitted(shares: list[float], rows: list[list[Any]]) -> list[float | None]:
    """Return None for columns of short cells, which Typst makes as wide as their words; the others share the rest."""
    broadest = shares.index(max(shares))
    longest = [max((len(letters(row[at])) for row in rows if at < len(row)), default=0) for at in range(len(shares))]
    return [None if at != broadest and longest[at] <= SHORT_COLUMN else share for at, share in enumerate(shares)]


def _heading_width(head: list[list[Any]], at: int) -> float:
    return _longest_word(letters(row[at]) for row in head) * LETTER


def _short_width(rows: list[list[Any]], at: int) -> float:
    """Return the points that a date, a type or a number needs on one line."""
    lengths = (len(letters(row[at])) for row in rows)
    return max((length for length in lengths if length <= SHORT_CELL), default=0) * SHORT_LETTER


def _longest_word(texts: Iterable[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)


def _needs(rows: list[list[Any]], at: int) -> tuple[int, int]:
    """Return the letters of a column's longest cell and of its longest word."""
    texts = [letters(row[at]) for row in rows if at < len(row)]
    return max((len(text) for text in texts), default=1), min(LINE_LIMIT, _longest_word(texts))


def _fitting_size(needs: list[tuple[int, int]], line: float) -> float | None:
    """Return the largest size at which every cell fits on one line; None if none is large enough to read."""
    whole = sum(longest + 3 for longest, _ in needs)
    return next((size for size in (SIZE, 8.5, 7.5) if whole <= line * SIZE / size), None)


def _size(columns: int) -> float:
    return next((size for most, size in _SIZES if columns <= most), _SMALLEST)


def _shares(given: list[float], needs: list[tuple[int, int]], line: float) -> list[float]:
    """Return each column's share of the line: as given, or more for long cells and unbroken words."""
    if all(given):
        return [round(share / sum(given), 4) for share in given]
    if sum(word + 2 for _, word in needs) > line:
        return [round(1 / len(needs), 4)] * len(needs)
    wishes = [12 + longest**0.8 if longest > 12 else longest + 2 for longest, _ in needs]
    least = [word + 2 for _, word in needs]
    spare = line - sum(least)
    over = [max(0.0, wish - floor) for wish, floor in zip(wishes, least, strict=True)]
    scale = spare / sum(over) if sum(over) else 0.0
    widths = [floor + more * scale for floor, more in zip(least, over, strict=True)]
    return [round(width / sum(widths), 4) for width in widths]
