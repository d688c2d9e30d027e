"""Problems in files, as every layer reports them: a place in a file, a code, a message and a hint."""

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How serious a problem is. Errors are the lowest number, so that sorting puts them first."""

    ERROR = 0
    WARNING = 1
    ADVICE = 2

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range in one file, in lines and columns that count from 1.

    A column counts characters (code points): a tab is one, the byte order mark is none. `end_column` is after the last
    character. A span over several lines is underlined to the end of its first line.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def point(cls, line: int, column: int) -> "Span":
        """Return the span of the single character at a place."""
        return cls(line, column, line, column + 1)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a span with `new`; an empty span inserts. A newline in `new` becomes the file's own."""

    span: Span
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that removes a problem. `title` is an imperative ("rename it to provider").

    A fix that is not `safe` may change the meaning of the file, so its owner should review it.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


BOM_SPAN = Span(1, 0, 1, 1)
"""The place of a byte order mark: before the first column."""


LONGEST_SOURCE = 4_000
"""Characters of the longest line that is shown with a problem. Each problem keeps a copy of its line."""


def shown(line: str) -> str:
    """Return a line as a diagnostic's `source`; empty if it is too long to show."""
    return line if len(line) <= LONGEST_SOURCE else ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: where it is, what it is, and what to do about it.

    `path` is relative to the journal, with forward slashes. `span` is None for a problem of the whole
    file. `source` is the text of the span's first line, without its newline. `note` is a short sentence next to the
    caret (why this is wrong), `hint` is what to do, `fix` is the change that removes the problem, or None.
    """

    path: str
    span: Span | None
    code: str
    severity: Severity
    message: str
    source: str = ""
    note: str = ""
    hint: str = ""
    fix: Fix | None = None

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The sort key of a problem: by file, then by place."""
        at = self.span or Span(0, 0, 0, 0)
        return (self.path, at.line, at.column, self.code, self.message)

    @property
    def location(self) -> str:
        """`path:line:column`, as editors and CI read it; only the path for a whole file."""
        return f"{self.path}:{self.span.line}:{self.span.column}" if self.span else self.path
