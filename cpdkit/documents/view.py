"""What a template sees: plain frozen data, with every word already chosen.

Text is plain text; the template environment makes it literal Markdown. Only what is of the type `Markdown`
(links, and the places where bodies go) is markup.
"""

from dataclasses import dataclass

from cpdkit.documents.career_view import Accountability, Application, Cv, SupporterForm
from cpdkit.documents.entries import ActivityEntry as ActivityEntry
from cpdkit.documents.entries import Bar as Bar
from cpdkit.documents.entries import Chart as Chart
from cpdkit.documents.entries import Diagram as Diagram
from cpdkit.documents.entries import Fact as Fact
from cpdkit.documents.entries import HeadlineFigure as HeadlineFigure
from cpdkit.documents.entries import PostEntry as PostEntry
from cpdkit.documents.literal import Markdown


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
    codes: str
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
    application: Application | None = None
    supporting: tuple[SupporterForm, ...] = ()
    accountability: Accountability | None = None
    cv: Cv | None = None

    @property
    def diagrams(self) -> dict[str, Diagram]:
        """Every diagram of the report by its key."""
        drawn = [*(self.application.diagrams if self.application else ())]
        drawn += [post.diagram for post in self.accountability.posts] if self.accountability else []
        return {each.key: each for each in drawn}

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
