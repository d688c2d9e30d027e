"""Read a finished document with programs other than cpdkit: its text, links and descriptions."""

import ctypes
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import lxml.html
import pikepdf
import pypdfium2
from docx import Document
from lxml import etree
from markdown_it import MarkdownIt

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"


FORMULA = "\ue000", "\ue001"
"""The marks around a formula. Neither is a letter, so `squeezed` removes them."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A document's text with its notes at the end, the addresses of links and the descriptions of pictures."""

    text: str
    links: frozenset[str]
    described: str


def squeezed(text: str) -> str:
    """Return the letters, marks and digits of a text; compatibility forms such as ligatures become plain letters."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each)[0] in "LMN")


def read_back(suffix: str, data: bytes) -> ReadBack:
    return READERS[suffix](data)


def _docx(data: bytes) -> ReadBack:
    parts = {part.partname: part for part in Document(io.BytesIO(data)).part.package.iter_parts()}
    body = etree.fromstring(parts["/word/document.xml"].blob)
    notes = parts.get("/word/footnotes.xml")
    text = "\n".join(_docx_text(root) for root in (body, notes and etree.fromstring(notes.blob)) if root is not None)
    links = {rel.target_ref for part in parts.values() for rel in part.rels.values() if rel.is_external}
    return ReadBack(text, frozenset(links), "\n".join(each.get("descr", "") for each in body.iter(WP + "docPr")))


def _docx_text(root: Any) -> str:
    breaks = {W + "p": "\n", W + "br": "\n", W + "tab": " "}
    for formula in root.iter(M + "oMath"):
        texts = [each for each in formula.iter(M + "t") if each.text]
        texts[0].text = FORMULA[0] + texts[0].text
        texts[-1].text += FORMULA[1]
    return "".join(
        each.text or "" if each.tag in (W + "t", M + "t") else breaks.get(each.tag, "") for each in root.iter()
    )


def _html(data: bytes) -> ReadBack:
    root = lxml.html.fromstring(data)
    links = {link.get("href") for link in root.iter("a") if link.get("href")}
    pictures = [each.get("alt", "") for each in root.iter("img")]
    for each in [*root.iter("style", "annotation", "title")]:
        each.drop_tree()
    for formula in root.iter("math"):
        formula.text, formula.tail = FORMULA[0] + (formula.text or ""), FORMULA[1] + (formula.tail or "")
    for each in root.xpath("//a[@role='doc-noteref' or @role='doc-backlink']"):
        each.drop_tree()
    return ReadBack(root.text_content(), frozenset(links), "\n".join(pictures))


def _odt(data: bytes) -> ReadBack:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist() if name.endswith("content.xml")}
    root = etree.fromstring(files["content.xml"])
    notes: list[str] = []
    text = "".join(_odt_text(root, files, notes))
    links = {link.get(XLINK + "href") for link in root.iter(TEXT + "a")}
    described = [each.text or "" for each in root.iter(SVG + "desc", SVG + "title")]
    return ReadBack("\n".join([text, *notes]), frozenset(links), "\n".join(described))


def _odt_text(node: Any, files: Mapping[str, bytes], notes: list[str]) -> Iterator[str]:
    """Return the words below a node; those of a formula are in its own file, those of a note go to the end."""
    if node.tag == TEXT + "note":
        notes.append("".join(_odt_text(node.find(TEXT + "note-body"), files, notes)))
    elif node.tag == DRAW + "object":
        formula = etree.fromstring(files[node.get(XLINK + "href").strip("./") + "/content.xml"])
        yield "".join(each.text or "" for each in formula.iter() if each.tag != MATHML + "annotation").join(FORMULA)
    elif node.tag not in (SVG + "desc", SVG + "title"):
        yield node.text or ""
        for child in node:
            yield from _odt_text(child, files, notes)
            yield child.tail or ""
        yield "\n" if node.tag in (TEXT + "p", TEXT + "h") else " " if node.tag == TEXT + "s" else ""


def _md(data: bytes) -> ReadBack:
    """Read Markdown with another CommonMark parser. It reads formulas and notes as text; marks of notes are removed."""
    without_notes = re.sub(r"(?<!\\)\[\^\d+\]:?", "", data.decode("utf-8"))
    marked = re.sub(r"(\$`|``` math\n)([^`]*?)(`\$|\n *```)", r"\1{}\2{}\3".format(*FORMULA), without_notes)
    shown = MarkdownIt("commonmark").enable("table").render(marked)
    root = lxml.html.fromstring(f"<main>{shown}</main>")
    links = {unquote(link.get("href")) for link in root.iter("a")}
    return ReadBack(root.text_content(), frozenset(links), root.text_content())


def _pdf(data: bytes) -> ReadBack:
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    with pikepdf.open(io.BytesIO(data)) as opened:
        links = {
            str(note.A.URI) for page in opened.pages for note in page.get("/Annots", []) if "/URI" in note.get("/A", {})
        }
        described = [
            str(each.Alt) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    return ReadBack("\n".join(map(_without_margins, pages)), frozenset(links), "\n".join(described))


def _without_margins(page: str) -> str:
    """Return a page without its header and footer, which could interrupt a paragraph that crosses pages."""
    lines = page.splitlines()
    if lines and re.search(r"Page \d+ of \d+$", lines[-1]):
        lines.pop()
    if lines and lines[0].endswith("MIET Detailed activity report"):
        lines.pop(0)
    # A soft hyphen at the end of a line is read as U+FFFE.
    return "\n".join(lines).replace("\ufffe", "")


READERS: Mapping[str, Callable[[bytes], ReadBack]] = {
    "docx": _docx,
    "html": _html,
    "md": _md,
    "odt": _odt,
    "pdf": _pdf,
}


# --- a PDF in the order of its structure ---


def by_structure(data: bytes) -> str:
    """Return a PDF's text in the order of its structure, as a screen reader reads it: no headers or footers."""
    notes: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}
        text = "".join(_pdf_text(opened.Root.StructTreeRoot.K, _marked_text(data), pages, -1, notes))
    # A hyphen at the end of a line is read as U+0002.
    return "\n".join([text, *notes]).replace("\x02", "-")


