"""Texts as YAML that any program reads back as the same text, and fixes that write it."""

import re

import yaml

from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.text.wording import shortened

_SAFE_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]")
_UNSAFE = re.compile(r": | #|:$|^(?:---|\.\.\.)")
_FLOW = re.compile(r"[,\[\]{}?]|:(?=\S)")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text as a YAML value on one line: plain if that is safe, otherwise in double quotes.

    `flow` is for a value between brackets. A text that another program would read as a number, a date or a boolean is
    quoted too.
    """
    plain = (
        text.isprintable()
        and _SAFE_START.match(text) is not None
        and text == text.strip()
        and _UNSAFE.search(text) is None
        and not (flow and _FLOW.search(text))
        and not _is_guessed(text)
    )
    return text if plain else f'"{"".join(_escaped(letter) for letter in text)}"'


def flow_list(texts: list[str]) -> str:
    """Return a list of texts on one line: `[a, b]`."""
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"


def block_text(text: str, indent: str = "  ") -> str:
    """Return a text of several lines as a YAML block below its field's name; one line as `scalar` returns it."""
    lines = text.split("\n")
    tidy = all(line.isprintable() and line == line.rstrip() for line in lines)
    if len(lines) < 2 or not tidy or not lines[0] or lines[0][0] == " " or not lines[-1]:
        return scalar(text)
    return "\n".join(["|-", *(f"{indent}{line}" if line else "" for line in lines)])


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    number = ord(letter)
    return f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"


def _is_guessed(text: str) -> bool:
    """Return whether YAML 1.1 reads it as something other than a text."""
    candidates = (*_RESOLVERS.get(text[:1], ()), *_RESOLVERS.get(None, ()))
    return any(pattern.match(text) for _, pattern in candidates)


ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]")
"""Characters that look like a space but are not one to YAML."""
_LONGEST_TITLE = 60


def in_quotes(value: str) -> str:
    """Return a value in double quotes, or in single ones if it contains double quotes or a backslash."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def write(where: Span, new: str, safe: bool = True) -> Fix:
    """Return a fix that replaces the text of a span."""
    return Fix(f"write {shortened(new, _LONGEST_TITLE)}", (Edit(where, new),), safe)


def quote(where: Span, value: str, safe: bool = True) -> Fix:
    """Return a fix that puts a value in quotes; it is not safe if a part of the value may be a comment."""
    return Fix("put the value in quotes", (Edit(where, in_quotes(value)),), safe and " #" not in value)


def delete(title: str, *where: Span, safe: bool = True) -> Fix:
    """Return a fix that deletes spans."""
    return Fix(title, tuple(Edit(each, "") for each in where), safe)


def whole_line(number: int) -> Span:
    """Return the span of a line (counted from 1) with its newline. Not for the last line of a text."""
    return Span(number, 1, number + 1, 1)
