"""One file of a journal as an editor holds it: where its fields are, what they say, and which fields there may be."""

from functools import cached_property
from typing import NamedTuple

from cpdkit.editor.outline import Outline, Path, Token, numbered
from cpdkit.editor.positions import Text
from cpdkit.journal.compound_types import EVIDENCE, Entries, EvidenceList, One
from cpdkit.journal.field_types import Kind
from cpdkit.journal.fields import Field, Fields
from cpdkit.journal.member import MEMBER
from cpdkit.journal.paths import MEMBER_FILE
from cpdkit.journal.reader import FORMS
from cpdkit.text.front_matter import FENCE


class Meaning(NamedTuple):
    """What a path of keys leads to: the field, its name with those above it, and the keys below that are no fields."""

    field: Field
    names: tuple[str, ...]
    rest: tuple[str, ...]


class Page:
    """One file. `path` is the journal's name for it, `table` the fields it may have; None where it holds no record."""

    def __init__(self, path: str, text: Text) -> None:
        self.path = path
        self.text = text
        self.table = table_of(path)

    @cached_property
    def front(self) -> tuple[int, int]:
        """The lines, from and up to, that hold fields, counted from 0; none where there is no front matter."""
        lines = self.text.lines
        if self.path == MEMBER_FILE:
            return 0, len(lines)
        first = next((number for number, line in enumerate(lines) if line.strip()), None)
        if first is None or lines[first].rstrip(" \t") != FENCE:
            return 0, 0
        close = next((number for number in range(first + 1, len(lines)) if lines[number].rstrip(" \t") == FENCE), None)
        return first + 1, len(lines) if close is None else close

    @property
    def is_closed(self) -> bool:
        """Whether a second fence ends the fields."""
        return 0 < self.front[1] < len(self.text.lines)

    @cached_property
    def outline(self) -> Outline:
        """All keys and values."""
        return Outline(numbered(self.text.lines, *self.front))

    def outline_to(self, line: int, column: int) -> Outline:
        """Keys and values up to a place, and the state there."""
        lines = numbered(self.text.lines, self.front[0], line)
        return Outline([*lines, (line, self.text.line(line)[:column])])

    def in_front(self, line: int) -> bool:
        """Whether a line, counted from 0, belongs to the fields."""
        return self.front[0] <= line < self.front[1]

    def token_at(self, line: int, column: int) -> Token | None:
        """The key or value at a place."""
        return self.outline.at(line, column) if self.in_front(line) else None

    def meaning(self, path: Path) -> Meaning | None:
        """The field that a path of keys leads to."""
        return meaning(self.table, path) if self.table else None


def table_of(path: str) -> Fields | None:
    """The fields that a file of the journal may have."""
    if path == MEMBER_FILE:
        return MEMBER
    form = FORMS.get(path.partition("/")[0])
    return form.fields if form and path.endswith(".md") else None


def meaning(table: Fields, path: Path) -> Meaning | None:
    """The field that a path of keys leads to, as deep as there are fields."""
    names = tuple(step for step in path if isinstance(step, str))
    inner: Fields | None = table
    found: Field | None = None
    for number, name in enumerate(names):
        each = inner.known.get(name) if inner else None
        if each is None:
            return Meaning(found, tuple(names[:number]), names[number:]) if found else None
        found, inner = each, fields_in(each.kind)
    return Meaning(found, names, ()) if found else None


def fields_of(table: Fields, path: Path) -> Fields | None:
    """The fields that the mapping at a path may have; None where it has none of ours."""
    if not any(isinstance(step, str) for step in path):
        return table
    found = meaning(table, path)
    return fields_in(found.field.kind) if found and not found.rest else None


def fields_in(kind: Kind) -> Fields | None:
    """The fields of a kind of value that has parts."""
    if isinstance(kind, Entries):
        return kind.one.fields
    if isinstance(kind, One):
        return kind.fields
    return EVIDENCE if isinstance(kind, EvidenceList) else None
