"""Hours as lines with bars."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands.totals import BY, as_text, totalled
from cpdkit.cli.main import run
from cpdkit.journal.selection import Choice
from cpdkit.journal.totals import By
from cpdkit.text.terminal import width
from tests.journal.folders import FIELDS, journal_of, record


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


def test_lines_are_aligned_and_what_is_something_has_a_bar(root: Path) -> None:
    found, period, remarks = totalled(root, Choice(period="2026"), "provider")
    lines = as_text(found, period, 60).splitlines()
    assert [line.partition("  ")[0] for line in lines] == ["IET", "日本電気学会", "(no provider)", "2026: all"]
    assert len({width(line.partition(" h ")[0]) for line in lines}) == 1
    assert width(lines[0]) == 60 >= max(map(width, lines))
    assert lines[2].endswith("▌")
    assert remarks == ("left out: 1 confidential, 1 unreadable",)


def test_an_empty_selection(root: Path) -> None:
    found, period, _ = totalled(root, Choice(period="1999"), "topic")
    assert as_text(found, period, 60) == "1999: all  0 h  0"


Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("by", BY)
def test_on_the_example_journal(by: str, capsys: Captured) -> None:
    assert run(["totals", "--journal", "journal", "--by", by, "--period", "2025"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1].startswith("2025: all")
    assert "█" in shown.out
    assert ("add up to more" in shown.err) == (by in ("topic", "competence", "objective"))


def test_as_json(capsys: Captured) -> None:
    assert run(["totals", "--journal", "journal", "--format", "json", "--by", "month", "--period", "2025"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["from"], data["to"], data["by"]) == ("2025-01-01", "2025-12-31", "month")
    assert sum(part["minutes"] for part in data["parts"]) == data["minutes"] > 0


def test_the_words_are_those_of_the_breakdown() -> None:
    assert tuple(By) == BY
