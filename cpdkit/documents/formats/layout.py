"""The widths of table columns, for formats that need them. Widths are in points, shares are parts of 1."""

from collections.abc import Sequence
from dataclasses import dataclass

CHARACTER = 5.1
"""The average width of a character in a table, in points."""

LONGEST_WORD = 22
"""Characters. A longer word breaks instead of getting its full length."""

WIDEST_WISH = 60
"""Characters. A column with longer cells asks for no more width than this."""

LEAST_LEFT = 0.2
"""The share that the widest column keeps, however long the words of the other headings are."""


def by_content(rows: Sequence[Sequence[str]], columns: int, room: float, sides: float) -> list[float]:
    """Return shares for columns without widths: room for their words, and the rest by the length of their cells.

    `sides` is the space at the sides of a cell.
    """
    needs, wishes = [1] * columns, [1] * columns
    for row in rows:
        for place, words in zip(range(columns), row, strict=False):
            longest = max(map(len, words.split()), default=1)
            needs[place] = max(needs[place], min(longest, LONGEST_WORD))
            wishes[place] = max(wishes[place], min(len(words), WIDEST_WISH))
    need = [each * CHARACTER + sides for each in needs]
    wish = [each * CHARACTER + sides for each in wishes]
    if sum(wish) <= room:
        return [each / sum(wish) for each in wish]
    if sum(need) >= room:
        return [each / sum(need) for each in need]
    slack = (room - sum(need)) / (sum(wish) - sum(need))
    return [(low + slack * (high - low)) / room for low, high in zip(need, wish, strict=True)]


def with_heads(shares: Sequence[float], heads: Sequence[str], room: float, sides: float) -> list[float]:
    """Return shares with room for the longest word of each heading, at the expense of the widest column."""
    least = [(max(map(len, words.split()), default=0) * CHARACTER + sides) / room for words in heads]
    raised = [max(share, low) for share, low in zip(shares, least, strict=False)]
    if len(raised) != len(shares):
        return list(shares)
    widest = raised.index(max(raised))
    rest = 1 - sum(raised) + raised[widest]
    return (
        [rest if place == widest else share for place, share in enumerate(raised)]
        if rest > LEAST_LEFT
        else list(shares)
    )


MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 62.35, 68.05, 62.35
"""22 mm, 24 mm and 22 mm in points."""


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


PAPERS = {"a4": Paper("a4", 595.3, 841.9), "letter": Paper("letter", 612.0, 792.0)}


def paper_named(name: str) -> Paper:
    """Return the paper of this name, or A4 for an unknown name."""
    return PAPERS.get(name, PAPERS["a4"])
