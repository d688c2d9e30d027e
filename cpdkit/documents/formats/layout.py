"""The widths of table columns, for formats that need them. Widths are in points, shares are parts of 1."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPACES = re.compile(r"[ \t\r\n]+")

CHARACTER = 5.1
"""The average width of a character in a table, in points."""

LONGEST_WORD = 22
"""Characters. A longer word breaks instead of getting its full length."""

WIDEST_WISH = 60
"""Characters. A column with longer cells asks for no more width than this."""

WIDE_CHARACTER = 6.4
"""The width of a character in points if the reader's computer has not the font of the document, but a wide one."""


def by_content(rows: Sequence[Sequence[str]], columns: int, room: float, sides: float) -> list[float]:
    """Return shares for columns without widths: room for their words, and the rest by the length of their cells.

    `sides` is the space at the sides of a cell.
    """
    wishes = [1] * columns
    for row in rows:
        for place, words in zip(range(columns), row, strict=False):
            wishes[place] = max(wishes[place], min(len(words), WIDEST_WISH))
    need = [each * WIDE_CHARACTER + sides for each in longest_words(rows, columns)]
    wish = [max(each * CHARACTER + sides, low) for each, low in zip(wishes, need, strict=True)]
    if sum(wish) <= room:
        return [each / sum(wish) for each in wish]
    if sum(need) >= room:
        return [each / sum(need) for each in need]
    slack = (room - sum(need)) / (sum(wish) - sum(need))
    return [(low + slack * (high - low)) / room for low, high in zip(need, wish, strict=True)]


SHORT_CELL, LEAST_CELL = 22, 4
"""Characters. A column of shorter cells is as wide as they are, and has room for a short heading."""


def with_short_cells(shares: Sequence[float], rows: Sequence[Sequence[str]], room: float, sides: float) -> list[float]:
    """Return shares in which each cell of a column of short cells has one line, and the others share the rest.

    The widest column keeps at least half of its share, or the shares stay as they are.
    """
    broadest = shares.index(max(shares))
    longest = [max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(len(shares))]
    short = {
        at: (max(letters, LEAST_CELL) * CHARACTER + sides) / room
        for at, letters in enumerate(longest)
        if at != broadest and letters <= SHORT_CELL
    }
    others = sum(share for at, share in enumerate(shares) if at not in short)
    scale = (1 - sum(short.values())) / others
    if scale < 1 / 2:
        return list(shares)
    return [short.get(at, share * scale) for at, share in enumerate(shares)]


def with_words(shares: Sequence[float], rows: Sequence[Sequence[str]], room: float, sides: float) -> list[float]:
    """Return shares with room for the longest word of each column, at the expense of columns that have more room.

    The words fit in a wide font, or at least in the usual one. Shares that cannot give this room stay as they are.
    """
    longest = longest_words(rows, len(shares))
    for width in (WIDE_CHARACTER, CHARACTER):
        needs = [(letters * width + sides) / room for letters in longest]
        spare = [max(share - need, 0.0) for share, need in zip(shares, needs, strict=True)]
        missing = sum(max(need - share, 0.0) for share, need in zip(shares, needs, strict=True))
        if missing <= sum(spare):
            part = missing / sum(spare) if missing else 0.0
            return [max(share, need) - part * over for share, need, over in zip(shares, needs, spare, strict=True)]
    return list(shares)


def longest_words(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """Return the letters of the longest word of each column, at most `LONGEST_WORD`."""
    longest = [1] * columns
    for row in rows:
        for place, words in zip(range(columns), row, strict=False):
            # A no-break space is a part of a word.
            longest[place] = max(longest[place], min(max(map(len, _SPACES.split(words))), LONGEST_WORD))
    return longest


SIZES = (10.0, 8.5, 7.5, 6.5, 5.5)
"""The sizes of letters in tables, in points. The first is the usual one."""


def fitting_size(rows: Sequence[Sequence[str]], columns: int, room: float, sides: float) -> float:
    """Return the largest size of letters at which no word of a table has to break, or the smallest one."""
    letters = sum(longest_words(rows, columns)) * WIDE_CHARACTER
    return next((size for size in SIZES if letters * size / SIZES[0] + sides * columns <= room), SIZES[-1])


MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 56.7, 59.55, 51.0
"""20 mm, 21 mm and 18 mm in points, as in the PDF."""


PICTURE_HEIGHT = 170.1
"""The most that a picture is high, in points: 60 mm, as in the PDF."""
INLINE_WIDTH, INLINE_HEIGHT = 170.0, 113.4
"""The most that a picture among words is wide and high: 60 mm and 40 mm."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page in points, and the size of its text area."""

    name: str
    width: float
    height: float

    @property
    def text_width(self) -> float:
        return self.width - 2 * MARGIN_SIDE

    @property
    def text_height(self) -> float:
        return self.height - MARGIN_TOP - MARGIN_BOTTOM


FONT = "Calibri"
"""The font of the reference documents."""
PAPERS = {"a4": Paper("a4", 595.3, 841.9), "letter": Paper("letter", 612.0, 792.0)}


def paper_named(name: str) -> Paper:
    """Return the paper of this name, or A4 for an unknown name."""
    return PAPERS.get(name, PAPERS["a4"])
