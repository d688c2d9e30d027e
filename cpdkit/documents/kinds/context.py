"""What every part of a report is made from: the records, the words of its language, and its date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from cpdkit.dates.day_words import Months, day_text, days_text
from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import Period
from cpdkit.documents.bodies.parts import WithBody
from cpdkit.documents.bodies.placement import placeholder
from cpdkit.documents.kinds import quantities
from cpdkit.documents.literal import Markdown, phrase_of
from cpdkit.documents.templating import translation
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import ActivityEntry, Fact
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.selection import Included, Selection
from cpdkit.schemes.bodies import scheme_of_body
from cpdkit.schemes.evaluate import standings_in
from cpdkit.schemes.forms import ApplicationForm
from cpdkit.schemes.frameworks import Framework
from cpdkit.schemes.rules import Requirement, Scheme
from cpdkit.schemes.standing import Quantity, Standing
from cpdkit.schemes.vocabulary import Vocabulary, vocabulary_in

SHORTEST_YEAR = 365
"""The fewest days of a report that shows a scheme's period of several years."""


@dataclass(frozen=True)
class ReportContext:
    """The journal, the selection, and the words for them.

    `codes`: competences are shown. `progress`: the figures of schemes are shown. `nonce` marks the places of bodies.
    `entries` are the rows of the selected activities by their paths, in order. `form` is that of an application, and
    `supporter` the ID of the one whose form is wanted. `variant` and `omit` are those of a CV.
    """

    journal: Journal
    member: Member
    selection: Selection
    labels: Labels
    today: date
    codes: bool
    nonce: str
    entries: Mapping[str, ActivityEntry] = field(default_factory=dict)
    progress: bool = True
    oldest_first: bool = False
    sign: bool = False
    layout: str = "full"
    form: ApplicationForm | None = None
    supporter: str = ""
    variant: str = ""
    omit: frozenset[str] = frozenset()

    @property
    def period(self) -> Period:
        return self.selection.period

    @property
    def included(self) -> Sequence[Included]:
        return self.selection.included

    @cached_property
    def ordered(self) -> Sequence[Included]:
        """The activities in the order of every list in the report."""
        return in_order(self.selection.included, oldest_first=self.oldest_first)

    @property
    def day(self) -> date:
        """The date of a plan or of progress: today, or the last day of a period that has ended."""
        last = self.period.last
        return min(last, self.today) if last else self.today

    @property
    def one_year(self) -> int | None:
        """The calendar year of the period, which dates in tables can omit; None for several years."""
        first, last = self.period.start, self.period.last
        return first.year if first and last and first.year == last.year else None

    @cached_property
    def months(self) -> Months:
        return Months(self.labels.words("dates.months"))

    @cached_property
    def short_months(self) -> Months:
        return Months(self.labels.words("dates.short_months"))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary_in(self.journal)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The member's progress in each scheme, in the period of the report.

        Empty with filters, because some activities alone mean nothing, and without progress by the owner's choice.
        """
        if replace(self.selection.filters, confidential=False).words or not self.progress:
            return ()
        standings = standings_in(self.journal, self.vocabulary, self.day)
        return tuple(each for each in standings if _belongs(each.period, self.period, self.day))

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        return section_anchors(self.journal)

    def hours(self, minutes: Minutes) -> str:
        """Return `7.5 h` or `5 min`."""
        return quantities.hours(self.labels, minutes)

    def number(self, minutes: Minutes) -> str:
        """Return `7.5` or `5 min`, for a column of hours."""
        return quantities.number(self.labels, minutes)

    def long_date(self, day: date) -> str:
        """Return `14 March 2026`."""
        return self.labels.of("dates.months", day_text(day, self.months))

    def short_date(self, day: date | None) -> str:
        """Return `14 Mar 2026`, or nothing without a date."""
        return self.labels.of("dates.short_months", day_text(day, self.short_months)) if day else ""

    def long_dates(self, first: date, last: date) -> str:
        """Return `14–16 March 2026`."""
        return self.labels.of("dates.months", days_text(first, last, self.months))

    def short_dates(self, first: date, last: date, *, without_year: int | None = None) -> str:
        """Return `14–16 Mar 2026`; the year `without_year` is omitted."""
        return self.labels.of(
            "dates.short_months", days_text(first, last, self.short_months, without_year=without_year)
        )

    def level(self, level: str) -> str:
        """Return a level of competence in words."""
        return self.labels(f"levels.{level}") if level in self.labels.keys("levels") else level

    def body_of(self, scheme: Scheme) -> str:
        """Return the name of the professional body whose rules a scheme has."""
        return translation.body(scheme).in_words_of(self.labels)

    def body_named(self, name: str) -> str:
        """Return the name of a professional body as it writes itself: `IET` for `iet`. An unknown one is as written."""
        scheme = scheme_of_body(name, self.vocabulary.own.schemes.values())
        return (scheme.abbreviation or self.body_of(scheme)) if scheme else name

    def requirement_title(self, scheme: Scheme, requirement: Requirement) -> str:
        return translation.requirement(scheme, requirement).in_words_of(self.labels)

    def scheme_words(self, scheme: Scheme, words: str) -> str:
        """Return other words of a scheme, such as its unit."""
        return translation.words(scheme, words).in_words_of(self.labels) if words else ""

    def quantity(self, scheme: Scheme, quantity: Quantity) -> str:
        """Return an amount with its unit, `2 types`."""
        shown, unit = quantities.amount(self.labels, quantity.value), quantity.unit
        if not unit:
            return shown
        if unit in self.labels.keys("units"):
            return self.labels.count(f"units.{unit}", 1 if quantity.value == 1 else 2, amount=shown)
        return phrase_of((shown, self.scheme_words(scheme, unit)), " ")

    def framework_title(self, framework: Framework) -> str:
        return translation.framework_title(framework).in_words_of(self.labels)

    def title_in(self, framework: Framework, code: str) -> str:
        """Return the title of a competence of a framework."""
        return translation.competence(framework, code).in_words_of(self.labels)

    def competence_title(self, code: str) -> str:
        """Return the title of a competence, of the first framework that has it; empty where none has."""
        framework = next((each for each in self.vocabulary.considered if code in each.titles), None)
        return self.title_in(framework, code) if framework else ""

    def description(self, anchor: str) -> Markdown:
        """Return the place of the first part of a body; its record's section has this anchor."""
        return placeholder(self.nonce, f"{anchor}.description")

    def reflection(self, anchor: str) -> Markdown:
        """Return the place of the second part of a body."""
        return placeholder(self.nonce, f"{anchor}.reflection")


