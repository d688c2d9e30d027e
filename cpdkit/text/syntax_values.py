"""Causes why YAML refuses a text that lie in a value: quotes, colons, brackets, characters that it keeps for itself."""

import re

from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.text.faults import Fault, Kind
from cpdkit.text.mending import delete, in_quotes, quote, write
from cpdkit.text.places import FIELD, Place, closing, mark, value_at

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
    return Fault(Kind.QUOTE, f"this {name} quote is not closed", mark(number, column), hint=hint, fix=fix)


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
    return Fault(Kind.ESCAPE, f"{shown} means nothing between double quotes", at, hint=hint, fix=fix)


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
    return Fault(Kind.AFTER_QUOTE, "the quote ends here, but the value goes on", at, hint=hint, fix=fix)


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
    return Fault(Kind.COLON, "a value with a colon in it needs quotes", at, note, hint, fix=fix)


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
    return Fault(Kind.RESERVED, message, mark(line, column), hint=hint, fix=fix)


def _dash(name: str, value: str, line: int, column: int) -> Fault:
    """A dash behind a field's name: an item of a list in the wrong place, or nothing at all."""
    where, item = mark(line, column, len(value)), value[1:].strip()
    if not item:
        hint = f"leave the value out, or write {name}: {in_quotes('-')}"
        fix = delete("leave the value out", where, safe=False)
        return Fault(Kind.DASH, "this - starts a list, and nothing follows", mark(line, column), hint=hint, fix=fix)
    hint = f"start the list on its own line, or write {name}: [{item}]"
    plain = not set(item) & set("#[]{},:\"'")
    listed = write(where, f"[{item}]", safe=False) if plain else None
    return Fault(Kind.DASH, "a list can't start in the line of its name", mark(line, column), hint=hint, fix=listed)


def comma(place: Place) -> Fault | None:
    """Two commas without a value between them."""
    if place.here != ",":
        return None
    at = mark(place.line, place.column)
    blanks = len(place.text) - place.column - len(place.text[place.column + 1 :].lstrip(" "))
    fix = delete("delete the comma", mark(place.line, place.column, blanks))
    hint = "delete it, or put the value in quotes"
    return Fault(Kind.SYNTAX, "nothing stands before this comma", at, hint=hint, fix=fix)


def bracket(place: Place) -> Fault | None:
    """A bracket that is not closed, or one that closes nothing, or words behind one."""
    if place.here and place.here in "]}":
        at = mark(place.line, place.column)
        return Fault(
            Kind.BRACKET, f"this {place.here} closes nothing", at, hint="delete it, or put the value in quotes"
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
        return Fault(Kind.BRACKET, f"the {partner} ends the value here, but it goes on", at, hint=hint, fix=fix)
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
            return Fault(Kind.BRACKET, f"this # makes a comment of the {partner} behind it", at, hint=hint)
        if partner and partner not in line[column:]:
            hint = f"write {line[column:]}{partner}"
            fix = None if "#" in line or line.endswith(",") else _closed(place, number, len(line), partner)
            return Fault(Kind.BRACKET, f"this {line[column]} is not closed", mark(number, column), hint=hint, fix=fix)
    return None


def _closed(place: Place, number: int, length: int, partner: str) -> Fix | None:
    """The bracket closed at the end of its line; only where the next line is not its list's."""
    after = next((each for each in place.lines[number + 1 :] if each.strip()), "")
    if after and (after[0].isspace() or not FIELD.match(after)):
        return None
    at = Span(number + 1, length + 1, number + 1, length + 1)
    return Fix(f"close it with {partner}", (Edit(at, partner),))
