"""The application for registration as a document: its order, its pages, its evidence, and what it never prints."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pytest

from cpdkit.cli.main import run
from cpdkit.schemes.data_files import FORMS, shipped_ids
from cpdkit.schemes.forms import ApplicationForm, shipped_form
from tests.documents.conftest import JOURNAL
from tests.documents.read_back import read_back
from tests.journal.folders import journal_of, record

SHIPPED = shipped_ids(FORMS)
FOOTER = re.compile(r"Page (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class Printed:
    """An application as a PDF: the form, the bytes, and the text of each page with its lines joined."""

    form: ApplicationForm
    data: bytes
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def pages_of(data: bytes) -> tuple[str, ...]:
    """Return the text of each page; a hyphen at the end of a line is read as U+FFFE."""
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return tuple(" ".join(text.replace("\ufffe", "-").split()) for text in texts)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Printed]:
    """The example's application on each shipped form."""
    folder = tmp_path_factory.mktemp("printed")
    made: dict[str, Printed] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPD_TODAY", "2026-11-24")
        for name in SHIPPED:
            form, path = shipped_form(name), folder / f"{name}.pdf"
            assert form
            args = ["report", "application", "--form", name, "-o", str(path), "--journal", str(JOURNAL), "--quiet"]
            assert run(args) == 0
            data = path.read_bytes()
            made[name] = Printed(form, data, pages_of(data))
    return made


@pytest.mark.parametrize("name", SHIPPED)
def test_the_parts_are_in_the_order_of_the_form(printed: Mapping[str, Printed], name: str) -> None:
    it = printed[name]
    with pikepdf.open(io.BytesIO(it.data)) as opened, opened.open_outline() as outline:
        titles = [str(each.title) for top in outline.root for each in (top, *top.children)]
    parts = [part.title for part in it.form.parts if part.inside and part.content != "outside"]
    assert [title for title in titles if title in parts] == parts
    for part in it.form.parts:
        if part.content == "outside":
            assert part.title not in it.text


@pytest.mark.parametrize("name", SHIPPED)
def test_each_page_has_its_number_and_is_not_blank(printed: Mapping[str, Printed], name: str) -> None:
    it = printed[name]
    assert len(it.pages) > 1
    numbers = [FOOTER.findall(page) for page in it.pages]
    assert numbers == [[(str(page), str(len(it.pages)))] for page in range(1, len(it.pages) + 1)]
    assert min(len(page) for page in it.pages) > 100


@pytest.mark.parametrize("name", SHIPPED)
def test_page_1_begins_with_the_personal_information(printed: Mapping[str, Printed], name: str) -> None:
    it = printed[name]
    page = it.pages[0]
    for text in ("Angharad Llywelyn MEng MIET", "1100 234567", "angharad.llywelyn@gridwise.example"):
        assert text in page
    assert page.index(it.form.parts[0].title) < page.index("1100 234567")
    assert it.form.category in page or len(it.form.categories) > 1


