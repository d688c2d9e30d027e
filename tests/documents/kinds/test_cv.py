"""The CV: its variants, fitting it to pages, what it never prints, and its text in order in every format."""

import io
import itertools
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pypdf
import pypdfium2
import pytest
from docx import Document

from cpdkit.cli.main import run
from tests.documents.conftest import JOURNAL
from tests.documents.read_back import read_back, squeezed
from tests.journal.folders import FIELDS, journal_of, record
from tests.tools import needs

Captured = pytest.CaptureFixture[str]
TODAY = "2026-11-30"


@dataclass(frozen=True, slots=True)
class Made:
    """The CV of the example in both looks, by look and format, and the files."""

    data: Mapping[tuple[str, str], bytes]
    folder: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("cv")
    data = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPD_TODAY", TODAY)
        for kind in ("cv", "academic-cv"):
            files = {suffix: folder / f"{kind}.{suffix}" for suffix in ("pdf", "docx", "html")}
            outputs = [word for path in files.values() for word in ("-o", str(path))]
            assert run(["report", kind, "--journal", str(JOURNAL), *outputs]) == 0
            data.update({(kind, suffix): path.read_bytes() for suffix, path in files.items()})
    return Made(data, folder)


HEAD = (
    "Angharad Llywelyn MEng MIET", "Senior protection engineer, 33 and 132 kV", "Bethesda, Wales", "+44 1248 496015",
    "angharad.llywelyn@gridwise.example", "www.example.org/angharad-llywelyn", "Protection engineer with nine years",
)  # fmt: skip
SKILLS = ("Skills", "Protection", "distance, differential", "Substations", "IEC 61850 engineering", "Tools", "OMICRON")
EXPERIENCE = (
    "Experience",
    "Senior protection engineer", "Gridwise Ltd", "May 2023", "Leeds and Pentir",
    "Found and put right relays", "First sampled-value feeder", "Technical note GN-041", "Led the investigation",
    "£96,000",
    "Protection engineer", "Pentir Power Services Ltd", "September 2017", "April 2023", "Pentir, near Bangor",
    "Tested 118 schemes", "first grading study", "Halved the time",
    "Summer placement student", "Conwy Switchgear Ltd", "June 2016", "September 2016",
)  # fmt: skip
EDUCATION = (
    "Education", "MSc Power Systems", "University of", "2026",
    "MEng Electrical and Electronic Engineering", "Bangor University", "2013", "2017",
    "First class", "accredited by the IET for CEng",
)  # fmt: skip
CERTIFICATES = (
    "Certificates", "Relay settings, level 2", "Protection Academy", "2026",
    "ECS gold card", "Joint Industry Board", "2024", "2029",
)  # fmt: skip
TRAINING = (
    "Training", "Protection relay settings, level 2", "Gridwise Academy", "Carbon literacy for network engineers",
    "IEC 61850 engineering: from specification", "Calder Automation School", "Distance protection: settings",
    "Ridings Protection Training",
)  # fmt: skip
MEMBERSHIPS = ("Memberships", "IET", "Member", "1100 234567", "2018")
PUBLICATIONS = ("Publications", "Two years of disturbance records", "Protection North", "2025")
VOLUNTEERING = ("Volunteering", "Six years blind", "Author and speaker", "June 2025")
LANGUAGES = ("Languages", "Welsh", "first language", "English", "fluent", "Polish", "beginner")
INTERESTS = ("Interests", "fell running", "brass band")
REFERENCES = (
    "References", "Margaret Oyelaran", "CEng FIET", "Head of protection", "m.oyelaran@gridwise.example",
    "Eluned Pritchard", "IEng MIET", "e.pritchard@pentirpower.example",
)  # fmt: skip
ORDER = {
    "cv": (
        HEAD, SKILLS, EXPERIENCE, EDUCATION, CERTIFICATES, TRAINING, MEMBERSHIPS, PUBLICATIONS, VOLUNTEERING,
        LANGUAGES, INTERESTS, REFERENCES,
    ),
    "academic-cv": (
        HEAD, EDUCATION, PUBLICATIONS, EXPERIENCE, TRAINING, CERTIFICATES, MEMBERSHIPS, VOLUNTEERING, SKILLS,
        LANGUAGES, INTERESTS, REFERENCES,
    ),
}  # fmt: skip


