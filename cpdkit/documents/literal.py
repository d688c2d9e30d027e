"""Plain text made into Markdown that reads as exactly this text."""

import re

from cpdkit.documents.tree import clean_line, safe_address

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACES = re.compile(" {2,}")


class Markdown(str):
    """Text that is markup already, so that nobody escapes it again."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tells a template engine that it is not to be escaped."""
        return self


def escape(value: object) -> Markdown:
    """Return the value's text on one line as literal Markdown: every punctuation character of ASCII gets a backslash.

    Markdown itself is handed on as it is.
    """
    if isinstance(value, Markdown):
        return value
    return Markdown(_PUNCTUATION.sub(r"\\\1", plain(str(value))))


def plain(text: str) -> str:
    """Return the words that `escape` makes literal: one line, single spaces, no control characters."""
    return _SPACES.sub(" ", clean_line(text)).strip(" ")


def link(text: str, address: str) -> Markdown:
    """Return a link to a web, mail or telephone address or into the document (`#a1`); else the text alone."""
    safe = address if re.fullmatch(r"#[\w.-]+", address) else safe_address(address)
    shown = escape(text) or escape(address)
    return Markdown(f"[{shown}](<{escape(safe)}>)") if safe else shown
