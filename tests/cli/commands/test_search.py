"""Hits as text: places that can be jumped to, and words in bold."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands.search import as_text, searched
from cpdkit.cli.main import run
from cpdkit.journal.selection import Choice
from tests.journal.folders import FIELDS, journal_of, record


def test_text_and_remarks(tmp_path: Path) -> None:
    files = {
        "activities/a.md": record(FIELDS + "location: Relay House\n", "\nIn a relay (of two).\n"),
        "activities/b.md": record(FIELDS + "confidential: true\n"),
        "activities/c.md": "nothing",
        "activities/d.md": record(FIELDS + "status: draft\n", "\nEmpty.\n"),
    }
    journal_of(tmp_path, files)
    hits, remarks = searched(tmp_path, Choice(), ["relay"])
    assert as_text(hits, ["relay"], False).splitlines() == [
        "Relay course",
        "  activities/a.md:6  location: Relay House",
        "  activities/a.md:9  In a relay (of two).",
        "",
        "Relay course",
        "  activities/d.md:1",
    ]
    assert remarks == (
        "confidential and left out: 1; --confidential takes them in",
        "files that could not be read: 1; cpd check says why",
    )
    assert "\x1b[1mRelay\x1b[0m course" in as_text(hits, ["relay"], True)
    assert "(of two" in as_text(hits, ["(of"], True).replace("\x1b[1m", "").replace("\x1b[0m", "")


Captured = pytest.CaptureFixture[str]


def test_on_the_example_journal(capsys: Captured) -> None:
    assert run(["search", "grid-scale", "storage", "--journal", "journal"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "IET lecture: grid-scale storage"
    assert lines[1].startswith("  activities/2026/2026-03-14-grid-scale-storage-lecture.md:")


def test_as_json_within_a_period(capsys: Captured) -> None:
    assert run(["search", "relay", "--journal", "journal", "--period", "2025", "--format", "json"]) == 0
    hits = json.loads(capsys.readouterr().out)
    assert hits
    years = {hit["path"].split("/")[1] for hit in hits if hit["path"].startswith("activities/")}
    assert "2025" in years
    assert "2026" not in years


def test_nothing_found_is_said(capsys: Captured) -> None:
    assert run(["search", "zebra", "--journal", "journal"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "nothing holds all of these words" in shown.err
