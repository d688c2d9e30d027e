"""A journal with a plan on a fixed date, and one under git whose records refer to each other."""

from pathlib import Path

import pytest

from tests.history.test_git import git_in
from tests.journal.folders import FIELDS, journal_of, record
from tests.tools import needs

A, B = "activities/2026/2026-03-14-a.md", "activities/2026/b.md"

RELAYS = """title: Relays
success-measure: It works.
start: 2026-01-01
by: 2026-12-31
status: open
actions:
  - {action: Ask Helen, by: 2026-12-01}
"""


@pytest.fixture
def planned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    journal_of(
        tmp_path,
        {
            "plan/relays.md": record(RELAYS, ""),
            "plan/welsh.md": record("title: Welsh\nstart: 2026-02-01\n", ""),
            "activities/a.md": record(FIELDS + "objectives: [relays]\n"),
        },
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return tmp_path


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
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
    monkeypatch.chdir(tmp_path)
    return tmp_path


def staged(root: Path) -> list[str]:
    """Return the changes that git reports, such as `R100 a.md b.md`."""
    return git_in(root, "diff", "--cached", "--name-status").splitlines()
