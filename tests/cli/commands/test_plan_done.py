"""What `cpd plan done` asks on a terminal."""

import io
from datetime import date
from pathlib import Path

import pytest

from cpdkit.actions.objectives import Closing, Outcome
from cpdkit.cli.commands.plan_done import Said, close, completed
from cpdkit.cli.console import Console
from cpdkit.cli.main import run
from cpdkit.cli.prompts import Conversation, Stop
from cpdkit.errors import UsageError
from cpdkit.journal.records import Objective
from tests.journal.folders import FIELDS, journal_of, record

DAY = date(2026, 11, 24)
DONE = Closing(Outcome.ACHIEVED, DAY)
MEASURED = Objective("a", "plan/a.md", "A", success_measure="It\nworks.")


def terminal(lines: str) -> Conversation:
    return Conversation(Console(), io.StringIO(lines), lambda _: None)


@pytest.mark.parametrize(
    ("lines", "before", "after"),
    [
        ("y\nTwice.\n\n", DONE, Closing(Outcome.ACHIEVED, DAY, True, "Twice.")),
        ("maybe\nno\nEnough.\n\n", DONE, Closing(Outcome.ACHIEVED, DAY, False, "Enough.")),
        ("\n:n\n", DONE, DONE),
        ("Twice.\n\n", Closing(Outcome.ACHIEVED, DAY, True), Closing(Outcome.ACHIEVED, DAY, True, "Twice.")),
        ("Why\n\n", Closing(Outcome.DROPPED, DAY), Closing(Outcome.DROPPED, DAY, None, "Why")),
        ("", Closing(Outcome.DROPPED, DAY, note="x"), Closing(Outcome.DROPPED, DAY, note="x")),
    ],
)
def test_what_is_not_said_is_asked(lines: str, before: Closing, after: Closing) -> None:
    assert completed(MEASURED, before, terminal(lines)) == after


def test_without_a_measure_it_is_not_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    completed(Objective("a", "plan/a.md", "A"), DONE, terminal("\n"))
    assert "met" not in capsys.readouterr().err
    with pytest.raises(Stop):
        completed(MEASURED, DONE, terminal(":q\n"))


def test_stopping_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    journal_of(tmp_path, {"plan/a.md": record("title: A\n", "")})
    monkeypatch.setattr("cpdkit.cli.prompts.conversation", lambda _: terminal(":q\n"))
    close(tmp_path, Said("a"), False, Console())
    assert capsys.readouterr().err.endswith("nothing was changed\n")
    assert (tmp_path / "plan/a.md").read_text() == record("title: A\n", "")


def test_of_many_activities_the_newest_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CPD_TODAY", str(DAY))
    fields = FIELDS + "objectives: [a]\n"
    some = {f"activities/{day}.md": record(fields.replace("03-14", f"03-{day}")) for day in range(10, 22)}
    hidden = {"activities/x.md": record(fields + "confidential: true\n")}
    journal_of(tmp_path, {"plan/a.md": record("title: A\n", ""), **some, **hidden})
    close(tmp_path, Said("a", dropped=True, note="x"), False, Console())
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["plan/a.md is dropped: 24 h in 12 activities", "  21 March 2026  Relay course"]
    assert lines[-2:] == ["  and 2 more: cpd list --period all --objective a", "confidential and left out: 1"]
    with pytest.raises(UsageError, match="is dropped already"):
        close(tmp_path, Said("a"), False, Console())


Captured = pytest.CaptureFixture[str]


def test_an_objective_is_closed_and_what_served_it_is_told(planned: Path, capsys: Captured) -> None:
    path = planned / "plan/relays.md"
    before = path.read_text()
    words = ["plan", "done", "rel", "--on", "yesterday", "--met", "--note", "Twice."]
    assert run([*words, "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert "-status: open\n+status: achieved\n" in shown.out
    assert "plan/relays.md would be achieved: 2 h in 1 activity\n  14 March 2026  Relay course\n" in shown.err
    assert path.read_text() == before
    assert run(words) == 0
    assert capsys.readouterr().err.endswith("still open in it: Ask Helen\n")
    line = "\n**Achieved on 23 November 2026; the success measure was met.** Twice.\n"
    assert path.read_text() == before.replace("open", "achieved") + line
    assert run(words) == 2
    assert "plan/relays.md is achieved already, on 23 November 2026" in capsys.readouterr().err


def test_an_action_is_done_once(planned: Path, capsys: Captured) -> None:
    assert run(["plan", "done", "relays", "--action", "helen"]) == 0
    assert (
        "“Ask Helen” is done; all of its actions are done\ncpd plan done relays closes it\n" in capsys.readouterr().err
    )
    assert "by: 2026-12-01, done: 2026-11-24}" in (planned / "plan/relays.md").read_text()
    assert run(["plan", "done", "relays", "--action", "helen"]) == 2
    assert "“Ask Helen” is done already, on 24 November 2026" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("relays", "--dropped"), "it is not said why it is dropped"),
        (("relays", "--dropped", "--met"), "was not measured"),
        (("relays", "--action", "helen", "--note", "x"), "one action alone"),
        (("relays", "--on", "tomorrow"), "is still to come"),
        (("relays", "--action", "x"), "there are: Ask Helen"),
        (("welsh", "--met"), "has no success-measure"),
        (("welsh", "--action", "x"), "welsh has no actions"),
        (("x",), 'there is no objective "x"'),
    ],
)
def test_what_can_not_be_done_changes_nothing(
    planned: Path, args: tuple[str, ...], said: str, capsys: Captured
) -> None:
    before = {path: path.read_bytes() for path in planned.rglob("*.md")}
    assert run(["plan", "done", *args]) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in planned.rglob("*.md")} == before
