"""Make a report: select the records, fill in the template, parse it once, insert the bodies and write each format."""

import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.documents import pandoc
from cpdkit.documents.bodies.images import MediaStore
from cpdkit.documents.bodies.parts import Parts, WithBody, parts_of
from cpdkit.documents.bodies.placement import Misplaced, place, places_in
from cpdkit.documents.codes import Problem
from cpdkit.documents.diagram.placed import WHOLE, with_drawings
from cpdkit.documents.formats.pdf import write_pdf
from cpdkit.documents.formats.png import png_of
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.documents.formats.writers import as_diagnostics, write_formats
from cpdkit.documents.kinds.context import ReportContext, bodies_of
from cpdkit.documents.kinds.report import NEEDED, Origin, report_view
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.look import SHIPPED, Look
from cpdkit.documents.owners_look import look_of
from cpdkit.documents.report_files import DRAWINGS, format_of
from cpdkit.documents.templating.labels import Labels, labels_for
from cpdkit.documents.templating.line_breaks import with_unbroken_quantities
from cpdkit.documents.templating.pictures import with_pictures
from cpdkit.documents.templating.render import Fault
from cpdkit.documents.templating.restrictions import TooDeep, title_of, vetted_skeleton
from cpdkit.documents.templating.skeleton import TemplateProblem, skeleton_text, with_charts, with_language_notice
from cpdkit.documents.templating.templates import FOLDER, SUFFIX, load_templates
from cpdkit.documents.tree import Block, document
from cpdkit.documents.view import Report
from cpdkit.errors import CpdError, ToolError, ToolFailed, ToolMissing, ToolTimeout
from cpdkit.journal.load import Journal
from cpdkit.journal.made_documents import KEYWORD
from cpdkit.journal.member import Member
from cpdkit.journal.selection import Selection
from cpdkit.schemes.forms import ApplicationForm
from cpdkit.text.process import stop_running
from cpdkit.text.wording import shortened
from cpdkit.text.write import write_all


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """The report to make: its kind, its files (their suffixes are the formats), and the commit that it is made from.

    `epoch` is in seconds. `own_templates` lets the journal's `templates/` replace the shipped ones. `today` is the
    date of the plan's progress; None is the date of the origin. `layout` is that of the activities in detail: `full`,
    `compact` or `form`. `form` is that of an application, `supporter` the ID of the one whose form is wanted. `variant`
    and `omit` are those of a CV.
    """

    kind: str
    outputs: tuple[Path, ...]
    origin: Origin
    epoch: int
    codes: bool = True
    own_templates: bool = True
    today: date | None = None
    progress: bool = True
    oldest_first: bool = False
    sign: bool = False
    layout: str = "full"
    form: ApplicationForm | None = None
    supporter: str = ""
    variant: str = ""
    omit: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The files that were written, and the problems found while making them."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


class NoMember(CpdError):
    """The report has no owner, because cpd.yaml cannot be read."""

    def __init__(self) -> None:
        super().__init__("cannot read cpd.yaml, so the report has no owner")
        self.hint = "run cpd check to see the problem"


def make(journal: Journal, selection: Selection, request: ReportRequest) -> ReportResult:
    """Make one report in every requested format. Write all files, or none.

    Raise NoMember, TemplateProblem, ToolError, CannotWrite or UsageError.
    """
    documents, diagnostics = compose(journal, selection, request)
    write_all(dict(zip(request.outputs, documents, strict=True)))
    return ReportResult(request.outputs, diagnostics)


def compose(
    journal: Journal, selection: Selection, request: ReportRequest
) -> tuple[list[bytes], tuple[Diagnostic, ...]]:
    """Return one report as the bytes of each requested format, without writing them, and the problems of making it.

    Raise NoMember, TemplateProblem, ToolError or UsageError.
    """
    made = _composed(journal, selection, request)
    formats = tuple(format_of(path) for path in request.outputs)
    try:
        written = write_formats(made.tree, made.parts.media, made.properties, formats)
    except ToolMissing:
        raise
    except ToolError as error:
        path, name = _stopping_record(error, made.parts, made.records, made.properties, formats)
        raise (StoppedByRecord(path, name, error) if path else error) from None
    problems = [problem for one in written for problem in one.problems]
    remarks = [("", problem) for problem in made.problems]
    diagnostics = as_diagnostics([*remarks, *problems], made.records)
    return [one.data for one in written], (*made.parts.diagnostics, *diagnostics)


