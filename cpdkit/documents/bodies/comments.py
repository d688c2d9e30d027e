"""Closed HTML comments taken out of a body's text, wherever they stand, and open ones made plain text."""

import re
from collections.abc import Iterator

from cpdkit.documents.bodies.fences import Fence, opening, starts_item
from cpdkit.documents.problems import Problem

COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.DOTALL)
"""A closed comment."""

_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_ALONE = re.compile(r" {0,3}<!--(?:>|->|.*?-->)[ \t]*")
_START = re.compile(r"(?<!\\)(?P<escaped>(?:\\\\)*)<!--")


def without_comments(text: str, problems: list[Problem]) -> str:
    """The text without its closed comments outside code; one that is not closed gets a backslash, so that it is text.

    A comment that has a line to itself is left to the reader, which knows it, and ends lists at it. So is one in a line
    that may be indented code.
    """
    lines = text.split("\n")
    fence: Fence | None = None
    in_list, closable = False, True
    for at, line in enumerate(lines):
        line = lines[at]  # a comment above may have reached into it
        if fence is not None and not fence.left_by(line):
            fence = None if fence.closed_by(line) else fence
        elif found := opening(line, in_list=in_list):
            fence = found[0]
        else:
            fence = None
            if line.strip():
                in_list = starts_item(line) or (in_list and line[0] in " \t>")
            if "<!--" in line and not _ALONE.fullmatch(line) and (in_list or not line.startswith(("    ", "\t"))):
                closable = _take_out(lines, at, problems, closable=closable)
    return "\n".join(lines)


def _take_out(lines: list[str], at: int, problems: list[Problem], *, closable: bool) -> bool:
    """Take out the comments that start in one line. Lines behind it that a comment covers are blanked, not removed.

    `closable` says that the end of a comment may still follow; so does the answer.
    """
    line = lines[at]
    kept: list[str] = []
    done = 0
    for start in _starts(line):
        if start < done:
            continue
        kept.append(line[done:start])
        last, done = _end(lines, at, start, closable=closable)
        if last < 0:
            if closable:
                problems.append(
                    Problem("CPD904", "a comment is not closed, so it is printed", "close it with -->", at + 1)
                )
            closable = False
            kept.append("\\<!\\-\\-")
            done = start + 4
        elif last > at:
            lines[at + 1 : last] = [""] * (last - at - 1)
            lines[last] = _indent(lines[last])[:done] + lines[last][done:]
            line, done = "", 0
            break
    lines[at] = "".join(kept) + line[done:]
    return closable


def _indent(line: str) -> str:
    """The quote marks and spaces that the line starts with."""
    return line[: len(line) - len(line.lstrip(" \t>"))]


def _starts(line: str) -> Iterator[int]:
    """Where comments start in the line, outside code spans and not behind a backslash."""
    spans = _SPAN.finditer(line)
    span = next(spans, None)
    for found in _START.finditer(line):
        start = found.end() - 4
        while span and span.end() <= start:
            span = next(spans, None)
        if span is None or start < span.start():
            yield start


def _end(lines: list[str], at: int, start: int, *, closable: bool) -> tuple[int, int]:
    """The line and column behind the comment's end; (-1, -1) where it is not closed."""
    for short in ("<!-->", "<!--->"):
        if lines[at].startswith(short, start):
            return at, start + len(short)
    begin = start + 4
    for number in range(at, len(lines) if closable else at):
        end = lines[number].find("-->", begin)
        if end >= 0:
            return number, end + 3
        begin = 0
    return -1, -1
