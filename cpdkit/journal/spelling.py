"""Words that are nearly those that are known: for "did you mean", and for fixes that need no second look."""

LONG_ENOUGH = 5
"""Words shorter than this are too often a slip away from another word that was meant."""


def tidied(text: str) -> str:
    """Return a word as it is compared: lower case, a hyphen for underscores and blanks."""
    return "-".join(text.lower().replace("_", " ").split())


def is_plural(word: str, other: str) -> bool:
    """Whether two words differ in an `s` at the end alone."""
    return word in (other + "s", other.removesuffix("s")) or other == word.removesuffix("s")


def is_slip(word: str, meant: str) -> bool:
    """Whether a word is one letter away from another: one too many, one missing, another one, or two swapped."""
    if min(len(word), len(meant)) < LONG_ENOUGH or abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    start = next((at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), None)
    if start is None:
        return True
    one, other = word[start:], meant[start:]
    if len(one) != len(other):
        return one[1:] == other or one == other[1:]
    return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
