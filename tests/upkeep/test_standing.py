"""How a journal stands: real folders, with a repository and without."""

import subprocess
import time
from pathlib import Path

import pytest

from cpdkit.upkeep.health import Level
from cpdkit.upkeep.leftovers import Leftover
from cpdkit.upkeep.standing import found_by, journal_signs
from tests.journal.folders import GOOD, journal_of, write
from tests.tools import needs


def signs(root: Path, now: float | None = None, left: tuple[Leftover, ...] = ()) -> dict[str, tuple[Level, str]]:
    found = journal_signs(root, "named by --journal", left, time.time() if now is None else now)
    return {each.name: (each.level, each.said) for each in found}


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    needs("git")
    journal_of(tmp_path, {"activities/a.md": GOOD, ".gitattributes": "*.md text=auto\n"})
    for args in (("init", "-q"), ("add", "."), ("commit", "-qm", "A")):
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *args], cwd=tmp_path, check=True)
    return tmp_path


def test_a_journal_without_a_repository(tmp_path: Path) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "activities/b.md": "broken", "evidence/a.pdf": b"x"})
    found = signs(tmp_path, left=(Leftover("activities/.cpdkit-0.tmp", 1, 7200),))
    said = "1 activity, 1 piece of evidence; and 1 file (activities/b.md) can't be read"
    assert found["files"] == (Level.NOTE, said)
    assert (found["git"][0], found["letters"][0]) == (Level.NOTE, Level.OK)
    assert found["leftovers"] == (Level.NOTE, "a file of an interrupted run: activities/.cpdkit-0.tmp")
    assert found["place"] == (Level.OK, f"{tmp_path}: named by --journal")


def test_a_journal_that_is_committed(committed: Path) -> None:
    found = signs(committed)
    assert found["commits"] == (Level.OK, "all 2 records are committed as they are")
    assert set(found) == {"place", "files", "commits", "letters"}


def test_what_is_not_committed_and_clocks_that_were_wrong(committed: Path) -> None:
    write(committed, "activities/a.md", GOOD + "\nMore.\n")
    write(committed, "activities/b.md", GOOD)
    (committed / ".gitattributes").unlink()
    found = signs(committed, now=0)
    assert found["commits"] == (Level.NOTE, "not committed as they are: 2 files (activities/a.md, activities/b.md)")
    assert found["clock"] == (Level.NOTE, "the newest commit and the newest file lie in the future")
    assert found["line ends"][0] is Level.NOTE


def test_hooks_are_seen_and_not_run(committed: Path) -> None:
    write(committed, ".pre-commit-config.yaml", "repos: []\n")
    assert signs(committed)["hooks"][0] is Level.NOTE
    hook = write(committed, ".git/hooks/pre-commit", f"#!/bin/sh\ntouch {committed}/ran\n")
    hook.chmod(0o755)
    assert signs(committed)["hooks"][0] is Level.OK
    assert not (committed / "ran").exists()


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git = needs("git")
    journal_of(tmp_path, {})
    subprocess.run([git, "init", "-q"], cwd=tmp_path, check=True)
    assert signs(tmp_path)["commits"][0] is Level.NOTE


def test_why_it_is_this_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert found_by(Path("x"), tmp_path, {"CPD_JOURNAL": "y"}) == "named by --journal"
    assert found_by(None, tmp_path, {"CPD_JOURNAL": "y"}) == "named by $CPD_JOURNAL"
    assert found_by(None, tmp_path, {}) == "the folder you are in, or the nearest above it"
    assert found_by(None, tmp_path / "deep" / "journal", {}) == "./journal"
