"""The fields of a file in an editor: where the keys and values are, even in unfinished YAML, and what they mean.

The real reader rejects a text with an open bracket, but while somebody types, that is the usual state. This one never
fails: it goes line by line, by indentation, brackets and colons, and recovers at the next line that looks like a field.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cpdkit.editor.positions import Text
from cpdkit.journal.compound_types import EVIDENCE, Entries, EvidenceList, One
from cpdkit.journal.declarations import Field, Fields
from cpdkit.journal.field_types import FieldType
from cpdkit.journal.member import MEMBER
from cpdkit.journal.paths import MEMBER_FILE, PEOPLE_FILE
from cpdkit.journal.people import PEOPLE
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.text.front_matter import FENCE

Step = str | int
Path = tuple[Step, ...]
"""The keys and item numbers that lead from the top to a value."""
DEEPEST = 12
"""Maximum depth; no field needs more."""
LONGEST = 4_000
"""Maximum number of characters read of a line."""


class Token(NamedTuple):
    """A key, or a value that is a text, and its place: line and columns from 0, quotes included.

    The `path` of a key ends in its own name.
    """

    path: Path
    key: bool
    text: str
    line: int
    start: int
    stop: int


@dataclass(slots=True)
class Block:
    """A list or mapping in block style: the column of its entries, and the newest entry."""

    column: int
    path: Path
    last: Step

    @property
    def is_list(self) -> bool:
        return isinstance(self.last, int)

    @property
    def newest(self) -> Path:
        """Return the path of the newest entry's value."""
        return (*self.path, self.last)


@dataclass(slots=True)
class Flow:
    """A list or mapping in brackets. `last` is the number or key of the newest entry; empty before a key."""

    path: Path
    is_list: bool
    last: Step

    @property
    def wants_key(self) -> bool:
        return not self.is_list and self.last == ""

    @property
    def newest(self) -> Path:
        return self.path if self.wants_key else (*self.path, self.last)


