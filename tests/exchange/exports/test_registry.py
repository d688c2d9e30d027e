import sys
from pathlib import Path

import pytest

from cpdkit.errors import UsageError
from cpdkit.exchange.exports.registry import (
    ExportOptions,
    Format,
    LibraryMissing,
    cut_short,
    exported_bytes,
    format_of,
)
from cpdkit.journal.load import Journal
from tests.journal.folders import FIELDS, journal_of, record


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    files = {
        "activities/old.md": record(FIELDS.replace("2026", "1999")),
        "activities/planned.md": record(FIELDS + "status: planned\n"),
        "activities/secret.md": record(FIELDS + "confidential: true\n"),
        "cpd.yaml": "name: A\nperiod: 2026\n",
    }
    return journal_of(tmp_path, files)


@pytest.mark.parametrize("each", Format)
def test_every_format_is_made_twice_alike(each: Format, journal: Journal) -> None:
    made = [exported_bytes(journal, journal.activities, ExportOptions(each)) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0]


@pytest.mark.parametrize(
    ("named", "file", "found"),
    [("CSV", "", Format.CSV), ("", "a.b.xlsx", Format.XLSX), ("json", "a.txt", Format.JSON), ("", "A.ICS", Format.ICS)],
)
def test_the_format_is_named_or_follows_from_the_file(named: str, file: str, found: Format) -> None:
    assert format_of(named, file) is found


@pytest.mark.parametrize(("named", "file"), [("", ""), ("", "cpd"), ("", "a.txt"), ("docx", "")])
def test_another_format_is_refused(named: str, file: str) -> None:
    with pytest.raises(UsageError):
        format_of(named, file)


@pytest.mark.parametrize(
    ("format_", "layout", "bom"), [(Format.CSV, "iet", False), (Format.JSON, "ice", False), (Format.XLSX, "", True)]
)
def test_options_that_a_format_does_not_have_are_refused(format_: Format, layout: str, bom: bool) -> None:
    with pytest.raises(UsageError):
        ExportOptions(format_, layout, bom)


def test_only_a_workbook_cuts_texts(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(body="x" * 40_000)})
    assert cut_short(journal.activities, ExportOptions(Format.XLSX)) == ("activities/a.md",)
    assert cut_short(journal.activities, ExportOptions(Format.CSV)) == ()


def test_the_error_for_a_missing_library_has_a_remedy(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "cpdkit.exchange.exports.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(LibraryMissing) as caught:
        exported_bytes(journal, (), ExportOptions(Format.PARQUET))
    assert "cpdkit[parquet]" in caught.value.hint