def _marked_text(data: bytes) -> dict[tuple[int, int], str]:
    """Return the text of each piece of marked content, by page and number."""
    found: dict[tuple[int, int], str] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for piece in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=15):
                place = number, pypdfium2.raw.FPDFPageObj_GetMarkedContentID(piece)
                # The headers and footers of pages have no number.
                if place[1] >= 0:
                    found[place] = found.get(place, "") + _piece_text(piece, text)
    return found


def _piece_text(piece: Any, page: Any) -> str:
    size = pypdfium2.raw.FPDFTextObj_GetText(piece, page, None, 0)
    held = ctypes.create_string_buffer(size)
    pypdfium2.raw.FPDFTextObj_GetText(piece, page, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), size)
    return held.raw.decode("utf-16-le").rstrip("\0")


PDF_BLOCKS = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TR", "/LI", "/Div", "/Figure", "/Code"))


def _pdf_text(
    node: Any, marked: Mapping[tuple[int, int], str], pages: Mapping[Any, int], page: int, notes: list[str]
) -> Iterator[str]:
    """Return the words below a node of the structure; those of a note go to the end, without its number."""
    if isinstance(node, int):
        yield marked.get((page, node), "")
    elif isinstance(node, pikepdf.Array):
        for child in node:
            yield from _pdf_text(child, marked, pages, page, notes)
    else:
        kind = str(node.get("/S", ""))
        page = pages[node.Pg.objgen] if "/Pg" in node else page
        inside = _pdf_text(node.get("/MCID", node.get("/K", -1)), marked, pages, page, notes)
        if kind == "/Note":
            notes.append("".join(inside))
        elif kind == "/Formula":
            yield "".join(inside).join(FORMULA)
        elif kind not in ("/Lbl", "/Reference"):
            yield from inside
        if kind in PDF_BLOCKS:
            yield "\n"
