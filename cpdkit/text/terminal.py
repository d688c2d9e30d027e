"""Text in a terminal: its width in columns, cutting, padding and wrapping, and escapes for control characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpdkit.text.wording import ELLIPSIS

if TYPE_CHECKING:
    from fractions import Fraction

_FULL, _HALF, _TRACK = "█", "▌", "░"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
_STYLE_OR_LINE = re.compile(r"(\x1b\[(?:0|1|2|3[1236]|1;3[15])m|\r?\n)")
"""The styles that cpdkit prints (bold, faint and some colours), and the end of a line."""
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\x1b": r"\e"}


def width(text: str) -> int:
    """Return the columns that a line takes: two for a wide character, none for a combining one."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415  most lines need no table of wide characters

    return cell_len(text)


def cut(text: str, columns: int) -> str:
    """Return the line in at most `columns` columns, with an ellipsis if it is cut."""
    if width(text) <= columns:
        return text
    from rich.cells import set_cell_size  # noqa: PLC0415

    return set_cell_size(text, columns - 1).rstrip() + ELLIPSIS if columns > 0 else ""


def limited(text: str, columns: int) -> str:
    """Return the line in at most `columns` columns, as `cut` does (0: not limited)."""
    return cut(text, columns) if columns else text


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return the line padded with spaces to `columns` columns; `right` aligns it to the right."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def wrap(text: str, columns: int) -> list[str]:
    """Return the line wrapped at its spaces to at most `columns` columns; a longer word is not broken."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width(longer) > columns >= width(word):
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def bar(share: Fraction, columns: int) -> str:
    """Return a bar of a share (0 to 1) of `columns` columns, in half columns; any share above 0 is visible."""
    halves = -(-2 * columns * share.numerator // share.denominator)
    return _FULL * (halves // 2) + _HALF * (halves % 2)


def progress_bar(share: Fraction, columns: int) -> str:
    """Return a bar on a track: full only if the share is 1 or more; any share above 0 is visible."""
    full = min(int(share * columns), columns) or int(share > 0)
    return _FULL * full + _TRACK * (columns - full)


def printable(text: str) -> str:
    """Return the line with escapes for control characters and characters that reverse the text."""
    return text if text.isprintable() else _UNSEEN.sub(_escape, text)


def safe_for_terminal(text: str) -> str:
    """Return the lines with escapes for all that `printable` escapes, except the styles of cpdkit itself and tabs."""
    parts = _STYLE_OR_LINE.split(text)
    parts[::2] = ["\t".join(map(printable, part.split("\t"))) for part in parts[::2]]
    return "".join(parts).replace("\r\n", "\n")


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
