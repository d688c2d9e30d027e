"""`cpd undo` on a real terminal and in real repositories."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.commands.conftest import A, B, staged
from tests.cli.terminal import CTRL_C, on_terminal
from tests.history.test_git import git_in


@pytest.mark.parametrize(("answer", "is_undone"), [("y\n", True), ("n\n", False), ("\n", False), ("\x04", False)])
def test_the_confirmation(linked: Path, answer: str, is_undone: bool) -> None:
    before = (linked / B).read_bytes()
    assert run(["set", "b", "hours=1h"]) == 0
    code, shown = on_terminal(["undo"], [("Undo this change? [y/N]:", answer)])
    assert code == (130 if answer == "\x04" else 0)
    assert f"change back {B}" in shown
    assert ((linked / B).read_bytes() == before) is is_undone


def test_ctrl_c_at_the_question_changes_nothing(linked: Path) -> None:
    assert run(["set", "b", "hours=1h"]) == 0
    after = (linked / B).read_bytes()
    code, shown = on_terminal(["undo"], [("[y/N]:", CTRL_C)])
    assert code == 130
    assert "Traceback" not in shown
    assert (linked / B).read_bytes() == after


def test_without_a_terminal_it_refuses(linked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["set", "b", "hours=1h"]) == 0
    after = (linked / B).read_bytes()
    assert run(["undo"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert (linked / B).read_bytes() == after


def test_a_move_is_undone_in_the_index_of_git_too(linked: Path) -> None:
    assert run(["move", "2026-03-14-a", "Courses"]) == 0
    assert any(line.startswith("R") for line in staged(linked))
    assert run(["undo", "--yes"]) == 0
    assert staged(linked) == []
    assert git_in(linked, "status", "--porcelain") == ""
    assert run(["undo", "--redo", "--yes"]) == 0
    assert any(line.startswith("R") for line in staged(linked))
    assert run(["undo", "--yes"]) == 0
    assert git_in(linked, "status", "--porcelain") == ""


def test_git_never_sees_the_trash(linked: Path) -> None:
    assert run(["delete", "b", "--yes"]) == 0
    assert run(["set", "2026-03-14-a", "hours=1h"]) == 0
    git_in(linked, "add", "--all")
    assert all(".trash" not in line for line in staged(linked))


def test_another_commands_journal_is_undone_by_its_path(linked: Path, tmp_path: Path) -> None:
    before = (linked / A).read_bytes()
    assert run(["set", "2026-03-14-a", "hours=1h", "--journal", "activities/.."]) == 0
    assert run(["undo", "--yes", "--journal", str(tmp_path)]) == 0
    assert (linked / A).read_bytes() == before
