"""Records as plain data: what their front matter says, text for text, and the body below it.

This is the shape of `cpd export --format json`; `restoring` leads back. What stands in no field, such as a comment in
the front matter or a file under `evidence/`, is not in it.
"""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from cpdkit.journal.fields import Fields
from cpdkit.journal.load import Journal
from cpdkit.journal.member import MEMBER, Member
from cpdkit.journal.reader import FORMS, Record
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import Activity
from cpdkit.journal.spans import Spans
from cpdkit.text.yaml import MappingNode, Node, SequenceNode, is_empty, parse

SHAPE = 1
"""The number of the shape, which only grows when an older program could no longer read it."""


class Exported(TypedDict):
    """One record: its path in the journal, its fields by the field table's names, its Markdown."""

    path: str
    fields: dict[str, Plain]
    body: str


class ExportedJournal(TypedDict):
    """A journal; `member` are the fields of cpd.yaml."""

    cpdkit: int
    member: dict[str, Plain]
    activities: list[Exported]
    objectives: list[Exported]
    posts: list[Exported]
    reviews: list[Exported]


def exported_journal(journal: Journal, activities: Iterable[Activity]) -> ExportedJournal:
    """A journal with these of its activities, and all else that it holds."""
    return {
        "cpdkit": SHAPE,
        "member": _member(journal.member),
        "activities": [exported(each) for each in activities],
        "objectives": [exported(each) for each in journal.objectives.values()],
        "posts": [exported(each) for each in journal.posts],
        "reviews": [exported(each) for each in journal.reviews],
    }


def exported(record: Record) -> Exported:
    """One record that was read from a file."""
    table = FORMS[record.path.partition("/")[0]].fields
    return {"path": record.path, "fields": _fields(record.spans, table), "body": record.body}


def plain(node: Node) -> Plain:
    """A value as texts, lists and dicts; one that says there is no value is an empty text."""
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    if isinstance(node, MappingNode):
        return {name: plain(value) for name, value in node.values.items()}
    return "" if is_empty(node) else str(node.value)


def _member(member: Member | None) -> dict[str, Plain]:
    return _fields(member.spans, MEMBER) if member else {}


def _fields(spans: Mapping[str, object], table: Fields) -> dict[str, Plain]:
    """The fields under their own names, also where the file has an alias."""
    front = parse(spans.front) if isinstance(spans, Spans) else parse("")
    aliases = table.aliases
    return {aliases.get(name, name): plain(node) for name, node in front.values.items()}
