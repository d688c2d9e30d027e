"""The images of bodies: read from the journal and nowhere else, made fit, and kept under names of ours."""

import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from cpdkit.documents.bodies.image_files import Unusable, clean_image
from cpdkit.documents.bodies.vetting import NotShown, Shown
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.text.processes import MIB

LARGEST = 20 * MIB
LARGEST_TOGETHER = 200 * MIB
"""Bytes of one image file, and of all images of a document: they are held in memory."""

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_INSIDE = "an image must be a file inside the journal, named relative to the text that shows it"


@dataclass(slots=True)
class MediaStore:
    """The images that a document shows, by their names (`m0001.png`), each file once."""

    root: Path
    media: dict[str, bytes] = field(default_factory=dict)
    _seen: dict[tuple[str, ...], Shown | NotShown] = field(default_factory=dict)
    _room: int = LARGEST_TOGETHER

    def images_of(self, path: str) -> Callable[[str], Shown | NotShown]:
        """What the addresses of images mean in the text at `path` (relative to the journal)."""
        folder = tuple(path.split("/")[:-1])
        return lambda address: self._find(folder, address)

    def _find(self, folder: tuple[str, ...], address: str) -> Shown | NotShown:
        try:
            place = self._place(folder, address)
        except Unusable as error:
            return NotShown(error.reason, error.hint)
        if place not in self._seen:
            self._seen[place] = self._taken(place)
        return self._seen[place]

    def _place(self, folder: tuple[str, ...], address: str) -> tuple[str, ...]:
        """The file that an address means: as it is written, or with its percent signs decoded."""
        if not address:
            raise Unusable("has no file", _INSIDE)
        place = inside(folder, address)
        if "%" not in address or self.root.joinpath(*place).exists():
            return place
        return inside(folder, unquote(address))

    def _taken(self, place: tuple[str, ...]) -> Shown | NotShown:
        try:
            data = self._read(place)
            clean = clean_image(data)
            if len(clean.data) > self._room:
                raise Unusable(f"is one too many: all images together may have {LARGEST_TOGETHER // MIB} MiB")
        except Unusable as error:
            return NotShown(error.reason, error.hint)
        name = f"m{len(self.media) + 1:04}.{clean.suffix}"
        self.media[name] = clean.data
        self._room -= len(clean.data)
        return Shown(name, clean.width)

    def _read(self, place: tuple[str, ...]) -> bytes:
        """The bytes of a regular file that no link leads to. Raises Unusable."""
        for length in range(1, len(place)):
            _size_of(self.root.joinpath(*place[:length]), last=False)
        path = self.root.joinpath(*place)
        size = _size_of(path, last=True)
        if size > LARGEST:
            raise Unusable(
                f"is too large: {size / MIB:.1f} MiB, and at most {LARGEST // MIB} are shown", "make it smaller"
            )
        try:
            return read_bytes(str(path), LARGEST)[0]
        except Unreadable as error:
            raise Unusable(f"can't be read: {error}") from None


def inside(folder: tuple[str, ...], address: str) -> tuple[str, ...]:
    """The path below the journal that an address means, seen from `folder`. Raises Unusable for one outside."""
    if _ELSEWHERE.match(address) or address.startswith(("/", "\\", "~")) or "\\" in address or "\0" in address:
        raise Unusable("lies outside the journal", _INSIDE)
    parts = list(folder)
    for name in address.split("/"):
        if name == "..":
            if not parts:
                raise Unusable("lies outside the journal", _INSIDE)
            parts.pop()
        elif name not in ("", "."):
            parts.append(name)
    return tuple(parts)


def _size_of(path: Path, *, last: bool) -> int:
    """The size in bytes of one step on the way to a file. Raises Unusable for what is no folder, or at last no file."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise Unusable("is missing", "look at its name and its folder") from None
    except (OSError, ValueError) as error:
        raise Unusable(
            f"can't be read: {str(getattr(error, 'strerror', '') or 'its name is no name').lower()}"
        ) from None
    if stat.S_ISLNK(found.st_mode):
        raise Unusable("is, or lies behind, a symbolic link, which is not followed", "put the file itself there")
    if last != stat.S_ISREG(found.st_mode):
        raise Unusable("is not a file" if last else "is missing", "look at its name and its folder")
    return found.st_size
