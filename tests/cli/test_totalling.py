"""Hours as lines with bars."""

from pathlib import Path

import pytest

from cpdkit.cli.totalling import as_text, totalled
from cpdkit.journal.choice import Choice
from cpdkit.text.cells import width
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
