"""The date of a report: from the environment, the commit or the newest file."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from cpdkit.dates.period import Period
from cpdkit.documents.kinds.report import Origin
from cpdkit.errors import UsageError
from cpdkit.history.origin import origin_of
from cpdkit.journal.load import load
from cpdkit.journal.selection import Filters, select
from tests.program import activity, make_journal
from tests.tools import needs

COMMITTED = 1_772_366_400  # 1 March 2026
NEWEST = 1_780_000_000  # 28 May 2026
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    root = make_journal(tmp_path / "journal", {"activities/other.md": activity("Other", start="2020-01-01")})
    for path in root.rglob("*.*"):
        os.utime(path, (NEWEST - 5, NEWEST - 5))
    os.utime(root / "activities" / "good.md", (NEWEST, NEWEST))
    return root


def git(root: Path, *args: str) -> None:
    dated = {f"GIT_{who}_DATE": f"{COMMITTED} +0900" for who in ("AUTHOR", "COMMITTER")}
    known = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = [needs("git"), "-c", "init.defaultBranch=main", *args]
    subprocess.run(command, cwd=root, check=True, capture_output=True, env={**os.environ, **dated, **known})


def commit(root: Path) -> None:
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "all")


def wanted(root: Path) -> tuple[Origin, int]:
    journal = load(root)
    return origin_of(journal, select(journal.activities, 0, YEAR, Filters()))


def test_without_git_the_newest_file_says_when(journal: Path) -> None:
    assert wanted(journal) == (Origin(date(2026, 5, 28)), NEWEST)


def test_the_commit_says_when_whatever_the_files_times_are(journal: Path, tmp_path: Path) -> None:
    commit(journal)
    origin, epoch = wanted(journal)
    assert (origin.day, epoch, origin.changed, len(origin.commit)) == (date(2026, 3, 1), COMMITTED, False, 10)
    git(tmp_path, "clone", "--quiet", str(journal), "clone")
    assert wanted(tmp_path / "clone") == (origin, epoch)


def test_an_edit_since_is_told_where_the_report_uses_it(journal: Path) -> None:
    commit(journal)
    (journal / "activities" / "other.md").write_text(activity("Other, edited", start="2020-01-01"), encoding="utf-8")
    assert not wanted(journal)[0].changed
    (journal / "activities" / "good.md").write_text(activity("Edited"), encoding="utf-8")
    assert wanted(journal)[0].changed


@pytest.mark.parametrize(
    ("changed", "expected"), [("cpd.yaml", True), ("activities/new.md", True), ("notes.txt", False)]
)
def test_what_else_counts_as_an_edit(changed: str, expected: bool, journal: Path) -> None:
    commit(journal)
    text = "name: Another\n" if changed == "cpd.yaml" else activity("New")
    (journal / changed).write_text(text, encoding="utf-8")
    assert wanted(journal)[0].changed is expected


def test_the_environment_goes_first(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(journal)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    origin, epoch = wanted(journal)
    assert (origin.day, epoch, bool(origin.commit)) == (date(1970, 1, 2), 86400, True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        wanted(journal)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_the_day_is_the_same_everywhere(zone: str, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    assert wanted(journal)[0].day == date(2026, 5, 28)
