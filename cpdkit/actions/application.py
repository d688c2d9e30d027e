"""The application for registration: its pages against the form, and the files to send."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cpdkit.dates.period import Period
from cpdkit.diagnostics import Diagnostic
from cpdkit.documents.codes import Problem, diagnostic
from cpdkit.documents.cv_pages import fitted
from cpdkit.documents.make import PageCount, ReportRequest, compose, count_pages
from cpdkit.errors import CannotWrite, ToolError, UsageError
from cpdkit.history.origin import origin_of
from cpdkit.journal.load import MEMBER_FILE, Journal
from cpdkit.journal.made_documents import MARKDOWN_MARK, is_made_document
from cpdkit.journal.paths import EVIDENCE, KNOWN_FOLDERS
from cpdkit.journal.selection import Filters, Selection, select
from cpdkit.schemes.application import State, application_status, records_of
from cpdkit.schemes.forms import ApplicationForm, Part
from cpdkit.schemes.rule_types import MEGABYTE
from cpdkit.schemes.vocabulary import vocabulary_in
from cpdkit.text.clock import document_day
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.process import MIB, in_child
from cpdkit.text.wording import counted

APPLICATION, SUPPORTER = "application", "supporter-form"
KINDS = {"diagram": "accountability", "plan": "development-plan", "cv": "cv"}
"""The kind of report of a part that is a file of its own. Other parts are the application with that part alone."""
CHILD = "cpdkit.actions.join_child"
SECONDS, MEMORY = 60.0, 1024 * MIB
LARGEST = 50 * MIB
CONTENTS = "contents.md"
DOTS = 150
A4 = (1240, 1754)
"""The largest picture, in dots."""
PICTURES = (".png", ".jpg", ".jpeg")


@dataclass(slots=True)
class Pack:
    """The files of an application by name; what is missing or too large, and what a CV omits, each in a sentence."""

    files: dict[str, bytes] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    omitted: list[str] = field(default_factory=list)


def selection_of(journal: Journal) -> Selection:
    """Return the activities of all years."""
    unread = sum(path.startswith("activities/") for path in journal.unread)
    return select(journal.activities, unread, Period(None, None), Filters())


def request_for(journal: Journal, selection: Selection, kind: str, form: ApplicationForm) -> ReportRequest:
    """Return the request of a PDF of a kind of report."""
    origin, epoch = origin_of(journal, selection, whole=True)
    codes = journal.member.codes if journal.member else True
    return ReportRequest(kind, (Path(f"{kind}.pdf"),), origin, epoch, codes, today=document_day(), form=form)


def application_pages(journal: Journal, form: ApplicationForm) -> PageCount:
    """Return the pages of the application as a PDF. Raise what `compose` raises."""
    selection = selection_of(journal)
    return count_pages(journal, selection, request_for(journal, selection, APPLICATION, form))


def part_pages(form: ApplicationForm, pages: PageCount) -> dict[str, float]:
    """Return how many pages each part of a form takes, by the part's name."""
    return {part.name: pages.length(f"part{number}") for number, part in enumerate(form.parts, start=1)}


def page_problems(form: ApplicationForm, pages: PageCount) -> Iterator[Diagnostic]:
    """Yield a problem for each limit of pages that the application exceeds."""
    if form.pages and pages.pages > form.pages:
        allowed = f"the form allows {form.pages}{_guide(form.pages_are_guide)}"
        message = f"the application has {pages.pages} pages; {allowed}"
        yield diagnostic(MEMBER_FILE, Problem("CPD923", message, "shorten the career history or the statements"))
    lengths = part_pages(form, pages)
    for part in form.parts:
        if part.pages and lengths[part.name] > part.pages:
            message = (
                f"{part.title} has {lengths[part.name]:.1f} pages; the form allows {part.pages}{_guide(part.guide)}"
            )
            yield diagnostic(MEMBER_FILE, Problem("CPD923", message, "shorten it to what shows your competence"))


def _guide(is_guide: bool) -> str:
    return " (guidance, not a rule)" if is_guide else ""


# --- the files to send ---


def packed(journal: Journal, form: ApplicationForm) -> Pack:
    """Return the form and each upload as its own file, with what is missing. Raise what `compose` raises."""
    pack = Pack()
    selection = selection_of(journal)
    whole = request_for(journal, selection, APPLICATION, form)
    pack.files[f"{APPLICATION}.pdf"] = compose(journal, selection, whole)[0][0]
    pages = application_pages(journal, form)
    pack.missing += [each.message for each in page_problems(form, pages)]
    records = records_of(journal, document_day())
    framework = vocabulary_in(journal).frameworks.get(form.framework_for(records.category))
    status = application_status(form, framework, records, part_pages(form, pages))
    for each in status.parts:
        if each.state in (State.MISSING, State.OUTSIDE):
            pack.missing.append(f"{each.part.title}: {'; '.join(filter(None, (each.has, each.next)))}")
        elif each.state in (State.OVER, State.UNDER):
            pack.missing.append(f"{each.part.title}: {each.next}")
        if each.part.upload and each.has_file and (data := _upload(journal, form, each.part, pack)):
            pack.files[f"{each.part.upload}.pdf"] = data
            _check_size(each.part, data, pack)
    for person in journal.people.people:
        if person.supporter:
            request = replace(request_for(journal, selection, SUPPORTER, form), supporter=person.id)
            pack.files[f"supporter-{person.id}.pdf"] = compose(journal, selection, request)[0][0]
    pack.files[CONTENTS] = contents(form, pack).encode()
    return pack


