"""`cpd undo` on a real terminal and in real repositories."""

import io
from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.conversation import Conversation
from cpdkit.cli.main import run
from tests.cli.commands.conftest import A, B, staged
from tests.cli.conftest import Typing
from tests.cli.terminal import CTRL_C, on_terminal
from tests.history.test_git import git_in
from tests.journal.folders import record


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


def test_answers_are_one_change(linked: Path, type_lines: Typing) -> None:
    (linked / A).write_text(record(body="\nWords.\n"))
    before = (linked / A).read_bytes()
    type_lines("One.\n\nTwo.\n\nThree.\n:q\n")
    assert run(["reflect", "2026-03-14-a", "--model", "what-so-what-now-what"]) == 0
    after = (linked / A).read_bytes()
    assert b"One." in after and b"Three." in after
    assert run(["undo", "--yes"]) == 0
    assert (linked / A).read_bytes() == before
    assert run(["undo", "--redo", "--yes"]) == 0
    assert (linked / A).read_bytes() == after


def test_words_that_an_editor_saves_between_two_answers_stay(linked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (linked / A).write_text(record(body="\nWords.\n"))

    class Typed(io.StringIO):
        """Lines typed at a terminal; before the second answer, an editor saves the file."""

        def readline(self, *_: object) -> str:
            line = super().readline()
            if line == "Two.\n":
                (linked / A).write_text((linked / A).read_text().replace("Words.", "My own words."))
            return line

    lines = Typed("One.\n\nTwo.\n:q\n")
    monkeypatch.setattr("cpdkit.cli.conversation.conversation", lambda _: Conversation(Console(), lines, print))
    assert run(["reflect", "2026-03-14-a", "--model", "what-so-what-now-what"]) == 0
    assert run(["undo", "--yes"]) == 0
    text = (linked / A).read_text()
    assert "My own words." in text
    assert "Two." not in text


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
