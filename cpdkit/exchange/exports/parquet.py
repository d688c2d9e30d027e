"""Activities as Parquet, with types of their own: days, lists, and time as whole minutes."""

import io
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cpdkit.journal.records import Activity

_TEXTS = pa.list_(pa.string())
_PAIRS = pa.map_(pa.string(), pa.string())
SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("folder", pa.string()),
        ("title", pa.string()),
        ("type", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("minutes", pa.int32()),
        ("sessions", pa.list_(pa.struct([("date", pa.date32()), ("minutes", pa.int32())]))),
        ("status", pa.string()),
        ("provider", pa.string()),
        ("location", pa.string()),
        ("role", pa.string()),
        ("objectives", _TEXTS),
        ("competences", pa.list_(pa.struct([("code", pa.string()), ("level", pa.string())]))),
        ("topics", _TEXTS),
        ("skills", _TEXTS),
        ("structured", pa.bool_()),
        ("planned", pa.bool_()),
        ("verifiable", pa.bool_()),
        ("participatory", pa.int32()),
        ("units", _PAIRS),
        ("benefit", pa.string()),
        ("follow_up", pa.string()),
        ("evidence", pa.list_(pa.struct([(name, pa.string()) for name in ("path", "url", "title")]))),
        ("confidential", pa.bool_()),
        ("highlight", pa.bool_()),
        ("signed_off", pa.struct([("by", pa.string()), ("on", pa.date32())])),
        ("accepted", _PAIRS),
        ("own", _PAIRS),
        ("body", pa.string()),
    ]
)
"""The columns by the names of `Activity`; hours are minutes, and texts that are not given are empty."""


def parquet_bytes(activities: Sequence[Activity]) -> bytes:
    """A row for each activity, in the columns of SCHEMA."""
    columns = {name: [_cell(getattr(each, name)) for each in activities] for name in SCHEMA.names}
    held = io.BytesIO()
    pq.write_table(pa.table(columns, schema=SCHEMA), held)
    return held.getvalue()


def _cell(value: Any) -> Any:
    """Parts as dicts, tables as pairs, words as texts."""
    if isinstance(value, tuple):
        return [_cell(each) for each in value]
    if hasattr(value, "items"):
        return list(value.items())
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return str(value) if isinstance(value, str) else value
