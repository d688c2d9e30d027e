"""Escape plain text, so that Markdown renders exactly this text."""

import re

from cpdkit.documents.tree import clean_line, safe_address

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACES = re.compile(" {2,}")


class Markdown(str):
    """Text that is already markup and must not be escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the text as it is, so that a template engine does not escape it."""
        return self


def escape(value: object) -> Markdown:
    """Return a value's text on one line as literal Markdown: every ASCII punctuation character gets a backslash.

    Return `Markdown` unchanged.
    """
    if isinstance(value, Markdown):
        return value
    return Markdown(_PUNCTUATION.sub(r"\\\1", plain(str(value))))


def plain(text: str) -> str:
    """Return the text that `escape` escapes: one line, single spaces, no control characters."""
    return _SPACES.sub(" ", clean_line(text)).strip(" ")


def link(text: str, address: str) -> Markdown:
    """Return a link to a web, mail or telephone address or into the document (`#a1`); otherwise only the text."""
    safe = address if re.fullmatch(r"#[\w.-]+", address) else safe_address(address)
    shown = escape(text) or escape(address)
    return Markdown(f"[{shown}](<{escape(safe)}>)") if safe else shown
