"""The tables that professional bodies ask for, as data: `layouts.toml` read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from typing import Any


class How(StrEnum):
    """What a cell is made of; `layouts.toml` says how."""

    TEXT = "text"
    LIST = "list"
    DAY = "day"
    DAYS = "days"
    HOURS = "hours"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layout: its heading, the fields of an activity that it shows, and how.

    `words` lead from a field's value to the body's own word for it. Beside an activity's fields there are `folder`,
    `description` and `reflection`.
    """

    header: str
    fields: tuple[str, ...]
    how: How
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """A body's table; `source` says where its columns are known from."""

    id: str
    title: str
    source: str
    columns: tuple[Column, ...]


def read_layouts(text: str) -> dict[str, Layout]:
    """The layouts of a TOML text by their ids, in its order."""
    data = tomllib.loads(text)
    words = data.pop("words")
    return {name: _layout(name, each, words) for name, each in data.items()}


def _layout(name: str, given: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> Layout:
    columns = (
        Column(each["header"], tuple(each["fields"]), How(each["how"]), words[each["words"]] if "words" in each else {})
        for each in given["columns"]
    )
    return Layout(name, given["title"], given["source"], tuple(columns))


LAYOUTS: Mapping[str, Layout] = read_layouts(files(__package__).joinpath("layouts.toml").read_text("utf-8"))
