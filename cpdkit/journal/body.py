"""What can be known of a body without parsing its Markdown: its headings, its parts, and what was reflected on.

It goes by the report's own rules (`documents/bodies`): closed comments and private passages are not there, and a prompt
with nothing below it is unanswered. Nearly every body is read by a few scans in C.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

REFLECTION = "reflection"
_FENCE = r"(?:\n|\A) {0,3}(?P<fence>`{3,}(?=[^`\n]*(?:\n|\Z))|~{3,})[^\n]*"
_SPECIAL = re.compile(_FENCE + "|<!--")
# Those that are run on every body start with the newline: only then sre goes from one to the next at once.
_FENCED = re.compile(_FENCE.replace(r"(?:\n|\A)", r"\n"))
_MARKED = re.compile(r"\n {0,3}(?:#|[=-]+[ \t]*(?=\n|\Z))[^\n]*")
_CLOSING = re.compile(r"(?:^|[ \t])#+$")
_ANY_HEADING = re.compile(r"\n {0,3}(?:#|([=-])[=-]*[ \t]*(?=\n|\Z))")
_PLAIN_HEADING = "\n## Reflection\n"
_NO_PARAGRAPH = re.compile(r"\s*$| {4}|\t| {0,3}(?:#{1,6}(?:\s|$)|[-+*>|]|[0-9]+[.)]\s)")
_PRIVATE = re.compile(r"[\s*_]*\(private\)", re.IGNORECASE)
_ANY_PRIVATE = re.compile(r"\(private\)", re.IGNORECASE)
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-+*]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_SHOWN = re.compile(r"[^\n]")
MOST_HEADINGS = 10_000
"""Of one body; what has more is no record of an activity, and its outline would fill the memory."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its line in the body counted from 1, its level and its text."""

    line: int
    level: int
    text: str


class Section(NamedTuple):
    """A heading and the text below it up to the next heading, without comments, private passages and blanks around.

    `start` is where the heading starts in the body, `below` where the text below it starts. What stands above the first
    heading has level 0 and no title.
    """

    start: int
    below: int
    level: int
    title: str
    text: str


class Outline(NamedTuple):
    """A body in its two parts. `reflection` starts with its own heading, and is empty where there is none.

    `said` counts the characters of the reflection's answers, `blank` its sections without text, `shortest` the
    characters of its shortest answer, and `described` the characters of the description.
    """

    description: tuple[Section, ...]
    reflection: tuple[Section, ...]
    said: int
    blank: int
    shortest: int
    described: int


def headings(body: str) -> tuple[Heading, ...]:
    """The headings of a body, outside code fences and closed HTML comments."""
    found: list[Heading] = []
    line, counted = 1, 0
    for start, _, level, title in _headings(_structure(body)[0]):
        line += body.count("\n", counted, start)
        counted = start
        found.append(Heading(line, level, title))
    return tuple(found)


def has_reflection(body: str) -> bool:
    """Whether a report has anything to print of a reflection: more than headings, comments and private passages."""
    return outline(body).said > 0


def is_told_at_length(body: str, enough: int) -> bool:
    """Whether it is certain that there is a description, and a reflection with `enough` characters under each heading.

    Most bodies are seen through by this alone, in C. Only the outline can tell that one is not.
    A heading counts with what is below it, so `enough` is more than a heading has.
    """
    at = body.find(_PLAIN_HEADING)
    if at < enough or body[0] == "#" or ("<" in body and "<!--" in body) or ("(" in body and _ANY_PRIVATE.search(body)):
        return False
    if ("`" in body and body.find("```", 0, at) >= 0) or ("~" in body and body.find("~~~", 0, at) >= 0):
        return False  # the heading may stand in a fence
    first = before = at + len(_PLAIN_HEADING) - 1
    for mark in _ANY_HEADING.finditer(body, before):
        start = mark.start()
        if mark[1] or (start - before < enough and (before > first or not _is_prompt_at_once(body, first, start))):
            return False
        before = start
    return len(body) - before > enough


def _is_prompt_at_once(body: str, first: int, start: int) -> bool:
    """Whether nothing but a heading of a lower level stands below the reflection's own."""
    return body[start : start + 4] == "\n###" and not body[first:start].strip()


def line_at(body: str, start: int) -> int:
    """The line of a place in a body, counted from 1."""
    return body.count("\n", 0, start) + 1


def outline(body: str) -> Outline:
    """The parts of a body. The reflection reaches to the next heading of its own level or above."""
    description: list[Section] = []
    reflection: list[Section] = []
    said = blank = described = inside = 0
    shortest = len(body)
    for section in sections(body):
        level, size = section.level, len(section.text)
        if inside and level <= inside:
            inside = -1  # what follows goes to the description, a second reflection too
        elif not inside and level and _is_reflection(section.title):
            inside = level
        if inside > 0:
            reflection.append(section)
            said += size
            if not size:
                blank += 1
            elif size < shortest:
                shortest = size
        else:
            description.append(section)
            described += size
    return Outline(tuple(description), tuple(reflection), said, blank, shortest, described)


def _is_reflection(title: str) -> bool:
    return len(title) < 20 and title.strip(" \t*_`").casefold() == REFLECTION


def unanswered(sections: Sequence[Section]) -> list[Section]:
    """The headings that a report drops, in order: nothing stands below them, nor below a heading under them."""
    dropped: list[Section] = []
    follows = -1  # the level of the heading that is kept next, 0 for any text, -1 for nothing
    for each in reversed(sections):
        if each.text or follows > each.level:
            follows = each.level
        elif each.level:
            dropped.append(each)
    return dropped[::-1]


