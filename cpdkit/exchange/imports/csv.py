"""Tables as CSV from any program: with comma, semicolon, tab or bar, in UTF-8, UTF-16 or Windows-1252."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from cpdkit.exchange.exports.csv import unguarded
from cpdkit.exchange.import_headings import target_of
from cpdkit.exchange.imports.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    ImportedTable,
    ImportOptions,
    NoTable,
    RawRow,
    table_of,
)

_DELIMITERS = ",;\t|"
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_GUARDED = re.compile(r"'(?:\s*[=+\-@＝＋－＠']|[\t\r\n])")
_TRIED = 30
"""Rows from which the delimiter is detected."""
LONGEST_CELL = 2**20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_csv(data: bytes, name: str, options: ImportOptions | None = None) -> ImportedTable:
    """Return the table in a CSV file. Raises NoTable."""
    text, remarks = _text(data, name)
    if match := _SEP.match(text):
        text, delimiter = text[match.end() :], match[1]
    else:
        delimiter = _delimiter(text)
    lines = _lines(text, delimiter, name)
    return table_of(name, f"{name}, row", lines, remarks, options)


def _text(data: bytes, name: str) -> tuple[str, list[str]]:
    encoding = next((named for mark, named in _MARKS if data.startswith(mark)), "")
    try:
        return data.decode(encoding or "utf-8"), []
    except UnicodeDecodeError:
        if encoding:
            raise NoTable(name, "the text is damaged", "save it as CSV UTF-8") from None
    if b"\0" in data:
        raise NoTable(name, "the file is not text", "save the sheet as CSV UTF-8, or import the workbook itself")
    text = data.decode("cp1252", "replace")
    return text, [f"{name}: the file is not UTF-8 and was read as Windows-1252; check its accented letters"]


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the most known headings, otherwise the most rows of the same size."""
    return max(_DELIMITERS, key=lambda sign: _fitness(text, sign))


def _fitness(text: str, sign: str) -> tuple[int, int, int]:
    """Return the most known headings in a row, the number of rows of the usual size, and that size."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _TRIED))
    except csv.Error:
        return 0, 0, 0
    known = max((sum(bool(target_of(cell)) for cell in row) for row in rows if len(row) > 1), default=0)
    sizes = Counter(len(row) for row in rows if len(row) > 1)
    ((size, count),) = sizes.most_common(1) or [(0, 0)]
    return known, count, size


def _lines(text: str, delimiter: str, name: str) -> list[RawRow]:
    before = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[RawRow] = []
    try:
        for cells in reader:
            rows.append(RawRow(len(rows) + 1, tuple(map(_cell, cells))))
            if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise NoTable(name, f"it has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns", "split the file")
    except csv.Error as error:
        raise NoTable(name, f"cannot read row {len(rows) + 1}: {error}", "save it as CSV UTF-8") from None
    finally:
        csv.field_size_limit(before)
    return rows


def _cell(text: str) -> str:
    """Return a cell without the apostrophe that prevents programs from running it."""
    plain = unguarded(text) if _GUARDED.match(text) else text
    return plain.replace("\r\n", "\n").replace("\r", "\n")
