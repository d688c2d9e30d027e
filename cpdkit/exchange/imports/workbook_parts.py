"""Unpack a workbook, and count what would need much memory before openpyxl loads it.

The sizes in an archive are claims, and a range of a few bytes can name a million cells.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers.expat import ParserCreate

from openpyxl.utils.cell import range_boundaries

from cpdkit.exchange.imports.table import NoTable

MOST_UNPACKED = 256 * 2**20
"""Bytes of all parts of a workbook together."""
MOST_PARTS = 2_000
MOST_ELEMENTS = 5_000_000
"""XML elements of one part: a cell has two or three, a shared text two."""
MOST_RANGES = 20_000
"""Merged ranges, hyperlinks and comments of a workbook."""
MOST_IN_RANGES = 1_000_000
"""Cells in all of them together."""
SMALLER = "save only the sheet, as CSV UTF-8"
AGAIN = "save it as XLSX or as CSV UTF-8"
_ROWS, _COLUMNS = 1_048_576, 16_384
"""The size of a sheet, for a range of whole rows or columns."""
STYLES = "xl/styles.xml"
_PIECE = 2**20
_EXPANDED = ("mergeCell", "hyperlink", "comment")
"""The elements for whose range openpyxl makes every cell."""


def unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a workbook by name. Raises NoTable if they are damaged, encrypted, too many or too large."""
    parts: dict[str, bytes] = {}
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
            if len(infos) > MOST_PARTS:
                raise _too_large(name)
            for info in infos:
                pieces = []
                for piece in _pieces(package, info):
                    size += len(piece)
                    if size > MOST_UNPACKED:
                        raise _too_large(name)
                    pieces.append(piece)
                parts[info.filename] = b"".join(pieces)
                if len(parts[info.filename]) != info.file_size:
                    raise zipfile.BadZipFile(info.filename)
    except NoTable:
        raise
    except Exception as error:  # noqa: BLE001  zipfile passes on the errors of each kind of compression
        why = "it is encrypted" if "encrypted" in str(error) else "the file is not a workbook, or it is damaged"
        raise NoTable(name, why, AGAIN) from None
    _count(parts, name)
    return parts


def _pieces(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(info) as part:
        while piece := part.read(_PIECE):
            yield piece


def _too_large(name: str) -> NoTable:
    return NoTable(name, f"it unpacks to more than {MOST_UNPACKED // 2**20} MiB or {MOST_PARTS:,} parts", SMALLER)


def _count(parts: Mapping[str, bytes], name: str) -> None:
    """Raise NoTable if a part has too many elements, or if ranges of the workbook contain too many cells."""
    ranges = _Ranges()
    for path, data in parts.items():
        if path.endswith(".xml"):
            elements = _Elements(name, ranges)
            parser = ParserCreate(namespace_separator="}")
            parser.StartElementHandler = elements.start
            try:
                parser.Parse(data, True)
            except NoTable:
                raise
            except Exception:  # noqa: BLE001  damage, encodings that nobody knows, and ranges that are none
                if path == STYLES:
                    continue  # damaged styles are replaced
                raise NoTable(name, "cannot read the file as a workbook", AGAIN) from None


@dataclass(slots=True)
class _Ranges:
    """The ranges of a workbook that openpyxl would fill, and their cells."""

    count: int = 0
    cells: int = 0


class _Elements:
    """Counts the elements of one part, and adds the cells of its ranges to those of the workbook."""

    def __init__(self, name: str, ranges: _Ranges) -> None:
        self._name = name
        self._ranges = ranges
        self._count = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if tag.rpartition("}")[2] in _EXPANDED and (where := attributes.get("ref")):
            first_column, first_row, last_column, last_row = range_boundaries(where)
            rows = (last_row or _ROWS) - (first_row or 1) + 1
            self._ranges.count += 1
            self._ranges.cells += rows * ((last_column or _COLUMNS) - (first_column or 1) + 1)
            if self._ranges.count > MOST_RANGES or self._ranges.cells > MOST_IN_RANGES:
                raise self._refusal("merged cells, hyperlinks or comments")
        if self._count > MOST_ELEMENTS:
            raise self._refusal("cells")

    def _refusal(self, what: str) -> NoTable:
        return NoTable(self._name, f"it has too many {what}", SMALLER)
