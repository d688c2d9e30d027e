"""Make the page of schemes: a guide written by hand, the keys of a scheme file, and the shipped schemes."""

from cpdkit.dates.day_words import day_text
from cpdkit.journal.declarations import Fields
from cpdkit.schemes.rules import CAP, CARRY_OVER, FILTER, PERIOD, REQUIREMENT, ROUNDING, STATUS, WORTH
from cpdkit.schemes.scheme_file import SCHEME_FILE, shipped_scheme, shipped_schemes
from cpdkit.schemes.summary import rules_lines

LANGUAGE, SHIPPED = "## The language\n\n", "## The shipped schemes\n\n"
_TABLES = (SCHEME_FILE, PERIOD, REQUIREMENT, FILTER, WORTH, CAP, ROUNDING, CARRY_OVER, STATUS)


def page(text: str) -> str:
    """Return the page: keep its guide and generate everything below."""
    language = "\n".join(map(table_of_keys, _TABLES))
    shipped = "\n".join(_scheme(name) for name in shipped_schemes())
    return f"{text.partition(LANGUAGE)[0]}{LANGUAGE}{language}\n{SHIPPED}{shipped}"


def table_of_keys(table: Fields) -> str:
    """Return a table of the keys of a YAML file."""
    rows = [
        f"| `{each.name}` | {each.kind.accepts}{' (required)' if each.required else ''} | {each.note} | "
        f"{f'`{each.example}`' if each.example else ''} |"
        for each in table.fields
    ]
    return "\n".join([f"**{table.name}**\n\n| key | value | | example |\n| --- | --- | --- | --- |", *rows]) + "\n"


def _scheme(name: str) -> str:
    """Return the description of a shipped scheme, with its source and what is uncertain."""
    scheme = shipped_scheme(name)
    assert scheme
    lines = "\n".join(f"* {line.strip()}" for line in rules_lines(scheme))
    unsure = f"\n\nUncertain: {' '.join(scheme.unsure.split()).removesuffix('.')}." if scheme.unsure else ""
    note = f"\n\n{' '.join(scheme.note.split())}" if scheme.note else ""
    checked = f", read on {day_text(scheme.checked)}" if scheme.checked else ""
    return f"### `{name}`: {scheme.body}\n\n{lines}{note}{unsure}\n\nSource: {scheme.source}{checked}.\n"
