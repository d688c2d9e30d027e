"""Write the PDF: our Typst program draws the document's tree in a limited child process, from copied files."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpdkit.documents.formats import mathml
from cpdkit.documents.formats.fonts import (
    CODE,
    MATHS,
    TEXT,
    MissingGlyph,
    codes_for,
    font_folders,
    in_codes,
    missing_glyphs,
)
from cpdkit.documents.formats.pdf_tree import tree_of
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.documents.look import SHIPPED, Look
from cpdkit.errors import ToolError, ToolFailed, ToolTimeout, gist
from cpdkit.text.process import run
from cpdkit.text.temporary import private_folder

STANDARDS = ("a-2a", "ua-1")
PROGRAM = ("report.typ", "charts.typ", "maths.typ", "palette.toml")
MAIN = PROGRAM[0]
OUT = "out.pdf"
FONTS = "fonts"
"""The folder of the owner's fonts."""
CONTENTS_FROM = 8
"""The pages from which a document has a list of contents."""
SURELY_LONG = 80_000
"""Bytes of a tree that surely has so many pages, of at most 6,700 bytes. Typst need not count them first."""
DOCUMENT, PAGE = "document.json", "properties.json"

GIB = 1024**3
MEMORY = 4 * GIB
"""The limit of the child's address space, in bytes."""
# Measured: 1,000 activities of 2 kB each take 660 MB and have a tree of 3 MB.
BASE_MEMORY = 150_000_000
MEMORY_PER_BYTE = 300
SECONDS = 60.0
SECONDS_PER_MEGABYTE = 30.0
MOST_ANSWER = 16 * 1024**2
"""Bytes of the child's answer: what Typst reports, at most 4 MB of it."""
ANSWERED = {"error", "refused", "standards", "broken", "has_font"}
SHORTER = "choose a shorter --period or fewer activities, or make DOCX or HTML, which have no such limit"

OTHER_WAY = "make DOCX or HTML instead, and please report this with the document's Markdown (--format md)"

_NO_SUSPECTS = re.compile(rb"(?<=/MarkInfo<</Marked true)/Suspects false(?=>>)")
"""A key with its default value. Poppler up to 23.02 reports its type as wrong on the terminal of each reader."""

