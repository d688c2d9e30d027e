"""A move or a renaming that fails at any step leaves all files as they were, and reports that."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cpdkit.actions.move import Relocation, plan_move, plan_rename, relocate
from cpdkit.errors import CannotWrite, ChangedOnDisk
from tests.history.test_git import git_in
from tests.journal.folders import FIELDS, journal_of, record, write

EVIDENCE = "evidence/scan.pdf"
STEPS = 60
"""More than a run takes."""


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A journal under git with evidence of five records, two of which link to each other."""
    files: dict[str, str | bytes] = {EVIDENCE: b"paper"}
    for name in "abcde":
        text = record(FIELDS + "evidence: [scan.pdf]\n", "\n[a](a.md) and [b](b.md)\n")
        files[f"activities/2026/{name}.md"] = text
    journal_of(tmp_path, files)
    git_in(tmp_path, "init", "-q")
    git_in(tmp_path, "add", "-A")
    return tmp_path


def state(root: Path) -> tuple[dict[str, bytes], str]:
    """Return all files of the journal, and git's index."""
    paths = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path): path.read_bytes() for path in paths}, git_in(root, "ls-files", "--stage")


@contextmanager
def failing_at(step: int, error: BaseException) -> Iterator[list[int]]:
    """Let the Nth change of the disk fail."""
    count = [0]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("write", "replace", "link", "unlink", "mkdir"):

            def change(*args: object, real: object = getattr(os, name), **kwargs: object) -> object:
                count[0] += 1
                if count[0] == step:
                    raise error
                return real(*args, **kwargs)  # type: ignore[operator]

            if name != "write":
                patch.setattr(os, name, change)
        real_sync = os.fsync

        def sync(handle: int) -> None:
            count[0] += 1
            if count[0] == step:
                raise error
            real_sync(handle)

        patch.setattr(os, "fsync", sync)
        yield count


def plan_of(root: Path, what: str) -> Relocation:
    return plan_rename(root, EVIDENCE, "new") if what == "evidence" else plan_move(root, ["a", "b"], "Courses")


@pytest.mark.parametrize("what", ["evidence", "records"])
@pytest.mark.parametrize("step", range(1, STEPS, 3))
def test_a_disk_that_fails_at_any_step(linked: Path, what: str, step: int) -> None:
    plan, before = plan_of(linked, what), state(linked)
    with failing_at(step, OSError(errno.ENOSPC, "No space left")) as count:
        try:
            warnings = relocate(linked, plan)
        except CannotWrite as refusal:
            assert "all files are as before" in str(refusal)
            assert state(linked) == before
        else:
            # A failure to remove a temporary file or to sync a folder does no harm.
            after, index = state(linked)
            assert not any(str(linked / move.old) in after for move in plan.moves)
            assert warnings or all(move.new in index and move.old not in index for move in plan.moves)
    assert count[0] < STEPS


@pytest.mark.parametrize("step", range(1, STEPS, 4))
def test_an_interrupt_at_any_step(linked: Path, step: int) -> None:
    plan, before = plan_of(linked, "evidence"), state(linked)
    with failing_at(step, KeyboardInterrupt()):
        try:
            relocate(linked, plan)
        except KeyboardInterrupt:
            assert state(linked) == before


@pytest.mark.parametrize("changed", ["activities/2026/a.md", "activities/2026/b.md", "activities/2026/e.md"])
def test_a_file_that_was_saved_before_keeps_all_where_it_was(linked: Path, changed: str) -> None:
    plan = plan_of(linked, "records")
    write(linked, changed, record(body="\nSaved.\n"))
    before = state(linked)
    with pytest.raises(ChangedOnDisk, match="nothing was written"):
        relocate(linked, plan)
    assert state(linked) == before


@pytest.mark.parametrize("changed", ["activities/2026/a.md", "activities/2026/b.md"])
def test_a_file_that_is_saved_meanwhile_keeps_all_where_it_was(
    linked: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    plan, before = plan_of(linked, "records"), state(linked)
    saved = record(body="\nSaved.\n")

    def save(*_: object) -> bool:
        write(linked, changed, saved)
        return True

    monkeypatch.setattr("cpdkit.actions.move.rename_tracked", save)
    with pytest.raises(ChangedOnDisk, match="nothing was written"):
        relocate(linked, plan)
    assert state(linked)[0] == before[0] | {str(linked / changed): saved.encode()}


def test_a_second_plan_for_the_same_file_is_refused(linked: Path) -> None:
    first, second = plan_move(linked, ["a"], "One"), plan_move(linked, ["a"], "Two")
    relocate(linked, first)
    before = state(linked)
    with pytest.raises(ChangedOnDisk):
        relocate(linked, second)
    assert state(linked) == before


def test_what_cannot_be_put_back_is_reported(linked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(linked, "evidence")
    real = os.replace
    done: list[int] = []

    def full(*args: str, **kwargs: int) -> None:
        done.append(1)
        if len(done) > 2:
            raise OSError(errno.ENOSPC, "No space left")
        real(*args, **kwargs)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Exception, match="could not be put back"):
        relocate(linked, plan)
    monkeypatch.undo()
    assert (linked / "evidence/new.pdf").read_bytes() == (linked / EVIDENCE).read_bytes() == b"paper"
    relocate(linked, plan_of(linked, "evidence"))
    assert not (linked / EVIDENCE).exists()
    assert all(b"[new.pdf]" in path.read_bytes() for path in (linked / "activities/2026").iterdir())
