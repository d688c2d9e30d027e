"""Write the file of a new record from its values: the inverse of `reader`."""

from collections.abc import Mapping

from cpdkit.journal.compound_types import Competences, Entries, EvidenceList, One, Units
from cpdkit.journal.declarations import Field, Fields
from cpdkit.journal.field_types import FieldType, Items
from cpdkit.journal.reader import RecordKind
from cpdkit.text.faults import Unreadable
from cpdkit.text.yaml import parse
from cpdkit.text.yaml_scalars import block_text, scalar

Plain = str | list["Plain"] | dict[str, "Plain"]
"""A value of YAML, with every scalar as text."""


def record_bytes(kind: RecordKind, values: Mapping[str, Plain], body: str = "") -> bytes:
    """Return the file of a record: its fields in the order of their declaration, the user's own fields, then the body.

    Texts are quoted so that they can be read back unchanged. Empty values are omitted. The values are not checked;
    `edit.record_of` does that.
    """
    front = front_matter(kind.fields, values)
    below = f"\n{body.strip(chr(10))}\n" if body.strip() else ""
    return f"---\n{front}---\n{below}".encode()


def front_matter(table: Fields, values: Mapping[str, Plain]) -> str:
    """Return the fields as YAML, each on a line or in a block."""
    order = {each.name: number for number, each in enumerate(table.fields)}
    given = {_name(table, name): value for name, value in values.items() if value not in ("", [], {})}
    names = sorted(given, key=lambda name: order.get(name, len(order)))
    return "".join(f"{scalar(name)}:{_value(table.known.get(name), given[name])}\n" for name in names)


def value_yaml(table: Fields, name: str, value: Plain) -> str:
    """Return the value of a field as YAML, as it is written after the colon."""
    return _value(table.known.get(name), value).removeprefix(" ")


def bare_scalar(text: str, *, flow: bool = False) -> str:
    """Return a date, a number or a fixed word without quotes, unless YAML needs them."""
    try:
        node = parse(f"k: [{text}]\n" if flow else f"k: {text}\n").values["k"]
    except Unreadable:
        return scalar(text, flow=flow)
    items = getattr(node, "items", None) if flow else [node]
    if not items or len(items) != 1 or getattr(items[0], "value", None) != text or "#" in text:
        return scalar(text, flow=flow)
    return text


def _name(table: Fields, name: str) -> str:
    known = table.known.get(name)
    return known.name if known else name


def _value(field: Field | None, value: Plain) -> str:
    """Return the value of a field as it is written after the colon, with the space or line end before it."""
    kind = field.kind if field else None
    if isinstance(value, str):
        words = kind is None or kind.is_words
        return f" {block_text(value) if words else _scalar(kind, value, flow=False)}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "".join(f"\n  - {_flow(kind, item)}" for item in value)
    return f" {_flow(kind, value)}"


def _flow(kind: FieldType | None, value: Plain) -> str:
    """Return a value on one line, in brackets if it has parts."""
    if isinstance(value, str):
        return _scalar(kind, value, flow=True)
    if isinstance(value, list):
        inner = kind.kind if isinstance(kind, Items) else kind
        return f"[{', '.join(_flow(inner, item) for item in value)}]"
    parts = (f"{_key(kind, name)}: {_flow(_part(kind, name), each)}" for name, each in value.items())
    return f"{{{', '.join(parts)}}}"


def _scalar(kind: FieldType | None, text: str, *, flow: bool) -> str:
    if kind is None or kind.is_words or isinstance(kind, EvidenceList | Competences):
        return scalar(text, flow=flow)
    return bare_scalar(text, flow=flow)


def _key(kind: FieldType | None, name: str) -> str:
    """Return a name for the place before a colon. Field names get no quotes, although YAML 1.1 reads `on` as true."""
    return name if _part(kind, name) and not isinstance(kind, Units) else scalar(name, flow=True)


def _part(kind: FieldType | None, name: str) -> FieldType | None:
    """Return the type of a part of a mapping, or None if any text is valid."""
    if isinstance(kind, Units):
        return kind
    one = kind.one if isinstance(kind, Entries) else kind
    if not isinstance(one, One):
        return None
    field = one.fields.known.get(name)
    return field.kind if field else None
