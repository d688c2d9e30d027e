"""The styles of `reference_styles` as OpenDocument."""

from tools.reference_styles import ACCENT, FAINT, FONT, INK, MONO, RULE, STYLES, WARN, WARN_WASH, WASH, Style

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
MIMETYPE = "application/vnd.oasis.opendocument.text"

NAMES = {
    "Normal": "Standard",
    "Body Text": "Text body",
    "First Paragraph": "First paragraph",
    "Block Text": "Quotations",
    "Source Code": "Preformatted Text",
    "footnote text": "Footnote",
    "Verbatim Char": "Source_Text",
    "Hyperlink": "Definition",
    "footnote reference": "Footnote anchor",
    "Table Text": "Table Contents",
    "Table Head": "Table Heading",
    "header": "Header",
    "footer": "Footer",
    "caption": "Caption",
    "Definition Term": "Definition Term",
    "Definition": "Definition Definition",
} | {f"heading {level}": f"Heading {level}" for level in range(1, 10)}
"""The names of Pandoc's ODT writer for some styles. Links to terms use `Definition`."""

SKIPPED = {"Default Paragraph Font", "Title", "Footnote Block Text", "Definition Char"}

EXTRA = {
    "Notice": f'fo:background-color="#{WARN_WASH}" fo:border-left="3pt solid #{WARN}" fo:padding="5pt" '
    'fo:padding-left="8pt" fo:border-top="none" fo:border-bottom="none" fo:border-right="none"',
    "Block Text": f'fo:border-left="2pt solid #{RULE}" fo:border-top="none" fo:border-bottom="none" '
    'fo:border-right="none" fo:padding-left="9pt" fo:margin-left="0pt"',
    "Source Code": f'fo:background-color="#{WASH}" fo:padding="3pt" fo:border="none"',
    "Chart Number": 'fo:text-align="center"',
    "Chart Bar": 'fo:text-align="center"',
}
"""Borders, backgrounds and alignments. The two formats write them too differently to share them."""

TEXT_EXTRA = {
    "Kicker": 'fo:text-transform="uppercase" fo:letter-spacing="0.6pt"',
    "footnote reference": 'style:text-position="super 62%"',
    "Hyperlink": f'style:text-underline-style="solid" style:text-underline-color="#{FAINT}"',
}


def encoded(name: str) -> str:
    """Return a style's name as OpenDocument refers to it: a space is `_20_`."""
    return name.replace(" ", "_20_")


def _named(style: str) -> str:
    return encoded(NAMES.get(style, style))


def _paragraph(style: Style) -> str:
    values = {
        "fo:margin-top": None if style.before is None else f"{style.before:g}pt",
        "fo:margin-bottom": None if style.after is None else f"{style.after:g}pt",
        "fo:line-height": f"{style.line * 100:.0f}%" if style.line else None,
        "fo:keep-with-next": "always" if style.keep_next else None,
        "fo:keep-together": "always" if style.keep_lines else None,
    }
    if style.name == "Source Code":
        # Pandoc makes a paragraph of each line; space between them would split the block.
        values |= {"fo:margin-top": "0pt", "fo:margin-bottom": "0pt"}
    if style.name in {"Table Gap", "Page Break"}:
        values["fo:line-height"] = "1pt"
    if style.name == "Page Break":
        values["fo:break-before"] = "page"
    inner = " ".join(f'{name}="{value}"' for name, value in values.items() if value is not None)
    extra = EXTRA.get(style.name, "")
    if style.name in {"header", "footer"}:
        stop = '<style:tab-stop style:position="481.9pt" style:type="right"/>'
        stops = f"<style:tab-stops>{stop}</style:tab-stops>"
        return f"<style:paragraph-properties {inner}>{stops}</style:paragraph-properties>"
    return f"<style:paragraph-properties {inner} {extra}/>"


def _text(style: Style) -> str:
    values: dict[str, str] = {}
    if style.size:
        values |= {f"{prefix}:font-size{kind}": f"{style.size:g}pt" for prefix, kind in SIZES}
    if style.colour:
        values["fo:color"] = f"#{style.colour}"
    if style.bold is not None:
        values |= {f"{prefix}:font-weight{kind}": "bold" if style.bold else "normal" for prefix, kind in SIZES}
    if style.italic is not None:
        values |= {f"{prefix}:font-style{kind}": "italic" if style.italic else "normal" for prefix, kind in SIZES}
    if MONO in style.run:
        values["style:font-name"] = MONO
    inner = " ".join(f'{name}="{value}"' for name, value in values.items())
    return f"<style:text-properties {inner} {TEXT_EXTRA.get(style.name, '')}/>"


