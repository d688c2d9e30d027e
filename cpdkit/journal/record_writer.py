"""A new record's file from its values: the way back from what `reader` reads."""

from collections.abc import Mapping

from cpdkit.journal.compound_types import Competences, Entries, EvidenceList, One, Units
from cpdkit.journal.declarations import Field, Fields
from cpdkit.journal.field_types import FieldType, Items
from cpdkit.journal.reader import Form
from cpdkit.text.faults import Unreadable
from cpdkit.text.yaml import parse
from cpdkit.text.yaml_scalars import block_text, scalar

Plain = str | list["Plain"] | dict[str, "Plain"]
"""A value as YAML has it, with every scalar as the text that stands there."""


def record_bytes(form: Form, values: Mapping[str, Plain], body: str = "") -> bytes:
    """Return a record's file: the fields in the field table's order, the owner's own behind them, the body below.

    Texts become YAML that reads back as the same text. Empty values are left out. Whether the values make a record is
    for `changing.record_of` to say.
    """
    front = front_matter(form.fields, values)
    below = f"\n{body.strip(chr(10))}\n" if body.strip() else ""
    return f"---\n{front}---\n{below}".encode()


def front_matter(table: Fields, values: Mapping[str, Plain]) -> str:
    """Return the fields as YAML, a line or a block each."""
    order = {each.name: number for number, each in enumerate(table.fields)}
    given = {_name(table, name): value for name, value in values.items() if value not in ("", [], {})}
    names = sorted(given, key=lambda name: order.get(name, len(order)))
    return "".join(f"{scalar(name)}:{_value(table.known.get(name), given[name])}\n" for name in names)


def value_yaml(table: Fields, name: str, value: Plain) -> str:
    """Return one field's value as YAML, as it may stand behind its colon."""
    return _value(table.known.get(name), value).removeprefix(" ")


def bare_scalar(text: str, *, flow: bool = False) -> str:
    """Return a date, a number, a word of a list: without quotes, unless YAML would not take it so."""
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
    """A field's value as it stands behind the colon, the blank or the line's end included."""
    kind = field.kind if field else None
    if isinstance(value, str):
        words = kind is None or kind.is_words
        return f" {block_text(value) if words else _scalar(kind, value, flow=False)}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "".join(f"\n  - {_flow(kind, item)}" for item in value)
    return f" {_flow(kind, value)}"


def _flow(kind: FieldType | None, value: Plain) -> str:
    """A value on one line, between brackets where it has parts."""
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
    """A name as it stands before a colon; a field's own needs no quotes, though YAML 1.1 takes `on` for a truth."""
    return name if _part(kind, name) and not isinstance(kind, Units) else scalar(name, flow=True)


def _part(kind: FieldType | None, name: str) -> FieldType | None:
    """The kind of a part of a mapping; None where any text may stand."""
    if isinstance(kind, Units):
        return kind
    one = kind.one if isinstance(kind, Entries) else kind
    if not isinstance(one, One):
        return None
    field = one.fields.known.get(name)
    return field.kind if field else None
