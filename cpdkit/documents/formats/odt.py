"""Write the ODT: Pandoc writes the text with our reference document.

This module does what Pandoc's writer cannot. Before Pandoc runs, it turns the tables and pictures of the tree into
OpenDocument: Pandoc gives a table no style, no widths and no place in a list, and a picture no description and no
limits. Afterwards it completes the package: header, footer, paper and language in `styles.xml`; `meta.xml`; the indents
of lists and quotations; page breaks, as properties of the blocks after them; and the pictures.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

from cpdkit.documents import pandoc
from cpdkit.documents.diagram.placed import DRAWING, TALLEST
from cpdkit.documents.formats.layout import FONT, PICTURE_HEIGHT, Paper, by_content, paper_named, with_words
from cpdkit.documents.formats.odt_direction import with_directions
from cpdkit.documents.formats.package import iso_time, packed, unpacked, xml_text
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.documents.formats.skeleton_parts import BAR, grid_of, pairs_of, plain, replaced
from cpdkit.documents.formats.stand_ins import DOTS_PER_INCH, MEDIA, TYPES, Picture, pictures
from cpdkit.documents.formats.word_processing import PAGE_BREAK, word_processing_rewriter
from cpdkit.documents.look import Look, look_file
from cpdkit.documents.tree import Block, Inline, document, words_of

SIDES = 8.0
"""Points of space at the sides of a cell in a ruled table."""
LIST_STEP, LIST_HANG = 17.0, 14.0
"""Points from one list level to the next, and between a bullet and its text."""
QUOTE_STEP = 12.0
POINTS_PER_INCH, CENTIMETRES_PER_INCH = 72, 2.54


@dataclass(frozen=True, slots=True)
class TableLook:
    """The paragraph styles of a table's cells by place, the points below it, and whether it stays on one page.

    The styles of its cells are those of the reference document whose names begin with its name.
    """

    text: str = "Table_20_Contents"
    first: str = "Table_20_Contents"
    below: float = 0.0
    ruled: bool = False
    together: bool = True


LOOKS: Mapping[str, TableLook] = {
    "Table": TableLook(below=7, ruled=True, together=False),
    "RecordList": TableLook(below=7, ruled=True, together=False),
    "Signatures": TableLook(below=7, ruled=True),
    "Facts": TableLook(first="Fact_20_Label"),
    "Fields": TableLook(first="Fact_20_Label", below=6),
    "Figures": TableLook(text="Figure", first="Figure", below=6),
    "Pair": TableLook(below=8),
    "BarChart": TableLook(text="Chart_20_Label", first="Chart_20_Label"),
    "ColumnChart": TableLook(text="Chart_20_Number", first="Chart_20_Number"),
}
BAR_STYLES = {"Chart_20_Label": "Chart_20_Line", "Chart_20_Number": "Chart_20_Bar"}
"""The style of a paragraph that contains a bar, by the style of the words next to it."""


def write_odt(ast: dict[str, Any], media: Mapping[str, bytes], properties: DocumentProperties) -> bytes:
    """Return the document as an ODT package. Raise ToolError."""
    paper = paper_named(properties.paper)
    text = _Text(paper, pictures(media, office=True))
    blocks = text.document(word_processing_rewriter(paper.text_width, look=properties.look).blocks(ast["blocks"]))
    tree = json.dumps(document(blocks), ensure_ascii=False, separators=(",", ":")).encode()
    reference = look_file("reference.odt")
    extra = ["--syntax-highlighting=none", f"--reference-doc={reference}"]
    parts = unpacked(pandoc.write(tree, "odt", epoch=properties.epoch, extra=extra)) | text.files
    looks = _automatic_styles(unpacked(reference.read_bytes())["content.xml"].decode())
    parts["content.xml"] = _content(parts["content.xml"].decode(), looks + "".join(text.styles.values())).encode()
    own = properties.look.files.get("reference.odt")
    styles = _styles((own or parts["styles.xml"]).decode(), properties, paper)
    parts["styles.xml"] = _owners(styles, properties.look).encode()
    parts["meta.xml"] = _meta(properties).encode()
    parts["META-INF/manifest.xml"] = _manifest(parts["META-INF/manifest.xml"].decode(), text.files).encode()
    return packed(parts, properties.epoch)


# --- the tree ---


@dataclass(slots=True)
class _Text:
    """Turn the tables and pictures of a tree into OpenDocument, and collect their automatic styles and files."""

    paper: Paper
    pictures: Mapping[str, Picture]
    styles: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    _tables: int = 0

    def document(self, blocks: Sequence[Block]) -> list[Block]:
        """Return the complete text: without breaks at its edges, and with a tiny paragraph after a table at its end."""
        made = list(self.blocks(blocks, self.paper.text_width))
        while made and made[0] == BREAK:
            del made[0]
        while made and made[-1] == BREAK:
            del made[-1]
        # Otherwise LibreOffice adds a full line after a last table, and perhaps a page for it.
        return [*made, _raw('<text:p text:style-name="Table_20_Gap"/>')] if made and made[-1] == TABLE_END else made

    def blocks(self, blocks: Sequence[Block], room: float) -> Iterator[Block]:
        """Return the blocks in a place `room` points wide. Tables in lists come after the list."""
        for block in blocks:
            if block["t"] == "Table":
                yield from self._table(block, room)
            elif block["t"] == "BlockQuote":
                yield {"t": "BlockQuote", "c": list(self.blocks(block["c"], room))}
            elif block["t"] == "Div" and (style := pairs_of(block).get("custom-style")):
                yield BREAK if style == PAGE_BREAK else _styled(style, list(self.blocks(block["c"][1], room)))
            elif block["t"] == "Div":
                yield from self.blocks(block["c"][1], room)
            else:
                tables: list[Block] = []
                yield self._words(_without_tables(block, tables), room)
                for table in tables:
                    yield from self._table(table, room)

    def _words(self, block: Block, room: float) -> Block:
        def note(inline: Inline) -> Inline:
            return {"t": "Note", "c": list(self.blocks(inline["c"], self.paper.text_width))}

        made: Block = replaced(block, {"Image": lambda image: self._picture(image, room), "Note": note})
        return made

    # --- tables ---

    def _table(self, table: Block, room: float) -> Iterator[Block]:
        name = pairs_of(table).get("custom-style", "Table")
        look = LOOKS.get(name, LOOKS["Table"])
        grid = grid_of(table)
        widths = _widths(table, room, look)
        self._tables += 1
        style = f"cpd{self._tables}"
        self._add_style(style, "table", f'style:width="{room:.2f}pt" table:align="left" '
                        f'fo:margin-bottom="{look.below:g}pt"' + TOGETHER * look.together)  # fmt: skip
        for at, width in enumerate(widths):
            self._add_style(f"{style}.{at}", "table-column", f'style:column-width="{width:.2f}pt"')
        columns = "".join(f'<table:table-column table:style-name="{style}.{at}"/>' for at in range(len(widths)))
        yield _raw(f'<table:table table:name="{style}" table:style-name="{style}">{columns}')
        if grid.head:
            yield _raw("<table:table-header-rows>")
            yield from self._row(grid.head, [(f"{name}.head", "Table_20_Heading")] * len(widths), grid.aligns, widths)
            yield _raw("</table:table-header-rows>")
        looks = [(f"{name}.first", look.first), *[(f"{name}.cell", look.text)] * (len(widths) - 1)]
        for row in grid.rows:
            yield from self._row(row, looks, grid.aligns, widths)
        yield TABLE_END

    def _row(
        self, row: Sequence[list[Block]], looks: Sequence[tuple[str, str]], aligns: Sequence[str], widths: list[float]
    ) -> Iterator[Block]:
        yield _raw('<table:table-row table:style-name="cpd.row">')
        for cell, (style, text), align, width in zip(row, looks, aligns, widths, strict=False):
            yield _raw(f'<table:table-cell table:style-name="{style}" office:value-type="string">')
            for block in cell:
                yield from self._cell_block(block, text, align, width)
            yield _raw(f'<text:p text:style-name="{text}"/></table:table-cell>' if not cell else "</table:table-cell>")
        yield _raw("</table:table-row>")

    def _cell_block(self, block: Block, style: str, align: str, width: float) -> Iterator[Block]:
        if block["t"] not in ("Plain", "Para"):
            yield from self.blocks([block], width)
            return
        if block["c"] and block["c"][0]["t"] == "Image" and block["c"][0]["c"][2][1] == BAR:
            style = BAR_STYLES[style]
        elif align in ALIGNMENTS:
            parent, style = style, f"{style}.{ALIGNMENTS[align]}"
            self._add_style(style, "paragraph", f'fo:text-align="{ALIGNMENTS[align]}"', parent)
        # Pandoc gives a custom style to a Para, but not to a Plain.
        yield _styled(style, [{"t": "Para", "c": self._words(block, width)["c"]}])

    # --- pictures ---

    def _picture(self, image: Inline, room: float) -> Inline:
        """Return a picture as a frame; its words if it is missing."""
        (_, _, size), label, (address, title) = image["c"]
        lengths = {side: _points(length) for side, length in size}
        if title == BAR:
            data, words = b64decode(address.partition(",")[2]), ""
            name, shape = f"bar-{crc32(data):08x}.png", lengths["height"] / lengths["width"]
        elif picture := self.pictures.get(address.removeprefix(MEDIA)):
            name, data = f"{picture.name.rsplit('.', 1)[0]}.{picture.suffix}", picture.data
            words, shape = "".join(map(words_of, label)), picture.height / picture.width
            lengths.setdefault("width", picture.width * POINTS_PER_INCH / DOTS_PER_INCH)
        else:
            return {"t": "Emph", "c": label}
        width = min(lengths["width"], room, (TALLEST if title == DRAWING else PICTURE_HEIGHT) / shape)
        self.files[f"Pictures/{name}"] = data
        description = f"<svg:desc>{_escaped(words)}</svg:desc>" if words else ""
        frame = f'draw:style-name="Graphics" text:anchor-type="as-char" {_size(width, width * shape)}'
        file = f'xlink:href="Pictures/{name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
        markup = f"<draw:frame {frame}><draw:image {file}/>{description}</draw:frame>"
        return {"t": "RawInline", "c": ["opendocument", markup]}

    def _add_style(self, name: str, family: str, properties: str, parent: str = "") -> None:
        above = f' style:parent-style-name="{parent}"' if parent else ""
        self.styles[name] = (
            f'<style:style style:name="{name}" style:family="{family}"{above}>'
            f"<style:{family}-properties {properties}/></style:style>"
        )


ALIGNMENTS = {"AlignRight": "end", "AlignCenter": "center"}
TOGETHER = ' style:may-break-between-rows="false"'


def _size(width: float, height: float) -> str:
    return f'svg:width="{width:.2f}pt" svg:height="{height:.2f}pt"'


def _raw(markup: str) -> Block:
    return {"t": "RawBlock", "c": ["opendocument", markup]}


BREAK = _raw('<text:p text:style-name="Page_20_Break"/>')
TABLE_END = _raw("</table:table>")


def _points(length: str) -> float:
    """Return in points a length given in points or centimetres."""
    return float(length[:-2]) * (POINTS_PER_INCH / CENTIMETRES_PER_INCH if length.endswith("cm") else 1)


def _styled(style: str, blocks: list[Block]) -> Block:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def _without_tables(block: Block, tables: list[Block]) -> Block:
    """Return a list or quotation without its tables; add these to `tables`."""
    if block["t"] in ("BulletList", "OrderedList"):
        *start, items = block["c"] if block["t"] == "OrderedList" else (block["c"],)
        kept = [_kept(item, tables) for item in items]
        return {"t": block["t"], "c": [*start, kept] if start else kept}
    return {"t": "BlockQuote", "c": _kept(block["c"], tables)} if block["t"] == "BlockQuote" else block


def _kept(blocks: Sequence[Block], tables: list[Block]) -> list[Block]:
    tables += [block for block in blocks if block["t"] == "Table"]
    return [_without_tables(block, tables) for block in blocks if block["t"] != "Table"]


def _widths(table: Block, room: float, look: TableLook) -> list[float]:
    """Return the width of each column in points."""
    given = [width.get("c", 0) for _, width in table["c"][2]]
    grid = grid_of(table)
    rows = [[plain(cell) for cell in row] for row in (grid.head, *grid.rows) if row]
    if not all(given):
        shares = by_content(rows, len(given), room, SIDES)
    else:
        shares = [share / sum(given) for share in given]
        shares = with_words(shares, rows, room, SIDES) if look.ruled else shares
    return [share * room for share in shares]


# --- the package ---


def _automatic_styles(content: str) -> str:
    return content.partition("<office:automatic-styles>")[2].partition("</office:automatic-styles>")[0]


def _content(content: str, styles: str) -> str:
    """Return `content.xml` with our automatic styles. Pandoc escapes `<` and `"` in words, so they are never markup."""
    head, start, body = content.partition("<office:body>")
    body = re.sub(r'text:style-name="[^"]*', lambda hit: hit[0].replace(" ", "_20_"), body)
    note = '<text:note-body><text:p text:style-name="Footnote">'
    body = body.replace(note, f"{note}\u2002")
    broken: set[str] = set()

    def after_break(hit: re.Match[str]) -> str:
        broken.add(hit[2])
        return f'{hit[1]}{hit[2]}.page"'

    body = re.sub(rf'{re.escape(BREAK["c"][1])}\s*(<text:[hp] text:style-name=")([^"]*)"', after_break, body)
    for name in sorted(broken):
        named = f'style:name="{name}.page" style:family="paragraph" style:parent-style-name="{name}"'
        breaks = '<style:paragraph-properties fo:break-before="page" fo:margin-top="0pt"/>'
        styles += f"<style:style {named}>{breaks}</style:style>"
    head = _indents(head).replace("</office:automatic-styles>", f"{styles}</office:automatic-styles>")
    return with_directions(head + start + body)


def _indents(head: str) -> str:
    """Return the styles with smaller indents of lists and quotations than Pandoc's quarter and half inches."""

    def level(hit: re.Match[str]) -> str:
        left = f"{(float(hit[1]) * 4 - 1) * LIST_STEP:g}pt"
        indent = f'fo:text-indent="-{LIST_HANG:g}pt" fo:margin-left="{left}"'
        return f'text:list-tab-stop-position="{left}" {indent}'

    head = head.replace('fo:text-align="right"', 'fo:text-align="start"')
    inches = r'"-?([\d.]+)in"'
    head = re.sub(f"text:list-tab-stop-position={inches} fo:text-indent={inches} fo:margin-left={inches}", level, head)
    return re.sub(
        rf'(?<="Quotations">)(\s*<style:paragraph-properties) fo:margin-left={inches}',
        lambda hit: f'{hit[1]} fo:margin-left="{(float(hit[2]) * 2 - 1) * QUOTE_STEP:g}pt"',
        head,
    )


