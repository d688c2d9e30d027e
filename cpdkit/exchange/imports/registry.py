"""The formats of imports, and the module that reads each; `exports/registry.py` is the other way."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from cpdkit.errors import UsageError
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from cpdkit.exchange.imports.zones import clock_in

_CALENDAR = b"BEGIN:VCALENDAR"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_START = 4096


class Format(StrEnum):
    """The formats that can be imported; each is the name of its module."""

    NOTES = "notes"
    ICS = "ics"
    XLSX = "xlsx"
    JOURNAL = "journal"
    JSON = "json"
    CSV = "csv"


def format_of(path: Path, data: bytes) -> Format:
    """Return the format of a file by its first bytes, not its name. Raises UsageError for an old workbook."""
    start = data[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if path.is_dir():
        return Format.NOTES
    if start[: len(_CALENDAR)].upper() == _CALENDAR:
        return Format.ICS
    if data.startswith(b"PK"):
        return Format.XLSX
    if data.startswith(_OLD_WORKBOOK):
        raise UsageError(f"{path.name} is a workbook in the old format, XLS", "save it as XLSX or as CSV UTF-8")
    if start.startswith(b"{") and (b'"cpdkit"' in start or start.startswith(b'{"path": "')):
        return Format.JOURNAL
    return Format.JSON if start[:1] in (b"{", b"[") else Format.CSV


def read_table(path: Path, data: bytes, options: ImportOptions) -> ImportedTable:
    """Return the table in a file other than an exported journal. Raises UsageError if there is none."""
    name = format_of(path, data)
    if (options.header_row or options.skips) and name not in (Format.CSV, Format.XLSX, Format.JSON):
        raise UsageError(f"{path.name} is not a table", "use --header-row and --skip with CSV, XLSX or JSON files only")
    return _READERS[name](path, data, options)


def read_journal(data: bytes) -> Mapping[str, bytes]:
    """Return the files of an exported journal by path. Raises NotExported and Refused."""
    files: Mapping[str, bytes] = _module(Format.JOURNAL).read_journal(data)
    return files


def _module(name: Format) -> Any:
    """Load the reader of a format, with the library that it needs."""
    return import_module(f"cpdkit.exchange.imports.{name}")


_Reader = Callable[[Path, bytes, ImportOptions], ImportedTable]
_READERS: Mapping[Format, _Reader] = {
    Format.NOTES: lambda path, _, options: _module(Format.NOTES).read_notes(path, path.name, clock_in(options.zone)),
    Format.ICS: lambda path, data, options: _module(Format.ICS).read_ics(data, path.name, options),
    Format.XLSX: lambda path, data, options: _module(Format.XLSX).read_xlsx(data, path.name, options),
    Format.JSON: lambda path, data, options: _module(Format.JSON).read_json(data, path.name, options),
    Format.CSV: lambda path, data, options: _module(Format.CSV).read_csv(data, path.name, options),
}  # fmt: skip
