import re
import sys
import warnings
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from cpdkit.errors import UsageError
from cpdkit.exchange.imports import registry
from cpdkit.exchange.imports.registry import Format, format_of, read_journal, read_table
from cpdkit.exchange.imports.table import ImportOptions, NoTable

NOTES = Path(__file__).parent / "samples" / "notes"
EVENT = b"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:a\r\nDTSTART:20260314T180000\r\nDTEND:20260314T193000\r\nEND:VEVENT\r\n"
CALENDAR = b"BEGIN:VCALENDAR\r\n" + EVENT + b"END:VCALENDAR\r\n"
RECORD = b'{"path": "activities/a.md", "fields": {"title": "a", "type": "event", "start": "2026-03-14", "hours": "1"}}'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xef\xbb\xbfTitle,Date\na,2026-03-14\n", Format.CSV),
        (b'[{"Title": "a", "Date": "2026-03-14"}]', Format.JSON),
        (b'{"Title": "a", "Date": "2026-03-14"}\n', Format.JSON),
        (CALENDAR, Format.ICS),
    ],
)
def test_a_file_is_known_by_what_it_starts_with(data: bytes, kind: Format) -> None:
    assert format_of(Path("x"), data) is kind
    table = read_table(Path("x"), data, ImportOptions(period="2026"))
    assert [row.cells[0] for row in table.rows] == ["a"]


def test_a_folder_contains_notes() -> None:
    assert format_of(NOTES, b"") is Format.NOTES
    assert read_table(NOTES, b"", ImportOptions()).rows


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.csv", b"Title,Date\na,2026-03-14\n"),
        ("x.json", b'[{"Title": "a"}]'),
        ("x.ics", CALENDAR),
        ("x.md", b"# 2026-03-14\n\na\n"),
    ],
)
@pytest.mark.parametrize(
    ("option", "kinds"),
    [
        ({"sheets": ("CPD",)}, ()),
        ({"header_row": 1}, ("x.csv", "x.json")),
        ({"skips": ("Sum",)}, ("x.csv", "x.json")),
        ({"calendars": ("Work",)}, ("x.ics",)),
        ({"words": ("a",)}, ("x.ics",)),
    ],
)
def test_an_option_that_a_file_does_not_have_is_refused(
    name: str, data: bytes, option: dict[str, object], kinds: tuple[str, ...]
) -> None:
    def read() -> None:
        read_table(Path(name), data, ImportOptions(period="2026", **option))  # type: ignore[arg-type]

    if name in kinds:
        with suppress(NoTable):  # there is no such calendar
            read()
        return
    with pytest.raises(UsageError) as raised:
        read()
    assert not isinstance(raised.value, NoTable)
    assert "only" in raised.value.hint


def test_words_and_days_choose_events() -> None:
    def rows(**options: object) -> int:
        return len(read_table(Path("x.ics"), CALENDAR, ImportOptions(**options)).rows)  # type: ignore[arg-type]

    assert rows(period="2026", words=("A",)) == 1
    assert rows(period="2026", words=("a walk",)) == rows(period="2025") == 0
    with pytest.raises(UsageError, match="needs a start and an end"):
        rows(period="all")


@pytest.mark.parametrize("data", [RECORD, b'{"cpdkit": 1, "activities": [%s]}' % RECORD])
def test_what_cpd_export_wrote_is_a_journal(data: bytes) -> None:
    assert format_of(Path("x"), data) is Format.JOURNAL
    assert list(read_journal(data)) == ["activities/a.md"]


def test_a_workbook_is_known_too() -> None:
    data = (NOTES.parent / "excel.xlsx").read_bytes()
    assert format_of(Path("x"), data) is Format.XLSX
    assert read_table(Path("x"), data, ImportOptions()).rows


