"""Plain text made into Markdown that reads as exactly this text."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from cpdkit.documents.tree import clean_line, safe_address

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACES = re.compile(" {2,}")

DEFAULT_LANGUAGE = "en-GB"
"""The language of cpdkit's own words, which a document uses where a translation has none."""


class Markdown(str):
    """Text that is already markup and must not be escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the text itself, so that a template engine does not escape it."""
        return self


class Phrase(str):
    """Words of a document, some of them in English although the document is in another language.

    `english` are the spans of these words, each as (start, end). A plain `str` is in the document's language.
    """

    english: tuple[tuple[int, int], ...]

    def __new__(cls, text: str, english: Iterable[tuple[int, int]] = ()) -> "Phrase":
        phrase = super().__new__(cls, text)
        phrase.english = tuple(english)
        return phrase


def in_english(text: str) -> Phrase:
    """Return the text as English words in a document of another language."""
    return Phrase(text, [(0, len(text))] if text else [])


def phrase_of(parts: Iterable[str], between: str = "") -> str:
    """Return the parts joined, with the language of each."""
    text, spans = "", list[tuple[int, int]]()
    for n, part in enumerate(parts):
        text += between if n else ""
        for start, end in getattr(part, "english", ()):
            first = spans.pop()[0] if spans and spans[-1][1] == len(text) + start else len(text) + start
            spans.append((first, len(text) + end))
        text += part
    return Phrase(text, spans) if spans else text


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is English in a document of another language."""
    at = 0
    for start, end in getattr(text, "english", ()):
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def escape(value: object) -> Markdown:
    """Return the value's text on one line as literal Markdown: every punctuation character of ASCII gets a backslash.

    Markdown itself is returned as it is. English words in a document of another language become a span with `lang`.
    """
    if isinstance(value, Markdown):
        return value
    if isinstance(value, Phrase) and value.english:
        parts = ((_escaped(clean_line(str(text))), english) for text, english in pieces(value))
        return Markdown(
            "".join(f'[{text}]{{lang="{DEFAULT_LANGUAGE}"}}' if english else text for text, english in parts)
        )
    return Markdown(_escaped(plain(str(value))))


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", text)


def plain(text: str) -> str:
    """Return the words that `escape` makes literal: one line, single spaces, no control characters."""
    return _SPACES.sub(" ", clean_line(text)).strip(" ")


def link(text: str, address: str) -> Markdown:
    """Return a link to a web, mail or telephone address or into the document (`#a1`), or the text alone."""
    safe = address if re.fullmatch(r"#[\w.-]+", address) else safe_address(address)
    shown = escape(text) or escape(address)
    return Markdown(f"[{shown}](<{escape(safe)}>)") if safe else shown


def picture(words: str, path: str, name: str) -> Markdown:
    """Return a picture with its description, its path from `templates/`, and its class."""
    return Markdown(f"![{escape(words)}](<{escape(quote(path, safe='/.-_~'))}>){{.{name}}}")
