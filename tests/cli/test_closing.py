"""What `cpd plan done` asks on a terminal."""

import io
from datetime import date
from pathlib import Path

import pytest

from cpdkit.cli import closing
from cpdkit.cli.closing import Said, close, completed
from cpdkit.cli.console import Console
from cpdkit.cli.conversing import Conversation, Stop
from cpdkit.errors import UsageError
from cpdkit.journal.records import Objective
from cpdkit.upkeep.objectives import Closing, Outcome
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
    monkeypatch.setattr(closing, "conversation", lambda _: terminal(":q\n"))
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
