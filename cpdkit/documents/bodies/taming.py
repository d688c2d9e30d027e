"""A body's text made harmless before Pandoc sees it, so that no word of it is dropped and none blows up its reader.

Everything here puts a backslash before a character, or a blank where a closed comment stood: lines keep their numbers,
and outside code the reader sees the same words. What it can't foresee, the bounds of the process catch.
"""

import re
from dataclasses import dataclass

from cpdkit.documents.bodies.comments import without_comments
from cpdkit.documents.bodies.definitions import tame_footnotes, tame_links, without_footnotes
from cpdkit.documents.bodies.fences import Fence, opening, opens_html, starts_item
from cpdkit.documents.bodies.shapes import tame_nesting, tame_tables
from cpdkit.documents.problems import Problem
from cpdkit.documents.tree import clean_text

SUSPICIOUS_SIZE = 128 * 1024
_PLAIN_LANGUAGE = re.compile(r"[\w+#.-]{0,30}")


@dataclass(frozen=True, slots=True)
class Tamed:
    """A body's text for Pandoc, what was found in it, and whether it should be read alone.

    `notes` is how many footnotes of different labels the reader should find.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    suspicious: bool = False
    notes: int = 0


def tame(body: str) -> Tamed:
    """The body with control characters gone and everything defused that the reader would lose or choke on."""
    problems: list[Problem] = []
    text = clean_text(body)
    if "<!--" in text:
        text = without_comments(text, problems)
    lines = text.split("\n")
    code = _code_lines(lines)
    notes = tame_footnotes(lines, code, problems) if "[^" in text else 0
    if "]:" in text:
        tame_links(lines, code, problems)
    if "|" in text:
        tame_tables(lines, code, problems)
    tame_nesting(lines, code)
    tamed = "\n".join(lines)
    return Tamed(tamed, tuple(problems), _suspicious(tamed), notes)


def as_text(tamed: Tamed) -> Tamed:
    """A tamed body whose footnotes are text, for one of which the reader found fewer than there are."""
    lines = tamed.text.split("\n")
    without_footnotes(lines, _code_lines(lines))
    lost = Problem(
        "CPD907", "the footnotes are printed where they stand: one is referred to only from code, maths or an image"
    )
    return Tamed("\n".join(lines), (*tamed.problems, lost))


def _code_lines(lines: list[str]) -> list[bool]:
    """Which lines belong to fenced code. An info string that is no language's name becomes its first line."""
    code = [False] * len(lines)
    fence: Fence | None = None
    in_list = in_html = False
    for at, line in enumerate(lines):
        in_html = bool(line.strip()) and (in_html or (fence is None and opens_html(line)))
        if in_html:
            continue
        if fence is not None and not fence.left_by(line):
            code[at] = True
            if fence.closed_by(line):
                fence = None
        else:
            fence = None
            if found := opening(line, in_list=in_list):
                fence, info = found
                code[at] = True
                if not _PLAIN_LANGUAGE.fullmatch(info):
                    lines[at] = _with_info_below(fence, info)
            elif line.strip():
                in_list = starts_item(line) or (in_list and line[0] in " \t>")
    return code


def _with_info_below(fence: Fence, info: str) -> str:
    """The opening line with the info string below it: one entry still, so that the lines keep their numbers."""
    shown = info.lstrip(fence.mark[0]).strip() if not info.strip(fence.mark[0] + " ") else info
    below = re.sub(r"[^> \t]", " ", fence.before)
    return f"{fence.before}{fence.mark}\n{below}{shown}" if shown else fence.before + fence.mark


def _suspicious(text: str) -> bool:
    """Whether a text is of the kinds that take the reader long, so that it should not hold up others."""
    return (
        len(text) > SUSPICIOUS_SIZE
        or text.count("[") > 2000
        or text.count("*") + text.count("_") > 4000
        or text.count("][") > 100
    )
