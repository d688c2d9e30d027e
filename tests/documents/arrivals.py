"""Whether the content of a journal has reached a document."""

import re
from collections.abc import Iterable, Sequence

from tests.documents.read_back import squeezed
from tests.documents.source_words import Content

AHEAD = 4_000
"""The most letters that a page's foot, with its notes, may put between two words of a paragraph."""
ANCHOR_WORDS = 3
DETAIL = squeezed("Activities in detail")
INDEX = squeezed("Index by competence")
TAKEN = "\0"


class Section:
    """The letters of one activity's part of a document. Letters that were found are removed: none counts twice."""

    def __init__(self, letters: str) -> None:
        self.letters = letters

    def without(self, pieces: Iterable[str]) -> list[str]:
        """Return the missing words of the pieces, each with its piece. Longer words are searched first."""
        return [lost for piece in sorted(pieces, key=lambda each: -len(squeezed(each))) for lost in self._lost(piece)]

    def _lost(self, piece: str) -> list[str]:
        whole = squeezed(piece)
        if (at := self.letters.find(whole)) >= 0:
            self._take(at, len(whole))
            return []
        words = [word for each in piece.split() if (word := squeezed(each))]
        at = self.letters.find("".join(words[:ANCHOR_WORDS]))
        return [f"{piece!r}"] if at < 0 else self._follow(words, at)

    def _follow(self, words: Sequence[str], at: int) -> list[str]:
        lost = []
        for number, word in enumerate(words):
            if not self.letters.startswith(word, at):
                there = self.letters.find("".join(words[number : number + ANCHOR_WORDS]), at, at + AHEAD)
                if there < 0:
                    lost.append(f"{word!r} in {' '.join(words)!r}")
                    continue
                at = there
            self._take(at, len(word))
            at += len(word)
        return lost

    def _take(self, at: int, count: int) -> None:
        self.letters = self.letters[:at] + TAKEN * count + self.letters[at + count :]


def sections(text: str, contents: Sequence[Content]) -> dict[str, Section]:
    """Return the part of a text about each activity, by file: from its title and first date to the next activity."""
    letters = _detail(text).partition(INDEX)[0]
    starts = {}
    for content in contents:
        opening = re.escape(squeezed(content.title)) + str(content.start.day) + r"(?=\D|\d{1,2}\D)"
        found = [hit.start() for hit in re.finditer(opening, letters)]
        assert len(found) == 1, (content.path, found)
        starts[content.path] = found[0]
    ends = sorted((*starts.values(), len(letters)))
    return {path: Section(letters[at : ends[ends.index(at) + 1]]) for path, at in starts.items()}


def losses(text: str, contents: Sequence[Content]) -> list[str]:
    """Return the pieces that the files have and the text does not, each with its file."""
    found = sections(text, contents)
    lost = [f"{content.path}: {each}" for content in contents for each in found[content.path].without(content.pieces)]
    anywhere = Section(_detail(text))
    return lost + [f"{content.path}: {each}" for content in contents for each in anywhere.without(content.notes)]


def _detail(text: str) -> str:
    letters = squeezed(text)
    return letters[letters.rindex(DETAIL) :]
