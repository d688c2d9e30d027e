"""A journal as JSON, and its activities as JSON lines: the fields as texts, and the bodies.

`imports/journal.py` reads it back. Comments in the front matter and files under `evidence/` are not included.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TypedDict

from cpdkit.journal.declarations import Fields
from cpdkit.journal.load import Journal
from cpdkit.journal.member import MEMBER, Member
from cpdkit.journal.people import PEOPLE
from cpdkit.journal.reader import RECORD_KINDS, Record
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import Activity
from cpdkit.journal.spans import Spans
from cpdkit.text.yaml import MappingNode, Node, SequenceNode, is_empty, parse

SHAPE = 1
"""The version of the format. It only grows when older programs could not read the new one."""


class RecordData(TypedDict):
    """One record: its path in the journal, its fields by their names in the field table, and its body."""

    path: str
    fields: dict[str, Plain]
    body: str


class JournalData(TypedDict):
    """A journal; `member` has the fields of cpd.yaml."""

    cpdkit: int
    member: dict[str, Plain]
    activities: list[RecordData]
    objectives: list[RecordData]
    posts: list[RecordData]
    reviews: list[RecordData]
    qualifications: list[RecordData]
    claims: list[RecordData]
    people: dict[str, Plain]


def json_bytes(journal: Journal, activities: Iterable[Activity]) -> bytes:
    """Return the journal with these of its activities, indented, in UTF-8."""
    return (json.dumps(journal_data(journal, activities), ensure_ascii=False, indent=2) + "\n").encode()


def jsonl_bytes(activities: Iterable[Activity]) -> bytes:
    """Return the activities, one on each line."""
    return "".join(json.dumps(record_data(activity), ensure_ascii=False) + "\n" for activity in activities).encode()


def journal_data(journal: Journal, activities: Iterable[Activity]) -> JournalData:
    """Return a journal with these activities and all its other records."""
    return {
        "cpdkit": SHAPE,
        "member": member_data(journal.member),
        "activities": [record_data(record) for record in activities],
        "objectives": [record_data(record) for record in journal.objectives.values()],
        "posts": [record_data(record) for record in journal.posts],
        "reviews": [record_data(record) for record in journal.reviews],
        "qualifications": [record_data(record) for record in journal.qualifications],
        "claims": [record_data(record) for record in journal.claims],
        "people": _fields(journal.people.spans, PEOPLE),
    }


def record_data(record: Record) -> RecordData:
    """Return one record."""
    table = RECORD_KINDS[record.path.partition("/")[0]].fields
    return {"path": record.path, "fields": _fields(record.spans, table), "body": record.body}


def _plain(node: Node) -> Plain:
    """Return a value as texts, lists and dicts; an empty value is an empty text."""
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    if isinstance(node, MappingNode):
        return {name: _plain(value) for name, value in node.values.items()}
    return "" if is_empty(node) else str(node.value)


def member_data(member: Member | None) -> dict[str, Plain]:
    """Return the fields of cpd.yaml that are set, as texts, lists and dicts."""
    return _fields(member.spans, MEMBER) if member else {}


def _fields(spans: Mapping[str, object], table: Fields) -> dict[str, Plain]:
    """Return the fields by name; an alias in the file becomes the field's name."""
    front = parse(spans.front) if isinstance(spans, Spans) else parse("")
    aliases = table.aliases
    return {aliases.get(name, name): _plain(node) for name, node in front.values.items()}