def sections(body: str) -> list[Section]:
    """The body by its headings, without what a report leaves out."""
    marks, words = _structure(body)
    heads = [*_headings(marks)]
    found: list[Section] = []
    start, below, level, title = 0, 0, 0, ""
    for after in heads:
        found.append(Section(start, below, level, title, words[below : after[0]].strip()))
        start, below, level, title = after
    found.append(Section(start, below, level, title, words[below:].strip()))
    return _public(found) if "(" in body and _ANY_PRIVATE.search(body) else found


def items(body: str, section: Section) -> Iterator[tuple[str, int]]:
    """The first paragraph of each item of the outermost lists in a section, and the line of the body where it ends,
    counted from 1. The section is one of this body, which has no comments and no private passages any more.
    """
    line = line_at(body, body.find(section.text, section.below)) - 1
    taken: list[str] = []
    outermost = -1
    for said in section.text.split("\n"):
        item = _ITEM.match(said)
        if (item or not said.strip()) and taken:
            yield "\n".join(taken), line
            taken = []
        if item and (outermost < 0 or _indent(said) <= outermost):
            outermost = _indent(said)
            taken = [said[item.end() :]]
        elif taken:
            taken.append(said)
        line += 1
    if taken:
        yield "\n".join(taken), line


def _public(found: Sequence[Section]) -> list[Section]:
    """The sections without the private ones, and without the private items of lists."""
    kept: list[Section] = []
    inside = 0
    for each in found:
        if not inside or each.level <= inside:
            inside = each.level if _PRIVATE.match(each.title) else 0
        if not inside:
            kept.append(each._replace(text=_public_items(each.text)))
    return kept


def without_private(body: str) -> str:
    """The body with its private sections and items blanked out; every place stays."""
    if "(" not in body or not _ANY_PRIVATE.search(body):
        return body
    kept = list(_SHOWN.sub(" ", body))
    for each in _public_stretches(body):
        kept[each[0] : each[1]] = body[each[0] : each[1]]
    return "".join(kept)


def _public_stretches(body: str) -> Iterator[tuple[int, int]]:
    """The lines of a body that are not private, as stretches."""
    start, inside = 0, 0
    starts = {each[0]: each for each in _headings(_structure(body)[0])}
    lines = body.split("\n")
    private = _private_lines(lines)
    for number, line in enumerate(lines):
        stop = start + len(line) + 1
        if (head := starts.get(start)) and (not inside or head[2] <= inside):
            inside = head[2] if _PRIVATE.match(head[3]) else 0
        if not inside and number not in private:
            yield start, min(stop, len(body))
        start = stop


def _public_items(text: str) -> str:
    """The text without the items of lists that start with `(private)`, and what is indented below them."""
    lines = text.split("\n")
    private = _private_lines(lines)
    return "\n".join(line for number, line in enumerate(lines) if number not in private).strip()


def _private_lines(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that belong to a list's item which starts with `(private)`, counted from 0."""
    found: list[int] = []
    deep, blank = -1, False
    for number, line in enumerate(lines):
        item = _ITEM.match(line)
        if deep >= 0 and line.strip() and _indent(line) <= deep and (item or blank):
            deep = -1
        if deep < 0 and item and _PRIVATE.match(line, item.end()):
            deep = _indent(line)
        blank = not line.strip()
        if deep >= 0:
            found.append(number)
    return frozenset(found)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _headings(marks: str) -> Iterator[tuple[int, int, int, str]]:
    """Start of each heading, start of what is below it, level and title. No fence and no comment is in `marks`."""
    return islice(_all_headings(marks), MOST_HEADINGS)


def _all_headings(marks: str) -> Iterator[tuple[int, int, int, str]]:
    # A line starts behind a newline, so the first one gets one: an offset here is one higher than in the body.
    text = "\n" + marks
    for match in _MARKED.finditer(text):
        start, line = match.start(), match[0].strip()
        if line[0] == "#":
            title = line.lstrip("#")
            level = len(line) - len(title)
            if level <= 6 and (not title or title[0] in " \t"):
                yield start, match.end() - 1, level, (_CLOSING.sub("", title) if line[-1] == "#" else title).strip()
            continue
        above = text.rfind("\n", 0, start) + 1
        before = text[above:start]
        if above and before and not _NO_PARAGRAPH.match(before):
            yield above - 1, match.end() - 1, 1 if "=" in line else 2, before.strip()


def _structure(body: str) -> tuple[str, str]:
    """The body without fences and comments, and without comments alone; both with blanks in their place."""
    if "<" in body and "<!--" in body:
        return without_notes(body, code=False), without_notes(body, code=True)
    return (without_notes(body, code=False) if "`" in body or "~" in body else body), body


def without_notes(body: str, *, code: bool) -> str:
    """The body with closed HTML comments blanked out, and without `code` its fences too; every place stays."""
    special = _SPECIAL if "<!--" in body or body[:1] in " `~" else _FENCED
    last = body.rfind("-->")
    kept: list[str] = []
    at = 0
    while match := special.search(body, at):
        stop = _fence_end(body, match) if match["fence"] else _comment_end(body, match, last)
        kept.append(body[at : match.start()])
        hidden = body[match.start() : stop]
        keep = code if match["fence"] else stop == match.end()
        kept.append(hidden if keep else _SHOWN.sub(" ", hidden))
        at = stop
    return "".join(kept) + body[at:]


def _fence_end(body: str, opening: re.Match[str]) -> int:
    fence = opening["fence"]
    closing = re.compile(rf"\n {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*(?=\n|\Z)")
    match = closing.search(body, opening.end())
    return match.end() if match else len(body)


def _comment_end(body: str, opening: re.Match[str], last: int) -> int:
    """Behind the comment; right behind its opening where nothing closes it. `last` is where the last one closes."""
    start = opening.end() - 2
    return body.find("-->", start) + 3 if start <= last else opening.end()
