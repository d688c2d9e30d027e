"""Causes why YAML refuses a text that lie in a value: quotes, colons, brackets, characters that it keeps for itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.text.faults import Fault, FaultKind
from cpdkit.text.yaml_scalars import ODD_BLANK, delete, in_quotes, quote, write

FIELD = re.compile(
    r"(?P<lead>\s*(?:- +)?)(?P<name>[^\s:\"'\[\]{},#-][^:\"'\[\]{},#]*?|\"[^\"]*\"|'[^']*'):(?P<gap>[ \t]+|$)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parser stopped (`line`, `column`) and where what it was in had started (`from_…`), counted from 0."""

    lines: list[str]
    line: int
    column: int
    from_line: int
    from_column: int

    @property
    def text(self) -> str:
        """The line where it stopped."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def here(self) -> str:
        """The character where it stopped."""
        return self.text[self.column : self.column + 1]

    @property
    def opened(self) -> str:
        """The character where it had started."""
        return self.lines[self.from_line][self.from_column : self.from_column + 1]

    @property
    def at_end(self) -> bool:
        """Whether nothing but blanks follows."""
        return not self.text[self.column :].strip() and not any(line.strip() for line in self.lines[self.line + 1 :])


def value_at(line: str) -> int:
    """The column where a line's value starts: behind the field's name, or the item's dash."""
    match = FIELD.match(line)
    return match.end() if match else len(line) - len(line.lstrip(" -"))


def mark(line: int, column: int, length: int = 1) -> Span:
    return Span(line + 1, column + 1, line + 1, column + 1 + length)


def closing(line: str, column: int) -> int | None:
    """The column of the quote that closes the one at a column; None where the line has none."""
    quote, at = line[column], column + 1
    while at < len(line):
        if quote == '"' and line[at] == "\\":
            at += 2
        elif line[at] != quote:
            at += 1
        elif quote == "'" and line[at + 1 : at + 2] == "'":
            at += 2
        else:
            return at
    return None


def depth_of(line: str) -> int:
    return len(line) - len(line.lstrip())


_RESERVED = "@`%,|>&*!?"
_PARTNER = {"[": "]", "{": "}"}
_ESCAPES = set('0abtnvfre "/\\N_LP')
"""What YAML takes behind a backslash as it stands."""


def open_quote(place: Place) -> Fault | None:
    """A quote that is not closed in its line: the parser goes on to the next one, far below."""
    for number, line in enumerate(place.lines[: place.line + 1]):
        column = value_at(line)
        quote = line[column : column + 1]
        if not quote or quote not in "\"'" or closing(line, column) is not None:
            continue
        if place.at_end or (number + 1 < len(place.lines) and FIELD.match(place.lines[number + 1])):
            indented = number + 1 < len(place.lines) and place.lines[number + 1][:1].isspace()
            return _unclosed(line, number, column, sure=not indented)
    if place.at_end and place.opened and place.opened in "\"'":
        return _unclosed(place.lines[place.from_line], place.from_line, place.from_column)
    return None


def _unclosed(line: str, number: int, column: int, sure: bool = False) -> Fault:
    """That a quote is not closed. A single one may be an apostrophe: `'tis`."""
    sign = line[column]
    inner = line[column + 1 :].rstrip()
    whole = inner and "\\" not in inner and inner[-1] not in "]}" and " #" not in inner
    hint = f"write {in_quotes(inner)}" if whole else f"close it with {sign} where the value ends"
    name = "double" if sign == '"' else "single"
    sure = sure and sign == '"' and not inner.endswith("'")
    fix = (
        Fix("close the quote", quote(mark(number, column, len(inner) + 1), inner, sure).edits, sure) if whole else None
    )
    return Fault(FaultKind.QUOTE, f"this {name} quote is not closed", mark(number, column), hint=hint, fix=fix)


def escape(place: Place) -> Fault | None:
    """A backslash between double quotes, as in a Windows path."""
    column = place.text.rfind("\\", 0, place.column + 1)
    if place.opened != '"' or place.from_line != place.line or column <= place.from_column:
        return None
    end = closing(place.text, place.from_column)
    inner = place.text[place.from_column + 1 : end] if end else ""
    value = inner.replace("'", "''")
    hint = f"write '{value}'" if value else "put the value in single quotes, or double the backslash"
    shown = place.text[column : column + 2]
    at = mark(place.line, column, len(shown))
    fix = _in_single_quotes(place, inner, value) if value and '\\"' not in inner else None
    return Fault(FaultKind.ESCAPE, f"{shown} means nothing between double quotes", at, hint=hint, fix=fix)


