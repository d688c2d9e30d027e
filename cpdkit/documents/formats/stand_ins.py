"""Replace the images of bodies while Pandoc runs.

Pandoc gets a stand-in of a few bytes with the size of the real image, so that its memory does not grow with a year's
photographs. The real bytes replace the stand-in in the finished package.
"""

import io
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from cpdkit.documents.formats.skeleton_parts import data_uri

MEDIA = "cpd-media:"
"""The prefix of an image's name in its address."""

TOKEN = re.compile(rb'\["cpd-media:([A-Za-z0-9._-]+)",')
"""The address of an image in the JSON text. A word of a body cannot match: it never follows a bracket directly."""

DOTS_PER_INCH = 150
"""For images without a density. At this one, photographs and screenshots are neither huge nor tiny on paper."""

PANDOC_DENSITY = 96
"""The dots per inch that Pandoc assumes for a WebP."""

SUFFIXES = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in a format that every word processor reads. Sizes are in pixels; `suffix` has no dot."""

    name: str
    data: bytes
    suffix: str
    width: int
    height: int

    @property
    def type(self) -> str:
        return TYPES[self.suffix]


def pictures(media: Mapping[str, bytes], *, office: bool) -> dict[str, Picture]:
    """Return the media by name, without unreadable images. For `office`, WebP becomes PNG."""
    read = {name: _picture(name, data, office) for name, data in sorted(media.items())}
    return {name: picture for name, picture in read.items() if picture}


def _picture(name: str, data: bytes, office: bool) -> Picture | None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            kind, size = image.format or "", image.size
            if kind == "WEBP" and office:
                data, kind = _as_png(image), "PNG"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    suffix = SUFFIXES.get(kind)
    return Picture(name, data, suffix, *size) if suffix else None


def _as_png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.convert("RGBA").save(data, "PNG")
    return data.getvalue()


def stand_in(picture: Picture) -> bytes:
    """Return the header of a WebP without pixels: the picture's size on paper and, to make it unique, its name.

    Of the image formats that Pandoc measures, only for this one does it read the size without decoding the image.
    """
    width, height = (max(round(side * PANDOC_DENSITY / DOTS_PER_INCH), 1) for side in (picture.width, picture.height))
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    name = picture.name.encode("ascii", "replace")
    name += b" " * (len(name) % 2)
    chunks = _chunk(b"VP8X", canvas) + _chunk(b"NAME", name)
    return _chunk(b"RIFF", b"WEBP" + chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data


def with_stand_ins(ast_json: bytes, pictures: Mapping[str, Picture]) -> bytes:
    """Return the JSON text of a tree with a stand-in at the address of each image."""
    uris = {name: data_uri(stand_in(picture), "image/webp").encode() for name, picture in pictures.items()}
    return TOKEN.sub(lambda hit: b'["' + uris.get(hit[1].decode(), b"cpd-media:missing") + b'",', ast_json)


def by_stand_in(pictures: Mapping[str, Picture]) -> dict[bytes, Picture]:
    """Return each picture by the bytes of its stand-in."""
    return {stand_in(picture): picture for picture in pictures.values()}
