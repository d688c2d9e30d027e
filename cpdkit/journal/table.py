"""A table of fields, and the one way to read a mapping by it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from cpdkit.diagnostics import Span
from cpdkit.journal.kinds import Kind
from cpdkit.journal.problems import Problems
from cpdkit.text.values import NO_VALUE, Mapping, Node, Scalar, Sequence, is_empty, span

OWN = "x-"
"""What the name of an owner's own field starts with."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `aliases` are read like its name; `meant` are names that only lead to a did-you-mean.

    `attribute` is the record's attribute where it is not the name with underscores. `note` and `example`
    are Markdown for the docs, the example a YAML value.
    """

    name: str
    kind: Kind
    required: bool = False
    note: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    attribute: str = ""

    @property
    def target(self) -> str:
        """The record's attribute that takes the value."""
        return self.attribute or self.name.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one kind of record. `own` says that `x-…` fields are taken."""

    name: str
    fields: tuple[Field, ...]
    own: bool = False
    known: dict[str, Field] = field(init=False, repr=False, compare=False)
    required: tuple[tuple[str, Field], ...] = field(init=False, repr=False, compare=False)
    readers: dict[str, tuple[str, Callable[[Node, Problems], Any]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what every record's reading asks for."""
        known = {name: each for each in self.fields for name in (each.name, *each.aliases)}
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "required", tuple((each.target, each) for each in self.fields if each.required))
        object.__setattr__(self, "readers", {name: (each.target, each.kind.read) for name, each in known.items()})

    @property
    def aliases(self) -> dict[str, str]:
        """From an alias to the field's name."""
        return {alias: each.name for each in self.fields for alias in each.aliases}

    def nearest(self, name: str) -> str:
        """The field that an unknown name probably means; empty when there is none."""
        tidy = "-".join(name.lower().replace("_", " ").split())
        words = {word: each.name for each in self.fields for word in (each.name, *each.aliases, *each.meant)}
        if tidy in words:
            return words[tidy]
        close = get_close_matches(tidy, words, n=1, cutoff=0.7)
        return words[close[0]] if close else ""


def read_fields(table: Fields, mapping: Mapping, to: Problems, *, nested: bool = True) -> dict[str, Any]:
    """The values of a mapping by the record's attributes; a field that is not given, or empty, has none."""
    values: dict[str, Any] = {}
    own: dict[str, str] = {}
    readers = table.readers
    for name, node in mapping.values.items():
        if (reader := readers.get(name)) is None:
            _unknown(name, node, mapping, table, own, to)
            continue
        if type(node) is Scalar and not node.style and node.value in NO_VALUE:
            continue
        target, read = reader
        if target in values:
            _twice(name, table.known[name], mapping, to)
        values[target] = read(node, to)
    for target, each in table.required:
        if not values.get(target):
            _missing(each, mapping, values, to, nested=nested)
    if (end := values.get("end")) and (start := values.get("start")) and end < start:
        to.add("CPD214", mapping.values["end"], f"{end} lies before the start, {start}", hint="were the two swapped?")
    if own:
        values["own"] = own
    return values


def printable(node: Node) -> str:
    """Any value as text for reading: an owner's own field may hold whatever YAML can."""
    if isinstance(node, Scalar):
        return "" if is_empty(node) else node.value.strip()
    if isinstance(node, Sequence):
        return ", ".join(printable(item) for item in node.items)
    return "; ".join(f"{name}: {printable(value)}" for name, value in node.values.items())


def _unknown(name: str, node: Node, mapping: Mapping, table: Fields, own: dict[str, str], to: Problems) -> None:
    if table.own and name.startswith(OWN):
        own[name] = printable(node)
        return
    near = table.nearest(name)
    note = f"did you mean {near}?" if near else ""
    hint = "" if near else f"a field of your own starts with {OWN}" if table.own else _names(table)
    to.add("CPD212", mapping.keys[name], f'no field is called "{name}"', note, hint)


def _names(table: Fields) -> str:
    return "there are: " + ", ".join(each.name for each in table.fields)


def _twice(name: str, each: Field, mapping: Mapping, to: Problems) -> None:
    others = [other for other in (each.name, *each.aliases) if other in mapping.keys and other != name]
    line = span(mapping.keys[others[0]]).line
    note = f"{others[0]} in line {line} says it already"
    to.add("CPD202", mapping.keys[name], f"{each.name} is given twice", note, "keep the one that is right")


def _missing(each: Field, mapping: Mapping, values: dict[str, Any], to: Problems, *, nested: bool) -> None:
    """Note a required field that is absent or empty; one with a wrong value was noted when it was read."""
    given = next((name for name in (each.name, *each.aliases) if name in mapping.keys), None)
    if given is None:
        hint = f"write {each.name}: {each.example}" if each.example else f"write {each.name}: and the value"
        to.add("CPD201", _first_key(mapping) if nested else None, f"{each.name} is missing", hint=hint)
    elif values.get(each.target, "") is not None:
        hint = f"write {each.name}: {each.example}" if each.example else ""
        to.add("CPD201", mapping.keys[given], f"{each.name} has no value", hint=hint)


def _first_key(mapping: Mapping) -> Span:
    for key in mapping.keys.values():
        return span(key)
    return span(mapping)
