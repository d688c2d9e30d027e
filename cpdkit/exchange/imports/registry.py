"""The formats of imports, and the module that reads each; `exports/registry.py` is the other way."""

import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from cpdkit.errors import CpdError, UsageError
from cpdkit.exchange.imports.known_tables import with_meaning
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions, NoTable
from cpdkit.exchange.imports.zones import clock_in
from cpdkit.text.wording import shortened

_CALENDAR = b"BEGIN:VCALENDAR"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_START = 4096
_LONGEST_ENDING = 12


class Format(StrEnum):
    """The formats that can be imported; each is the name of its module."""

    NOTES = "notes"
    ICS = "ics"
    XLSX = "xlsx"
    JOURNAL = "journal"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown_log"
    ORG = "org"
    EMAIL = "eml"
    BADGE = "badges"


_BY_ENDING = {
    **dict.fromkeys(("md", "markdown", "mdown", "mkd"), Format.MARKDOWN),
    "org": Format.ORG,
    "eml": Format.EMAIL,
    "ics": Format.ICS,
    **dict.fromkeys(("xlsx", "xlsm", "xltx", "xltm"), Format.XLSX),
}
"""The formats that the name of a file shows if its first bytes do not: its reader then names what is wrong."""
_TABLES = frozenset(["", "csv", "tsv", "tab", "psv", "txt", "dat", "xls", "json", "jsonl", "ndjson"])
"""The endings of files whose text can be a table."""
_PNG = b"\x89PNG\r\n\x1a\n"
_MARKUP = re.compile(rb"<(?:\?xml|!doctype|html|head|body|table|meta|svg|workbook)\b", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^(?:#{1,6} \S|\|[ \t]*:?-{2,})", re.MULTILINE)
_HEADERS = re.compile(
    rb"(?:from|to|subject|date|received|return-path|delivered-to|mime-version|message-id): ?\S", re.IGNORECASE
)
"""The beginnings of Markdown and e-mails without a name, as on standard input."""
_EXPORTED = re.compile(rb'"cpdkit"\s*:')
_HINT = "save it as CSV, XLSX, JSON or Markdown; cpd attach adds a file to an activity as evidence"


class UnknownFormat(UsageError):
    """A file of a kind that cannot be imported."""

    def __init__(self, name: str, kind: str, hint: str = _HINT) -> None:
        super().__init__(f"{name}: cannot import {kind}", hint)


def format_of(path: Path, data: bytes) -> Format:
    """Return the format of a file by its first bytes, or by its name if it is text. Raises UsageError if unknown."""
    start = data[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if path.is_dir():
        return Format.NOTES
    if start[: len(_CALENDAR)].upper() == _CALENDAR:
        return Format.ICS
    ending = path.suffix.lower().removeprefix(".")
    if data.startswith(b"PK"):
        if ending == "zip":
            raise UnknownFormat(path.name, "ZIP files", "unpack it, and import the file inside")
        if ending and _BY_ENDING.get(ending) is not Format.XLSX:
            raise UnknownFormat(path.name, f"{ending.upper()} files")
        return Format.XLSX
    if data.startswith(_PNG):
        return Format.BADGE
    if data.startswith(_OLD_WORKBOOK):
        raise UsageError(f"{path.name} is a workbook in the old format, XLS", "save it as XLSX or as CSV UTF-8")
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if not ending and _MARKDOWN.search(start):
        return Format.MARKDOWN
    if not ending and _HEADERS.match(start):
        return Format.EMAIL
    if _MARKUP.match(start):
        raise UnknownFormat(path.name, "HTML or XML, whatever the name of the file")
    if ending not in _TABLES:
        raise UnknownFormat(path.name, f"{shortened(ending.upper(), _LONGEST_ENDING)} files")
    if start.startswith(b"{") and (_EXPORTED.search(start) or start.startswith(b'{"path": "')):
        return Format.JOURNAL
    return Format.JSON if start[:1] in (b"{", b"[") else Format.CSV


def read_table(path: Path, data: bytes, options: ImportOptions) -> ImportedTable:
    """Return the table in a file other than an exported journal. Raises UsageError if there is none."""
    with refusal(path.name):
        name = format_of(path, data)
        _refuse_unused(options, name, path.name)
        return with_meaning(_READERS[name](path, data, options))


def _refuse_unused(options: ImportOptions, form: Format, name: str) -> None:
    """Raise UsageError for an option that a format does not have: to ignore it would import something else."""
    tables = (Format.CSV, Format.XLSX, Format.JSON)
    if (options.header_row or options.skips) and form not in tables:
        raise UsageError(f"{name} is not a table", "use --header-row and --skip with CSV, XLSX or JSON files only")
    if options.sheets and form is not Format.XLSX:
        raise UsageError(f"{name} has no sheets", "use --sheet with XLSX files only")
    if (options.calendars or options.words) and form is not Format.ICS:
        raise UsageError(f"{name} is not a calendar", "use --calendar and --words with calendars only")


def read_journal(data: bytes, name: str = "the exported journal") -> Mapping[str, bytes]:
    """Return the files of an exported journal by path. Raises NotExported and Refused."""
    with refusal(name):
        files: Mapping[str, bytes] = _module(Format.JOURNAL).read_journal(data)
        return files


@contextmanager
def refusal(name: str) -> Iterator[None]:
    """Turn any error of a format's library into one refusal that names the file: `NoTable`.

    Libraries raise many kinds of errors for damaged files. With `$CPD_DEBUG`, the error is passed on.
    """
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            yield
    except CpdError:
        raise
    except MemoryError:
        raise NoTable(name, "it needs too much memory", "split the file") from None
    except Exception as error:
        if os.environ.get("CPD_DEBUG"):
            raise
        why = "its parts are nested too deeply" if isinstance(error, RecursionError) else "it is damaged or unusual"
        raise NoTable(name, f"cannot read the file: {why}", "open it in its program and save it again") from error


def _module(name: Format) -> Any:
    """Load the reader of a format, with the library that it needs."""
    return import_module(f"cpdkit.exchange.imports.{name}")


def _json(data: bytes, name: str, options: ImportOptions) -> ImportedTable:
    """Return the table in a JSON document."""
    table: ImportedTable = import_module("cpdkit.exchange.imports.json_documents").read(data, name, options)
    return table


def _markdown(data: bytes, name: str, options: ImportOptions) -> ImportedTable:
    """Return the entries of a Markdown file, with the files near it to which they link."""
    table: ImportedTable = _module(Format.MARKDOWN).read_markdown_log(data, name, clock_in(options.zone))
    return _with_embedded(table, options.folder, lambda _: name)


def _folder(path: Path, options: ImportOptions) -> ImportedTable:
    """Return the notes in a folder, with the files to which they link; without notes, a journal of Day One in it."""
    table: ImportedTable = _module(Format.NOTES).read_notes(path, path.name, clock_in(options.zone))
    if table.rows:
        return _with_embedded(table, path, lambda row: row.key, is_tree=True)
    journal: ImportedTable | None = import_module("cpdkit.exchange.imports.day_one").read_folder(path, options)
    return journal or table


def _with_embedded(*values: Any, **options: Any) -> ImportedTable:
    table: ImportedTable = import_module("cpdkit.exchange.imports.embedded").with_embedded(*values, **options)
    return table


_Reader = Callable[[Path, bytes, ImportOptions], ImportedTable]
_READERS: Mapping[Format, _Reader] = {
    Format.NOTES: lambda path, _, options: _folder(path, options),
    Format.ICS: lambda path, data, options: _module(Format.ICS).read_ics(data, path.name, options),
    Format.XLSX: lambda path, data, options: _module(Format.XLSX).read_xlsx(data, path.name, options),
    Format.JSON: lambda path, data, options: _json(data, path.name, options),
    Format.ORG: lambda path, data, _: _module(Format.ORG).read_org(data, path.name),
    Format.EMAIL: lambda path, data, options: _module(Format.EMAIL).read_email(data, path.name, options),
    Format.BADGE: lambda path, data, options: _module(Format.BADGE).read_badge_image(data, path.name, options),
    Format.MARKDOWN: lambda path, data, options: _markdown(data, path.name, options),
    Format.CSV: lambda path, data, options: _module(Format.CSV).read_csv(data, path.name, options),
}  # fmt: skip
