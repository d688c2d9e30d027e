"""Declarations of fields, tables of fields, and the function that reads a mapping with them.

The fields of the journal's records are declared with the records, in `records.py`. The reader, the JSON Schema, the
docs, the columns of lists, imports and exports, completion and the documents use these declarations.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, Literal

from cpdkit.diagnostics import Fix, Severity, Span
from cpdkit.journal.field_types import FieldType
from cpdkit.journal.file_problems import Problems, renamed, swapped
from cpdkit.journal.spelling import is_plural, is_slip, tidied
from cpdkit.journal.value_schema import Position, Schema, Words
from cpdkit.text.faults import Fault
from cpdkit.text.yaml import NO_VALUE, MappingNode, Node, ScalarNode, SequenceNode, is_empty, own_line, same_text, span
from cpdkit.text.yaml_errors import no_colon, odd_blank, stray_dash
from cpdkit.text.yaml_scalars import ODD_BLANK, delete

OWN = "x-"
"""The prefix of a user's own fields."""
IMPORTED = "x-imported"
"""The field in which an import notes the rows that became a record, so that it recognises them."""
FOLLOWED_UP = "x-followed-up"
"""The field that marks a follow-up as done. The follow-up itself stays in the record."""
UNSURE = "x-unsure"
"""The field that names the fields of a draft whose values are only placeholders, until `cpd done` asks for them."""
MARKS = (IMPORTED, FOLLOWED_UP, UNSURE)
"""The fields that only cpdkit uses. No document prints them."""
FEW_NAMES = 20
"""With more unknown names than this in one mapping, cpdkit does not offer to rename any of them."""
Shown = Literal["fact", "detail", "heading", "nowhere"]
"""Where a document shows a field of an activity: as a fact with a label, as a word among the details, in the heading
lines of the activity, or nowhere."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    `aliases` are other names that files may use. `meant` are wrong names that lead to a suggestion. `note` and
    `example` are Markdown for the docs; the example is a YAML value. `attribute` is the attribute of the record, which
    `declared` sets.

    The other attributes matter for activities only. `headings` are column headings of imported tables (an importer
    also knows the name, the aliases and `meant`). `column` describes the column of an export, if neither the type nor
    the note does. `listed` is whether `cpd list` has the column. `shown` is where documents show the field; the label
    of a fact is `fields.<attribute>` in templates/labels. `repeated` is whether `cpd new --like` copies the field.
    """

    name: str
    kind: FieldType
    required: bool = False
    note: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    attribute: str = ""
    headings: tuple[str, ...] = ()
    column: str = ""
    listed: bool = True
    shown: Shown = "fact"
    repeated: bool = False

    @property
    def target(self) -> str:
        """The attribute of the record that gets the value."""
        return self.attribute or self.name.replace("-", "_")

    @property
    def column_accepts(self) -> str:
        """The description of an export's column in the docs."""
        return self.column or self.kind.cell_accepts or self.note or self.kind.accepts


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one kind of record. `own` allows `x-…` fields, `record` builds the record from the values."""

    name: str
    fields: tuple[Field, ...]
    own: bool = False
    record: Callable[..., Any] = dict
    known: dict[str, Field] = field(init=False, repr=False, compare=False)
    required: tuple[tuple[str, Field], ...] = field(init=False, repr=False, compare=False)
    readers: dict[str, tuple[str, Callable[[Node, Problems], Any]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare the lookups that reading a record needs, once for all records."""
        known = {name: each for each in self.fields for name in (each.name, *each.aliases)}
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "required", tuple((each.target, each) for each in self.fields if each.required))
        object.__setattr__(self, "readers", {name: (each.target, each.kind.read) for name, each in known.items()})

    @property
    def aliases(self) -> dict[str, str]:
        """The name of the field for each alias."""
        return {alias: each.name for each in self.fields for alias in each.aliases}

    def is_sure(self, name: str, near: str) -> bool:
        """Return whether an unknown name is certainly `near`: in another case, with an `s`, or one letter off."""
        tidy = tidied(name)
        names = (near, *self.known[near].aliases)
        slips = {each for each in self.known if is_slip(tidy, each)}
        return any(tidy == each or is_plural(tidy, each) for each in names) or bool(slips and slips <= set(names))

    def nearest(self, name: str) -> str:
        """Return the name of the field that an unknown name probably means, or an empty text."""
        tidy = tidied(name)
        words = {word: each.name for each in self.fields for word in (each.name, *each.aliases, *each.meant)}
        if tidy in words:
            return words[tidy]
        close = get_close_matches(tidy, words, n=1, cutoff=0.7)
        return words[close[0]] if close else ""

    def schema(self, words: Words) -> Schema:
        """Return the JSON Schema of a mapping with these fields."""
        properties = {name: self._property(each, words) for name, each in self.known.items()}
        made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        if self.own:
            made["patternProperties"] = {
                "^x-": {"description": "a field of your own; reports print it if cpd.yaml lists it under print"}
            }
        if required := [each.name for each in self.fields if each.required and not each.aliases]:
            made["required"] = required
        if rules := [rule for each in self.fields if each.aliases for rule in _one_of_its_names(each)]:
            made["allOf"] = rules
        return made

    def _property(self, each: Field, words: Words) -> Schema:
        notes = (each.kind.accepts, "required" if each.required else "", each.note)
        position = Position(self.name, each.name, words, each.required and not each.aliases)
        return {"description": "; ".join(filter(None, notes)), **each.kind.schema(position)}


