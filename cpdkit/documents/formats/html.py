"""Write the HTML: one file with its own style, without scripts and without external resources."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from string import Template
from typing import Any

from cpdkit.documents import pandoc
from cpdkit.documents.diagram.placed import DRAWING, svg_name
from cpdkit.documents.formats.layout import PAPERS, paper_named, with_words
from cpdkit.documents.formats.package import xml_text
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.documents.formats.skeleton_parts import (
    Cell,
    SkeletonRewriter,
    cell,
    data_uri,
    div,
    figure_words,
    grid_in,
    joined,
    paragraph,
    plain,
    row,
    shares_of,
    table,
    without_page,
    words,
)
from cpdkit.documents.formats.stand_ins import Picture, pictures
from cpdkit.documents.literal import pieces
from cpdkit.documents.look import look_file
from cpdkit.documents.report_files import LAYOUTS
from cpdkit.documents.tree import Block, Inline, attr, classes_of, document, text
from cpdkit.documents.view import Bar, Chart

IMAGE = re.compile(rb'src="cpd-media:([A-Za-z0-9._-]+)"')
IDENTIFIER = re.compile(rb'(?<= id=")[^"]*(?=")')
TABLE = re.compile(rb"<table>[^<]*+(?:<(?!/?table>)[^<]*+)*+</table>")
TABLE_HEAD = re.compile(rb"<thead>[^<]*+(?:<(?!/?thead>)[^<]*+)*+</thead>")
FORMULA = re.compile(rb'<math display="block"[^<]*+(?:<(?!/?math[ >])[^<]*+)*+</math>')
HEADING = re.compile(r'<h([23])(?= )(?=[^<>]* id="([^"<>]*)")[^<>]*+>([^<]*+(?:<(?!/?h[23][ >])[^<]*+)*+)</h\1>')
UNSEEN = re.compile(
    r"<annotation[^<]*+</annotation>|<a (?=[^<>]*footnote-ref)[^<>]*+>[^<]*+(?:<(?!/?a[ >])[^<]*+)*+</a>"
)
IN_LANGUAGE = re.compile(r'(<span lang="[^"<>]*">)([^<]*+(?:<(?!/?span[ >])[^<]*+)*+)</span>')
TAG = re.compile(r"<[^<>]*>")
CELL_SIDE = 10.0
"""The space between two columns in points."""

LONGEST_NAME = 120
"""Characters of the name of a table, which is made of the words of its header row."""

CONTENTS = "page-contents"
LEAST_CONTENTS = 4
"""A page with fewer headings has no contents."""
CV_HEAD = 'class="cv-head"'
"""The beginning of a CV, which is short and has no contents either."""

UNSCOPED = re.compile(rb"<th(?=[ >])(?![^>]* scope=)")
OPTIONS = ("--mathml", "--wrap=none", "--syntax-highlighting=none", "--figure-caption-position=above")


def write_html(ast: dict[str, Any], media: Mapping[str, bytes], properties: DocumentProperties) -> bytes:
    """Return the document as one self-contained HTML file."""
    rewriter = SkeletonRewriter(RULES, _chart, without_page)
    rewritten = document(list(_sections(rewriter.blocks(ast["blocks"]))))
    tree = json.dumps(rewritten, ensure_ascii=False, separators=(",", ":")).encode()
    body = pandoc.write(tree, "html5", epoch=properties.epoch, extra=OPTIONS)
    images = pictures(media, office=False)
    seen = IMAGE.sub(lambda hit: _source(images.get(hit[1].decode()), media.get(svg_name(hit[1].decode()))), body)
    seen = seen.replace(f' title="{DRAWING}"'.encode(), b"")
    finished = _unique(_in_boxes(_with_scopes(seen), properties))
    return _page(finished.decode("utf-8"), properties).encode("utf-8")


# --- dressing ---


def _raw(markup: str) -> Block:
    return {"t": "RawBlock", "c": ["html", markup]}


def _sections(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with a `section` around each second-level heading and the blocks below it."""
    inside = False
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] == 2:
            yield _raw("</section>\n<section>" if inside else "<section>")
            inside = True
        yield block
    if inside:
        yield _raw("</section>")