_MEDIA_NAME = re.compile(r"[A-Za-z0-9_-]+\.[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF, the standards it was checked against, and what could not be drawn properly.

    `missing` are characters that no font has: the PDF shows their codes. `formulas` is the TeX shown as it was
    typed. `images` are the names of media that Typst cannot draw, shown by their alternative text. `refused` is any
    other reason why Typst refused the standards. `no_font` is the owner's font if it was not found. `pages` and
    `places` are known if they were wanted: each section, and where it begins, in pages from 0.
    """

    data: bytes
    standards: tuple[str, ...] = STANDARDS
    missing: tuple[MissingGlyph, ...] = ()
    formulas: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    refused: str = ""
    no_font: str = ""
    pages: int = 0
    places: tuple[tuple[str, float], ...] = ()


def write_pdf(
    ast: dict[str, Any], media: Mapping[str, bytes], properties: DocumentProperties, *, places: bool = False
) -> Pdf:
    """Draw the document; with `places`, find out on which page each section is.

    Raise ToolError if Typst is missing, fails, or would exceed its limits.
    """
    names = [name for name in media if _MEDIA_NAME.fullmatch(name)]
    document, unread = _document(ast, names, properties.page_column_label)
    _refuse_what_outgrows(document)
    seconds = _seconds(document)
    with private_folder() as root:
        page = _page(properties, is_long=len(document) > SURELY_LONG)
        _stage(root, document, {name: media[name] for name in names}, page, properties.look)
        del document  # its memory is free while Typst runs
        job = _job(root, names, properties) | {"places": places}
        answer = _typst(job, seconds)
        missing = missing_glyphs(answer.get("refused", ""), ast)
        if missing:
            _show_codes(root, codes_for(answer["refused"]), page)
            answer = _typst(job | {"last": True}, seconds)
        if answer["error"]:
            raise _failed(_first_line(answer["error"]), properties.look)
        no_font = "" if answer["has_font"] else properties.look.font
        return _pdf(_bytes_of(root / OUT), answer, missing, unread, no_font)


def _document(ast: dict[str, Any], media: Sequence[str], page_word: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the tree for Typst as JSON, and the formulas that are shown as typed.

    The tree itself is not kept: it is as large as the one that it is made from.
    """
    tree = tree_of(ast, media, page_word)
    unread = mathml.fill(tree.formulas)
    return json.dumps(tree.blocks, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), unread


def _pdf(
    data: bytes, answer: dict[str, Any], missing: tuple[MissingGlyph, ...], unread: tuple[str, ...], no_font: str
) -> Pdf:
    shown = _NO_SUSPECTS.sub(lambda key: b" " * len(key[0]), data, count=1)
    return Pdf(
        shown,
        tuple(answer["standards"]),
        missing,
        unread,
        tuple(answer["broken"]),
        _first_line(answer["refused"]),
        no_font,
        answer.get("pages", 0),
        tuple((str(name), float(page)) for name, page in answer.get("places", ())),
    )


def _refuse_what_outgrows(document: bytes) -> None:
    expected = BASE_MEMORY + MEMORY_PER_BYTE * len(document)
    if expected > MEMORY:
        raise ToolError(
            "typst",
            f"the PDF would need about {expected / GIB:.1f} GiB of memory; the limit is {MEMORY // GIB} GiB",
            SHORTER,
        )


def _seconds(document: bytes) -> float:
    return SECONDS + SECONDS_PER_MEGABYTE * len(document) / 1e6


def _stage(root: Path, document: bytes, media: Mapping[str, bytes], page: dict[str, Any], look: Look) -> None:
    """Copy regular files into a private folder: Typst follows links out of its root."""
    for name in PROGRAM:
        (root / name).write_bytes(look.file(name))
    for name, data in look.font_files.items():
        (root / FONTS).mkdir(exist_ok=True)
        (root / FONTS / name).write_bytes(data)
    for name, data in media.items():
        (root / name).write_bytes(data)
    (root / DOCUMENT).write_bytes(document)
    (root / PAGE).write_text(json.dumps(page), encoding="utf-8")


def _show_codes(root: Path, codes: Mapping[int, str], page: dict[str, Any]) -> None:
    """Replace characters in the words to draw; the properties of the PDF keep them."""
    document = in_codes(json.loads((root / DOCUMENT).read_bytes()), codes)
    (root / DOCUMENT).write_text(json.dumps(document), encoding="utf-8")
    drawn = {key: in_codes(page[key], codes) for key in ("header", "footer", "page_label")}
    (root / PAGE).write_text(json.dumps(page | drawn), encoding="utf-8")


def _page(properties: DocumentProperties, *, is_long: bool) -> dict[str, Any]:
    language, _, region = properties.language.partition("-")
    font = [properties.look.font] if properties.look.font else []
    return {
        "title": properties.title,
        "author": properties.author,
        "subject": properties.subject,
        "keywords": list(properties.keywords),
        "header": [properties.header_left, properties.header_right],
        "footer": properties.footer_left,
        "page_label": re.split(r"(\{pages?\})", properties.page_label),
        "language": language.lower() or "en",
        "region": region if re.fullmatch("[A-Za-z]{2}", region) else None,
        "paper": "us-letter" if properties.paper == "letter" else "a4",
        "image": properties.image_label,
        "least": properties.least_size,
        "contents": {"title": properties.contents_label, "from": CONTENTS_FROM, "long": is_long},
        "fonts": {
            "text": [*font, *TEXT],
            "code": CODE,
            "maths": MATHS,
        },
    }


def _job(root: Path, media: list[str], properties: DocumentProperties) -> dict[str, Any]:
    return {
        "root": str(root),
        "main": MAIN,
        "out": OUT,
        "media": media,
        "fonts": [
            *map(str, font_folders(properties.look.font)),
            *([str(root / FONTS)] if properties.look.font_files else []),
        ],
        "font": properties.look.font,
        "timestamp": properties.epoch,
        "standards": list(STANDARDS),
        "last": False,
        "places": False,
    }


def _typst(job: dict[str, Any], seconds: float) -> dict[str, Any]:
    command: list[str | Path] = [sys.executable, "-I", Path(__file__).with_name("typst_child.py")]
    stdin = json.dumps(job).encode()
    try:
        done = run(
            "typst", command, stdin=stdin, cwd=Path(job["root"]), timeout=seconds, memory=MEMORY, max_output=MOST_ANSWER
        )
    except ToolTimeout as error:
        error.hint = SHORTER
        raise
    except ToolFailed as error:
        raise _explained(error) from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer if answer.keys() >= ANSWERED else {"error": "it gave only part of an answer"}
    except (ValueError, AttributeError):
        raise _failed("it gave no answer") from None


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _failed("it wrote no file") from None


def _failed(reason: str, look: Look = SHIPPED) -> ToolError:
    own = [f"templates/look/{name}" for name in PROGRAM if name in look.files]
    hint = f"fix {' or '.join(own)}, or use the shipped files with --builtin-templates" if own else OTHER_WAY
    return ToolError("typst", f"Typst could not draw the PDF: {reason}", hint)


def _explained(error: ToolFailed) -> ToolError:
    """Return a crash with its likely cause: Typst aborts when it runs out of memory."""
    if "No module named 'typst'" in error.stderr:
        return ToolError("typst", "the Python package typst is not installed", "pip install typst==0.15.2")
    if error.code < 0 or "memory" in error.stderr:
        return ToolError("typst", f"Typst needed more than {MEMORY // GIB} GiB of memory to draw the PDF", SHORTER)
    return _failed(f"it ended with code {error.code}" + (f": {gist(error.stderr)}" if error.stderr else ""))


def _first_line(message: str) -> str:
    return message.split("\n", 1)[0][:400]
