"""Moving files: what points to them follows, nothing is lost, and a second run finishes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit.actions.move import Relocation, edits_of_others, relocate, relocation
from cpdkit.errors import ChangedOnDisk, UsageError
from cpdkit.journal.paths import list_journal
from cpdkit.text.files import Disk
from tests.cli.commands.test_retype import DIES
from tests.journal.folders import FIELDS, journal_of, record, write
from tests.program import cpd, environment

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
    with pytest.raises(UsageError, match="there already, with other content"):
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
    patches, unread = edits_of_others(disk, list_journal(disk), {A: NEW})
    assert (unread, [each.path for each in patches]) == (("activities/bad.md",), [B, "plan/plan.md"])


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_at_every_step_a_second_run_finishes(tmp_path: Path) -> None:
    args = ["move", "a", "Courses"]
    steps, done = 0, -signal.SIGKILL
    while done == -signal.SIGKILL:
        root = tmp_path / str(steps)
        journal_of(root, FILES)
        given = [sys.executable, "-c", DIES, str(steps), *args, "--journal", str(root)]
        done = subprocess.run(given, env=environment(), capture_output=True).returncode
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
