"""Prepare images for every format: a PNG or JPEG of limited size, without metadata."""

import io
import json
import re
import stat
import struct
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from PIL import Image, ImageOps, UnidentifiedImageError

from cpdkit.documents.bodies.builder import MissingImage, ShownImage
from cpdkit.errors import ToolError, ToolTimeout
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.names import on_disk
from cpdkit.text.process import MIB, in_child

MOST_PIXELS = 40_000_000
MOST_SIDE = 30_000
MOST_RATIO = 200
"""How many times as long as the other a side may be."""
MOST_SCANS = 100
MOST_SCANNED = 500_000_000
"""The pixels of a JPEG times its scans, each of which is decoded over the whole image. Cameras write 1 scan or 10."""
DECODED_HERE = 10_000_000
"""The pixels, times the scans, that are decoded in this process; more, and other formats, in a limited child."""
SECONDS = 20.0
MEMORY = 1024 * MIB
SECONDS_TOGETHER = 120.0
"""The time for all images of a document that are decoded in a child."""
PAGE_WIDTH, PAGE_HEIGHT = 16.0, 20.0
"""Centimetres that an image may take of a page."""

SCREEN_DPI = 96
_SENSIBLE_DPI = range(50, 1201)
_ORIENTATION = 0x0112
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT", b"bKGD")
)
CHILD = "cpdkit.documents.bodies.image_child"
_READ = ("PNG", "JPEG", "GIF", "WEBP")


class Unusable(Exception):
    """An image that cannot be shown; the reason follows "the image NAME" in a message."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Clean:
    """An image without metadata: its bytes, `png` or `jpg`, and its width on paper in centimetres."""

    data: bytes
    suffix: str
    width: float


def clean_image(data: bytes) -> Clean:
    """Check an image, turn it upright, and remove its metadata (place, time, owner).

    Check its size before decoding a pixel. Raise Unusable.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is removed anyway
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_READ) as image:
                return _cleaned(image, data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many() from None
    except Unusable:
        raise
    except UnidentifiedImageError:
        raise Unusable("is not a PNG, JPEG, GIF or WebP image", "convert it to PNG") from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError, MemoryError, Warning):
        raise _damaged() from None


def clean_within_limits(data: bytes, seconds: float = SECONDS) -> Clean:
    """Do the same in a child process with limited time and memory, unless the image is small. Raise Unusable."""
    if _is_quick(data):
        return clean_image(data)
    try:
        head, _, clean = in_child(CHILD, data, timeout=seconds, memory=MEMORY).partition(b"\n")
        answer = json.loads(head)
    except ToolTimeout:
        raise Unusable("takes too long to decode", "save it again as PNG, or make it smaller") from None
    except (ToolError, ValueError):
        raise Unusable("needs too much memory to decode, or is damaged", "make it smaller") from None
    if "reason" in answer:
        raise Unusable(answer["reason"], answer["hint"])
    return Clean(clean, answer["suffix"], answer["width"])


