"""CPD5xx: relative links and images in bodies that lead nowhere.

A link is read as Markdown has it, seen from the folder of the file that it stands in, as for the images of a report.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from cpdkit.checks.rule import NOTHING, Finding, Found, rule
from cpdkit.checks.subject import Context, Subject
from cpdkit.diagnostics import Edit, Fix, Severity
from cpdkit.journal.body import without_notes
from cpdkit.journal.listing import EVIDENCE
from cpdkit.journal.records import Activity, Objective, Post, Review

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
MOST_LINKS = 1_000
"""Of one body; what links more is no record of an activity, and each link costs a look at the disk."""
LONGEST_TEXT = 2_000
"""Characters of the longest text of a link; what has a longer one is taken for none."""


class Link(NamedTuple):
    """A link or an image: its address, and where that stands in the body."""

    address: str
    start: int
    stop: int
    image: bool


@rule("CPD510", Severity.WARNING, "a link leads to no file", Activity, Objective, Post, Review)
def dead_links(subject: Subject) -> Found:
    """A link without http:// leads to a file of the journal, seen from the folder of the file it stands in.

    Links of that kind work for whoever has the journal; a report prints their words without the link.
    """
    if "[" not in subject.record.body:
        return NOTHING
    return (_told(subject, each, "this link leads to no file") for each in _dead(subject) if not each.image)


@rule("CPD511", Severity.WARNING, "an image is missing", Activity, Objective, Post, Review)
def missing_images(subject: Subject) -> Found:
    """An image names a file of the journal, seen from the folder of the file that shows it."""
    body = subject.record.body
    if "!" not in body or "[" not in body:
        return NOTHING
    return (_told(subject, each, "this image is missing") for each in _dead(subject) if each.image)


def _told(subject: Subject, link: Link, message: str) -> Finding:
    where = subject.stretch(link.start, link.stop)
    place = _place(subject.record.path, _path(link.address))
    if place is None:
        hint = f"put the file into {EVIDENCE}/, and name it from here"
        return Finding(where, message, "the address lies outside the journal", hint)
    if better := _better(subject, _path(link.address)):
        fix = Fix(f"write {better}", (Edit(where, better),), safe=False)
        return Finding(where, message, f"did you mean {better}?", "an address is seen from this file's folder", fix)
    return Finding(where, message, f"{place} is not there", "an address is seen from this file's folder")


def _better(subject: Subject, path: str) -> str:
    """The address that was meant, where it was seen from the journal's folder or from `evidence/`."""
    context: Context = subject.context
    up = "../" * subject.record.path.count("/")
    bare = path.removeprefix(f"{EVIDENCE}/")
    while bare.startswith(("../", "./")):
        bare = bare.partition("/")[2]
    bare = bare.removeprefix(f"{EVIDENCE}/")
    if bare in context.evidence and " " not in bare and "(" not in bare:
        return f"{up}{EVIDENCE}/{bare}"
    plain = _place("", path)
    return f"{up}{plain}" if plain and context.disk.exists(plain) else ""


def _dead(subject: Subject) -> list[Link]:
    """The links and images whose file is not there."""
    some = islice(links(subject.record.body), MOST_LINKS)
    return [each for each in some if not _is_there(subject, each.address)]


def _is_there(subject: Subject, address: str) -> bool:
    """Whether an address is none of the journal's, or a file's or folder's of it, as written or percent-decoded."""
    if not address or address[0] in "#?" or _SCHEME.match(address):
        return True
    exists = subject.context.disk.exists
    written = (_place(subject.record.path, address), _place(subject.record.path, _path(address)))
    return any(place is not None and (not place or exists(place)) for place in written)


def _path(address: str) -> str:
    """The path in an address: without query and fragment, percent-decoded."""
    return unquote(address.partition("#")[0].partition("?")[0])


def _place(path: str, address: str) -> str | None:
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


RULES = (dead_links, missing_images)
