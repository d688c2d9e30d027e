"""A table of records that a file describes in its own way: a column for each field that any of them has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cpdkit.dates.hours import HOUR, Minutes
from cpdkit.exchange.imports.table import MOST_ROWS, Attachment, ImportedRow, ImportedTable, NoTable

FIRST = ("title", "start", "end", "time", "type", "status", "provider", "location", "role")
"""The order of the first columns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One future activity, post or qualification.

    It has its place, its key in the source, its values by field or target, and its files.
    """

    where: str
    key: str
    values: Mapping[str, str]
    attachments: tuple[Attachment, ...] = ()
    is_post: bool = False
    is_qualification: bool = False


def entry_table(name: str, entries: Sequence[Entry], remarks: Iterable[str] = ()) -> ImportedTable:
    """Return the table of entries. Every heading is the field or target that it becomes. Raises NoTable if too many."""
    if len(entries) > MOST_ROWS:
        raise NoTable(name, f"it has more than {MOST_ROWS:,} entries", "split the file")
    used = dict.fromkeys(target for entry in entries for target, value in entry.values.items() if value)
    headers = (*(target for target in FIRST if target in used), *(target for target in used if target not in FIRST))
    rows = (
        ImportedRow(
            entry.where,
            tuple(entry.values.get(target, "") for target in headers),
            entry.key,
            attachments=entry.attachments,
            is_post=entry.is_post,
            is_qualification=entry.is_qualification,
        )
        for entry in entries
    )
    return ImportedTable(name, headers, tuple(rows), tuple(remarks), {header: header for header in headers})


def duration(minutes: Minutes) -> str:
    """Return minutes as a cell that reads back exactly."""
    return f"{minutes // HOUR}h{minutes % HOUR:02}"


def text_at(value: Any, *names: str) -> str:
    """Return the text at a path of keys in data of a stranger; empty if there is none, or something else."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def long_text_at(value: Any, *names: str) -> str:
    """Return the text at a path of keys with its line breaks; empty if there is none, or something else."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def list_at(value: Any, name: str) -> list[Any]:
    """Return the list at a key; one object counts as a list of one."""
    part = value.get(name) if isinstance(value, dict) else None
    return part if isinstance(part, list) else [part] if isinstance(part, dict) else []


def texts_at(value: Any, name: str) -> list[str]:
    """Return the texts of the list at a key."""
    return [" ".join(part.split()) for part in list_at(value, name) if isinstance(part, str) and part.strip()]
