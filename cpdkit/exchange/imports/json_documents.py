"""JSON documents: JSON Resume, Day One and Open Badges are known by their keys; others are tables of objects."""

from collections.abc import Callable
from typing import Any

from cpdkit.exchange.imports import badges, day_one, resume
from cpdkit.exchange.imports.json import document_of, objects_table
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions

MOST_BYTES = 64 * 2**20
"""The largest document that is searched for a known kind."""
_READERS: tuple[tuple[Callable[[Any], bool], Callable[[Any, str, ImportOptions], ImportedTable]], ...] = (
    (resume.is_resume, resume.read_resume),
    (day_one.is_day_one, day_one.read_day_one),
    (badges.is_badge, badges.read_badges),
)


def read(data: bytes, name: str, options: ImportOptions) -> ImportedTable:
    """Return the table in a document. Raises UsageError."""
    document = document_of(data, name)
    kinds = _READERS if len(data) <= MOST_BYTES else ()
    reader = next((reader for fits, reader in kinds if fits(document)), objects_table)
    return reader(document, name, options)
