"""The two papers a document can be made for."""

from dataclasses import dataclass

MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 62.35, 68.05, 62.35
"""22 mm, 24 mm and 22 mm in points."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page in points, and the part of it that text stands in."""

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


def paper(name: str) -> Paper:
    """The paper of this name; A4 for a name that isn't known."""
    return PAPERS.get(name, PAPERS["a4"])