def _is_quick(data: bytes) -> bool:
    """Return whether an image is a PNG or JPEG with few pixels and scans, by its header."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                scans = _scans(data) if image.format == "JPEG" else 1
                return image.width * image.height * scans <= DECODED_HERE
    except Exception:  # noqa: BLE001  Pillow raises many kinds of errors for a damaged file; the child reports it
        return False


def _damaged() -> Unusable:
    return Unusable("is damaged", "open it in another program and save it again")


def _too_many() -> Unusable:
    return Unusable(f"has more than {MOST_PIXELS // 1_000_000} million pixels", "make it smaller")


def _cleaned(image: Image.Image, data: bytes) -> Clean:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise _too_many()
    if not pixels:
        raise Unusable("is empty")
    if max(image.size) > MOST_SIDE:
        raise Unusable(f"is wider or higher than {MOST_SIDE:,} pixels", "make it smaller")
    if max(image.size) > MOST_RATIO * min(image.size):
        raise Unusable(f"is more than {MOST_RATIO} times as long as wide", "cut it into parts")
    kind, dots = image.format, _dpi(image.info)
    if kind == "JPEG" and ((scans := _scans(data)) > MOST_SCANS or scans * pixels > MOST_SCANNED):
        raise Unusable(f"has too many scans: {scans:,}", "save it again, not as a progressive JPEG")
    if kind == "JPEG":
        return _clean_jpeg(image, data, dots)
    image.load()  # an incomplete file would otherwise stop the whole document
    width = paper_width(image.size, dots)
    if kind == "PNG":
        return Clean(_png_without_metadata(data), "png", width)
    return Clean(_as_png(image), "png", width)


def _dpi(info: dict[str | tuple[int, int], Any]) -> float:
    """Return the dots per inch of the file, or those of a screen if it has no plausible value."""
    try:
        dots = float(info["dpi"][0])
        return dots if round(dots) in _SENSIBLE_DPI else SCREEN_DPI
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError):
        return SCREEN_DPI


def paper_width(size: tuple[int, int], dpi: float) -> float:
    """Return the width in centimetres at which an image of `size` pixels is shown: its own, at most a page's."""
    width, height = (pixels / dpi * 2.54 for pixels in size)
    return round(width * min(1.0, PAGE_WIDTH / width, PAGE_HEIGHT / height), 2)


def _as_png(image: Image.Image) -> bytes:
    """Return the first frame as a PNG."""
    held = io.BytesIO()
    image.convert("RGBA" if image.has_transparency_data else "RGB").save(held, "PNG")
    return held.getvalue()


