"""Definitions of footnotes and link labels that the reader would drop, or run in circles with."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cpdkit.documents.bodies.fences import CONTAINER
from cpdkit.documents.problems import Problem

_FOOTNOTE = re.compile(rf"(?P<before>{CONTAINER})\[\^(?P<label>[^\]\[\s][^\]\[]*)\]:")
_REFERENCE = re.compile(r"(?<!\\)((?:\\\\)*)\[\^([^\]\[\s][^\]\[]*)\]")
_LINK = re.compile(rf"(?P<before>{CONTAINER})\[(?P<label>(?!\^)(?:\\.|[^\]\[\\])+)\]:")
_HALF_LABEL = re.compile(rf"(?P<before>{CONTAINER}(?:\[[ xX]\][ \t]+)?)\[(?:\\.|[^\]\[\\])*$")
_USE = re.compile(r"\[([^\^\]\[][^\]\[]*)\](?![:(])")
_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


def tame_footnotes(lines: list[str], code: Sequence[bool], problems: list[Problem]) -> int:
    """Make text of references inside definitions, since two that refer to each other never end, and of definitions
    that no reference uses, since the reader would drop their words. How many definitions are left."""
    starts = {at: _label(found) for at in _open(lines, code) if (found := _FOOTNOTE.match(lines[at]))}
    inside = set(_definition_lines(lines, starts))
    used = {
        _normal(found[2])
        for at in _open(lines, code)
        if at not in inside
        for found in _REFERENCE.finditer(_SPAN.sub("", lines[at]))
    }
    seen: set[str] = set()
    for at in sorted(inside):
        if not code[at]:
            _tame_definition(lines, at, starts.get(at), used - seen, problems)
            seen.add(starts.get(at, ""))
    return len(used & seen)


def _tame_definition(lines: list[str], at: int, label: str | None, wanted: set[str], problems: list[Problem]) -> None:
    """One line of a definition; `label` where it is the first of one, `wanted` the labels that still lack one."""
    head = _FOOTNOTE.match(lines[at]) if label is not None else None
    start = head.end() if head else 0
    rest = _REFERENCE.sub(r"\1\\[^\2]", lines[at][start:])
    if rest != lines[at][start:]:
        problems.append(Problem("CPD906", "a footnote refers to a footnote, which is printed as text", line=at + 1))
    if head and label not in wanted:
        before = head["before"]
        # A blank line before it, lest it go on with the definition above.
        apart = "" if before.strip() else "\n"
        lines[at] = f"{apart}{before}\\{lines[at][len(before) : start]}{rest}"
        unused = f"nothing refers to the footnote [^{head['label']}]; it is printed where it stands"
        problems.append(Problem("CPD907", unused, line=at + 1))
    else:
        lines[at] = lines[at][:start] + rest


def _definition_lines(lines: list[str], starts: dict[int, str]) -> Iterator[int]:
    """The lines that may belong to a definition: to the first one behind a blank that is not indented."""
    inside = blank = False
    for at, line in enumerate(lines):
        if at in starts:
            inside = True
        elif inside and blank and line.strip() and line[0] not in " \t>":
            inside = False
        blank = not line.strip()
        if inside:
            yield at


def tame_links(lines: list[str], code: Sequence[bool], problems: list[Problem]) -> None:
    """Link labels that nothing uses, or that are defined already, become text: the reader would drop their words."""
    _tame_halves(lines, code)
    found = [(at, match) for at in _open(lines, code) if (match := _LINK.match(lines[at]))]
    if not found:
        return
    uses = Counter(_normal(use[1]) for at in _open(lines, code) for use in _USE.finditer(_SPAN.sub("", lines[at])))
    seen: set[str] = set()
    for at, match in found:
        label = _normal(match["label"])
        if label in seen or not uses[label]:
            before = match["before"]
            lines[at] = f"{before}\\{lines[at][len(before) :]}"
            problems.append(
                Problem(
                    "CPD907", f"no link uses the label [{match['label']}]; it is printed where it stands", line=at + 1
                )
            )
        seen.add(label)


def _tame_halves(lines: list[str], code: Sequence[bool]) -> None:
    """A label that goes on in the next line becomes text: as a definition the reader would drop it."""
    goes_on = False
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if goes_on and not code[at] and (half := _HALF_LABEL.match(line)):
            before = half["before"]
            lines[at] = f"{before}\\{line[len(before) :]}"
        goes_on = bool(line.strip()) and (goes_on or "]:" in line)


def without_footnotes(lines: list[str], code: Sequence[bool]) -> None:
    """Make text of every footnote and every reference to one."""
    for at in _open(lines, code):
        lines[at] = _REFERENCE.sub(r"\1\\[^\2]", lines[at])


def _open(lines: Sequence[str], code: Sequence[bool]) -> Iterator[int]:
    """The numbers of the lines outside code that hold a bracket."""
    return (at for at, line in enumerate(lines) if not code[at] and "[" in line)


def _label(found: re.Match[str]) -> str:
    return _normal(found["label"])


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()
