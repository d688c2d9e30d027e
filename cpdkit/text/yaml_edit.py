"""Changes to the fields of a front matter, as edits. The rest of the file stays byte for byte.

Values are passed as YAML (`yaml_scalars.scalar` converts a text); lines after the first are written below the field's
name exactly as they are.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cpdkit.diagnostics import Edit, Span
from cpdkit.text.front_matter import split
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, parse, span


class Position(NamedTuple):
    """A line and a column of the file, from 1."""

    line: int
    column: int


class CannotEdit(ValueError):
    """The front matter cannot be changed field by field."""


class FieldEditor:
    """Edits the fields of one record's text (newlines `\\n`). Raises Unreadable if it cannot be read."""

    def __init__(self, text: str) -> None:
        parts = split(text)
        self.lines = text.split("\n")
        self.stop = parts.line + text.count("\n", parts.start, parts.stop)
        self.mapping: MappingNode = parse(parts.placed)
        keys = self.mapping.keys.values()
        if any(span(key).column != 1 for key in keys):
            raise CannotEdit("not every field starts at the beginning of a line")

    def put(self, name: str, value: str, order: Sequence[str] = ()) -> list[Edit]:
        """Set a field, replacing its old value; a new field goes after those that precede it in `order`."""
        if name not in self.mapping.keys:
            return [self._inserted(name, value, order)]
        colon = self._after_colon(self.mapping.keys[name])
        start, stop = self._extent(name)
        if start == stop:
            return [_edit(colon, colon, _spaced(value))]
        if start.line == colon.line:
            return [_edit(colon if value.startswith("\n") else start, stop, value)]
        # A comment after the colon stays; the lines below, which contain the old value, are deleted.
        below = Position(start.line, 1)
        return [_edit(colon, colon, _spaced(value)), _edit(below, self._next_line(stop), "")]

    def drop(self, name: str) -> list[Edit]:
        """Delete a field with its lines; no edits if the file does not have it."""
        if name not in self.mapping.keys:
            return []
        _, stop = self._extent(name)
        return [_edit(Position(span(self.mapping.keys[name]).line, 1), self._next_line(stop), "")]

    def add(self, name: str, item: str, order: Sequence[str] = ()) -> list[Edit]:
        """Add an item (YAML for between brackets) to a list; a single value becomes a list of two."""
        node = self.mapping.values.get(name)
        if node is None:
            return self.put(name, f"[{item}]", order)
        start, stop = self._extent(name)
        if start == stop:
            return self.put(name, f"[{item}]", order)
        if isinstance(node, SequenceNode) and not self._is_flow(start):
            indent = self.lines[start.line - 1][: start.column - 1]
            at = self._next_line(stop)
            return [_edit(at, at, f"{indent}- {item}\n")]
        if isinstance(node, SequenceNode):
            at = Position(stop.line, stop.column - 1)
            last = extent(node.items[-1], self.lines)[1] if node.items else at
            return [_edit(last, last, f", {item}" if node.items else item)]
        if isinstance(node, MappingNode):
            raise CannotEdit(f"{name} is not a list")
        return [_edit(start, start, "["), _edit(stop, stop, f", {item}]")]

    def remove(self, name: str, number: int) -> list[Edit]:
        """Delete an item (counted from 0) of a list; the field goes with its last item."""
        node = self.mapping.values[name]
        if not isinstance(node, SequenceNode) or len(node.items) == 1:
            return self.drop(name)
        start, stop = extent(node.items[number], self.lines)
        if not self._is_flow(self._extent(name)[0]):
            return [_edit(Position(start.line, 1), self._next_line(stop), "")]
        if number:
            return [_edit(extent(node.items[number - 1], self.lines)[1], stop, "")]
        return [_edit(start, extent(node.items[1], self.lines)[0], "")]

    def replace(self, name: str, number: int, item: str) -> list[Edit]:
        """Replace an item of a list (YAML for between brackets); a single value is item 0."""
        node = self.mapping.values[name]
        start, stop = extent(node.items[number] if isinstance(node, SequenceNode) else node, self.lines)
        return [_edit(start, stop, item)]

    def put_part(self, name: str, number: int, part: str, value: str) -> list[Edit]:
        """Set a part of a list's item, which is a mapping; a new part goes after the others."""
        node = self.mapping.values[name]
        item = node.items[number] if isinstance(node, SequenceNode) else node
        if not isinstance(item, MappingNode) or not item.keys:
            raise CannotEdit(f"item {number + 1} of {name} has no parts")
        if part in item.keys:
            start, stop = extent(item.values[part], self.lines)
            at = self._after_colon(item.keys[part])
            return [_edit(at, at, f" {value}") if start == stop else _edit(start, stop, value)]
        key, last = list(item.keys.values())[-1], list(item.values.values())[-1]
        start, stop = extent(last, self.lines)
        if not self._is_flow(extent(item, self.lines)[0]):
            at = self._next_line(self._after_colon(key) if start == stop else stop)
            return [_edit(at, at, f"{' ' * (span(key).column - 1)}{part}: {value}\n")]
        if start == stop:
            raise CannotEdit(f"{key.value} has no value")
        return [_edit(stop, stop, f", {part}: {value}")]

    def rename(self, name: str, new: str) -> list[Edit]:
        """Rename a field."""
        return [Edit(span(self.mapping.keys[name]), new)]

    def _is_flow(self, start: Position) -> bool:
        return self.lines[start.line - 1][start.column - 1 : start.column] in ("[", "{")

    def _extent(self, name: str) -> tuple[Position, Position]:
        return extent(self.mapping.values[name], self.lines)

    def _after_colon(self, name: ScalarNode) -> Position:
        """Return the place after the colon of a name. Raises CannotEdit if there is none."""
        key = span(name)
        at = self.lines[key.end_line - 1].find(":", key.end_column - 1)
        if at < 0:
            raise CannotEdit(f"there is no colon after {name.value}")
        return Position(key.end_line, at + 2)

    def _next_line(self, at: Position) -> Position:
        return Position(at.line + 1, 1)

    def _inserted(self, name: str, value: str, order: Sequence[str]) -> Edit:
        known = order.index(name) if name in order else len(order)
        before = [field for field in self.mapping.keys if field in order[:known]]
        line = self._extent(before[-1])[1].line + 1 if before else self.stop
        at = Position(line, 1)
        return _edit(at, at, f"{name}:{_spaced(value)}\n")