@pytest.mark.parametrize("name", SHIPPED)
def test_the_diagram_is_inside(printed: Mapping[str, Printed], name: str) -> None:
    it = printed[name]
    assert it.form.part("diagram")
    assert "Head of protection" in it.text
    assert "Test team, Pentir depot" in it.text
    with pikepdf.open(io.BytesIO(it.data)) as opened:
        described = [
            str(each.Alt) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert [text for text in described if "Margaret Oyelaran" in text and "Aoife Brennan" in text]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_type_is_not_smaller_than_the_form_allows(printed: Mapping[str, Printed], name: str) -> None:
    it = printed[name]
    with pypdfium2.PdfDocument(it.data) as document:
        sizes = set()
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                size = pypdfium2.raw.FPDFText_GetFontSize(text, index)
                # A letter that the reader of PDFs adds, such as a space, has no size of its own.
                if size > 1:
                    sizes.add(round(size, 2))
    assert not it.form.point_size or min(sizes) >= it.form.point_size


@pytest.mark.parametrize("name", SHIPPED)
def test_the_pages_of_cited_activities_and_qualifications_are_right(printed: Mapping[str, Printed], name: str) -> None:
    """The number after a title is the page on which the list of activities, or of qualifications, has it."""
    it = printed[name]
    cited = re.findall(r"(?:Evidence:|;) \d+\. (.{12}).{0,120}?\), page (\d+)", it.text)
    assert len(cited) > 9
    for title, number in cited:
        assert title in it.pages[int(number) - 1], (title, number)
    degree = re.search(r"MEng Electrical and Electronic Engineering \(Bangor University\), page (\d+)", it.text)
    assert (degree is not None) == (it.form.part("qualifications") is not None)
    if degree:
        assert "MEng Electrical and Electronic Engineering Bangor University" in it.pages[int(degree[1]) - 1]


def test_the_facts_page_is_followed(printed: Mapping[str, Printed]) -> None:
    """The IET's form: at most 12 pages, posts before qualifications before statements, the newest post first."""
    it = printed["iet-ceng"]
    assert len(it.pages) <= it.form.pages == 12
    assert it.text.index("since 2 May 2023") < it.text.index("4 September 2017") < it.text.index("B1 Deciding")
    assert it.text.index("A Engineering knowledge") < it.text.index("B Design") < it.text.index("E Professional")
    assert "certificates.pdf" in it.text
    assert "0.5 MB" in it.text


# --- what is never printed ---

FORM = """id: mine
title: Registration
framework: uk-spec-ceng
parts:
  - {content: personal, title: Personal}
  - {content: diagram, title: Diagram}
  - {content: career, title: Career}
  - {content: qualifications, title: Qualifications}
  - {content: claims, title: Statements}
  - {content: plan, title: Plan}
  - {content: cpd, title: Record}
  - {content: supporters, title: Supporters}
"""
PRIVATE = "\nShown words.\n\n## Notes (private)\n\nXHIDDENX\n\n<!-- XHIDDENX -->\n"
POST = "role: Engineer\nemployer: {}\nstart: {}\nreports-to: m\n"
CONFIDENTIAL = "confidential: true\n"
FILES = {
    "cpd.yaml": "name: Angharad\napplication: {form: mine}\n",
    "forms/mine.yaml": FORM,
    "people.yaml": "people: [{id: m, name: Mair Evans, supporter: true, knows: Since 2020, role: Head}]\n",
    "career/shown.md": record(POST.format("Firm", "2020-01-01"), PRIVATE),
    "career/secret.md": record(POST.format("XHIDDENX", "2018-01-01") + CONFIDENTIAL, "\nXHIDDENX\n"),
    "qualifications/shown.md": record("title: MEng\nawarded: 2017\n", "\nShown.\n"),
    "qualifications/secret.md": record(f"title: XHIDDENX\nawarded: 2018\n{CONFIDENTIAL}", "\nXHIDDENX\n"),
    "claims/b1.md": record("competences: [B1]\nevidenced-by: [course]\n", PRIVATE),
    "claims/b2.md": record(f"competences: [B2]\ntitle: XHIDDENX\n{CONFIDENTIAL}", "\nXHIDDENX\n"),
    "activities/course.md": record(body=PRIVATE),
    "activities/secret.md": record(f"title: XHIDDENX\ntype: training\nstart: 2026-03-14\nhours: 2\n{CONFIDENTIAL}"),
    "plan/relays.md": record("title: Relays\n", PRIVATE),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A small application in each format, and the form of its supporter."""
    folder = tmp_path_factory.mktemp("made")
    journal_of(folder / "journal", FILES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPD_TODAY", "2026-11-24")
        for kind in ("application", "supporter-form"):
            files = [arg for suffix in ("pdf", "docx", "html") for arg in ("-o", str(folder / f"{kind}.{suffix}"))]
            assert run(["report", kind, *files, "--journal", str(folder / "journal"), "--quiet"]) == 0
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
@pytest.mark.parametrize("kind", ["application", "supporter-form"])
def test_confidential_records_and_private_passages_are_never_printed(
    made: Mapping[str, bytes], kind: str, suffix: str
) -> None:
    read = read_back(suffix, made[f"{kind}.{suffix}"])
    assert "XHIDDENX" not in read.text + read.described
    assert ("Shown words." in read.text) == (kind == "application")
    assert b"XHIDDENX" not in made[f"{kind}.{suffix}"]


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_every_part_is_in_every_format(made: Mapping[str, bytes], suffix: str) -> None:
    text = " ".join(read_back(suffix, made[f"application.{suffix}"]).text.split())
    parts = ["Personal", "Diagram", "Career", "Qualifications", "Statements", "Plan", "Record", "Supporters"]
    at = 0
    for part in parts:
        at = text.index(part, at)
    assert "Mair Evans" in text


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_only_section_1_of_the_supporters_form_is_filled_in(made: Mapping[str, bytes], suffix: str) -> None:
    text = " ".join(read_back(suffix, made[f"supporter-form.{suffix}"]).text.split())
    first, second = text.split("Section 2")
    for shown in ("Angharad", "Mair Evans", "Engineer, Firm"):
        assert shown in first
    for area in ("A Engineering knowledge", "B Design", "C Responsibility", "D Communication", "E Professional"):
        assert second.count(area) == 1
    assert "Shown words" not in text
    assert "Since 2020" not in text
