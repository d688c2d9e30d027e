"""Positions as the protocol counts them: lines and characters from 0, in the units that editor and server agreed on.

A line ends at `\\n`, `\\r\\n` or `\\r` and nowhere else: an editor doesn't end one at a form feed or at U+2028, and to
disagree with it would put every later edit in the wrong place.
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
    """Return the length of a text in the units of an encoding, by its name in the protocol."""
    return len(text) if text.isascii() else PositionCodec(encoding).client_num_units(text)


def characters(text: str, count: int, encoding: str) -> int:
    """Return how many characters of a text its first `count` units are; all of them where it is shorter."""
    # The codec takes a position past a line's end for one before its last character.
    position = Position(0, max(0, min(count, units(text, encoding))))
    return PositionCodec(encoding).position_from_client_units([text], position).character


class Text:
    """A document's text as the editor has it, and its lines. It never changes; `changed` gives another.

    `lines` are without their ends and without a byte order mark, which counts as a character for the editor and as
    none for everything else here.
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
        """Return the bytes that saving it would give."""
        return self.source.encode("utf-8", "surrogatepass")

    def line(self, number: int) -> str:
        """Return a line counted from 0; empty past the end."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def position(self, line: int, column: int) -> Position:
        """Return the protocol's position of a line and a column in characters, both from 0; the text's end past it."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        shift = units(MARK, self.encoding) if self.mark and line == 0 and column >= 0 else 0
        return Position(line, shift + units(self.lines[line][: max(column, 0)], self.encoding))

    def place(self, position: Position) -> tuple[int, int]:
        """Return line and column in characters, both from 0, of the protocol's position; the nearest one there is."""
        if position.line >= len(self.lines):
            return len(self.lines) - 1, len(self.lines[-1])
        shift = units(MARK, self.encoding) if self.mark and position.line == 0 else 0
        line = self.lines[position.line]
        return position.line, characters(line, position.character - shift, self.encoding)

    def range(self, line: int, start: int, stop: int) -> Range:
        """Return a stretch of one line, given in characters from 0."""
        return Range(self.position(line, start), self.position(line, stop))

    def range_of(self, span: Span) -> Range:
        """Return the whole of a span."""
        return Range(
            self.position(span.line - 1, span.column - 1), self.position(span.end_line - 1, span.end_column - 1)
        )

    def marked(self, span: Span | None) -> Range:
        """Return what to underline for a diagnostic: the first line of its span, or of the file where it has none."""
        if span is None:
            return self.range(0, 0, len(self.lines[0]))
        line = span.line - 1
        stop = span.end_column - 1 if span.end_line == span.line else len(self.line(line).rstrip())
        return self.range(line, span.column - 1, max(stop, span.column - 1))

    def changed(self, where: Range, new: str) -> "Text":
        """Return the text with a stretch of it replaced."""
        start, stop = self._offset(where.start), self._offset(where.end)
        return Text(self.source[:start] + new + self.source[max(start, stop) :], self.encoding)

    def place_at(self, offset: int) -> tuple[int, int]:
        """Return line and column in characters, both from 0, of an offset of `source`."""
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line] - (self.mark if line == 0 else 0)

    def _offset(self, position: Position) -> int:
        line, column = self.place(position)
        before_mark = self.mark and line == 0 and position.character == 0
        return self._starts[line] + column + (self.mark if line == 0 and not before_mark else 0)


def range_in(source: str, span: Span | None, encoding: str) -> Range:
    """Return what to underline in a file that no editor holds, of which only the span's first line is known."""
    if span is None:
        return Range(Position(0, 0), Position(0, 0))
    line = max(span.line - 1, 0)
    stop = span.end_column - 1 if span.end_line == span.line else len(source.rstrip())
    start, stop = max(span.column - 1, 0), max(stop, span.column - 1, 0)
    return Range(
        Position(line, units(source[:start], encoding)),
        Position(line, units(source[:stop], encoding)),
    )
