"""The parts of a document that several views have: facts, figures, charts, drawings, activities and posts."""

from dataclasses import dataclass

from cpdkit.documents.literal import Markdown

WORDS = 20
"""Characters of a chart's label that fit on one line next to a bar."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a block of facts."""

    label: str
    value: str | Markdown


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """One large number with what it counts."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: `minutes` is its length, `hours` the same as printed, `short` its label under a column."""

    label: str
    short: str
    minutes: int
    hours: str

    @property
    def short_word(self) -> str:
        """The short label as one word, which no format breaks."""
        return self.short.replace(" ", "\u00a0")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its numbers: a template places it by its `key`, each format draws it.

    `shape` is `bars` (horizontal) or `columns` (vertical), `alt` the alternative text. `most` is the value of a bar in
    full length, if that is more than the longest.
    """

    key: str
    shape: str
    caption: str
    label_heading: str
    value_heading: str
    bars: tuple[Bar, ...]
    alt: str
    most: int = 1

    @property
    def wide(self) -> bool:
        """Whether its labels need more room."""
        return any(len(bar.label) > WORDS for bar in self.bars)

    @property
    def longest(self) -> int:
        """The value of a bar in full length."""
        return max([self.most, *(bar.minutes for bar in self.bars)])

    @property
    def shares(self) -> list[float]:
        """Each bar's length as a part of the full one, 0 to 1."""
        return [max(bar.minutes, 0) / self.longest for bar in self.bars]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing with its text alternative: a template places it by its `key`. `width` on a page is in points."""

    key: str
    svg: str
    width: float
    alt: str


@dataclass(frozen=True, slots=True)
class ActivityEntry:
    """One activity, as a row and as a section of its own.

    `number` is what the rest of the document cites. `part` is how much of it is in the period ("3.5 of 7 h in this
    period"); empty if all of it is. `description` and `reflection` are the places where the two parts of its body go.
    """

    anchor: str
    number: str
    title: str
    type: str
    type_name: str
    date: str
    full_date: str
    hours: str
    part: str
    status: str
    provider: str
    location: str
    codes: str
    meta: tuple[str, ...]
    fields: tuple[Fact, ...]
    evidence: Markdown
    description: Markdown
    reflection: Markdown
    highlight: bool


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A post that claims a competence, with the places of its body's two parts."""

    anchor: str
    title: str
    meta: tuple[str, ...]
    description: Markdown
    reflection: Markdown
