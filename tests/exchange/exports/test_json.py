import json
from pathlib import Path

from cpdkit.exchange.exports.json import json_bytes, jsonl_bytes
from tests.journal.folders import journal_of, record


def test_json_is_the_journal_and_jsonl_an_activity_a_line(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(body="Grün\nund\n"), "activities/b.md": record()})
    whole = json.loads(json_bytes(journal, journal.activities))
    assert [*whole] == ["cpdkit", "member", "activities", "objectives", "posts", "reviews"]
    lines = jsonl_bytes(journal.activities).decode().splitlines()
    assert [json.loads(line) for line in lines] == whole["activities"]
    assert "Grün" in lines[0]
