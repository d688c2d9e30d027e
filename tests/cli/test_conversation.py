"""Questions on a terminal: what ends an answer, what skips, what stops, and the editor."""

import io
from pathlib import Path

import pytest

from cpdkit.actions.done import checked_hours
from cpdkit.cli.console import Console
from cpdkit.cli.conversation import Conversation, Next, Stop, conversation
from cpdkit.errors import ToolError
from cpdkit.journal.prompts import Prompt

WHAT = Prompt("What?", "What did you learn -- or not?")


def talk(text: str, edited: str | None = None) -> Conversation:
    def edit(path: Path) -> None:
        if edited is None:
            raise ToolError("vi", "the editor, vi, could not be started")
        path.write_text(path.read_text().replace("so far", edited))

    return Conversation(Console(), io.StringIO(text), edit)


def test_answers_end_at_an_empty_line_and_an_empty_one_skips(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = talk("One\x1b[D\x07\n  two\r\n\n\nThree\n")
    assert [terminal.ask(WHAT) for _ in range(3)] == ["One\n  two", "", "Three"]
    with pytest.raises(Stop):
        terminal.ask(WHAT)
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\nWhat?\n  What did you learn -- or not?\n")) == ("", 3)


def test_one_line_may_be_skipped_or_stop_it_all() -> None:
    terminal = talk("\n\nlong\n1h30\n:q\n")
    assert terminal.ask_line("Hours?", "", checked_hours, optional=True) == ""
    assert terminal.ask_line("Hours?", "", checked_hours) == "1h30"
    with pytest.raises(Stop):
        terminal.ask_line("Hours?", "1", checked_hours)


@pytest.mark.parametrize(("word", "error"), [(":n", Next), (":q", Stop)])
def test_what_was_typed_before_leaving_is_kept(word: str, error: type[Exception]) -> None:
    terminal = talk(f"One\n{word}\n{word}\n")
    assert terminal.ask(WHAT) == "One"
    with pytest.raises(error):
        terminal.leave()
    terminal.leave()
    with pytest.raises(error):
        terminal.ask(WHAT)


def test_the_editor_takes_over_and_its_note_goes(capsys: pytest.CaptureFixture[str]) -> None:
    assert talk("so far\n:e\n", "Much.\n\n# All").ask(WHAT) == "Much.\n\n# All"
    assert talk(":e\n", "").ask(WHAT) == ""
    assert talk("so far\n:e\n").ask(WHAT) == "so far"
    assert "could not be started" in capsys.readouterr().err


def test_a_line_is_prompted_for_until_it_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert talk("\n1:30\n 1h30 \n").ask_line("How long?", "", checked_hours) == "1h30"
    assert capsys.readouterr().err.count("How long?") == 3
    assert talk("\n").ask_line("How long?", "2", checked_hours) == "2"
    with pytest.raises(Stop):
        talk("").ask_line("How long?", "2", checked_hours)


def test_there_is_no_terminal_here() -> None:
    assert conversation(Console()) is None
