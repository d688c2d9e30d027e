"""Convert the output of `cpd export --format json` back to a journal's files.

The data is untrusted: paths that are not those of a record are rejected, and so are records that could not be read.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cpdkit.errors import UsageError
from cpdkit.exchange.exports.json import SHAPE
from cpdkit.exchange.imports.json import parsed
from cpdkit.journal.declarations import OWN, Fields
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.member import MEMBER, read_member
from cpdkit.journal.paths import MEMBER_FILE, PEOPLE_FILE
from cpdkit.journal.people import PEOPLE, read_people
from cpdkit.journal.reader import RECORD_KINDS, RecordKind
from cpdkit.journal.record_writer import Plain, front_matter
from cpdkit.text.source import BOM, decode
from cpdkit.text.yaml_scalars import scalar

FOLDERS = {
    "activities": "activities", "objectives": "plan", "posts": "career", "reviews": "reviews",
    "qualifications": "qualifications", "claims": "claims",
}  # fmt: skip
"""The journal's folder for each list of the data."""
_PART = re.compile(r"[^\s./\\][^/\\]*")
"""The name of a folder or file: not hidden and not a parent folder, on any system."""
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_EMPTY: tuple[Plain, ...] = ("", [], {})


class NotExported(UsageError):
    """Data that `cpd export --format json` did not write."""

    def __init__(self, why: str, hint: str = "create the file with cpd export --format json") -> None:
        super().__init__(f"cannot read the file as an exported journal: {why}", hint)


def read_journal(data: bytes) -> dict[str, bytes]:
    """Return the files of an exported journal by path. Each is read back as a check.

    `data` is the output of `cpd export` with `--format json` or `jsonl`. Raises NotExported for other data, and Refused
    for a record that could not be read.
    """
    if data.removeprefix(BOM).lstrip().startswith(b'{"path": "'):
        lines = [line for line in data.removeprefix(BOM).splitlines() if line.strip()]
        data = b'{"cpdkit": %d, "activities": [%s]}' % (SHAPE, b",".join(lines))
    journal = _journal(data)
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    if member := _fields(journal.get("member", {}), MEMBER_FILE):
        files[MEMBER_FILE] = _member(member)
    if people := _fields(journal.get("people", {}), PEOPLE_FILE):
        files[PEOPLE_FILE] = _people(people)
    for name, folder in FOLDERS.items():
        for path, record in _records(journal.get(name, []), name, folder):
            if path.casefold() in taken:
                raise NotExported(f"{path} appears twice")
            taken.add(path.casefold())
            files[path] = record
    return files


def _journal(data: bytes) -> dict[str, Any]:
    """Return the data, with numbers as texts."""
    try:
        journal = parsed(data.removeprefix(BOM))
    except UnicodeDecodeError:
        raise NotExported("it is not UTF-8 text") from None
    except ValueError as error:
        raise NotExported(str(error)) from None
    if not isinstance(journal, dict) or "cpdkit" not in journal:
        raise NotExported('"cpdkit" is missing at the top level')
    if journal["cpdkit"] != str(SHAPE):
        raise NotExported("its format is newer than this cpdkit", "import it with a newer cpdkit")
    return journal


def _records(entries: Any, name: str, folder: str) -> Iterator[tuple[str, bytes]]:
    if not isinstance(entries, list):
        raise NotExported(f"{name} is not a list")
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("body", ""), str):
            raise NotExported(f"{name} contains an entry that is not a record")
        path = _path(entry.get("path"), name, folder)
        yield path, _record(path, _fields(entry.get("fields"), path), entry.get("body", ""), RECORD_KINDS[folder])


def _record(path: str, fields: Mapping[str, Plain], body: str, kind: RecordKind) -> bytes:
    """Return a record's file, with the body exactly as it is. Raises Refused if it could not be read."""
    data = _encoded(path, f"---\n{_front(kind.fields, fields)}---\n{body}")
    record_of(path, data, kind)
    return data


def _member(fields: dict[str, Plain]) -> bytes:
    data = _encoded(MEMBER_FILE, _front(MEMBER, fields))
    member, _, problems = read_member(decode(MEMBER_FILE, data))
    if member is None:
        raise Refused(MEMBER_FILE, sorted(problems, key=lambda problem: (problem.severity, problem.order)))
    return data


def _people(fields: dict[str, Plain]) -> bytes:
    data = _encoded(PEOPLE_FILE, _front(PEOPLE, fields))
    people, problems = read_people(decode(PEOPLE_FILE, data))
    if people is None:
        raise Refused(PEOPLE_FILE, sorted(problems, key=lambda problem: (problem.severity, problem.order)))
    return data


def _front(table: Fields, fields: Mapping[str, Plain]) -> str:
    """Return the fields as YAML. Empty own fields are kept, because their presence may have a meaning."""
    empty = (name for name, value in fields.items() if name.startswith(OWN) and value in _EMPTY)
    return front_matter(table, fields) + "".join(f'{scalar(name)}: ""\n' for name in empty)


def _encoded(path: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotExported(f"{path} contains an incomplete character") from None


def _path(path: Any, name: str, folder: str) -> str:
    """Return the path. Raises NotExported if a record of that kind cannot have it."""
    parts = path.split("/") if isinstance(path, str) and not _UNFIT.search(path) else []
    if len(parts) < 2 or parts[0] != folder or not parts[-1].endswith(".md") or not all(map(_PART.fullmatch, parts)):
        raise NotExported(f"a record in {name} needs a path such as {folder}/name.md")
    return str(path)


def _fields(fields: Any, path: str) -> dict[str, Plain]:
    if not isinstance(fields, dict):
        raise NotExported(f"the fields of {path} must be names with values")
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Plain:
    """Return a value with every scalar as text; data edited by hand may contain booleans and nulls."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
