"""Closed HTML comments taken out of a body's text, wherever they stand, and open ones made plain text."""

import re

from cpdkit.documents.fences import Fence, opening, starts_item
from cpdkit.documents.problems import Problem

COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.DOTALL)
"""A closed comment."""

_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_ALONE = re.compile(r" {0,3}<!--(?:>|->|.*?-->)[ \t]*")


def without_comments(text: str, problems: list[Problem]) -> str:
    """The text without its closed comments outside code; one that is not closed gets a backslash, so that it is text.

    A comment that has a line to itself is left to the reader, which knows it, and ends lists at it. So is one in a line
    that may be indented code.
    """
    lines = text.split("\n")
    fence: Fence | None = None
    in_list = False
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence is not None and not fence.left_by(line):
            fence = None if fence.closed_by(line) else fence
        elif found := opening(line, in_list=in_list):
            fence = found[0]
        else:
            fence = None
            if line.strip():
                in_list = starts_item(line) or (in_list and line[0] in " \t>")
            if "<!--" in line and not (line.startswith(("    ", "\t")) and not in_list) and not _ALONE.fullmatch(line):
                _take_out(lines, at, problems)
        at += 1
    return "\n".join(lines)


def _take_out(lines: list[str], at: int, problems: list[Problem]) -> None:
    """Take out the comments that start in one line. Lines behind it that a comment covers are blanked, not removed."""
    start = _next(lines[at], 0)
    while start >= 0:
        last, end = _end(lines, at, start)
        if last < 0:
            lines[at] = f"{lines[at][:start]}\\<!\\-\\-{lines[at][start + 4 :]}"
            problems.append(Problem("CPD904", "a comment is not closed, so it is printed", "close it with -->", at + 1))
            start = _next(lines[at], start + 7)
            continue
        behind = lines[last][end:]
        if last == at:
            lines[at] = lines[at][:start] + behind
        else:
            lines[at] = lines[at][:start]
            lines[at + 1 : last] = [""] * (last - at - 1)
            lines[last] = _indent(lines[last])[:end] + behind
            return
        start = _next(lines[at], start)


def _indent(line: str) -> str:
    """The quote marks and spaces that the line starts with."""
    return line[: len(line) - len(line.lstrip(" \t>"))]


def _next(line: str, start: int) -> int:
    """Where the next comment starts in the line, outside code spans and not behind a backslash; -1 for none."""
    spans = [found.span() for found in _SPAN.finditer(line)]
    at = line.find("<!--", start)
    while at >= 0:
        escaped = (at - len(line[:at].rstrip("\\"))) % 2
        if not escaped and not any(first < at < stop for first, stop in spans):
            return at
        at = line.find("<!--", at + 4)
    return -1


def _end(lines: list[str], at: int, start: int) -> tuple[int, int]:
    """The line and column behind the comment's end; (-1, -1) where it is not closed."""
    for short in ("<!-->", "<!--->"):
        if lines[at].startswith(short, start):
            return at, start + len(short)
    begin = start + 4
    for number in range(at, len(lines)):
        end = lines[number].find("-->", begin)
        if end >= 0:
            return number, end + 3
        begin = 0
    return -1, -1
