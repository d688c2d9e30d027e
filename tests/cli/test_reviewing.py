"""The open objectives decided on one by one on a terminal."""

import io
from pathlib import Path

import pytest

from cpdkit.cli import reviewing
from cpdkit.cli.console import Console
from cpdkit.cli.conversing import Conversation
from cpdkit.cli.reviewing import Wanted, look_back_on
from tests.journal.folders import journal_of, record

NAMES = ("a", "b", "c", "d")


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    files = {f"plan/{name}.md": record(f"title: {name.upper()}\nby: 2026-12-0{number}\n", "")
             for number, name in enumerate(NAMES, 1)}  # fmt: skip
    journal_of(tmp_path, files)
    return tmp_path


def talk(journal: Path, lines: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The front matter and bodies after a conversation, without the titles."""
    terminal = Conversation(Console(), io.StringIO(lines), lambda _: None)
    monkeypatch.setattr(reviewing, "conversation", lambda _: terminal)
    look_back_on(Wanted(journal, edit=False), Console())
    return {name: (journal / f"plan/{name}.md").read_text().split("\n", 2)[2] for name in NAMES}


def test_each_is_kept_postponed_done_or_dropped(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "d\n\npostpone\n2026-01-01\nJune 2027\nLate.\n\ndone\n\ndrop\nNo need.\n\n"
    assert talk(journal, lines, monkeypatch) == {
        "a": "by: 2026-12-01\n---\n",
        "b": "by: 2027-06-30\n---\n\n**Moved from 2 December 2026 to 30 June 2027, on 24 November 2026.** Late.\n",
        "c": "by: 2026-12-03\nstatus: achieved\n---\n\n**Achieved on 24 November 2026.**\n",
        "d": "by: 2026-12-04\nstatus: dropped\n---\n\n**Dropped on 24 November 2026.** No need.\n",
    }
    shown = capsys.readouterr()
    assert '"d" is none of them; say keep, postpone, done or dropped' in shown.err
    assert "1 January 2026 is past" in shown.err
    review = (journal / "reviews/2026.md").read_text()
    assert "1 achieved and 1 dropped in the year; 2 open" in review
    assert "cpd plan done" not in shown.out


@pytest.mark.parametrize(
    "lines", ["drop\n\n:q\n", "k\npost\n:q\n", ":q\n", "", "done\n:n\n:q\n", "post\n2027-01-01\n:q\n"]
)
def test_without_an_answer_it_is_kept_and_the_review_is_made(
    journal: Path, lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: f"by: 2026-12-0{number}\n---\n" for number, name in enumerate(NAMES, 1)}
    after = talk(journal, lines, monkeypatch)
    if lines.startswith("done"):
        before["a"] = "by: 2026-12-01\nstatus: achieved\n---\n\n**Achieved on 24 November 2026.**\n"
    assert after == before
    assert (journal / "reviews/2026.md").exists()


def test_what_was_typed_before_stopping_counts(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    after = talk(journal, "drop\nNo need.\n:q\ndrop\nx\n\n", monkeypatch)
    assert "status: dropped" in after["a"]
    assert "status" not in after["b"]
