"""The tables of a DOCX as both Word and LibreOffice need them: every width said, rows whole, cells in their styles."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cpdkit.documents.formats.docx_parts import (
    LIST_STEP,
    TBL,
    TC,
    TR,
    TWIPS,
    VAL,
    Element,
    P,
    make,
    properties,
    put,
    q,
    set_style,
    style_of,
)
from cpdkit.documents.formats.layout import by_content, with_heads

PLAIN_STYLES = {"", "Compact", "BodyText", "FirstParagraph"}
"""What Pandoc gives the paragraphs of a cell."""

LONGEST_WHOLE_ROW = 1200
"""Characters: a longer row may break across pages, for it could be longer than a page."""

PANDOC_STEP = 720
"""Twips that Pandoc sets a table in for each list around it."""

_TBL_PR = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption")
_TC_PR = ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar")


@dataclass(frozen=True, slots=True)
class Kind:
    """How the cells of one table style read: paragraph styles by place, and the space at a cell's sides in points."""

    text: str = "TableText"
    first: str = "TableText"
    head: str = "TableHead"
    sides: float = 0.0
    together: bool = False
    """Whether the rows stay on one page."""
    ruled: bool = False
    """Whether it has a header row and rules."""
    tall: float = 0.0
    """Points that a row has at least, its words at its foot: room for a hand to write in."""
    style: str = ""
    """The table style that it is dressed in, where it is not the one that names it."""


KINDS = {
    "Table": Kind(sides=8, ruled=True),
    "RecordList": Kind(sides=8, ruled=True),
    "Signatures": Kind(sides=8, ruled=True, together=True, tall=38, style="RecordList"),
    "Facts": Kind(first="FactLabel", sides=5, together=True),
    "Fields": Kind(first="FactLabel", sides=12, together=True),
    "Figures": Kind(text="Figure", first="Figure", sides=15, together=True),
    "Pair": Kind(together=True),
    "BarChart": Kind(text="ChartLabel", first="ChartLabel", together=True),
    "ColumnChart": Kind(text="ChartNumber", first="ChartNumber", together=True),
}


def finish_tables(body: Element, width: float, alts: Iterator[str]) -> None:
    """Finish every table below `body`, whose text is `width` points wide; `alts` are the sentences of its charts."""
    # In the order of the document, so a table's cells have their widths before the tables inside them are reached.
    for table in list(body.iter(TBL)):
        style = table.find(f"{q('w:tblPr')}/{q('w:tblStyle')}")
        name = style.get(VAL) if style is not None else "Table"
        kind = KINDS.get(name, KINDS["Table"])
        _widths(table, _room(table, width), kind)
        _rows(table, kind)
        if kind.style:
            style.set(VAL, kind.style)
        if name in {"BarChart", "ColumnChart"}:
            _describe(table, next(alts, ""))


def _room(table: Element, width: float) -> float:
    """The points a table has: those of its cell, or of the text less its own indent."""
    holder = table.getparent()
    if holder.tag != TC:
        return width - _indent(table) / TWIPS
    said = holder.find(f"{q('w:tcPr')}/{q('w:tcW')}")
    return int(said.get(q("w:w"))) / TWIPS if said is not None else width


def _indent(table: Element) -> int:
    """The twips by which a table in a list or quotation is set in, made those of our lists."""
    said = table.find(f"{q('w:tblPr')}/{q('w:tblInd')}")
    if said is None:
        return 0
    indent = round(int(said.get(q("w:w"))) / PANDOC_STEP) * LIST_STEP
    said.set(q("w:w"), str(indent))
    return indent


def _widths(table: Element, room: float, kind: Kind) -> None:
    shares = _shares(table, room, kind)
    twips = [round(share * room * TWIPS) for share in shares]
    facts = table.find(q("w:tblPr"))
    put(facts, make("tblW", w=sum(twips), type="dxa"), _TBL_PR[:1])
    put(facts, make("tblLayout", type="fixed"), _TBL_PR[:5])
    grid = table.find(q("w:tblGrid"))
    for column in list(grid):
        grid.remove(column)
    grid.extend([make("gridCol", w=each) for each in twips])
    for row in table.iterchildren(TR):
        for cell, each in zip(row.iterchildren(TC), twips, strict=False):
            # First of its kind and first in the schema: Pandoc says no widths of cells.
            properties(cell, "tcPr").insert(0, make("tcW", w=each, type="dxa"))


def _shares(table: Element, room: float, kind: Kind) -> list[float]:
    columns = [int(column.get(q("w:w"))) for column in table.find(q("w:tblGrid"))]
    said = table.find(f"{q('w:tblPr')}/{q('w:tblLayout')}") is not None
    rows = [["".join(cell.itertext()) for cell in row.iterchildren(TC)] for row in _measured(table, said=said)]
    if not said:
        return by_content(rows, len(columns), room, kind.sides)
    shares = [each / sum(columns) for each in columns]
    return with_heads(shares, rows[0], room, kind.sides) if kind.ruled and rows else shares


def _measured(table: Element, *, said: bool) -> list[Element]:
    """The rows that widths are judged by: the first where widths are said, else all."""
    rows = table.iterchildren(TR)
    return list(islice(rows, 1) if said else rows)


def _rows(table: Element, kind: Kind) -> None:
    rows = list(table.iterchildren(TR))
    for row in rows:
        facts = row.find(q("w:trPr"))
        head = facts is not None and facts.find(q("w:tblHeader")) is not None
        if sum(map(len, row.itertext())) <= LONGEST_WHOLE_ROW:
            _keep_whole(row, facts)
        for place, cell in enumerate(row.iterchildren(TC)):
            style = kind.head if head else (kind.text if place else kind.first)
            _cell(cell, style, keep=kind.together and row is not rows[-1])
        if kind.ruled and len(row):
            _flush(row[-1])
        if kind.tall and not head:
            _heighten(row, kind.tall)


def _heighten(row: Element, points: float) -> None:
    properties(row, "trPr").append(make("trHeight", val=round(points * TWIPS), hRule="atLeast"))
    for cell in row.iterchildren(TC):
        properties(cell, "tcPr").append(make("vAlign", val="bottom"))


def _keep_whole(row: Element, facts: Element | None) -> None:
    if facts is None:
        facts = make("trPr")
        row.insert(0, facts)
    facts.insert(0, make("cantSplit"))


def _cell(cell: Element, style: str, *, keep: bool) -> None:
    for paragraph in cell.iterchildren(P):
        if style_of(paragraph) in PLAIN_STYLES:
            set_style(paragraph, _cell_style(paragraph, style))
        if keep:
            put(paragraph[0], make("keepNext"), ("pStyle",))


def _flush(cell: Element) -> None:
    """No space at the right of the last cell of a row, so that its numbers end where the rules do."""
    sides = make("tcMar")
    sides.append(make("right", w=0, type="dxa"))
    put(properties(cell, "tcPr"), sides, _TC_PR)


def _cell_style(paragraph: Element, style: str) -> str:
    if style.startswith("Chart") and next(paragraph.iter(q("w:drawing")), None) is not None:
        return "ChartBar" if style == "ChartNumber" else "ChartLine"
    empty = len(paragraph) == 0 or (len(paragraph) == 1 and paragraph[0].tag == q("w:pPr"))
    previous = paragraph.getprevious()
    # The empty paragraph that the format demands after a table in a cell must not be seen.
    return "TableGap" if empty and previous is not None and previous.tag == TBL else style


def _describe(table: Element, sentence: str) -> None:
    if sentence:
        put(table.find(q("w:tblPr")), make("tblDescription", val=sentence), _TBL_PR)
