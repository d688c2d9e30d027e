"""The direction in which a text is written, by the bidirectional classes of Unicode."""

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""A letter of Hebrew, Arabic or another script that is written from right to left."""


def has_right_to_left(text: str) -> bool:
    """Return whether a text may contain a letter of a script that is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter of a text belongs to a script that is written from right to left."""
    if text.isascii():
        return False
    return next((side for letter in text if letter.isalpha() and (side := _side(letter))), "L") == "R"


def by_direction(text: str, within: bool) -> list[tuple[str, bool]]:
    """Return the parts of a text, each with whether it is written from right to left.

    Digits belong to the letters before them, as in `IEC 61850`. Spaces and signs belong to the letters around them;
    between different ones, and at the edges, to the paragraph: `within` is whether that is written from right to left.
    """
    edge = "R" if within else "L"
    sides = _sides(text, edge)
    before = edge
    after = _next_sides(sides, edge)
    parts: list[tuple[str, bool]] = []
    for letter, side, coming in zip(text, sides, after, strict=True):
        own = side or (before if before == coming else edge)
        before = side or before
        if parts and parts[-1][1] == (own == "R"):
            parts[-1] = (parts[-1][0] + letter, own == "R")
        else:
            parts.append((letter, own == "R"))
    return parts


def _sides(text: str, edge: str) -> list[str]:
    """Return the side of each letter and digit; empty for spaces and signs."""
    sides: list[str] = []
    before = edge
    for letter in text:
        side = _side(letter) or (before if unicodedata.bidirectional(letter) == "EN" else "")
        before = side or before
        sides.append(side)
    return sides


def _next_sides(sides: list[str], edge: str) -> list[str]:
    """Return for each place the side of the next letter that has one."""
    coming, following = edge, []
    for side in reversed(sides):
        coming = side or coming
        following.append(coming)
    return following[::-1]


def _side(letter: str) -> str:
    """Return `L` or `R` for a letter or an Arabic digit, and an empty text for any other sign."""
    return {"L": "L", "R": "R", "AL": "R", "AN": "R"}.get(unicodedata.bidirectional(letter), "")
