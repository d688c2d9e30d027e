"""`cpd reflect` on a terminal: each answer is put in at once, and stopping loses nothing."""

import io
from pathlib import Path

import pytest

from cpdkit.cli.commands.reflect import Wanted, interview
from cpdkit.cli.console import Console
from cpdkit.cli.prompts import Conversation
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

OLD, NEW = "activities/old.md", "activities/new.md"
LATE = FIELDS.replace("03-14", "04-02").replace("Relay course", "Storage")


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"cpd.yaml": MEMBER, OLD: record(body=""), NEW: record(LATE, "\nWords.\n"), "activities/good.md": GOOD}
    for path, text in files.items():
        write(tmp_path, path, text)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return tmp_path


def talk(
    journal: Path, monkeypatch: pytest.MonkeyPatch, lines: str, name: str = "", dry_run: bool = False
) -> tuple[str, str]:
    """The two bodies after a conversation of these lines."""
    terminal = Conversation(Console(), io.StringIO(lines), lambda _: None)
    monkeypatch.setattr("cpdkit.cli.prompts.conversation", lambda _: terminal)
    wanted = Wanted(journal, name, (), "", "what-so-what-now-what", dry_run)
    assert interview(wanted, Console())
    new = (journal / NEW).read_text().removeprefix(f"---\n{LATE}---\n")
    return new, (journal / OLD).read_text().removeprefix(f"---\n{FIELDS}---\n")


def test_from_the_newest_on(journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    new, old = talk(journal, monkeypatch, "One.\n\n\nThree.\n:n\nFour.\n:q\n")
    assert new == "\nWords.\n\n## Reflection\n\n### What?\n\nOne.\n\n### Now what?\n\nThree.\n"
    assert old == "\n## Reflection\n\n### What?\n\nFour.\n"
    said = capsys.readouterr().err
    assert said.index("Storage (2 April 2026)") < said.index("Relay course (14 March 2026)")
    assert said.endswith("3 answers put in\n")


def test_what_was_answered_is_on_the_disk_when_it_is_cut_off(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def line() -> str:
        if typed:
            return typed.pop(0)
        raise KeyboardInterrupt

    typed = ["One.\n", "\n", "Tw\n"]
    lines = io.StringIO()
    monkeypatch.setattr("cpdkit.cli.prompts.conversation", lambda _: Conversation(Console(), lines, print))
    monkeypatch.setattr(Conversation, "_line", lambda _: line())
    with pytest.raises(KeyboardInterrupt):
        interview(Wanted(journal, "", (), "", "what-so-what-now-what", False), Console())
    assert (journal / NEW).read_text() == record(LATE, "\nWords.\n\n## Reflection\n\n### What?\n\nOne.\n")


def test_an_answer_that_can_not_be_put_in_is_asked_for_again(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new, _ = talk(journal, monkeypatch, "# One\n\n\x80\n\nTwo.\n\n:q\n", "new")
    assert new == "\nWords.\n\n## Reflection\n\n### What?\n\nTwo.\n"
    said = capsys.readouterr().err
    assert "would change the text around it; leave out headings" in said
    assert "an invisible control character is in the text" in said


def test_one_that_is_complete_is_looked_at_again(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk(journal, monkeypatch, "It was right.\n", "good")
    assert (journal / "activities/good.md").read_text() == f"{GOOD}\n### Later, 24 November 2026\n\nIt was right.\n"


def test_a_dry_run_shows_and_leaves(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert talk(journal, monkeypatch, "One.\n\n", dry_run=True) == ("\nWords.\n", "")
    shown = capsys.readouterr()
    assert "+One.\n" in shown.out
    assert shown.err.endswith("1 answer would be put in\n")


def test_without_a_terminal_nothing_is_asked(journal: Path) -> None:
    assert not interview(Wanted(journal, "", (), "", "iet", False), Console())
