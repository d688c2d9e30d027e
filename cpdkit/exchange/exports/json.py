"""A journal as JSON, and its activities as JSON lines: what front matter says, text for text, and the body below it.

`imports/journal.py` leads back. What stands in no field, such as a comment in the front matter or a file under
`evidence/`, is not in it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TypedDict

from cpdkit.journal.declarations import Fields
from cpdkit.journal.load import Journal
from cpdkit.journal.member import MEMBER, Member
from cpdkit.journal.reader import FORMS, Record
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import Activity
from cpdkit.journal.spans import Spans
from cpdkit.text.yaml import MappingNode, Node, SequenceNode, is_empty, parse

SHAPE = 1
"""The number of the shape, which only grows when an older program could no longer read it."""


class RecordData(TypedDict):
    """One record: its path in the journal, its fields by the field table's names, its Markdown."""

    path: str
    fields: dict[str, Plain]
    body: str


class JournalData(TypedDict):
    """A journal; `member` are the fields of cpd.yaml."""

    cpdkit: int
    member: dict[str, Plain]
    activities: list[RecordData]
    objectives: list[RecordData]
    posts: list[RecordData]
    reviews: list[RecordData]


def json_bytes(journal: Journal, activities: Iterable[Activity]) -> bytes:
    """Return the journal with these of its activities, indented, in UTF-8."""
    return (json.dumps(journal_data(journal, activities), ensure_ascii=False, indent=2) + "\n").encode()


def jsonl_bytes(activities: Iterable[Activity]) -> bytes:
    """Return an activity a line."""
    return "".join(json.dumps(record_data(activity), ensure_ascii=False) + "\n" for activity in activities).encode()


def journal_data(journal: Journal, activities: Iterable[Activity]) -> JournalData:
    """Return a journal with these of its activities, and all else that it holds."""
    return {
        "cpdkit": SHAPE,
        "member": _member(journal.member),
        "activities": [record_data(record) for record in activities],
        "objectives": [record_data(record) for record in journal.objectives.values()],
        "posts": [record_data(record) for record in journal.posts],
        "reviews": [record_data(record) for record in journal.reviews],
    }


def record_data(record: Record) -> RecordData:
    """Return one record that was read from a file."""
    table = FORMS[record.path.partition("/")[0]].fields
    return {"path": record.path, "fields": _fields(record.spans, table), "body": record.body}


def _plain(node: Node) -> Plain:
    """Return a value as texts, lists and dicts; one that says there is no value is an empty text."""
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    if isinstance(node, MappingNode):
        return {name: _plain(value) for name, value in node.values.items()}
    return "" if is_empty(node) else str(node.value)


def _member(member: Member | None) -> dict[str, Plain]:
    return _fields(member.spans, MEMBER) if member else {}


def _fields(spans: Mapping[str, object], table: Fields) -> dict[str, Plain]:
    """Return the fields under their own names, also where the file has an alias."""
    front = parse(spans.front) if isinstance(spans, Spans) else parse("")
    aliases = table.aliases
    return {aliases.get(name, name): _plain(node) for name, node in front.values.items()}
