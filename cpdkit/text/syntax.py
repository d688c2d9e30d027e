"""What is wrong with a YAML text that the parser refused, told from the text itself.

The parser's own sentences speak of simple keys and block mappings, and change between versions. Only its
marks are used here; the cause is read from the characters that stand there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cpdkit.diagnostics import Span
from cpdkit.text.faults import Fault, Kind

_FIELD = re.compile(
    r"(?P<lead>\s*(?:- +)?)(?P<name>[^\s:\"'\[\]{},#-][^:\"'\[\]{},#]*?|\"[^\"]*\"|'[^']*'):(?P<gap>[ \t]+|$)"
)
_RESERVED = "@`%,|>&*!?"
_PARTNER = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class _Place:
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


def explain(text: str, error: Any) -> Fault:
    """The fault behind a parser's error, at its place in the text."""
    lines = text.split("\n")
    stop: Any = getattr(error, "problem_mark", None)
    start: Any = getattr(error, "context_mark", None) or stop
    if stop is None:
        return Fault(Kind.SYNTAX, "this can't be read as YAML", hint="look for characters that can't be seen")
    place = _Place(lines, stop.line, stop.column, min(start.line, len(lines) - 1), start.column)
    for cause in _CAUSES:
        if fault := cause(place):
            return fault
    return _unknown(place)


def in_quotes(value: str) -> str:
    """A value as YAML takes it for sure: in double quotes, or single ones where it holds those or a backslash."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _value_at(line: str) -> int:
    """The column where a line's value starts: behind the field's name, or the item's dash."""
    match = _FIELD.match(line)
    return match.end() if match else len(line) - len(line.lstrip(" -"))


def _mark(line: int, column: int, length: int = 1) -> Span:
    return Span(line + 1, column + 1, line + 1, column + 1 + length)


def _tab(place: _Place) -> Fault | None:
    """A tab before the first word of the line, which YAML never takes for indentation."""
    indent = place.text[: len(place.text) - len(place.text.lstrip())]
    if "\t" not in indent or place.opened in "\"'":
        return None
    at = _mark(place.line, indent.index("\t"), len(indent) - indent.index("\t"))
    return Fault(Kind.TAB, "this line is indented with a tab", at, hint="use spaces; YAML takes no tabs here")


def _open_quote(place: _Place) -> Fault | None:
    """A quote that is not closed in its line: the parser goes on to the next one, far below."""
    for number, line in enumerate(place.lines[: place.line + 1]):
        column = _value_at(line)
        quote = line[column : column + 1]
        if not quote or quote not in "\"'" or _closing(line, column) is not None:
            continue
        if place.at_end or (number + 1 < len(place.lines) and _FIELD.match(place.lines[number + 1])):
            return _unclosed(line, number, column)
    if place.at_end and place.opened and place.opened in "\"'":
        return _unclosed(place.lines[place.from_line], place.from_line, place.from_column)
    return None


def _unclosed(line: str, number: int, column: int) -> Fault:
    quote = line[column]
    inner = line[column + 1 :].rstrip()
    whole = inner and "\\" not in inner and inner[-1] not in "]}"
    hint = f"write {in_quotes(inner)}" if whole else f"close it with {quote} where the value ends"
    name = "double" if quote == '"' else "single"
    return Fault(Kind.QUOTE, f"this {name} quote is not closed", _mark(number, column), hint=hint)


def _closing(line: str, column: int) -> int | None:
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


def _escape(place: _Place) -> Fault | None:
    """A backslash between double quotes, as in a Windows path."""
    column = place.text.rfind("\\", 0, place.column + 1)
    if place.opened != '"' or place.from_line != place.line or column <= place.from_column:
        return None
    end = _closing(place.text, place.from_column)
    value = place.text[place.from_column + 1 : end].replace("'", "''") if end else ""
    hint = f"write '{value}'" if value else "put the value in single quotes, or double the backslash"
    shown = place.text[column : column + 2]
    at = _mark(place.line, column, len(shown))
    return Fault(Kind.ESCAPE, f"{shown} means nothing between double quotes", at, hint=hint)


def _behind_quote(place: _Place) -> Fault | None:
    """Words behind a closed quote: `"Storage" lecture`, `'don't'`."""
    column = _value_at(place.text)
    quote = place.text[column : column + 1]
    if not quote or quote not in "\"'":
        return None
    end = _closing(place.text, column)
    rest = place.text[end + 1 :].rstrip() if end is not None else ""
    if end is None or place.column <= end or not rest or rest.lstrip().startswith("#"):
        return None
    value = place.text[column:].rstrip()
    if rest[0] != " ":
        value = value[1:].removesuffix(quote)
    at = _mark(place.line, end)
    return Fault(Kind.AFTER_QUOTE, "the quote ends here, but the value goes on", at, hint=f"write {in_quotes(value)}")


def _colon(place: _Place) -> Fault | None:
    """A second `: ` in a line: `title: IET lecture: storage`."""
    match = _FIELD.match(place.text)
    if not match or place.here != ":" or place.column < match.end():
        return None
    value = place.text[match.end() :].rstrip()
    hint = f"put the value in quotes: {match['name']}: {in_quotes(value)}"
    at = _mark(place.line, place.column)
    return Fault(Kind.COLON, "a value with a colon in it needs quotes", at, "YAML takes it for a second field", hint)