def declared(record: type, name: str) -> Fields:
    """Return the fields that the class of a record declares: its attributes that are annotated with a Field."""
    attributes = dataclasses.fields(record)
    fields = [
        replace(each, attribute=attribute.name)
        for attribute in attributes
        for each in getattr(attribute.type, "__metadata__", ())
        if isinstance(each, Field)
    ]
    return Fields(name, tuple(fields), any(attribute.name == "own" for attribute in attributes), record)


def _one_of_its_names(each: Field) -> list[Schema]:
    """Return the schema rules that allow only one of a field's names."""
    names = (each.name, *each.aliases)
    given = [{"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in names]
    twice = [{"not": {"allOf": [first, second]}} for at, first in enumerate(given) for second in given[at + 1 :]]
    return [{"anyOf": given}, *twice] if each.required else twice


def read_fields(table: Fields, mapping: MappingNode, to: Problems, *, nested: bool = True) -> dict[str, Any]:
    """Return the values of a mapping by the attributes of the record, without missing and empty fields."""
    values: dict[str, Any] = {}
    own: dict[str, str] = {}
    readers = table.readers
    for name, node in mapping.values.items():
        if (reader := readers.get(name)) is None:
            _unknown(name, node, mapping, table, own, to)
            continue
        if type(node) is ScalarNode and not node.style and node.value in NO_VALUE:
            continue
        target, read = reader
        if target in values:
            _twice(name, table.known[name], mapping, to)
        values[target] = read(node, to)
    for target, each in table.required:
        if not values.get(target):
            _missing(each, mapping, table, values, to, nested=nested)
    if (end := values.get("end")) and (start := values.get("start")) and end < start:
        _backwards(f"the end, {end}, is before the start, {start}", mapping, table, to)
    if own:
        values["own"] = own
    return values


def printable(node: Node) -> str:
    """Return any value as readable text. A user's own field may contain any YAML."""
    if isinstance(node, ScalarNode):
        return "" if is_empty(node) else node.value.strip()
    if isinstance(node, SequenceNode):
        return ", ".join(printable(item) for item in node.items)
    return "; ".join(f"{name}: {printable(value)}" for name, value in node.values.items())


def _backwards(message: str, mapping: MappingNode, table: Fields, to: Problems) -> None:
    names = ("start", *table.known["start"].aliases)
    first, last = next(mapping.values[name] for name in names if name in mapping.values), mapping.values["end"]
    to.add("CPD214", last, message, hint="swap the two dates, or correct one of them", fix=swapped(first, last))


def _unknown(name: str, node: Node, mapping: MappingNode, table: Fields, own: dict[str, str], to: Problems) -> None:
    if table.own and name.startswith(OWN):
        own[name] = printable(node)
        return
    if odd := ODD_BLANK.search(name):
        to.faults([_odd_blank(name, odd.start(), mapping)])
        return
    if name.partition(":")[0] in table.known and (place := span(mapping.keys[name])).column == 1:
        to.faults([no_colon(to.source.line(place.line).rstrip(), place.line - 1)])
        return
    if name.startswith("-") and table.nearest(name[1:]):
        to.faults([stray_dash(span(mapping.keys[name]).line - 1, 1)])
        return
    near = table.nearest(name)
    note = f'did you mean "{near}"?' if near else ""
    hint = "" if near else f"for a field of your own, write {OWN}{name}" if table.own else _names(table)
    fix = _rename(name, near, node, mapping, table, to) if near else None
    to.add("CPD212", mapping.keys[name], f'unknown field "{name}"', note, hint, fix)


def _rename(name: str, near: str, node: Node, mapping: MappingNode, table: Fields, to: Problems) -> Fix | None:
    """Return the fix that renames a field to `near`, if that name is free. Safe if the names are almost equal."""
    field_ = table.known[near]
    unknown = [each for each in mapping.keys if each != name and each not in table.known]
    taken = any(each in mapping.keys for each in (near, *field_.aliases))
    if taken or len(unknown) > FEW_NAMES or any(table.nearest(each) == near for each in unknown):
        return None
    probe = Problems(to.source)
    field_.kind.read(node, probe)
    fits = all(each.fix for each in probe.diagnostics if each.severity is Severity.ERROR)
    return renamed(mapping.keys[name], near, table.is_sure(name, near)) if fits else None


def _odd_blank(name: str, start: int, mapping: MappingNode) -> Fault:
    """Return the fault of an unusual space next to a field's name."""
    place = span(mapping.keys[name])
    blanks = name[start : start + len(name[start:]) - len(name[start:].lstrip())] or name[start]
    fault = odd_blank(place.line - 1, place.column - 1 + start, blanks)
    # Before a name, even a plain space would be wrong.
    return replace(fault, fix=delete("delete it", fault.span)) if fault.span and start == 0 else fault


def _names(table: Fields) -> str:
    return "available fields: " + ", ".join(each.name for each in table.fields)


def _twice(name: str, each: Field, mapping: MappingNode, to: Problems) -> None:
    others = [other for other in (each.name, *each.aliases) if other in mapping.keys and other != name]
    line = span(mapping.keys[others[0]]).line
    note = f"{others[0]} is already on line {line}"
    if name in each.aliases:
        note += f", and {name} is another name for {each.name}"
    key, value = mapping.keys[name], mapping.values[name]
    own = own_line(key, value, to.source.text) if same_text(value, mapping.values[others[0]]) else None
    fix = delete("delete the duplicate", own) if own else None
    to.add("CPD202", key, f"{each.name} is given twice", note, "delete one of them", fix)


def is_misnamed(name: str, mapping: MappingNode, table: Fields) -> bool:
    """Return whether a missing field is probably present under a wrong name, which was already reported."""
    unknown = (each for each in mapping.keys if each not in table.known and not each.startswith(OWN))
    return any(table.nearest(each) == name for each in unknown)


def _missing(
    each: Field, mapping: MappingNode, table: Fields, values: dict[str, Any], to: Problems, *, nested: bool
) -> None:
    """Report a required field that is missing or empty. A wrong value was already reported."""
    given = next((name for name in (each.name, *each.aliases) if name in mapping.keys), None)
    if given is None and is_misnamed(each.name, mapping, table):
        return
    if given is None:
        hint = f"write {each.name}: {each.example}" if each.example else f"write {each.name}: and its value"
        to.add("CPD201", _first_key(mapping) if nested else None, f"{each.name} is missing", hint=hint)
    elif values.get(each.target, "") is not None:
        hint = f"write {each.name}: {each.example}" if each.example else ""
        to.add("CPD201", mapping.keys[given], f"{each.name} has no value", hint=hint)


def _first_key(mapping: MappingNode) -> Span:
    for key in mapping.keys.values():
        return span(key)
    return span(mapping)
