"""Activities as Parquet, with typed columns: dates, lists, and time in whole minutes."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cpdkit.journal.compound_types import Accepted, Competences, Entries, EvidenceList, One, Units
from cpdkit.journal.date_types import Day
from cpdkit.journal.field_types import FieldType, Flag, Hours, Items
from cpdkit.journal.records import ACTIVITY, Activity

_PAIRS = pa.map_(pa.string(), pa.string())


def _type_of(kind: FieldType) -> pa.DataType:
    """Return the type of a column for a kind of value; the default is text."""
    if isinstance(kind, One):
        return pa.struct([(field.target, _type_of(field.kind)) for field in kind.fields.fields])
    if isinstance(kind, Entries):
        return pa.list_(_type_of(kind.one))
    if isinstance(kind, Items):
        return pa.list_(_type_of(kind.kind))
    return next((type_ for known, type_ in _TYPES.items() if isinstance(kind, known)), pa.string())


_TYPES: Mapping[type[FieldType], pa.DataType] = {
    Day: pa.date32(),
    Hours: pa.int32(),
    Flag: pa.bool_(),
    Units: _PAIRS,
    Accepted: _PAIRS,
    Competences: pa.list_(pa.struct([("code", pa.string()), ("level", pa.string())])),
    EvidenceList: pa.list_(pa.struct([(name, pa.string()) for name in ("path", "url", "title")])),
}
SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("folder", pa.string()),
        *((field.target, _type_of(field.kind)) for field in ACTIVITY.fields),
        ("own", _PAIRS),
        ("body", pa.string()),
    ]
)
"""The columns, named as in `Activity`. Hours are in minutes, and missing texts are empty."""


def parquet_bytes(activities: Sequence[Activity]) -> bytes:
    """Return a row for each activity, in the columns of SCHEMA."""
    columns = {name: [_cell(getattr(activity, name)) for activity in activities] for name in SCHEMA.names}
    file = io.BytesIO()
    pq.write_table(pa.table(columns, schema=SCHEMA), file)
    return file.getvalue()


def _cell(value: Any) -> Any:
    """Return a value as Parquet accepts it: parts as dicts, mappings as pairs, words as texts."""
    if isinstance(value, tuple):
        return [_cell(item) for item in value]
    if hasattr(value, "items"):
        return list(value.items())
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return str(value) if isinstance(value, str) else value
