"""`cpd new` in a real terminal: wrong answers, Ctrl-C at each question, the editor, and 40 columns."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.program import PROGRAM, environment, make_journal

pexpect = pytest.importorskip("pexpect", reason="drives terminals of POSIX systems")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals are made another way there")

QUESTIONS = ("What did you do?", "Who provided it?", "When?", "What type?", "How long", "What status?", "Which comp")
ANSWERS = ("Fault levels", "IET", "14/3/2026", "lecture", "1:30", "", "")
Start = Callable[..., Any]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return make_journal(tmp_path / "journal", {"cpd.yaml": "name: Angharad Llywelyn\n"})


@pytest.fixture
def new(journal: Path) -> Iterator[Start]:
    """Return a function that starts `cpd new` in a terminal."""
    started = []

    def start(*args: str, columns: int = 80, editor: str = "true") -> Any:
        words = [*PROGRAM[1:], "new", *args, "--journal", str(journal)]
        env = environment({"GIT_EDITOR": editor, "TERM": "xterm", "CPD_TODAY": "2026-11-23"})
        child = pexpect.spawn(PROGRAM[0], words, env=env, encoding="utf-8", timeout=20, dimensions=(24, columns))
        child.delaybeforesend = None
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def answer(child: Any, count: int) -> None:
    """Answer the first questions, each when it has been asked."""
    for question, line in zip(QUESTIONS[:count], ANSWERS, strict=False):
        child.expect_exact(question)
        child.sendline(line)


def ended(child: Any) -> tuple[int, str]:
    """Return the exit code, and what was printed since the last question."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, child.before


def recorded(journal: Path, name: str) -> str:
    (path,) = journal.glob(f"activities/**/{name}.md")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [80, 40])
def test_every_answer_is_recorded(new: Start, journal: Path, columns: int) -> None:
    child = new(columns=columns)
    answer(child, len(QUESTIONS))
    code, said = ended(child)
    assert code == 0
    assert recorded(journal, "2026-03-14-fault-levels") == (
        "---\ntitle: Fault levels\ntype: event\nstart: 2026-03-14\nhours: 1h30\nprovider: IET\n---\n"
    )
    assert "cpd reflect 2026-03-14-fault-levels" in said.replace("\r\n", "")


@pytest.mark.parametrize("count", range(len(QUESTIONS)))
def test_ctrl_c_at_a_question_keeps_the_answers_before_it(new: Start, journal: Path, count: int) -> None:
    child = new()
    answer(child, count)
    child.expect_exact(QUESTIONS[count])
    child.sendintr()
    code, said = ended(child)
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
    new: Start, journal: Path, question: str, wrong: list[str], right: str
) -> None:
    child = new()
    number = QUESTIONS.index(question)
    answer(child, number)
    for line in wrong:
        child.expect_exact(question)
        child.sendline(line)
    child.expect_exact(question)
    child.sendline(right)
    for each, line in list(zip(QUESTIONS, ANSWERS, strict=True))[number + 1 :]:
        child.expect_exact(each)
        child.sendline(line)
    assert ended(child)[0] == 0
    text = "".join(path.read_text() for path in journal.glob("activities/**/*fault-levels.md"))
    meant = {"When?": "start: 2026-04-03", "What type?": "type: event", "How long": "hours: 1h30",
             "Which comp": "{A1: P}"}  # fmt: skip
    assert meant[question] in text


def test_return_accepts_what_a_similar_activity_had(new: Start, journal: Path) -> None:
    (journal / "activities" / "2026-03-14-relay-course.md").write_text(
        "---\ntitle: Relay course\ntype: training\nstart: 2026-03-14\nhours: 6\n---\n"
    )
    child = new("Relay", "course")
    for proposed in ("today", "training", "6"):
        child.expect_exact(f"[{proposed}]")
        child.sendline("")
    assert ended(child)[0] == 0
    assert recorded(journal, "2026-11-23-relay-course") == (
        "---\ntitle: Relay course\ntype: training\nstart: 2026-11-23\nhours: 6\n---\n"
    )


def test_tab_completes_a_type(new: Start, journal: Path) -> None:
    pytest.importorskip("readline")
    child = new("Relays", "--date", "today", "--hours", "1")
    child.expect_exact("What type?")
    child.send("work\t\n")
    assert ended(child)[0] == 0
    assert "type: work-experience\n" in recorded(journal, "2026-11-23-relays")


def test_a_coming_activity_is_planned(new: Start, journal: Path) -> None:
    child = new("Relays", "--date", "next friday")
    child.expect_exact("What type?")
    child.sendline("event")
    assert ended(child)[0] == 0
    assert recorded(journal, "2026-11-27-relays").endswith("start: 2026-11-27\nstatus: planned\n---\n")


@pytest.mark.parametrize(("line", "count"), [("n", 1), ("", 1), ("y", 2)])
def test_a_duplicate_is_recorded_only_if_you_agree(new: Start, journal: Path, line: str, count: int) -> None:
    facts = ["Relays", "--date", "yesterday", "-t", "event", "--hours", "2"]
    assert ended(new(*facts))[0] == 0
    child = new(*facts)
    child.expect_exact("2026-11-22-relays.md")
    child.expect_exact("(y/n)")
    child.sendline(line)
    assert ended(child)[0] == 0
    assert len(list(journal.glob("activities/**/*relays*"))) == count


def test_a_missing_editor_leaves_the_record_and_says_where(new: Start, journal: Path) -> None:
    child = new("Relays", "--date", "yesterday", "-t", "event", "--hours", "2", editor="no-such-editor")
    code, said = ended(child)
    assert code == 4
    assert re.search(r"activities/2026/2026-11-22-relays\.md", said.replace("\r\n", ""))
    assert "hours: 2\n" in recorded(journal, "2026-11-22-relays")
