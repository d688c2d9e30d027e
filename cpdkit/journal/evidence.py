"""The files under `evidence/`: the names of new ones, and those that already have the same content."""

import re
from datetime import date
from pathlib import Path

from cpdkit.journal.naming import Paths, slug
from cpdkit.journal.paths import EVIDENCE
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.names import composed, folded

EVIDENCE_LIMIT = 100 * 2**20
"""Maximum size of a file in bytes: the usual hosts of git repositories accept no more."""
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-|$)")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")


def evidence_name(day: date, name: str) -> str:
    """Return a file's name under `evidence/`: the date in its name, or the activity's, then a slug and its suffix."""
    suffix = Path(name).suffix.lower()
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
    stem = slug(name[: len(name) - len(suffix)])
    return f"{stem if _DATED.match(stem) else f'{day}-{stem}'}{suffix}"


class EvidenceFolder:
    """The files under `evidence/` by name, and the ones to be copied there: `coming`, bytes by name."""

    def __init__(self, root: Path, names: frozenset[str]) -> None:
        self.root = root
        self.names = names
        self.coming: dict[str, bytes] = {}
        self._disk = Disk(str(root))
        self._paths = Paths(names)
        self._by_content: dict[bytes, str] = {}
        self._by_size: dict[int, list[str]] | None = None

    def name_of(self, data: bytes) -> str:
        """Return the name of a file with this content; empty if there is none."""
        if coming := self._by_content.get(data):
            return coming
        return next((name for name in self._sizes().get(len(data), ()) if self._read(name) == data), "")

    def taken(self, name: str) -> str:
        """Return the file that already has this name, ignoring case; empty if there is none."""
        wanted = folded(name)
        return next((each for each in (*self.names, *self.coming) if folded(each) == wanted), "")

    def free(self, name: str) -> str:
        """Return the name, with a number after its stem if a file already has it, even one that the journal ignores."""
        free = self._paths.free(name)
        while self._disk.exists(f"{EVIDENCE}/{free}"):
            self._paths.add(free)
            free = self._paths.free(name)
        return free

    def holds(self, folder: str) -> bool:
        """Return whether a folder of this name contains files."""
        return any(composed(each).startswith(f"{composed(folder)}/") for each in (*self.names, *self.coming))

    def add(self, name: str, data: bytes) -> None:
        """Plan to copy a file there."""
        self.coming[name] = data
        self._by_content.setdefault(data, name)
        self._paths.add(name)

    def _sizes(self) -> dict[int, list[str]]:
        """Return the names by the size of the file."""
        if self._by_size is None:
            self._by_size = {}
            for name in sorted(self.names):
                if stamp := self._disk.stamp(f"{EVIDENCE}/{name}"):
                    self._by_size.setdefault(stamp.size, []).append(name)
        return self._by_size

    def _read(self, name: str) -> bytes | None:
        try:
            return self._disk.read(f"{EVIDENCE}/{name}", EVIDENCE_LIMIT)[0]
        except Unreadable:
            return None
