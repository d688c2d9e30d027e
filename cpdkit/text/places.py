"""Where YAML stopped, and what stands on the lines around."""

import re
from dataclasses import dataclass

from cpdkit.diagnostics import Span

FIELD = re.compile(
    r"(?P<lead>\s*(?:- +)?)(?P<name>[^\s:\"'\[\]{},#-][^:\"'\[\]{},#]*?|\"[^\"]*\"|'[^']*'):(?P<gap>[ \t]+|$)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parser stopped (`line`, `column`) and where what it was in had started (`from_…`), counted from 0."""

    lines: list[str]
    line: int
    column: int
    from_line: int
    from_column: int

    @property
    def text(self) -> str:
        """The line where it stopped."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def here(self) -> str:
        """The character where it stopped."""
        return self.text[self.column : self.column + 1]

    @property
    def opened(self) -> str:
        """The character where it had started."""
        return self.lines[self.from_line][self.from_column : self.from_column + 1]

    @property
    def at_end(self) -> bool:
        """Whether nothing but blanks follows."""
        return not self.text[self.column :].strip() and not any(line.strip() for line in self.lines[self.line + 1 :])


def value_at(line: str) -> int:
    """The column where a line's value starts: behind the field's name, or the item's dash."""
    match = FIELD.match(line)
    return match.end() if match else len(line) - len(line.lstrip(" -"))


def mark(line: int, column: int, length: int = 1) -> Span:
    return Span(line + 1, column + 1, line + 1, column + 1 + length)


def closing(line: str, column: int) -> int | None:
    """The column of the quote that closes the one at a column; None where the line has none."""
    quote, at = line[column], column + 1
    while at < len(line):
        if quote == '"' and line[at] == "\\":
            at += 2
        elif line[at] != quote:
            at += 1
        elif quote == "'" and line[at + 1 : at + 2] == "'":
            at += 2
        else:
            return at
    return None


def depth_of(line: str) -> int:
    return len(line) - len(line.lstrip())