def _spaced(value: str) -> str:
    """Return a value as it is written after its colon; one that starts on the next line has its own newline."""
    return value if value.startswith("\n") else f" {value}"


def extent(node: Node, lines: Sequence[str]) -> tuple[Position, Position]:
    """Return where a value starts and ends, without the comments and blank lines after it.

    An empty value starts where it ends.
    """
    where = span(node)
    start = Position(where.line, where.column)
    if isinstance(node, ScalarNode):
        return start, _scalar_stop(node, where, lines)
    if lines[start.line - 1][start.column - 1 : start.column] in ("[", "{"):
        return start, Position(where.end_line, where.end_column)
    last = node.items[-1] if isinstance(node, SequenceNode) else list(node.values.values())[-1]
    key = None if isinstance(node, SequenceNode) else list(node.keys.values())[-1]
    _, stop = extent(last, lines)
    # The parser places the empty value of a last key far after it.
    return start, max(stop, Position(span(key).end_line, span(key).end_column + 1)) if key else stop


def _scalar_stop(node: ScalarNode, where: Span, lines: Sequence[str]) -> Position:
    if node.style not in ("|", ">"):
        return Position(where.end_line, where.end_column)
    # A block ends where the next line starts; blank lines at its end are not part of it.
    line = where.end_line - (1 if where.end_column == 1 else 0)
    line = min(line, len(lines))
    while line > where.line and not lines[line - 1].strip():
        line -= 1
    return Position(line, len(lines[line - 1]) + 1)


def _edit(start: Position, stop: Position, new: str) -> Edit:
    return Edit(Span(*start, *stop), new)
