from pathlib import Path

from cpdkit.exchange.plain_data import exported, exported_journal
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


def test_fields_are_the_texts_that_stand_there_under_their_own_names(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/2026/a.md": record(FRONT, "\nWords.\n\n")})
    assert exported(journal.activities[0]) == {
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


def test_a_journal_has_all_its_records_and_the_activities_asked_for(tmp_path: Path) -> None:
    files = {
        "activities/a.md": record(),
        "plan/p.md": "---\ntitle: Storage\n---\n",
        "career/c.md": "---\nrole: Engineer\nemployer: Grid\nstart: 2020-01-01\n---\n",
        "reviews/r.md": "---\nyear: 2025\n---\n",
    }
    found = exported_journal(journal_of(tmp_path, files), [])
    assert found["cpdkit"] == 1
    assert found["member"] == {"name": "Angharad Llywelyn"}
    assert found["activities"] == []
    assert [found[name][0]["path"] for name in ("objectives", "posts", "reviews")] == [*files][1:]  # type: ignore[literal-required]