def signatories_of(context: ReportContext) -> tuple[Fact, ...]:
    """Return who signs: the owner, and those that cpd.yaml names, or room for a mentor."""
    others = [Fact(each.role or context.labels("plan.mentor"), each.name) for each in context.member.signatories]
    owner = Fact(context.labels("plan.member"), context.member.full_name)
    return (owner, *(others or [Fact(context.labels("plan.mentor"), "")]))


def _belongs(scheme: Period, report: Period, day: date) -> bool:
    """Return whether a scheme's period is one of the report: inside it, or a longer one, if the report is of a year.

    A report of one day, or of a year to come, has no progress: it would be that of another time.
    """
    cut = report.cut_to(scheme)
    is_inside = cut is not None and (cut.start, cut.stop) == (scheme.start, scheme.stop)
    return report.contains(day) and (is_inside or report.days is None or report.days >= SHORTEST_YEAR)


def in_order(included: Sequence[Included], *, oldest_first: bool = False) -> list[Included]:
    """Return the activities in the order of every list in a report: by date, newest first or not, then by title."""
    by_title = sorted(included, key=lambda item: (item.activity.title.casefold(), item.activity.path))
    return sorted(by_title, key=lambda item: (item.activity.end, item.activity.start), reverse=not oldest_first)


def section_anchors(journal: Journal) -> dict[str, str]:
    """Return the anchors of sections: an objective's by its id, a post's and a review's by its path."""
    numbered = {"o": journal.objectives, "p": [post.path for post in journal.posts]}
    numbered |= {"r": [review.path for review in journal.reviews]}
    numbered |= {"c": [claim.path for claim in journal.claims], "q": [each.path for each in journal.qualifications]}
    return {key: f"{letter}{n}" for letter, keys in numbered.items() for n, key in enumerate(keys, start=1)}


def bodies_of(context: ReportContext) -> dict[str, WithBody]:
    """Return the records whose bodies a template can place, by the anchors of their sections."""
    journal = context.journal
    bodies: dict[str, WithBody] = {f"a{n}": item.activity for n, item in enumerate(context.ordered, start=1)}
    anchors = section_anchors(journal)
    for name, objective in journal.objectives.items():
        bodies[anchors[name]] = bodies[f"{anchors[name]}done"] = objective
    bodies |= {anchors[post.path]: post for post in journal.posts}
    bodies |= {anchors[claim.path]: claim for claim in journal.claims}
    return bodies | {anchors[review.path]: review for review in journal.reviews}
