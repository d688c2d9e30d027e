"""Which files a report is written to: the formats by their suffixes, and names that say whose and of when it is."""

import re
import unicodedata
from pathlib import Path

from cpdkit.errors import UsageError

FORMATS = ("docx", "pdf", "html", "md", "odt")
MOST_NAME_LETTERS = 60
_NOT_IN_NAMES = re.compile(r"[^\w]+")


def format_of(path: Path) -> str:
    """The format that a file's suffix says. Raises UsageError."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise UsageError(
            f"{path} does not say its format", f"end the name in one of {', '.join('.' + name for name in FORMATS)}"
        )
    return suffix


def file_name(member: str, kind: str, period: str, suffix: str) -> str:
    """`angharad-llywelyn-detailed-2026.pdf`: letters of any script, digits and hyphens, safe on every system."""
    parts = [_slug(member), _slug(kind), period]
    return "-".join(part for part in parts if part) + f".{suffix}"


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFC", words).casefold()
    return _NOT_IN_NAMES.sub("-", plain).replace("_", "-").strip("-")[:MOST_NAME_LETTERS].strip("-")
