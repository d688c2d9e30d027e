"""`cpd new` in a real terminal: wrong answers, Ctrl-C at each question, the editor, and 40 columns."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.program import make_journal

pytest.importorskip("pty", reason="terminals are made another way here")

from tests.cli.terminal import CTRL_C, on_terminal

QUESTIONS = ("What did you do?", "Who provided it?", "When?", "What type?", "How long", "What status?", "Which comp")
ANSWERS = ("Fault levels", "IET", "14/3/2026", "lecture", "1:30", "", "")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return make_journal(tmp_path / "journal", {"cpd.yaml": "name: Angharad Llywelyn\n"})


@pytest.fixture
def new(journal: Path) -> Run:
    """Return a function that runs `cpd new` on a terminal, where each answer is typed after its question."""

    def run(
        *args: str, typed: Sequence[tuple[str, str]] = (), columns: int = 80, editor: str = "true"
    ) -> tuple[int, str]:
        env = {"GIT_EDITOR": editor, "TERM": "xterm", "CPD_TODAY": "2026-11-23"}
        lines = [(question, line if line.endswith(("\n", CTRL_C)) else f"{line}\n") for question, line in typed]
        return on_terminal(["new", *args, "--journal", str(journal)], lines, env, columns)

    return run


def answers(count: int) -> list[tuple[str, str]]:
    """Return the first questions with their answers."""
    return list(zip(QUESTIONS[:count], ANSWERS, strict=False))


def recorded(journal: Path, name: str) -> str:
    (path,) = journal.glob(f"activities/**/{name}.md")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [80, 40])
def test_every_answer_is_recorded(new: Run, journal: Path, columns: int) -> None:
    code, said = new(typed=answers(len(QUESTIONS)), columns=columns)
    assert code == 0
    assert recorded(journal, "2026-03-14-fault-levels") == (
        "---\ntitle: Fault levels\ntype: event\nstart: 2026-03-14\nhours: 1h30\nprovider: IET\n---\n"
    )
    assert "cpd reflect 2026-03-14-fault-levels" in said.replace("\n", "")


@pytest.mark.parametrize("count", range(len(QUESTIONS)))
def test_ctrl_c_at_a_question_keeps_the_answers_before_it(new: Run, journal: Path, count: int) -> None:
    code, said = new(typed=[*answers(count), (QUESTIONS[count], CTRL_C)])
    assert code == 130
    if not count:
        assert not list(journal.glob("activities/**/*fault*"))
        return
    start = "2026-03-14" if count > QUESTIONS.index("When?") else "2026-11-23"
    text = recorded(journal, f"{start}-fault-levels")
    assert f"{start}-fault-levels.md" in said
    assert ("title: Fault levels\n" in text, "status: draft\n" in text) == (True, True)
    assert ("provider: IET\n" in text) is (count > 1)
    assert ("hours: 1h30\n" in text) is (count > QUESTIONS.index("How long"))


@pytest.mark.parametrize(
    ("question", "wrong", "right"),
    [
        ("When?", ["someday", "3/4/2026", "31/2/2026", "2026"], "2026-04-03"),
        ("What type?", ["t w", "7", "meetings about nothing"], "5"),
        ("How long", ["long", "-2", "0", "200", "half a day"], "1,5"),
        ("Which comp", ["Z", "A1:X", "0"], "a1:p"),
    ],
)
def test_a_wrong_answer_is_asked_for_again(
    new: Run, journal: Path, question: str, wrong: list[str], right: str
) -> None:
    number = QUESTIONS.index(question)
    tries = [(question, line) for line in (*wrong, right)]
    code, said = new(typed=[*answers(number), *tries, *answers(len(QUESTIONS))[number + 1 :]])
    assert (code, said.count(question)) == (0, len(tries))
    text = "".join(path.read_text() for path in journal.glob("activities/**/*fault-levels.md"))
    meant = {"When?": "start: 2026-04-03", "What type?": "type: event", "How long": "hours: 1h30",
             "Which comp": "{A1: P}"}  # fmt: skip
    assert meant[question] in text


def test_return_accepts_what_a_similar_activity_had(new: Run, journal: Path) -> None:
    (journal / "activities" / "2026-03-14-relay-course.md").write_text(
        "---\ntitle: Relay course\ntype: training\nstart: 2026-03-14\nhours: 6\n---\n"
    )
    proposed = ("today", "training", "6")
    assert new("Relay", "course", typed=[(f"[{each}]", "") for each in proposed])[0] == 0
    assert recorded(journal, "2026-11-23-relay-course") == (
        "---\ntitle: Relay course\ntype: training\nstart: 2026-11-23\nhours: 6\n---\n"
    )


def test_tab_completes_a_type(new: Run, journal: Path) -> None:
    pytest.importorskip("readline")
    assert new("Relays", "--date", "today", "--hours", "1", typed=[("What type?", "work\t\n")])[0] == 0
    assert "type: work-experience\n" in recorded(journal, "2026-11-23-relays")


def test_a_coming_activity_is_planned(new: Run, journal: Path) -> None:
    assert new("Relays", "--date", "next friday", typed=[("What type?", "event")])[0] == 0
    assert recorded(journal, "2026-11-27-relays").endswith("start: 2026-11-27\nstatus: planned\n---\n")


@pytest.mark.parametrize(("line", "count"), [("n", 1), ("", 1), ("y", 2)])
def test_a_duplicate_is_recorded_only_if_you_agree(new: Run, journal: Path, line: str, count: int) -> None:
    facts = ["Relays", "--date", "yesterday", "-t", "event", "--hours", "2"]
    assert new(*facts)[0] == 0
    code, said = new(*facts, typed=[("(y/n)", line)])
    assert (code, "2026-11-22-relays.md" in said.replace("\n", "")) == (0, True)
    assert len(list(journal.glob("activities/**/*relays*"))) == count


def test_a_missing_editor_leaves_the_record_and_says_where(new: Run, journal: Path) -> None:
    code, said = new("Relays", "--date", "yesterday", "-t", "event", "--hours", "2", editor="no-such-editor")
    assert code == 4
    assert re.search(r"activities/2026/2026-11-22-relays\.md", said.replace("\n", ""))
    assert "hours: 2\n" in recorded(journal, "2026-11-22-relays")
