"""What a field is declared with, a table of fields, and the one way to read a mapping by it.

The fields of the journal's records are declared where the records are: in `records.py`. The reader, the JSON Schema,
the docs, the columns of lists, imports and exports, completion and the documents take everything from there.
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
"""What the name of an owner's own field starts with."""
FEW_NAMES = 20
"""Among more unknown names than these none is thought to mean a field for sure."""
Shown = Literal["fact", "detail", "heading", "nowhere"]
"""Where an activity's field stands in a document: as a fact with its label, as a word among the details, in the lines
that head the activity, or nowhere."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `aliases` are read like its name; `meant` are names that only lead to a did-you-mean.

    `note` and `example` are Markdown for the docs, the example a YAML value. `attribute` is the record's, which follows
    from where the field is declared. The rest is of an activity's fields: `headings` are those of other people's tables
    (an importer knows the name, the aliases and `meant` too), `column` is what the docs say is in an export's column,
    where that is neither what the kind nor what the note says, `listed` whether `cpd list` has the column, `shown`
    where documents have it (a fact's label is `fields.<attribute>` in templates/labels), and `repeated` whether
    `cpd new --like` takes it over.
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
        """The record's attribute that takes the value."""
        return self.attribute or self.name.replace("-", "_")

    @property
    def column_says(self) -> str:
        """What the docs say is in an export's column."""
        return self.column or self.kind.cell_says or self.note or self.kind.says


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one kind of record. `own` says that `x-…` fields are taken, `record` makes a record of values."""

    name: str
    fields: tuple[Field, ...]
    own: bool = False
    record: Callable[..., Any] = dict
    known: dict[str, Field] = field(init=False, repr=False, compare=False)
    required: tuple[tuple[str, Field], ...] = field(init=False, repr=False, compare=False)
    readers: dict[str, tuple[str, Callable[[Node, Problems], Any]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what the reading of every record needs."""
        known = {name: each for each in self.fields for name in (each.name, *each.aliases)}
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "required", tuple((each.target, each) for each in self.fields if each.required))
        object.__setattr__(self, "readers", {name: (each.target, each.kind.read) for name, each in known.items()})

    @property
    def aliases(self) -> dict[str, str]:
        """From an alias to the field's name."""
        return {alias: each.name for each in self.fields for alias in each.aliases}

    def is_sure(self, name: str, near: str) -> bool:
        """Whether an unknown name is a field's in other letters, with an `s` more or less, or one letter away."""
        tidy = tidied(name)
        names = (near, *self.known[near].aliases)
        slips = {each for each in self.known if is_slip(tidy, each)}
        return any(tidy == each or is_plural(tidy, each) for each in names) or bool(slips and slips <= set(names))

    def nearest(self, name: str) -> str:
        """Return the field that an unknown name probably means; empty when there is none."""
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
            made["patternProperties"] = {"^x-": {"description": "a field of your own; printed as it is"}}
        if required := [each.name for each in self.fields if each.required and not each.aliases]:
            made["required"] = required
        if rules := [rule for each in self.fields if each.aliases for rule in _one_of_its_names(each)]:
            made["allOf"] = rules
        return made

    def _property(self, each: Field, words: Words) -> Schema:
        notes = (each.kind.says, "required" if each.required else "", each.note)
        position = Position(self.name, each.name, words, each.required and not each.aliases)
        return {"description": "; ".join(filter(None, notes)), **each.kind.schema(position)}


def declared(record: type, name: str) -> Fields:
    """Return the fields that a record's class declares: those of its attributes that are annotated with a Field."""
    attributes = dataclasses.fields(record)
    fields = [
        replace(each, attribute=attribute.name)
        for attribute in attributes
        for each in getattr(attribute.type, "__metadata__", ())
        if isinstance(each, Field)
    ]
    return Fields(name, tuple(fields), any(attribute.name == "own" for attribute in attributes), record)


