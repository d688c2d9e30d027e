"""How a value is written so that YAML takes it as it is, and the fixes that this makes."""

import re

from cpdkit.diagnostics import Edit, Fix, Span

ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]")
"""Blanks that look like a plain one and are none to YAML."""
_SHOWN = 60


def in_quotes(value: str) -> str:
    """A value as YAML takes it for sure: in double quotes, or single ones where it holds those or a backslash."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def write(where: Span, new: str, safe: bool = True) -> Fix:
    """Write something else in a place."""
    shown = new if len(new) <= _SHOWN else new[: _SHOWN - 1] + "…"
    return Fix(f"write {shown}", (Edit(where, new),), safe)


def quote(where: Span, value: str, safe: bool = True) -> Fix:
    """Put what stands in a place in quotes. What may be a comment behind a value makes that unsafe."""
    return Fix("put the value in quotes", (Edit(where, in_quotes(value)),), safe and " #" not in value)


def delete(title: str, *where: Span, safe: bool = True) -> Fix:
    """Take something out."""
    return Fix(title, tuple(Edit(each, "") for each in where), safe)


def whole_line(number: int) -> Span:
    """A line with its newline, counted from 1; never the last line of a text."""
    return Span(number, 1, number + 1, 1)
