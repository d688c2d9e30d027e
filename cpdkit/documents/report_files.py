"""Which files a report is written to: the formats by their suffixes, and names that say whose and of when it is."""

import unicodedata
from pathlib import Path

from cpdkit.errors import UsageError

FORMATS = ("docx", "pdf", "html", "md", "odt")
MOST_BYTES = 100
"""Of a member's or a kind's name in a file name: with both, it stays below the 255 that file systems take."""


def format_of(path: Path) -> str:
    """Return the format that a file's suffix names. Raises UsageError."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise UsageError(
            f"{path} does not say its format", f"end the name in one of {', '.join('.' + name for name in FORMATS)}"
        )
    return suffix


def file_name(member: str, kind: str, period: str, suffix: str) -> str:
    """Return `angharad-llywelyn-detailed-2026.pdf`: letters of any script, digits and hyphens, safe on every system."""
    parts = [_slug(member), _slug(kind), period]
    return "-".join(part for part in parts if part) + f".{suffix}"


def _slug(words: str) -> str:
    # Marks belong to their letters: without them a name in Devanagari is no name.
    plain = unicodedata.normalize("NFC", words.casefold())
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in plain)
    return "-".join(kept.split()).encode()[:MOST_BYTES].decode(errors="ignore").strip("-")
