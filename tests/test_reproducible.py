"""The same journal gives the same bytes in each format: in other surroundings, and in a clone."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program import cpd
from tests.tools import needs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
FORMATS = "docx,pdf,html,odt,md"
ASK = ("report", "detailed", "--period", "2026-Q1", "--format", FORMATS, "--out")

SURROUNDINGS: tuple[dict[str, str | None], ...] = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "CPD_TODAY": "2026-11-23"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LANG": "de_DE.UTF-8", "LC_ALL": None,
     "CPD_TODAY": "2031-01-01"},
)  # fmt: skip


def made(folder: Path) -> dict[str, str]:
    """The digest of every file, by its suffix."""
    return {path.suffix: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def copy_of_the_example(root: Path, seconds: int) -> Path:
    """The example journal elsewhere, its files of another time."""
    journal = shutil.copytree(ROOT / "journal", root / "journal")
    for path in journal.rglob("*"):
        os.utime(path, (seconds, seconds))
    return journal


def test_the_surroundings_change_nothing(tmp_path: Path) -> None:
    found = []
    for number, surroundings in enumerate(SURROUNDINGS):
        work = tmp_path / f"in {number}" / ("deeper" * number)
        work.mkdir(parents=True)
        journal = copy_of_the_example(work, 1_700_000_000 + number)
        temporary = work / "tmp"
        temporary.mkdir()
        env = surroundings | {"TMPDIR": str(temporary), "HOME": str(work), "SOURCE_DATE_EPOCH": "1767225600"}
        assert cpd(*ASK, work / "out", "--journal", journal, env=env, cwd=work).code == 0
        found.append(made(work / "out"))
        assert list(temporary.iterdir()) == []
    assert sorted(found[0]) == [".docx", ".html", ".md", ".odt", ".pdf"]
    assert found[0] == found[1]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    journal = copy_of_the_example(tmp_path / "first", 1_700_000_000)
    for args in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "all")):
        git(journal, *args)
    return journal


def git(folder: Path, *args: str) -> None:
    known = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run([needs("git"), *args], cwd=folder, check=True, capture_output=True, env=os.environ | known)


def test_a_clone_makes_the_same_without_being_told_the_time(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    found = []
    for name, journal in (("one", repository), ("two", tmp_path / "clone")):
        done = cpd(*ASK, tmp_path / name, "--journal", journal, env={"SOURCE_DATE_EPOCH": None})
        assert done.code == 0, done.err
        found.append(made(tmp_path / name))
    assert found[0] == found[1]


def test_another_date_is_another_document(tmp_path: Path) -> None:
    """Else the tests above could pass by comparing nothing."""
    journal = copy_of_the_example(tmp_path, 1_700_000_000)
    found = []
    for epoch in ("1767225600", "1767312000"):
        assert cpd(*ASK, tmp_path / epoch, "--journal", journal, env={"SOURCE_DATE_EPOCH": epoch}).code == 0
        found.append(made(tmp_path / epoch))
    assert all(found[0][suffix] != found[1][suffix] for suffix in found[0])
