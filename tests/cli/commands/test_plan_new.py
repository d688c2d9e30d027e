"""What `cpd plan new` asks on a terminal, and two programs that want one name."""

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpdkit.cli.commands.plan_new import Asked, aim, asked_for
from cpdkit.cli.console import Console
from cpdkit.cli.main import run
from cpdkit.cli.prompts import Conversation
from cpdkit.errors import UsageError
from tests.journal.folders import journal_of


def terminal(lines: str) -> Conversation:
    return Conversation(Console(), io.StringIO(lines), lambda _: None)


def test_only_what_is_not_said_is_asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    lines = "Chair\n\nMinutes\nsoon\nJune 2027\nhigh\nAsk by 2027-02-30\nAsk by 2027-01-31\n\n"
    found = asked_for(Asked("", how="Practice"), terminal(lines))
    assert found == Asked(
        "Chair", how="Practice", measure="Minutes", by="2027-06-30", priority="high", actions=("Ask by 2027-01-31",)
    )
    said = capsys.readouterr().err
    assert "How?" not in said
    assert '"soon" is not a day; write 2027-06-30' in said


def test_what_was_answered_before_the_end_counts() -> None:
    assert asked_for(Asked(""), terminal("Chair\nC2 is empty\n:q\n")) == Asked("Chair", why="C2 is empty")
    with pytest.raises(UsageError, match="nothing is recorded"):
        asked_for(Asked(""), terminal(""))


def test_many_at_once_all_get_a_name(tmp_path: Path) -> None:
    journal_of(tmp_path, {})
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: aim(Asked("Chair", tmp_path, edit=False), Console(quiet=True)), range(8))) == {0}
    assert len(list(tmp_path.glob("plan/*.md"))) == 8


Captured = pytest.CaptureFixture[str]


def test_one_line_writes_an_objective_down(planned: Path, capsys: Captured) -> None:
    words = ["Chair", "a meeting", "--by", "June 2027", "--from", "2026-12-01", "-c", "C2:P", "--priority", "h"]
    assert run(["plan", "new", *words, "--success-measure", "Minutes: signed.", "-a", "Ask Helen by 2027-01-31"]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("plan/chair-a-meeting.md\n", "still to be said: why, how\n")
    assert (planned / "plan/chair-a-meeting.md").read_text().split("---\n")[1] == (
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
    ("args", "said"),
    [
        ((), "say what you want to reach"),
        (("a", "--by", "soon"), '"soon" is not a day'),
        (("a", "--by", "2020-01-01"), "lies before the start"),
        (("a", "--priority", "great"), "there are: high, medium, low"),
        (("a", "--like", "x"), 'there is no objective "x"'),
        (("a", "--action", " "), "an action has no words"),
    ],
)
def test_what_can_not_be_written_down_is_said(
    planned: Path, args: tuple[str, ...], said: str, capsys: Captured
) -> None:
    assert run(["plan", "new", *args]) == 2
    assert said in capsys.readouterr().err
    assert len(list((planned / "plan").iterdir())) == 2


@pytest.mark.parametrize(("does", "there"), [("pass", False), ("open(sys.argv[1], 'a').write('Words.')", True)])
def test_what_is_left_as_it_was_in_the_editor_is_not_recorded(
    planned: Path, does: str, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_EDITOR", f'"{sys.executable}" -c "import sys; {does}"')
    assert run(["plan", "new", "Chair", "--edit"]) == 0
    assert (planned / "plan/chair.md").exists() is there
