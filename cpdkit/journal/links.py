"""Links in bodies: where they stand, and which files of the journal they mean.

A link is read as Markdown has it, seen from the folder of the file that it stands in, as for the images of a report.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from cpdkit.journal.body import without_notes

_INLINE = re.compile(
    r"\]\((?:[ \t]*+\n)?[ \t]*+(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:[^\s()<>\\]|\\.|\([^\s()]*\))+))"
    r"(?=[ \t\n]*(?:\)|[ \t\n][\"'(]))"
)
_DEFINED = re.compile(r"\n {0,3}\[(?P<label>(?!\^)[^\]\[\n]+)\]:[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s<]\S*))")
_TICKS = re.compile("`+")
_USED = re.compile(r"(?P<image>!?)\[(?:[^\[\]\n]*\]\[)?(?P<label>[^\[\]]+)\](?!:)")
_INDENTED = re.compile(r"(?<=\n)\n(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SHOWN = re.compile(r"[^\n]")
LONGEST_TEXT = 2_000
"""Characters of the longest text of a link; what has a longer one is taken for none."""


class Link(NamedTuple):
    """A link or an image: its address, and where that stands in the body."""

    address: str
    start: int
    stop: int
    image: bool


def is_elsewhere(address: str) -> bool:
    """Whether an address leads to the web, to mail, or to a place in the same body."""
    return not address or address[0] in "#?" or _SCHEME.match(address) is not None


def path_of(address: str) -> str:
    """The path in an address: without query and fragment, percent-decoded."""
    return unquote(address.partition("#")[0].partition("?")[0])


def place_of(path: str, address: str) -> str | None:
    """The path in the journal that an address means in the file at `path`; None for one outside."""
    if address.startswith(("/", "~")) or "\\" in address:
        return None
    parts = path.split("/")[:-1]
    for name in address.split("/"):
        if name == "..":
            if not parts:
                return None
            parts.pop()
        elif name not in ("", "."):
            parts.append(name)
    return "/".join(parts)


def links(body: str) -> Iterator[Link]:
    """The links and images of a body outside code and comments, inline ones and the definitions that are used."""
    inline, defined = "](" in body, "]:" in body and _DEFINED.search("\n" + body)
    if not inline and not defined:
        return
    text = _without_code(body)
    if inline:
        for match in _INLINE.finditer(text):
            opening = _opening(text, match.start())
            if opening >= 0:
                yield _link(match, text[opening - 1 : opening] == "!" and text[opening - 2 : opening - 1] != "\\")
    if defined:
        yield from _definitions(text)


def _definitions(text: str) -> Iterator[Link]:
    uses: dict[str, bool] = {}
    for use in _USED.finditer(text):
        uses.setdefault(_label(use["label"]), bool(use["image"]))
    for match in _DEFINED.finditer("\n" + text):
        label = _label(match["label"])
        if label in uses:
            yield _link(match, uses[label], -1)


def _label(text: str) -> str:
    """A label as Markdown compares it."""
    return " ".join(text.split()).casefold()


def _link(match: re.Match[str], image: bool, moved: int = 0) -> Link:
    name = "bare" if match["angle"] is None else "angle"
    return Link(_ESCAPED.sub(r"\1", match[name]), match.start(name) + moved, match.end(name) + moved, image)


def _opening(text: str, close: int) -> int:
    """Where the bracket stands that the one at `close` closes; -1 where none does."""
    depth = 0
    for at in range(close, max(close - LONGEST_TEXT, -1), -1):
        letter = text[at]
        if letter in "[]" and text[at - 1 : at] != "\\":
            depth += 1 if letter == "]" else -1
            if not depth:
                return at
        elif letter == "\n" and text[at - 1 : at] == "\n":
            return -1
    return -1


def _without_code(body: str) -> str:
    """The body without code and comments; every place stays."""
    text = without_notes(body, code=False)
    if "\n    " in text or "\n\t" in text:
        text = _INDENTED.sub(lambda found: _unless_in_list(text, found), text)
    return _without_spans(text) if "`" in text else text


def _without_spans(text: str) -> str:
    """The text without code between backticks, which ends at the next run of as many."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    closing: dict[int, int] = {}
    following: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        if length in following:
            closing[number] = following[length]
        following[length] = number
    kept: list[str] = []
    at = number = 0
    while number < len(runs):
        end = closing.get(number)
        if end is not None:
            kept += text[at : runs[number][0]], _SHOWN.sub(" ", text[runs[number][0] : runs[end][1]])
            at = runs[end][1]
        number = number + 1 if end is None else end + 1
    return "".join(kept) + text[at:]


def _unless_in_list(text: str, found: re.Match[str]) -> str:
    """Indented code covered; what is indented below an item of a list is text."""
    above = text.rfind("\n", 0, max(found.start() - 1, 0))
    line = text[above + 1 : found.start()].lstrip()
    in_list = re.match(r"[-+*]\s|[0-9]+[.)]\s|\[\^", line) or text[above + 1 : above + 2] in (" ", "\t")
    return found[0] if in_list else _SHOWN.sub(" ", found[0])
