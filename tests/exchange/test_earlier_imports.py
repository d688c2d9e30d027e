"""Rows of an earlier import that changed in the source are reported, and not written a second time."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.exchange.imports.calendars import calendar, event

HEAD = "Title,Date,Hours,Type,Notes\n"
ROW = "Relays,2026-03-14,1.5,event,Good.\n"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    (tmp_path / "cpd.yaml").write_text("name: Angharad Llywelyn\n")
    return tmp_path


def imported(journal: Path, data: str | bytes, name: str = "log.csv", *options: str) -> int:
    (journal / name).write_bytes(data.encode() if isinstance(data, str) else data)
    words = ["import", str(journal / name), "--journal", str(journal), "--period", "2026", "--zone", "Europe/London"]
    return run([*words, *options])


def records(journal: Path) -> list[Path]:
    return sorted(journal.glob("activities/**/*.md"))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (ROW.replace("1.5", "2"), "hours"), (ROW.replace("Good.", "Bad."), "body"),
        (ROW.replace("event", "training"), "type"), (ROW.replace("Relays", "RELAYS").replace("1.5", "3"), "hours"),
    ],
)  # fmt: skip
def test_a_changed_row_is_reported(journal: Path, row: str, field: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(journal, HEAD + ROW) == 0
    (path,) = records(journal)
    before = path.read_bytes()
    assert imported(journal, HEAD + row) == 1
    message = capsys.readouterr().err
    assert "1 changed" in message and f"differs in {field}" in " ".join(message.split()).replace("title and ", "")
    assert [each.read_bytes() for each in records(journal)] == [before]


def test_what_the_owner_added_is_no_change(journal: Path) -> None:
    assert imported(journal, HEAD + ROW) == 0
    (path,) = records(journal)
    text = path.read_text().replace("status: draft\n", "provider: IET\n")
    path.write_text(f"{text}\n## Reflection\n\nIt helped.\n")
    assert imported(journal, HEAD + ROW) == imported(journal, HEAD + ROW.replace("event", "Event")) == 0
    assert records(journal) == [path]


def test_items_that_the_owner_added_are_no_change(journal: Path) -> None:
    head = "Title,Date,Hours,Type,Topics\n"
    assert imported(journal, f"{head}Relays,2026-03-14,1.5,event,safety\n") == 0
    (path,) = records(journal)
    path.write_text(path.read_text().replace("topics: [safety]", "topics: [ethics, safety]"))
    assert "ethics" in path.read_text()
    assert imported(journal, f"{head}Relays,14 March 2026,1.5,event,safety\n") == 0
    assert imported(journal, f"{head}Relays,14 March 2026,1.5,event,law\n") == 1
    assert records(journal) == [path]


def test_an_equal_row_of_another_table_is_known(journal: Path) -> None:
    assert imported(journal, HEAD + ROW) == 0
    assert imported(journal, "Date,Course title,Duration (mins)\n14/03/2026,Relays,90\n", "other.csv") == 0
    assert len(records(journal)) == 1


def test_a_second_activity_of_the_same_day_and_title_is_new(journal: Path) -> None:
    assert imported(journal, HEAD + ROW) == 0
    assert imported(journal, HEAD + ROW + ROW.replace("1.5", "2")) == 0
    assert len(records(journal)) == 2


def test_an_activity_that_was_not_imported_is_no_namesake(journal: Path) -> None:
    folder = journal / "activities"
    folder.mkdir()
    (folder / "relays.md").write_text("---\ntitle: Relays\ntype: event\nstart: 2026-03-14\nhours: 3\n---\n")
    assert imported(journal, HEAD + ROW) == 0
    assert len(records(journal)) == 2


def meeting(length: str, title: str = "Relays", sequence: int = 0) -> bytes:
    return calendar(*event("UID:a", f"SEQUENCE:{sequence}", "DTSTART:20260314T180000Z", f"DURATION:{length}",
                           f"SUMMARY:{title}"))  # fmt: skip


def test_a_changed_event_of_a_calendar_is_reported(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(journal, meeting("PT1H"), "log.ics") == 0
    (path,) = records(journal)
    assert imported(journal, meeting("PT1H", sequence=1), "log.ics") == 0
    assert imported(journal, meeting("PT2H", "Relays 2"), "log.ics") == 1
    assert "differs in title and hours" in " ".join(capsys.readouterr().err.split())
    path.write_text(path.read_text().replace("title: Relays", "title: Relays 2").replace("hours: 1", "hours: 2"))
    assert imported(journal, meeting("PT2H", "Relays 2"), "log.ics") == 0
    assert records(journal) == [path]


def test_an_event_that_was_imported_without_a_mark_is_known(journal: Path) -> None:
    assert imported(journal, meeting("PT1H"), "log.ics") == 0
    (path,) = records(journal)
    text = path.read_text()
    key = next(line for line in text.splitlines() if line.startswith("x-imported: "))
    path.write_text(text.replace(key, key[: key.rindex("-")]))
    assert imported(journal, meeting("PT2H"), "log.ics") == 0
    assert records(journal) == [path]


def test_a_draft_is_not_confirmed_after_its_event_changed(journal: Path) -> None:
    assert imported(journal, meeting("PT1H"), "log.ics", "--set", "type=event") == 0
    assert imported(journal, meeting("PT2H"), "log.ics", "--set", "type=event", "--confirm", "--yes") == 1
    (path,) = records(journal)
    assert "status: draft" in path.read_text()


def test_drafts_of_named_rows_are_confirmed_together(journal: Path) -> None:
    assert imported(journal, meeting("PT1H"), "log.ics", "--set", "type=event") == 0
    assert imported(journal, meeting("PT1H"), "log.ics", "--set", "type=event", "--confirm", "--yes") == 0
    (path,) = records(journal)
    assert "status: draft" not in path.read_text()