def contents(form: ApplicationForm, pack: Pack) -> str:
    """Return the list of the files and of what is missing, as Markdown."""
    files = [f"- {name}, {size_text(len(data))}" for name, data in pack.files.items()]
    missing = [f"- {each}" for each in pack.missing] or ["Nothing."]
    omitted = ["", "## Omitted to fit", "", *(f"- {each}" for each in pack.omitted)] if pack.omitted else []
    lines = [
        MARKDOWN_MARK.decode(),
        "",
        f"# {form.title}",
        "",
        "## Files",
        "",
        *files,
        "",
        "## Missing or to correct",
        "",
        *missing,
        *omitted,
    ]
    return "\n".join(lines) + "\n"


def size_text(size: int) -> str:
    """Return a size as the bodies state limits: `0.43 MB`."""
    return f"{size / MEGABYTE:.2f} MB"


def _check_size(part: Part, data: bytes, pack: Pack) -> None:
    if part.bytes and len(data) > part.bytes:
        limit = f"{part.bytes / MEGABYTE:g} MB"
        pack.missing.append(
            f"{part.upload}.pdf has {size_text(len(data))}; the form allows {limit}: scan it smaller, or omit pages"
        )


def _upload(journal: Journal, form: ApplicationForm, part: Part, pack: Pack) -> bytes:
    """Return the file of a part; empty if the journal has nothing for it."""
    if part.content == "qualifications":
        return _certificates(journal, part, pack)
    selection = selection_of(journal)
    kind = KINDS.get(part.content, APPLICATION)
    request = request_for(journal, selection, kind, replace(form, parts=(part,), title=part.title))
    if part.content == "cv" and part.pages:
        fit = fitted(journal, selection, request, part.pages)
        pack.omitted += [
            f"{part.title}: omitted to fit {counted(part.pages, 'page')}: {each.words}" for each in fit.omitted
        ]
        request = replace(request, omit=frozenset(each.name for each in fit.omitted))
    return compose(journal, selection, request)[0][0]


def _certificates(journal: Journal, part: Part, pack: Pack) -> bytes:
    """Return the evidence of the qualifications as one PDF, the oldest first."""
    disk = Disk(str(journal.root.resolve()))
    files: list[tuple[str, bytes]] = []
    for each in sorted(journal.qualifications, key=lambda one: (one.day, one.path)):
        if each.confidential or not each.awarded or not each.is_valid_on(document_day()):
            continue
        paths = [piece.path for piece in each.evidence if piece.path]
        address = next((piece.url for piece in each.evidence if piece.url), "")
        if not paths and address:
            pack.missing.append(f"{part.title}: save the certificate of {each.title} as a file; it is at {address}")
        elif not paths:
            pack.missing.append(f"{part.title}: no certificate of {each.title}; add it with evidence: in {each.path}")
        for path in paths:
            try:
                files.append((path, disk.read(f"{EVIDENCE}/{path}", LARGEST)[0]))
            except Unreadable as error:
                pack.missing.append(f"{part.title}: {EVIDENCE}/{path} cannot be read: {error}")
    data, refused = joined(files)
    pack.missing += [
        f"{part.title}: {EVIDENCE}/{name} is not a PDF or a picture that can be joined" for name in refused
    ]
    return data


def joined(files: list[tuple[str, bytes]]) -> tuple[bytes, list[str]]:
    """Return PDFs and pictures as one PDF, and the names of those that cannot be part of it.

    The files may be a stranger's, so a child with limits reads them.
    """
    good: list[bytes] = []
    refused: list[str] = []
    for name, data in files:
        page = _as_pdf(name, data)
        if page:
            good.append(page)
        else:
            refused.append(name)
    if not good:
        return b"", refused
    try:
        return in_child(CHILD, _framed(good), timeout=SECONDS, memory=MEMORY), refused
    except ToolError:
        return b"", [name for name, _ in files]


def _as_pdf(name: str, data: bytes) -> bytes:
    """Return a PDF as it is, and a picture as a PDF of one page; empty for anything else, or a damaged file."""
    from cpdkit.documents.bodies.images import Unusable, clean_within_limits  # noqa: PLC0415  few evidence is a picture

    if name.lower().endswith(PICTURES):
        try:
            return _picture_page(clean_within_limits(data).data)
        except Unusable:
            return b""
    if not data.startswith(b"%PDF-"):
        return b""
    try:
        return in_child(CHILD, _framed([data]), timeout=SECONDS, memory=MEMORY)
    except ToolError:
        return b""


def _picture_page(data: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415  few evidence is a picture

    held = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        shown = image.convert("RGBA")
        shown.thumbnail(A4)
        page = Image.new("RGB", shown.size, "white")
        page.paste(shown, (0, 0), shown)
        page.save(held, "PDF", resolution=DOTS, quality=85)
    return held.getvalue()


def _framed(parts: list[bytes]) -> bytes:
    """Return several files as one text of bytes, each after its length."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def require_own_folder(root: Path, folder: Path) -> None:
    """Refuse the journal itself and its own folders, such as `evidence/`. Raise UsageError."""
    journal, place = root.resolve(), folder.resolve()
    inside = place.relative_to(journal).parts if place.is_relative_to(journal) else ("elsewhere",)
    if not inside or inside[0] in KNOWN_FOLDERS:
        raise UsageError(f"{folder} belongs to the journal", "choose another folder, such as to-send")


def require_free(folder: Path, names: Iterable[str]) -> None:
    """Refuse to replace files that cpdkit did not make. Raise CannotWrite."""
    disk = Disk(str(folder.resolve()))
    for name in names:
        if (folder / name).exists() and not is_made_document(disk, name):
            raise CannotWrite(folder / name, "a file with that name already exists", "choose another folder")


def pack_folder(files: Mapping[str, bytes], folder: Path) -> dict[Path, bytes]:
    """Return the files with their places in a folder."""
    return {folder / name: data for name, data in files.items()}
