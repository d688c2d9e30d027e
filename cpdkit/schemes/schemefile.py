"""The file of a scheme: its table of fields, and from its text to the scheme."""

import re
from decimal import Decimal
from typing import Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.field_reader import Field, Fields
from cpdkit.journal.field_types import Day, Items, Line, Matching, Number, Text
from cpdkit.schemes.building import rules_of
from cpdkit.schemes.kinds import Whole
from cpdkit.schemes.language import RULES
from cpdkit.schemes.reading import read_table
from cpdkit.schemes.rules import MEGABYTE, Scheme
from cpdkit.text.source import Source

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
SCHEME = Fields("scheme file", (
    Field("id", Matching("id (`iet`)", ID, "CPD706", "an id", "write letters, digits and -, such as my-body"),
          required=True, example="my-body", note="one of a shipped scheme takes its place"),
    Field("body", Line(), example="Institution of Engineering and Technology"),
    Field("title", Line(), example="CPD of members"),
    Field("source", Text(), note="where the rules are from"),
    Field("checked", Day(), example="2026-11-23", note="when the source was last looked at"),
    Field("unsure", Text(), note="what is not certain of it"),
    Field("topics", Items(Line(), "list of text"), example="[ethics, safety]", note="the themes it asks for"),
    Field("evidence-limit", Number(), example="0.5", note="the most megabytes of one file"),
    Field("retention", Whole(), example="5", note="for how many years records are to be kept"),
    Field("audit", Text(), example="a sample each year"),
    Field("note", Text()),
    *RULES,
))  # fmt: skip
_OF_SCHEME = frozenset(Scheme.__slots__) - {"rules", "path"}


def scheme_in(source: Source, path: str | None = None) -> tuple[Scheme | None, list[Diagnostic]]:
    """The scheme in a text, None with an error in it, and every problem found."""
    read = read_table(source, SCHEME)
    rules = () if read.to.errors else rules_of(read.values, read.mapping, read.to)
    if read.to.errors:
        return None, read.to.found
    values = _made({name: value for name, value in read.values.items() if name in _OF_SCHEME and value is not None})
    return Scheme(**values, rules=rules, path=source.path if path is None else path), read.to.found


def _made(values: dict[str, Any]) -> dict[str, Any]:
    if limit := values.get("evidence_limit"):
        values["evidence_limit"] = int(Decimal(limit) * MEGABYTE)
    return values
