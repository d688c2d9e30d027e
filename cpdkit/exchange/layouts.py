"""The tables of professional bodies, as data: `layouts.toml`, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from typing import Any


class CellFormat(StrEnum):
    """The format of a cell; `layouts.toml` explains each."""

    TEXT = "text"
    LIST = "list"
    DAY = "day"
    DAYS = "days"
    HOURS = "hours"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column of a layout: its heading, the fields of an activity that it shows, and in which format.

    `words` maps a field's value to the body's own word for it. `folder`, `description` and `reflection` can be used in
    addition to an activity's fields.
    """

    header: str
    fields: tuple[str, ...]
    format: CellFormat
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """A professional body's table; `source` is the source of its columns."""

    id: str
    title: str
    source: str
    columns: tuple[LayoutColumn, ...]


def _read(text: str) -> dict[str, Layout]:
    """Return the layouts of a TOML text by ID, in its order."""
    data = tomllib.loads(text)
    words = data.pop("words")
    return {name: _layout(name, entry, words) for name, entry in data.items()}


def _layout(name: str, entry: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> Layout:
    columns = (
        LayoutColumn(
            column["header"],
            tuple(column["fields"]),
            CellFormat(column["format"]),
            words[column["words"]] if "words" in column else {},
        )
        for column in entry["columns"]
    )
    return Layout(name, entry["title"], entry["source"], tuple(columns))


LAYOUTS: Mapping[str, Layout] = _read(files(__package__).joinpath("layouts.toml").read_text("utf-8"))
