"""The files of a report: their formats by suffix, their layouts, and their names by member, kind and period."""

import unicodedata
from pathlib import Path

from cpdkit.errors import UsageError
from cpdkit.text.wording import listed

FORMATS = ("docx", "pdf", "html", "md", "odt")
DRAWINGS = ("svg", "png")
"""The formats of a drawing alone: the accountability diagram."""
LAYOUTS = ("full", "compact", "form")
"""The layouts of the activities in detail."""
MOST_BYTES = 100
"""Limit of a member's or a kind's name in a file name. With both, the name stays below the usual 255 bytes."""


def format_of(path: Path) -> str:
    """Return the format of a file by its suffix. Raise UsageError."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in (*FORMATS, *DRAWINGS):
        raise UsageError(
            f"{path} has no known suffix", f"end the name in {listed([f'.{name}' for name in FORMATS], 'or')}"
        )
    return suffix


def file_name(member: str, kind: str, period: str, suffix: str) -> str:
    """Return `angharad-llywelyn-detailed-2026.pdf`: letters of any script, digits and hyphens, safe on every system."""
    parts = [_slug(member), _slug(kind), period]
    return "-".join(part for part in parts if part) + f".{suffix}"


def _slug(words: str) -> str:
    # Keep combining marks: without them names in Devanagari and other scripts are unreadable.
    plain = unicodedata.normalize("NFC", words.casefold())
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in plain)
    return "-".join(kept.split()).encode()[:MOST_BYTES].decode(errors="ignore").strip("-")
