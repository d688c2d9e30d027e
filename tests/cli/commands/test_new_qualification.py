"""`cpd new qualification`: the file that it writes, dates in words, and what it refuses."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import journal_of

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    journal_of(tmp_path, {})
    return tmp_path


def new(*args: str) -> int:
    return run(["new", "qualification", *args, "--no-edit"])


def front(path: Path) -> str:
    return path.read_text("utf-8").split("---\n")[1]


def test_all_fields(journal: Path, capsys: Captured) -> None:
    options = [
        "--kind", "deg", "-i", "Leeds", "--start", "2012-09", "--awarded", "July 2016", "--expires", "2030",
        "--grade", "First", "--number", "007", "--accreditation", "by the IET", "-c", "A1:P", "-c", "B2:SP",
        "--evidence", "evidence/degree.pdf", "--evidence", "https://example.org/badge",
    ]  # fmt: skip
    assert new("MEng", "Électrical", *options) == 0
    path = journal / "qualifications/2016-meng-electrical.md"
    assert capsys.readouterr().out == "qualifications/2016-meng-electrical.md\n"
    lines = dict(line.split(": ", 1) for line in front(path).splitlines())
    assert {name: text.strip("'\"") for name, text in lines.items()} == {
        "title": "MEng Électrical", "kind": "degree", "institution": "Leeds", "start": "2012-09",
        "awarded": "2016-07", "expires": "2030", "grade": "First", "accreditation": "by the IET", "number": "007",
        "competences": "{A1: P, B2: SP}", "evidence": "[degree.pdf, \"https://example.org/badge\"]",
    }  # fmt: skip
    assert run(["check"]) in (0, 1)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2016", "2016"),
        ("2016-07", "2016-07"),
        ("2016-07-08", "2016-07-08"),
        ("July 2016", "2016-07"),
        ("Jul 2016", "2016-07"),
        ("8 July 2016", "2016-07-08"),
        ("yesterday", "2026-11-23"),
        (" 2016-07 ", "2016-07"),
    ],
)
def test_dates(journal: Path, text: str, written: str) -> None:
    assert new("Course", "--awarded", text) == 0
    assert front(journal / f"qualifications/{written[:4]}-course.md") == f"title: Course\nawarded: {written}\n"


@pytest.mark.parametrize(
    ("word", "kind"),
    [("degree", "degree"), ("DEG", "degree"), ("cert", "certificate"), ("license", "licence"), ("exam", "exam")],
)
def test_kinds(journal: Path, word: str, kind: str) -> None:
    assert new("Course", "--kind", word) == 0
    assert front(journal / "qualifications/course.md") == f"title: Course\nkind: {kind}\n"


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["  "],
        ["Course", "--awarded", "nonsense"],
        ["Course", "--awarded", "2016-13"],
        ["Course", "--awarded", "2016-02-30"],
        ["Course", "--awarded", "2016", "--expires", "2015"],
        ["Course", "--start", "2017", "--awarded", "2016"],
        ["Course", "--kind", "zebra"],
        ["Course", "--evidence", "../secret.pdf"],
        ["Course", "--evidence", "/etc/passwd"],
    ],
)
def test_refused(journal: Path, args: list[str], capsys: Captured) -> None:
    assert new(*args) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("cpd: ")
    assert not (journal / "qualifications").exists()


def test_the_same_title_again_gets_another_name(journal: Path) -> None:
    for _ in range(3):
        assert new("Course", "--awarded", "2016") == 0
    names = sorted(path.name for path in (journal / "qualifications").iterdir())
    assert names == ["2016-course-2.md", "2016-course-3.md", "2016-course.md"]


@pytest.mark.parametrize("title", ["A: b", "# A", "- A", "'A' \"b\"", "[A]", "yes", "2016", "A\tb", "???", "é 電"])
def test_a_title_with_marks_is_read_again(journal: Path, title: str) -> None:
    assert new("--", title) == 0
    assert len(list((journal / "qualifications").iterdir())) == 1
    assert run(["check", "--quiet"]) == 0


def test_dry_run_writes_nothing(journal: Path, capsys: Captured) -> None:
    assert new("Course", "--dry-run") == 0
    assert capsys.readouterr().out == "qualifications/course.md\n---\ntitle: Course\n---\n"
    assert not (journal / "qualifications").exists()


def test_it_can_be_undone(journal: Path) -> None:
    assert new("Course") == 0
    assert run(["undo", "--yes"]) == 0
    assert list(journal.glob("qualifications/*.md")) == []


def test_without_a_journal(tmp_path: Path) -> None:
    assert new("Course", "--journal", str(tmp_path / "nowhere")) == 2
