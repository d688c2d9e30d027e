"""The sections of a body, and its two parts: the description, and the reflection with its prompts.

As in a report, comments and private passages are not part of a section, and a prompt without text below it is
unanswered.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpdkit.text.markdown import Document, Heading, read
from cpdkit.text.markdown_blocks import PRIVATE, Block, is_empty, plain

REFLECTION = "reflection"
_PLAIN_HEADING = "\n## Reflection\n"
_ANY_HEADING = re.compile(r"\n {0,3}(?:#|(?P<underline>[=-])[=-]*[ \t]*(?=\n|\Z))")
_MARKUP_AT_START = re.compile(r"\n(?:[^\S\n]|[>*+0-9.)-])*+<")
_TEXT_AT_ONCE = re.compile(r"[\s>*+|0-9.)-]*+[^\[#<]")
"""Printed text, after any markers of lists and quotes, which may be empty."""
_PRIVATE = re.compile("".join(f"[{re.escape(each.upper() + each)}]" for each in PRIVATE))


class Section(NamedTuple):
    """A heading and the text below it up to the next heading, stripped, without comments and private passages.

    `start` is where the heading starts in the body, and `below` where the text below it starts. The text above the
    first heading has level 0 and no title. The text is empty if a report would print nothing of it.
    """

    start: int
    below: int
    level: int
    title: str
    text: str


class Outline(NamedTuple):
    """The two parts of a body. `reflection` starts with its own heading. It is empty if there is no reflection.

    `answered` is the number of characters in the answers of the reflection, `blank` the number of its sections without
    text, `shortest` the number of characters in its shortest answer, and `described` that of the description.
    """

    description: tuple[Section, ...]
    reflection: tuple[Section, ...]
    answered: int
    blank: int
    shortest: int
    described: int


def headings(body: str) -> tuple[Heading, ...]:
    """Return the headings of a body outside lists and quotes, including private ones."""
    return read(body).headings


def sections(body: str) -> list[Section]:
    """Return the sections of a body, without the passages that a report omits."""
    document = read(body)
    found: list[Section] = []
    for heading, blocks, stop in by_heading(document):
        if heading and heading.block.private:
            continue
        start, below = (heading.start, heading.below) if heading else (0, 0)
        text = "" if is_empty(blocks) else document.public(below, stop).strip()
        found.append(Section(start, below, heading.level if heading else 0, heading.text if heading else "", text))
    return found


def by_heading(document: Document) -> Iterator[tuple[Heading | None, list[Block], int]]:
    """Yield each heading (None above the first) with the blocks below it and the start of the next heading."""
    heading: Heading | None = None
    following = iter((*document.headings, None))
    blocks: list[Block] = []
    for block in document.blocks:
        if block.kind == "heading":
            coming = next(following)
            yield heading, blocks, coming.start if coming else len(document.body)
            heading, blocks = coming, []
        else:
            blocks.append(block)
    yield heading, blocks, len(document.body)


def outline(body: str) -> Outline:
    """Return the parts of a body. The reflection ends before the next heading of the same or a higher level."""
    description: list[Section] = []
    reflection: list[Section] = []
    inside = 0
    for section in sections(body):
        if inside and section.level <= inside:
            inside = -1  # the rest belongs to the description, even a second reflection
        elif not inside and section.level and is_reflection(section.title):
            inside = section.level
        (reflection if inside > 0 else description).append(section)
    lengths = [len(each.text) for each in reflection if each.text]
    return Outline(
        tuple(description),
        tuple(reflection),
        sum(lengths),
        len(reflection) - len(lengths),
        min(lengths, default=len(body)),
        sum(len(each.text) for each in description),
    )


def is_reflection(title: str) -> bool:
    """Return whether a heading, in its written form, starts the reflection."""
    return len(title) < 20 and title.strip(" \t*_`").casefold() == REFLECTION


def has_reflection(body: str) -> bool:
    """Return whether the reflection has text that a report prints, not only headings, comments and private passages."""
    return is_clearly_complete(body, 1) or outline(body).answered > 0


def unanswered(sections: Sequence[Section]) -> list[Section]:
    """Return the headings that a report omits, in order: they and the headings under them have no text."""
    dropped: list[Section] = []
    follows = -1  # the level of the next kept heading, 0 for any text, -1 for nothing
    for each in reversed(sections):
        if each.text or follows > each.level:
            follows = each.level
        elif each.level:
            dropped.append(each)
    return dropped[::-1]


def items(body: str, titles: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the first paragraph of each item in the outermost lists below some headings, except private ones.

    `titles` are in lower case. Each paragraph is plain text, with the line of the body in which it ends, from 1.
    """
    wanted = frozenset(titles)
    for heading, blocks, _ in by_heading(read(body)):
        if heading is None or heading.text.strip(" \t*_`").casefold() not in wanted:
            continue
        for each in blocks:
            for item in each.blocks if each.kind in ("bullets", "numbers") and not each.private else ():
                first = next((inner for inner in item.blocks if inner.kind == "paragraph"), None)
                if first and not (item.private or first.private):
                    yield " ".join(plain(first.inlines).split()), first.stop


def is_clearly_complete(body: str, enough: int) -> bool:
    """Return whether a body certainly has a description and a reflection, with enough text under each heading.

    This does not parse the Markdown, which would take a hundred times as long, and decides for nearly every body.
    False means uncertain: only `outline` can find that a body is incomplete. `enough` is a number of characters. It
    includes the heading, so it must be more than the length of a heading.
    """
    at = body.find(_PLAIN_HEADING)
    if at < enough or body[0] == "#" or _may_hide(body) or not _TEXT_AT_ONCE.match(body):
        return False
    first = at + len(_PLAIN_HEADING)
    marks = list(_ANY_HEADING.finditer(body, first - 1))
    if any(mark["underline"] for mark in marks):
        return False
    starts = [first, *(mark.start() + 1 for mark in marks)]
    stops = [*starts[1:], len(body)]
    for start, stop in zip(starts, stops, strict=True):
        if start == first and body.startswith("###", stop) and not body[start:stop].strip():
            continue  # the heading of the reflection, directly followed by a prompt
        text = start if start == first else body.find("\n", start, stop) + 1
        if stop - start <= enough or not text or not _TEXT_AT_ONCE.match(body, text, stop):
            return False
    return True


def _may_hide(body: str) -> bool:
    """Return whether anything may hide a heading or a text: a comment, raw markup, a fence or a private passage."""
    return (
        "```" in body
        or "~~~" in body
        or "%%" in body
        or ("<" in body and ("<!--" in body or _MARKUP_AT_START.search(body) is not None))
        or _PRIVATE.search(body) is not None
    )
