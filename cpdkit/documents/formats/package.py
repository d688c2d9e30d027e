"""Unpack DOCX, ODT and XLSX packages, and pack them reproducibly: the same parts give the same bytes."""

import io
import re
import time
import zipfile
from collections.abc import Mapping

FIRST = ("mimetype", "[Content_Types].xml", "_rels/.rels")
"""The parts that readers expect at the start of a package, in this order."""

STORED = {"mimetype"}
ALREADY_SMALL = (".png", ".jpg", ".jpeg", ".gif", ".webp")
ZIP_STARTS = 315532800
"""1980-01-01, the earliest date of a zip entry."""
ZIP_ENDS = 4_354_819_198
"""2107-12-31, the latest date of a zip entry."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes], epoch: int) -> bytes:
    """Return the parts as a package; the same parts and `epoch` (seconds, UTC) give the same bytes."""
    held = io.BytesIO()
    stamp = time.gmtime(min(max(epoch, ZIP_STARTS), ZIP_ENDS))[:6]
    with zipfile.ZipFile(held, "w") as package:
        for name in sorted(parts, key=_place):
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system = 0
            as_it_is = name in STORED or name.endswith(ALREADY_SMALL)
            package.writestr(entry, parts[name], zipfile.ZIP_STORED if as_it_is else zipfile.ZIP_DEFLATED, 6)
    return held.getvalue()


def _place(name: str) -> tuple[int, str]:
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def xml_text(words: str) -> str:
    """Return the words without characters that XML cannot contain."""
    return _NOT_XML.sub("", words)


def iso_time(epoch: int) -> str:
    """Return `2026-11-23T09:00:00Z`."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(max(epoch, 0)))
