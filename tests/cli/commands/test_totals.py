"""Hours as lines with bars."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands.totals import BY
from cpdkit.cli.main import run
from cpdkit.journal.totals import By
from cpdkit.text.terminal import width
from tests.journal.folders import FIELDS, journal_of, record

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "activities/a.md": record(FIELDS + "provider: 日本電気学会\n"),
        "activities/b.md": record(FIELDS.replace("hours: 2", "hours: 30") + "end: 2026-03-16\nprovider: IET\n"),
        "activities/c.md": record(FIELDS.replace("hours: 2", "hours: 1 min")),
        "activities/d.md": record(FIELDS + "confidential: true\n"),
        "activities/e.md": "nothing",
    }
    journal_of(tmp_path, files)
    return tmp_path


def test_lines_are_aligned_and_what_is_something_has_a_bar(
    root: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cpdkit.cli.console.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "60")
    words = ["totals", "--by", "provider", "--period", "2026", "--color", "never", "--journal", str(root)]
    assert run(words) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert [line.partition("  ")[0] for line in lines] == ["IET", "日本電気学会", "(no provider)", "total, 2026"]
    assert len({width(line.partition(" h ")[0]) for line in lines}) == 1
    assert width(lines[0]) == 60 >= max(map(width, lines))
    assert lines[2].endswith("▌")
    assert "1 confidential, 1 unreadable" in shown.err


def test_an_empty_selection(root: Path, capsys: Captured) -> None:
    assert run(["totals", "--by", "topic", "--period", "1999", "--journal", str(root)]) == 0
    assert capsys.readouterr().out == "total, 1999  0 h  0\n"


@pytest.mark.parametrize("by", BY)
def test_on_the_example_journal(by: str, capsys: Captured) -> None:
    assert run(["totals", "--journal", "journal", "--by", by, "--period", "2025"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1].startswith("total, 2025")
    assert "█" in shown.out
    # The counts of omitted activities, and a note if activities count more than once.
    assert len(shown.err.splitlines()) == 1 + (by in ("topic", "competence", "objective"))


def test_as_json(capsys: Captured) -> None:
    assert run(["totals", "--journal", "journal", "--format", "json", "--by", "month", "--period", "2025"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["from"], data["to"], data["by"]) == ("2025-01-01", "2025-12-31", "month")
    assert sum(part["minutes"] for part in data["parts"]) == data["minutes"] > 0


def test_the_words_are_those_of_the_breakdown() -> None:
    assert tuple(By) == BY