class Outline:
    """The keys and values in some lines, and the state at their end."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self.tokens: list[Token] = []
        self.blocks: list[Block] = []
        self.flows: list[Flow] = []
        self.flow_column = 0
        self.literal: int | None = None
        self.in_comment = False
        self.number = 0
        for number, line in lines:
            self.number = number
            self.read(line[:LONGEST])

    def keys_of(self, path: Path) -> list[str]:
        """Return the keys of a mapping."""
        return [each.text for each in self.tokens if each.key and each.path[:-1] == path]

    def values_of(self, path: Path) -> list[str]:
        """Return the texts in a list, or the single one."""
        return [each.text for each in self.tokens if not each.key and each.path[: len(path)] == path]

    def at(self, line: int, column: int) -> Token | None:
        """Return the token at a place, or ending there."""
        return next((each for each in self.tokens if each.line == line and each.start <= column <= each.stop), None)

    def read(self, line: str) -> None:
        """Read the next line."""
        self.in_comment = False
        content = line.lstrip(" \t")
        column = len(line) - len(content)
        if self.flows:
            if column > self.flow_column or key_end(content) is None:
                self.in_flow(line, column)
                return
            self.flows.clear()
        if self.literal is not None and (not content or column > self.literal):
            return
        self.literal = None
        if content:
            self.in_block(line, column)

    def in_block(self, line: str, column: int) -> None:
        """Read a line in block style: any dashes, then a key with its value, or a value alone."""
        while line[column : column + 1] == "-" and line[column + 1 : column + 2] in ("", " ", "\t"):
            self.item(column)
            column = skip_blanks(line, column + 1)
            if len(self.blocks) > DEEPEST:
                return
        content = line[column:]
        end = key_end(content)
        if end is not None:
            self.key(content[:end].rstrip(), column)
            self.value(line, skip_blanks(line, column + end + 1), column)
        elif content.startswith("#"):
            self.in_comment = True
        elif content:
            self.bare_value(line, column)

    def item(self, column: int) -> None:
        """Read the dash of a list item."""
        self.close(column)
        top = self.blocks[-1] if self.blocks else None
        if top and isinstance(top.last, int) and top.column == column:
            top.last += 1
        else:
            self.blocks.append(Block(column, top.newest if top else (), 0))

    def key(self, text: str, column: int) -> None:
        """Read a key, which starts a mapping or continues one."""
        self.close(column)
        if self.blocks and self.blocks[-1].is_list and self.blocks[-1].column == column:
            self.blocks.pop()
        top = self.blocks[-1] if self.blocks else None
        if top is None or top.is_list or top.column < column:
            top = Block(column, top.newest if top else (), "")
            self.blocks.append(top)
        top.last = unquoted(text)
        self.add(top.newest, text, column, key=True)

    def close(self, column: int) -> None:
        """Close the blocks with deeper indentation."""
        while self.blocks and self.blocks[-1].column > column:
            self.blocks.pop()

    def value(self, line: str, at: int, column: int) -> None:
        """Read the value after a key or a dash."""
        first = line[at : at + 1]
        if first in ("[", "{"):
            self.flow_column = column
            self.in_flow(line, at)
        elif first in ("|", ">"):
            self.literal = column
        elif first == "#":
            self.in_comment = True
        elif first:
            self.scalar(line, at, self.blocks[-1].newest if self.blocks else ())

    def bare_value(self, line: str, column: int) -> None:
        """Read text that is neither key nor item: an unfinished key, the value of an item, or a continued value."""
        inner = [block for block in self.blocks if block.column <= column]
        top = inner[-1] if inner else None
        if top is None or (not top.is_list and top.column == column):
            self.close(column)
            self.add((*(top.path if top else ()), line[column:].rstrip()), line[column:].rstrip(), column, key=True)
        else:
            self.close(column)
            self.value(line, column, top.column)

    def scalar(self, line: str, at: int, path: Path) -> None:
        """Read a text in block style, with or without quotes, up to the end of the line."""
        stop = quote_end(line, at) if line[at] in "\"'" else comment_start(line, at)
        self.in_comment = self.in_comment or comment_start(line, stop) < len(line)
        self.add(path, line[at:stop].rstrip() if line[at] not in "\"'" else line[at:stop], at)

    def in_flow(self, line: str, at: int) -> None:
        """Read text in brackets, up to the end of the line."""
        while at < len(line):
            letter = line[at]
            if letter in "[{":
                self.open(letter == "[")
            elif letter in "]}":
                self.flows.pop()
                if not self.flows:
                    self.in_comment = comment_start(line, at) < len(line)
                    return
            elif letter == ",":
                self.next()
            elif letter == "#" and line[at - 1 : at] in ("", " ", "\t"):
                self.in_comment = True
                return
            elif letter not in " \t:":
                at = self.flow_scalar(line, at)
                continue
            at += 1
            if len(self.flows) > DEEPEST:
                self.flows.clear()
                return

    def open(self, is_list: bool) -> None:
        """Read an opening bracket."""
        path = self.flows[-1].newest if self.flows else self.blocks[-1].newest if self.blocks else ()
        self.flows.append(Flow(path, is_list, 0 if is_list else ""))

    def next(self) -> None:
        """Read a comma: the next item or key follows."""
        top = self.flows[-1]
        top.last = top.last + 1 if isinstance(top.last, int) else ""

    def flow_scalar(self, line: str, at: int) -> int:
        """Read a text in brackets; return where it ends."""
        top = self.flows[-1]
        quoted = line[at] in "\"'"
        stop = quote_end(line, at) if quoted else flow_end(line, at)
        text = line[at:stop] if quoted else line[at:stop].rstrip()
        if top.wants_key:
            name = unquoted(text)
            self.add((*top.path, name), text, at, key=True)
            if line[skip_blanks(line, stop) :].startswith(":"):
                top.last = name
        else:
            self.add(top.newest, text, at)
        return max(stop, at + 1)

    def add(self, path: Path, text: str, start: int, *, key: bool = False) -> None:
        """Add a key or a value."""
        self.tokens.append(Token(path, key, unquoted(text), self.number, start, start + len(text)))


def key_end(content: str) -> int | None:
    """Return the offset of the colon after the key that a text starts with; None if it doesn't start with a key."""
    first = content[:1]
    if first in ("", "[", "]", "{", "}", ",", "#"):
        return None
    if first in ("'", '"'):
        at = skip_blanks(content, quote_end(content, 0))
        return at if content[at : at + 1] == ":" else None
    at = content.find(":")
    while at >= 0 and content[at + 1 : at + 2] not in ("", " ", "\t"):
        at = content.find(":", at + 1)
    return at if 0 < at < comment_start(content, 0) else None


def quote_end(text: str, at: int) -> int:
    """Return the offset after the closing quote for the one at `at`; the end of the line if it isn't closed."""
    quote = text[at]
    at += 1
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 1
        elif text[at] == quote:
            if quote == '"' or text[at + 1 : at + 2] != quote:
                return at + 1
            at += 1
        at += 1
    return len(text)


def comment_start(text: str, at: int) -> int:
    """Return the offset of the blank before the next comment; the end of the line if there is none."""
    offsets = [offset for offset in (text.find(" #", at), text.find("\t#", at)) if offset >= 0]
    return min(offsets, default=len(text))


