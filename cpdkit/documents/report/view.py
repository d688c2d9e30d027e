"""What a template sees: plain frozen data, every word of it already chosen.

Text is plain text; the template environment makes it literal Markdown. Only what is of the type `Markdown`
(links, and the places where bodies go) is markup.
"""

from dataclasses import dataclass

from cpdkit.documents.markdown import Markdown


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a block of facts."""

    label: str
    value: str | Markdown


@dataclass(frozen=True, slots=True)
class Figure:
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


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its numbers. `shape` is `bars` (lying) or `columns` (standing)."""

    shape: str
    caption: str
    label_heading: str
    value_heading: str
    bars: tuple[Bar, ...]
    alt: str

    @property
    def values(self) -> str:
        return " ".join(str(bar.minutes) for bar in self.bars)

    @property
    def shorts(self) -> str:
        return " ".join(bar.short.replace(" ", "\u00a0") for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity, as a row and as a section of its own.

    `part` says how much of it lies in the period ("3.5 of 7 h in this period"), empty where all does.
    `description` and `reflection` are the places where the two parts of its body go.
    """

    anchor: str
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
class IndexLine:
    """One activity under one competence."""

    code: str
    level: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, whatever its kind."""

    kind: str
    title: str
    period: str
    member: tuple[Fact, ...]
    about: tuple[Fact, ...]
    notices: tuple[str, ...]
    figures: tuple[Figure, ...]
    by_type: Chart
    by_folder: Chart
    by_month: Chart
    entries: tuple[Entry, ...]
    index: tuple[IndexLine, ...]
    codes: bool

    def of_type(self, name: str) -> tuple[Entry, ...]:
        """The entries of one type, such as `training`."""
        return tuple(entry for entry in self.entries if entry.type == name)
