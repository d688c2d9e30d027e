"""Write one tree in several formats at the same time, and report what they cannot show properly."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.documents.bodies.parts import WithBody
from cpdkit.documents.codes import Problem, diagnostic
from cpdkit.documents.diagram.placed import WHOLE
from cpdkit.documents.formats.docx import write_docx
from cpdkit.documents.formats.fonts import anchors_with, families, more_fonts
from cpdkit.documents.formats.html import write_html
from cpdkit.documents.formats.md import write_markdown
from cpdkit.documents.formats.odt import write_odt
from cpdkit.documents.formats.pdf import Pdf, write_pdf
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.errors import UsageError
from cpdkit.journal.load import MEMBER_FILE
from cpdkit.journal.made_documents import MARKDOWN_MARK
from cpdkit.text.process import stop_running

Tree = dict[str, Any]
Media = Mapping[str, bytes]
PlacedProblem = tuple[str, Problem]
"""The anchor of an activity (empty for the document's own text), and a problem."""

AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """One document, and its problems."""

    data: bytes
    problems: tuple[PlacedProblem, ...] = ()


Writer = Callable[[Tree, Media, DocumentProperties], WrittenDocument]


def write_formats(
    tree: Tree, media: Media, properties: DocumentProperties, formats: Sequence[str]
) -> list[WrittenDocument]:
    """Return the document in each format, in order. Raise ToolError."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="format") as pool:
        # The PDF takes longest, so it starts first.
        first = sorted(set(formats), key=lambda name: name != "pdf")
        running = {name: pool.submit(WRITERS[name], tree, media, properties) for name in first}
        try:
            return [running[name].result() for name in formats]
        except BaseException:
            stop_running()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _pdf(tree: Tree, media: Media, properties: DocumentProperties) -> WrittenDocument:
    pdf = write_pdf(tree, media, properties)
    return WrittenDocument(pdf.data, tuple(pdf_problems(pdf, tree)))


def _marked_markdown(tree: Tree, media: Media, properties: DocumentProperties) -> bytes:
    """Return the Markdown below a comment that shows who made it, as the other formats have it in their metadata."""
    return MARKDOWN_MARK + b"\n\n" + write_markdown(tree, media, properties)


def _without_problems(write: Callable[[Tree, Media, DocumentProperties], bytes]) -> Writer:
    return lambda tree, media, properties: WrittenDocument(write(tree, media, properties))


WRITERS: Mapping[str, Writer] = {
    "docx": _without_problems(write_docx),
    "pdf": _pdf,
    "html": _without_problems(write_html),
    "odt": _without_problems(write_odt),
    "md": _without_problems(_marked_markdown),
    "svg": _without_problems(lambda _tree, media, _properties: _drawing(media, "svg")),
    "png": _without_problems(lambda _tree, media, _properties: _drawing(media, "png")),
}


def _drawing(media: Media, suffix: str) -> bytes:
    """Return the drawing of a document. Raise UsageError for a document without one."""
    if name := next((name for name in media if name == f"{WHOLE}.{suffix}"), None):
        return media[name]
    hint = "use cpd report accountability, for a post with reports-to"
    raise UsageError(f"there is nothing to draw as {suffix.upper()}", hint)


def pdf_problems(pdf: Pdf, tree: Tree) -> list[PlacedProblem]:
    """Return the problems of the PDF: what it could not show properly."""
    problems = []
    for glyph in pdf.missing:
        problem = Problem(
            "CPD920",
            f"no font has the character {glyph.char} ({glyph}), so the PDF shows [U+{ord(glyph.char):04X}]",
            "use other characters, or send DOCX or HTML, which use the reader's fonts"
            if more_fonts()
            else 'install more fonts: pip install "cpdkit[fonts]"; or send DOCX or HTML, which use the reader\'s fonts',
        )
        problems += [(anchor, problem) for anchor, _ in glyph.where] or [("", problem)]
    if pdf.refused:
        problems.append(("", Problem("CPD921", f"the PDF does not meet PDF/UA-1 and PDF/A-2a: {pdf.refused}")))
    if pdf.no_font:
        message = f"the font {pdf.no_font} is not available for the PDF, which uses another one"
        hint = f"choose one of {', '.join(families())}, or put its file into templates/look/fonts/"
        problems.append(("", Problem("CPD922", message, hint)))
    if pdf.images:
        problems.append(("", Problem("CPD902", "the PDF shows the description of an image instead of the image")))
    for formula in pdf.formulas:
        problem = Problem("CPD911", f"the formula {formula} is printed as code")
        problems += [(anchor, problem) for anchor in anchors_with(formula, tree) or ("",)]
    return problems


def as_diagnostics(problems: Sequence[PlacedProblem], records: Mapping[str, WithBody]) -> list[Diagnostic]:
    """Return the problems as diagnostics of the records' files; those of the document's own text belong to cpd.yaml."""
    return [
        diagnostic(records[anchor].path if anchor in records else MEMBER_FILE, problem) for anchor, problem in problems
    ]
