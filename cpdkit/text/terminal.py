"""Text in a terminal: the columns it takes, cut and padded to them, with nothing in it that steers the terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from cpdkit.text.wording import ELLIPSIS

if TYPE_CHECKING:
    from fractions import Fraction

_FULL, _HALF, _TRACK = "█", "▌", "░"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\x1b": r"\e"}


def width(text: str) -> int:
    """Return the columns that a line takes: two for a wide character, none for a combining one."""
    return cell_len(text)


def cut(text: str, columns: int) -> str:
    """Return the line in at most so many columns, with an ellipsis where something is missing."""
    if cell_len(text) <= columns:
        return text
    return set_cell_size(text, columns - 1).rstrip() + ELLIPSIS if columns > 0 else ""


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return the line filled up with spaces to so many columns, at its left if it is to stand on the right."""
    space = " " * (columns - cell_len(text))
    return space + text if right else text + space


def wrap(text: str, columns: int) -> list[str]:
    """Return the line broken at its spaces into lines of at most so many columns; a longer word sticks out."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and cell_len(longer) > columns >= cell_len(word):
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def bar(share: Fraction, columns: int) -> str:
    """Return a bar of a share (0 to 1) of so many columns, to the half of one; anything above 0 shows."""
    halves = -(-2 * columns * share.numerator // share.denominator)
    return _FULL * (halves // 2) + _HALF * (halves % 2)


def progress_bar(share: Fraction, columns: int) -> str:
    """Return a bar that fills its track: full only where the share is 1 or more, and anything above 0 shows."""
    full = min(int(share * columns), columns) or int(share > 0)
    return _FULL * full + _TRACK * (columns - full)


def printable(text: str) -> str:
    """Return the line with each character that steers the terminal or turns the text around as an escape."""
    return text if text.isprintable() else _UNSEEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
