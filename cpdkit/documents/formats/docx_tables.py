"""The tables of a DOCX for both Word and LibreOffice: with all widths, unbroken rows and styles for every cell."""

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
    property_element,
    put,
    q,
    set_style,
    style_of,
)
from cpdkit.documents.formats.layout import by_content, with_heads

PLAIN_STYLES = {"", "Compact", "BodyText", "FirstParagraph"}
"""The styles that Pandoc gives to the paragraphs of a cell."""

LONGEST_WHOLE_ROW = 1200
"""Characters. A longer row may break across pages, since it may be longer than a page."""

PANDOC_STEP = 720
"""The twips by which Pandoc indents a table for each list around it."""

_TBL_PR = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption")
_TC_PR = ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar")


@dataclass(frozen=True, slots=True)
class TableStyle:
    """The style of a table's cells: paragraph styles by place, and the space at the sides of a cell in points."""

    text: str = "TableText"
    first: str = "TableText"
    head: str = "TableHead"
    sides: float = 0.0
    together: bool = False
    """Whether the rows stay on one page."""
    ruled: bool = False
    """Whether it has a header row and rules."""
    tall: float = 0.0
    """The minimum height of a row in points, with its words at the bottom: room for a signature."""
    style: str = ""
    """The table style that replaces it, if it is not the style of the same name."""


TABLE_STYLES = {
    "Table": TableStyle(sides=8, ruled=True),
    "RecordList": TableStyle(sides=8, ruled=True),
    "Signatures": TableStyle(sides=8, ruled=True, together=True, tall=38, style="RecordList"),
    "Facts": TableStyle(first="FactLabel", sides=5, together=True),
    "Fields": TableStyle(first="FactLabel", sides=12, together=True),
    "Figures": TableStyle(text="Figure", first="Figure", sides=15, together=True),
    "Pair": TableStyle(together=True),
    "BarChart": TableStyle(text="ChartLabel", first="ChartLabel", together=True),
    "ColumnChart": TableStyle(text="ChartNumber", first="ChartNumber", together=True),
}


def finish_tables(body: Element, width: float, alts: Iterator[str]) -> None:
    """Finish every table below `body`, whose text is `width` points wide; `alts` are the sentences of its charts."""
    # In document order, so that cells have their widths before the tables inside them are finished.
    for table in list(body.iter(TBL)):
        style = table.find(f"{q('w:tblPr')}/{q('w:tblStyle')}")
        name = style.get(VAL) if style is not None else "Table"
        look = TABLE_STYLES.get(name, TABLE_STYLES["Table"])
        _widths(table, _room(table, width), look)
        _rows(table, look)
        if look.style:
            style.set(VAL, look.style)
        if name in {"BarChart", "ColumnChart"}:
            _describe(table, next(alts, ""))


def _room(table: Element, width: float) -> float:
    """Return the width available to a table in points: that of its cell, or of the text without its indent."""
    holder = table.getparent()
    if holder.tag != TC:
        return width - _indent(table) / TWIPS
    width_element = holder.find(f"{q('w:tcPr')}/{q('w:tcW')}")
    return int(width_element.get(q("w:w"))) / TWIPS if width_element is not None else width


def _indent(table: Element) -> int:
    """Return the indent in twips of a table in a list or quotation, adapted to our lists."""
    indent_element = table.find(f"{q('w:tblPr')}/{q('w:tblInd')}")
    if indent_element is None:
        return 0
    indent = round(int(indent_element.get(q("w:w"))) / PANDOC_STEP) * LIST_STEP
    indent_element.set(q("w:w"), str(indent))
    return indent


def _widths(table: Element, room: float, look: TableStyle) -> None:
    shares = _shares(table, room, look)
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
            # First in its cell, as the schema requires. Pandoc writes no widths of cells.
            property_element(cell, "tcPr").insert(0, make("tcW", w=each, type="dxa"))


def _shares(table: Element, room: float, look: TableStyle) -> list[float]:
    columns = [int(column.get(q("w:w"))) for column in table.find(q("w:tblGrid"))]
    fixed = table.find(f"{q('w:tblPr')}/{q('w:tblLayout')}") is not None
    rows = [["".join(cell.itertext()) for cell in row.iterchildren(TC)] for row in _measured(table, first_only=fixed)]
    if not fixed:
        return by_content(rows, len(columns), room, look.sides)
    shares = [each / sum(columns) for each in columns]
    return with_heads(shares, rows[0], room, look.sides) if look.ruled and rows else shares


def _measured(table: Element, *, first_only: bool) -> list[Element]:
    """Return the rows that determine the widths: the first one for fixed widths, otherwise all."""
    rows = table.iterchildren(TR)
    return list(islice(rows, 1) if first_only else rows)


def _rows(table: Element, look: TableStyle) -> None:
    rows = list(table.iterchildren(TR))
    for row in rows:
        facts = row.find(q("w:trPr"))
        head = facts is not None and facts.find(q("w:tblHeader")) is not None
        if sum(map(len, row.itertext())) <= LONGEST_WHOLE_ROW:
            _keep_whole(row, facts)
        for place, cell in enumerate(row.iterchildren(TC)):
            style = look.head if head else (look.text if place else look.first)
            _cell(cell, style, keep=look.together and row is not rows[-1])
        if look.ruled and len(row):
            _flush(row[-1])
        if look.tall and not head:
            _heighten(row, look.tall)


def _heighten(row: Element, points: float) -> None:
    property_element(row, "trPr").append(make("trHeight", val=round(points * TWIPS), hRule="atLeast"))
    for cell in row.iterchildren(TC):
        property_element(cell, "tcPr").append(make("vAlign", val="bottom"))


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
    """Remove the space at the right of the last cell of a row, so that its numbers end where the rules end."""
    sides = make("tcMar")
    sides.append(make("right", w=0, type="dxa"))
    put(property_element(cell, "tcPr"), sides, _TC_PR)


def _cell_style(paragraph: Element, style: str) -> str:
    if style.startswith("Chart") and next(paragraph.iter(q("w:drawing")), None) is not None:
        return "ChartBar" if style == "ChartNumber" else "ChartLine"
    empty = len(paragraph) == 0 or (len(paragraph) == 1 and paragraph[0].tag == q("w:pPr"))
    previous = paragraph.getprevious()
    # Hide the empty paragraph that the format requires after a table in a cell.
    return "TableGap" if empty and previous is not None and previous.tag == TBL else style


def _describe(table: Element, sentence: str) -> None:
    if sentence:
        put(table.find(q("w:tblPr")), make("tblDescription", val=sentence), _TBL_PR)
