"""Causes why YAML refuses a text that lie in how a line starts: tabs, odd blanks, dashes, names without a colon."""

import re

from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.text.faults import Fault, Kind
from cpdkit.text.mending import ODD_BLANK, delete
from cpdkit.text.places import FIELD, Place, depth_of, mark

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
"""What a field of cpdkit's own can be called."""
_ODD_SYNTAX = re.compile(rf"(?:^[ \t]*(?:- *)?|^[ \t]*-|:)({ODD_BLANK.pattern}[\s\u200b]*)|({ODD_BLANK.pattern}+):")
"""Odd blanks where a line starts, behind its dash, and on either side of its colon."""


def tab(place: Place) -> Fault | None:
    """A tab before the first word of the line, which YAML never takes for indentation."""
    indent = place.text[: len(place.text) - len(place.text.lstrip())]
    if "\t" not in indent or place.opened in "\"'":
        return None
    at = mark(place.line, indent.index("\t"), len(indent) - indent.index("\t"))
    hint = "use spaces; YAML takes no tabs here"
    return Fault(Kind.TAB, "this line is indented with a tab", at, hint=hint, fix=_without_tabs(place))


def _without_tabs(place: Place) -> Fix | None:
    """Two spaces for each tab, in all lines around that start with tabs alone; none where spaces are among them."""
    first = last = place.line
    while first and place.lines[first - 1].startswith("\t"):
        first -= 1
    while last + 1 < len(place.lines) and place.lines[last + 1].startswith("\t"):
        last += 1
    depths = {number: depth_of(place.lines[number]) for number in range(first, last + 1)}
    if any(place.lines[number][:depth].strip("\t") for number, depth in depths.items()):
        return None
    edits = (Edit(mark(number, 0, depth), "  " * depth) for number, depth in depths.items())
    return Fix("indent with spaces", tuple(edits))


def odd_blanks(place: Place) -> Fault | None:
    """A no-break space, or another that YAML takes for a letter, between a field's name and its value."""
    above = next((number for number in range(place.line - 1, -1, -1) if place.lines[number].strip()), place.line)
    for number in dict.fromkeys((place.from_line, above, place.line)):
        line = place.lines[number] if number < len(place.lines) else ""
        if match := None if line.isascii() else _ODD_SYNTAX.search(line):
            return odd_blank(number, match.start(match.lastindex or 0), match[match.lastindex or 0])
    return None


def odd_blank(line: int, column: int, blanks: str) -> Fault:
    """That there are other blanks than plain ones at a place (counted from 0)."""
    odd = ODD_BLANK.search(blanks)
    name = f"U+{ord(odd[0]):04X}" if odd else ""
    what = f"this is a no-break space, {name}" if name == "U+00A0" else f"this blank is {name}"
    at = mark(line, column, len(blanks))
    hint = "type a plain space in its place"
    new = " " * len(blanks.replace("\u200b", ""))
    return Fault(Kind.BLANK, f"{what}, not a plain one", at, "YAML takes it for a letter", hint, fix=_respaced(at, new))


def _respaced(at: Span, new: str) -> Fix:
    return Fix("put a plain space there" if new else "delete it", (Edit(at, new),))


def stray_dashes(place: Place) -> Fault | None:
    """A dash before a field's name, or alone in a line, where the lines around are no list."""
    for number in dict.fromkeys((place.line, place.from_line)):
        line = place.lines[number] if number < len(place.lines) else ""
        match = re.match(r"-(?: +|$)", line)
        others = [each for each in place.lines if each.strip() and each is not line and not each.startswith(("#", " "))]
        if match and others and not any(each.startswith("-") for each in others):
            below = number + 1 < len(place.lines)  # of the last line there is no end to delete with it
            return stray_dash(number, match.end(), below and line.rstrip() == "-")
    return None


