"""The text of an ODT finished: tables with our widths and styles, images that fit, breaks without paragraphs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from lxml import etree

from cpdkit.documents.formats.layout import Paper, by_content, with_heads
from cpdkit.documents.formats.skeleton_parts import BAR
from cpdkit.documents.look import palette

Element: TypeAlias = Any

NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
}
TALLEST = 0.8
SIDES = 8.0
"""Points of space at the sides of a cell in a ruled table."""

LIST_STEP, LIST_HANG = 17.0, 14.0
"""Points from one list level to the next, and between a bullet and its text."""

POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "px": 0.75}


def n(name: str) -> str:
    """`table:table` as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NS[prefix]}}}{local}"


TABLE, ROW, CELL, COLUMN = (n(f"table:table{part}") for part in ("", "-row", "-cell", "-column"))
STYLE_NAME, P, H = n("text:style-name"), n("text:p"), n("text:h")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a table's cells read: paragraph styles by place, cell properties by place, space below in points."""

    text: str = "Table_20_Contents"
    first: str = "Table_20_Contents"
    head: str = "Table_20_Heading"
    cells: str = ""
    first_cells: str = ""
    head_cells: str = ""
    below: float = 0.0
    ruled: bool = False
    whole: bool = False
    """Whether the rows stay on one page though it is ruled."""


RULE, INK, WASH = (palette()[name] for name in ("rule", "ink", "wash"))

_RULED = Kind(
    cells=f"fo:padding:3.5pt 8pt 3.5pt 0pt;fo:border-bottom:0.5pt solid {RULE}",
    head_cells=f"fo:padding:3.5pt 8pt 3.5pt 0pt;fo:border-bottom:0.75pt solid {INK};style:vertical-align:bottom",
    below=7,
    ruled=True,
)
KINDS: Mapping[str, Kind] = {
    "": _RULED,
    "RecordList": _RULED,
    "Signatures": replace(_RULED, cells=f"fo:padding:26pt 8pt 4pt 0pt;fo:border-bottom:0.5pt solid {RULE}", whole=True),
    "Facts": Kind(first="Fact_20_Label", cells="fo:padding:1.3pt 5pt 1.3pt 0pt"),
    "Fields": Kind(
        first="Fact_20_Label",
        cells="fo:padding:1.3pt 3pt 1.3pt 9pt",
        first_cells=f"fo:padding:1.3pt 3pt 1.3pt 9pt;fo:border-left:2pt solid {RULE}",
        below=6,
    ),
    "Figures": Kind(
        text="Figure", first="Figure", cells=f"fo:padding:7pt 3pt 8pt 12pt;fo:background-color:{WASH}", below=6
    ),
    "Pair": Kind(below=8),
    "BarChart": Kind(
        text="Chart_20_Label", first="Chart_20_Label", cells="fo:padding:1.7pt 0pt;style:vertical-align:middle"
    ),
    "ColumnChart": Kind(text="Chart_20_Number", first="Chart_20_Number", cells="style:vertical-align:bottom"),
}


