"""Moving files: what points to them follows, nothing is lost, and a second run finishes."""

import os
import signal
import sys
from pathlib import Path

import pytest

from cpdkit.actions.links import moves_among
from cpdkit.actions.move import (
    Relocation,
    edits_of_others,
    in_folder,
    plain_folder,
    plan_move,
    plan_rename,
    relocate,
    relocation,
    renamed,
    usual_path,
)
from cpdkit.errors import ChangedOnDisk, UsageError
from cpdkit.journal.paths import list_journal
from cpdkit.text.files import Disk
from tests.journal.folders import FIELDS, journal_of, record, write
from tests.program import cpd, killed_at

A, B, NEW = "activities/2026/a.md", "activities/2026/b.md", "activities/Courses/a.md"
FILES = {
    A: record(body="\n[b](b.md) [[plan]]\n"),
    B: record(FIELDS + "objectives: [plan]\n", "\n[a](a.md)\n"),
    "plan/plan.md": record("title: Plan\n", "\n![a](../activities/2026/a.md)\n"),
}


def planned(root: Path, moved: dict[str, str]) -> Relocation:
    disk = Disk(str(root))
    return relocation(disk, list_journal(disk), moved)


def test_links_from_and_to_what_moves(tmp_path: Path) -> None:
    journal_of(tmp_path, FILES)
    assert relocate(tmp_path, planned(tmp_path, {A: NEW, "plan/plan.md": "plan/aim.md"})) == ()
    assert not (tmp_path / A).exists()
    assert (tmp_path / NEW).read_text() == record(body="\n[b](../2026/b.md) [[aim]]\n")
    assert (tmp_path / B).read_text() == record(FIELDS + "objectives: [aim]\n", "\n[a](../Courses/a.md)\n")
    assert (tmp_path / "plan/aim.md").read_text() == record("title: Plan\n", "\n![a](../activities/Courses/a.md)\n")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    journal_of(tmp_path, FILES | {NEW: record(body="\nOther.\n")})
    with pytest.raises(UsageError, match="already exists with different content"):
        planned(tmp_path, {A: NEW})
    with pytest.raises(UsageError, match="would both be"):
        planned(tmp_path, {A: "activities/X.md", B: "activities/x.md"})
    with pytest.raises(UsageError, match="would both be"):
        planned(tmp_path, {A: B, B: "activities/x.md"})


def test_what_is_saved_meanwhile_stays_where_it_was(tmp_path: Path) -> None:
    journal_of(tmp_path, FILES)
    plan = planned(tmp_path, {A: NEW})
    write(tmp_path, A, record(body="\nSaved by an editor.\n"))
    with pytest.raises(ChangedOnDisk):
        relocate(tmp_path, plan)
    assert "Saved by an editor" in (tmp_path / A).read_text()
    assert not (tmp_path / NEW).exists()


def test_files_that_are_no_text_are_named(tmp_path: Path) -> None:
    journal_of(tmp_path, FILES | {"activities/bad.md": b"\xff](b.md)"})
    disk = Disk(str(tmp_path))
    patches, unread, _ = edits_of_others(disk, list_journal(disk), moves_among({A: NEW}))
    assert (unread, [each.path for each in patches]) == (("activities/bad.md",), [B, "plan/plan.md"])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_at_every_step_a_second_run_finishes(tmp_path: Path) -> None:
    args = ["move", "a", "Courses"]
    steps, done = 0, -signal.SIGKILL
    while done == -signal.SIGKILL:
        root = tmp_path / str(steps)
        journal_of(root, FILES)
        done = killed_at(steps, *args, "--journal", root)
        texts = [path.read_text() for path in root.rglob("a.md")]
        assert texts
        assert set(texts) <= {FILES[A], record(body="\n[b](../2026/b.md) [[plan]]\n")}
        again = cpd(*args, "--journal", root)
        assert (again.code, again.err if again.code else "") == (0, "")
        assert [str(path.relative_to(root)) for path in root.rglob("a.md")] == [NEW.replace("/", os.sep)]
        assert (root / B).read_text() == record(FIELDS + "objectives: [plan]\n", "\n[a](../Courses/a.md)\n")
        steps += 1
    assert done == 0
    assert steps > 8


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("2026", "2026"),
        ("activities/CPD 2013/", "CPD 2013"),
        (".", ""),
        ("./a/b", "a/b"),
        ("activities", ""),
        (r".\activities\a\b", "a/b"),
    ],
)
def test_a_folder_that_is_said(text: str, folder: str) -> None:
    assert plain_folder(text) == folder
    assert in_folder("activities/x/a.md", folder) == f"activities/{folder}/a.md".replace("//", "/")


@pytest.mark.parametrize(
    "text", ["..", "../x", "/etc", "a//b", ".git", "a/.b", "a:b", "nul", "a/CON", r"..\x", "a\nb", "a/ b", "a."]
)
def test_folders_that_cannot_be(text: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a folder"):
        plain_folder(text)


def test_of_two_of_one_name_the_one_outside_moves(tmp_path: Path) -> None:
    paths = ("activities/2025/meeting.md", "activities/2026/meeting.md", "activities/2026/other.md")
    journal_of(tmp_path, dict.fromkeys(paths, record()))
    write(tmp_path, paths[1], record(body="\nAnother.\n"))
    with pytest.raises(UsageError, match="already exists"):
        plan_move(tmp_path, ["meeting"], "2026")
    assert [each.old for each in plan_move(tmp_path, ["other"], "2027").moves] == [paths[2]]
    assert plan_move(tmp_path, ["other"], "2026").in_place == (paths[2],)
    with pytest.raises(UsageError, match="2 files"):
        plan_move(tmp_path, ["meeting"], "2027")


@pytest.mark.parametrize("name", ["evidence/none.pdf", "nothing"])
def test_what_is_not_there(tmp_path: Path, name: str) -> None:
    journal_of(tmp_path, {})
    with pytest.raises(UsageError, match=name):
        plan_rename(tmp_path, name, "x")


@pytest.mark.parametrize(
    ("path", "text", "new"),
    [
        ("activities/2026-03-14-a.md", "IET lecture: grid", "activities/2026-03-14-iet-lecture-grid.md"),
        ("activities/2026-03-14-a.md", "2026-03-15-b.md", "activities/2026-03-15-b.md"),
        ("plan/a.md", "Über", "plan/uber.md"),
        ("evidence/a.pdf", "b.pdf", "evidence/b.pdf"),
        ("evidence/2026-03-14.pdf", "b", "evidence/2026-03-14-b.pdf"),
        ("evidence/README", "b", "evidence/b"),
    ],
)
def test_a_name_that_is_said(path: str, text: str, new: str) -> None:
    assert renamed(path, text) == new


@pytest.mark.parametrize("text", [" ", "a/b", "..\\x", ".md"])
def test_names_that_cannot_be(text: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a file"):
        renamed("activities/a.md", text)


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
    with pytest.raises(UsageError, match="have no usual name"):
        usual_path(disk, "evidence/x.pdf", listing)
