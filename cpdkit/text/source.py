"""Bytes to text: strict UTF-8 with or without a byte order mark, and the characters that records must not contain."""

import re
from dataclasses import dataclass
from functools import lru_cache

from cpdkit.diagnostics import Span
from cpdkit.text.faults import Fault, FaultKind, Unreadable

BOM = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PLAIN_BYTES = b"\t\n\r" + bytes(range(32, 127))
# U+2028 and U+2029 are here because YAML 1.1 ends a line at them and no editor shows that.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ODD = re.compile(_CONTROL.pattern[:-1] + _BIDI.pattern[1:])
_ODD_BYTES = re.compile(
    rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xef\xbb\xbf|\xef\xbf[\xbe\xbf]"
)
"""_ODD in UTF-8."""
_IN_NAMES = re.compile(r"[\n\r\t]|" + _ODD.pattern)
_CONFLICT_MARKERS = tuple(re.compile(line, re.MULTILINE) for line in ("^<{7} .*$", "^={7}$", "^>{7}(?: .*)?$"))
_SAVE_AS_UTF8 = "save {} as UTF-8 (in most editors: Save with Encoding)"


@dataclass(frozen=True, slots=True)
class Source:
    """One file's text. Newlines are `\\n` in `text`; `newline` is the file's own, or `mixed`.

    `odd` is whether it contains a control or direction character.
    """

    path: str
    text: str
    newline: str = "\n"
    bom: bool = False
    odd: bool = False

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1; empty after the last."""
        lines = _lines(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    """Return the lines of a text. It is cached because each of a file's problems, often thousands, needs its line."""
    return text.split("\n")


def decode(path: str, data: bytes) -> Source:
    """Return the text of a file's bytes.

    Raises Unreadable for another encoding, NUL bytes and merge-conflict markers.
    """
    bom = data.startswith(BOM)
    if b"\0" in data or data.startswith(_UTF16_MARKS):
        raise Unreadable(_binary(data))
    try:
        text = data[3:].decode("utf-8") if bom else data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(_not_utf8(data[3:] if bom else data, error.start)) from None
    newline = "\n"
    if b"\r" in data:
        newline = _newline(text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if b"<<<<<<< " in data and (conflict := _conflict(text)):
        raise Unreadable(conflict)
    # Nearly all bytes are plain: searching only the rest takes a fifth of the time of searching the text.
    rest = data.translate(None, _PLAIN_BYTES)
    odd = bool(rest) and _ODD_BYTES.search(rest, 3 if bom else 0) is not None
    return Source(path, text, newline, bom, odd)


def odd_characters(source: Source, body: int) -> list[Fault]:
    """Return faults for the first control character above and in the body, and the first that reverses text."""
    if not source.odd:
        return []
    text = source.text
    faults = (
        _first(_CONTROL, text, 0, body, FaultKind.CONTROL_ABOVE),
        _first(_CONTROL, text, body, len(text), FaultKind.CONTROL_BELOW),
        _first(_BIDI, text, 0, len(text), FaultKind.BIDI, " reverses the text after it"),
    )
    return [fault for fault in faults if fault]


def has_control(text: str) -> bool:
    """Return whether a value contains a control character; a line break and a tab are allowed."""
    return not text.isprintable() and _CONTROL.search(text) is not None


def has_direction(text: str) -> bool:
    """Return whether a value contains a character that reverses the text around it."""
    return not text.isprintable() and _BIDI.search(text) is not None


def invisible(name: str) -> str:
    """Return the first invisible character of a file's name, as `U+000A`; empty if it has none."""
    match = None if name.isprintable() else _IN_NAMES.search(name)
    return f"U+{ord(match[0]):04X}" if match else ""


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Return line and column, from 1, of an offset of a text whose newlines are `\\n`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _first(
    pattern: re.Pattern[str], text: str, start: int, stop: int, kind: FaultKind, effect: str = ""
) -> Fault | None:
    match = pattern.search(text, start, stop)
    if match is None:
        return None
    message = f"invisible character U+{ord(match[0]):04X}{effect}"
    at = Span.point(*line_and_column(text, match.start()))
    return Fault(kind, message, at, hint="delete it; if you cannot select it, retype the word")


def _newline(text: str) -> str:
    crlf = text.count("\r\n")
    kinds = {"\r\n": crlf, "\r": text.count("\r") - crlf, "\n": text.count("\n") - crlf}
    used = [kind for kind, count in kinds.items() if count]
    return used[0] if len(used) == 1 else "mixed"


def _binary(data: bytes) -> Fault:
    if data.startswith(_UTF16_MARKS) or _looks_utf16(data):
        return Fault(FaultKind.UTF16, "the file is UTF-16, not UTF-8", hint=_SAVE_AS_UTF8.format("it"))
    before = data[: data.index(b"\0")].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    line, column = line_and_column(before, len(before))
    return Fault(
        FaultKind.NUL,
        "the file contains a NUL byte, so it is not text",
        Span.point(line, column),
        hint="move a document to evidence/; restore a record from a backup",
        source=before.rsplit("\n", 1)[-1] + "\ufffd",
    )


def _looks_utf16(data: bytes) -> bool:
    """Return whether every other byte of the beginning is NUL, as in UTF-16 without its mark."""
    head = data[:64]
    return len(head) >= 4 and min(head[0::2].count(0), head[1::2].count(0)) == 0 and head.count(0) * 3 >= len(head)


def _not_utf8(data: bytes, index: int) -> Fault:
    before = data[:index].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line, column = line_and_column(before, len(before))
    stop = min((at for at in (data.find(b"\n", index), data.find(b"\r", index)) if at >= 0), default=len(data))
    rest = data[index:stop]
    guess = rest[:1].decode("cp1252", "replace")
    return Fault(
        FaultKind.NOT_UTF8,
        f"the file is not UTF-8: byte 0x{data[index]:02X} is not valid here",
        Span.point(line, column),
        note=f"in Windows-1252 it would be {guess}" if guess.isprintable() else "",
        hint=_SAVE_AS_UTF8.format("the file"),
        source=before.rsplit("\n", 1)[-1] + rest[:200].decode("utf-8", "replace"),
    )


def _conflict(text: str) -> Fault | None:
    """Find the first of each marker after the previous one; None if one is missing."""
    lines: list[re.Match[str]] = []
    for marker in _CONFLICT_MARKERS:
        match = marker.search(text, lines[-1].end() if lines else 0)
        if match is None:
            return None
        lines.append(match)
    line, _ = line_and_column(text, lines[0].start())
    last, _ = line_and_column(text, lines[2].start())
    return Fault(
        FaultKind.CONFLICT,
        "a merge conflict is not resolved",
        Span(line, 1, line, 8),
        note=f"it ends on line {last}",
        hint="keep the lines that are right and delete those that start with <<<<<<<, ======= and >>>>>>>",
        source=lines[0][0],
    )
