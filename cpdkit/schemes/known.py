"""Schemes: whose they are, what they are called, where that was read and when, and their rules (`rules.py`)."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.kinds import Day, Items, Line, Matching, Number, Text
from cpdkit.journal.table import Field, Fields
from cpdkit.schemes.building import rules_of
from cpdkit.schemes.kinds import Whole
from cpdkit.schemes.language import RULES
from cpdkit.schemes.reading import read_table, shipped_ids, shipped_text
from cpdkit.schemes.rules import Rules
from cpdkit.text.source import Source

FOLDER = "schemes"
MEGABYTE = 1_000_000
"""Bytes. Where a body says "MB" without more, the smaller of the two meanings keeps a file below its limit."""
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A professional body's CPD rules, the newest first. `evidence_limit` is the most bytes of one file, 0 for none.

    `retention` is for how many years records are to be kept, 0 where nothing says it; `audit` who is asked for them.
    """

    id: str
    title: str = ""
    body: str = ""
    source: str = ""
    checked: date | None = None
    unsure: str = ""
    topics: tuple[str, ...] = ()
    evidence_limit: int = 0
    retention: int = 0
    audit: str = ""
    note: str = ""
    rules: tuple[Rules, ...] = ()
    path: str = ""

    @property
    def label(self) -> str:
        """The id with the body's name, for a list to choose from."""
        return f"{self.id} ({self.body})" if self.body else self.id


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


def shipped_schemes() -> tuple[str, ...]:
    """The ids of the shipped schemes."""
    return _ids()


@cache
def shipped_scheme(name: str) -> Scheme | None:
    """A shipped scheme by its id. Only this one is read."""
    return read_scheme(shipped_text(FOLDER, name), path="")[0] if name in _ids() else None


def read_scheme(source: Source, path: str | None = None) -> tuple[Scheme | None, list[Diagnostic]]:
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


@cache
def _ids() -> tuple[str, ...]:
    return shipped_ids(FOLDER)