def _owners(styles: str, look: Look) -> str:
    """Return styles in the colours and the font of the owner."""
    font = _escaped(look.font)
    return look.recoloured(
        styles.replace(f'"{FONT}"', f'"{font}"').replace(f"'{FONT}'", f"'{font}'") if font else styles
    )


def _styles(styles: str, properties: DocumentProperties, paper: Paper) -> str:
    """Return `styles.xml` for this paper and language, with the words of header and footer."""
    language, _, country = properties.language.partition("-")
    right = _escaped(properties.header_right)
    pages = {
        "{page}": '<text:page-number text:select-page="current">1</text:page-number>',
        "{pages}": "<text:page-count>1</text:page-count>",
    }
    words = {
        "{left}": _escaped(properties.header_left),
        "{right}": f"<text:title>{right}</text:title>" if properties.header_right == properties.title else right,
        "{period}": _escaped(properties.footer_left),
        "{label}": re.sub(r"\{pages?\}", lambda hit: pages[hit[0]], _escaped(properties.page_label)),
    }
    values = {
        "fo:page-width": f"{paper.width:g}pt",
        "fo:page-height": f"{paper.height:g}pt",
        "style:position": f"{paper.text_width:g}pt",
        "fo:language": xml_text(language),
        "fo:country": xml_text(country) or "none",
    }
    styles = re.sub(rf'({"|".join(values)})="[^"]*"', lambda hit: f"{hit[1]}={quoteattr(values[hit[1]])}", styles)
    return re.sub(r"\{(?:left|right|period|label)\}", lambda hit: words[hit[0]], styles)


NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
"""The XML namespaces of `meta.xml`."""


def _meta(properties: DocumentProperties) -> str:
    """Return `meta.xml`. Pandoc's own would print the title and the author as well."""
    values = [
        ("meta:generator", "cpdkit"),
        ("dc:title", properties.title),
        ("dc:subject", properties.subject),
        *(("meta:keyword", word) for word in properties.keywords),
        ("meta:initial-creator", properties.author),
        ("dc:creator", properties.author),
        ("meta:creation-date", iso_time(properties.epoch)),
        ("dc:date", iso_time(properties.epoch)),
        ("dc:language", properties.language),
    ]
    inside = "".join(f"<{name}>{_escaped(value)}</{name}>" for name, value in values if value)
    namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document-meta office:version="1.3" {namespaces}>'
        f"<office:meta>{inside}</office:meta></office:document-meta>"
    )


def _manifest(manifest: str, files: Mapping[str, bytes]) -> str:
    """Return the list of parts with the pictures and without duplicates. Pandoc lists formulas twice."""
    entries = dict.fromkeys(re.findall(r"<manifest:file-entry [^>]*/>", manifest))
    for name in files:
        kind = TYPES[name.rpartition(".")[2]]
        entries[f'<manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{name}" />'] = None
    return f"{manifest.partition('<manifest:file-entry')[0]}{''.join(entries)}</manifest:manifest>"


def _escaped(words: str) -> str:
    return escape(xml_text(words))
