"""What every layer speaks of problems in: one place in one file, a code, a sentence, a way out."""

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How much a problem matters; the lower, the worse, so that sorting puts errors first."""

    ERROR = 0
    WARNING = 1
    ADVICE = 2

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of one file, in lines and columns that count from 1.

    A column counts characters (code points), a tab as one, the byte order mark as none.
    `end_column` lies behind the last character. A span over several lines is marked to the end of its first.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def point(cls, line: int, column: int) -> "Span":
        """The single character at a place."""
        return cls(line, column, line, column + 1)


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts `new` in the place of a span; an empty span inserts. A newline in `new` is written as the file's own."""

    span: Span
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a problem: `title` says it in the imperative ("rename it to provider").

    A fix that is not `safe` may change what the file says, and needs an eye.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


BOM_SPAN = Span(1, 0, 1, 1)
"""Where a byte order mark stands: before the first column."""


LONGEST_SOURCE = 4_000
"""Characters of the longest line that is shown beside a problem: of a longer one each problem would carry a copy."""


def shown(line: str) -> str:
    """A line as a diagnostic's `source`; empty for one that is too long to show."""
    return line if len(line) <= LONGEST_SOURCE else ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: where it is, what it is, and what to do about it.

    `path` is relative to the journal, with forward slashes. `span` is None for a problem of the whole
    file. `source` is the text of the span's first line, without its newline. `note` is a short sentence beside the
    caret (why this is wrong), `hint` the way out, `fix` the change that would mend it where one is known.
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
        """The stable order of a list of problems: by file, then by place."""
        at = self.span or Span(0, 0, 0, 0)
        return (self.path, at.line, at.column, self.code, self.message)

    @property
    def location(self) -> str:
        """`path:line:column`, as editors and CI read it; the path alone for a whole file."""
        return f"{self.path}:{self.span.line}:{self.span.column}" if self.span else self.path
