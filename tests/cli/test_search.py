"""`cpd search` as it is typed."""

import json

import pytest

from cpdkit.cli.main import run

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
