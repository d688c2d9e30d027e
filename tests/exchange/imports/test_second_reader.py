"""Days and minutes of generated files, after a real import, are those that the files were made from.

The journal is read back by another program's reader of front matter, so that nothing of cpdkit judges its own figures.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import frontmatter
import pytest

from cpdkit.cli.main import run
from tests.exchange.imports.invented_calendars import invented_ics
from tests.exchange.imports.invented_tables import Invented, Truth, invented_csv, invented_xlsx

HOURS = re.compile(r"(?:(\d+(?:\.\d+)?)|(\d+)h(\d\d)|(\d+) min)")


def minutes_in(text: str) -> int:
    match = HOURS.fullmatch(text)
    assert match, text
    if match[1]:
        return round(float(match[1]) * 60)
    return int(match[2]) * 60 + int(match[3]) if match[2] else int(match[4])


def written(journal: Path) -> list[Truth]:
    """What stands in the files of a journal."""
    made = []
    for path in sorted(journal.glob("activities/**/*.md")):
        fields = frontmatter.load(str(path)).metadata
        start = date.fromisoformat(str(fields["start"]))
        end = date.fromisoformat(str(fields.get("end", start)))
        assert fields.get("status", "done") == "done", (path.name, path.read_text())
        made.append(Truth(str(fields["title"]), start, end, minutes_in(str(fields["hours"]))))
    return sorted(made)


def imported(file: Invented, folder: Path) -> list[Truth]:
    journal = folder / "journal"
    journal.mkdir()
    (journal / "cpd.yaml").write_text("name: Angharad Llywelyn\n")
    path = folder / file.name
    path.write_bytes(file.data)
    code = run(["import", str(path), "--journal", str(journal), "--done", "--zone", "Europe/London", *file.options])
    assert code == 0, file.cells
    return written(journal)


@pytest.mark.parametrize("made", [invented_csv, invented_xlsx])
@pytest.mark.parametrize("seed", range(50))
def test_days_and_minutes_of_a_table(made: Callable[[int], Invented], seed: int, tmp_path: Path) -> None:
    file = made(seed)
    assert imported(file, tmp_path) == sorted(file.truth), file.cells


@pytest.mark.parametrize("seed", range(24))
def test_days_and_minutes_of_a_calendar(seed: int, tmp_path: Path) -> None:
    file = invented_ics(seed)
    assert imported(file, tmp_path) == sorted(file.truth), file.data.decode()
