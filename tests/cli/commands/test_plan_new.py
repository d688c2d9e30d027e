"""`cpd plan new`: its prompts, the new file, and several programs that use the same name."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpdkit.cli.commands.plan_new import QUESTIONS, TITLE
from cpdkit.cli.main import run
from tests.cli.conftest import Typing
from tests.journal.folders import journal_of

Captured = pytest.CaptureFixture[str]


def front(path: Path) -> str:
    return path.read_text().split("---\n")[1]


def test_only_fields_without_an_option_are_prompted_for(planned: Path, type_lines: Typing, capsys: Captured) -> None:
    type_lines("Chair\n\nMinutes\nsoon\nJune 2027\nhigh\nAsk by 2027-02-30\nAsk by 2027-01-31\n\n")
    assert run(["plan", "new", "--how", "Practice", "--no-edit"]) == 0
    shown = capsys.readouterr().err
    assert [name for name, question in QUESTIONS.items() if question not in shown] == ["how"]
    assert front(planned / "plan/chair.md") == (
        "title: Chair\nhow: Practice\nsuccess-measure: Minutes\npriority: high\nstart: 2026-11-24\nby: 2027-06-30\n"
        "actions:\n  - {action: Ask, by: 2027-01-31}\n"
    )


def test_what_was_answered_before_the_end_counts(planned: Path, type_lines: Typing) -> None:
    type_lines("Chair\nC2 is empty\n:q\n")
    assert run(["plan", "new", "--no-edit"]) == 0
    assert front(planned / "plan/chair.md") == "title: Chair\nwhy: C2 is empty\nstart: 2026-11-24\n"
    type_lines("")
    assert run(["plan", "new", "--no-edit"]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
@pytest.mark.parametrize("count", range(4))
def test_ctrl_c_keeps_the_answers_before_it(planned: Path, count: int) -> None:
    from tests.cli.terminal import CTRL_C, on_terminal  # noqa: PLC0415  needs a pseudo-terminal

    questions = (TITLE, *list(QUESTIONS.values())[:3])
    answers = zip(questions, ("Chair\n", "C2 is empty\n", "Practice\n"), strict=False)
    code, shown = on_terminal(["plan", "new"], [*list(answers)[:count], (questions[count], CTRL_C)])
    assert code == 130, shown
    assert (planned / "plan/chair.md").exists() is (count > 0)
    if count:
        text = front(planned / "plan/chair.md")
        assert [("why: C2 is empty" in text), ("how: Practice" in text)] == [count > 1, count > 2]


def test_many_at_once_all_get_a_name(tmp_path: Path) -> None:
    journal_of(tmp_path, {})
    words = ["plan", "new", "Chair", "--no-edit", "--quiet", "--journal", str(tmp_path)]
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(run, [words] * 8)) == {0}
    assert len(list(tmp_path.glob("plan/*.md"))) == 8


def test_one_line_writes_an_objective_down(planned: Path, capsys: Captured) -> None:
    words = ["Chair", "a meeting", "--by", "June 2027", "--from", "2026-12-01", "-c", "C2:P", "--priority", "h"]
    assert run(["plan", "new", *words, "--success-measure", "Minutes: signed.", "-a", "Ask Helen by 2027-01-31"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "plan/chair-a-meeting.md\n"
    assert front(planned / "plan/chair-a-meeting.md") == (
        'title: Chair a meeting\nsuccess-measure: "Minutes: signed."\npriority: high\nstart: 2026-12-01\n'
        "by: 2027-06-30\ncompetences: {C2: P}\nactions:\n  - {action: Ask Helen, by: 2027-01-31}\n"
    )
    assert run(["check", "--quiet"]) == 0


def test_one_like_another_gets_a_name_of_its_own_and_a_dry_run_writes_nothing(planned: Path, capsys: Captured) -> None:
    assert run(["plan", "new", "--like", "relays", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("plan/relays-2.md\n---\ntitle: Relays\nsuccess-measure: It works.\nstart: 2026-11-24\n")
    assert len(list((planned / "plan").iterdir())) == 2


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("a", "--by", "soon"),
        ("a", "--by", "2020-01-01"),
        ("a", "--priority", "great"),
        ("a", "--like", "x"),
        ("a", "--action", " "),
    ],
)
def test_what_cannot_be_written_down_writes_nothing(planned: Path, args: tuple[str, ...]) -> None:
    assert run(["plan", "new", *args]) == 2
    assert len(list((planned / "plan").iterdir())) == 2


@pytest.mark.parametrize(
    ("does", "there"),
    [("pass", True), ("open(sys.argv[1], 'a').write('Words.')", True), ("open(sys.argv[1], 'w')", False)],
)
def test_only_an_emptied_file_is_not_recorded(
    planned: Path, does: str, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_EDITOR", f'"{sys.executable}" -c "import sys; {does}"')
    assert run(["plan", "new", "Chair", "--edit"]) == 0
    assert (planned / "plan/chair.md").exists() is there