@dataclass(frozen=True, slots=True)
class PageCount:
    """How many pages a report has as a PDF, and where each section begins, in pages from 0, by its id."""

    pages: int
    places: tuple[tuple[str, float], ...] = ()

    def length(self, place: str) -> float:
        """Return how many pages a section takes; 0 for one that is not in the document."""
        starts = [start for _, start in self.places]
        for number, (name, start) in enumerate(self.places):
            if name == place:
                return (starts[number + 1] if number + 1 < len(starts) else float(self.pages)) - start
        return 0.0


def count_pages(journal: Journal, selection: Selection, request: ReportRequest) -> PageCount:
    """Return the pages of a report as a PDF. Raise what `compose` raises."""
    made = _composed(journal, selection, request)
    pdf = write_pdf(made.tree, made.parts.media, made.properties, places=True)
    return PageCount(pdf.pages, pdf.places)


@dataclass(slots=True)
class _Composed:
    """A report before it is written: its tree, and what the writers need."""

    tree: dict[str, Any]
    parts: Parts
    properties: DocumentProperties
    records: Mapping[str, WithBody]
    problems: tuple[Problem, ...]


def context_of(journal: Journal, selection: Selection, request: ReportRequest, labels: Labels) -> ReportContext:
    """Return what a report is made from. Raise NoMember."""
    if journal.member is None:
        raise NoMember
    return ReportContext(
        journal if selection.filters.confidential else journal.without_confidential(),
        journal.member,
        selection,
        labels,
        today=request.today or request.origin.day,
        codes=request.codes,
        nonce=secrets.token_hex(8),
        progress=request.progress,
        oldest_first=request.oldest_first,
        sign=request.sign,
        layout=request.layout,
        form=request.form,
        supporter=request.supporter,
        variant=request.variant,
        omit=request.omit,
    )


def _composed(journal: Journal, selection: Selection, request: ReportRequest) -> _Composed:
    """Return a report as a tree. Raise NoMember, TemplateProblem, ToolError or UsageError."""
    member = journal.member
    if member is None:
        raise NoMember
    templates = load_templates(member.language, journal.root if request.own_templates else None)
    kind = templates.kind(request.kind)
    labels = labels_for(member.language, templates.catalogues)
    look, problems = look_of(member.look, journal.root if request.own_templates else None)
    context = context_of(journal, selection, request, labels)
    context = replace(context, codes=context.codes or kind.always_codes)
    report = report_view(context, request.kind, request.origin, templates.names(request.kind, NEEDED))
    text = skeleton_text(templates, report, labels)
    records = bodies_of(context)
    store = MediaStore(journal.root)
    with ThreadPoolExecutor(1, thread_name_prefix="skeleton") as pool:
        reading = pool.submit(_skeleton, text, report, vetted=bool(templates.own))
        try:
            parts = parts_of(store, records, places_in(text, context.nonce), labels("sections.reflection"))
            skeleton = with_unbroken_quantities(reading.result(), labels)
        except BaseException:
            stop_running()
            raise
    skeleton, missing = with_pictures(skeleton, store.images_of(f"{FOLDER}/{request.kind}{SUFFIX}"), store.media)
    if report.diagrams:
        skeleton = with_drawings(skeleton, report.diagrams, store.media, png_of)
    suffixes = {path.suffix.lower().lstrip(".") for path in request.outputs}
    if suffixes & {*DRAWINGS} and report.accountability and report.accountability.together:
        drawing = report.accountability.together.svg
        store.media.update({f"{WHOLE}.svg": drawing.encode(), f"{WHOLE}.png": png_of(drawing)})
    tree = document(_placed(skeleton, parts.blocks, context.nonce, request.kind))
    properties = properties_of(member, report, labels, request.epoch, title_of(skeleton), look)
    if kind.font and not look.font:
        properties = replace(properties, look=replace(look, font=kind.font))
    if report.application and request.form:
        properties = replace(properties, least_size=request.form.point_size)
    return _Composed(tree, parts, properties, records, (*problems, *missing))