def test_a_workbook_of_the_old_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="workbook in the old format"):
        format_of(Path("x.xls"), b"\xd0\xcf\x11\xe0rest")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", b"<?xml version='1.0'?><a/>"),
        ("a.xml", b"Title,Date\n"),
        ("a.yml", b"title: a\n"),
        ("a.yaml", b"- a\n"),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.docx", b"PK\3\4"),
        ("a.odt", b"PK\3\4"),
        ("a.zip", b"PK\3\4"),
        ("a.ods", b"PK\3\4"),
        ("a.pages", b"PK\3\4"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.svg", b"<svg/>"),
        ("a.gif", b"GIF89a"),
        ("a.html", b"<!DOCTYPE html>"),
        ("a.xls", b"\n<html><table>"),
        ("a.csv", b"<table><tr>"),
        ("a.rtf", b"{\\rtf1"),
        ("a.tex", b"a,b\n1,2\n"),
        ("a.py", b"import os\n"),
        ("a.msg", b"x"),
        ("a.mbox", b"From a\n"),
        ("a.toml", b"a = 1\n"),
        ("a.bib", b"@book{a}\n"),
        ("a.XML", b"a"),
        ("a.tar.gz", b"\x1f\x8b"),
    ],
)
def test_an_unknown_kind_is_refused_by_its_name(name: str, data: bytes) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(name)}: cannot import "):
        read_table(Path(name), data, ImportOptions())


@pytest.mark.parametrize("name", ["a", "a.csv", "a.TSV", "a.txt", "a.xls"])
def test_text_is_a_table_if_its_name_allows_it(name: str) -> None:
    assert format_of(Path(name), b"Title,Date\n") is Format.CSV


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"# Log\n\n## 2026-01-12 a\n", Format.MARKDOWN),
        (b"| Date | Title |\n|---|---|\n", Format.MARKDOWN),
        (b"From: a@example.org\nSubject: a\n\nb", Format.EMAIL),
        (b"Subject,Date\n", Format.CSV),
        (b"| Date | Title |\n", Format.CSV),
    ],
)
def test_a_text_without_a_name_is_known_by_its_beginning(data: bytes, kind: Format) -> None:
    assert format_of(Path("-"), data) is kind


@pytest.mark.parametrize("name", ["a.xlsx", "a.ics"])
def test_a_damaged_file_is_refused_by_its_own_reader(name: str) -> None:
    with pytest.raises(UsageError, match=rf"^(?!.*cannot import).*{name}"):
        read_table(Path(name), b"Title,Date\n", ImportOptions())


FILES = ("x.csv", "x.json", "x.ics", "x.xlsx", "x.md", "x.org", "x.eml")
STARTS = {"x.ics": b"BEGIN:VCALENDAR", "x.xlsx": b"PK\3\4"}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), MemoryError(), zlib.error("x"), AssertionError()])
def test_an_error_of_a_library_is_one_refusal_with_the_name_of_the_file(
    name: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        warnings.warn("odd file", UserWarning, stacklevel=1)
        raise error

    monkeypatch.delenv("CPD_DEBUG", raising=False)
    monkeypatch.setattr(sys, "warnoptions", [])
    monkeypatch.setattr(registry, "_READERS", dict.fromkeys(Format, fail))
    with pytest.raises(NoTable, match=f"^{name}: "):
        read_table(Path(name), STARTS.get(name, b"x"), ImportOptions())


@pytest.mark.parametrize("nested", ["[" * 500 + "]" * 500, "[" * 100_000, '{"a":' * 500 + "1" + "}" * 500])
def test_lists_that_nest_deeply_are_refused(nested: str) -> None:
    data = f'[{{"title": "a", "date": "2026-03-14", "topics": {nested}}}]'.encode()
    with pytest.raises(UsageError, match=r"x\.json"):
        read_table(Path("x.json"), data, ImportOptions())
    record = RECORD.replace(b'"a"', nested.encode(), 1)
    with pytest.raises(UsageError):
        read_journal(record)
