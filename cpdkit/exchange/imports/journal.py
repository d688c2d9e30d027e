"""From `cpd export --format json` back to a journal's files.

The data may come from anybody: paths that lead elsewhere than to a record are refused, and so is what would make a file
that can't be read.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cpdkit.errors import UsageError
from cpdkit.exchange.exports.json import SHAPE
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.fields import OWN, Fields
from cpdkit.journal.member import MEMBER, read_member
from cpdkit.journal.paths import MEMBER_FILE
from cpdkit.journal.reader import FORMS, Form
from cpdkit.journal.record_writer import Plain, front_matter
from cpdkit.text.source import BOM, decode
from cpdkit.text.yaml_scalars import scalar

FOLDERS = {"activities": "activities", "objectives": "plan", "posts": "career", "reviews": "reviews"}
"""The folder of the journal that each list of the data goes to."""
_PART = re.compile(r"[^\s./\\][^/\\]*")
"""A folder's or a file's name: neither hidden nor a way upwards, on any system."""
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_EMPTY: tuple[Plain, ...] = ("", [], {})


class NotExported(UsageError):
    """Data that `cpd export --format json` did not write."""

    def __init__(self, why: str, hint: str = "cpd export --format json writes what is read here") -> None:
        super().__init__(f"this is no journal as JSON: {why}", hint)


def read_journal(data: bytes) -> dict[str, bytes]:
    """Return the files of an exported journal by their paths in it, each read back before it counts.

    `data` is what `cpd export --format json` wrote, or the activities of `--format jsonl`. Raises NotExported for what
    is not of the shape, and Refused for a record that could not be read.
    """
    if data.removeprefix(BOM).lstrip().startswith(b'{"path": "'):
        lines = [line for line in data.removeprefix(BOM).splitlines() if line.strip()]
        data = b'{"cpdkit": %d, "activities": [%s]}' % (SHAPE, b",".join(lines))
    journal = _journal(data)
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    if member := _fields(journal.get("member", {}), MEMBER_FILE):
        files[MEMBER_FILE] = _member(member)
    for name, folder in FOLDERS.items():
        for path, record in _records(journal.get(name, []), name, folder):
            if path.casefold() in taken:
                raise NotExported(f"{path} is in it twice")
            taken.add(path.casefold())
            files[path] = record
    return files


def _journal(data: bytes) -> dict[str, Any]:
    """The whole, with numbers as the texts that stand there."""
    try:
        found = json.loads(data.removeprefix(BOM), parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, json.JSONDecodeError) else "it can't be read"
        raise NotExported(said) from None
    if not isinstance(found, dict) or "cpdkit" not in found:
        raise NotExported('it has no "cpdkit" at its top')
    if found["cpdkit"] != str(SHAPE):
        raise NotExported("its shape is one that this cpdkit does not know", "read it with a newer cpdkit")
    return found


def _records(found: Any, name: str, folder: str) -> Iterator[tuple[str, bytes]]:
    if not isinstance(found, list):
        raise NotExported(f"{name} is not a list")
    for each in found:
        if not isinstance(each, dict) or not isinstance(each.get("body", ""), str):
            raise NotExported(f"in {name} there is something that is no record")
        path = _path(each.get("path"), name, folder)
        yield path, record_file(path, _fields(each.get("fields"), path), each.get("body", ""), FORMS[folder])


def record_file(path: str, fields: Mapping[str, Plain], body: str, form: Form) -> bytes:
    """A record's file with the body to the letter. Raises Refused where it could not be read."""
    data = _encoded(path, f"---\n{_front(form.fields, fields)}---\n{body}")
    record_of(path, data, form)
    return data


def _member(fields: dict[str, Plain]) -> bytes:
    data = _encoded(MEMBER_FILE, _front(MEMBER, fields))
    member, _, found = read_member(decode(MEMBER_FILE, data))
    if member is None:
        raise Refused(MEMBER_FILE, sorted(found, key=lambda each: (each.severity, each.order)))
    return data


def _front(table: Fields, fields: Mapping[str, Plain]) -> str:
    """The fields as YAML. One's own fields stay where they are empty too: that they are there may say something."""
    empty = (name for name, value in fields.items() if name.startswith(OWN) and value in _EMPTY)
    return front_matter(table, fields) + "".join(f'{scalar(name)}: ""\n' for name in empty)


def _encoded(path: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotExported(f"{path} holds half of a character") from None


def _path(said: Any, name: str, folder: str) -> str:
    """The path, if a record of that kind can stand there."""
    parts = said.split("/") if isinstance(said, str) and not _UNFIT.search(said) else []
    if len(parts) < 2 or parts[0] != folder or not parts[-1].endswith(".md") or not all(map(_PART.fullmatch, parts)):
        raise NotExported(f"a record in {name} has no path like {folder}/name.md")
    return str(said)


def _fields(found: Any, path: str) -> dict[str, Plain]:
    if not isinstance(found, dict):
        raise NotExported(f"the fields of {path} are not names with values")
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Plain:
    """A value with every scalar as text; what somebody changed by hand may have truths and nothings."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
