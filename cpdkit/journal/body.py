"""What can be known of a body without parsing its Markdown: its headings, and whether anything was reflected on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

REFLECTION = "reflection"
_SPECIAL = re.compile(r"^ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$|<!--", re.MULTILINE)
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(?:(=+)|-+)[ \t]*")
_NO_PARAGRAPH = re.compile(r"\s*$| {4}|\t| {0,3}(?:#{1,6}(?:\s|$)|[-+*>|]|[0-9]+[.)]\s)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its line in the body counted from 1, its level and its text."""

    line: int
    level: int
    text: str


def headings(body: str) -> tuple[Heading, ...]:
    """The headings of a body, outside code fences and closed HTML comments."""
    return tuple(_headings(_without_notes(body, code=False).split("\n")))


def has_reflection(body: str) -> bool:
    """Whether anything stands under a `Reflection` heading but headings, blanks and closed HTML comments."""
    if REFLECTION not in body.lower():
        return False
    kept = _without_notes(body, code=True).split("\n")
    found = headings(body)
    marks = {heading.line for heading in found}
    return any(
        line not in marks and kept[line - 1].strip(" \t=-")
        for first, stop in _reflections(found, len(kept))
        for line in range(first, stop)
    )


def _reflections(found: tuple[Heading, ...], lines: int) -> Iterator[tuple[int, int]]:
    """The lines, from and up to, below each `Reflection` heading until the next of its level or above."""
    for number, heading in enumerate(found):
        if heading.text.strip().lower() == REFLECTION:
            after = (each.line for each in found[number + 1 :] if each.level <= heading.level)
            yield heading.line + 1, next(after, lines + 1)


def _headings(lines: list[str]) -> Iterator[Heading]:
    before = ""
    for number, line in enumerate(lines, 1):
        if "#" in line and (match := _ATX.fullmatch(line)):
            yield Heading(number, len(match[1]), match[2] or "")
        elif (under := _underline(line)) and before and not _NO_PARAGRAPH.match(before):
            yield Heading(number - 1, 1 if under[1] else 2, before.strip())
        before = line


def _underline(line: str) -> re.Match[str] | None:
    return _SETEXT.fullmatch(line) if line.lstrip()[:1] in ("=", "-") else None


def _without_notes(body: str, *, code: bool) -> str:
    """The body with closed HTML comments blanked out, and without `code` its fences too; the lines stay."""
    kept: list[str] = []
    at = 0
    while match := _SPECIAL.search(body, at):
        stop = _fence_end(body, match) if match["fence"] else _comment_end(body, match)
        kept.append(body[at : match.start()])
        hidden = body[match.start() : stop]
        keep = code if match["fence"] else stop == match.end()
        kept.append(hidden if keep else "\n" * hidden.count("\n"))
        at = stop
    return "".join(kept) + body[at:]


def _fence_end(body: str, opening: re.Match[str]) -> int:
    fence = opening["fence"]
    closing = re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
    match = closing.search(body, opening.end())
    return match.end() if match else len(body)


def _comment_end(body: str, opening: re.Match[str]) -> int:
    """Behind the comment; right behind its opening where nothing closes it."""
    end = body.find("-->", opening.end() - 2)
    return end + 3 if end >= 0 else opening.end()
