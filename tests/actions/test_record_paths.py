from pathlib import Path

import pytest

from cpdkit.actions.record_paths import folder_said, in_folder, meant, name_said, usual_path
from cpdkit.errors import UsageError
from cpdkit.journal.paths import list_journal
from cpdkit.text.files import Disk
from tests.journal.folders import journal_of, record


@pytest.mark.parametrize(
    ("said", "folder"),
    [("2026", "2026"), ("activities/CPD 2013/", "CPD 2013"), (".", ""), ("./a/b", "a/b"), ("activities", "")],
)
def test_a_folder_that_is_said(said: str, folder: str) -> None:
    assert folder_said(said) == folder
    assert in_folder("activities/x/a.md", folder) == f"activities/{folder}/a.md".replace("//", "/")


@pytest.mark.parametrize("said", ["..", "../x", "/etc", "a//b", ".git", "a/.b", "a:b", "a\\b", "a\nb", "a/ b", "a."])
def test_folders_that_can_not_be(said: str) -> None:
    with pytest.raises(UsageError, match="no folder can be called"):
        folder_said(said)


def test_of_two_of_one_name_the_one_outside_is_meant() -> None:
    paths = ("activities/2025/meeting.md", "activities/2026/meeting.md", "activities/2026/other.md")
    assert meant("meeting", paths, "2026") == paths[0]
    assert meant("other", paths, "2026") == paths[2]
    with pytest.raises(UsageError, match="2 names"):
        meant("meeting", paths, "2027")


@pytest.mark.parametrize(
    ("path", "said", "new"),
    [
        ("activities/2026-03-14-a.md", "IET lecture: grid", "activities/2026-03-14-iet-lecture-grid.md"),
        ("activities/2026-03-14-a.md", "2026-03-15-b.md", "activities/2026-03-15-b.md"),
        ("plan/a.md", "Über", "plan/uber.md"),
        ("evidence/a.pdf", "b.pdf", "evidence/b.pdf"),
        ("evidence/2026-03-14.pdf", "b", "evidence/2026-03-14-b.pdf"),
        ("evidence/README", "b", "evidence/b"),
    ],
)
def test_a_name_that_is_said(path: str, said: str, new: str) -> None:
    assert name_said(path, said) == new


@pytest.mark.parametrize("said", [" ", "a/b", "..\\x", ".md"])
def test_names_that_can_not_be(said: str) -> None:
    with pytest.raises(UsageError, match="no file can be called"):
        name_said("activities/a.md", said)


def test_the_usual_name_of_every_kind(tmp_path: Path) -> None:
    files = {
        "activities/x/a.md": record(),
        "activities/x/2026-03-14-relay-course.md": record(),
        "plan/b.md": record("title: Grid storage\n"),
        "career/c.md": record("role: Engineer\nemployer: National Grid\nstart: 2021-09-01\n"),
        "reviews/d.md": record("year: 2025\n"),
    }
    journal_of(tmp_path, files)
    disk = Disk(str(tmp_path))
    listing = list_journal(disk)
    assert [usual_path(disk, path, listing) for path in files] == [
        "activities/x/2026-03-14-relay-course-2.md",
        "activities/x/2026-03-14-relay-course.md",
        "plan/grid-storage.md",
        "career/2021-national-grid.md",
        "reviews/2025.md",
    ]
    with pytest.raises(UsageError, match="has no title"):
        usual_path(disk, "evidence/x.pdf", listing)
