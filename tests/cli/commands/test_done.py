"""`cpd done`: the resulting file. The transcript has the output."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.conftest import Typing
from tests.journal.folders import BODY, MEMBER, record, write

PATH = "activities/2026/2026-12-08-relay-retest.md"
FIELDS = "title: Retest\ntype: training\nstart: 2026-12-08\nstatus: planned\n"
PLANNED = record(FIELDS, BODY)


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, PATH, PLANNED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return tmp_path


def text(journal: Path) -> str:
    return (journal / PATH).read_text()


def test_status_day_and_hours_change_and_nothing_else(journal: Path) -> None:
    words = ["done", "retest", "--hours", "1h30", "--date", "yesterday", "location=Leeds"]
    assert run([*words, "--dry-run"]) == 0
    assert text(journal) == PLANNED
    assert run(words) == 0
    done = record("title: Retest\ntype: training\nstart: 2026-11-23\nhours: 1h30\nlocation: Leeds\n", BODY)
    assert text(journal) == done
    assert run(["done", "retest"]) == 0
    assert run(["done", "retest", "--hours", "2"]) == 2
    assert text(journal) == done


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--hours", "1:30"],
        ["--hours", "1", "--date", "2026"],
        ["--hours", "1", "titel=x"],
        ["--hours", "1", "--reflect", "--model", "x"],
    ],
)
def test_what_cannot_be_done_changes_nothing(journal: Path, words: list[str]) -> None:
    assert run(["done", "retest", *words]) == 2
    assert text(journal) == PLANNED


def test_date_and_hours_are_prompted_for_until_they_can_be_read(journal: Path, type_lines: Typing) -> None:
    type_lines("2026-11-31\nyesterday\nlong\n1.5\n")
    assert run(["done", "retest"]) == 0
    assert text(journal) == record("title: Retest\ntype: training\nstart: 2026-11-23\nhours: 1.5\n", BODY)


@pytest.mark.parametrize(("line", "hours"), [("", "1h20"), ("2", "2")])
def test_the_hours_that_were_planned_are_proposed(journal: Path, line: str, hours: str, type_lines: Typing) -> None:
    write(journal, PATH, record(FIELDS + "hours: 1h20\n", ""))
    type_lines(f"{line}\n")
    assert run(["done", "retest", "--date", "today"]) == 0
    assert f"\nhours: {hours}\n" in text(journal)


def test_without_an_answer_nothing_changes(journal: Path, type_lines: Typing) -> None:
    type_lines("today\n")
    assert run(["done", "retest"]) == 2
    assert text(journal) == PLANNED
