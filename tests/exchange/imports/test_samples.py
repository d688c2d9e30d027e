"""Invented files in the shape of real ones, each with its days, minutes and types: any change of a figure fails."""

from pathlib import Path

import pytest

from cpdkit.exchange.adopt import AdoptOptions, Existing, adopt
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.imports.table import ImportedTable
from cpdkit.exchange.imports.zones import clock_in
from cpdkit.journal.edit import record_of
from cpdkit.journal.new_record import ACTIVITIES
from cpdkit.journal.records import Activity
from tests.exchange.imports.adopted import table_in

SHAPES = Path(__file__).parent / "samples" / "shapes"

# The days, the minutes and the type; a draft, because a value is missing or a guess, ends with a question mark.
EXPECTED = {
    "ice-log.csv": [
        "2026-01-12/2026-01-13 720 training?", "2026-02-20 90 event?", "2026-03-05 210 event?",
        "2026-04-01/2026-04-30 120 self-study?",
    ],
    "fortbildung.csv": [
        "2026-01-13 420 event?", "2026-01-14 90 event?", "2026-02-02 75 event?", "2026-02-03 135 event?",
    ],
    "sittings.csv": [
        "2026-03-02 435 event?", "2026-03-03 345 event?", "2026-03-13 240 event?", "2026-03-20 75 training?",
        "2026-03-27 0 training?",
    ],
    "talks.csv": ["2026-01-13 0 event?", "2026-02-17 0 event?", "2026-03-17 0 event?"],
    "reading.csv": [
        "2026-01-02/2026-02-11 0 self-study?", "2026-02-12/2026-04-30 0 self-study?", "2026-03-01 0 self-study?",
    ],
    "courses.csv": [
        "2026-01-05/2026-02-15 1890 event?", "2026-03-01 480 event?", "2026-04-01/2026-04-20 720 event?",
        "2026-05-01 0 event?",
    ],
    "form-answers.csv": ["2026-01-13 20 event?", "2026-02-03 45 event?", "2026-03-30 90 event?"],
    "notion.csv": [
        "2026-03-14 90 event?", "2026-03-16/2026-03-17 660 training?", "2026-03-18 45 volunteering?",
        "2026-03-20 0 self-study?",
    ],
    "harvest.csv": ["2026-01-12 435 training", "2026-01-13 45 training"],
    "lms.csv": ["2026-01-05 45 event?", "2026-01-20 90 event?"],
    "half-converted.csv": [
        "2026-03-04 60 event?", "2026-06-05 90 event?", "2026-04-13 120 event?", "2026-05-25 30 event?",
    ],
    "month-first.csv": ["2026-03-04 450 event?", "2026-03-25 60 event?", "2026-11-12 45 event?"],
    "record.xlsx": ["2026-01-12 405 training", "2026-01-13 120 event?", "2026-02-02 450 work-experience",
                    "2026-03-04 0 event?"],
    "matrix.xlsx": ["2026-01-12 1800 event?", "2026-02-20 50 event?", "2026-03-03 450 event?"],
    "events.json": ["2026-03-03 90 event?", "2026-07-01 45 event?", "2026-07-01 45 event?"],
    "two-calendars.ics": [
        "2026-03-10 45 event?", "2026-03-25 90 event?", "2026-03-31 45 event?", "2026-04-20/2026-04-22 0 event?",
        "2026-05-02 90 event?",
    ],
    "TIL.md": ["2026-03-12 0 event?", "2026-03-03 0 event?", "2025-12-30 0 event?"],
    "learning-log.md": [
        "2026-01-12 90 event?", "2026-01-13 120 event?", "2026-01-15 0 event?", "2026-01-17/2026-01-18 0 event?",
    ],
    "cpd-record.md": [
        "2025-01-14 390 training", "2025-01-15 390 training", "2025-03-20 60 event", "2026-02-02 75 volunteering",
        "2026-02-28/2026-03-01 600 training",
    ],
    "clock.org": ["2026-01-12 90 training?", "2026-02-03 0 event?"],
}  # fmt: skip
REJECTED = {"lms.csv": ["lms.csv, row 4"]}
"""Rows without a date."""


def shown(one: Activity) -> str:
    days = f"{one.start}/{one.end}" if one.end != one.start else f"{one.start}"
    return f"{days} {one.minutes} {one.type}{'?' if one.status == 'draft' else ''}"


@pytest.mark.parametrize("name", EXPECTED)
def test_days_minutes_and_types_of_a_file(name: str) -> None:
    table: ImportedTable = table_in(name, (SHAPES / name).read_bytes())
    mapping = ColumnMapping(clock=clock_in("Europe/London"))
    adoption = adopt(table, match(table, mapping), Existing(frozenset()), AdoptOptions(done=True))
    records = [record_of(path, data, ACTIVITIES) for path, data in adoption.files.items()]
    assert [shown(one) for one in records if isinstance(one, Activity)] == EXPECTED[name]
    assert [each.where for each in adoption.rejections] == REJECTED.get(name, [])


def test_each_file_has_its_figures() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in SHAPES.iterdir())
