"""The front matter of notes that other programs wrote: YAML, TOML or JSON, every value as a text."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cpdkit.exchange.rows import SEPARATOR
from cpdkit.text.faults import Fault, Kind, Unreadable
from cpdkit.text.frontmatter import FRONT_LIMIT, split
from cpdkit.text.values import Mapping as Front
from cpdkit.text.values import Node, Scalar, Sequence, is_empty, parse

MOST_FIELDS = 200
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DOTS = re.compile(r"---[ \t]*\n(.*?)^\.\.\.[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"([^\s:#\[\]{}\"'-][^:\n]{0,60}?)[ \t]*:(?:[ \t]+(.*))?")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A note's fields by their names as they are written, the body to the letter, and what could not be read."""

    fields: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    faults: tuple[str, ...] = ()


def read_note(text: str) -> Note:
    """The two parts of a note; all of it is the body where no front matter is."""
    start = text.lstrip("\n")
    if start.startswith("---"):
        return _yaml(text, start)
    if match := _TOML.match(start):
        return _read(lambda: tomllib.loads(match[1]), "TOML", start[match.end() :], text)
    if start.startswith("{") and re.match(r'\{\s*"', start):
        return _json(start, text)
    return Note(body=text)


def said(value: Any) -> str:
    """A value as a text: lists joined, nested values by their names."""
    return _said(value, 0)


def _said(value: Any, depth: int) -> str:
    if depth > _DEEPEST or value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return SEPARATOR.join(f"{name}: {_said(each, depth + 1)}" for name, each in value.items())
    if isinstance(value, list):
        return SEPARATOR.join(text for each in value if (text := _said(each, depth + 1)))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _yaml(text: str, start: str) -> Note:
    try:
        parts = split(text)
        front, body = parts.front, parts.below
    except Unreadable as error:
        match = _DOTS.match(start)
        if match is None:
            # A line of dashes at the top may be nothing but that.
            opened = error.faults[0].kind is Kind.OPEN_FENCE and _FIELD.match(start.partition("\n")[2])
            return Note(body=text, faults=(error.faults[0].message,) if opened or _too_long(error) else ())
        front, body = match[1], start[match.end() :]
    try:
        values = parse(front).values
    except Unreadable as error:
        return Note(_by_lines(front), body, tuple(map(_told, error.faults[:3])))
    return _note({name: _node(node) for name, node in values.items()}, body)


def _too_long(error: Unreadable) -> bool:
    return error.faults[0].kind is Kind.LONG_FRONT


def _told(fault: Fault) -> str:
    line = f" in line {fault.span.line} of the front matter" if fault.span else ""
    return f"{fault.message}{line}"


def _node(node: Node) -> str:
    """A value of YAML as a text. A wiki link without quotes is a list in a list to YAML, and a link to its author."""
    if isinstance(node, Sequence):
        inner = node.items[0] if len(node.items) == 1 else None
        if isinstance(inner, Sequence) and all(isinstance(each, Scalar) for each in inner.items):
            return f"[[{', '.join(map(_node, inner.items))}]]"
        return SEPARATOR.join(text for each in node.items if (text := _node(each)))
    if isinstance(node, Front):
        return SEPARATOR.join(f"{name}: {_node(value)}" for name, value in node.values.items())
    return "" if is_empty(node) else str(node.value)


def _by_lines(front: str) -> dict[str, str]:
    """What stands in one line each, where the whole is no YAML: more than nothing, and the fault says so."""
    found = (_FIELD.fullmatch(line.rstrip()) for line in front.split("\n"))
    fields = {match[1]: (match[2] or "").strip().strip("\"'") for match in found if match}
    return dict(list(fields.items())[:MOST_FIELDS])


def _json(start: str, text: str) -> Note:
    end = 0

    def read() -> Any:
        nonlocal end
        value, end = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode(start)
        return value

    found = _read(read, "JSON", "", text)
    return found if found.faults else Note(found.fields, start[end:].removeprefix("\n"))


def _read(read: Callable[[], Any], kind: str, body: str, text: str) -> Note:
    """What a parser makes of the front matter; the whole as the body where it makes nothing of it."""
    try:
        found = read() if len(text) - len(body) <= FRONT_LIMIT or kind == "JSON" else None
    except (ValueError, RecursionError) as error:
        why = str(error).partition("\n")[0][:120] if isinstance(error, ValueError) else "it is nested too deep"
        return Note(body=text, faults=(f"the front matter can't be read as {kind}: {why}",))
    if not isinstance(found, dict):
        return Note(body=text, faults=(f"the front matter is longer than {FRONT_LIMIT // 1024} KiB",))
    return _note({str(name): said(value) for name, value in found.items()}, body)


def _note(fields: dict[str, str], body: str) -> Note:
    if len(fields) <= MOST_FIELDS:
        return Note(fields, body)
    kept = dict(list(fields.items())[:MOST_FIELDS])
    return Note(kept, body, (f"only the first {MOST_FIELDS} of its {len(fields)} fields were read",))