def _in_single_quotes(place: Place, inner: str, value: str) -> Fix:
    """The value as it stands, backslashes and all; sure where it is a path or none of them means anything."""
    sure = re.match(r"[A-Za-z]:\\\w", inner) or not _ESCAPES.intersection(re.findall(r"\\(.?)", inner))
    where = mark(place.from_line, place.from_column, len(inner) + 2)
    return Fix("put the value in single quotes", (Edit(where, f"'{value}'"),), bool(sure))


def behind_quote(place: Place) -> Fault | None:
    """Words behind a closed quote: `"Storage" lecture`, `'don't'`."""
    column = value_at(place.text)
    sign = place.text[column : column + 1]
    if not sign or sign not in "\"'":
        return None
    end = closing(place.text, column)
    rest = place.text[end + 1 :].rstrip() if end is not None else ""
    if end is None or place.column <= end or not rest or rest.lstrip().startswith("#"):
        return None
    value = whole = place.text[column:].rstrip()
    sure = True
    if rest[0].isalnum():
        sure = value.endswith(sign) and len(value) > 2
        value = value[1:].removesuffix(sign)
    hint = f"write {in_quotes(value)}"
    fix = quote(mark(place.line, column, len(whole)), value, sure and rest[0] not in ",:")
    at = mark(place.line, end)
    return Fault(FaultKind.AFTER_QUOTE, "the quote ends here, but the value goes on", at, hint=hint, fix=fix)


def colon(place: Place) -> Fault | None:
    """A second `: ` in a line: `title: IET lecture: storage`."""
    match = FIELD.match(place.text)
    if not match or place.here != ":" or place.column < match.end():
        return None
    value = place.text[match.end() :].rstrip()
    hint = f"put the value in quotes: {match['name']}: {in_quotes(value)}"
    at = mark(place.line, place.column)
    fix = None if value[0] in "[{" else quote(mark(place.line, match.end(), len(value)), value)
    note = "YAML takes it for a second field"
    return Fault(FaultKind.COLON, "a value with a colon in it needs quotes", at, note, hint, fix=fix)


def reserved(place: Place) -> Fault | None:
    """A value that starts with a character that YAML keeps for itself."""
    for number in dict.fromkeys((place.line, place.from_line)):
        line = place.lines[number] if number < len(place.lines) else ""
        match = FIELD.match(line)
        column = value_at(line)
        value = line[column:].rstrip()
        if value and (value[0] in _RESERVED or value == "-" or value[:2] == "- ") and not _block(value):
            return _kept(match["name"] if match else "", value, number, column)
    if place.here and place.here in _RESERVED and place.here != ",":
        return _kept("", re.split(r"[],}]", place.text[place.column :])[0].rstrip(), place.line, place.column)
    return None


def _block(value: str) -> bool:
    """Whether a value announces a block of lines, as `|` and `>-` do."""
    return re.fullmatch(r"[|>][+-]?[1-9]?[+-]?(\s+#.*)?", value) is not None


def _kept(name: str, value: str, line: int, column: int) -> Fault:
    if value[0] == "-":
        return _dash(name, value, line, column)
    field = f"{name}: " if name else ""
    hint = f"put the value in quotes: {field}{in_quotes(value)}"
    message = f"a value can't start with {value[0]} unless it is in quotes"
    fix = quote(mark(line, column, len(value)), value)
    return Fault(FaultKind.RESERVED, message, mark(line, column), hint=hint, fix=fix)


def _dash(name: str, value: str, line: int, column: int) -> Fault:
    """A dash behind a field's name: an item of a list in the wrong place, or nothing at all."""
    where, item = mark(line, column, len(value)), value[1:].strip()
    if not item:
        hint = f"leave the value out, or write {name}: {in_quotes('-')}"
        fix = delete("leave the value out", where, safe=False)
        return Fault(
            FaultKind.DASH, "this - starts a list, and nothing follows", mark(line, column), hint=hint, fix=fix
        )
    hint = f"start the list on its own line, or write {name}: [{item}]"
    plain = not set(item) & set("#[]{},:\"'")
    listed = write(where, f"[{item}]", safe=False) if plain else None
    return Fault(
        FaultKind.DASH, "a list can't start in the line of its name", mark(line, column), hint=hint, fix=listed
    )


def comma(place: Place) -> Fault | None:
    """Two commas without a value between them."""
    if place.here != ",":
        return None
    at = mark(place.line, place.column)
    blanks = len(place.text) - place.column - len(place.text[place.column + 1 :].lstrip(" "))
    fix = delete("delete the comma", mark(place.line, place.column, blanks))
    hint = "delete it, or put the value in quotes"
    return Fault(FaultKind.SYNTAX, "nothing stands before this comma", at, hint=hint, fix=fix)


