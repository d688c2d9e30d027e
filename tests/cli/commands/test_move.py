"""`cpd move` in a journal under git."""

from pathlib import Path

import pytest

from cpdkit.actions.move import GIT_FOREIGN
from cpdkit.cli.main import run
from tests.cli.commands.conftest import A, B, staged
from tests.history.test_git import git_in

Captured = pytest.CaptureFixture[str]


def test_moved_with_its_links_and_known_to_git(linked: Path, capsys: Captured) -> None:
    assert run(["move", "2026-03-14-a", "b", "Courses"]) == 0
    new = ["activities/Courses/2026-03-14-a.md", "activities/Courses/b.md"]
    assert capsys.readouterr().out.splitlines() == new
    assert [line[0] for line in staged(linked)] == ["R", "R"]
    assert "[b](b.md)" in (linked / new[0]).read_text()
    assert run(["move", "2026-03-14-a", "Courses"]) == 0
    assert capsys.readouterr().out == ""


def test_a_dry_run_shows_all_and_does_nothing(linked: Path, capsys: Captured) -> None:
    assert run(["move", "b", ".", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{B} → activities/b.md\n--- a/{A}\n")
    assert "+[b](../b.md)" in shown
    assert git_in(linked, "status", "--short") == ""


def test_a_journal_whose_git_belongs_elsewhere_is_moved_without_it(linked: Path, capsys: Captured) -> None:
    elsewhere = linked.with_name(f"{linked.name} elsewhere")
    (linked / ".git").rename(elsewhere)
    (linked / ".git").write_text(f"gitdir: {elsewhere}\n")
    before = (elsewhere / "index").read_bytes()
    assert run(["move", "b", "Courses"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == ["activities/Courses/b.md"]
    assert GIT_FOREIGN in err
    assert (elsewhere / "index").read_bytes() == before
