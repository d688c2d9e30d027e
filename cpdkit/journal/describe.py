"""The field table as Markdown, for the docs: what is written there is what the reader does."""

import re

from cpdkit.journal.field_reader import Field, Fields
from cpdkit.journal.fields import (
    ACTION,
    ACTIVITY,
    EMPLOYMENT,
    MEMBER,
    MEMBERSHIP,
    OBJECTIVE,
    POST,
    REVIEW,
    SCHEME,
    SCHEME_STATUS,
    SESSION,
    SIGN_OFF,
)

TABLES = {
    table.name: table
    for table in (
        ACTIVITY,
        SESSION,
        SIGN_OFF,
        OBJECTIVE,
        ACTION,
        POST,
        REVIEW,
        MEMBER,
        MEMBERSHIP,
        EMPLOYMENT,
        SCHEME,
        SCHEME_STATUS,
    )
}
_PLACE = re.compile(r"(<!-- fields: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled_in(page: str) -> str:
    """A page with its tables, each between `<!-- fields: NAME -->` and `<!-- end -->`."""
    return _PLACE.sub(_table, page)


def describe_fields(table: Fields) -> str:
    """A Markdown table with one row per field."""
    rows = [f"| `{each.name}` | {each.kind.says} | {_example(each)} | {_notes(each)} |" for each in table.fields]
    if table.own:
        rows.append("| `x-…` | anything | `x-cost: 120 GBP` | your own; printed as it stands |")
    return "\n".join(["| field | value | example | notes |", "|---|---|---|---|", *rows]) + "\n"


def _table(match: re.Match[str]) -> str:
    return f"{match[1]}{describe_fields(TABLES[match['name']])}{match[3]}"


def _example(each: Field) -> str:
    return f"`{each.example}`" if each.example and each.example != "…" else ""


def _notes(each: Field) -> str:
    return "; ".join(filter(None, ["**required**" * each.required, each.note]))
