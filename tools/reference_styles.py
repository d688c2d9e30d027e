"""The styles of the reference documents as one table, and as WordprocessingML."""

from dataclasses import dataclass

from docx.shared import Mm

from cpdkit.documents.look import palette

PALETTE = {name: colour.removeprefix("#").upper() for name, colour in palette().items()}
INK, ACCENT, SOFT, RULE, WASH, FAINT, WARN, WARN_WASH = (
    PALETTE[name] for name in ("ink", "accent", "soft", "rule", "wash", "faint", "warn", "warn-wash")
)
FONT, MONO = "Calibri", "Consolas"
WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

PAGE = {
    "page_width": Mm(210),
    "page_height": Mm(297),
    "left_margin": Mm(20),
    "right_margin": Mm(20),
    "top_margin": Mm(21),
    "bottom_margin": Mm(18),
    "header_distance": Mm(11),
    "footer_distance": Mm(9),
    "gutter": 0,
}


@dataclass(frozen=True)
class Style:
    """One style. Sizes and spaces are in points, indents in twentieths of a point."""

    name: str
    kind: str = "paragraph"
    based: str = "Normal"
    next: str = ""
    size: float = 0
    colour: str = ""
    bold: bool | None = None
    italic: bool | None = None
    before: float | None = None
    after: float | None = None
    line: float = 0
    more: str = ""
    """More paragraph properties, before spacing in the schema's order."""
    late: str = ""
    """More paragraph properties, after spacing."""
    run: str = ""
    run_late: str = ""
    quick: bool = True
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False


