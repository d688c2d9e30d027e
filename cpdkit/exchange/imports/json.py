"""Tables as JSON: a list of flat objects, an object that contains one, or one object on each line."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.imports.table import MOST_COLUMNS, MOST_ROWS, ImportedTable, NoTable, RawRow, table_of
from cpdkit.text.source import BOM

DEEPEST = 20
"""Levels of lists and objects. A record of the journal has fewer."""
_TOO_DEEP = f"it is nested more than {DEEPEST} levels deep"
_HINT = "provide a list of objects, with a key for each field"


def read_json(data: bytes, name: str) -> ImportedTable:
    """Return the objects of a JSON text as a table, a column for each key. Raises NoTable."""
    objects = _objects(data, name)
    headers = list(dict.fromkeys(key for entry in objects for key in entry))
    if not headers or len(objects) > MOST_ROWS or len(headers) > MOST_COLUMNS:
        raise NoTable(name, f"it contains no objects, or more than {MOST_ROWS:,}", _HINT)
    rows = (tuple(_text(entry.get(key)) for key in headers) for entry in objects)
    lines = [RawRow(0, tuple(headers)), *(RawRow(number, cells) for number, cells in enumerate(rows, start=1))]
    return table_of(name, f"{name}, object", lines)


def _objects(data: bytes, name: str) -> Sequence[Mapping[str, Any]]:
    """Return the objects of a JSON text, with numbers as texts. Raises NoTable."""
    text = data.removeprefix(BOM).decode("utf-8", "replace")
    whole = _parsed(text)
    if whole is None:
        lines = [line for line in text.splitlines() if line.strip()]
        whole = [_parsed(line) for line in lines]
        if not lines or None in whole:
            raise NoTable(name, "the file is not valid JSON", "provide a list of objects, or one object on each line")
    if isinstance(whole, dict):
        lists = [value for value in whole.values() if isinstance(value, list)]
        whole = lists[0] if len(lists) == 1 else [whole]
    if not isinstance(whole, list) or not all(isinstance(entry, dict) for entry in whole):
        raise NoTable(name, "the file is not a list of objects", _HINT)
    return whole


def _parsed(text: str) -> Any:
    try:
        return parsed(text)
    except ValueError:
        return None


def parsed(text: str | bytes) -> Any:
    """Return the value of a JSON text, with numbers as texts. Raises ValueError, also for lists that nest deeply."""
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    inside = [value]
    for _ in range(DEEPEST):
        inside = [part for each in inside for part in _parts(each)]
        if not inside:
            return value
    raise ValueError(_TOO_DEEP)


def _parts(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return SEPARATOR.join(map(_text, value))
    if isinstance(value, dict):
        return SEPARATOR.join(f"{key}: {_text(part)}" for key, part in value.items())
    return str(value)
