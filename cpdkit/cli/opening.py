"""From the file that `cpd import` is given to a table, or to the files of an exported journal.

Each reader is only imported where its kind of file comes: they bring libraries that the others do without.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cpdkit.errors import UsageError
from cpdkit.exchange.incoming import Table
from cpdkit.exchange.restoring import restored, restored_lines
from cpdkit.journal.period import parse_period
from cpdkit.text.clock import today
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes

MOST_BYTES = 512 * 2**20
"""The largest file that is read."""
_CALENDAR = b"BEGIN:VCALENDAR"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Said:
    """The options as they were typed; `day_first` is None where nothing says it."""

    maps: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    mapping: Path | None = None
    save_mapping: Path | None = None
    sheets: tuple[str, ...] = ()
    day_first: bool | None = None
    done: bool = False
    folder: str | None = None
    period: str = ""
    calendars: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    zone: str = ""
    yes: bool = False
    form: str = "text"
    dry_run: bool = False


def read_file(file: Path) -> bytes:
    try:
        return read_bytes(str(file), MOST_BYTES)[0]
    except Unreadable as error:
        raise UsageError(f"{file}: {error.faults[0].message}", error.faults[0].hint) from None


def exported_files(data: bytes) -> Mapping[str, bytes] | None:
    """The files of a journal that `cpd export` wrote, as JSON or as JSON lines; None for anything else."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return None
    if b'"cpdkit"' in start:
        return restored(data)
    return restored_lines(data) if start.startswith(b'{"path": "') else None


def table_in(file: Path, data: bytes, said: Said) -> Table:
    """The table in a file, by what it starts with rather than by its name."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if file.is_dir():
        from cpdkit.exchange.notes import read_notes

        return read_notes(file, file.name)
    if start[: len(_CALENDAR)].upper() == _CALENDAR:
        return _from_calendar(file, data, said)
    if data.startswith(b"PK"):
        from cpdkit.exchange.tables.workbook import read_workbook

        return read_workbook(data, file.name, said.sheets)
    if data.startswith(_OLD_WORKBOOK):
        raise UsageError(f"{file.name}: it is a workbook of the old kind", "save it as XLSX or as CSV UTF-8")
    if start[:1] in (b"{", b"["):
        from cpdkit.exchange.tables.objects import read_objects

        return read_objects(data, file.name)
    from cpdkit.exchange.tables.delimited import read_delimited

    return read_delimited(data, file.name)


def _from_calendar(file: Path, data: bytes, said: Said) -> Table:
    from cpdkit.exchange.calendars.reading import Wanted, read_calendar

    last = today()
    first = last - timedelta(365)
    if said.period:
        period = parse_period(said.period, today(), (1, 1))
        if period.start is None or period.last is None:
            raise UsageError("a calendar needs a first and a last day", "--period 2026, or --period 2025-10..2026-09")
        first, last = period.start, period.last
    words = tuple(word for each in said.words for word in each.split())
    return read_calendar(data, file.name, Wanted(said.calendars, words, first, last, said.zone))
