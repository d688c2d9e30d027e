"""JSON Schemas of the front matter of each record and of cpd.yaml, with the journal's own words.

They are of draft 7, the newest that the YAML server of most editors reads ("Supports JSON Schema 7 and below",
yaml-language-server); keywords beyond it, and formats, which strict validators refuse unless taught, are not used.

What `cpd check` finds no error in, a schema takes; what a schema refuses, `cpd check` reports. Beyond a schema's
reach: one value against another (`end` before `start`, sessions against hours), days that a year doesn't have
(29 February), whether a file of evidence is there, a field given twice, and all that YAML itself hides: `True` and
`1:30` may look like a truth and a number to it. Only the words `Null` and `NULL` as a whole value, and `on:` under
`signed-off` for a server of YAML 1.1, are refused though they are read.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cpdkit.editor.shapes import Schema, object_of
from cpdkit.editor.words import Words
from cpdkit.journal.fields import ACTIVITY, MEMBER, OBJECTIVE, POST, REVIEW
from cpdkit.journal.table import Fields

DRAFT = "http://json-schema.org/draft-07/schema#"
KINDS: Mapping[str, tuple[Fields, str]] = MappingProxyType(
    {
        "activity": (ACTIVITY, "An activity: the front matter of activities/**/*.md"),
        "objective": (OBJECTIVE, "An objective: the front matter of plan/**/*.md"),
        "post": (POST, "A post: the front matter of career/**/*.md"),
        "review": (REVIEW, "A review: the front matter of reviews/**/*.md"),
        "member": (MEMBER, "The member: cpd.yaml"),
    }
)
"""The kinds of record, with their fields and what the schema is of."""
NEEDS_HOURS: Schema = {
    "anyOf": [
        {"required": ["hours"]},
        {"required": ["sessions"]},
        {"required": ["status"], "properties": {"status": {"type": "string", "pattern": r"^\s*planned\s*$"}}},
    ]
}
"""An activity has hours or sessions unless it is planned."""


def schema_for(kind: str, words: Words) -> Schema:
    """The schema of one kind of record (a key of KINDS), which is of JSON alone."""
    fields, title = KINDS[kind]
    made: Schema = {"$schema": DRAFT, "title": title, **object_of(fields, words)}
    if kind == "activity":
        made["allOf"] = [NEEDS_HOURS, *made["allOf"]]
    return made


def file_name(kind: str) -> str:
    """What the schema's file is called."""
    return f"{kind}.schema.json"


def written(schema: Mapping[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
