"""Tables as JSON: a list of flat objects, an object that contains one, or one object on each line."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.import_headings import target_of
from cpdkit.exchange.imports.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    ImportedTable,
    ImportOptions,
    NoTable,
    RawRow,
    table_of,
)
from cpdkit.exchange.imports.zones import zone_named
from cpdkit.text.source import BOM

DEEPEST = 20
"""Levels of lists and objects. A record of the journal has fewer."""
_TOO_DEEP = f"it is nested more than {DEEPEST} levels deep"
_ZONES = frozenset(["timezone", "tz", "zone", "timezonename", "timezoneid", "timezoneinfo"])
"""Keys of a time zone, without spaces and signs."""
_MOMENTS = ("dateTime", "date", "datetime", "iso", "start")
"""Keys of the date or time in an object that is one."""
_NAMES = (
    "name", "placeName", "displayName", "title", "label", "formattedAddress", "formatted", "address", "localityName",
    "locality", "city", "value",
)  # fmt: skip
_NAMED = frozenset(["title", "type", "location", "provider", "role"])
"""Fields for which the name of an object is enough."""
_COORDINATES = ("latitude", "lat", "coordinates")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})")
_BREAK = re.compile(r"[\W_]+")
_HINT = "provide a list of objects, with a key for each field"


def objects_table(document: Any, name: str, options: ImportOptions) -> ImportedTable:
    """Return the objects in the value of a JSON text as a table, a column for each key. Raises NoTable."""
    objects = _objects(document, name)
    headers = list(dict.fromkeys(key for entry in objects for key in entry))
    if not headers or len(objects) > MOST_ROWS or len(headers) > MOST_COLUMNS:
        raise NoTable(name, f"it contains no objects, or more than {MOST_ROWS:,}", _HINT)
    rows = (tuple(_cell(key, entry.get(key), _zone(entry)) for key in headers) for entry in objects)
    lines = [RawRow(0, tuple(headers)), *(RawRow(number, cells) for number, cells in enumerate(rows, start=1))]
    return table_of(name, f"{name}, object", lines, (), options)


def document_of(data: bytes, name: str) -> Any:
    """Return the value of a JSON text, or the list of the values on its lines; numbers are texts. Raises NoTable."""
    text = data.removeprefix(BOM).decode("utf-8", "replace")
    whole = _parsed(text)
    if whole is None:
        lines = [line for line in text.splitlines() if line.strip()]
        whole = [_parsed(line) for line in lines]
        if not lines or None in whole:
            raise NoTable(name, "the file is not valid JSON", "provide a list of objects, or one object on each line")
    return whole


def _objects(whole: Any, name: str) -> Sequence[Mapping[str, Any]]:
    """Return the objects of a list, those of the only list of an object, or the object itself. Raises NoTable."""
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


def _zone(entry: Mapping[str, Any]) -> tzinfo | None:
    """Return the time zone that an object names; None for none."""
    named = (value for key, value in entry.items() if _BREAK.sub("", key).casefold() in _ZONES)
    return next((zone for value in named if isinstance(value, str) and (zone := zone_named(value))), None)


def _cell(key: str, value: Any, zone: tzinfo | None) -> str:
    """Return a value as a text: an object by its name, an instant as the time in the zone of its entry."""
    if isinstance(value, dict):
        moment = next((value[name] for name in _MOMENTS if isinstance(value.get(name), str)), None)
        if moment is not None:
            return _local(moment, _zone(value) or zone)
        if target_of(key) in _NAMED or any(name in value for name in _COORDINATES):
            return _name(value) or _text(value)
    return _local(value, zone) if isinstance(value, str) else _text(value)


def _name(value: Mapping[str, Any]) -> str:
    """Return the name of a place, a person or an organisation."""
    return next((text.strip() for name in _NAMES if isinstance(text := value.get(name), str) and text.strip()), "")


def _local(text: str, zone: tzinfo | None) -> str:
    """Return an instant such as 2026-01-01T02:00:00Z in a zone; any other text as it is."""
    if zone is None or not _INSTANT.fullmatch(text):
        return text
    try:
        return f"{datetime.fromisoformat(text).astimezone(zone):%Y-%m-%dT%H:%M}"
    except (ValueError, OverflowError):
        return text


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
