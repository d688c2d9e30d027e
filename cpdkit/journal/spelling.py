"""Compare words that are almost equal, for "did you mean" and for safe fixes."""

LONG_ENOUGH = 5
"""Shorter words are too often one letter away from another valid word."""


def tidied(text: str) -> str:
    """Return a word in the form for comparisons: lower case, with hyphens instead of underscores and spaces."""
    return "-".join(text.lower().replace("_", " ").split())


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
