"""Change fields of a file from `hours=1h30` or `topics+=safety`: from the file's bytes to the new bytes.

All other bytes stay exactly the same. A change that would make a record unreadable raises an error before anything is
written.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cpdkit.diagnostics import Diagnostic, Edit, Span
from cpdkit.errors import CpdError, UsageError
from cpdkit.journal.codes import of_fault
from cpdkit.journal.declarations import OWN, UNSURE, Field, Fields
from cpdkit.journal.field_types import FieldType
from cpdkit.journal.reader import Record, RecordKind, read_record
from cpdkit.journal.record_writer import bare_scalar
from cpdkit.text.edits import apply
from cpdkit.text.faults import Unreadable
from cpdkit.text.front_matter import split
from cpdkit.text.source import decode, line_and_column
from cpdkit.text.yaml import Node, SequenceNode
from cpdkit.text.yaml_edit import CannotEdit, FieldEditor
from cpdkit.text.yaml_scalars import block_text, flow_list, scalar

DESCRIPTION = "description"
"""The name for the text above the first heading of a record, which is not a field."""
_CHANGE = r"(?s)\s*(\w+(?:-\w+)*)\s*(\+=|-=|=)(.*)"


class Operator(StrEnum):
    """The operation of a change: set a field, add to a list, or remove from a list."""

    PUT = "="
    ADD = "+="
    TAKE = "-="


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one field. To set an empty `value` removes the field."""

    name: str
    how: Operator
    value: str


class Refused(CpdError):
    """A change would make a record unreadable. Nothing was written."""

    def __init__(self, path: str, diagnostics: Sequence[Diagnostic]) -> None:
        first = diagnostics[0]
        super().__init__(f"{path} was not changed: {first.message}")
        self.hint = first.note or first.hint
        self.path = path
        self.diagnostics = tuple(diagnostics)


def parse_change(text: str, table: Fields) -> Change:
    """Return the change in `hours=1.5`, `topics+=safety`, `topics-=ethics` or `location=`, or raise UsageError."""
    match = re.fullmatch(_CHANGE, text)
    if not match:
        raise UsageError(f'"{text}" does not set a field', "write field=value; for lists, field+=value or field-=value")
    name, how, value = match[1], Operator(match[2]), match[3].strip()
    if name == DESCRIPTION and how is not Operator.TAKE:
        return Change(name, how, value)
    field = table.known.get(name)
    if field is None and not name.startswith(OWN):
        near = table.nearest(name)
        hint = (
            f'did you mean "{near}"?'
            if near
            else f"for a field of your own, write {OWN}{name}; cpd schema lists the fields"
        )
        raise UsageError(f'unknown field "{name}"', hint)
    if how is not Operator.PUT and not (field and field.kind.is_list):
        raise UsageError(f"{name} is not a list", f"write {name}=value")
    return Change(field.name if field else name, how, value)


def with_changes(path: str, data: bytes, kind: RecordKind, changes: Sequence[Change]) -> bytes:
    """Return a record's bytes after all changes, in order.

    Raise Refused if the record can't be read before or after the changes.
    """
    for change in changes:
        data = apply(data, _edits(path, data, kind.fields, change))
    record = record_of(path, data, kind)
    unsure = unsure_fields(record.own)
    left = [name for name in unsure if name not in {change.name for change in changes if change.value}]
    if left != unsure:
        data = apply(data, _edits(path, data, kind.fields, Change(UNSURE, Operator.PUT, ", ".join(left))))
    return data


def unsure_fields(own: Mapping[str, str]) -> list[str]:
    """Return the names of the fields whose values are only placeholders, from a record's own fields."""
    return [name for part in own.get(UNSURE, "").split(",") if (name := part.strip())]


def typed_yaml(field: Field | None, value: str) -> str:
    """Return a typed value as YAML for a field. `a, b` becomes a list if the field is a list."""
    kind = field.kind if field else None
    if value[:1] in ("[", "{") and not (kind and kind.is_words):
        return value
    if kind and kind.is_list:
        return flow_list([part for each in value.split(",") if (part := each.strip())])
    return block_text(value) if kind is None or kind.is_words else bare_scalar(value)


def _edits(path: str, data: bytes, table: Fields, change: Change) -> list[Edit]:
    """Return the edits of one change. A field that the file has under an alias keeps that name."""
    try:
        editor = FieldEditor(decode(path, data).text)
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None
    except CannotEdit as error:
        raise UsageError(f"cannot change {path}: {error}", "change it in an editor") from None
    if change.name == DESCRIPTION:
        return [_description(path, data, change)]
    field = table.known.get(change.name)
    aliases = field.aliases if field else ()
    name = next((each for each in (change.name, *aliases) if each in editor.mapping.keys), change.name)
    order = [each.name for each in table.fields]
    if change.how is Operator.TAKE:
        return _taken(editor, name, field.kind if field else None, change.value)
    if not change.value:
        return editor.drop(name)
    if change.how is Operator.ADD:
        return _added(editor, name, change.value, order)
    return editor.put(name, typed_yaml(field, change.value), order)


def _description(path: str, data: bytes, change: Change) -> Edit:
    """Return the edit that replaces the text above the first heading, or adds a paragraph to it."""
    # Few changes are to a text, and the reader of Markdown is slow to import.
    from cpdkit.journal.sections import sections  # noqa: PLC0415

    text = decode(path, data).text
    parts = split(text)
    before = sections(parts.below)
    end = next((each.start for each in before if each.level), len(parts.below))
    old = parts.below[:end].strip("\n") if change.how is Operator.ADD else ""
    new = "\n\n".join(part for part in (old, change.value.replace("\r\n", "\n").strip()) if part)
    rest = parts.below[end:]
    block = f"\n{new}\n{f'{chr(10)}' if rest else ''}" if new else "\n" if rest else ""
    if [each[2:] for each in sections(block + rest) if each.level] != [each[2:] for each in before if each.level]:
        hint = "remove headings, and close code blocks and comments; or write the text in an editor"
        raise UsageError(f"{path} was not changed: the description would break the text below it", hint)
    start, stop = line_and_column(text, parts.body), line_and_column(text, parts.body + end)
    return Edit(Span(*start, *stop), block)


def _added(editor: FieldEditor, name: str, value: str, order: Sequence[str]) -> list[Edit]:
    items = texts_of(editor.mapping.values.get(name))
    return [] if value in items else editor.add(name, scalar(value, flow=True), order)


def _taken(editor: FieldEditor, name: str, kind: FieldType | None, value: str) -> list[Edit]:
    items = texts_of(editor.mapping.values.get(name))
    return editor.remove(name, items.index(value)) if kind and value in items else []


def texts_of(node: Node | None) -> list[str]:
    """Return the items of a list as texts. A single value is a list of one; an item that is not text is empty."""
    if node is None:
        return []
    items = node.items if isinstance(node, SequenceNode) else [node]
    return [str(getattr(item, "value", "")) for item in items]


def record_of(path: str, data: bytes, kind: RecordKind) -> Record:
    """Return the record in a file with these bytes. Raise Refused if it can't be read."""
    try:
        record, diagnostics = read_record(decode(path, data), kind)
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None
    if record is None:
        raise Refused(path, sorted(diagnostics, key=lambda each: (each.severity, each.order)))
    return record