class StoppedByRecord(ToolError):
    """The text of one record is what a format cannot be written with."""

    def __init__(self, path: str, name: str, error: ToolError) -> None:
        super().__init__(
            error.tool, f"{path}: its text cannot be written as {name.upper()}: {shortened(str(error), 100)}"
        )
        self.hint = "shorten its text, or move parts of it to a file in evidence/"
        self.path = path


MOST_TRIED = 3
"""The longest texts of a report that are written alone to find the one that stopped it."""


def _stopping_record(
    error: ToolError,
    parts: Parts,
    records: Mapping[str, WithBody],
    properties: DocumentProperties,
    formats: Sequence[str],
) -> tuple[str, str]:
    """Return the path of a record whose text alone cannot be written, and the format; empty if none is found."""
    texts: dict[str, list[Block]] = {}
    for key, blocks in parts.blocks.items():
        texts.setdefault(key.rpartition(".")[0], []).extend(blocks)
    longest = sorted(texts, key=lambda anchor: len(records[anchor].body), reverse=True)[:MOST_TRIED]
    for name in formats:
        if (name == "pdf") != (error.tool == "typst") or not _is_written([], parts, properties, name):
            continue  # another tool, or a tool that writes nothing at all
        for anchor in longest:
            if not _is_written(texts[anchor], parts, properties, name):
                return records[anchor].path, name
    return "", ""


def _is_written(blocks: list[Block], parts: Parts, properties: DocumentProperties, name: str) -> bool:
    try:
        write_formats(document(blocks), parts.media, properties, [name])
    except ToolError:
        return False
    return True


def _skeleton(text: str, report: Report, *, vetted: bool) -> list[Block]:
    template = report.kind + SUFFIX
    try:
        blocks: list[Block] = pandoc.read_skeleton(text)["blocks"]
        skeleton = with_charts(vetted_skeleton(blocks) if vetted else blocks, report.charts, template)
        return with_language_notice(skeleton) if report.language_notice else skeleton
    except (TooDeep, RecursionError):
        raise TemplateProblem(Fault(template, 0, "its blocks are nested too deeply"), "") from None
    except (ToolFailed, ToolTimeout) as error:
        # Pandoc can read what the shipped templates produce, so with those alone Pandoc itself has failed.
        if not vetted:
            raise
        raise TemplateProblem(Fault(template, 0, f"Pandoc cannot read its output: {error}"), "") from None


def _placed(skeleton: list[Block], parts: Mapping[str, list[Block]], nonce: str, kind: str) -> list[Block]:
    """Return the skeleton with the bodies inserted. Raise TemplateProblem for a misplaced body."""
    try:
        return place(skeleton, parts, nonce)
    except Misplaced:
        reason = "it must print each description and each reflection once, in a paragraph of its own"
        raise TemplateProblem(Fault(kind + SUFFIX, 0, reason), "") from None


def properties_of(
    member: Member, report: Report, labels: Labels, epoch: int, title: str, look: Look = SHIPPED
) -> DocumentProperties:
    """Return the properties of the document; `title` is its first heading."""
    return DocumentProperties(
        title=title or report.title,
        author=member.name,
        header_left=member.full_name,
        header_right=title or report.title,
        footer_left=phrase_of((part for part in (report.period, report.confidential) if part), " · "),
        page_label=labels("document.page"),
        skip_label=labels("document.skip"),
        contents_label=labels("document.contents"),
        page_column_label=labels("document.page_column"),
        table_label=labels("document.table"),
        formula_label=labels("document.formula"),
        image_label=labels("document.image"),
        language=member.language,
        paper=member.paper,
        subject=labels("document.subject", period=report.period),
        keywords=(*labels.words("document.keywords"), KEYWORD),
        epoch=epoch,
        look=look,
    )
