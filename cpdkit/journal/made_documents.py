"""The documents that cpdkit itself made: known by a mark in their metadata, whatever their names."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, BinaryIO

from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Mapping

KEYWORD = "cpdkit"
"""The keyword of each document. Unlike the name of the generator, it stays when Word or LibreOffice saves the file."""
MARKDOWN_MARK = b"<!-- made by cpdkit -->"
"""The first line of a Markdown document."""
_HEAD = 4_096
_TAIL = 2**20
"""The bytes at the end of a PDF with its metadata. Only a list of places is after it: 20 bytes for each part."""
_MOST_NAMES = 2**20
"""Bytes of the list of names of a package, which is read as a whole."""
_MOST_METADATA = 2**16
_END_OF_PACKAGE = struct.Struct("<4s4H2LH")
_STORED_OR_DEFLATED = (0, 8)
"""The other methods of a package can need any amount of memory."""
_WORD = re.compile(rb"(?<![\w-])cpdkit(?![\w-])")
_PDF_KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]{0,2000})</pdf:Keywords>")
_HTML_METADATA = re.compile(rb'<meta name="(?:generator|keywords)" content="([^"]{0,2000})"')
_OFFICE_METADATA = re.compile(rb"<(?:\w+:)?(?:generator|keywords?|Application)\b[^>]{0,200}>([^<]{0,2000})<")


def is_made_document(disk: Disk, path: str) -> bool:
    """Return whether a file of the journal is a report that cpdkit made. Reads at most the metadata of the file."""
    has_mark = _MARKS.get(path.rpartition(".")[2].lower())
    if has_mark is None:
        return False
    try:
        with disk.opened(path) as file:
            return has_mark(file)
    except (OSError, Unreadable):
        return False


def _in_markdown(file: BinaryIO) -> bool:
    return file.read(len(MARKDOWN_MARK)) == MARKDOWN_MARK


def _in_html(file: BinaryIO) -> bool:
    return any(map(_WORD.search, _HTML_METADATA.findall(file.read(_HEAD))))


def _in_pdf(file: BinaryIO) -> bool:
    if file.read(5) != b"%PDF-":
        return False
    file.seek(max(0, file.seek(0, 2) - _TAIL))
    return any(map(_WORD.search, _PDF_KEYWORDS.findall(file.read(_TAIL))))


def _in_package(file: BinaryIO, *parts: str) -> bool:
    """Return whether a part of a ZIP package with the metadata has the mark. A hostile package takes no more time."""
    import zipfile  # noqa: PLC0415  slow, and needed only for a file that nothing reads
    import zlib  # noqa: PLC0415

    size = file.seek(0, 2)
    file.seek(max(0, size - _END_OF_PACKAGE.size))
    end = file.read(_END_OF_PACKAGE.size)
    # A package with a comment at its end is not one of ours, nor one of an office program.
    if len(end) < _END_OF_PACKAGE.size or _END_OF_PACKAGE.unpack(end)[0] != b"PK\x05\x06":
        return False
    if _END_OF_PACKAGE.unpack(end)[5] > _MOST_NAMES:
        return False
    try:
        with zipfile.ZipFile(file) as package:
            return any(_in_part(package, name) for name in parts)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError):
        return False


def _in_part(package: zipfile.ZipFile, name: str) -> bool:
    if name not in package.namelist():
        return False
    if package.getinfo(name).compress_type not in _STORED_OR_DEFLATED:
        return False
    with package.open(name) as part:
        return any(map(_WORD.search, _OFFICE_METADATA.findall(part.read(_MOST_METADATA))))


_MARKS: Mapping[str, Callable[[BinaryIO], bool]] = {
    "md": _in_markdown,
    "html": _in_html,
    "pdf": _in_pdf,
    "docx": lambda file: _in_package(file, "docProps/core.xml", "docProps/app.xml"),
    "odt": lambda file: _in_package(file, "meta.xml"),
}
