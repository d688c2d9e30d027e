"""A journal that was checked, and places in texts, for the tests of what an editor is answered."""

from collections.abc import Mapping
from pathlib import Path

from cpdkit.checks.session import Session
from cpdkit.editor.journals import JournalFacts, journal_facts
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import Text
from tests.checks.checking import TODAY
from tests.journal.folders import BODY, GOOD, MEMBER, record, write

COURSE = "activities/2026/2026-03-14-course.md"
FILES: Mapping[str, str] = {
    "cpd.yaml": MEMBER + "schemes: [{scheme: iet}]\n",
    COURSE: record(
        "title: Relay course\ntype: training\nstart: 2026-03-14\nhours: 2\nprovider: Gridwise Academy\n"
        "location: Leeds\nobjectives: [grid]\ncompetences: [A1, B2]\ntopics: [safety]\nevidence: [certificate.pdf]\n"
    ),
    "activities/2026/2026-05-02-talk.md": record(
        "title: Talk on storage\ntype: event\nstart: 2026-05-02\nhours: 1.5\nprovider: Gridwise Academy\n"
        "role: speaker\nobjectives: [grid]\n",
        BODY.replace("distance relays", "battery inverters").replace("mutual coupling", "phase-locked loop"),
    ),
    "plan/grid.md": record("title: Understand *storage*\nby: 2026-12-31\n", ""),
    "plan/old.md": record("title: An older aim\nstatus: achieved\n", ""),
    "evidence/certificate.pdf": "%PDF" + "x" * 2000,
    "evidence/new.pdf": "%PDF",
    "frameworks/firm.yaml": "id: firm\ntitle: Our firm\ncompetences: [{code: K1, title: Switchgear}]\n",
}


def checked(root: Path, files: Mapping[str, str | bytes] = FILES) -> JournalFacts:
    """What is known of a journal of these files."""
    for path, text in files.items():
        write(root, path, text)
    session = Session(root)
    return journal_facts(session, session.check(TODAY))


def file_with(fields: str, path: str = COURSE) -> tuple[JournalFile, int, int]:
    """Return a record with these fields, and the position of the `|` in them."""
    text = fields if path == "cpd.yaml" else f"---\n{fields}\n---\n"
    before, _, after = text.partition("|")
    made = Text(before + after)
    return (JournalFile(path, made), *made.place_at(len(before)))


__all__ = ["COURSE", "FILES", "GOOD", "checked", "file_with"]
