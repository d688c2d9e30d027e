"""What the vetting of one body carries along, and the small parts that its nodes are built from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from cpdkit.documents.problems import Problem
from cpdkit.documents.tree import BREAKS, Attr, Block, Inline, clean_line

DEEPEST_BLOCK = 10
DEEPEST_INLINE = 20

# Shared by every tree, which makes trees small and quick to build: nothing may change a node in place.
NO_ATTR: Attr = ["", [], []]
SPACE: Inline = {"t": "Space"}
SOFT_BREAK: Inline = {"t": "SoftBreak"}
LINE_BREAK: Inline = {"t": "LineBreak"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An image that a document can show: its name among the media, and its width on paper in centimetres."""

    name: str
    width: float


@dataclass(frozen=True, slots=True)
class NotShown:
    """An image that a document can't show, and why, in words that follow "the image NAME"."""

    reason: str
    hint: str = ""


Images = Callable[[str], Shown | NotShown]


@dataclass(slots=True)
class Vetting:
    """One body's vetting: `prefix` goes before its ids, `known` are the ids it has, `problems` fills up on the way."""

    prefix: str
    known: frozenset[str]
    images: Images
    problems: dict[Problem, None] = field(default_factory=dict)

    def report(self, code: str, message: str, hint: str = "") -> None:
        """Keep a problem; the same one twice counts once."""
        self.problems[Problem(code, message, hint)] = None


@lru_cache(maxsize=1 << 16)
def word(text: str) -> Inline | None:
    """A word without the characters that may not reach a document; None if nothing is left. Shared like NO_ATTR."""
    kept = clean_line(text)
    return {"t": "Str", "c": kept} if kept else None


def words(text: str) -> list[Inline]:
    """Any text as inlines: its words, a Space between them, a LineBreak for each of its line breaks."""
    made: list[Inline] = []
    for line in text.split("\n"):
        if made:
            made.append(LINE_BREAK)
        for number, piece in enumerate(line.split(" ")):
            if number:
                made.append(SPACE)
            if shown := word(piece):
                made.append(shown)
    return trimmed(made)


def trimmed(inlines: list[Inline]) -> list[Inline]:
    """Without the spaces and breaks at either end."""
    first, stop = 0, len(inlines)
    while first < stop and inlines[first]["t"] in BREAKS:
        first += 1
    while first < stop and inlines[stop - 1]["t"] in BREAKS:
        stop -= 1
    return inlines if stop - first == len(inlines) else inlines[first:stop]


def joined(pieces: Iterable[list[Inline]], between: list[Inline]) -> list[Inline]:
    """Several runs of inlines as one, empty ones left out."""
    made: list[Inline] = []
    for piece in pieces:
        if made and piece:
            made += between
        made += piece
    return made


def para(inlines: list[Inline]) -> list[Block]:
    """A paragraph, or nothing where there are no words."""
    kept = trimmed(inlines)
    return [{"t": "Para", "c": kept}] if kept else []
