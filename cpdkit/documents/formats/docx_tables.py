"""The tables of a DOCX for both Word and LibreOffice: with all widths, unbroken rows and styles for every cell."""

from collections.abc import Iterator
from dataclasses import dataclass

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
from cpdkit.documents.formats.layout import SIZES, by_content, fitting_size, with_short_cells, with_words

PLAIN_STYLES = {"", "Compact", "BodyText", "FirstParagraph"}
"""The styles that Pandoc gives to the paragraphs of a cell."""

LONGEST_WHOLE_ROW = 1200
"""Characters. A longer row may break across pages, since it may be longer than a page."""

PANDOC_STEP = 720
"""The twips by which Pandoc indents a table for each list around it."""

FIRST_COLUMN = 0x0080
"""The bit of a `w:tblLook` for the first column."""

SMALL_SIDES = 4.0
"""The space at the sides of a cell in points, in a table with smaller letters."""

_TBL_PR = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption")
HEAD_SIZE = 0.85
"""The size of the bold words of a header row, as a part of that of the others, in a table with smaller letters."""

_BEFORE_SIZE = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "vanish", "color", "spacing",
    "w", "kern", "position", "sz",
)  # fmt: skip
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
    labels: bool = False
    """Whether the first column has the names of the rows."""
    style: str = ""
    """The table style that replaces it, if it is not the style of the same name."""


TABLE_STYLES = {
    "Table": TableStyle(sides=8, ruled=True),
    "RecordList": TableStyle(sides=8, ruled=True),
    "Signatures": TableStyle(sides=8, ruled=True, together=True, tall=38, style="RecordList"),
    "Facts": TableStyle(first="FactLabel", sides=5, together=True, labels=True),
    "Fields": TableStyle(first="FactLabel", sides=12, together=True, labels=True),
    "Figures": TableStyle(text="Figure", first="Figure", sides=15, together=True),
    "Pair": TableStyle(together=True),
    "BarChart": TableStyle(text="ChartLabel", first="ChartLabel", together=True, labels=True),
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
        if look.labels:
            _mark_labels(table)
        if look.style:
            style.set(VAL, look.style)
        if name in {"BarChart", "ColumnChart"}:
            _describe(table, next(alts, ""))


def _mark_labels(table: Element) -> None:
    """Mark the first column as the header of the rows, for screen readers."""
    look = table.find(f"{q('w:tblPr')}/{q('w:tblLook')}")
    look.set(q("w:firstColumn"), "1")
    look.set(VAL, f"{int(look.get(VAL), 16) | FIRST_COLUMN:04X}")


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
    shares = [each / sum(columns) for each in columns] if fixed else []
    if fixed and not (look.ruled or look.labels):
        return shares
    rows = [["".join(cell.itertext()) for cell in row.iterchildren(TC)] for row in table.iterchildren(TR)]
    size = fitting_size(rows, len(columns), room, look.sides)
    if size == SIZES[0] or not look.ruled:
        if not fixed:
            return by_content(rows, len(columns), room, look.sides)
        fitted = shares if look.tall else with_short_cells(shares, rows, room, look.sides)
        return with_words(fitted, rows, room, look.sides)
    size = fitting_size(rows, len(columns), room, SMALL_SIDES)
    _shrink(table, size)
    # As wide as if the letters were large and the page were wider.
    wider = room * SIZES[0] / size
    return by_content(rows, len(columns), wider, SMALL_SIDES * SIZES[0] / size)


def _shrink(table: Element, size: float) -> None:
    """Make the letters of a table smaller, so that its words fit into their columns."""
    sides = make("tblCellMar")
    sides.append(make("right", w=round(SMALL_SIDES * TWIPS), type="dxa"))
    put(table.find(q("w:tblPr")), sides, _TBL_PR[:6])
    for row in table.iterchildren(TR):
        half_points = int(size * 2 * (HEAD_SIZE if _is_head(row) else 1))
        for run in row.iter(q("w:r")):
            facts = property_element(run, "rPr")
            for name in ("sz", "szCs"):
                put(facts, make(name, val=half_points), _BEFORE_SIZE)


def _is_head(row: Element) -> bool:
    return row.find(f"{q('w:trPr')}/{q('w:tblHeader')}") is not None


def _rows(table: Element, look: TableStyle) -> None:
    rows = list(table.iterchildren(TR))
    for row in rows:
        facts, head = row.find(q("w:trPr")), _is_head(row)
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
