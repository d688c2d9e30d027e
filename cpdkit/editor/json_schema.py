"""The JSON Schema of each kind of record. Its parts for each kind of value are in `journal.field_types`."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cpdkit.journal.declarations import Fields
from cpdkit.journal.member import MEMBER
from cpdkit.journal.people import PEOPLE
from cpdkit.journal.records import ACTIVITY, CLAIM, OBJECTIVE, POST, QUALIFICATION, REVIEW
from cpdkit.journal.value_schema import Schema, Words

DRAFT = "http://json-schema.org/draft-07/schema#"
KINDS: Mapping[str, tuple[Fields, str]] = MappingProxyType(
    {
        "activity": (ACTIVITY, "Activity: front matter of activities/**/*.md"),
        "objective": (OBJECTIVE, "Objective: front matter of plan/**/*.md"),
        "post": (POST, "Post: front matter of career/**/*.md"),
        "review": (REVIEW, "Review: front matter of reviews/**/*.md"),
        "qualification": (QUALIFICATION, "Qualification: front matter of qualifications/**/*.md"),
        "claim": (CLAIM, "Claim: front matter of claims/**/*.md"),
        "people": (PEOPLE, "People: people.yaml"),
        "member": (MEMBER, "Member and journal settings: cpd.yaml"),
    }
)
"""The kinds of record, each with its fields and the title of its schema."""
NEEDS_HOURS: Schema = {
    "anyOf": [
        {"required": ["hours"]},
        {"required": ["sessions"]},
        {"required": ["status"], "properties": {"status": {"type": "string", "pattern": r"^\s*planned\s*$"}}},
    ]
}
"""An activity has hours or sessions unless it is planned."""


def schema_for(kind: str, words: Words) -> Schema:
    """Return the schema of one kind of record (a key of KINDS) as plain JSON data."""
    fields, title = KINDS[kind]
    made: Schema = {"$schema": DRAFT, "title": title, **fields.schema(words)}
    if kind == "activity":
        made["allOf"] = [NEEDS_HOURS, *made["allOf"]]
    return made


def file_name(kind: str) -> str:
    """Return the name of the schema's file."""
    return f"{kind}.schema.json"


def written(schema: Mapping[str, Any]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
