"""Apply edits to a file's bytes; the rest stays byte for byte."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from cpdkit.diagnostics import Edit

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a UTF-8 file with the edits applied. A newline in an edit becomes that of its line.

    Raises ValueError for edits that overlap, or whose place is not in the file.
    """
    # Bytes that are not UTF-8 stay as they are; the edits apply around them.
    text = data.decode("utf-8", "surrogateescape")
    lines = _Lines(text)
    pieces = sorted(((*lines.stretch(edit), edit.new) for edit in edits), key=lambda piece: piece[:2])
    for (_, stop, _), (start, _, _) in pairwise(pieces):
        if start < stop:
            raise ValueError("two edits overlap")
    done: list[str] = []
    at = 0
    for start, stop, new in pieces:
        done += text[at:start], new.replace("\n", lines.newline_at(start)) if "\n" in new else new
        at = stop
    return "".join((*done, text[at:])).encode("utf-8", "surrogateescape")


class ClaimedSpans:
    """The places of accepted edits. Another fix must not overlap or touch them."""

    def __init__(self) -> None:
        self._starts: list[tuple[int, int]] = []
        self._stops: list[tuple[int, int]] = []

    def claim(self, edits: Iterable[Edit]) -> bool:
        """Reserve the places of a fix's edits if all are free; return whether they were."""
        spans = [edit.span for edit in edits]
        places = [((span.line, span.column), (span.end_line, span.end_column)) for span in spans]
        if not all(self._is_free(start, stop) for start, stop in places):
            return False
        for start, stop in places:
            at = bisect_right(self._starts, start)
            self._starts.insert(at, start)
            self._stops.insert(at, stop)
        return True

    def _is_free(self, start: tuple[int, int], stop: tuple[int, int]) -> bool:
        at = bisect_right(self._starts, start)
        return (not at or self._stops[at - 1] < start) and (at == len(self._starts) or stop < self._starts[at])


class _Lines:
    """Where the lines of a text start and end (in characters), and how each of them ends."""

    def __init__(self, text: str) -> None:
        self.starts = [1 if text.startswith(_MARK) else 0]
        self.stops: list[int] = []
        self.newlines: list[str] = []
        for match in _LINE_END.finditer(text):
            self.stops.append(match.start())
            self.starts.append(match.end())
            self.newlines.append(match[0])
        self.stops.append(len(text))

    def stretch(self, edit: Edit) -> tuple[int, int]:
        """Return the offsets of an edit's span."""
        span = edit.span
        start, stop = self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)
        if start > stop:
            raise ValueError(f"{span} ends before it starts")
        return start, stop

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; column 0 of the first line is the byte order mark."""
        if 1 <= line <= len(self.starts):
            start = self.starts[line - 1]
            at = start + column - 1
            if (start if column or line > 1 else 0) <= at <= self.stops[line - 1]:
                return at
        raise ValueError(f"there is no line {line}, column {column}")

    def newline_at(self, offset: int) -> str:
        """Return the newline of the line at an offset; for the last line, that of the previous one."""
        line = max(bisect_right(self.starts, offset) - 1, 0)
        return self.newlines[min(line, len(self.newlines) - 1)] if self.newlines else "\n"
