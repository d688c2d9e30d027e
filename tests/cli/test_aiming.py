"""What `cpd plan new` asks on a terminal, and two programs that want one name."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpdkit.cli.aiming import Asked, aim, asked_for
from cpdkit.cli.console import Console
from cpdkit.cli.conversing import Conversation
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
