"""What `cpd done` asks for on a terminal."""

import io
from pathlib import Path

import pytest

from cpdkit.cli.commands.done import Said, finish
from cpdkit.cli.console import Console
from cpdkit.cli.prompts import Conversation
from cpdkit.errors import UsageError
from tests.journal.folders import MEMBER, record, write

PATH = "activities/retest.md"
PLANNED = "title: Retest\ntype: training\nstart: 2026-12-08\nstatus: planned\n"


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, PATH, record(PLANNED, ""))
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return tmp_path


def asked(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    terminal = Conversation(Console(), io.StringIO(lines), lambda _: None)
    monkeypatch.setattr("cpdkit.cli.prompts.conversation", lambda _: terminal)


def test_the_day_and_the_hours_are_asked_for(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(monkeypatch, "2026-11-31\nyesterday\nlong\n1.5\n")
    finish(journal, Said("retest", (), "", "", ""), False, Console())
    new = "title: Retest\ntype: training\nstart: 2026-11-23\nhours: 1.5\n"
    assert (journal / PATH).read_text() == record(new, "")
    assert capsys.readouterr().err.endswith("23 November 2026\ncpd reflect retest asks what you learned\n")


def test_the_hours_that_were_planned_are_proposed(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for typed, hours in {"": "1h20", "2": "2"}.items():
        write(journal, PATH, record(PLANNED + "hours: 1h20\n", ""))
        asked(monkeypatch, f"{typed}\n")
        finish(journal, Said("retest", (), "", "today", ""), False, Console())
        assert f"\nhours: {hours}\n" in (journal / PATH).read_text()


def test_no_answer_changes_nothing(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, "today\n")
    with pytest.raises(UsageError, match="how long it took"):
        finish(journal, Said("retest", (), "", "", ""), False, Console())
    assert (journal / PATH).read_text() == record(PLANNED, "")
