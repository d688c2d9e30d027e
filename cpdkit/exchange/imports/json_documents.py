"""JSON documents of known kinds: JSON Resume, Day One and Open Badges, known by their keys."""

from collections.abc import Callable
from typing import Any

from cpdkit.exchange.imports import badges, day_one, resume
from cpdkit.exchange.imports.json import parsed
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from cpdkit.text.source import BOM

MOST_BYTES = 64 * 2**20
"""The largest document that is searched for a known kind."""
_READERS: tuple[tuple[Callable[[Any], bool], Callable[[Any, str, ImportOptions], ImportedTable]], ...] = (
    (resume.is_resume, resume.read_resume),
    (day_one.is_day_one, day_one.read_day_one),
    (badges.is_badge, badges.read_badges),
)


def read(data: bytes, name: str, options: ImportOptions) -> ImportedTable | None:
    """Return the table in a document of a known kind; None for other JSON. Raises UsageError."""
    if len(data) > MOST_BYTES or not data.removeprefix(BOM).lstrip().startswith((b"{", b"[")):
        return None
    try:
        document = parsed(data.removeprefix(BOM))
    except ValueError:
        return None
    reader = next((reader for fits, reader in _READERS if fits(document)), None)
    return reader(document, name, options) if reader else None
