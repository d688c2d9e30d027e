"""Renaming in git's index, in real repositories."""

import os
from pathlib import Path

import pytest

from cpdkit.history.git import rename_tracked
from tests.history.test_git import git_in
from tests.tools import needs


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A journal in a folder of a repository, with one file committed and one that git does not know."""
    needs("git")
    root = tmp_path / "my journal"
    (root / "activities").mkdir(parents=True)
    (root / "activities" / "ŵ a.md").write_text("words\n")
    git_in(tmp_path, "init", "-q", "-b", "main", ".")
    git_in(tmp_path, "add", "-A")
    git_in(tmp_path, "commit", "-q", "-m", "one")
    (root / "activities" / "b.md").write_text("new\n")
    return root


def test_a_tracked_file_is_known_by_its_new_name_and_others_are_let_be(repo: Path) -> None:
    for old, new in (("ŵ a.md", "2026/ŵ a.md"), ("b.md", "c.md")):
        (repo / "activities" / new).parent.mkdir(exist_ok=True)
        (repo / "activities" / old).rename(repo / "activities" / new)
    moved = {"activities/ŵ a.md": "activities/2026/ŵ a.md", "activities/b.md": "activities/c.md"}
    assert rename_tracked(repo, moved)
    shown = git_in(repo, "-c", "core.quotePath=false", "status", "--short", "--untracked-files=all")
    assert shown.splitlines() == [
        'R  "activities/ŵ a.md" -> "activities/2026/ŵ a.md"',
        "?? activities/c.md",
    ]


def test_what_is_staged_stays_staged_and_the_rest_does_not(repo: Path) -> None:
    place = repo / "activities" / "ŵ a.md"
    place.write_text("staged\n")
    git_in(repo, "add", "-A")
    place.write_text("later\n")
    place.rename(repo / "activities" / "z.md")
    assert rename_tracked(repo, {"activities/ŵ a.md": "activities/z.md"})
    assert git_in(repo, "show", ":./activities/z.md") == "staged"


def test_a_locked_index_is_told_and_left(repo: Path) -> None:
    lock = Path(git_in(repo, "rev-parse", "--absolute-git-dir")) / "index.lock"
    lock.touch()
    assert not rename_tracked(repo, {"activities/ŵ a.md": "activities/z.md"})
    lock.unlink()
    assert git_in(repo, "status", "--short", "--untracked-files=no") == ""


def test_no_program_of_the_repository_is_started(repo: Path) -> None:
    trap = repo.parent / "trap"
    trap.write_text(f'#!/bin/sh\ntouch "{repo.parent}/sprung"\ncat\n')
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge"):
        git_in(repo, "config", name, str(trap))
    (repo / ".gitattributes").write_text("* filter=x\n")
    hook = repo.parent / ".git" / "hooks" / "post-index-change"
    hook.write_bytes(trap.read_bytes())
    hook.chmod(0o755)
    os.utime(repo / "activities" / "ŵ a.md")
    assert rename_tracked(repo, {"activities/ŵ a.md": "activities/z.md"})
    assert not (repo.parent / "sprung").exists()


def test_without_git_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert rename_tracked(tmp_path, {"a": "b"})