@dataclass(slots=True)
class Styles:
    """The automatic styles of the text: found by name, made once each."""

    root: Element
    found: dict[str, Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found = {style.get(n("style:name")): style for style in self.root.iter(n("style:style"))}

    def aligned(self, name: str) -> str:
        """The alignment that an automatic paragraph style sets."""
        style = self.found.get(name)
        facts = None if style is None else style.find(n("style:paragraph-properties"))
        return "" if facts is None else facts.get(n("fo:text-align"), "")

    def parent(self, name: str) -> str:
        style = self.found.get(name)
        return name if style is None else style.get(n("style:parent-style-name"), name)

    def made(self, name: str, family: str, properties: str, facts: Mapping[str, str], parent: str = "") -> str:
        """The name of an automatic style with these facts."""
        if name not in self.found:
            style = etree.SubElement(self.root, n("style:style"), {n("style:name"): name, n("style:family"): family})
            if parent:
                style.set(n("style:parent-style-name"), parent)
            etree.SubElement(style, n(f"style:{properties}"), {n(key): value for key, value in facts.items()})
            self.found[name] = style
        return name


def finish_text(root: Element, sheet: Paper) -> None:
    """Finish the tree of a `content.xml` for this paper."""
    styles = Styles(root.find(n("office:automatic-styles")))
    body = root.find(f"{n('office:body')}/{n('office:text')}")
    rooms: dict[Element, float] = {}
    _out_of_lists(body)
    for number, table in enumerate(list(body.iter(TABLE))):
        _table(table, number, styles, rooms, sheet.text_width)
    _images(body, sheet, rooms)
    _encode_styles(body)
    _quotes(styles)
    _lists(root)
    _notes(body)
    _page_breaks(body, styles)
    _tail(body)
    _tidy(styles)


def _tidy(styles: Styles) -> None:
    """Without the table styles that ours have replaced."""
    for name, style in styles.found.items():
        if style.get(n("style:family"), "").startswith("table") and not name.startswith("cpd"):
            styles.root.remove(style)


# --- tables ---


def _kind_of(table: Element) -> str:
    """The kind that the mark before a table names; the mark is taken away."""
    mark = table.getprevious()
    if mark is None or mark.tag is not etree.Comment:
        return ""
    name = (mark.text or "").strip()
    _remove(mark)
    return name.removeprefix("cpd:")


def _remove(element: Element) -> None:
    """Take an element away and keep the text behind it."""
    element.getparent().remove(element)


def _out_of_lists(body: Element) -> None:
    """Set each table inside a list behind that list: a list can't hold one, and LibreOffice would drop its words."""
    behind: dict[Element, Element] = {}
    for table in list(body.iter(TABLE)):
        lists = list(table.iterancestors(n("text:list")))
        if lists and not any(each.tag == TABLE for each in table.iterancestors()):
            behind.get(lists[-1], lists[-1]).addnext(table)
            behind[lists[-1]] = table


def _table(table: Element, number: int, styles: Styles, rooms: dict[Element, float], width: float) -> None:
    name = _kind_of(table)
    kind = KINDS.get(name, KINDS[""])
    room = rooms.get(table.getparent(), width)
    widths = _widths(table, styles, room, kind)
    facts = {"style:width": f"{room:.2f}pt", "table:align": "left", "fo:margin-bottom": f"{kind.below:g}pt"}
    if kind.whole or not kind.ruled:
        facts["style:may-break-between-rows"] = "false"
    table.set(n("table:style-name"), styles.made(f"cpd{number}", "table", "table-properties", facts))
    for place, (column, each) in enumerate(zip(table.iterchildren(COLUMN), widths, strict=True)):
        made = styles.made(
            f"cpd{number}.{place}", "table-column", "table-column-properties", {"style:column-width": f"{each:.2f}pt"}
        )
        column.set(n("table:style-name"), made)
    whole = styles.made("cpd.row", "table-row", "table-row-properties", {"fo:keep-together": "always"})
    for row in table.iterfind(f"{ROW}"):
        _row(row, kind, name, styles, widths, rooms, head=False)
        row.set(n("table:style-name"), whole)
    for row in table.iterfind(f"{n('table:table-header-rows')}/{ROW}"):
        _row(row, kind, name, styles, widths, rooms, head=True)


def _widths(table: Element, styles: Styles, room: float, kind: Kind) -> list[float]:
    said = [_relative(styles.found.get(column.get(n("table:style-name")))) for column in table.iterchildren(COLUMN)]
    rows = [["".join(cell.itertext()).strip() for cell in row.iterchildren(CELL)] for row in table.iter(ROW)]
    if not all(said):
        return [share * room for share in by_content(rows, len(said), room, SIDES)]
    shares = [each / sum(said) for each in said]
    return [share * room for share in (with_heads(shares, rows[0], room, SIDES) if kind.ruled and rows else shares)]


def _relative(style: Element | None) -> float:
    facts = None if style is None else style.find(n("style:table-column-properties"))
    said = "" if facts is None else facts.get(n("style:rel-column-width"), "")
    return float(said.rstrip("*") or 0)


def _row(
    row: Element, kind: Kind, name: str, styles: Styles, widths: list[float], rooms: dict[Element, float], *, head: bool
) -> None:
    for place, (cell, width) in enumerate(zip(row.iterchildren(CELL), widths, strict=False)):
        rooms[cell] = width
        where, said = _cell_facts(kind, place, head)
        facts = dict(_fact(part) for part in said.split(";") if part)
        made = styles.made(f"cpd.{name or 'Table'}.{where}", "table-cell", "table-cell-properties", _plain(facts))
        cell.set(n("table:style-name"), made)
        style = kind.head if head else (kind.text if place else kind.first)
        for paragraph in cell.iterchildren(P):
            _paragraph(paragraph, style, styles)


def _cell_facts(kind: Kind, place: int, head: bool) -> tuple[str, str]:
    if head:
        return "head", kind.head_cells or kind.cells
    return ("first", kind.first_cells) if place == 0 and kind.first_cells else ("cell", kind.cells)


def _fact(said: str) -> tuple[str, str]:
    prefix, local, value = said.split(":", 2)
    return f"{prefix}:{local}", value


def _plain(facts: dict[str, str]) -> dict[str, str]:
    """Cell facts with no border but those said, and each side's padding by its own name."""
    made = {f"fo:border-{side}": "none" for side in ("top", "right", "bottom", "left")} | facts
    sides = made.pop("fo:padding", "0pt").split()
    top, right, bottom, left = (sides * 4)[:4] if len(sides) in {1, 2, 4} else sides * 4
    return made | {
        "fo:padding-top": top,
        "fo:padding-right": right,
        "fo:padding-bottom": bottom,
        "fo:padding-left": left,
    }


def _paragraph(paragraph: Element, style: str, styles: Styles) -> None:
    old = paragraph.get(STYLE_NAME, "")
    if styles.parent(old) not in {"Table_20_Contents", "Table_20_Heading", "Text_20_body", "First_20_paragraph"}:
        return
    if paragraph.find(f".//{n('draw:frame')}") is not None and style.startswith("Chart"):
        paragraph.set(STYLE_NAME, "Chart_20_Bar" if style == "Chart_20_Number" else "Chart_20_Line")
        return
    align = styles.aligned(old)
    if align in {"end", "center"}:
        style = styles.made(f"{style}.{align}", "paragraph", "paragraph-properties", {"fo:text-align": align}, style)
    paragraph.set(STYLE_NAME, style)


# --- images ---


def points(length: str) -> float:
    """`1.5in` in points; 0 for what has no unit that is known."""
    unit = length[-2:]
    return float(length[:-2]) * POINTS[unit] if unit in POINTS else 0.0


def _images(body: Element, sheet: Paper, rooms: Mapping[Element, float]) -> None:
    for frame in body.iter(n("draw:frame")):
        title = frame.find(n("svg:title"))
        if title is not None and title.text == BAR:
            frame.remove(title)
        _describe(frame)
        width, height = (points(frame.get(n(f"svg:{side}"), "")) for side in ("width", "height"))
        room = next((rooms[each] for each in frame.iterancestors() if each in rooms), sheet.text_width)
        scale = min(room / width, sheet.text_height * TALLEST / height) if width and height else 1.0
        if scale < 1:
            frame.set(n("svg:width"), f"{width * scale:.2f}pt")
            frame.set(n("svg:height"), f"{height * scale:.2f}pt")


def _describe(frame: Element) -> None:
    """Take the description that stands behind an image into its frame, and leave the text behind that."""
    words = frame.getnext()
    if words is not None and words.tag == n("svg:desc") and not frame.tail:
        frame.tail, words.tail = words.tail, None
        frame.append(words)


# --- paragraphs ---


def _encode_styles(body: Element) -> None:
    """Pandoc writes the name of a custom style as it is; in a reference a space must be encoded."""
    for element in body.iter(P, H, n("text:span")):
        name = element.get(STYLE_NAME, "")
        if " " in name:
            element.set(STYLE_NAME, name.replace(" ", "_20_"))


def _quotes(styles: Styles) -> None:
    """Quotations without Pandoc's half inch: their style has a rule at the side instead."""
    for style in styles.found.values():
        facts = style.find(n("style:paragraph-properties"))
        if style.get(n("style:parent-style-name")) == "Quotations" and facts is not None:
            inches = points(facts.get(n("fo:margin-left"), "0in")) / 36
            facts.set(n("fo:margin-left"), f"{max(inches - 1, 0) * 12:g}pt")


def _lists(root: Element) -> None:
    """Closer indents than Pandoc's half inch."""
    for level in root.iter(n("text:list-level-style-bullet"), n("text:list-level-style-number")):
        left = f"{LIST_STEP * int(level.get(n('text:level'))):g}pt"
        for facts in level.iter(n("style:list-level-label-alignment")):
            facts.set(n("fo:margin-left"), left)
            facts.set(n("text:list-tab-stop-position"), left)
            facts.set(n("fo:text-indent"), f"-{LIST_HANG:g}pt")
        for facts in level.iter(n("style:list-level-properties")):
            facts.set(n("fo:text-align"), "start")


def _notes(body: Element) -> None:
    """A space between a footnote's number and its words."""
    for note in body.iter(n("text:note-body")):
        first = note.find(P)
        if first is not None:
            first.text = "\u2002" + (first.text or "")


def _page_breaks(body: Element, styles: Styles) -> None:
    for mark in [each for each in body.iterchildren(P) if each.get(STYLE_NAME) == "Page_20_Break"]:
        follower = next(mark.itersiblings(P, H, TABLE), None)
        first = next(mark.itersiblings(P, H, TABLE, preceding=True), None) is None
        _remove(mark)
        if follower is None or first:
            continue
        if follower.tag == TABLE:
            follower.addprevious(mark)
            follower = mark
        parent = follower.get(STYLE_NAME)
        facts = {"fo:break-before": "page", "fo:margin-top": "0pt"}
        follower.set(STYLE_NAME, styles.made(f"{parent}.page", "paragraph", "paragraph-properties", facts, parent))


def _tail(body: Element) -> None:
    """A last paragraph too small to start a page, where the text ends with a table."""
    if len(body) and body[-1].tag == TABLE:
        etree.SubElement(body, P, {STYLE_NAME: "Table_20_Gap"})