def flow_end(text: str, at: int) -> int:
    """Return where a text without quotes in brackets ends."""
    for offset in range(at, len(text)):
        letter = text[offset]
        if letter in ",[]{}" or (letter == ":" and text[offset + 1 : offset + 2] in ("", " ", "\t", ",", "]", "}")):
            return offset
        if letter == "#" and offset > at and text[offset - 1] in " \t":
            return offset
    return len(text)


def skip_blanks(text: str, at: int) -> int:
    """Return the offset of the next character other than a blank."""
    return len(text) - len(text[at:].lstrip(" \t"))


def unquoted(text: str) -> str:
    """Return a text without the quotes around it. Only escaped quotes and backslashes are decoded."""
    quote = text[:1]
    if quote not in ("'", '"'):
        return text
    inner = text[1:-1] if len(text) > 1 and text.endswith(quote) else text[1:]
    return inner.replace("''", "'") if quote == "'" else inner.replace('\\"', '"').replace("\\\\", "\\")


def numbered(lines: Sequence[str], first: int, stop: int) -> list[tuple[int, str]]:
    """Return the lines from `first` to before `stop`, with their numbers from 0."""
    return [(number, lines[number]) for number in range(first, min(stop, len(lines)))]


class Meaning(NamedTuple):
    """The field of a path of keys, the names from the top down to it, and the remaining keys that aren't fields."""

    field: Field
    names: tuple[str, ...]
    rest: tuple[str, ...]


class JournalFile:
    """One file of a journal with its text in the editor.

    `path` is its path in the journal, `table` the fields it may have; None if it isn't a record.
    """

    def __init__(self, path: str, text: Text) -> None:
        self.path = path
        self.text = text
        self.table = table_of(path)

    @cached_property
    def front(self) -> tuple[int, int]:
        """Return the first line of the fields and the line after the last, from 0; `(0, 0)` without front matter."""
        lines = self.text.lines
        if self.path in (MEMBER_FILE, PEOPLE_FILE):
            return 0, len(lines)
        first = next((number for number, line in enumerate(lines) if line.strip()), None)
        if first is None or lines[first].rstrip(" \t") != FENCE:
            return 0, 0
        close = next((number for number in range(first + 1, len(lines)) if lines[number].rstrip(" \t") == FENCE), None)
        return first + 1, len(lines) if close is None else close

    @property
    def is_closed(self) -> bool:
        """Return whether a second fence ends the fields."""
        return 0 < self.front[1] < len(self.text.lines)

    @cached_property
    def outline(self) -> Outline:
        """Return all keys and values."""
        return Outline(numbered(self.text.lines, *self.front))

    def outline_to(self, line: int, column: int) -> Outline:
        """Return the keys and values up to a place, with the state there."""
        lines = numbered(self.text.lines, self.front[0], line)
        return Outline([*lines, (line, self.text.line(line)[:column])])

    def in_front(self, line: int) -> bool:
        """Return whether a line, counted from 0, belongs to the fields."""
        return self.front[0] <= line < self.front[1]

    def token_at(self, line: int, column: int) -> Token | None:
        """Return the key or value at a place."""
        return self.outline.at(line, column) if self.in_front(line) else None

    def meaning(self, path: Path) -> Meaning | None:
        """Return the field that a path of keys leads to."""
        return meaning(self.table, path) if self.table else None


def table_of(path: str) -> Fields | None:
    """Return the fields that a file of the journal may have; None if it isn't a record."""
    if path == MEMBER_FILE:
        return MEMBER
    if path == PEOPLE_FILE:
        return PEOPLE
    kind = RECORD_KINDS.get(path.partition("/")[0])
    return kind.fields if kind and path.endswith(".md") else None


def meaning(table: Fields, path: Path) -> Meaning | None:
    """Return the field that a path of keys leads to, as deep as there are fields."""
    names = tuple(step for step in path if isinstance(step, str))
    inner: Fields | None = table
    field: Field | None = None
    for number, name in enumerate(names):
        each = inner.known.get(name) if inner else None
        if each is None:
            return Meaning(field, tuple(names[:number]), names[number:]) if field else None
        field, inner = each, fields_in(each.kind)
    return Meaning(field, names, ()) if field else None


def fields_of(table: Fields, path: Path) -> Fields | None:
    """Return the fields that the mapping at a path may have; None if it has no fixed fields."""
    if not any(isinstance(step, str) for step in path):
        return table
    place = meaning(table, path)
    return fields_in(place.field.kind) if place and not place.rest else None


def fields_in(kind: FieldType) -> Fields | None:
    """Return the fields of a kind of value with parts; None for other kinds."""
    if isinstance(kind, Entries):
        return kind.one.fields
    if isinstance(kind, One):
        return kind.fields
    return EVIDENCE if isinstance(kind, EvidenceList) else None