def missing_in_order(text: str, words: Sequence[str]) -> list[str]:
    """Return the words that do not come after all words before them in a text. Only letters and digits count."""
    plain, place, missing = squeezed(text), 0, []
    for each in words:
        found = plain.find(squeezed(each), place)
        if found < 0:
            missing.append(each)
        else:
            place = found + len(squeezed(each))
    return missing


def by_pdftotext(data: bytes) -> str:
    """Return the text line by line; without `-layout`, the program reads the dates of a section as a column."""
    done = subprocess.run([needs("pdftotext"), "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def by_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pdfium(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\ufffe", "")


@pytest.mark.parametrize("extract", [by_pdftotext, by_pypdf, by_pdfium])
@pytest.mark.parametrize("kind", ORDER)
def test_a_pdf_gives_every_field_in_reading_order(made: Made, kind: str, extract: Callable[[bytes], str]) -> None:
    words = [word for part in ORDER[kind] for word in part]
    assert missing_in_order(extract(made.data[kind, "pdf"]), words) == []


@pytest.mark.parametrize("suffix", ["docx", "html"])
@pytest.mark.parametrize("kind", ORDER)
def test_the_other_formats_have_every_field_in_order(made: Made, kind: str, suffix: str) -> None:
    words = [word for part in ORDER[kind] for word in part]
    assert missing_in_order(read_back(suffix, made.data[kind, suffix]).text, words) == []


@pytest.mark.parametrize("kind", ORDER)
def test_the_pages_of_the_example(made: Made, kind: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made.data[kind, "pdf"]))
    assert len(reader.pages) == 2
    assert [bool(page.extract_text().strip()) for page in reader.pages] == [True, True]
    assert [f"Page {number} of 2" in page.extract_text() for number, page in enumerate(reader.pages, start=1)] == [
        True
    ] * 2


