"""What the options of a report change: the order, the requirements, and which period they are of."""

import re
from pathlib import Path

import pytest

from tests.program import cpd
from tests.transcripts import ROOT

JOURNAL = ROOT / "journal"


def made(*options: str, kind: str = "detailed", today: str = "2026-11-23") -> str:
    done = cpd("report", kind, "--format", "md", "-o", "-", *options, "--journal", JOURNAL, env={"CPD_TODAY": today})
    assert done.code == 0, done.err
    return done.out


def titles(text: str) -> list[tuple[str, str]]:
    """Return the number and the title of each activity in full."""
    return re.findall(r"^### (\d+) (.+)$", text, flags=re.MULTILINE)


def test_activities_are_numbered_in_their_order_and_cited_by_number() -> None:
    newest, oldest = made("--period", "2025"), made("--period", "2025", "--order", "oldest")
    for text in (newest, oldest):
        assert [int(number) for number, _ in titles(text)] == list(range(1, 24))
        rows = re.findall(r"^\| +(\d+) \| [^|]+ \| \[", text, flags=re.MULTILINE)
        assert [int(number) for number in rows] == list(range(1, 24))
        assert "**23 activities**" in text
        assert re.search(r"^\| A1 .*\[\d+\]\(#\d+-", text, flags=re.MULTILINE)
    assert sorted(title for _, title in titles(newest)) == sorted(title for _, title in titles(oldest))
    assert titles(newest)[0][1] != titles(oldest)[0][1]


def test_requirements_are_a_table_with_advice_apart() -> None:
    text = made("--period", "2025", kind="summary")
    table = text.partition("### Institution of Engineering and Technology, 2025")[2].partition("### ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:2] == "| "]
    assert rows[1] == ["Recorded activities", "1", "24", "met"]
    assert rows[3] == ["Hours in the year", "30 h", "70.08 h", "met"]
    assert [row[0] for row in rows].index("Recommended") == 2
    assert ["Reflections", "24", "23", "**1 activity short**"] in rows
    assert "2 h of 1 confidential activity that this report omits" in table
    assert text.index("## Requirements") < text.index("## Activities") < text.index("## Hours")


def test_the_annual_review_explains_its_two_totals() -> None:
    hours = made("--period", "2025", kind="annual-review").partition("## 2. Hours")[2].partition("\n## ")[0]
    assert "68.08 h in 23 activities" in hours
    assert hours.count("70.08 of 30 h") == hours.count("2 h of 1 confidential activity that this report omits") == 1


@pytest.mark.parametrize(
    ("period", "shown"),
    [("2025", True), ("2024..2025", True), ("2025-03-14", False), ("2031", False), ("2025-Q1", False)],
)
def test_progress_is_that_of_the_period(period: str, shown: bool) -> None:
    text = made("--period", period, kind="summary")
    assert ("## Requirements" in text) is shown
    if shown:
        assert "Technology, 2025" in text


def test_progress_can_be_left_out() -> None:
    assert "## Requirements" not in made("--period", "2025", "--no-progress")


@pytest.mark.parametrize("kind", ["summary", "detailed", "annual-review", "competences", "development-plan"])
def test_what_made_it_is_at_the_end(kind: str) -> None:
    last = made("--period", "2025", kind=kind).rstrip().splitlines()[-1]
    assert last.startswith("cpdkit made this report from ")


def test_the_annual_review_begins_with_the_owners_words() -> None:
    text = made("--period", "2025", kind="annual-review")
    assert text.index("## Review of the year") < text.index("## Requirements") < text.index("## 1. Plan")


def test_a_detailed_report_of_a_year_is_short(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    file = tmp_path / "a.pdf"
    done = cpd("report", "detailed", "--period", "2025", "-o", file, "--journal", JOURNAL)
    assert done.code == 0
    assert len(pdfium.PdfDocument(file)) <= 11


def test_only_the_named_activities_of_any_year() -> None:
    text = made("--activity", "grid-scale-storage", "--activity", "Mentoring, second year")
    assert len(titles(text)) == 2
    assert "2 chosen activities" in text
    assert "## Requirements" not in text
    done = cpd("report", "detailed", "--activity", "nothing", "--journal", JOURNAL)
    assert (done.code, "nothing" in done.err) == (2, True)


def test_a_declaration_has_the_names_of_cpd_yaml(tmp_path: Path) -> None:
    (tmp_path / "cpd.yaml").write_text(
        "name: Tamsin Penrose\nsignatories: [{name: Helen Stone CEng, role: Mentor}, Ben Hart]\n"
    )
    (tmp_path / "activities").mkdir()
    (tmp_path / "activities" / "a.md").write_text("---\ntitle: A\ntype: event\nstart: 2026-03-14\nhours: 1\n---\n")
    words = ("report", "summary", "--period", "2026", "--format", "md", "-o", "-", "--journal", tmp_path)
    assert "Declaration" not in cpd(*words).out
    text = cpd(*words, "--sign").out.partition("## Declaration")[2]
    names = re.findall(r"^\| ([^|]+?) +\| ([^|]+?) +\| +\| +\|$", text, flags=re.MULTILINE)
    assert names == [
        ("Member", "Tamsin Penrose"), ("Mentor", "Helen Stone CEng"), ("Mentor or line manager", "Ben Hart"),
    ]  # fmt: skip


def test_every_page_of_a_confidential_report_is_marked(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    for options, marked in ((("--confidential",), True), ((), False)):
        file = tmp_path / f"{marked}.pdf"
        assert cpd("report", "detailed", "--period", "2025", *options, "-o", file, "--journal", JOURNAL).code == 0
        texts = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(file)]
        assert {"· Confidential" in text for text in texts} == {marked}
    assert "## Requirements" in made("--period", "2025", "--confidential")
