"""The sections of a body, and its two parts: the description, and the reflection with its prompts.

Comments and private passages are no part of a section, and a prompt with nothing below it is unanswered: as a report
prints it, so it is judged here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpdkit.text.markdown import Document, Heading, read
from cpdkit.text.markdown_blocks import PRIVATE, Block, is_empty, plain

REFLECTION = "reflection"
_PLAIN_HEADING = "\n## Reflection\n"
_ANY_HEADING = re.compile(r"\n {0,3}(?:#|(?P<underline>[=-])[=-]*[ \t]*(?=\n|\Z))")
_MARKUP_AT_START = re.compile(r"\n[\s>*+0-9.)-]*<")
_TEXT_AT_ONCE = re.compile(r"[\s>*+|0-9.)-]*+[^\[#<]")
"""Something that is printed, behind marks of lists and quotes that may hold nothing."""
_PRIVATE = re.compile("".join(f"[{re.escape(each.upper() + each)}]" for each in PRIVATE))


class Section(NamedTuple):
    """A heading and the text below it up to the next heading, without comments, private passages and blanks around.

    `start` is where the heading starts in the body, `below` where the text below it starts. What stands above the first
    heading has level 0 and no title. The text is empty where a report prints nothing of it.
    """

    start: int
    below: int
    level: int
    title: str
    text: str


class Outline(NamedTuple):
    """A body in its two parts. `reflection` starts with its own heading, and is empty where there is none.

    `answered` counts the characters of the reflection's answers, `blank` its sections without text, `shortest` the
    characters of its shortest answer, and `described` the characters of the description.
    """

    description: tuple[Section, ...]
    reflection: tuple[Section, ...]
    answered: int
    blank: int
    shortest: int
    described: int


def headings(body: str) -> tuple[Heading, ...]:
    """The headings of a body outside lists and quotes, private ones too."""
    return read(body).headings


def sections(body: str) -> list[Section]:
    """The body by its headings, without what a report leaves out."""
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
    """Each heading (None above the first) with the blocks below it, and where the next one starts in the body."""
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
    """The parts of a body. The reflection reaches to the next heading of its own level or above."""
    description: list[Section] = []
    reflection: list[Section] = []
    inside = 0
    for section in sections(body):
        if inside and section.level <= inside:
            inside = -1  # what follows goes to the description, a second reflection too
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
    """Whether a heading, as it is written, stands over the reflection."""
    return len(title) < 20 and title.strip(" \t*_`").casefold() == REFLECTION


def has_reflection(body: str) -> bool:
    """Whether a report has anything to print of a reflection: more than headings, comments and private passages."""
    return is_clearly_complete(body, 1) or outline(body).answered > 0


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


def items(body: str, titles: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The first paragraph of each item of the outermost lists below some headings, private ones left out.

    `titles` are in small letters. Each paragraph comes as plain words, with the line of the body in which it ends,
    counted from 1.
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
    """Whether it is certain, without reading the Markdown, that there is a description and a reflection, with more
    than `enough` characters under each heading.

    Reading takes a hundred times as long, and nearly every body is seen through by this. Only `outline` can tell that
    one is not complete: False means that it has to be asked. A heading counts with what is below it, so `enough` is
    more than a heading has.
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
            continue  # the reflection's own heading, with a prompt right below it
        text = start if start == first else body.find("\n", start, stop) + 1
        if stop - start <= enough or not text or not _TEXT_AT_ONCE.match(body, text, stop):
            return False
    return True


def _may_hide(body: str) -> bool:
    """Whether anything may hide a heading or a text: a comment, raw markup, a fence, a private passage."""
    return (
        "```" in body
        or "~~~" in body
        or "%%" in body
        or ("<" in body and ("<!--" in body or _MARKUP_AT_START.search(body) is not None))
        or _PRIVATE.search(body) is not None
    )
