"""LSP positions: lines and characters from 0, in the units that editor and server agreed on.

A line ends only at `\\n`, `\\r\\n` or `\\r`. An editor doesn't end one at a form feed or at U+2028, and a different
count would put every later edit in the wrong place.
"""

import re
from bisect import bisect_right

from lsprotocol.types import Position, Range
from pygls.workspace import PositionCodec

from cpdkit.diagnostics import Span

MARK = "\ufeff"
UTF_16 = "utf-16"
_END = re.compile(r"\r\n|\r|\n")


def units(text: str, encoding: str) -> int:
    """Return the length of a text in the units of an encoding, given by its LSP name."""
    return len(text) if text.isascii() else PositionCodec(encoding).client_num_units(text)


def characters(text: str, count: int, encoding: str) -> int:
    """Return the number of characters in the first `count` units of a text; all if it is shorter."""
    # The codec treats a position past the end of a line as one before its last character.
    position = Position(0, max(0, min(count, units(text, encoding))))
    return PositionCodec(encoding).position_from_client_units([text], position).character


class Text:
    """A document's text in the editor, and its lines. It is immutable; `changed` returns a new one.

    `lines` are without line ends and without a byte order mark, which counts as a character only for the editor.
    """

    __slots__ = ("_starts", "encoding", "lines", "mark", "newline", "source")

    def __init__(self, source: str, encoding: str = UTF_16) -> None:
        self.source = source
        self.encoding = encoding
        self.mark = len(MARK) if source.startswith(MARK) else 0
        ends = list(_END.finditer(source))
        self._starts = [0, *(end.end() for end in ends)]
        stops = [*(end.start() for end in ends), len(source)]
        self.lines = [source[start:stop] for start, stop in zip(self._starts, stops, strict=True)]
        self.lines[0] = self.lines[0][self.mark :]
        self.newline = ends[0][0] if ends else "\n"

    @property
    def data(self) -> bytes:
        """Return the bytes that saving the text would write."""
        return self.source.encode("utf-8", "surrogatepass")

    def line(self, number: int) -> str:
        """Return a line, counted from 0; empty past the end."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def position(self, line: int, column: int) -> Position:
        """Return the LSP position of a line and a column in characters, both from 0; at most the end of the text."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        shift = units(MARK, self.encoding) if self.mark and line == 0 and column >= 0 else 0
        return Position(line, shift + units(self.lines[line][: max(column, 0)], self.encoding))

    def place(self, position: Position) -> tuple[int, int]:
        """Return line and column in characters, both from 0, of an LSP position, or of the nearest valid one."""
        if position.line >= len(self.lines):
            return len(self.lines) - 1, len(self.lines[-1])
        shift = units(MARK, self.encoding) if self.mark and position.line == 0 else 0
        line = self.lines[position.line]
        return position.line, characters(line, position.character - shift, self.encoding)

    def range(self, line: int, start: int, stop: int) -> Range:
        """Return the LSP range of a part of one line, given in characters from 0."""
        return Range(self.position(line, start), self.position(line, stop))

    def range_of(self, span: Span) -> Range:
        """Return the LSP range of a span."""
        return Range(
            self.position(span.line - 1, span.column - 1), self.position(span.end_line - 1, span.end_column - 1)
        )

    def marked(self, span: Span | None) -> Range:
        """Return the range to underline: the first line of a diagnostic's span, or of the file if it has none."""
        if span is None:
            return self.range(0, 0, len(self.lines[0]))
        line = span.line - 1
        stop = span.end_column - 1 if span.end_line == span.line else len(self.line(line).rstrip())
        return self.range(line, span.column - 1, max(stop, span.column - 1))

    def changed(self, where: Range, new: str) -> "Text":
        """Return the text with a range of it replaced."""
        start, stop = self._offset(where.start), self._offset(where.end)
        return Text(self.source[:start] + new + self.source[max(start, stop) :], self.encoding)

    def place_at(self, offset: int) -> tuple[int, int]:
        """Return line and column in characters, both from 0, of an offset in `source`."""
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line] - (self.mark if line == 0 else 0)

    def _offset(self, position: Position) -> int:
        line, column = self.place(position)
        before_mark = self.mark and line == 0 and position.character == 0
        return self._starts[line] + column + (self.mark if line == 0 and not before_mark else 0)


def range_in(source: str, span: Span | None, encoding: str) -> Range:
    """Return the range to underline in a file that isn't open. `source` is the first line of the span."""
    if span is None:
        return Range(Position(0, 0), Position(0, 0))
    line = max(span.line - 1, 0)
    stop = span.end_column - 1 if span.end_line == span.line else len(source.rstrip())
    start, stop = max(span.column - 1, 0), max(stop, span.column - 1, 0)
    return Range(
        Position(line, units(source[:start], encoding)),
        Position(line, units(source[:stop], encoding)),
    )