def _reserved(place: _Place) -> Fault | None:
    """A value that starts with a character that YAML keeps for itself."""
    for number in dict.fromkeys((place.line, place.from_line)):
        line = place.lines[number] if number < len(place.lines) else ""
        match = _FIELD.match(line)
        column = _value_at(line)
        value = line[column:].rstrip()
        if value and (value[0] in _RESERVED or value == "-" or value[:2] == "- ") and not _block(value):
            return _kept(match["name"] if match else "", value, _mark(number, column))
    if place.here and place.here in _RESERVED and place.here != ",":
        return _kept("", re.split(r"[],}]", place.text[place.column :])[0].rstrip(), _mark(place.line, place.column))
    return None


def _block(value: str) -> bool:
    """Whether a value announces a block of lines, as `|` and `>-` do."""
    return re.fullmatch(r"[|>][+-]?[1-9]?[+-]?(\s+#.*)?", value) is not None


def _kept(name: str, value: str, at: Span) -> Fault:
    if value[0] == "-":
        hint = f"start the list on its own line, or write {name}: [{value[1:].strip()}]"
        return Fault(Kind.RESERVED, "a list can't start in the line of its name", at, hint=hint)
    field = f"{name}: " if name else ""
    hint = f"put the value in quotes: {field}{in_quotes(value)}"
    return Fault(Kind.RESERVED, f"a value can't start with {value[0]} unless it is in quotes", at, hint=hint)


def _comma(place: _Place) -> Fault | None:
    """Two commas without a value between them."""
    if place.here != ",":
        return None
    at = _mark(place.line, place.column)
    return Fault(Kind.SYNTAX, "nothing stands before this comma", at, hint="delete it, or put the value in quotes")


def _bracket(place: _Place) -> Fault | None:
    """A bracket that is not closed, or one that closes nothing, or words behind one."""
    if place.here and place.here in "]}":
        at = _mark(place.line, place.column)
        return Fault(
            Kind.BRACKET, f"this {place.here} closes nothing", at, hint="delete it, or put the value in quotes"
        )
    column = _value_at(place.text)
    value = place.text[column:].rstrip()
    partner = _PARTNER.get(value[:1], "")
    if partner and partner in value[:-1] and place.column > column:
        at = _mark(place.line, place.text.index(partner, column))
        hint = f"put the value in quotes: {in_quotes(value)}"
        return Fault(Kind.BRACKET, f"the {partner} ends the value here, but it goes on", at, hint=hint)
    return _open_bracket(place)


def _open_bracket(place: _Place) -> Fault | None:
    for number in range(min(place.line, len(place.lines) - 1), -1, -1):
        line = place.lines[number].rstrip()
        column = _value_at(line)
        partner = _PARTNER.get(line[column : column + 1], "")
        if partner and partner not in line[column:]:
            hint = f"write {line[column:]}{partner}"
            return Fault(Kind.BRACKET, f"this {line[column]} is not closed", _mark(number, column), hint=hint)
    return None


def _no_colon(place: _Place) -> Fault | None:
    """A line that is no field: `type event`, `type:event`."""
    above = next((number for number in range(place.line - 1, -1, -1) if place.lines[number].strip()), place.line)
    for number in dict.fromkeys((place.from_line, place.line, above)):
        line = place.lines[number] if number < len(place.lines) else ""
        if line and not line[0].isspace() and not _FIELD.match(line) and line[0] not in "-#\"'[{:.%":
            return no_colon(line.rstrip(), number)
    return None


def no_colon(words: str, line: int) -> Fault:
    """That a line (its number from 0) is no field, with what it may mean."""
    at = _mark(line, 0, len(words))
    name, colon, value = words.partition(":")
    if colon and value:
        return Fault(Kind.NO_COLON, "a space is missing after the colon", at, hint=f"write {name}: {value.strip()}")
    name, _, value = words.partition(" ")
    hint = f"write {name}: {value.strip() or 'and the value'}"
    return Fault(Kind.NO_COLON, "this line has no colon after the field's name", at, hint=hint)


def _indent(place: _Place) -> Fault | None:
    """A line that is indented more or less than its neighbours."""
    line = place.text
    depth = len(line) - len(line.lstrip())
    before = next((each for each in reversed(place.lines[: place.line]) if each.strip()), "")
    wanted = len(before) - len(before.lstrip())
    if not line.strip() or depth == wanted or not before or not (_FIELD.match(line) or line.lstrip().startswith("-")):
        return None
    at = _mark(place.line, 0, max(depth, 1))
    message = f"this line is indented by {_spaces(depth)}, the one above by {_spaces(wanted)}"
    return Fault(Kind.INDENT, message, at, hint="start fields that belong together in the same column")


def _spaces(count: int) -> str:
    return "none" if not count else "1 space" if count == 1 else f"{count} spaces"


def _unknown(place: _Place) -> Fault:
    column = min(place.column, max(len(place.text) - 1, 0))
    line = min(place.line, len(place.lines) - 1)
    hint = "write one field a line, as name: value, and put values with special characters in quotes"
    return Fault(Kind.SYNTAX, "this can't be read as YAML", _mark(line, column), hint=hint)


_CAUSES: tuple[Callable[[_Place], Fault | None], ...] = (
    _tab,
    _open_quote,
    _escape,
    _behind_quote,
    _colon,
    _reserved,
    _comma,
    _bracket,
    _no_colon,
    _indent,
)
"""In the order that tells the narrowest cause first."""
