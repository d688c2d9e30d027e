"""Hits as text: places that can be jumped to, and words in bold."""

from pathlib import Path

from cpdkit.cli.searching import as_text, searched
from cpdkit.journal.choice import Choice
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