def stray_dash(line: int, length: int, alone: bool = False) -> Fault:
    """That a dash stands before a field's name, or alone in its line (counted from 0)."""
    where = Span(line + 1, 1, line + 2, 1) if alone else mark(line, 0, length)
    hint = "delete it: a field's line starts with the field's name"
    fix = delete("delete the dash", where)
    return Fault(Kind.DASH, "this - makes a list of what should be a field", mark(line, 0), hint=hint, fix=fix)


def missing_colon(place: Place) -> Fault | None:
    """A line that is no field: `type event`, `type:event`."""
    above = next((number for number in range(place.line - 1, -1, -1) if place.lines[number].strip()), place.line)
    for number in dict.fromkeys((place.from_line, place.line, above)):
        line = place.lines[number] if number < len(place.lines) else ""
        if line and not line[0].isspace() and not FIELD.match(line) and line[0] not in "-#\"'[{:.%":
            return no_colon(line.rstrip(), number)
    return None


def no_colon(words: str, line: int) -> Fault:
    """That a line (its number from 0) is no field, with what it may mean."""
    at = mark(line, 0, len(words))
    name, colon, value = words.partition(":")
    behind = Span(line + 1, len(name) + 1, line + 1, len(name) + 2)
    if colon and value:
        fix = Fix("put a space after the colon", (Edit(behind, ": "),)) if _is_joined(name, value) else None
        message, hint = "a space is missing after the colon", f"write {name}: {value.strip()}"
        return Fault(Kind.NO_COLON, message, at, hint=hint, fix=fix)
    name, _, value = words.partition(" ")
    hint = f"write {name}: {value.strip() or 'and the value'}"
    # It may as well go on with the line above.
    behind = Span(line + 1, len(name) + 1, line + 1, len(name) + 1)
    fix = Fix("put a colon there", (Edit(behind, ":"),), safe=False) if value and _WORD.fullmatch(name) else None
    return Fault(Kind.NO_COLON, "this line has no colon after the field's name", at, hint=hint, fix=fix)


def _is_joined(name: str, value: str) -> bool:
    """Whether a text is a field's name, a colon and a value without a space, and no address."""
    return bool(_WORD.fullmatch(name)) and not value.startswith((" ", "//"))


def indentation(place: Place) -> Fault | None:
    """A line that is indented more or less than its neighbours."""
    line = place.text
    depth = len(line) - len(line.lstrip())
    before = next((each for each in reversed(place.lines[: place.line]) if each.strip()), "")
    wanted = len(before) - len(before.lstrip())
    if not line.strip() or depth == wanted or not before or not (FIELD.match(line) or line.lstrip().startswith("-")):
        return None
    at = mark(place.line, 0, max(depth, 1))
    message = f"this line is indented by {_spaces(depth)}, the one above by {_spaces(wanted)}"
    hint = "start fields that belong together in the same column"
    return Fault(Kind.INDENT, message, at, hint=hint, fix=_aligned(place, depth, wanted))


def _aligned(place: Place, depth: int, wanted: int) -> Fix | None:
    """The line put into the column of the one above; where it starts at the margin, the fields above put there."""
    above = [number for number in range(place.line) if (text := place.lines[number].strip()) and text[0] != "#"]
    wrong, to = ([place.line], wanted) if depth else (above, 0)
    before = place.lines[above[-1]] if above else ""
    match = FIELD.match(before)
    # Below a field that has its value nothing can stand deeper.
    if not match or not before[match.end() :].strip():
        return None
    if any(depth_of(place.lines[each]) != (depth or wanted) or not _is_field(place.lines[each]) for each in wrong):
        return None
    return Fix("start it in the same column", tuple(Edit(mark(each, 0, depth or wanted), " " * to) for each in wrong))


def _is_field(line: str) -> bool:
    return FIELD.match(line) is not None and not line.lstrip().startswith("-")


def _spaces(count: int) -> str:
    return "none" if not count else "1 space" if count == 1 else f"{count} spaces"
