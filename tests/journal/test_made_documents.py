"""Reports that cpdkit made are known by their metadata, and nothing else is."""

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.journal.made_documents import is_made_document
from cpdkit.journal.paths import MOST_LOOKED_AT
from cpdkit.text.files import Disk
from tests.journal.folders import GOOD, MEMBER, journal_of, problems_of, write
from tests.program import cpd

FORMATS = ("docx", "pdf", "html", "odt", "md")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of a report in each format."""
    root = tmp_path_factory.mktemp("journal")
    write(root, "cpd.yaml", MEMBER)
    write(root, "activities/good.md", GOOD)
    out = tmp_path_factory.mktemp("out")
    files = [out / f"report.{name}" for name in FORMATS]
    done = cpd("report", "summary", "--journal", root, *(f"-o{file}" for file in files))
    assert done.code == 0, done.err
    return {name: file.read_bytes() for name, file in zip(FORMATS, files, strict=True)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("place", ["{0}", "reports/{0}", "reports/2026/sent/{0}", "activities/2026/{0}", "career/{0}"])
def test_a_report_is_no_problem_under_any_name(
    reports: dict[str, bytes], tmp_path: Path, name: str, place: str
) -> None:
    path = place.format(f"sent to the institution.{name}")
    journal = journal_of(tmp_path, {"activities/good.md": GOOD, path: reports[name]})
    assert (problems_of(journal), journal.unread) == ([], ())
    assert len(journal.activities) == 1


def test_after_a_report_the_check_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cpd("init", "my-cpd", "--name", "Your Name", cwd=tmp_path).code == 0
    home = tmp_path / "my-cpd"
    new = ("new", "IET lecture: fault levels", "--type", "event", "--date", "yesterday", "--hours", "1h30", "--no-edit")
    assert cpd(*new, cwd=home).code == 0
    assert cpd("report", "detailed", "--out", "reports", cwd=home).code == 0
    assert cpd("report", "summary", cwd=home).code == 0
    assert cpd("check", cwd=home).code == 0


def test_beside_a_report_other_files_are_reported_one_by_one(reports: dict[str, bytes], tmp_path: Path) -> None:
    files = {
        "reports/mine.pdf": reports["pdf"],
        "reports/other.pdf": b"%PDF-1.7 somebody else's",
        "reports/old/notes.txt": "x",
        "letters/a.pdf": b"%PDF-1.7",
    }
    assert problems_of(journal_of(tmp_path, files)) == [
        ("letters", "CPD801"),
        ("reports/old/notes.txt", "CPD801"),
        ("reports/other.pdf", "CPD801"),
    ]


def package(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return held.getvalue()


APPLICATION = b"<Properties><Application>cpdkit</Application></Properties>"
FAR = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 2**31, 0, 0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"cpdkit"),
        ("a.pdf", b"%PDF-1.7 <pdf:Keywords>a guide to cpdkit-like tools</pdf:Keywords>"),
        ("a.pdf", b"<pdf:Keywords>cpdkit</pdf:Keywords>"),
        ("a.html", b"<p>cpdkit</p>"),
        ("a.html", b'<meta name="author" content="cpdkit">'),
        ("a.md", b"# made by cpdkit"),
        ("a.md", b"x\n<!-- made by cpdkit -->"),
        ("a.docx", b"PK"),
        ("a.docx", FAR),
        ("a.docx", b"x" * 100 + FAR),
        ("a.docx", package({"word/document.xml": APPLICATION})),
        ("a.docx", package({"docProps/app.xml": b" " * 2**20 + APPLICATION})),
        ("a.docx", package({"docProps/app.xml": APPLICATION}, zipfile.ZIP_BZIP2)),
        ("a.docx", package({"docProps/app.xml": APPLICATION})[:-3]),
        ("a.odt", package({"docProps/app.xml": APPLICATION})),
        ("a.txt", b"<!-- made by cpdkit -->"),
        ("a", b"<!-- made by cpdkit -->"),
    ],
)
def test_what_only_looks_like_one_is_not(tmp_path: Path, name: str, data: bytes) -> None:
    write(tmp_path, name, data)
    assert not is_made_document(Disk(str(tmp_path)), name)


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_only_files_of_the_journal_are_opened(reports: dict[str, bytes], tmp_path: Path) -> None:
    report = write(tmp_path, "elsewhere/report.pdf", reports["pdf"])
    root = tmp_path / "journal"
    write(root, "real.pdf", reports["pdf"])
    (root / "link.pdf").symlink_to(report)
    (root / "linked").symlink_to(report.parent)
    os.mkfifo(root / "pipe.pdf")
    (root / "folder.pdf").mkdir()
    disk = Disk(str(root))
    names = (
        "real.pdf",
        "link.pdf",
        "linked/report.pdf",
        "pipe.pdf",
        "folder.pdf",
        "missing.pdf",
        "../elsewhere/report.pdf",
    )
    assert [name for name in names if is_made_document(disk, name)] == ["real.pdf"]


def test_a_folder_of_any_size_is_looked_at_only_so_far(reports: dict[str, bytes], tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"notes/{number:04}.txt": "x" for number in range(MOST_LOOKED_AT + 1)}
    journal = journal_of(tmp_path, files | {"notes/report.md": reports["md"]})
    assert problems_of(journal) == [("notes", "CPD801")]


def test_a_report_among_the_activities_is_not_shown_as_one(
    reports: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal_of(tmp_path, {"activities/report.md": reports["md"]})
    assert run(["show", "report", "--journal", str(tmp_path)]) == 2
    assert "activities/report.md is a report" in capsys.readouterr().err


def test_a_named_report_is_no_problem(
    reports: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal_of(tmp_path, {"reports/a.docx": reports["docx"], "reports/b.txt": "x"})
    for path, code in (("reports/a.docx", 0), ("reports", 1), ("reports/b.txt", 1)):
        assert run(["check", str(tmp_path / path)]) == code
    assert "a.docx" not in capsys.readouterr().out
