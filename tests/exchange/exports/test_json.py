import json
from pathlib import Path

from cpdkit.exchange.exports.json import journal_data, json_bytes, jsonl_bytes, record_data
from tests.journal.folders import journal_of, record

FRONT = """title: Relay course
type: training
date: 2026-03-14
hours: 007.50
topics: [safety, "a, b"]
competences: {A1: E}
x-room: {floor: 2, seats: [a, [b, ~]]}
x-none:
"""


def test_fields_are_the_texts_of_the_file_by_name(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/2026/a.md": record(FRONT, "\nWords.\n\n")})
    assert record_data(journal.activities[0]) == {
        "path": "activities/2026/a.md",
        "fields": {
            "title": "Relay course",
            "type": "training",
            "start": "2026-03-14",
            "hours": "007.50",
            "topics": ["safety", "a, b"],
            "competences": {"A1": "E"},
            "x-room": {"floor": "2", "seats": ["a", ["b", ""]]},
            "x-none": "",
        },
        "body": "\nWords.\n\n",
    }


def test_a_journal_has_all_its_records_and_the_chosen_activities(tmp_path: Path) -> None:
    files = {
        "activities/a.md": record(),
        "plan/p.md": "---\ntitle: Storage\n---\n",
        "career/c.md": "---\nrole: Engineer\nemployer: Grid\nstart: 2020-01-01\n---\n",
        "reviews/r.md": "---\nyear: 2025\n---\n",
    }
    found = journal_data(journal_of(tmp_path, files), [])
    assert found["cpdkit"] == 1
    assert found["member"] == {"name": "Angharad Llywelyn"}
    assert found["activities"] == []
    assert [found[name][0]["path"] for name in ("objectives", "posts", "reviews")] == [*files][1:]  # type: ignore[literal-required]


def test_json_is_the_journal_and_jsonl_an_activity_a_line(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(body="Grün\nund\n"), "activities/b.md": record()})
    whole = json.loads(json_bytes(journal, journal.activities))
    assert [*whole] == [
        "cpdkit",
        "member",
        "activities",
        "objectives",
        "posts",
        "reviews",
        "qualifications",
        "claims",
        "people",
    ]
    lines = jsonl_bytes(journal.activities).decode().splitlines()
    assert [json.loads(line) for line in lines] == whole["activities"]
    assert "Grün" in lines[0]
