"""A small journal, `cpd report` in an empty folder, and lines typed at a terminal."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.conversation import Conversation
from cpdkit.cli.main import run
from tests.program import make_journal

Report = Callable[..., int]
Typing = Callable[[str], None]


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return make_journal(tmp_path / "my journal", {"cpd.yaml": "name: Angharad Llywelyn\nperiod: cpd-year\n"})


@pytest.fixture
def report(journal: Path) -> Report:
    return lambda *args: run(["report", *map(str, args), "--journal", str(journal)])


@pytest.fixture
def type_lines(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Return a function that types lines at the terminal of the next command."""

    def typed(lines: str) -> None:
        stream = io.StringIO(lines)

        def conversation(console: Console) -> Conversation:
            return Conversation(console, stream, lambda _: None)

        monkeypatch.setattr("cpdkit.cli.conversation.conversation", conversation)

    return typed
