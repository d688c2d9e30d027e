"""What kind of file it is, by what it starts with."""

from pathlib import Path

import pytest

from cpdkit.cli.opening import Said, exported_files, read_file, table_in
from cpdkit.errors import UsageError

SAMPLES = Path("tests/exchange/samples")
EVENT = b"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Course\r\nDTSTART:20260314T180000\r\nDTEND:20260314T193000\r\nEND:VEVENT\r\n"
CALENDAR = b"BEGIN:VCALENDAR\r\n" + EVENT + b"END:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"\xef\xbb\xbfTitle,Date\na,2026-03-14\n", "a"),
        (b'[{"Title": "a", "Date": "2026-03-14"}]', "a"),
        (b'{"Title": "a", "Date": "2026-03-14"}\n', "a"),
        (CALENDAR, "Course"),
    ],
)
def test_kinds_of_files(data: bytes, title: str) -> None:
    table = table_in(Path("x"), data, Said(period="2026"))
    assert [row.cells[0] for row in table.rows] == [title]


def test_a_folder_holds_notes() -> None:
    assert table_in(SAMPLES / "notes", b"", Said()).rows


def test_words_and_days_choose_events() -> None:
    assert len(table_in(Path("x.ics"), CALENDAR, Said(period="2026", words=("course",))).rows) == 1
    assert not table_in(Path("x.ics"), CALENDAR, Said(period="2026", words=("walk",))).rows
    assert not table_in(Path("x.ics"), CALENDAR, Said(period="2025")).rows
    with pytest.raises(UsageError, match="a first and a last day"):
        table_in(Path("x.ics"), CALENDAR, Said(period="all"))


def test_what_cpd_export_wrote(tmp_path: Path) -> None:
    fields = b'{"title": "a", "type": "event", "start": "2026-03-14", "hours": "1"}'
    line = b'{"path": "activities/a.md", "fields": %s, "body": ""}\n' % fields
    assert list(exported_files(line) or {}) == ["activities/a.md"]
    assert list(exported_files(b'{"cpdkit": 1, "activities": [%s]}' % line) or {}) == ["activities/a.md"]
    assert exported_files(b"Title,Date\n") is exported_files(b'{"Title": "a"}') is None


def test_what_is_not_there_or_of_the_old_kind(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none"):
        read_file(tmp_path / "none")
    with pytest.raises(UsageError, match="workbook of the old kind"):
        table_in(Path("x.xls"), b"\xd0\xcf\x11\xe0rest", Said())