def _edge(side: str, size: int, colour: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _box(colour: str, space: int) -> str:
    return "<w:pBdr>" + "".join(_edge(s, 4, colour, space) for s in ("top", "left", "bottom", "right")) + "</w:pBdr>"


def _shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


MONO_RUN = f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>'
NOTICE_BORDER = (
    "<w:pBdr>"
    + "".join(
        _edge(side, size, colour, space)
        for side, size, colour, space in (
            ("top", 4, WARN_WASH, 5),
            ("left", 24, WARN, 8),
            ("bottom", 4, WARN_WASH, 5),
            ("right", 4, WARN_WASH, 6),
        )
    )
    + "</w:pBdr>"
)


def _heading(level: int, size: float, colour: str, before: float, after: float, italic: bool | None = None) -> Style:
    return Style(
        f"heading {level}", next="Body Text", size=size, colour=colour, bold=True, italic=italic,
        before=before, after=after, line=1.0, outline=level - 1, keep_next=True, keep_lines=True,
    )  # fmt: skip


RIGHT_TAB = '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>'

# fmt: off
STYLES = (
    Style("Normal", based="", colour=INK, after=4),
    Style("Body Text", after=6),
    Style("First Paragraph", based="Body Text", next="Body Text"),
    Style("Compact", based="Body Text", after=1.5),
    Style("Title", next="Body Text", size=24, bold=True, before=4, after=5, line=1.0, keep_next=True),
    Style("Subtitle", next="Body Text", size=12, colour=SOFT, after=12, keep_next=True),
    _heading(1, 24, INK, 3, 3),
    _heading(2, 14, ACCENT, 20, 7),
    _heading(3, 12.5, INK, 20, 3),
    _heading(4, 11, INK, 11, 4),
    _heading(5, 10.5, SOFT, 9, 3),
    _heading(6, 10.5, SOFT, 8, 3, italic=True),
    _heading(7, 10.5, SOFT, 8, 3, italic=True),
    _heading(8, 10.5, SOFT, 8, 3, italic=True),
    _heading(9, 10.5, SOFT, 8, 3, italic=True),
    Style(
        "Kicker", next="heading 1", size=9, colour=ACCENT, bold=True, keep_next=True,
        run="<w:caps/>", run_late='<w:spacing w:val="12"/>',
    ),
    Style("Meta", next="Body Text", size=10, colour=SOFT, after=7, keep_next=True, keep_lines=True),
    Style("Notice", before=8, after=10, more=NOTICE_BORDER + _shade(WARN_WASH),
          late='<w:ind w:left="200" w:right="140"/>'),
    Style("Note", size=9, colour=SOFT, before=6, after=6),
    Style("Chart Caption", size=9.5, colour=SOFT, after=4, keep_next=True),
    Style("Table Text", size=10, after=0, line=1.0),
    Style("Table Head", based="Table Text", size=9, colour=SOFT, bold=True, keep_next=True),
    Style("Fact Label", based="Table Text", colour=SOFT),
    Style("Figure", based="Table Text"),
    Style("Chart Label", based="Table Text", line=1.0),
    Style("Chart Number", based="Chart Label", size=7.5, colour=SOFT, late='<w:jc w:val="center"/>'),
    Style("Chart Line", based="Chart Label", size=1),
    Style("Chart Bar", based="Chart Line", late='<w:jc w:val="center"/>'),
    Style("Table Gap", based="Normal", size=1, after=0, late="", line=0.1, quick=False),
    Style("Page Break", based="Table Gap", quick=False),
    Style("Block Text", based="Body Text", next="Body Text", colour=SOFT,
          more="<w:pBdr>" + _edge("left", 16, RULE, 9) + "</w:pBdr>", late='<w:ind w:left="220"/>'),
    Style("Footnote Block Text", based="Footnote Text", late='<w:ind w:left="220"/>', quick=False),
    Style("Source Code", size=9, before=4, after=8, line=1.05, run=MONO_RUN,
          more=_box(WASH, 5) + _shade(WASH), late='<w:ind w:left="120" w:right="120"/>'),
    Style("footnote text", size=9, after=2, line=1.0),
    Style("caption", next="Body Text", size=9.5, colour=SOFT, before=4, after=6),
    Style("Table Caption", based="caption", keep_next=True),
    Style("Image Caption", based="caption"),
    Style("Figure Paragraph", after=6),
    Style("Captioned Figure", based="Figure Paragraph", keep_next=True),
    Style("Definition Term", based="Body Text", next="Definition", bold=True, after=0, keep_next=True),
    Style("Definition", based="Body Text", late='<w:ind w:left="360"/>'),
    Style("toc 2", size=10, after=1.5, line=1.0, more=RIGHT_TAB, quick=False),
    Style("header", size=8.5, colour=SOFT, after=0, line=1.0, more=RIGHT_TAB),
    Style("footer", size=8.5, colour=SOFT, after=0, line=1.0, more=RIGHT_TAB),
    Style("Default Paragraph Font", "character", based=""),
    Style("Verbatim Char", "character", based="Default Paragraph Font", size=9.5, run=MONO_RUN),
    Style("footnote reference", "character", based="Default Paragraph Font", colour=ACCENT,
          run_late='<w:vertAlign w:val="superscript"/>'),
    Style("Hyperlink", "character", based="Default Paragraph Font", colour=ACCENT,
          run_late=f'<w:u w:val="single" w:color="{FAINT}"/>'),
    Style("Soft", "character", based="Default Paragraph Font", colour=SOFT),
    Style("Figure Number", "character", based="Default Paragraph Font", size=19, bold=True),
    Style("Figure Label", "character", based="Default Paragraph Font", size=9.5, colour=SOFT),
    Style("Competence Code", "character", based="Default Paragraph Font"),
)
# fmt: on

BUILT_IN_DEFAULTS = {"Normal", "Default Paragraph Font"}


def style_id(name: str) -> str:
    """Return the id of a style of this name in Word and Pandoc."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def _toggle(tag: str, value: bool | None) -> str:
    if value is None:
        return ""
    return f"<w:{tag}/><w:{tag}Cs/>" if value else f'<w:{tag} w:val="0"/><w:{tag}Cs w:val="0"/>'


def _spacing(style: Style) -> str:
    facts = {
        "before": None if style.before is None else round(style.before * 20),
        "after": None if style.after is None else round(style.after * 20),
        "line": round(style.line * 240) or None,
    }
    if style.name == "Table Gap":
        return '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    values = "".join(f' w:{key}="{value}"' for key, value in facts.items() if value is not None)
    rule = ' w:lineRule="auto"' if style.line else ""
    return f"<w:spacing{values}{rule}/>" if values else ""


def _paragraph_xml(style: Style) -> str:
    keep = ("<w:keepNext/>" if style.keep_next else "") + ("<w:keepLines/>" if style.keep_lines else "")
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    inner = keep + style.more + _spacing(style) + style.late + outline
    return f"<w:pPr>{inner}</w:pPr>" if inner else ""


def _run_xml(style: Style) -> str:
    fonts, caps = (style.run, "") if "rFonts" in style.run else ("", style.run)
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    half = round(style.size * 2)
    size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
    spacing, late = (style.run_late, "") if "w:spacing" in style.run_late else ("", style.run_late)
    inner = fonts + _toggle("b", style.bold) + _toggle("i", style.italic) + caps + colour + spacing + size + late
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def _style_xml(style: Style) -> str:
    default = ' w:default="1"' if style.name in BUILT_IN_DEFAULTS else ""
    based = f'<w:basedOn w:val="{style_id(style.based)}"/>' if style.based else ""
    follow = f'<w:next w:val="{style_id(style.next)}"/>' if style.next else ""
    quick = "<w:qFormat/>" if style.quick and style.kind == "paragraph" else ""
    body = (_paragraph_xml(style) if style.kind == "paragraph" else "") + _run_xml(style)
    return (
        f'<w:style w:type="{style.kind}"{default} w:styleId="{style_id(style.name)}">'
        f'<w:name w:val="{style.name}"/>{based}{follow}{quick}{body}</w:style>'
    )


def _cell_margins(top: int, left: int, bottom: int, right: int) -> str:
    sides = (("top", top), ("left", left), ("bottom", bottom), ("right", right))
    return "<w:tblCellMar>" + "".join(f'<w:{n} w:w="{v}" w:type="dxa"/>' for n, v in sides) + "</w:tblCellMar>"


def _table_style(name: str, margins: str, borders: str = "", more: str = "") -> str:
    edges = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{edges}{margins}</w:tblPr>'
        f"{more}</w:style>"
    )


RULED = _edge("bottom", 4, RULE) + _edge("insideH", 4, RULE)
HEAD_RULE = (
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    + _edge("bottom", 6, INK)
    + '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
)

TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    + _cell_margins(0, 0, 0, 0)
    + "</w:tblPr></w:style>",
    _table_style("Table", _cell_margins(50, 0, 50, 160), RULED, HEAD_RULE),
    _table_style("RecordList", _cell_margins(50, 0, 50, 160), RULED, HEAD_RULE),
    _table_style("Facts", _cell_margins(26, 0, 26, 100)),
    _table_style("Fields", _cell_margins(26, 180, 26, 60), _edge("left", 16, RULE)),
    _table_style("Figures", _cell_margins(130, 240, 150, 60), "", f"<w:tcPr>{_shade(WASH)}</w:tcPr>"),
    _table_style("Pair", _cell_margins(0, 0, 0, 0)),
    _table_style("BarChart", _cell_margins(34, 0, 34, 0), "", '<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'),
    _table_style("ColumnChart", _cell_margins(0, 0, 0, 0), "", '<w:tcPr><w:vAlign w:val="bottom"/></w:tcPr>'),
)


def styles_xml() -> str:
    """Return `styles.xml`."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="Yu Gothic" w:cs="Nirmala UI"/>'
    defaults = (
        # No colour here: in tables, LibreOffice would prefer it to the colours of character styles.
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-GB" w:eastAsia="ja-JP" w:bidi="hi-IN"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    body = "".join(_style_xml(style) for style in STYLES) + "".join(TABLE_STYLES)
    return f'<w:styles xmlns:w="{WORDPROCESSING}">{defaults}{body}</w:styles>'


def settings_xml() -> str:
    """Return `settings.xml`: the layout rules of current Word, without personal settings."""
    modern = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'<w:settings xmlns:w="{WORDPROCESSING}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f"<w:compat>{modern}</w:compat>"
        '<w:themeFontLang w:val="en-GB" w:eastAsia="ja-JP" w:bidi="hi-IN"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" '
        'w:accent1="accent1" w:accent2="accent2" '
        'w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
        'w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


FONTS = (
    (FONT, "Carlito", "swiss", "variable"),
    (MONO, "DejaVu Sans Mono", "modern", "fixed"),
    ("Yu Gothic", "Noto Sans CJK JP", "swiss", "variable"),
    ("Nirmala UI", "Noto Sans Devanagari", "swiss", "variable"),
    ("Cambria Math", "Latin Modern Math", "roman", "variable"),
)


def font_table_xml() -> str:
    """Return `fontTable.xml`: each font with the free font of the same metrics."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/>'
        f'<w:pitch w:val="{pitch}"/></w:font>'
        for name, other, family, pitch in FONTS
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<w:fonts xmlns:w="{WORDPROCESSING}">{fonts}</w:fonts>'
