"""`cpd report`: which files it writes, and what it refuses."""

from pathlib import Path

import pytest

from tests.cli.conftest import Report

Captured = pytest.CaptureFixture[str]


def test_docx_and_pdf_in_the_current_folder_by_default(report: Report, capsys: Captured) -> None:
    assert report("summary") == 0
    names = ["angharad-llywelyn-summary-2026.docx", "angharad-llywelyn-summary-2026.pdf"]
    assert (sorted(path.name for path in Path().iterdir()), capsys.readouterr().out.split()) == (names, names)


@pytest.mark.parametrize(
    ("args", "files"),
    [
        (["-o", "a.md"], ["a.md"]),
        (["-o", "a.md", "-o", "b.html"], ["a.md", "b.html"]),
        (["--to", "md,html", "--out", "new/er"], ["new/er/angharad-llywelyn-summary-2026.html",
                                                  "new/er/angharad-llywelyn-summary-2026.md"]),
        (["--format", "md"], ["angharad-llywelyn-summary-2026.md"]),
        (["-o", "a.md", "--format", "html"], ["a.md", "angharad-llywelyn-summary-2026.html"]),
        (["-o", "sub/a.MD"], ["sub/a.MD"]),
        (["--format", "md", "--period", "2025-04..2026-03"],
         ["angharad-llywelyn-summary-2025-04-01--2026-03-31.md"]),
        (["--format", "md", "--period", "all"], ["angharad-llywelyn-summary-all.md"]),
    ],
)  # fmt: skip
def test_where_it_writes(args: list[str], files: list[str], report: Report, capsys: Captured) -> None:
    assert report("summary", *args) == 0
    assert sorted(path.as_posix() for path in Path().rglob("*") if path.is_file()) == files
    assert sorted(capsys.readouterr().out.split()) == files


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "say which report"),
        (["nonsense"], 'there is no report called "nonsense"'),
        (["summray"], "did you mean summary?"),
        (["summary", "-o", "a.doc"], "does not say its format"),
        (["summary", "--format", "doc"], 'there is no format "doc"'),
        (["summary", "--period", "03/04/2026"], "03/04/2026"),
        (["summary", "--period", "2026", "--from", "2025"], "both say the period"),
        (["summary", "--type", "trainign"], "did you mean training?"),
    ],
)
def test_what_can_not_be_meant_exits_2_and_writes_nothing(
    args: list[str], said: str, report: Report, capsys: Captured
) -> None:
    assert report(*args) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert (shown.out, list(Path().iterdir())) == ("", [])


def test_the_help_names_every_shipped_kind(report: Report, capsys: Captured) -> None:
    assert report("--list") == 0
    kinds = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert report("--help") == 0
    said = "".join(capsys.readouterr().out.split())
    assert [kind for kind in kinds if kind not in said] == []
    assert len(kinds) == 5
