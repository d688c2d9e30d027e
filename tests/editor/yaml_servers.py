"""Front matter as an editor's YAML server hands it to a schema: typed by YAML 1.2 or 1.1, and of JSON alone."""

import re
from datetime import date, datetime
from typing import Any

import yaml


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema: truths are `true` and `false`, nothing is a date."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first))


def number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = node.value
    return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)


Core.add_constructor("tag:yaml.org,2002:int", number)


def as_json(value: Any) -> Any:
    """A value without what JSON doesn't have: a date is the text it was, a key is a text."""
    if isinstance(value, dict):
        return {"null" if key is None else str(as_json(key)): as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def seen_by(text: str, loader: type[yaml.SafeLoader]) -> Any:
    return as_json(yaml.load(text, loader))


SERVERS = {"1.2": Core, "1.1": yaml.SafeLoader}
