"""`cpd move`, `cpd rename` and `cpd merge` in a journal under git, as their owner sees them."""

from pathlib import Path

import pytest

from cpdkit.cli.commands.move import merge_two, move_named, rename
from cpdkit.cli.console import Console
from cpdkit.errors import UsageError
from tests.history.test_git import git_in
from tests.journal.folders import FIELDS, journal_of, record
from tests.tools import needs

Captured = pytest.CaptureFixture[str]
A, B = "activities/2026/2026-03-14-a.md", "activities/2026/b.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    needs("git")
    files = {
        A: record(FIELDS + "objectives: [plan]\nevidence: [x.pdf]\n", "\n[b](b.md)\n"),
        B: record(body="\n[a](2026-03-14-a.md)\n"),
        "plan/plan.md": record("title: Plan\n"),
        "evidence/x.pdf": b"paper",
    }
    journal_of(tmp_path, files)
    git_in(tmp_path, "init", "-q", "-b", "main", ".")
    git_in(tmp_path, "add", "-A")
    git_in(tmp_path, "commit", "-q", "-m", "one")
    return tmp_path


def staged(root: Path) -> list[str]:
    return git_in(root, "diff", "--cached", "--name-status").splitlines()


def test_moved_with_its_links_and_known_to_git(root: Path, capsys: Captured) -> None:
    move_named(root, ["2026-03-14-a", "b", "Courses"], False, Console())
    shown = capsys.readouterr()
    assert shown.out.splitlines() == ["activities/Courses/2026-03-14-a.md", "activities/Courses/b.md"]
    assert shown.err == "2 files moved\n"
    assert [line[0] for line in staged(root)] == ["R", "R"]
    assert "[b](b.md)" in (root / "activities/Courses/2026-03-14-a.md").read_text()
    move_named(root, ["2026-03-14-a", "Courses"], False, Console())
    assert capsys.readouterr().err == "activities/Courses/2026-03-14-a.md is there already\n"


def test_a_dry_run_shows_all_and_does_nothing(root: Path, capsys: Captured) -> None:
    move_named(root, ["b", "."], True, Console())
    shown = capsys.readouterr()
    assert shown.out.startswith(f"{B} → activities/b.md\n--- a/{A}\n")
    assert "+[b](../b.md)" in shown.out
    assert shown.err == "1 file would be moved, links in 1 other moved along\n"
    assert git_in(root, "status", "--short") == ""


@pytest.mark.parametrize(
    ("said", "name", "new"),
    [
        ("2026-03-14-a", "", "activities/2026/2026-03-14-relay-course.md"),
        ("plan/plan.md", "Grid storage", "plan/grid-storage.md"),
        ("evidence/x.pdf", "certificate", "evidence/certificate.pdf"),
    ],
)
def test_renamed_with_what_names_it(root: Path, capsys: Captured, said: str, name: str, new: str) -> None:
    rename(root, said, name, False, Console())
    shown = capsys.readouterr()
    assert shown.out == f"{new}\n"
    assert shown.err == "1 file renamed, links in 1 other moved along\n"
    assert [line[0] for line in staged(root)] == ["R"]


def test_merged(root: Path, capsys: Captured) -> None:
    merge_two(root, "2026-03-14-a", "b", [], "", True, Console())
    assert capsys.readouterr().err == f"{B} would be merged into {A}\n"
    assert (root / B).exists()
    merge_two(root, "2026-03-14-a", "b", ["location=Leeds"], "first", False, Console())
    assert capsys.readouterr().out == f"{A}\n"
    assert not (root / B).exists()
    assert "location: Leeds" in (root / A).read_text()


def test_what_is_not_used_is_told(root: Path, capsys: Captured) -> None:
    (root / B).write_text(record(FIELDS.replace("hours: 2", "hours: 3"), "\n"))
    (root / "activities/bad.md").write_bytes(b"\xff](b.md)")
    merge_two(root, "2026-03-14-a", "b", [], "first", False, Console())
    said = capsys.readouterr().err
    assert "left out: hours: 3" in said
    assert "activities/bad.md could not be read" in said


@pytest.mark.parametrize("said", ["evidence/none.pdf", "nothing"])
def test_what_is_not_there(root: Path, said: str) -> None:
    with pytest.raises(UsageError, match="there is no"):
        rename(root, said, "x", False, Console())
    with pytest.raises(UsageError, match="which activity goes where"):
        move_named(root, [said], False, Console())