def _png_without_metadata(data: bytes) -> bytes:
    kept = [_PNG]
    at = len(_PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    raise _damaged()


def _clean_jpeg(image: Image.Image, data: bytes, dots: float) -> Clean:
    turned = image.getexif().get(_ORIENTATION, 1) not in (0, 1)
    if turned or image.mode not in ("RGB", "L"):
        return _anew(image, dots)
    size = image.size
    image.draft(None, (1, 1))  # decodes an eighth of each side, which shows damage as well
    image.load()
    bare = _jpeg_without_metadata(data)
    return Clean(bare, "jpg", paper_width(size, dots)) if bare else _anew_from(data, dots)


def _anew_from(data: bytes, dots: float) -> Clean:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        return _anew(image, dots)


def _anew(image: Image.Image, dots: float) -> Clean:
    """Return a photograph turned upright and in RGB or grey, compressed again."""
    upright = ImageOps.exif_transpose(image)
    held = io.BytesIO()
    (upright if upright.mode == "L" else upright.convert("RGB")).save(held, "JPEG", quality=92)
    return Clean(held.getvalue(), "jpg", paper_width(upright.size, dots))


def _jpeg_without_metadata(data: bytes) -> bytes | None:
    """Return the same image without metadata; None if the segments of the file cannot be read."""
    kept = [data[:2]]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return b"".join((*kept, b"\xff\xd9"))
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _scan_end(data, end)
        if _is_kept(marker, data[at + 4 : at + 16]):
            kept.append(data[at:end])
        at = end
    return b"".join((*kept, b"\xff\xd9")) if data[at : at + 2] == b"\xff\xd9" else None


def _is_kept(marker: int, start: bytes) -> bool:
    """Whether to keep a segment: all but comments and application segments other than density and colours."""
    if marker == 0xFE:
        return False
    return not 0xE0 <= marker <= 0xEF or marker in (0xE0, 0xEE) or (marker == 0xE2 and start == b"ICC_PROFILE\0")


def _scans(data: bytes) -> int:
    """Return how many scans a JPEG has at most."""
    return data.count(b"\xff\xda")


def _scan_end(data: bytes, at: int) -> int:
    """Return the position of the next marker after a scan: an FF that is neither escaped nor a restart marker."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        following = data[at + 1]
        if following and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2
    return len(data)


LARGEST = 20 * MIB
LARGEST_TOGETHER = 200 * MIB
"""The most bytes of one image file, and of all images of a document together: they are kept in memory."""

_WHERE = "check its name and its folder"
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_INSIDE = "use a path inside the journal, relative to the file that shows the image"


@dataclass(slots=True)
class MediaStore:
    """The images that a document shows, by their names (`m0001.png`), each file once."""

    root: Path
    media: dict[str, bytes] = field(default_factory=dict)
    _seen: dict[tuple[str, ...], ShownImage | MissingImage] = field(default_factory=dict)
    _room: int = LARGEST_TOGETHER
    _seconds: float = SECONDS_TOGETHER

    def images_of(self, path: str) -> Callable[[str], ShownImage | MissingImage]:
        """Return a function that finds images by their addresses in the text at `path` (relative to the journal)."""
        folder = tuple(path.split("/")[:-1])
        return lambda address: self._find(folder, address)

    def _find(self, folder: tuple[str, ...], address: str) -> ShownImage | MissingImage:
        try:
            place = self._place(folder, address)
        except Unusable as error:
            return MissingImage(error.reason, error.hint)
        if place not in self._seen:
            self._seen[place] = self._taken(place)
        return self._seen[place]

    def _place(self, folder: tuple[str, ...], address: str) -> tuple[str, ...]:
        """Return the file of an address: as written, or with its percent signs decoded."""
        if not address:
            raise Unusable("has no address", _INSIDE)
        place = inside(folder, address)
        if "%" in address and not self.root.joinpath(*place).exists():
            place = inside(folder, unquote(address))
        return tuple(on_disk(str(self.root), "/".join(place)).split("/"))

    def _taken(self, place: tuple[str, ...]) -> ShownImage | MissingImage:
        try:
            data = self._read(place)
            clean = self._clean(data)
            if len(clean.data) > self._room:
                raise Unusable(f"exceeds the limit of {LARGEST_TOGETHER // MIB} MiB for all images together")
        except Unusable as error:
            return MissingImage(error.reason, error.hint)
        name = f"m{len(self.media) + 1:04}.{clean.suffix}"
        self.media[name] = clean.data
        self._room -= len(clean.data)
        return ShownImage(name, clean.width)

    def _clean(self, data: bytes) -> Clean:
        if self._seconds <= 0:
            raise Unusable(
                f"is after images that took {SECONDS_TOGETHER:g} s to decode", "show fewer or smaller images"
            )
        started = time.monotonic()
        try:
            return clean_within_limits(data, min(SECONDS, self._seconds))
        finally:
            self._seconds -= time.monotonic() - started

    def _read(self, place: tuple[str, ...]) -> bytes:
        """Return the bytes of a regular file without symbolic links in its path. Raise Unusable."""
        for length in range(1, len(place)):
            _size_of(self.root.joinpath(*place[:length]), last=False)
        path = self.root.joinpath(*place)
        size = _size_of(path, last=True)
        if size > LARGEST:
            raise Unusable(f"is too large: {size / MIB:.1f} MiB of at most {LARGEST // MIB} MiB", "make it smaller")
        try:
            return Disk(str(self.root)).read("/".join(place), LARGEST)[0]
        except Unreadable as error:
            raise Unusable(f"cannot be read: {error}") from None


def inside(folder: tuple[str, ...], address: str) -> tuple[str, ...]:
    """Return the path in the journal of an address, relative to `folder`. Raise Unusable for one outside."""
    if _ELSEWHERE.match(address) or address.startswith(("/", "\\", "~")) or "\\" in address or "\0" in address:
        raise Unusable("is outside the journal", _INSIDE)
    parts = list(folder)
    for name in address.split("/"):
        if name == "..":
            if not parts:
                raise Unusable("is outside the journal", _INSIDE)
            parts.pop()
        elif name not in ("", "."):
            parts.append(name)
    return tuple(parts)


def _size_of(path: Path, *, last: bool) -> int:
    """Return the size in bytes of a folder or, with `last`, of a file. Raise Unusable for anything else."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise Unusable("is missing", _WHERE) from None
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", "") or "its name is not valid").lower()
        raise Unusable(f"cannot be read: {reason}") from None
    if stat.S_ISLNK(found.st_mode):
        raise Unusable("is reached through a symbolic link", "put the file itself there")
    if last != stat.S_ISREG(found.st_mode):
        raise Unusable("is not a file" if last else "is missing", _WHERE)
    return found.st_size
