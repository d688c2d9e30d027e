"""File names of records: made from a title, and found by any part."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import PurePosixPath

from cpdkit.errors import UsageError
from cpdkit.text.names import composed, folded

# Microsoft, "Naming Files, Paths, and Namespaces": a reserved name stays reserved with a suffix.
WINDOWS_DEVICE = r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])"
"""The names, in small letters, that no file of Windows can have."""
_IS_DEVICE = re.compile(WINDOWS_DEVICE)
MOST_NAMED = 8
LONGEST_SLUG = 60
LONGEST_BYTES = 180
"""Common file systems allow 255 bytes; the date, a number and `.md` need room too."""
NAMELESS = "activity"
_MARKS = {"Mn", "Mc", "Me"}


def slug(title: str, nameless: str = NAMELESS) -> str:
    """Return a title as a part of a file name that every system accepts: `IET lecture: grid` → `iet-lecture-grid`.

    Latin letters lose their accents. Letters of other scripts stay. A title without letters or digits gives
    `nameless`.
    """
    plain = unicodedata.normalize("NFKD", title).casefold().replace("ı", "i").replace("'", "").replace("’", "")
    letters = "".join(letter for letter in plain if not _is_accent(letter))
    words = "".join(letter if _belongs(letter) else " " for letter in composed(letters)).split()
    name = _shortened(words) or nameless
    return f"{name}-{nameless}" if is_windows_device(name) else name


def is_windows_device(name: str) -> bool:
    """Return whether Windows reserves a name without a suffix for a device, so that no file can have it."""
    return _IS_DEVICE.fullmatch(name.casefold()) is not None


def file_name(day: date, title: str) -> str:
    """Return the default file name of an activity: `2026-03-14-iet-lecture.md`."""
    return f"{day.isoformat()}-{slug(title)}.md"


def unique(path: str, taken: Collection[str]) -> str:
    """Return the path, with a number after its stem if the path is in use, in any case: `lecture-2.md`."""
    return Paths(taken).free(path)


class Paths:
    """The paths in use, in any case. Each of many equal ones gets its number at once."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._used = {folded(path) for path in paths}
        self._numbers: dict[str, int] = {}

    def __contains__(self, path: str) -> bool:
        return folded(path) in self._used

    def add(self, path: str) -> None:
        """Mark a path as used."""
        self._used.add(folded(path))

    def free(self, path: str) -> str:
        """Return the path, with a number after its stem if the path is in use: `lecture-2.md`."""
        suffix = PurePosixPath(path).suffix
        stem = path[: len(path) - len(suffix)]
        number, free = self._numbers.get(folded(path), 1), path
        while free in self:
            number += 1
            free = f"{stem}-{number}{suffix}"
        self._numbers[folded(path)] = max(number - 1, 1)
        return free


def resolve_id(text: str, paths: Iterable[str], what: str = "activity") -> str:
    """Return the path for a text: an ID, a path, or any part of an ID that fits only one path.

    Raise UsageError if none or several fit. The hint lists several.
    """
    paths = sorted(paths)
    wanted = _compared(text.strip()).removeprefix("./")
    tests: tuple[Callable[[str], bool], ...] = (
        lambda path: _compared(path) == wanted or _compared(path).endswith(f"/{wanted}"),
        lambda path: _compared(id_of(path)) == wanted.removesuffix(".md"),
        lambda path: _compared(id_of(path)).startswith(wanted),
        lambda path: wanted in _compared(id_of(path)),
    )
    for fits in tests:
        matches = [path for path in paths if wanted and fits(path)]
        if len(matches) == 1:
            return matches[0]
        if matches:
            names = ", ".join(id_of(path) for path in matches[:MOST_NAMED])
            more = f" and {len(matches) - MOST_NAMED} more" if len(matches) > MOST_NAMED else ""
            raise UsageError(
                f'"{text}" matches {len(matches)} files', f"write more of the name, to match only one of: {names}{more}"
            )
    raise UsageError(
        f'no {what} matches "{text}"',
        "use a part of the file name; cpd list --columns id,title shows the names of activities",
    )


def _compared(path: str) -> str:
    """Return a path as `resolve_id` compares it. Shells of Windows complete paths with backslashes."""
    return folded(path).replace("\\", "/")


def id_of(path: str) -> str:
    """Return the ID of a record: its file name without `.md`, composed."""
    return composed(path.rpartition("/")[2].removesuffix(".md"))


def _is_accent(letter: str) -> bool:
    """Return whether a mark is an accent of a Latin, Greek or Cyrillic letter. In other scripts, marks are letters."""
    return "\u0300" <= letter <= "\u036f"


def _belongs(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) in _MARKS


def _shortened(words: Iterable[str]) -> str:
    """Return as many whole words as fit, or the start of the first word."""
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word
        if len(longer) > LONGEST_SLUG or len(longer.encode()) > LONGEST_BYTES:
            return name or _cut(word)
        name = longer
    return name


def _cut(word: str) -> str:
    return word[:LONGEST_SLUG].encode()[:LONGEST_BYTES].decode(errors="ignore")