def bracket(place: Place) -> Fault | None:
    """A bracket that is not closed, or one that closes nothing, or words behind one."""
    if place.here and place.here in "]}":
        at = mark(place.line, place.column)
        return Fault(
            FaultKind.BRACKET, f"this {place.here} closes nothing", at, hint="delete it, or put the value in quotes"
        )
    column = value_at(place.text)
    value = place.text[column:].rstrip()
    partner = _PARTNER.get(value[:1], "")
    if partner and partner in value[:-1] and place.column > column:
        at = mark(place.line, place.text.index(partner, column))
        hint = f"put the value in quotes: {in_quotes(value)}"
        inner, _, rest = value.partition(partner)
        sure = "," not in inner and re.match(r" ?\w", rest) is not None
        fix = quote(mark(place.line, column, len(value)), value, sure)
        return Fault(FaultKind.BRACKET, f"the {partner} ends the value here, but it goes on", at, hint=hint, fix=fix)
    return _open_bracket(place)


def _open_bracket(place: Place) -> Fault | None:
    """A bracket that nothing closes, or only what a `#` makes a comment of."""
    for number in range(min(place.line, len(place.lines) - 1), -1, -1):
        line = place.lines[number].rstrip()
        column = value_at(line)
        partner = _PARTNER.get(line[column : column + 1], "")
        before, hash_, behind = line[column:].partition(" #")
        if partner and hash_ and partner in behind and partner not in before:
            at = mark(number, column + len(before) + 1)
            hint = "put the words with the # in quotes, or close the bracket before it"
            return Fault(FaultKind.BRACKET, f"this # makes a comment of the {partner} behind it", at, hint=hint)
        if partner and partner not in line[column:]:
            hint = f"write {line[column:]}{partner}"
            fix = None if "#" in line or line.endswith(",") else _closed(place, number, len(line), partner)
            return Fault(
                FaultKind.BRACKET, f"this {line[column]} is not closed", mark(number, column), hint=hint, fix=fix
            )
    return None


def _closed(place: Place, number: int, length: int, partner: str) -> Fix | None:
    """The bracket closed at the end of its line; only where the next line is not its list's."""
    after = next((each for each in place.lines[number + 1 :] if each.strip()), "")
    if after and (after[0].isspace() or not FIELD.match(after)):
        return None
    at = Span(number + 1, length + 1, number + 1, length + 1)
    return Fix(f"close it with {partner}", (Edit(at, partner),))


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
    return Fault(FaultKind.TAB, "this line is indented with a tab", at, hint=hint, fix=_without_tabs(place))


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
    return Fault(
        FaultKind.BLANK, f"{what}, not a plain one", at, "YAML takes it for a letter", hint, fix=_respaced(at, new)
    )


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
    return Fault(FaultKind.DASH, "this - makes a list of what should be a field", mark(line, 0), hint=hint, fix=fix)


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
        return Fault(FaultKind.NO_COLON, message, at, hint=hint, fix=fix)
    name, _, value = words.partition(" ")
    hint = f"write {name}: {value.strip() or 'and the value'}"
    # It may as well go on with the line above.
    behind = Span(line + 1, len(name) + 1, line + 1, len(name) + 1)
    fix = Fix("put a colon there", (Edit(behind, ":"),), safe=False) if value and _WORD.fullmatch(name) else None
    return Fault(FaultKind.NO_COLON, "this line has no colon after the field's name", at, hint=hint, fix=fix)


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
    return Fault(FaultKind.INDENT, message, at, hint=hint, fix=_aligned(place, depth, wanted))


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


def explain(text: str, error: Any) -> Fault:
    """The fault behind a parser's error, at its place in the text."""
    all_lines = text.split("\n")
    stop: Any = getattr(error, "problem_mark", None)
    start: Any = getattr(error, "context_mark", None) or stop
    if stop is None:
        return Fault(FaultKind.SYNTAX, "this can't be read as YAML", hint="look for characters that can't be seen")
    place = Place(all_lines, stop.line, stop.column, min(start.line, len(all_lines) - 1), start.column)
    for cause in _CAUSES:
        if fault := cause(place):
            return fault
    return _unknown(place)


def _unknown(place: Place) -> Fault:
    column = min(place.column, max(len(place.text) - 1, 0))
    line = min(place.line, len(place.lines) - 1)
    hint = "write one field a line, as name: value, and put values with special characters in quotes"
    return Fault(FaultKind.SYNTAX, "this can't be read as YAML", mark(line, column), hint=hint)


_CAUSES: tuple[Callable[[Place], Fault | None], ...] = (
    tab,
    odd_blanks,
    open_quote,
    escape,
    behind_quote,
    colon,
    reserved,
    stray_dashes,
    comma,
    bracket,
    missing_colon,
    indentation,
)
"""In the order that tells the narrowest cause first."""
