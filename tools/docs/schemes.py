"""The page of schemes: a guide written by hand, the language of a scheme's file, and the shipped schemes."""

from cpdkit.dates.wording import day_text
from cpdkit.journal.fields import Field
from cpdkit.schemes.keys import fields_of
from cpdkit.schemes.rules import Cap, CarryOver, Filter, PeriodRule, Requirement, Rounding, Status, Worth
from cpdkit.schemes.scheme_file import SCHEME, shipped_scheme, shipped_schemes
from cpdkit.schemes.summary import rules_lines

LANGUAGE, SHIPPED = "## The language\n\n", "## The shipped schemes\n\n"
_PARTS = {
    "period": PeriodRule,
    "requirement": Requirement,
    "filter": Filter,
    "worth": Worth,
    "cap": Cap,
    "rounding": Rounding,
    "carry-over": CarryOver,
    "status": Status,
}


def page(text: str) -> str:
    """Return the page with its guide kept and all below made anew."""
    tables = {"scheme file": SCHEME.fields, **{name: fields_of(record) for name, record in _PARTS.items()}}
    language = "\n".join(_table(name, fields) for name, fields in tables.items())
    shipped = "\n".join(_scheme(name) for name in shipped_schemes())
    return f"{text.partition(LANGUAGE)[0]}{LANGUAGE}{language}\n{SHIPPED}{shipped}"


def _table(name: str, fields: tuple[Field, ...]) -> str:
    rows = [
        f"| `{each.name}` | {each.kind.says}{' (required)' if each.required else ''} | {each.note} | "
        f"{f'`{each.example}`' if each.example else ''} |"
        for each in fields
    ]
    return "\n".join([f"**{name}**\n\n| key | value | | example |\n| --- | --- | --- | --- |", *rows]) + "\n"


def _scheme(name: str) -> str:
    """Return a shipped scheme in words, with its source and what is not certain."""
    scheme = shipped_scheme(name)
    assert scheme
    lines = "\n".join(f"* {line.strip()}" for line in rules_lines(scheme))
    unsure = f"\n\nNot certain: {' '.join(scheme.unsure.split())}." if scheme.unsure else ""
    note = f"\n\n{' '.join(scheme.note.split())}" if scheme.note else ""
    checked = f", checked on {day_text(scheme.checked)}" if scheme.checked else ""
    return f"### `{name}`: {scheme.body}\n\n{lines}{note}{unsure}\n\nSource: {scheme.source}{checked}.\n"