SIZES = (("fo", ""), ("style", "-asian"), ("style", "-complex"))


def _style(style: Style) -> str:
    family = "paragraph" if style.kind == "paragraph" else "text"
    name = NAMES.get(style.name, style.name)
    based = f' style:parent-style-name="{_named(style.based)}"' if style.based and style.based not in SKIPPED else ""
    follow = f' style:next-style-name="{_named(style.next)}"' if style.next else ""
    level = "" if style.outline is None else f' style:default-outline-level="{style.outline + 1}"'
    inner = (_paragraph(style) if family == "paragraph" else "") + _text(style)
    return (
        f'<style:style style:name="{encoded(name)}" style:display-name="{name}" style:family="{family}"'
        f"{based}{follow}{level}>{inner}</style:style>"
    )


LINK = f'fo:color="#{ACCENT}" style:text-underline-style="solid" style:text-underline-color="#{FAINT}"'
EMPHASES = (
    ("Emphasis", 'fo:font-style="italic"'),
    ("Strong_20_Emphasis", 'fo:font-weight="bold"'),
    ("Strikeout", 'style:text-line-through-style="solid"'),
    ("Superscript", 'style:text-position="super 62%"'),
    ("Subscript", 'style:text-position="sub 62%"'),
    ("Internet_20_Link", LINK),
    ("Visited_20_Internet_20_Link", LINK),
    ("Bullet_20_Symbols", 'style:font-name="OpenSymbol"'),
    ("Numbering_20_Symbols", ""),
)


def _defaults() -> str:
    fonts = (
        f'style:font-name="{FONT}" style:font-name-asian="Noto Sans CJK JP" '
        'style:font-name-complex="Noto Sans Devanagari"'
    )
    tongue = (
        'fo:language="en" fo:country="GB" style:language-asian="ja" style:country-asian="JP" '
        'style:language-complex="hi" style:country-complex="IN"'
    )
    sizes = " ".join(f'{prefix}:font-size{kind}="10.5pt"' for prefix, kind in SIZES)
    return (
        '<style:default-style style:family="graphic"><style:text-properties '
        f'{tongue}/></style:default-style><style:default-style style:family="paragraph">'
        '<style:paragraph-properties fo:line-height="108%" fo:orphans="2" fo:widows="2" style:writing-mode="lr-tb"/>'
        f'<style:text-properties {fonts} {sizes} fo:color="#{INK}" {tongue} fo:hyphenate="false"/>'
        "</style:default-style>"
        '<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/>'
        "</style:default-style>"
    )


FRAMES = "".join(
    f'<style:style style:name="{name}" style:family="graphic"><style:graphic-properties fo:margin="0pt" '
    'style:vertical-pos="top" style:vertical-rel="baseline" fo:border="none" fo:padding="0pt"/></style:style>'
    for name in ("Graphics", "Formula", "Frame")
)


def _furniture(tag: str, style: str, inner: str) -> str:
    return f'<style:{tag}><text:p text:style-name="{style}">{inner}</text:p></style:{tag}>'


