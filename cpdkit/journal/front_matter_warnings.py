"""Warnings for what YAML silently ignores: a byte order mark, spaces at the end of a line, a value cut off by `#`."""

import re
from collections.abc import Iterator, Sequence

from cpdkit.diagnostics import BOM_SPAN, Edit, Fix, Span
from cpdkit.journal.compound_types import EVIDENCE, Entries, EvidenceList, One
from cpdkit.journal.declarations import Fields
from cpdkit.journal.field_types import FieldType, Items, Line, Text
from cpdkit.journal.file_problems import Problems, swallowed
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, span
from cpdkit.text.yaml_comments import is_attached, is_cut
from cpdkit.text.yaml_scalars import flow_list, in_quotes, write


def note_warnings(front: str, mapping: MappingNode, table: Fields, to: Problems) -> None:
    """Report what is invisible in a front matter but may matter. `front` keeps the line numbers of the file."""
    if to.source.bom:
        fix = Fix("delete it", (Edit(BOM_SPAN, ""),))
        hint = "save the file as UTF-8 without the mark; some programs read it as a letter"
        to.add("CPD117", Span(1, 1, 1, 2), "the file starts with a byte order mark", hint=hint, fix=fix)
    if " \n" in front or "\t\n" in front:
        _trailing(front, mapping, to)
    if " #" in front or "\t#" in front:
        for node, kind in _texts(mapping, table):
            _cut(node, kind, to)
        _hidden_items(front.split("\n"), mapping, to)


def _trailing(front: str, mapping: MappingNode, to: Problems) -> None:
    """Report spaces at the ends of lines, except inside a text of several lines, where they may be intended."""
    inside = {line for node in mapping.values.values() for line in _lines_inside(node)}
    lines = enumerate(front.split("\n"), 1)
    found = [
        Span(number, len(line.rstrip(" \t")) + 1, number, len(line) + 1)
        for number, line in lines
        if line.endswith((" ", "\t")) and number not in inside
    ]
    if found:
        message = "this line ends in spaces" if len(found) == 1 else f"{len(found)} lines end in spaces, first this one"
        fix = Fix("delete the spaces", tuple(Edit(each, "") for each in found))
        to.add("CPD118", found[0], message, hint="delete the spaces: they cause changes that nobody sees", fix=fix)


def _lines_inside(node: Node) -> Iterator[int]:
    """Yield the numbers of the lines inside texts of several lines."""
    if type(node) is ScalarNode:
        where = span(node)
        yield from range(where.line + (node.style in ("|", ">")), where.end_line)
    else:
        for each in node.items if type(node) is SequenceNode else node.values.values():  # type: ignore[union-attr]
            yield from _lines_inside(each)


def _texts(mapping: MappingNode, table: Fields) -> Iterator[tuple[ScalarNode, FieldType | None]]:
    """Yield the texts of fields with words at any depth, each with its type (None in a field of the owner).

    Dates, hours and fixed values are not among them.
    """
    for name, node in mapping.values.items():
        field = table.known.get(name)
        yield from _texts_of(node, field.kind if field else None)


def _texts_of(node: Node, kind: FieldType | None) -> Iterator[tuple[ScalarNode, FieldType | None]]:
    if type(node) is SequenceNode:
        for item in node.items:
            yield from _texts_of(item, kind.kind if isinstance(kind, Items) else kind)
    elif type(node) is MappingNode:
        if table := _table_of(kind):
            yield from _texts(node, table)
        elif kind is None:
            for value in node.values.values():
                yield from _texts_of(value, None)
    elif type(node) is ScalarNode and (kind is None or isinstance(kind, Line | Text | EvidenceList | Entries | Items)):
        yield node, kind


def _table_of(kind: FieldType | None) -> Fields | None:
    """Return the fields of a mapping, for the types that have some."""
    if isinstance(kind, EvidenceList):
        return EVIDENCE
    one = kind.one if isinstance(kind, Entries) else kind
    return one.fields if isinstance(one, One) else None


def _cut(node: ScalarNode, kind: FieldType | None, to: Problems) -> None:
    """Report a value without quotes that seems to continue after ` #`, because the rest is not like a comment."""
    place = swallowed(node, to.source)
    if place is None:
        return
    line, where = to.source.line(place.line), span(node)
    after = line[place.column :].rstrip()
    if kind is None and not is_attached(after):
        return
    if not node.value:
        _hidden(place, f"#{after}", isinstance(kind, Items), to)
        return
    shown = node.value if len(node.value) <= 40 else f"…{node.value[-39:]}"
    message = f'# starts a comment here, so the value is "{shown}"'
    if where.line != where.end_line:
        ends = (Span.point(where.line, where.column), Span.point(place.line, place.end_column))
        edits = tuple(Edit(Span(end.line, end.column, end.line, end.column), '"') for end in ends)
        is_plain = not set('"\\') & set("".join(map(to.source.line, range(where.line, place.line + 1))))
        quotes = Fix("put the value in quotes", edits, is_attached(after)) if is_plain else None
        hint = "put the value in quotes, or start the comment with a word"
        to.add("CPD119", place, message, hint=hint, fix=quotes)
        return
    whole = line[where.column - 1 :].rstrip()
    edit = Edit(Span(where.line, where.column, where.line, place.end_column), in_quotes(whole))
    fix = Fix("put the value in quotes", (edit,), is_attached(after))
    hint = f"put the value in quotes: {in_quotes(whole)}; or start the comment with a word"
    to.add("CPD119", place, message, hint=hint, fix=fix)


def _hidden(place: Span, value: str, is_list: bool, to: Problems) -> None:
    """Report a value that is a comment as a whole."""
    tags = value.split()
    written = flow_list(tags) if is_list and all(tag[0] == "#" for tag in tags) else in_quotes(value)
    message = "# starts a comment here, so this value is empty"
    to.add("CPD142", place, message, hint=f"put it in quotes: {written}", fix=write(place, written))


def _hidden_items(lines: Sequence[str], mapping: MappingNode, to: Problems) -> None:
    """Report a line of a list in brackets that starts with a hashtag, so that the list does not have the item."""
    for node in mapping.values.values():
        if type(node) is not SequenceNode or to.source.line(span(node).line)[span(node).column - 1 :][:1] != "[":
            continue
        for number in range(span(node).line + 1, span(node).end_line + 1):
            line = lines[number - 1]
            match = re.fullmatch(r"(\s*)(#[^,]*[^,\s])\s*(?:,\s*)?", line)
            if match and is_cut("", match[2][1:]):
                _hidden(Span(number, match.start(2) + 1, number, match.end(2) + 1), match[2], False, to)
