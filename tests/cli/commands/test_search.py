"""`cpd search`: places that an editor can open, and words in bold."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import FIELDS, journal_of, record

Captured = pytest.CaptureFixture[str]


def test_text_and_remarks(tmp_path: Path, capsys: Captured) -> None:
    files = {
        "activities/a.md": record(FIELDS + "location: Relay House\n", "\nIn a relay (of two).\n"),
        "activities/b.md": record(FIELDS + "confidential: true\n"),
        "activities/c.md": "nothing",
        "activities/d.md": record(FIELDS + "status: draft\n", "\nEmpty.\n"),
    }
    journal_of(tmp_path, files)
    where = ["--journal", str(tmp_path)]
    assert run(["search", "relay", *where]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "Relay course",
        "  activities/a.md:6  location: Relay House",
        "  activities/a.md:9  In a relay (of two).",
        "",
        "Relay course",
        "  activities/d.md:1",
    ]
    # What was searched, then what was omitted: a confidential activity and an unreadable one.
    searched, *omitted = shown.err.splitlines()
    assert '2 records contain "relay" (searched 2 activities)' in searched
    assert len(omitted) == 2
    assert run(["search", "relay", "--color", "always", *where]) == 0
    assert "\x1b[1mRelay\x1b[0m course" in capsys.readouterr().out
    assert run(["search", "(of", "--color", "always", *where]) == 0
    assert "\x1b[1m(of\x1b[0m two" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "contain", "hint"),
    [
        (["day", "course"], '1 record contains "day" and "course"', False),
        (["relay course"], '1 record contains "relay course"', False),
        (["course relay"], 'no record contains "course relay"', True),
        (['"course relay" day'], 'no record contains "course relay" and "day"', True),
        (["course other"], 'no record contains "course other"', False),
        (["course", "--without", "a day"], 'no record contains "course" without "a day"', False),
    ],
)
def test_it_says_what_it_searched_for(
    tmp_path: Path, capsys: Captured, words: list[str], contain: str, hint: bool
) -> None:
    journal_of(tmp_path, {"activities/a.md": record(body="\nA day.\n")})
    assert run(["search", *words, "--journal", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert f"{contain} (searched 1 activity)" in said
    assert ("without quotes" in said) is hint


def test_nothing_to_search_for_is_a_usage_error(capsys: Captured) -> None:
    assert run(["search", " ", '""', "--journal", "journal"]) == 2
    assert capsys.readouterr().out == ""


def test_as_json_within_a_period(capsys: Captured) -> None:
    assert run(["search", "relay", "--journal", "journal", "--period", "2025", "--format", "json"]) == 0
    hits = json.loads(capsys.readouterr().out)
    assert hits
    years = {hit["path"].split("/")[1] for hit in hits if hit["path"].startswith("activities/")}
    assert "2025" in years
    assert "2026" not in years