def _one_of_its_names(each: Field) -> list[Schema]:
    """Return the rules that a field with aliases is given under one of its names."""
    names = (each.name, *each.aliases)
    given = [{"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in names]
    twice = [{"not": {"allOf": [first, second]}} for at, first in enumerate(given) for second in given[at + 1 :]]
    return [{"anyOf": given}, *twice] if each.required else twice


def read_fields(table: Fields, mapping: MappingNode, to: Problems, *, nested: bool = True) -> dict[str, Any]:
    """Return the values of a mapping by the record's attributes; a field that is not given, or empty, has none."""
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
    """Return any value as text for reading: an owner's own field may hold whatever YAML can."""
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
        to.faults([_beside(name, odd.start(), mapping)])
        return
    if name.partition(":")[0] in table.known and (place := span(mapping.keys[name])).column == 1:
        to.faults([no_colon(to.source.line(place.line).rstrip(), place.line - 1)])
        return
    if name.startswith("-") and table.nearest(name[1:]):
        to.faults([stray_dash(span(mapping.keys[name]).line - 1, 1)])
        return
    near = table.nearest(name)
    note = f'did you mean "{near}"?' if near else ""
    hint = "" if near else f"start the name of your own field with {OWN}" if table.own else _names(table)
    fix = _rename(name, near, node, mapping, table, to) if near else None
    to.add("CPD212", mapping.keys[name], f'unknown field "{name}"', note, hint, fix)


def _rename(name: str, near: str, node: Node, mapping: MappingNode, table: Fields, to: Problems) -> Fix | None:
    """The right name, where it is free; sure where the name is nearly that and the value fits."""
    field_ = table.known[near]
    unknown = [each for each in mapping.keys if each != name and each not in table.known]
    taken = any(each in mapping.keys for each in (near, *field_.aliases))
    if taken or len(unknown) > FEW_NAMES or any(table.nearest(each) == near for each in unknown):
        return None
    probe = Problems(to.source)
    field_.kind.read(node, probe)
    fits = all(each.fix for each in probe.diagnostics if each.severity is Severity.ERROR)
    return renamed(mapping.keys[name], near, table.is_sure(name, near)) if fits else None


def _beside(name: str, start: int, mapping: MappingNode) -> Fault:
    """An odd blank beside a field's name."""
    place = span(mapping.keys[name])
    blanks = name[start : start + len(name[start:]) - len(name[start:].lstrip())] or name[start]
    fault = odd_blank(place.line - 1, place.column - 1 + start, blanks)
    # Before a name a plain space would be one too many.
    return replace(fault, fix=delete("delete it", fault.span)) if fault.span and start == 0 else fault


def _names(table: Fields) -> str:
    return "available fields: " + ", ".join(each.name for each in table.fields)


def _twice(name: str, each: Field, mapping: MappingNode, to: Problems) -> None:
    others = [other for other in (each.name, *each.aliases) if other in mapping.keys and other != name]
    line = span(mapping.keys[others[0]]).line
    note = f"{others[0]} is already in line {line}"
    key, value = mapping.keys[name], mapping.values[name]
    own = own_line(key, value, to.source.text) if same_text(value, mapping.values[others[0]]) else None
    fix = delete("delete the duplicate", own) if own else None
    to.add("CPD202", key, f"{each.name} is given twice", note, "keep the correct one", fix)


def is_misnamed(name: str, mapping: MappingNode, table: Fields) -> bool:
    """Whether a field that is not given probably is, under a name that there isn't: that has been told."""
    unknown = (each for each in mapping.keys if each not in table.known and not each.startswith(OWN))
    return any(table.nearest(each) == name for each in unknown)


def _missing(
    each: Field, mapping: MappingNode, table: Fields, values: dict[str, Any], to: Problems, *, nested: bool
) -> None:
    """Note a required field that is absent or empty; one with a wrong value was noted when it was read."""
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
