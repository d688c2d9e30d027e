"""Explain why YAML rejects a text: the most likely cause near where the parser stopped, and how to fix it.

Lines and columns count from 0 here, as the parser's do; a fault's span counts from 1.
"""

import re
from dataclasses import dataclass
from typing import Any

from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.text.faults import Fault, FaultKind
from cpdkit.text.lookalikes import first_lookalike
from cpdkit.text.wording import counted
from cpdkit.text.yaml_comments import comment_at, is_attached, quoted_items
from cpdkit.text.yaml_scalars import ODD_BLANK, delete, in_quotes, quote, write

_FIELD = re.compile(
    r"(?P<lead>\s*(?:- +)?)(?P<name>[^\s:\"'\[\]{},#-][^:\"'\[\]{},#]*?|\"[^\"]*\"|'[^']*'):(?P<gap>[ \t]+|$)"
)
_OWN_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")
"""The form of cpdkit's own field names."""
_QUOTES = ("'", '"')
_RESERVED = "@`%,|>&*!?"
_PARTNER = {"[": "]", "{": "}"}
_ESCAPES = set('0abtnvfre "/\\N_LP')
"""The characters that YAML accepts after a backslash."""
_ODD_COLON = re.compile("([a-z]+(?:-[a-z]+)*) ?([\uff1a\ufe55\ua789\u2236]) *")
"""A field's name with a sign that only looks like a colon."""
_HIDDEN_ITEM = re.compile(r"([ \t]*)(#[^,\"'\]}]*[^\s,\"'\]}])([\]},][^\n]*)")
"""A line of a list in brackets that starts with `#`."""
_ODD_SYNTAX = re.compile(rf"(?:^[ \t]*(?:- *)?|^[ \t]*-|:)({ODD_BLANK.pattern}[\s\u200b]*)|({ODD_BLANK.pattern}+):")
"""Odd spaces at the start of a line, after its dash, and on either side of its colon."""


