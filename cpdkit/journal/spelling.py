"""Compare words that are almost equal, for searches, "did you mean" and safe fixes."""

import re
import unicodedata

# Letters such as those with a stroke, which Unicode does not decompose.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

# Accents. The marks of Japanese and of the scripts of India change the letter, so they stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]+")

LONG_ENOUGH = 5
"""Shorter words are too often one letter away from another valid word."""


def tidied(text: str) -> str:
    """Return a word in the form for comparisons: lower case, with hyphens instead of underscores and spaces."""
    return "-".join(text.lower().replace("_", " ").split())


def plain(text: str) -> str:
    """Return a text in the form for searches: without case and accents, with single spaces."""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)))
    return " ".join(text.casefold().split())


def is_plural(word: str, other: str) -> bool:
    """Return whether two words differ only in an `s` at the end."""
    return word in (other + "s", other.removesuffix("s")) or other == word.removesuffix("s")


def is_slip(word: str, meant: str) -> bool:
    """Return whether a word is one letter off: one added, one missing, one different, or two swapped."""
    if min(len(word), len(meant)) < LONG_ENOUGH or abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    start = next((at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), None)
    if start is None:
        return True
    one, other = word[start:], meant[start:]
    if len(one) != len(other):
        return one[1:] == other or one == other[1:]
    return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
