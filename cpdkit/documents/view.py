"""What a template sees: plain frozen data, with every word already chosen.

Text is plain text; the template environment makes it literal Markdown. Only what is of the type `Markdown`
(links, and the places where bodies go) is markup.
"""

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
class IndexLine:
    """One activity under one competence."""

    code: str
    level: str
    entry: ActivityEntry


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """All activities under one competence."""

    code: str
    title: str
    lines: tuple[IndexLine, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """Something done towards an objective: an action, or an activity with its hours in the period."""

    date: str
    title: str
    kind: str
    hours: str = ""
    part: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Something still to be done: an action, or a planned activity, as `remark` shows. `late`: overdue."""

    by: str
    title: str
    remark: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveEntry:
    """One objective. `done_anchor` names its section among the achievements, `anchor` its full section.

    `done_meta` and `done_fields` are about what was done, `meta` and `fields` about what is planned. `deeds` are newest
    first, `steps` by due date. `remarks` is the place of its text; empty if there is nothing to print.
    """

    anchor: str
    done_anchor: str
    title: str
    state: str
    late: str
    by: str
    priority: str
    actions: str
    hours: str
    is_open: bool
    done_meta: tuple[str, ...]
    meta: tuple[str, ...]
    done_fields: tuple[Fact, ...]
    fields: tuple[Fact, ...]
    deeds: tuple[Contribution, ...]
    steps: tuple[OpenStep, ...]
    remarks: Markdown


@dataclass(frozen=True, slots=True)
class DevelopmentPlan:
    """The development plan on a date: `past` are the objectives that were closed or worked on in the period, `ahead`
    those that are open, `unplanned` the activities without an objective.
    """

    day: str
    figures: tuple[HeadlineFigure, ...]
    sentences: tuple[str, ...]
    aims: tuple[ObjectiveEntry, ...]
    past: tuple[ObjectiveEntry, ...]
    ahead: tuple[ObjectiveEntry, ...]
    unplanned: tuple[ActivityEntry, ...]
    unplanned_share: str
    signatories: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A record that claims a competence; `anchor` is that of a post's section, empty for an activity."""

    date: str
    title: str
    kind: str
    level: str
    hours: str
    remark: str
    anchor: str


@dataclass(frozen=True, slots=True)
class CompetenceEntry:
    """A competence of a framework, or an area of them. `level` is its heading's, `years` how many records claim it in
    each of the framework's years, `evidence` all of them in a few words.
    """

    anchor: str
    code: str
    title: str
    level: int
    is_area: bool
    held: str
    wanted: str
    evidence: str
    meta: tuple[str, ...]
    claims: tuple[ClaimEntry, ...]
    years: tuple[str, ...]
    records: int

    @property
    def hashes(self) -> Markdown:
        """The mark of its heading."""
        return Markdown("#" * self.level)


@dataclass(frozen=True, slots=True)
class FrameworkCoverage:
    """A framework with its competences in its order; `uncovered` and `below` are the gaps. `levels`: any level is
    held or wanted. `claim_levels`: any record claims one. `legend`: its levels are the usual ones.
    """

    id: str
    title: str
    competences: tuple[CompetenceEntry, ...]
    uncovered: tuple[CompetenceEntry, ...]
    below: tuple[CompetenceEntry, ...]
    years: tuple[str, ...]
    levels: bool
    claim_levels: bool
    legend: bool

    @property
    def claimable(self) -> tuple[CompetenceEntry, ...]:
        """The competences themselves, without the areas that they belong to."""
        return tuple(each for each in self.competences if not each.is_area)

    @property
    def gaps(self) -> tuple[CompetenceEntry, ...]:
        """Those without evidence first, then those below the level wanted; each once."""
        return (*self.uncovered, *(each for each in self.below if each not in self.uncovered))


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A post that claims a competence, with the places of its body's two parts."""

    anchor: str
    title: str
    meta: tuple[str, ...]
    description: Markdown
    reflection: Markdown


@dataclass(frozen=True, slots=True)
class CompetenceCoverage:
    """How the selected activities and the posts evidence the frameworks."""

    figures: tuple[HeadlineFigure, ...]
    sentences: tuple[str, ...]
    frameworks: tuple[FrameworkCoverage, ...]
    jobs: tuple[PostEntry, ...]


@dataclass(frozen=True, slots=True)
class UncountedAmount:
    """What part of an activity did not count for a requirement, and why."""

    title: str
    anchor: str
    requirement: str
    amount: str
    rule: str


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement: what is required, what was recorded, and what is short, or that it is met."""

    title: str
    required: str
    recorded: str
    result: str
    is_advice: bool
    is_short: bool


@dataclass(frozen=True, slots=True)
class SchemeProgress:
    """Progress against one scheme, in rows: required ones, and advice.

    `chart` shows the same as bars, for templates of the owner, and `sentences` what is short and would be enough.
    """

    title: str
    note: str
    rows: tuple[RequirementRow, ...]
    chart: Chart
    sentences: tuple[str, ...]
    not_counted: tuple[UncountedAmount, ...]

    @property
    def required(self) -> tuple[RequirementRow, ...]:
        return tuple(row for row in self.rows if not row.is_advice)

    @property
    def advised(self) -> tuple[RequirementRow, ...]:
        return tuple(row for row in self.rows if row.is_advice)


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """A group of activities. `size` is their minutes in the period or their count; `number` is the same as printed."""

    label: str
    size: int
    number: str
    entries: tuple[ActivityEntry, ...]


@dataclass(frozen=True, slots=True)
class ReviewCheck:
    """One topic of a review: what the journal shows, as a chart, and the activities."""

    anchor: str
    title: str
    sentences: tuple[str, ...]
    chart: Chart
    groups: tuple[CheckGroup, ...]


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """The owner's review of one CPD year, with the places of its body's two parts."""

    title: str
    anchor: str
    meta: tuple[str, ...]
    description: Markdown
    reflection: Markdown


@dataclass(frozen=True, slots=True)
class AnnualReview:
    """The topics of a review, in the reviewer's order, and the owner's own reviews, newest first."""

    checks: tuple[ReviewCheck, ...]
    reviews: tuple[ReviewEntry, ...]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What is above the title: a logo as a picture, and lines. Either may be empty."""

    logo: Markdown
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, whatever its kind.

    `layout` is `full`, `compact` or `form` (a page for each activity). `signatories` are for a declaration, if one is
    wanted, and `confidential` marks each page of a confidential report.
    `made` is what it was made from, `total` the hours and the number of the activities, `groups` the `index` by code.
    `language_notice` is for a report with English words in another language; it is removed from one without.
    `letterhead` is None unless the owner wants one. `plan`, `coverage` and `reviewed` are None, and `progress` is
    empty, unless the template names them.
    """

    kind: str
    title: str
    period: str
    member: tuple[Fact, ...]
    about: tuple[Fact, ...]
    made: str
    notices: tuple[str, ...]
    language_notice: str
    figures: tuple[HeadlineFigure, ...]
    by_type: Chart
    by_folder: Chart
    by_month: Chart
    entries: tuple[ActivityEntry, ...]
    total: HeadlineFigure
    index: tuple[IndexLine, ...]
    groups: tuple[IndexGroup, ...]
    codes: bool
    layout: str = "full"
    letterhead: Letterhead | None = None
    signatories: tuple[Fact, ...] = ()
    confidential: str = ""
    plan: DevelopmentPlan | None = None
    coverage: CompetenceCoverage | None = None
    progress: tuple[SchemeProgress, ...] = ()
    reviewed: AnnualReview | None = None

    @property
    def claimed(self) -> CompetenceCoverage | None:
        """The coverage, where an activity of the report claims a competence and codes are shown."""
        return self.coverage if self.index else None

    @property
    def charts(self) -> dict[str, Chart]:
        """Every chart of the report by its key."""
        drawn = [self.by_type, self.by_folder, self.by_month, *(scheme.chart for scheme in self.progress)]
        drawn += [check.chart for check in self.reviewed.checks] if self.reviewed else []
        return {chart.key: chart for chart in drawn}

    def of_type(self, name: str) -> tuple[ActivityEntry, ...]:
        """Return the entries of one type, such as `training`."""
        return tuple(entry for entry in self.entries if entry.type == name)
