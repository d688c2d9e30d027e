"""The content lines of an iCalendar file (RFC 5545, 3.1): unfolded, decoded, taken apart. No value is looked into here.

icalendar's own parser gives up a whole file for one bad line, and resolves time zones by what earlier files said.
"""

import re
from binascii import a2b_qp
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cpdkit.text.source import BOM

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FOLD = re.compile(rb"\n[ \t]")
_PARAM = r'[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*)'
_LINE = re.compile(rf"\s*([A-Za-z0-9-]+)((?:;{_PARAM})*);?:(.*)", re.DOTALL)
_PARAMS = re.compile(r';([A-Za-z0-9-]+)=(?:"([^"]*)"|([^";:]*))')
_SOFT_BREAK = re.compile(rb"[^:]*;ENCODING=QUOTED-PRINTABLE[;:].*=", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"(?:[^\\,]|\\.?)+", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\;,:\"nN])")


@dataclass(frozen=True, slots=True)
class Line:
    """A property: its name in capitals, its parameters by name in capitals, its value as it is written."""

    name: str
    params: Mapping[str, str] = field(default_factory=dict)
    value: str = ""


class Lines(NamedTuple):
    """The unfolded lines of a file, and how many of them were not UTF-8."""

    lines: list[str]
    foreign: int


def unfolded(data: bytes) -> Lines:
    """The lines of a file, whatever ends them, with their folds undone before a character is made of any byte.

    Old exporters fold inside a character. What is no UTF-8 is read as Windows-1252.
    """
    if data.startswith(_UTF16_MARKS):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines, foreign = [], 0
    for raw in _joined(_FOLD.sub(b"", data).split(b"\n")):
        try:
            lines.append(raw.decode())
        except UnicodeDecodeError:
            lines.append(raw.decode("cp1252", "replace"))
            foreign += 1
    return Lines(lines, foreign)


def taken_apart(text: str) -> Line | None:
    """The property that a line holds; None where it holds none."""
    match = _LINE.fullmatch(text)
    if match is None:
        return None
    params = {name.upper(): quoted or bare.strip() for name, quoted, bare in _PARAMS.findall(match[2])}
    value = match[3]
    if params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        value = _unquoted(value, params.get("CHARSET", "utf-8"))
    return Line(match[1].upper(), params, value)


def text_of(value: str) -> str:
    """A text value without its escapes."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def texts_of(value: str) -> tuple[str, ...]:
    """The texts of a value that lists them between commas; an escaped comma is none."""
    return tuple(text for each in _ITEM.findall(value) if (text := text_of(each).strip()))


def _joined(lines: list[bytes]) -> Iterator[bytes]:
    """The lines that are not empty; one in quoted-printable goes on behind a break that is marked with `=`."""
    waiting: list[bytes] = []
    for line in lines:
        waiting.append(line)
        if line.endswith(b"=") and (len(waiting) > 1 or _SOFT_BREAK.fullmatch(line)):
            waiting[-1] = line[:-1]
            continue
        if whole := b"".join(waiting):
            yield whole
        waiting = []
    if waiting:
        yield b"".join(waiting)


def _unquoted(value: str, charset: str) -> str:
    """A value without its quoted-printable; its line breaks as the escape that all other values have."""
    data = a2b_qp(value.encode())
    try:
        text = data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")
