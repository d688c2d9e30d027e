"""The targets of the fuzzer: reading bytes, checking a journal, importing files. Each may raise only named errors."""

import atexit
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook

from cpdkit.checks.engine import CheckResult, check_journal
from cpdkit.checks.fixes import apply_fixes
from cpdkit.checks.formats import text
from cpdkit.checks.formats.common import base_of_person
from cpdkit.checks.formats.registry import FORMATS
from cpdkit.checks.formats.statistics import statistics, table
from cpdkit.documents.bodies.images import Unusable, clean_image
from cpdkit.errors import UsageError
from cpdkit.exchange.adopt import AdoptOptions, Existing, adopt
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.imports import json_documents
from cpdkit.exchange.imports.csv import read_csv
from cpdkit.exchange.imports.ics import read_ics
from cpdkit.exchange.imports.journal import read_journal
from cpdkit.exchange.imports.notes import read_note
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from cpdkit.exchange.imports.xlsx import read_xlsx
from cpdkit.journal.edit import Refused
from cpdkit.journal.member import read_member
from cpdkit.journal.reader import RECORD_KINDS, read_record
from cpdkit.text.faults import Unreadable
from cpdkit.text.front_matter import split
from cpdkit.text.source import decode
from cpdkit.text.yaml import parse

DAY = date(2026, 11, 23)
FILES = {
    "cpd.yaml": "name: Angharad Llywelyn\ntopics: [ethics]\n",
    "plan/storage.md": "---\ntitle: Storage\nby: 2026-12-01\n---\n",
    "evidence/a.pdf": "",
}
PLACES = (
    *(f"{folder}/2026/2026-03-14-x.md" if folder == "activities" else f"{folder}/x.md" for folder in RECORD_KINDS),
    "cpd.yaml",
    "frameworks/x.yaml",
    "schemes/x.yaml",
)
"""One file of every kind that a journal's owner, or a stranger, may write."""


@cache
def journal() -> Path:
    """Return a small journal on the disk, to which the hostile texts are added."""
    folder = tempfile.TemporaryDirectory(prefix="cpdkit-fuzz-")
    atexit.register(folder.cleanup)
    root = Path(folder.name)
    for path, content in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    return root


def text_target(data: bytes) -> None:
    """Decode bytes, and split the text."""
    with suppress(Unreadable):
        split(decode("x.md", data).text)


def yaml_target(data: bytes) -> None:
    """Parse a text to values."""
    with suppress(Unreadable):
        parse(decode("x.yaml", data).text)


def record_target(data: bytes) -> None:
    """Read a text as a record of each kind, and as a member."""
    with suppress(Unreadable):
        for form in RECORD_KINDS.values():
            read_record(decode(f"{form.folder}/x.md", data), form)
        read_member(decode("cpd.yaml", data))


def check_target(data: bytes) -> None:
    """Check a text in every place that it can have, and print the problems in every format."""
    for path in PLACES:
        in_every_format(check(path, data))


def fixes_target(data: bytes) -> None:
    """Fix a text. The result must be a text again, and fixing must end."""
    for path in PLACES:
        for unsafe in (False, True):
            diagnostics = [each for each in check(path, data).diagnostics if each.path == path]
            new, applied = apply_fixes(data, diagnostics, unsafe)
            assert (new != data) == bool(applied)
            check(path, new)


def check(path: str, data: bytes) -> CheckResult:
    """Check a journal that contains these bytes."""
    return check_journal(journal(), day=DAY, over={path: data})


def in_every_format(result: CheckResult) -> list[str]:
    """Print the problems in every format and width."""
    base = base_of_person(result.root, result.root)
    return [
        *(text.diagnostics_text(result.diagnostics, True, columns, base.path) for columns in (0, 40, 80)),
        text.summary(result, 80),
        table(statistics(result.diagnostics), 80),
        *(render(result, base) for render in FORMATS.values()),
    ]


def import_target(read: Callable[[bytes], ImportedTable | None]) -> Callable[[bytes], None]:
    """Return a target that imports a file: a reader of one format, up to the new records, or a refusal."""

    def target(data: bytes) -> None:
        with suppress(UsageError, Refused):
            if table := read(data):
                adopt(table, match(table, ColumnMapping()), Existing(frozenset()), AdoptOptions())

    return target


def note(data: bytes) -> None:
    """Read a text as a note."""
    with suppress(Unreadable):
        read_note(decode("x.md", data).text)


def sheet(data: bytes) -> ImportedTable:
    """Read a workbook; other bytes become the only sheet of a sound one."""
    if data.startswith(b"PK"):
        return read_xlsx(data, "x.xlsx")
    held = BytesIO()
    with ZipFile(BytesIO(workbook())) as old, ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if name.startswith("xl/worksheets/") else old.read(name))
    return read_xlsx(held.getvalue(), "x.xlsx")


@cache
def workbook() -> bytes:
    held = BytesIO()
    Workbook().save(held)
    return held.getvalue()


def image_target(data: bytes) -> None:
    """Clean an image."""
    with suppress(Unusable):
        clean_image(data)


OPTIONS = ImportOptions(period="2026", zone="Europe/London")

TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "text": text_target,
    "yaml": yaml_target,
    "record": record_target,
    "check": check_target,
    "fixes": fixes_target,
    "csv": import_target(lambda data: read_csv(data, "x.csv")),
    "json": import_target(lambda data: json_documents.read(data, "x.json", OPTIONS)),
    "journal": import_target(lambda data: read_journal(data) and None),
    "ics": import_target(lambda data: read_ics(data, "x.ics", OPTIONS)),
    "xlsx": import_target(sheet),
    "notes": note,
    "images": image_target,
}