def explain(text: str, error: Any) -> Fault:
    """Return the fault that caused a parser's error, near where it stopped in the text."""
    problem: Any = getattr(error, "problem_mark", None)
    if problem is None:
        return Fault(FaultKind.SYNTAX, "cannot read this as YAML", hint="look for invisible characters")
    lines = text.split("\n")
    context: Any = getattr(error, "context_mark", None) or problem
    stop = _Stop(lines, problem.line, problem.column, min(context.line, len(lines) - 1), context.column)
    # The narrowest cause first.
    causes = (
        _tab,
        _odd_blanks,
        _open_quote,
        _escape,
        _words_after_quote,
        _second_colon,
        _reserved_start,
        _stray_dashes,
        _comma,
        _bracket,
        _comment_inside,
        _missing_colon,
        _indentation,
    )
    for cause in causes:
        if fault := cause(stop):
            return fault
    at = _span(min(stop.line, len(lines) - 1), min(stop.column, max(len(stop.text) - 1, 0)))
    hint = "write one field on each line, as name: value; put values with special characters in quotes"
    return Fault(FaultKind.SYNTAX, "cannot read this as YAML", at, hint=hint)


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the parser stopped (`line`, `column`), and where the value that it was reading starts (`start_…`)."""

    lines: list[str]
    line: int
    column: int
    start_line: int
    start_column: int

    def line_at(self, number: int) -> str:
        """Return a line; empty after the last."""
        return self.lines[number] if number < len(self.lines) else ""

    @property
    def text(self) -> str:
        """The line where it stopped."""
        return self.line_at(self.line)

    @property
    def sign(self) -> str:
        """The character where it stopped."""
        return self.text[self.column : self.column + 1]

    @property
    def opener(self) -> str:
        """The character at the start of the value."""
        return self.lines[self.start_line][self.start_column : self.start_column + 1]

    @property
    def at_end(self) -> bool:
        """Whether only blanks follow."""
        return not self.text[self.column :].strip() and not any(line.strip() for line in self.lines[self.line + 1 :])

    @property
    def line_above(self) -> int:
        """The nearest line above that is not blank; this one if there is none."""
        return next((number for number in range(self.line - 1, -1, -1) if self.lines[number].strip()), self.line)


def _span(line: int, column: int, length: int = 1) -> Span:
    return Span(line + 1, column + 1, line + 1, column + 1 + length)


def _value_start(line: str) -> int:
    """Return the column where a line's value starts: after the field's name, or the item's dash."""
    match = _FIELD.match(line)
    return match.end() if match else len(line) - len(line.lstrip(" -"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


# Indentation: tabs, and lines that are indented differently from their neighbours.


def _tab(stop: _Stop) -> Fault | None:
    """Find a tab before the first word of the line. YAML does not accept it as indentation."""
    depth = _indent(stop.text)
    tab = stop.text.find("\t", 0, depth)
    if tab < 0 or stop.opener in "\"'":
        return None
    hint = "use spaces: YAML does not allow tabs here"
    at = _span(stop.line, tab, depth - tab)
    return Fault(FaultKind.TAB, "this line is indented with a tab", at, hint=hint, fix=_without_tabs(stop))


def _without_tabs(stop: _Stop) -> Fix | None:
    """Return a fix that writes two spaces for each tab in adjoining lines with tabs; None if spaces are among them."""
    first = last = stop.line
    while first and stop.lines[first - 1].startswith("\t"):
        first -= 1
    while last + 1 < len(stop.lines) and stop.lines[last + 1].startswith("\t"):
        last += 1
    depths = {number: _indent(stop.lines[number]) for number in range(first, last + 1)}
    if any(stop.lines[number][:depth].strip("\t") for number, depth in depths.items()):
        return None
    edits = (Edit(_span(number, 0, depth), "  " * depth) for number, depth in depths.items())
    return Fix("indent with spaces", tuple(edits))


def _indentation(stop: _Stop) -> Fault | None:
    """Find a line that is indented more or less than the one above."""
    line, before = stop.text, stop.line_at(stop.line_above)
    depth, wanted = _indent(line), _indent(before)
    is_item = line.lstrip().startswith("-")
    if stop.line_above == stop.line or not line.strip() or depth == wanted or not (is_item or _FIELD.match(line)):
        return None
    depths = [counted(each, "space") if each else "none" for each in (depth, wanted)]
    message = f"this line is indented by {depths[0]}, the line above by {depths[1]}"
    hint = "start fields that belong together in the same column"
    at = _span(stop.line, 0, max(depth, 1))
    return Fault(FaultKind.INDENT, message, at, hint=hint, fix=_aligned(stop, depth, wanted))


def _aligned(stop: _Stop, depth: int, wanted: int) -> Fix | None:
    """Return a fix that aligns the line with the one above; if it starts in column 1, the fields above move there."""
    above = [number for number in range(stop.line) if (text := stop.lines[number].strip()) and text[0] != "#"]
    before = stop.lines[above[-1]] if above else ""
    field = _FIELD.match(before)
    # Below a field that has its value nothing can be indented more.
    if not field or not before[field.end() :].strip():
        return None
    wrong, to = ([stop.line], wanted) if depth else (above, 0)
    for number in wrong:
        text = stop.lines[number]
        if _indent(text) != (depth or wanted) or not _FIELD.match(text) or text.lstrip().startswith("-"):
            return None
    edits = (Edit(_span(number, 0, depth or wanted), " " * to) for number in wrong)
    return Fix("start it in the same column", tuple(edits))


# Names: blanks, dashes and colons around them.


def _odd_blanks(stop: _Stop) -> Fault | None:
    """Find a no-break space, or another that YAML treats as a letter, between a field's name and its value."""
    for number in dict.fromkeys((stop.start_line, stop.line_above, stop.line)):
        line = stop.line_at(number)
        if match := None if line.isascii() else _ODD_SYNTAX.search(line):
            return odd_blank(number, match.start(match.lastindex or 0), match[match.lastindex or 0])
    return None


def odd_blank(line: int, column: int, blanks: str) -> Fault:
    """Return the fault of spaces that are not all normal ones."""
    odd = ODD_BLANK.search(blanks)
    name = f"U+{ord(odd[0]):04X}" if odd else ""
    blank = f"this is a no-break space, {name}" if name == "U+00A0" else f"this space is {name}"
    at = _span(line, column, len(blanks))
    hint = "replace it with a normal space"
    new = " " * len(blanks.replace("\u200b", ""))
    fix = Fix("replace it with a normal space" if new else "delete it", (Edit(at, new),))
    return Fault(FaultKind.BLANK, f"{blank}, not a normal space", at, "YAML treats it as a letter", hint, fix=fix)


def _stray_dashes(stop: _Stop) -> Fault | None:
    """Find a dash before a field's name, or alone on a line, where the other lines are not a list."""
    for number in dict.fromkeys((stop.line, stop.start_line)):
        line = stop.line_at(number)
        match = re.match(r"-(?: +|$)", line)
        others = [each for each in stop.lines if each.strip() and each is not line and not each.startswith(("#", " "))]
        if match and others and not any(each.startswith("-") for each in others):
            below = number + 1 < len(stop.lines)  # the last line has no newline to delete with it
            return stray_dash(number, match.end(), below and line.rstrip() == "-")
    return None


def stray_dash(line: int, length: int, alone: bool = False) -> Fault:
    """Return the fault of a dash (with blanks, `length`) before a field's name, or alone on its line."""
    where = Span(line + 1, 1, line + 2, 1) if alone else _span(line, 0, length)
    hint = "delete it: a field starts with its name"
    fix = delete("delete the dash", where)
    return Fault(FaultKind.DASH, "this - starts a list where a field is required", _span(line, 0), hint=hint, fix=fix)


def _missing_colon(stop: _Stop) -> Fault | None:
    """Find a line that is not a field: `type event`, `type:event`."""
    for number in dict.fromkeys((stop.start_line, stop.line, stop.line_above)):
        line = stop.line_at(number)
        if line and not line[0].isspace() and not _FIELD.match(line) and line[0] not in "-#\"'[{:.%":
            return no_colon(line.rstrip(), number)
    return None


def no_colon(words: str, line: int) -> Fault:
    """Return the fault of a line that is not a field, with what it may mean."""
    at = _span(line, 0, len(words))
    if odd := _ODD_COLON.match(words):
        sign = _span(line, odd.start(2), odd.end() - odd.start(2))
        message = f"{first_lookalike(odd[2])} only looks like a colon"
        colon_fix = Fix("write a colon", (Edit(sign, ": "),))
        return Fault(
            FaultKind.NO_COLON, message, sign, hint=f"write {odd[1]}: {words[odd.end() :]}".rstrip(), fix=colon_fix
        )
    name, colon, value = words.partition(":")
    if colon and value:
        is_joined = _OWN_NAME.fullmatch(name) and not value.startswith((" ", "//"))  # and not an address
        after = (Edit(_span(line, len(name)), ": "),)
        fix = Fix("add a space after the colon", after) if is_joined else None
        message, hint = "a space is missing after the colon", f"write {name}: {value.strip()}"
        return Fault(FaultKind.NO_COLON, message, at, hint=hint, fix=fix)
    name, _, value = words.partition(" ")
    hint = f"write {name}: {value.strip() or 'followed by its value'}"
    after = (Edit(_span(line, len(name), 0), ":"),)
    # The line may also continue the one above.
    fix = Fix("add a colon", after, safe=False) if value and _OWN_NAME.fullmatch(name) else None
    return Fault(FaultKind.NO_COLON, "this line has no colon after the field's name", at, hint=hint, fix=fix)


def _second_colon(stop: _Stop) -> Fault | None:
    """Find a second `: ` in a line: `title: IET lecture: storage`."""
    match = _FIELD.match(stop.text)
    if not match or stop.sign != ":" or stop.column < match.end():
        return None
    value = stop.text[match.end() :].rstrip()
    hint = f"put the value in quotes: {match['name']}: {in_quotes(value)}"
    at = _span(stop.line, stop.column)
    fix = None if value[0] in "[{" else quote(_span(stop.line, match.end(), len(value)), value)
    note = "YAML reads it as a second field"
    return Fault(FaultKind.COLON, "a value with a colon in it needs quotes", at, note, hint, fix=fix)


# Values: quotes, characters that YAML reserves, commas and brackets.


def _open_quote(stop: _Stop) -> Fault | None:
    """Find a quote that is not closed on its line: the parser continues to the next quote, far below."""
    for number, line in enumerate(stop.lines[: stop.line + 1]):
        column = _value_start(line)
        if line[column : column + 1] not in _QUOTES or _closing_quote(line, column) is not None:
            continue
        below = stop.line_at(number + 1)
        if stop.at_end or _FIELD.match(below):
            return _unclosed(line, number, column, sure=not below[:1].isspace())
    if stop.at_end and stop.opener in _QUOTES:
        return _unclosed(stop.lines[stop.start_line], stop.start_line, stop.start_column)
    return None


def _unclosed(line: str, number: int, column: int, sure: bool = False) -> Fault:
    """Return the fault of a quote that is not closed. A single one may be an apostrophe: `'tis`."""
    sign = line[column]
    inner = line[column + 1 :].rstrip()
    at = _span(number, column)
    message = "this double quote is not closed" if sign == '"' else "this single quote is not closed"
    if not inner or "\\" in inner or inner[-1] in "]}" or " #" in inner:
        return Fault(FaultKind.QUOTE, message, at, hint=f"close it with {sign} where the value ends")
    sure = sure and sign == '"' and not inner.endswith("'")
    fix = Fix("close the quote", (Edit(_span(number, column, len(inner) + 1), in_quotes(inner)),), sure)
    return Fault(FaultKind.QUOTE, message, at, hint=f"write {in_quotes(inner)}", fix=fix)


def _closing_quote(line: str, column: int) -> int | None:
    """Return the column of the quote that closes the one at a column; None if the line has none."""
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


def _escape(stop: _Stop) -> Fault | None:
    """Find a backslash between double quotes, as in a Windows path."""
    column = stop.text.rfind("\\", 0, stop.column + 1)
    if stop.opener != '"' or stop.start_line != stop.line or column <= stop.start_column:
        return None
    end = _closing_quote(stop.text, stop.start_column)
    inner = stop.text[stop.start_column + 1 : end] if end else ""
    value = inner.replace("'", "''")
    hint = f"write '{value}'" if value else "put the value in single quotes, or double the backslash"
    fix = None
    if value and '\\"' not in inner:
        # The text as it is, with its backslashes. It is sure for a path, or if none of them is an escape.
        sure = re.match(r"[A-Za-z]:\\\w", inner) or not _ESCAPES.intersection(re.findall(r"\\(.?)", inner))
        where = _span(stop.start_line, stop.start_column, len(inner) + 2)
        fix = Fix("put the value in single quotes", (Edit(where, f"'{value}'"),), bool(sure))
    pair = stop.text[column : column + 2]
    at = _span(stop.line, column, len(pair))
    return Fault(FaultKind.ESCAPE, f"{pair} is not a valid escape between double quotes", at, hint=hint, fix=fix)


def _words_after_quote(stop: _Stop) -> Fault | None:
    """Find words after a closed quote: `"Storage" lecture`, `'don't'`."""
    column = _value_start(stop.text)
    sign = stop.text[column : column + 1]
    if sign not in _QUOTES:
        return None
    end = _closing_quote(stop.text, column)
    rest = stop.text[end + 1 :].rstrip() if end is not None else ""
    if end is None or stop.column <= end or not rest or rest.lstrip().startswith("#"):
        return None
    value = whole = stop.text[column:].rstrip()
    sure = True
    if rest[0].isalnum():
        sure = value.endswith(sign) and len(value) > 2
        value = value[1:].removesuffix(sign)
    hint = f"write {in_quotes(value)}"
    fix = quote(_span(stop.line, column, len(whole)), value, sure and rest[0] not in ",:")
    at = _span(stop.line, end)
    return Fault(FaultKind.AFTER_QUOTE, "the quote ends here, but the value continues", at, hint=hint, fix=fix)


def _reserved_start(stop: _Stop) -> Fault | None:
    """Find a value that starts with a character that YAML reserves."""
    for number in dict.fromkeys((stop.line, stop.start_line)):
        line = stop.line_at(number)
        column = _value_start(line)
        value = line[column:].rstrip()
        field = _FIELD.match(line)
        name = field["name"] if field else ""
        if value == "-" or value.startswith("- "):
            return _dash_after_name(name, value, number, column)
        announces_block = re.fullmatch(r"[|>][+-]?[1-9]?[+-]?(\s+#.*)?", value)
        if value and value[0] in _RESERVED and not announces_block:
            return _reserved(f"{name}: " if name else "", value, number, column)
    if stop.sign and stop.sign in _RESERVED and stop.sign != ",":
        return _reserved("", re.split(r"[],}]", stop.text[stop.column :])[0].rstrip(), stop.line, stop.column)
    return None


def _reserved(field: str, value: str, line: int, column: int) -> Fault:
    hint = f"put the value in quotes: {field}{in_quotes(value)}"
    message = f"a value cannot start with {value[0]} unless it is in quotes"
    fix = quote(_span(line, column, len(value)), value)
    return Fault(FaultKind.RESERVED, message, _span(line, column), hint=hint, fix=fix)


def _dash_after_name(name: str, value: str, line: int, column: int) -> Fault:
    """Return the fault of a dash after a field's name: an item of a list in the wrong place, or nothing."""
    whole, at, item = _span(line, column, len(value)), _span(line, column), value[1:].strip()
    if not item:
        hint = f"delete it, or write {name}: {in_quotes('-')}"
        fix = delete("delete the -", whole, safe=False)
        return Fault(FaultKind.DASH, "this - starts a list, but nothing follows", at, hint=hint, fix=fix)
    hint = f"start the list on its own line, or write {name}: [{item}]"
    is_plain = not set(item) & set("#[]{},:\"'")
    as_list = write(whole, f"[{item}]", safe=False) if is_plain else None
    return Fault(FaultKind.DASH, "a list cannot start on the same line as its name", at, hint=hint, fix=as_list)


def _comma(stop: _Stop) -> Fault | None:
    """Find two commas without a value between them."""
    if stop.sign != ",":
        return None
    at = _span(stop.line, stop.column)
    blanks = len(stop.text) - stop.column - len(stop.text[stop.column + 1 :].lstrip(" "))
    fix = delete("delete the comma", _span(stop.line, stop.column, blanks))
    hint = "delete it, or put the value in quotes"
    return Fault(FaultKind.SYNTAX, "there is no value before this comma", at, hint=hint, fix=fix)


def _bracket(stop: _Stop) -> Fault | None:
    """Find a bracket that is not closed, one that closes nothing, or words after one."""
    if stop.sign and stop.sign in "]}":
        at, hint = _span(stop.line, stop.column), "delete it, or put the value in quotes"
        return Fault(FaultKind.BRACKET, f"this {stop.sign} has no opening bracket", at, hint=hint)
    column = _value_start(stop.text)
    value = stop.text[column:].rstrip()
    partner = _PARTNER.get(value[:1], "")
    if partner and partner in value[:-1] and stop.column > column:
        at = _span(stop.line, stop.text.index(partner, column))
        hint = f"put the value in quotes: {in_quotes(value)}"
        inner, _, rest = value.partition(partner)
        sure = "," not in inner and re.match(r" ?\w", rest) is not None
        fix = quote(_span(stop.line, column, len(value)), value, sure)
        return Fault(FaultKind.BRACKET, f"the {partner} ends the value here, but it continues", at, hint=hint, fix=fix)
    return _open_bracket(stop)


def _open_bracket(stop: _Stop) -> Fault | None:
    """Find a bracket that is not closed, or whose closing bracket is in a comment."""
    for number in range(min(stop.line, len(stop.lines) - 1), -1, -1):
        line = stop.lines[number].rstrip()
        column = _value_start(line)
        partner = _PARTNER.get(line[column : column + 1], "")
        if (item := _HIDDEN_ITEM.fullmatch(line)) and is_attached(item[2][1:]):
            at = _span(number, item.start(2), len(item[2]))
            message = f"this # turns the {item[3][0]} after it into a comment"
            hint = f"put the words with the # in quotes: {in_quotes(item[2])}"
            return Fault(FaultKind.BRACKET, message, at, hint=hint, fix=quote(at, item[2]))
        hash_ = re.search(r"(?<=[ \[{,])#", line[column:])
        before, comment = (line[column:][: hash_.start()], line[column:][hash_.end() :]) if hash_ else ("", "")
        if partner and hash_ and partner in comment and partner not in before:
            at = _span(number, column + len(before))
            hint = "put the words with the # in quotes, or close the bracket before the #"
            new = quoted_items(line[column:]) if is_attached(comment) else ""
            edit = Edit(_span(number, column, len(line) - column), new)
            in_their_quotes = Fix("put the words with the # in quotes", (edit,)) if new else None
            message = f"this # turns the {partner} after it into a comment"
            return Fault(FaultKind.BRACKET, message, at, hint=hint, fix=in_their_quotes)
        if partner and partner not in line[column:]:
            hint = f"write {line[column:]}{partner}"
            fix = None
            below = next((each for each in stop.lines[number + 1 :] if each.strip()), "")
            is_last_of_list = not below or (not below[0].isspace() and _FIELD.match(below) is not None)
            if "#" not in line and not line.endswith(",") and is_last_of_list:
                fix = Fix(f"close it with {partner}", (Edit(_span(number, len(line), 0), partner),))
            at = _span(number, column)
            return Fault(FaultKind.BRACKET, f"this {line[column]} is not closed", at, hint=hint, fix=fix)
    return None


def _comment_inside(stop: _Stop) -> Fault | None:
    """Find a value over several lines that ` #` cuts off: `title: Panel #Women` and `  in Engineering` below."""
    above = stop.line_above
    line, column = stop.line_at(above), _value_start(stop.line_at(above))
    hash_ = line.find(" #", column)
    after = comment_at(line, hash_) if hash_ > column else None
    if above == stop.line or not after or not stop.text[:1].isspace() or _FIELD.match(stop.text):
        return None
    fix = None
    if is_attached(after) and not set(line[column:] + stop.text) & set("\"'\\") and _value_ends(stop):
        ends = (_span(above, column, 0), _span(stop.line, len(stop.text.rstrip()), 0))
        fix = Fix("put the value in quotes", tuple(Edit(end, '"') for end in ends))
    message = "# starts a comment here, but the value continues below"
    hint = "put the value in quotes, or write it on one line"
    at = _span(above, hash_ + 1, len(line.rstrip()) - hash_ - 1)
    return Fault(FaultKind.SYNTAX, message, at, hint=hint, fix=fix)


def _value_ends(stop: _Stop) -> bool:
    """Return whether the next line starts another value, or there is none."""
    below = stop.line_at(stop.line + 1)
    return not below.strip() or not below[0].isspace() or _FIELD.match(below) is not None