def headings_of(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the level and the text of each heading of a DOCX."""
    for paragraph in Document(io.BytesIO(data)).paragraphs:
        style = paragraph.style.name if paragraph.style else ""
        if style and style.startswith(("Heading ", "Title")):
            yield (int(style[-1]) if style[-1].isdigit() else 0), paragraph.text


@pytest.mark.parametrize("kind", ORDER)
def test_the_headings_of_a_docx(made: Made, kind: str) -> None:
    headings = list(headings_of(made.data[kind, "docx"]))
    levels = [level for level, _ in headings]
    top = min(levels)
    sections = [text for level, text in headings if level == top + 1]
    assert [text for level, text in headings if level == top] == ["Angharad Llywelyn MEng MIET"]
    assert [words[0] for words in ORDER[kind][1:]] == [text.split()[0] for text in sections]
    assert [second - first for first, second in itertools.pairwise(levels) if second - first > 1] == []


@pytest.mark.parametrize("kind", ORDER)
def test_the_html_has_no_script_and_loads_nothing(made: Made, kind: str) -> None:
    root = lxml.html.fromstring(made.data[kind, "html"])
    assert [each.tag for each in root.iter("script", "iframe", "object", "embed", "form")] == []
    assert [name for each in root.iter() for name in map(str, each.attrib) if name.startswith("on")] == []
    loaded = [str(each.get("src") or each.get("href")) for each in root.iter("img", "link", "source")]
    assert [each for each in loaded if not each.startswith("data:")] == []
    levels = [int(each.tag[1]) for each in root.iter("h1", "h2", "h3", "h4")]
    assert (levels[0], levels.count(1)) == (1, 1)


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_the_links_work(made: Made, suffix: str) -> None:
    links = read_back(suffix, made.data["cv", suffix]).links
    assert {"mailto:angharad.llywelyn@gridwise.example", "https://www.example.org/angharad-llywelyn"} <= links


MEMBER = """name: Angharad Llywelyn
employment: [{role: Trainee, employer: Early Ltd, start: 2010-01-04, end: 2012-12-28}]
cv:
  headline: Engineer
  profile: Words for all.
  skills: {Common: [grading]}
  interests: [brass band]
  publications: [{title: Six years blind, publisher: Protection North, date: 2025-06}]
  variants:
    - {name: rail, headline: Rail engineer, profile: Words for rail., topics: [rail], skills: {Rail: [traction]}}
    - {name: short, omit: [interests, skills, 2020-alpha, helen]}
    - {name: same}
"""
PRIVATE = """
Open words.

## Achievements

- Built a bay.
- (private) Hidden point.

(private) Hidden words.
"""
FILES: Mapping[str, str | bytes] = {
    "cpd.yaml": MEMBER,
    "career/2020-alpha.md": record("role: Engineer\nemployer: Alpha\nstart: 2020-01-06\ntopics: [power]\n", PRIVATE),
    "career/2022-beta.md": record("role: Lead\nemployer: Beta\nstart: 2022-01-03\ntopics: [rail, power]\n"),
    "career/2018-gamma.md": record("role: Junior\nemployer: Gamma\nstart: 2018-01-08\nend: 2019-12-20\n"),
    "career/2023-secret.md": record("role: Adviser\nemployer: Hidden Ltd\nstart: 2023-01-02\nconfidential: true\n"),
    "qualifications/rail.md": record("title: Track card\nkind: licence\nawarded: 2024\ntopics: [rail]\n", ""),
    "qualifications/power.md": record("title: Switching card\nkind: licence\nawarded: 2024\ntopics: [power]\n", ""),
    "qualifications/old.md": record("title: Old card\nkind: licence\nawarded: 2014\nexpires: 2019\n", ""),
    "qualifications/secret.md": record("title: Hidden card\nkind: licence\nconfidential: true\n", ""),
    "activities/rail.md": record(
        FIELDS.replace("Relay course", "Track course") + "topics: [rail]\nevidence: [c.pdf]\n"
    ),
    "activities/power.md": record(FIELDS + "topics: [power]\nevidence: [c.pdf]\n"),
    "activities/secret.md": record(
        FIELDS.replace("Relay course", "Hidden course") + "evidence: [c.pdf]\nconfidential: true\n"
    ),
    "evidence/c.pdf": b"paper",
    "people.yaml": "people:\n- {id: helen, name: Helen Ostrowska, referee: true}\n- {id: ben, name: Ben}\n",
}  # fmt: skip
ALL = (
    "Common", "Lead, Beta", "Engineer, Alpha", "Junior, Gamma", "Trainee, Early Ltd", "Track card", "Switching card",
    "Track course", "Relay course", "Six years blind", "brass band", "Helen Ostrowska",
)  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", TODAY)
    monkeypatch.chdir(tmp_path)
    journal_of(tmp_path, FILES)
    return tmp_path


def cv(capsys: Captured, *options: str, kind: str = "cv") -> tuple[str, str]:
    """Return the CV as Markdown, and the messages."""
    capsys.readouterr()
    assert run(["report", kind, "--format", "md", "-o", "-", *options]) == 0
    return capsys.readouterr()


@pytest.mark.parametrize(
    ("variant", "omitted", "named"),
    [
        ("same", (), ()),
        (
            "rail",
            ("Common", "Engineer, Alpha", "Switching card", "Relay course"),
            ("Engineer, Alpha", "Switching card", "Relay course"),
        ),
        ("short", ("Common", "Engineer, Alpha", "brass band", "Helen Ostrowska"), ("Engineer, Alpha",)),
    ],
)  # fmt: skip
def test_a_variant_selects_and_names_the_records_that_it_omits(
    journal: Path, capsys: Captured, variant: str, omitted: Sequence[str], named: Sequence[str]
) -> None:
    out, err = cv(capsys, "--variant", variant)
    assert [words for words in ALL if words not in out] == list(omitted)
    lines = [line for line in err.splitlines() if line.startswith("cpd: ")]
    names = [line.rpartition(": ")[2] for line in lines]
    assert ([each for each in named if each not in names], [each for each in names if each in out]) == ([], [])


def test_a_variant_has_its_own_words(journal: Path, capsys: Captured) -> None:
    out, _ = cv(capsys, "--variant", "rail")
    words = ("Rail engineer", "Words for rail.", "traction", "Words for all.")
    assert [each in out for each in words] == [True, True, True, False]


def test_without_a_variant_everything_is_there(journal: Path, capsys: Captured) -> None:
    out, _ = cv(capsys)
    assert [words for words in (*ALL, "Words for all.", "Built a bay.") if words not in out] == []
    assert "Old card" not in out


@pytest.mark.parametrize("kind", ORDER)
@pytest.mark.parametrize("variant", ["", "rail", "same"])
def test_confidential_and_private_words_are_never_printed(
    journal: Path, capsys: Captured, kind: str, variant: str
) -> None:
    out, err = cv(capsys, *(["--variant", variant] if variant else []), kind=kind)
    assert ("Hidden" in out, "Hidden" in err, "private" in out) == (False, False, False)


def test_the_option_prints_confidential_words_and_still_no_private_ones(journal: Path, capsys: Captured) -> None:
    out, _ = cv(capsys, "--confidential")
    words = ("Adviser, Hidden Ltd", "Hidden card", "Hidden course", "Hidden point", "Hidden words")
    assert [each in out for each in words] == [True, True, True, False, False]


def test_the_academic_look_has_publications_before_experience(journal: Path, capsys: Captured) -> None:
    out, _ = cv(capsys, kind="academic-cv")
    titles = [line[3:] for line in out.splitlines() if line.startswith("## ")]
    assert titles.index("Publications") < titles.index("Experience")
    assert missing_in_order(out, ("Publications", "Six years blind", "Protection North", "June 2025")) == []


def test_an_empty_journal_has_a_cv_with_a_name(tmp_path: Path, capsys: Captured) -> None:
    journal_of(tmp_path, {"cpd.yaml": "name: Angharad Llywelyn\n"})
    out, _ = cv(capsys, "--journal", str(tmp_path))
    assert [line for line in out.splitlines() if line.startswith("#")] == ["# Angharad Llywelyn"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("cv", "--variant", "nope"), ("nope", "rail, short, same")),
        (("summary", "--variant", "rail"), ("--variant", "summary")),
        (("summary", "--pages", "2"), ("--pages", "summary")),
        (("cv", "--pages", "0"), ("--pages", "0")),
    ],
)
def test_what_has_no_effect_is_refused(
    journal: Path, capsys: Captured, args: Sequence[str], words: Sequence[str]
) -> None:
    assert run(["report", *args, "--format", "md", "-o", "-"]) == 2
    captured = capsys.readouterr()
    assert (captured.out, [word for word in words if word not in captured.err]) == ("", [])


# --- pages ---

YEARS = range(2008, 2020)
LONG = "with enough words about relays and feeders to fill most of a second line on an ordinary page of paper"


def long_files() -> dict[str, str | bytes]:
    """Return a career of twelve posts with five points each, and six courses, one of them a highlight."""
    files: dict[str, str | bytes] = {"cpd.yaml": "name: A\ncv: {interests: [brass band]}\n", "evidence/c.pdf": b"paper"}
    for year in YEARS:
        points = "".join(f"- Point {year}-{number} {LONG}.\n" for number in range(1, 6))
        fields = f"role: Engineer\nemployer: Works {year}\nstart: {year}-01-01\nend: {year}-12-31\n"
        files[f"career/{year}.md"] = record(fields, f"\n## Achievements\n\n{points}")
    for number in range(1, 7):
        fields = FIELDS.replace("Relay course", f"Course {number}").replace("2026-03-14", f"202{number}-03-14")
        mark = "highlight: true\n" if number == 1 else ""
        files[f"activities/{number}.md"] = record(f"{fields}evidence: [c.pdf]\n{mark}")
    return files


@pytest.fixture(scope="module")
def long_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("long")
    journal_of(root, long_files())
    return root


@pytest.mark.parametrize("pages", [3, 2])
def test_a_cv_is_cut_to_the_pages_and_each_cut_is_named(
    long_journal: Path, tmp_path: Path, capsys: Captured, pages: int
) -> None:
    out = tmp_path / "cv.pdf"
    assert run(["report", "cv", "--pages", str(pages), "-o", str(out), "-q", "--journal", str(long_journal)]) == 0
    text, reader = by_pypdf(out.read_bytes()), pypdf.PdfReader(out)
    shown = squeezed(text)
    omitted = [
        line.partition("omitted to fit: ")[2] for line in capsys.readouterr().err.splitlines() if "to fit:" in line
    ]
    points = [f"Point {year}-{number}" for year in YEARS for number in range(1, 6)]
    parts = [*points, *(f"Course {number}" for number in range(1, 7)), "brass band"]
    gone = [each for each in parts if squeezed(each) not in shown]
    assert len(reader.pages) <= pages
    assert len(gone) == len(omitted)
    names = " ".join(omitted)
    assert [each for each in gone if each not in names and each != "brass band"] == []
    assert [f"Works {year}" for year in YEARS if squeezed(f"Works {year}") not in shown] == []
    assert "Course 1" not in gone


def test_the_least_important_goes_first(long_journal: Path, tmp_path: Path, capsys: Captured) -> None:
    run(["report", "cv", "--pages", "2", "-o", str(tmp_path / "cv.pdf"), "--journal", str(long_journal)])
    omitted = [line for line in capsys.readouterr().err.splitlines() if "to fit:" in line]
    assert "interests" in omitted[0]
    assert [line.rpartition(": ")[2] for line in omitted[1:6]] == [f"Course {number}" for number in range(2, 7)]
    first = [line.partition("“")[2].split()[1] for line in omitted[6:9]]
    assert first == ["2008-5", "2008-4", "2008-3"]


def test_a_cv_that_fits_keeps_everything(long_journal: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "cv.pdf"
    assert run(["report", "cv", "--pages", "9", "-o", str(out), "--journal", str(long_journal)]) == 0
    assert capsys.readouterr().err == ""
    assert squeezed("brass band") in squeezed(by_pypdf(out.read_bytes()))


def test_a_cv_that_cannot_fit_reports_its_pages(tmp_path: Path, capsys: Captured) -> None:
    posts: dict[str, str | bytes] = {
        f"career/{year}.md": record(f"role: Engineer\nemployer: Works\nstart: {year}-01-01\nend: {year}-12-31\n", "")
        for year in range(1951, 2021)
    }
    journal_of(tmp_path / "j", posts)
    out = tmp_path / "cv.pdf"
    assert run(["report", "cv", "--pages", "1", "-o", str(out), "--journal", str(tmp_path / "j")]) == 0
    pages = len(pypdf.PdfReader(out).pages)
    assert pages > 1
    assert f"{pages} pages" in capsys.readouterr().err


def test_the_formats_of_a_fitted_cv_have_the_same_parts(long_journal: Path, tmp_path: Path) -> None:
    files = {suffix: tmp_path / f"cv.{suffix}" for suffix in ("pdf", "html", "md")}
    outputs = [word for path in files.values() for word in ("-o", str(path))]
    assert run(["report", "cv", "--pages", "2", *outputs, "-q", "--journal", str(long_journal)]) == 0
    points = [f"Point {year}-{number}" for year in YEARS for number in range(1, 6)]
    texts = [squeezed(read_back(suffix, path.read_bytes()).text) for suffix, path in files.items()]
    shown = [{each for each in points if squeezed(each) in text} for text in texts]
    assert shown[0] == shown[1] == shown[2]
    assert 0 < len(shown[0]) < len(points)
