"""The layouts of a report, the pages that it fills, and its list of contents."""

import io
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from bench.journals import make_journal as make_long_journal
from tests.documents.office_sample import trees
from tests.program import cpd
from tests.tools import needs
from tests.transcripts import ROOT

JOURNAL = ROOT / "journal"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TOP, BOTTOM, HEIGHT = 21, 18, 297
"""The margins and the height of a page in millimetres."""
DOTS = 36


Made = Callable[..., Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return a function that makes a report once for all tests: of the example's year 2025, unless they say more."""
    folder = tmp_path_factory.mktemp("reports")

    @cache
    def report(kind: str, suffix: str, *options: str, journal: Path = JOURNAL, period: str = "2025") -> Path:
        file = folder / f"{len(list(folder.iterdir()))}.{suffix}"
        done = cpd("report", kind, "--period", period, "-o", file, "--journal", journal, *options)
        assert (done.code, done.err) == (0, "")
        return file

    return report


def count(pdf: Path) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def text_of(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def white_at_the_foot(pdf: Path) -> list[float]:
    """Return for each page the part of its text area that is white below the last line."""
    drawn = subprocess.run([needs("pdftoppm"), "-r", str(DOTS), "-gray", str(pdf)], capture_output=True, check=True)
    found, at = [], 0
    while at < len(drawn.stdout):
        head = drawn.stdout[at : at + 40].split(b"\n", 3)[:3]
        width, height = map(int, head[1].split())
        at += sum(len(line) + 1 for line in head)
        rows = [min(drawn.stdout[at + y * width : at + (y + 1) * width]) for y in range(height)]
        top, bottom = round(height * TOP / HEIGHT), round(height * (1 - BOTTOM / HEIGHT))
        last = max((y for y in range(top, bottom) if rows[y] < 200), default=top)
        found.append((bottom - last) / (bottom - top))
        at += width * height
    return found


def style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


# --- pages ---


@pytest.mark.parametrize(
    ("kind", "options", "most"),
    [
        ("summary", (), 2),
        ("detailed", (), 11),
        ("detailed", ("--layout", "compact"), 10),
        ("annual-review", (), 10),
    ],
)
def test_a_report_of_a_year_is_short(kind: str, options: tuple[str, ...], most: int, made: Made) -> None:
    assert count(made(kind, "pdf", *options)) <= most


@pytest.mark.slow
def test_pages_are_full(made: Made) -> None:
    """The last page of a report does not count. A page of the example may also be one before a long picture."""
    kinds = dict.fromkeys(("summary", "detailed", "annual-review"), "2025")
    kinds |= {"competences": "all", "development-plan": "2026"}
    white = [part for kind, period in kinds.items()
             for part in white_at_the_foot(made(kind, "pdf", period=period))[:-1]]  # fmt: skip
    assert len(white) > 20
    assert sum(white) / len(white) < 0.05
    assert max(white) < 0.8


@pytest.mark.slow
def test_pages_of_a_long_report_are_full(made: Made, tmp_path: Path) -> None:
    journal = make_long_journal(tmp_path / "journal", 300, 300)
    white = white_at_the_foot(made("detailed", "pdf", journal=journal, period="all"))[:-1]
    assert len(white) > 100
    assert sum(white) / len(white) < 0.05
    assert max(white) < 0.8


# --- layouts ---


def test_a_form_has_a_page_for_each_activity(made: Made) -> None:
    pages = text_of(made("detailed", "pdf", "--layout", "form"))
    begins = re.compile(r"[^\n]+\n(?:Activities in detail\r?\n)?(\d+) [A-Z]")
    starts = [int(found[1]) for page in pages if (found := begins.match(page))]
    assert starts == list(range(1, 24))


def test_a_form_breaks_pages_in_word_processors_too(made: Made) -> None:
    document = trees(made("detailed", "docx", "--layout", "form").read_bytes())["word/document.xml"]
    headings = [
        each
        for each in document.iter(f"{W}p")
        if style_of(each) in ("Heading2", "Heading3") and each.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    # The first is that of the section, which its first activity follows; the last is after the activities.
    assert len(headings) == 23 + 1


def test_a_compact_layout_has_the_facts_in_a_line_in_word_processors(made: Made) -> None:
    full, compact = (
        trees(made("detailed", "docx", "--layout", layout).read_bytes())["word/document.xml"]
        for layout in ("full", "compact")
    )

    def tables(document: Any) -> int:
        return sum(1 for each in document.iter(f"{W}tblStyle") if each.get(f"{W}val") == "Fields")

    assert (tables(full), tables(compact)) == (23, 0)
    for fact in ("Seconded engineer", "safety, leadership", "A2 (practitioner)"):
        assert fact in "".join(compact.itertext(f"{W}t"))


def test_a_layout_of_html_is_a_class_and_keeps_every_word(made: Made) -> None:
    pages = {layout: made("detailed", "html", "--layout", layout).read_text("utf-8")
             for layout in ("full", "compact", "form")}  # fmt: skip
    assert pages["full"].count('<article class="activity">') == 23
    assert pages["compact"].count('<article class="activity compact">') == 23
    assert pages["form"].count('<article class="activity form">') == 23
    words = {re.sub(r"<[^>]+>|\s+", "", page.partition("<main")[2]) for page in pages.values()}
    assert len(words) == 1


# --- contents ---


def test_a_pdf_of_eight_pages_has_contents_with_the_right_pages(made: Made) -> None:
    pages = text_of(made("detailed", "pdf"))
    assert len(pages) >= 8
    lines = [line.strip() for line in pages[0].splitlines()]
    listed = lines[lines.index("Contents") + 1 :]
    sections = ["Requirements", "Activities", "Hours", "Activities in detail", "Index by competence"]
    found = re.findall(rf"({'|'.join(sorted(sections, key=len, reverse=True))})\s+(\d+)", "\n".join(listed[:12]))
    assert {name for name, _ in found} == set(sections)
    for name, number in found:
        assert re.search(rf"^{name}\s*$", pages[int(number) - 1], flags=re.MULTILINE), (name, number)


def test_the_list_of_activities_has_their_pages(made: Made) -> None:
    pages = text_of(made("detailed", "pdf"))
    rows = re.findall(r"^(\d+) \d.* (\d+)\s*$", "\n".join(pages[:2]), flags=re.MULTILINE)
    assert len(rows) > 10
    for number, page in rows:
        assert re.search(rf"^{number} [A-Z]", pages[int(page) - 1], flags=re.MULTILINE), (number, page)


def test_a_short_report_has_no_contents(made: Made) -> None:
    assert "Contents" not in text_of(made("summary", "pdf"))[0]
    document = trees(made("summary", "docx").read_bytes())["word/document.xml"]
    assert not [each for each in document.iter(f"{W}pStyle") if each.get(f"{W}val") == "Toc2"]


def test_the_contents_of_a_docx_lead_to_headings(made: Made) -> None:
    data = made("detailed", "docx").read_bytes()
    document = trees(data)["word/document.xml"]
    lines = [each for each in document.iter(f"{W}p") if style_of(each) == "Toc2"]
    assert len(lines) == 5
    marks = {each.get(f"{W}name"): each for each in document.iter(f"{W}bookmarkStart")}
    for line in lines:
        link = line.find(f"{W}hyperlink")
        name = link.get(f"{W}anchor")
        heading = marks[name].getparent()
        assert style_of(heading) == "Heading2"
        assert "".join(link.itertext(f"{W}t")) == "".join(heading.itertext(f"{W}t")) + "–"
        assert f"PAGEREF {name} " in "".join(link.itertext(f"{W}instrText"))


@pytest.mark.slow
def test_libreoffice_shows_the_pages_of_the_contents(made: Made, tmp_path: Path) -> None:
    docx = made("detailed", "docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [needs("libreoffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(docx)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    with pypdfium2.PdfDocument(io.BytesIO((tmp_path / f"{docx.stem}.pdf").read_bytes())) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    found = re.findall(r"^(Requirements|Hours|Index by competence)\s+(\d+)\s*$", pages[0], flags=re.MULTILINE)
    assert len(found) == 3
    for name, number in found:
        assert re.search(rf"^{name}\s*$", pages[int(number) - 1], flags=re.MULTILINE), (name, number)
