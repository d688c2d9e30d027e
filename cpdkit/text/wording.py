"""English for messages: counts with their nouns, lists of words, shortened texts."""

from collections.abc import Sequence

ELLIPSIS = "…"


def plural(number: int, singular: str, several: str = "") -> str:
    """Return the form of a noun or verb for a number; `several` is `singular` and an "s" by default.

    >>> plural(2, "activity", "activities")
    'activities'
    """
    return singular if number == 1 else several or f"{singular}s"


def counted(number: int, singular: str, several: str = "") -> str:
    """Return a number and its noun: `1 file`, `3 files`, `0 activities`."""
    return f"{number} {plural(number, singular, several)}"


def listed(items: Sequence[str], conjunction: str = "and") -> str:
    """Return the items as in a sentence: `a`, `a and b`, `a, b and c`; empty for none."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def first_few(items: Sequence[str], most: int) -> str:
    """Return at most `most` of the items, comma-separated, with an ellipsis if there are more."""
    return ", ".join(items[:most]) + (f" {ELLIPSIS}" if len(items) > most else "")


def shortened(text: str, most: int) -> str:
    """Return the text in at most `most` characters, with an ellipsis at the end if it is cut."""
    return text if len(text) <= most else text[: most - 1] + ELLIPSIS
