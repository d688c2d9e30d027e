"""A body that could not be read, as it was typed: its headings, and what stands below each as it is."""

import re
from collections.abc import Iterator

from cpdkit.documents.bodies.comments import COMMENT
from cpdkit.documents.bodies.vetting import NO_ATTR, words
from cpdkit.documents.tree import Block
from cpdkit.journal.body import headings

_ITEM = re.compile(r"(?P<indent>[ \t>]*)(?:[-*+]|\d{1,9}[.)])[ \t]+")
_PRIVATE_ITEM = re.compile(_ITEM.pattern + r"(?:\[.\][ \t]+)?[*_~ ]*\(private\)", re.IGNORECASE)


def verbatim(text: str) -> list[Block]:
    """The text in code blocks below its own headings, so that private sections and the reflection are found as ever.

    Closed comments and private list items are left out here already.
    """
    lines = list(_without_private_items(COMMENT.sub("", text).split("\n")))
    made: list[Block] = []
    at = 0
    for heading in headings("\n".join(lines)):
        made += _as_typed(lines[at : heading.line - 1])
        made.append({"t": "Header", "c": [heading.level, NO_ATTR, words(heading.text)]})
        under = lines[heading.line : heading.line + 1]
        at = heading.line + (not lines[heading.line - 1].lstrip().startswith("#") and bool(under))
    return made + _as_typed(lines[at:])


def _as_typed(lines: list[str]) -> list[Block]:
    code = "\n".join(lines).strip("\n")
    return [{"t": "CodeBlock", "c": [NO_ATTR, code]}] if code.strip() else []


def _without_private_items(lines: list[str]) -> Iterator[str]:
    """The lines without list items that start with `(private)`, to the next that is no deeper than their marker."""
    inside = -1
    blank = False
    for line in lines:
        private = _PRIVATE_ITEM.match(line)
        depth = len(line) - len(line.lstrip(" \t>"))
        ends = line.strip() and depth <= inside and (blank or _ITEM.match(line) or line.lstrip().startswith("#"))
        if inside >= 0 and ends:
            inside = -1
        if private and inside < 0:
            inside = depth
        blank = not line.strip()
        if inside < 0:
            yield line
