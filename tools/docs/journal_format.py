"""Make the tables of fields in docs/reference/journal-format.md from the declarations that the reader uses."""

import re

from cpdkit.journal.declarations import Field, Fields
from cpdkit.journal.document_choices import APPLICATION, CV, CV_VARIANT, LOOK, PUBLICATION
from cpdkit.journal.member import EMPLOYMENT, MEMBER, MEMBERSHIP, SCHEME, SCHEME_STATUS
from cpdkit.journal.people import PERSON
from cpdkit.journal.records import (
    ACTION,
    ACTIVITY,
    CLAIM,
    CLAIM_EVIDENCE,
    OBJECTIVE,
    POST,
    QUALIFICATION,
    REPORTING_LINE,
    REVIEW,
    SESSION,
    SIGN_OFF,
)

_TABLES = (ACTIVITY, SESSION, SIGN_OFF, OBJECTIVE, ACTION, POST, REPORTING_LINE, QUALIFICATION, CLAIM, CLAIM_EVIDENCE,
           REVIEW, PERSON, MEMBER, MEMBERSHIP, EMPLOYMENT, SCHEME, SCHEME_STATUS, APPLICATION, CV, CV_VARIANT,
           PUBLICATION, LOOK)  # fmt: skip
TABLES = {table.name: table for table in _TABLES}
_PLACE = re.compile(r"(<!-- fields: (?P<name>[\w -]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page(text: str) -> str:
    """Return the page with its tables updated, each between `<!-- fields: NAME -->` and `<!-- end -->`."""
    return _PLACE.sub(lambda match: f"{match[1]}{table_of(TABLES[match['name']])}{match[3]}", text)


def table_of(fields: Fields) -> str:
    """Return a Markdown table with one row per field."""
    rows = [f"| `{each.name}` | {each.kind.accepts} | {_example(each)} | {_notes(each)} |" for each in fields.fields]
    if fields.own:
        rows.append("| `x-…` | anything | `x-cost: 120 GBP` | your own field |")
    return "\n".join(["| field | value | example | notes |", "|---|---|---|---|", *rows]) + "\n"


def _example(field: Field) -> str:
    return f"`{field.example}`" if field.example and field.example != "…" else ""


def _notes(field: Field) -> str:
    return "; ".join(filter(None, ["**required**" * field.required, field.note]))
