"""Characters that only look like a dash, a digit or another sign of a date or number: `–`, `３`, `٣`, `：`."""

import unicodedata

_SIGNS = {
    "-": "\u00ad\u02d7\u2043\u2212\u30fc\uff70\u2796",
    ".": "\u00b7\u0387\u066b\u2024\u2219\u22c5\u30fb",
    ",": "\u060c\u066c\u201a\u3001",
    ":": "\u02d0\u02f8\u2236\ua789",
    "/": "\u2044\u2215\u29f8",
}
_PLAIN = {ord(other): sign for sign, others in _SIGNS.items() for other in others}
_LETTERS = str.maketrans("OoQlI|", "000111")
"""Letters that look like a digit, only for a text that can't have letters."""


def plain_signs(text: str) -> str:
    """Return a text with ASCII dashes, digits, signs and letters instead of those that only look like them.

    Superscripts and fractions stay: `10²` is not 102.
    """
    return text if text.isascii() else "".join(map(_plain, text))


def digits_for_letters(text: str) -> str:
    """Return a text in which a letter that looks like 0 or 1 (`O`, `l`) is the digit."""
    return text.translate(_LETTERS)


def first_lookalike(text: str) -> str:
    """Return the first character that `plain_signs` replaces, with its name; empty if there is none."""
    sign = next((each for each in text if _plain(each) != each), "")
    return f"{sign} ({unicodedata.name(sign, 'unnamed').lower()})" if sign else ""


def is_dash(sign: str) -> bool:
    """Return whether a character is any kind of dash."""
    return sign == "-" or (sign != "" and _plain(sign) == "-")


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if category == "Pd" or ord(sign) in _PLAIN:
        return _PLAIN.get(ord(sign), "-")
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    other = unicodedata.normalize("NFKC", sign)
    return other if category != "No" and len(other) == 1 and other.isascii() and other.isprintable() else sign