def _title_block(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return [_raw('<header class="title-block">'), *rewriter.blocks(block["c"][1]), _raw("</header>")]


def _activity(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    classes = ["activity", *(name for name in classes_of(block) if name in LAYOUTS)]
    return [_raw(f'<article class="{" ".join(classes)}">'), *rewriter.blocks(block["c"][1]), _raw("</article>")]


def _nothing(_block: Block, _rewriter: SkeletonRewriter) -> list[Block]:
    return []


def _notice(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    return [div(attr(classes=("notice",), role="note"), rewriter.blocks(block["c"][1]))]


def _terms(block: Block, _dress: SkeletonRewriter) -> list[Block]:
    """Return labels and values as a description list."""
    pairs = [[_inlines(label), [value]] for label, value in (cells[:2] for cells in grid_in(block).rows)]
    return [div(attr(classes=tuple(classes_of(block))), [{"t": "DefinitionList", "c": pairs}])] if pairs else []


def _inlines(cell: Cell) -> list[Inline]:
    return [inline for block in cell for inline in block["c"]]


def _figures(block: Block, _dress: SkeletonRewriter) -> list[Block]:
    cells = [figure_words(each) for cells in grid_in(block).rows for each in cells]
    items = [[paragraph(*joined(parts, {"t": "Space"}))] for parts in cells]
    return [div(attr(classes=("figures",)), [{"t": "BulletList", "c": items}])] if items else []


def _chart(chart: Chart, _dress: SkeletonRewriter) -> list[Block]:
    if not chart.bars:
        return [div(attr(classes=("caption",)), [{"t": "Para", "c": words(chart.caption)}])]
    drawn = _columns(chart) if chart.shape == "columns" else _bars(chart)
    classes = ("chart", chart.shape, "wide") if chart.wide else ("chart", chart.shape)
    caption = [None, [paragraph(*words(chart.caption))]]
    # An attribute has one language. In a partial translation, the caption and the table have the same words in two.
    is_mixed = any(is_english for _, is_english in pieces(chart.alt))
    facts = {} if is_mixed else {"aria_label": chart.alt}
    facts["style"] = f"--numbers:{max(len(bar.hours) for bar in chart.bars)}ch"
    return [{"t": "Figure", "c": [attr(classes=classes, **facts), caption, [drawn]]}]


def _heading_cell(inlines: list[Inline], scope: str) -> list[Any]:
    return cell([paragraph(*inlines)], attr(scope=scope))


def _drawn(kind: str, share: float) -> Inline:
    classes = (kind,) if share else (kind, "none")
    return {"t": "Span", "c": [attr(classes=classes, style=f"--share:{share:.4f}"), []]}


def _bars(chart: Chart) -> Block:
    """Return a table with a row per label: its words, bar and number. Only screen readers use the header row."""
    head = row([_heading_cell(words(each), "col") for each in (chart.label_heading, chart.value_heading)])
    rows = [
        row([_heading_cell(words(bar.label), "row"), cell([paragraph(_drawn("bar", share), *words(bar.hours))])])
        for bar, share in zip(chart.bars, chart.shares, strict=True)
    ]
    return table(rows, [None] * 2, head=[head], attributes=attr(classes=("drawn",)), row_heads=1)


def _columns(chart: Chart) -> Block:
    """Return a table with a column per label. The style sheet puts the header row, the labels, below the columns."""
    head = row([_heading_cell(_short(bar), "col") for bar in chart.bars])
    cells = [
        cell([paragraph(_heard(bar.hours, share), _drawn("column", share))])
        for bar, share in zip(chart.bars, chart.shares, strict=True)
    ]
    return table([row(cells)], [None] * len(cells), head=[head], attributes=attr(classes=("drawn",)))


def _heard(number: str, share: float) -> Inline:
    """Return the number over a column. Only screen readers read a zero."""
    return {"t": "Span", "c": [attr(classes=() if share else ("heard",)), [text(number)]]}


def _short(bar: Bar) -> list[Inline]:
    if bar.short_word == bar.label:
        return [text(bar.short_word)]
    seen = {"t": "Span", "c": [attr(aria_hidden="true"), [text(bar.short_word)]]}
    return [seen, {"t": "Span", "c": [attr(classes=("heard",)), words(bar.label)]}]


def _list(block: Block, rewriter: SkeletonRewriter) -> list[Block]:
    """Return a table that becomes a list of cards on a phone. Roles keep it a table for screen readers."""
    grid = grid_in(block)
    if not grid.head:
        return rewriter.blocks(block["c"][1])
    names = [plain(each) for each in grid.head]
    head = row([cell(each, attr(scope="col", role="columnheader")) for each in grid.head])
    head[0] = attr(role="row")
    rows = [row([cell(each, _card(name)) for each, name in zip(cells, names, strict=False)]) for cells in grid.rows]
    for each in rows:
        each[0] = attr(role="row")
    shares = with_words(
        shares_of(block, len(grid.aligns)),
        [[plain(each) for each in cells] for cells in (grid.head, *grid.rows)],
        PAPERS["a4"].text_width,
        CELL_SIDE,
    )
    made = table(rows, shares, aligns=grid.aligns, head=[head], attributes=attr(role="table"))
    return [div(attr(classes=tuple(classes_of(block))), [made])]


def _card(label: str) -> list[Any]:
    return attr(role="cell", data_label=label)


RULES = {
    "title-block": _title_block,
    "activity": _activity,
    "notice": _notice,
    "contents": _nothing,
    "facts": _terms,
    "fields": _terms,
    "figures": _figures,
    "list": _list,
}


# --- finishing ---


def _source(picture: Picture | None, drawing: bytes | None = None) -> bytes:
    if picture is None:
        return b'src="data:,"'
    if drawing:
        return f'src="{data_uri(drawing, "image/svg+xml")}"'.encode()
    size = f' width="{picture.width}" height="{picture.height}"'
    return f'src="{data_uri(picture.data, picture.type)}"{size}'.encode()


def _with_scopes(body: bytes) -> bytes:
    """Give every header cell a scope. Pandoc escapes `<` in text and attributes, so these bytes are always tags."""
    scoped = UNSCOPED.sub(b'<th scope="col"', body)
    # Disable checkboxes, since the page does not save them.
    return scoped.replace(b'<input type="checkbox"', b'<input type="checkbox" disabled=""')


def _in_boxes(body: bytes, properties: DocumentProperties) -> bytes:
    """Put every table and formula of a body into a box that can scroll, also with the keyboard, and has a name."""

    def boxed_table(hit: re.Match[bytes]) -> bytes:
        head = TABLE_HEAD.search(hit[0])
        words = _words(head[0].decode().replace("</th>", ", ")).strip(", ") if head else ""
        name = f"{properties.table_label}: {words}" if words else properties.table_label
        return b"<div%s>%s</div>" % (_box("scroll", name), hit[0])

    def boxed_formula(hit: re.Match[bytes]) -> bytes:
        return b"<span%s>%s</span>" % (_box("formula", properties.formula_label), hit[0])

    return FORMULA.sub(boxed_formula, TABLE.sub(boxed_table, body))


def _box(kind: str, name: str) -> bytes:
    short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return f' class="{kind}" tabindex="0" role="group" aria-label="{_escaped(short)}"'.encode()


def _words(markup: str) -> str:
    """Return the words of a part of the page."""
    return " ".join(html.unescape(TAG.sub("", UNSEEN.sub("", markup))).split())


def _contents(body: str, label: str) -> str:
    """Return links to the sections and, below each, to its activities; empty for a short page."""
    headings = [(int(hit[1]), hit[2], _named(hit[3])) for hit in HEADING.finditer(body)]
    if len(headings) < LEAST_CONTENTS or CV_HEAD in body:
        return ""
    sections: list[tuple[str, list[str]]] = []
    for level, identifier, name in headings:
        link = f'<a href="#{identifier}">{name}</a>'
        if level == 2 or not sections:
            sections.append((link, []))
        else:
            sections[-1][1].append(link)
    items = "\n".join(f"<li>{link}{_listed(below)}</li>" for link, below in sections)
    shown = _escaped(label)
    return (
        f'<nav class="contents" id="{CONTENTS}" aria-label="{shown}"><details><summary>{shown}</summary>\n'
        f'<ol>\n{items}\n</ol>\n</details></nav>\n<a class="to-contents" href="#{CONTENTS}">{shown}</a>\n'
    )


def _named(heading: str) -> str:
    """Return the words of a heading, and the language of those in another one."""
    first, *others = IN_LANGUAGE.split(heading)
    shown = [_escaped(_words(first))]
    for start, inside, after in zip(others[::3], others[1::3], others[2::3], strict=True):
        shown += [f"{start}{_escaped(_words(inside))}</span>", _escaped(_words(after))]
    return " ".join(filter(None, shown))


def _listed(links: Sequence[str]) -> str:
    return "<ol>" + "".join(f"<li>{link}</li>" for link in links) + "</ol>" if links else ""


def _unique(body: bytes) -> bytes:
    """Make identifiers unique: a repeated one gets a number."""
    seen: dict[bytes, int] = {}

    def fresh(hit: re.Match[bytes]) -> bytes:
        name = hit[0]
        seen[name] = seen.get(name, 0) + 1
        return name if seen[name] == 1 else _fresh_name(name, seen)

    return IDENTIFIER.sub(fresh, body)


def _fresh_name(name: bytes, seen: dict[bytes, int]) -> bytes:
    number = seen[name]
    while (made := name + b"-%d" % number) in seen:
        number += 1
    seen[made] = 1
    return made


def _page(body: str, properties: DocumentProperties) -> str:
    template = Template(look_file("page.html").read_text("utf-8"))
    return template.substitute(
        language=_escaped(properties.language),
        title=_escaped(properties.title),
        meta=_meta(properties),
        colours=_colours(properties),
        css=properties.look.file("page.css").decode("utf-8").strip(),
        page_css=_page_css(properties),
        contents=_contents(body, properties.contents_label),
        body=body.strip(),
        footer=_escaped(properties.footer_left),
        skip=_escaped(properties.skip_label),
        name=_escaped(properties.header_left),
    )


def _escaped(words: str) -> str:
    return html.escape(xml_text(words))


def _meta(properties: DocumentProperties) -> str:
    values = {
        "author": properties.author,
        "description": properties.subject,
        "keywords": ", ".join(properties.keywords),
    }
    return "".join(f'<meta name="{name}" content="{_escaped(value)}">\n' for name, value in values.items() if value)


def _colours(properties: DocumentProperties) -> str:
    """Return the palette as custom properties. Printed pages are light even if the reader prefers dark ones."""
    light, dark = (
        ":root { " + " ".join(f"--{name}: {colour};" for name, colour in properties.look.palette(theme).items()) + " }"
        for theme in ("light", "dark")
    )
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n@media print {{ {light} }}"


def _page_css(properties: DocumentProperties) -> str:
    """Return the running header and footer of the printed page."""
    size = "letter" if paper_named(properties.paper).name == "letter" else "A4"
    label = properties.page_label.replace("{pages}", "\0s\0").replace("{page}", "\0p\0").split("\0")
    counters = {"p": "counter(page)", "s": "counter(pages)"}
    number = " ".join(counters.get(part, _css_string(part)) for part in label if part)
    box = f"font: 8.5pt Calibri, Carlito, sans-serif; color: {properties.look.palette()['soft']};"
    contents = {
        "top-left": _css_string(properties.header_left),
        "top-right": _css_string(properties.header_right),
        "bottom-left": _css_string(properties.footer_left),
        "bottom-right": number,
    }
    boxes = "".join(f" @{place} {{ content: {content}; {box} }}" for place, content in contents.items())
    first = "@page :first { @top-left { content: none } @top-right { content: none } }"
    return f"@page {{ size: {size}; margin: 21mm 20mm 18mm;{boxes} }}\n{first}{_font(properties)}"


def _font(properties: DocumentProperties) -> str:
    """Return the rule for the owner's font; empty without one."""
    font = properties.look.font
    return f"\nbody {{ font-family: {_css_string(font)}, sans-serif; }}" if font else ""


def _css_string(words: str) -> str:
    """Return a CSS string. Characters that could end it, or the style element, are escaped."""
    return '"' + re.sub(r"""["\\<>\x00-\x1f\x7f]""", lambda hit: f"\\{ord(hit[0]):x} ", xml_text(words)) + '"'