def styles_xml() -> str:
    """Return `styles.xml`. The words in braces are placeholders, filled in for each document."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    fonts = "".join(
        f'<style:font-face style:name="{name}" svg:font-family="\'{name}\'"/>'
        for name in (FONT, MONO, "Noto Sans CJK JP", "Noto Sans Devanagari", "OpenSymbol")
    )
    styles = "".join(_style(style) for style in STYLES if style.name not in SKIPPED)
    marks = "".join(
        # LibreOffice only knows its own styles by their display names.
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" style:family="text">'
        f"<style:text-properties {facts}/></style:style>"
        for name, facts in EMPHASES
    )
    notes = (
        '<text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_anchor" '
        'text:citation-body-style-name="Footnote_20_anchor" text:default-style-name="Footnote" '
        'style:num-format="1" text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>'
    )
    page = (
        '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="595.3pt" '
        'fo:page-height="841.9pt" style:print-orientation="portrait" fo:margin-left="56.7pt" '
        'fo:margin-right="56.7pt" '
        'fo:margin-top="28.35pt" fo:margin-bottom="19.8pt"><style:footnote-sep style:width="0.5pt" '
        f'style:rel-width="25%" style:color="#{RULE}" style:distance-before-sep="3pt" style:distance-after-sep="4pt"/>'
        '</style:page-layout-properties><style:header-style><style:header-footer-properties fo:min-height="31.2pt" '
        'fo:margin-bottom="20pt" style:dynamic-spacing="true"/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="31.2pt" fo:margin-top="18pt" style:dynamic-spacing="true"/>'
        "</style:footer-style></style:page-layout>"
    )
    header, footer = "{left}<text:tab/>{right}", "{period}<text:tab/>{label}"
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="Page">'
        + _furniture("header", "Header", header)
        + _furniture("header-first", "Header", "")
        + _furniture("footer", "Footer", footer)
        + _furniture("footer-first", "Footer", footer)
        + "</style:master-page>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles {spaces} office:version="1.3">'
        f"<office:font-face-decls>{fonts}</office:font-face-decls>"
        f"<office:styles>{_defaults()}{styles}{marks}{FRAMES}{notes}</office:styles>"
        f"<office:automatic-styles>{page}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>"
    )


def _cell(name: str, padding: str, properties: str = "") -> str:
    """Return an automatic style of a table's cells; `padding` is top, right, bottom and left in points."""
    sides = ("top", "right", "bottom", "left")
    space = "".join(f' fo:padding-{side}="{points}pt"' for side, points in zip(sides, padding.split(), strict=True))
    borders = "".join(f' fo:border-{side}="none"' for side in sides if f"border-{side}" not in properties)
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties{borders}{space} '
        f"{properties}/></style:style>"
    )


def cell_styles() -> str:
    """Return the automatic styles of rows and of cells, by the name of the table's style and the cell's place."""
    under, head_rule = f'fo:border-bottom="0.5pt solid #{RULE}"', f'fo:border-bottom="0.75pt solid #{INK}"'
    looks = {
        "Table": ("3.5 8 3.5 0", under),
        "RecordList": ("3.5 8 3.5 0", under),
        "Signatures": ("26 8 4 0", under),
        "Facts": ("1.3 5 1.3 0", ""),
        "Fields": ("1.3 3 1.3 9", ""),
        "Figures": ("7 3 8 12", f'fo:background-color="#{WASH}"'),
        "Pair": ("0 0 0 0", ""),
        "BarChart": ("1.7 0 1.7 0", 'style:vertical-align="middle"'),
        "ColumnChart": ("0 0 0 0", 'style:vertical-align="bottom"'),
    }
    first = {"Fields": ("1.3 3 1.3 9", f'fo:border-left="2pt solid #{RULE}"')}
    cells = [_cell(f"{name}.cell", *look) for name, look in looks.items()]
    cells += [_cell(f"{name}.first", *look) for name, look in (looks | first).items()]
    head = ("3.5 8 3.5 0", f'{head_rule} style:vertical-align="bottom"')
    cells += [_cell(f"{name}.head", *head) for name in ("Table", "RecordList", "Signatures")]
    row = '<style:table-row-properties fo:keep-together="always"/>'
    return "".join(cells) + f'<style:style style:name="cpd.row" style:family="table-row">{row}</style:style>'


def package() -> dict[str, str]:
    """Return every part of the reference document by name."""
    spaces = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("office", "text", "style", "fo"))
    manifest = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (
            ("/", MIMETYPE),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        )
    )
    return {
        "mimetype": MIMETYPE,
        "META-INF/manifest.xml": '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest '
        f'xmlns:manifest="{NAMESPACES["manifest"]}" manifest:version="1.3">{manifest}</manifest:manifest>',
        "content.xml": '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document-content {spaces} office:version="1.3">'
        f"<office:automatic-styles>{cell_styles()}</office:automatic-styles>"
        "<office:body><office:text><text:p/></office:text></office:body></office:document-content>",
        "meta.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta {spaces} office:version="1.3">'
        "<office:meta/></office:document-meta>",
        "styles.xml": styles_xml(),
    }
