"""The words of a Markdown text as a reader gets them: without marks, comments and private passages."""

import re
from typing import NamedTuple

from cpdkit.text.markdown import read
from cpdkit.text.markdown_blocks import plain, walk_public

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’.,:/-][^\W_]+)*")
"""A word or a number; each character of a script without spaces counts as one, as in word processors."""


class Size(NamedTuple):
    """How long a text is: its characters with spaces, and its words."""

    characters: int = 0
    words: int = 0

    def plus(self, other: "Size") -> "Size":
        """Return the size of two texts together."""
        return Size(self.characters + other.characters, self.words + other.words)


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs, headings, cells and lines of code of a text that a document prints."""
    texts: list[str] = []
    for block in walk_public(read(body).blocks):
        if block.kind in ("paragraph", "heading", "cell"):
            texts.append(" ".join(plain(block.inlines).split()))
        elif block.kind == "code":
            texts += block.text.splitlines()
    return [text for text in texts if text]


def size_of(body: str) -> Size:
    """Return the size of a text as a form counts it, with one character for each line break."""
    texts = paragraphs(body)
    return Size(sum(map(len, texts)) + max(len(texts) - 1, 0), words_in(" ".join(texts)))


def words_in(text: str) -> int:
    """Return the number of words."""
    return len(_WORD.findall(text))
