"""Journals of a few lines, for tests that need one on disk."""

from collections.abc import Mapping
from pathlib import Path

from cpdkit.journal.load import Journal, load

MEMBER = "name: Angharad Llywelyn\n"
FIELDS = "title: Relay course\ntype: training\nstart: 2026-03-14\nhours: 2\n"
BODY = """
Settings of distance relays on double-circuit lines, with a day of injection tests in a real substation.

## Reflection

### What did you learn?

How the mutual coupling of two circuits shortens the reach, and that our own standard settings leave too small a margin
for it. I shall take the measured coupling into the next setting report and ask for the line's test sheets first.
"""


def record(fields: str = FIELDS, body: str = BODY) -> str:
    """Return the text of a record with these fields."""
    return f"---\n{fields}---\n{body}"


GOOD = record()


def write(root: Path, path: str, text: str | bytes) -> Path:
    """Write a file below `root` with exactly this text, and create its folders."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    return place


def journal_of(root: Path, files: Mapping[str, str | bytes]) -> Journal:
    """Write these files and a plain cpd.yaml, and return the journal."""
    for path, text in {"cpd.yaml": MEMBER, **files}.items():
        write(root, path, text)
    return load(root)


def problems_of(journal: Journal) -> list[tuple[str, str]]:
    """Return the location and code of each diagnostic of a journal."""
    return [(each.location, each.code) for each in journal.diagnostics]
