"""Tables whose rows are too long, and markers, brackets and emphasis beyond any sensible depth."""

import re
from collections.abc import Sequence

from cpdkit.documents.bodies.fences import CONTAINER
from cpdkit.documents.problems import Problem

DEEPEST = 60
"""How deep quotes, lists, brackets and emphasis may go in the source; a document shows far fewer."""

_DELIMITER = re.compile(rf"{CONTAINER}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")
_MARKER = re.compile(r"[ \t]*(>|[-+*](?=[ \t]|$)|\d{1,9}(?=[.)](?:[ \t]|$)))[.)]?")
_RUN = re.compile(rf"[*_]{{{DEEPEST},}}")
_RULE = re.compile(r"[ \t>]*([*_-])(?:[ \t]*\1)*[ \t]*")
_BRACKET = re.compile(r"\\.|[\[\]]")
_LONG = 4 * DEEPEST


def tame_tables(lines: list[str], code: Sequence[bool], problems: list[Problem]) -> None:
    """Put the cells that a row has beyond its table's header into its last cell, since the reader would drop them."""
    columns = 0
    for at, line in enumerate(lines):
        if code[at] or "|" not in line:
            columns = 0
        elif columns:
            _shorten(lines, at, columns, problems)
        elif at and "-" in line and _DELIMITER.fullmatch(line) and not code[at - 1]:
            width = len(_cells(lines[at - 1]))
            columns = width if "|" in lines[at - 1] and width == len(_cells(line)) else 0


def _cells(line: str) -> list[int]:
    """Where the pipes are that end the cells of a row; the last cell may have none, which counts as the line's end."""
    bare = line.rstrip()
    first = re.match(rf"{CONTAINER}\|?", bare)
    start = first.end() if first else 0
    ends = [found.start() for found in _PIPE.finditer(bare, start)]
    return ends if ends and ends[-1] == len(bare) - 1 else [*ends, len(bare)]


def _shorten(lines: list[str], at: int, columns: int, problems: list[Problem]) -> None:
    ends = _cells(lines[at])
    if len(ends) <= columns:
        return
    line = lines[at]
    for end in reversed(ends[columns - 1 : -1]):
        line = f"{line[:end]}\\{line[end:]}"
    lines[at] = line
    problems.append(
        Problem(
            "CPD908",
            f"the row has {len(ends)} cells and the table {columns} columns; they share the last cell",
            line=at + 1,
        )
    )


def tame_nesting(lines: list[str], code: Sequence[bool]) -> None:
    """Take the meaning of markup that goes deeper than `DEEPEST`; its characters stay."""
    depth = 0
    for at, line in enumerate(lines):
        if code[at] or not line.strip():
            depth = 0
            continue
        if len(line) > DEEPEST:
            line = _shallow(line)
        if "[" in line or (depth and "]" in line):
            line, depth = _few_brackets(line, depth)
        lines[at] = line


def _shallow(line: str) -> str:
    """The line with at most `DEEPEST` markers of quotes and lists at its start, and no longer run of emphasis."""
    end = 0
    for _ in range(DEEPEST):
        marker = _MARKER.match(line, end)
        if marker is None:
            break
        end = marker.end()
    else:
        if (marker := _MARKER.match(line, end)) and not _RULE.fullmatch(line):
            at = marker.end(1) if marker[1].isdigit() else marker.start(1)
            line = f"{line[:at]}\\{line[at:]}"
    if ("*" in line or "_" in line) and not _RULE.fullmatch(line):
        line = _RUN.sub(lambda run: "".join(f"\\{mark}" for mark in run[0]), line)
    return line


def _few_brackets(line: str, depth: int) -> tuple[str, int]:
    """The line with every bracket escaped that opens deeper than `DEEPEST`, and how many are open at its end."""
    made: list[str] = []
    at = 0
    for found in _BRACKET.finditer(line):
        if found[0] == "[":
            depth += 1
            if depth > DEEPEST:
                made += (line[at : found.start()], "\\[")
                at = found.end()
        elif found[0] == "]":
            depth = max(0, depth - 1)
    return "".join(made) + line[at:], depth
