"""Replace straight quotes, hyphens and dots with typographic ones, and link bare addresses, in text from Markdown."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from cpdkit.text.markdown_blocks import Inline

_MARKS = re.compile(r"['\"]|--|\.\.\.|://|@|www\.", re.IGNORECASE)
_ADDRESS = re.compile(r"://|@|www\.|mailto:", re.IGNORECASE)
_DASHES_OR_DOTS = re.compile(r"-{2,}|\.\.\.")
_OPAQUE = "\ufffc"
"""Represents code, a formula or an image when quotes are paired."""
LONGEST_ADDRESS = 2_048


def typeset(inlines: Iterable[Inline]) -> list[Inline]:
    """Return the text with typographic signs and with links for bare addresses. The given text does not change."""
    inlines = list(inlines)
    if not any(_MARKS.search(text.text) for text in _texts(inlines)):
        return inlines
    made = _linked(inlines, inside_link=False)
    leaves = list(_leaves(made))
    _set_quotes(leaves)
    for leaf in leaves:
        if leaf.kind == "text":
            leaf.text = _DASHES_OR_DOTS.sub(_dashes_or_dots, leaf.text)
    return made


def _texts(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        if inline.kind == "text":
            yield inline
        yield from _texts(inline.inlines)


def _leaves(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the inlines without children, in order. A bare address counts as one inline."""
    for inline in inlines:
        if inline.inlines and not (inline.kind == "link" and inline.text == "autolink"):
            yield from _leaves(inline.inlines)
        else:
            yield inline


# Bare addresses


def _linked(inlines: Iterable[Inline], *, inside_link: bool) -> list[Inline]:
    """Return a copy in which bare addresses are links."""
    made: list[Inline] = []
    for inline in inlines:
        if inline.kind == "text" and not inside_link and _ADDRESS.search(inline.text):
            made += _with_links(inline.text)
        else:
            inner = _linked(inline.inlines, inside_link=inside_link or inline.kind in ("link", "image"))
            made.append(replace(inline, inlines=inner))
    return made


def _with_links(text: str) -> Iterator[Inline]:
    at = 0
    for match in _addresses().match(text) or ():
        if match.index > at:
            yield Inline("text", text[at : match.index])
        yield Inline("link", "autolink", [Inline("literal", match.text)], match.url)
        at = match.last_index
    if at < len(text):
        yield Inline("text", text[at:])


@cache
def _addresses() -> Any:
    """Return the finder of addresses: http, https, mailto, e-mail addresses, and those that start with `www.`."""
    from linkify_it import LinkifyIt  # noqa: PLC0415  most reports have no bare address

    finder = LinkifyIt({}, {"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
    finder.add("ftp:", None)
    finder.add("//", None)

    def length(_self: Any, text: str, start: int) -> int:
        tail = "http://www." + text[start : start + LONGEST_ADDRESS]
        found: int = finder.test_schema_at(tail, "http:", len("http:"))
        return max(found - len("//www."), 0)

    def normalize(_self: Any, match: Any) -> None:
        match.url = "http://" + match.url

    finder.add("www.", {"validate": length, "normalize": normalize})
    return finder


# Quotes, by the rules of CommonMark's reference implementation for delimiters


def _set_quotes(leaves: list[Inline]) -> None:
    """Make straight quotes curly. An unpaired one becomes an apostrophe, or an opening or closing quote."""
    if not any("'" in leaf.text or '"' in leaf.text for leaf in leaves if leaf.kind == "text"):
        return
    shown = [_shown(leaf) for leaf in leaves]
    whole = "".join(shown)
    signs: dict[int, str] = {}
    open_quotes: dict[str, list[int]] = {"'": [], '"': []}
    start = 0
    for leaf, text in zip(leaves, shown, strict=True):
        for match in re.finditer("['\"]", text) if leaf.kind == "text" else ():
            at = start + match.start()
            _decide(whole, at, open_quotes[match[0]], signs)
        start += len(text)
    start = 0
    for leaf, text in zip(leaves, shown, strict=True):
        if leaf.kind == "text":
            leaf.text = "".join(signs.get(start + number, sign) for number, sign in enumerate(text))
        start += len(text)


def _decide(whole: str, at: int, waiting: list[int], signs: dict[int, str]) -> None:
    """Decide on one quote; `waiting` are the open quotes of its kind."""
    before = whole[at - 1] if at else " "
    after = whole[at + 1] if at + 1 < len(whole) else " "
    left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
    right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
    single = whole[at] == "'"
    if right and waiting:
        signs[waiting.pop()] = "‘" if single else "“"
        signs[at] = "’" if single else "”"
        return
    signs[at] = "’" if single else "”" if right else "“"
    if left and (not right or before in "([") and before not in ")]":
        waiting.append(at)


def _shown(leaf: Inline) -> str:
    if leaf.kind in ("soft-break", "break"):
        return " "
    if leaf.kind in ("text", "literal", "wiki-link"):
        return leaf.text
    return "" if leaf.kind == "comment" else _OPAQUE


@cache
def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS" and sign != _OPAQUE


def _dashes_or_dots(match: re.Match[str]) -> str:
    """Return an ellipsis for three dots, and dashes for hyphens, of the same kind if possible."""
    if match[0] == "...":
        return "…"
    count = len(match[0])
    if count % 3 == 0:
        return "—" * (count // 3)
    if count % 2 == 0:
        return "–" * (count // 2)
    if count % 3 == 2:
        return "—" * (count // 3) + "–"
    return "—" * ((count - 4) // 3) + "––"
