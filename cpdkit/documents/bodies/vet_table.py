"""The whitelist over tables: plain cells in plain rows, and no more columns than a page can hold."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cpdkit.documents.bodies.vet_inlines import runs_of
from cpdkit.documents.bodies.vetting import NO_ATTR, SPACE, Vetting, joined, para, word
from cpdkit.documents.tree import Block, Inline

MOST_COLUMNS = 24

Vet = Callable[[Sequence[Block]], list[Block]]
Row = list[Any]


def table(vetting: Vetting, block: Block, vet: Vet) -> list[Block]:
    """A table without attributes, widths and spans. `vet` makes a cell's blocks fit to stay."""
    _, _, columns, head, bodies, foot = block["c"]
    below = [row for body in bodies for row in (*body[2], *body[3])] + foot[1]
    if len(columns) > MOST_COLUMNS:
        vetting.report(
            "CPD910",
            f"a table of {len(columns)} columns is printed row by row: at most {MOST_COLUMNS} fit on a page",
            "turn it so that its columns become rows, or split it",
        )
        return list(_as_paragraphs([*head[1], *below], vet))
    heads, rows = [_row(row, vet) for row in head[1]], [_row(row, vet) for row in below]
    # A header row without a word is Markdown's way to have none.
    kept = [row for row in heads if any(cell[4] for cell in row[1])]
    if not rows and not kept:
        return []
    widths = [[align, {"t": "ColWidthDefault"}] for align, _ in columns]
    body = [NO_ATTR, 0, [], rows]
    return [{"t": "Table", "c": [NO_ATTR, [None, []], widths, [NO_ATTR, kept], [body], [NO_ATTR, []]]}]


def _row(row: Row, vet: Vet) -> Row:
    return [NO_ATTR, [[NO_ATTR, {"t": "AlignDefault"}, 1, 1, vet(cell[4])] for cell in row[1]]]


def _as_paragraphs(rows: Sequence[Row], vet: Vet) -> Iterator[Block]:
    """Each row as a paragraph of its cells that hold something."""
    bar: list[Inline] = [SPACE, *filter(None, [word("|")]), SPACE]
    for row in rows:
        filled = (vet(cell[4]) for cell in row[1] if cell[4])
        cells = (run for cell in filled for block in cell for run in runs_of(block))
        yield from para(joined(cells, bar))
