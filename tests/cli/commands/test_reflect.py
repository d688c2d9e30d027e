"""`cpd reflect`: each answer is written immediately, so that stopping loses nothing; and answers as options."""

import io
from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.conversation import Conversation
from cpdkit.cli.main import run
from tests.cli.conftest import Typing
from tests.journal.folders import BODY, FIELDS, GOOD, MEMBER, record, write

OLD, NEW, DONE = "activities/old.md", "activities/new.md", "activities/good.md"
LATE = FIELDS.replace("03-14", "04-02").replace("Relay course", "Storage")
QUESTIONS = ("--model", "what-so-what-now-what")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"cpd.yaml": MEMBER, OLD: record(body=""), NEW: record(LATE, "\nWords.\n"), DONE: GOOD}
    for path, text in files.items():
        write(tmp_path, path, text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return tmp_path


def bodies(journal: Path) -> tuple[str, str]:
    new = (journal / NEW).read_text().removeprefix(f"---\n{LATE}---\n")
    return new, (journal / OLD).read_text().removeprefix(f"---\n{FIELDS}---\n")


def test_from_the_newest_on(journal: Path, type_lines: Typing, capsys: Captured) -> None:
    type_lines("One.\n\n\nThree.\n:n\nFour.\n:q\n")
    assert run(["reflect", *QUESTIONS]) == 0
    new, old = bodies(journal)
    assert new == "\nWords.\n\n## Reflection\n\n### What?\n\nOne.\n\n### Now what?\n\nThree.\n"
    assert old == "\n## Reflection\n\n### What?\n\nFour.\n"
    prompt = capsys.readouterr().err
    assert prompt.index("Storage (2 April 2026)") < prompt.index("Relay course (14 March 2026)")
    assert prompt.splitlines()[-1].startswith("3 ")


def test_what_was_answered_is_on_the_disk_when_it_is_cut_off(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class CutOff(io.StringIO):
        def readline(self, *_: object) -> str:
            if line := super().readline():
                return line
            raise KeyboardInterrupt

    lines = CutOff("One.\n\nTw\n")
    monkeypatch.setattr("cpdkit.cli.conversation.conversation", lambda _: Conversation(Console(), lines, print))
    with pytest.raises(KeyboardInterrupt):
        run(["reflect", *QUESTIONS])
    answers = "### What?\n\nOne.\n\n### So what?\n\nTw\n"
    assert bodies(journal)[0] == f"\nWords.\n\n## Reflection\n\n{answers}"


def test_an_answer_that_cannot_be_inserted_is_prompted_for_again(journal: Path, type_lines: Typing) -> None:
    type_lines("# One\n\n\x80\n\nTwo.\n\n:q\n")
    assert run(["reflect", "new", *QUESTIONS]) == 0
    assert bodies(journal)[0] == "\nWords.\n\n## Reflection\n\n### What?\n\nTwo.\n"


def test_one_that_is_complete_is_looked_at_again(journal: Path, type_lines: Typing) -> None:
    type_lines("It was right.\n")
    assert run(["reflect", "good", *QUESTIONS]) == 0
    assert (journal / DONE).read_text() == f"{GOOD}\n### Later, 24 November 2026\n\nIt was right.\n"


def test_a_dry_run_shows_and_leaves(journal: Path, type_lines: Typing, capsys: Captured) -> None:
    type_lines("One.\n\n")
    assert run(["reflect", "--dry-run", *QUESTIONS]) == 0
    assert "+One.\n" in capsys.readouterr().out
    assert bodies(journal) == ("\nWords.\n", "")


def test_answers_are_put_in_once(journal: Path, capsys: Captured) -> None:
    words = ["reflect", "good", "--answer", "What went well?=All.", "--later", "And then."]
    assert run([*words, "--dry-run"]) == 0
    assert "+All.\n" in capsys.readouterr().out
    assert (journal / DONE).read_text() == GOOD
    new = "\n### What went well?\n\nAll.\n\n### Later, 24 November 2026\n\nAnd then.\n"
    for _ in range(2):
        assert run(words) == 0
        assert (journal / DONE).read_text() == record(body=BODY + new)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--later", "x"], 2),
        (["good", "--answer", "x"], 2),
        (["good", "--answer", "What did you learn=x"], 2),
        (["good", "--later", "# x"], 1),
        (["--model", "x"], 2),
    ],
)
def test_what_is_refused_changes_nothing(journal: Path, words: list[str], code: int) -> None:
    assert run(["reflect", *words]) == code
    assert (journal / DONE).read_text() == GOOD
