"""From a selection to the view that a template sees."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cpdkit.dates.hours import format_hours
from cpdkit.dates.period import Period
from cpdkit.dates.wording import Months, day_text, days_text
from cpdkit.documents.bodies.parts import WithBody
from cpdkit.documents.kinds import charts
from cpdkit.documents.kinds.activities import Teller, entry_of
from cpdkit.documents.kinds.annual_review import Reviewing, review_anchors, reviewed
from cpdkit.documents.kinds.competences import Covering, coverage_told, post_anchors
from cpdkit.documents.kinds.development_plan import Planning, objective_anchors, plan_told
from cpdkit.documents.kinds.progress import progress_told
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import Coverage, Entry, Fact, Figure, IndexLine, Plan, Progress, Report, Reviewed
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member, Membership
from cpdkit.journal.records import ActivityType
from cpdkit.journal.selection import Included, LeftOut, Selection
from cpdkit.journal.totals import Totals, totals_of
from cpdkit.schemes.evaluate import standings_in
from cpdkit.schemes.standing import Standing
from cpdkit.schemes.vocabulary import Vocabulary, vocabulary_in

PLAN, COVERAGE, CLAIMED, PROGRESS, REVIEWED = "plan", "coverage", "claimed", "progress", "reviewed"
NEEDED = (PLAN, COVERAGE, CLAIMED, PROGRESS, REVIEWED)
"""The parts of the view that are made only for a template that names them; `claimed` is `coverage` where
there is any.
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a report was made from: the day of its newest part, and the journal's commit where git knows one."""

    day: date
    commit: str = ""
    changed: bool = False


def compose(
    journal: Journal,
    member: Member,
    selection: Selection,
    kind: str,
    labels: Labels,
    origin: Origin,
    *,
    codes: bool,
    nonce: str,
    needs: Collection[str] = (),
    today: date | None = None,
) -> Report:
    """The view of a selection from the member's journal. `nonce` marks the places where the bodies go.

    `needs` are those of NEEDED that the template names. A plan is told as of `today` (the origin's day where none is
    given), or as of the period's end where that is past.
    """
    if CLAIMED in needs and codes and any(item.activity.competences for item in selection.included):
        needs = {*needs, COVERAGE}
    totals = totals_of(selection)
    teller = Teller(labels, selection.period, journal.objectives, nonce, codes)
    entries = tuple(entry_of(teller, item, f"a{n}") for n, item in enumerate(newest_first(selection.included), start=1))
    making = _Making(journal, member, selection, teller, entries, today or origin.day)
    return Report(
        kind=kind,
        title=_title(kind, selection.period, labels),
        period=speak_period(selection.period, labels),
        member=_member_facts(journal, member, selection.period, labels),
        about=(*making.facts(needs), *_about_facts(selection, labels, origin)),
        notices=(*_notices(selection, labels), *making.notices(needs)),
        figures=_figures(totals, labels),
        by_type=charts.by_type(totals, labels),
        by_folder=charts.by_folder(totals, labels),
        by_month=charts.by_month(totals, labels),
        entries=entries,
        index=_index(selection, entries) if codes else (),
        codes=codes,
        plan=making.plan() if PLAN in needs else None,
        coverage=making.coverage() if COVERAGE in needs else None,
        progress=making.progress() if PROGRESS in needs else (),
        reviewed=making.reviewed() if REVIEWED in needs else None,
    )


def bodies_of(journal: Journal, selection: Selection) -> dict[str, WithBody]:
    """The records whose bodies a template can place, by the anchors of their sections."""
    found: dict[str, WithBody] = {
        f"a{n}": item.activity for n, item in enumerate(newest_first(selection.included), start=1)
    }
    for name, anchor in objective_anchors(journal).items():
        found[anchor] = found[f"{anchor}done"] = journal.objectives[name]
    posts, reviews = post_anchors(journal), review_anchors(journal)
    found |= {posts[post.path]: post for post in journal.posts}
    return found | {reviews[review.path]: review for review in journal.reviews}


@dataclass(frozen=True)
class _Making:
    """The parts of a view that not every template needs."""

    journal: Journal
    member: Member
    selection: Selection
    teller: Teller
    listed: tuple[Entry, ...]
    today: date

    @property
    def day(self) -> date:
        """The day that a plan is told of."""
        last = self.selection.period.last
        return min(last, self.today) if last else self.today

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The activities' rows by their paths, the newest first."""
        ordered = newest_first(self.selection.included)
        return {item.activity.path: entry for item, entry in zip(ordered, self.listed, strict=True)}

    def plan(self) -> Plan:
        titles = self.words.competences if self.teller.codes else {}
        planning = Planning(self.teller, self.day, self.entries, objective_anchors(self.journal), titles)
        return plan_told(planning, self.journal, self.member, self.selection, self.today)

    def coverage(self) -> Coverage:
        posts = {post.path: post for post in self.journal.posts}
        covering = Covering(self.teller, self.day, self.entries, posts, post_anchors(self.journal))
        return coverage_told(covering, self.journal, self.words, self.selection)

    def progress(self) -> tuple[Progress, ...]:
        numbered = enumerate(self.standings, start=1)
        return tuple(progress_told(self.teller, each, self.entries, f"scheme{n}") for n, each in numbered)

    def reviewed(self) -> Reviewed:
        return reviewed(
            Reviewing(self.teller, self.journal, self.member, self.selection, self.entries, self.words, self.standings)
        )

    @cached_property
    def words(self) -> Vocabulary:
        return vocabulary_in(self.journal)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """In the schemes of cpd.yaml; of chosen activities alone they would say nothing, so then there is none."""
        return () if self.selection.filters.spoken else standings_in(self.journal, self.words, self.day)

    def facts(self, needs: Collection[str]) -> tuple[Fact, ...]:
        """The day of a plan, which is not always the period's last."""
        day = day_text(self.day, self.teller.months)
        return (Fact(self.teller.labels("facts.as_of"), day),) if PLAN in needs else ()

    def notices(self, needs: Collection[str]) -> tuple[str, ...]:
        """What a reader must know of records that could not be read, besides activities."""
        labels, unread = self.teller.labels, self.journal.unread
        folders = {PLAN: "plan/", COVERAGE: "career/", REVIEWED: "reviews/"}
        counts = {
            name: sum(1 for path in unread if path.startswith(folder))
            for name, folder in folders.items()
            if name in needs
        }
        return tuple(labels.count(f"notices.unread_{name}", count) for name, count in counts.items() if count)


def newest_first(included: Sequence[Included]) -> list[Included]:
    """The order of every list in a report: the newest day first, then by title."""
    by_title = sorted(included, key=lambda item: (item.activity.title.casefold(), item.activity.path))
    return sorted(by_title, key=lambda item: (item.activity.end, item.activity.start), reverse=True)


def speak_period(period: Period, labels: Labels) -> str:
    """The period as people say it, in the document's language."""
    months = Months(labels.words("dates.months"))
    first, last = period.start, period.last
    if first and last:
        return days_text(first, last, months)
    if last:
        return labels("dates.until", day=day_text(last, months))
    return labels("dates.from", day=day_text(first, months)) if first else labels("dates.always")


def _title(kind: str, period: Period, labels: Labels) -> str:
    title = labels(f"titles.{kind}") if kind in labels.keys("titles") else labels("titles.other")
    # A period without a short name stands below the title, where it is said in full.
    return title if period.short_title == period.spoken else f"{title} {period.short_title}"


def _member_facts(journal: Journal, member: Member, period: Period, labels: Labels) -> tuple[Fact, ...]:
    facts = [Fact(labels("facts.member"), member.full_name)]
    facts += [Fact(labels("facts.membership"), _membership(each, labels)) for each in member.memberships]
    if role := role_on(journal, member, period):
        facts.append(Fact(labels("facts.role"), role))
    return tuple(facts)


def _membership(membership: Membership, labels: Labels) -> str:
    parts = [" ".join(part for part in (membership.body, membership.grade) if part)]
    if membership.number:
        parts.append(labels("facts.number", number=membership.number))
    if membership.since:
        parts.append(labels("facts.since", since=_since(membership.since, labels)))
    return ", ".join(part for part in parts if part)


def _since(since: str, labels: Labels) -> str:
    """A year as it is, a day as people say it."""
    try:
        return day_text(date.fromisoformat(since), Months(labels.words("dates.months")))
    except ValueError:
        return since


def role_on(journal: Journal, member: Member, period: Period) -> str:
    """Role and employer on the period's last day: from `career/` where it knows, else from `cpd.yaml`."""
    day = period.last or date.max
    held = [post for post in journal.posts if post.start <= day and (post.end is None or post.end >= day)]
    if held:
        post = max(held, key=lambda each: each.start)
        return f"{post.role}, {post.employer}"
    for job in member.employment:
        if (job.start or date.min) <= day <= (job.end or date.max):
            return ", ".join(part for part in (job.role, job.employer) if part)
    return ""


def _about_facts(selection: Selection, labels: Labels, origin: Origin) -> tuple[Fact, ...]:
    chosen = selection.filters.spoken
    includes = labels.count("counts.activities", len(selection.included))
    return (
        Fact(labels("facts.includes"), includes if chosen else f"{includes}, {labels('facts.all')}"),
        *([Fact(labels("facts.filters"), "; ".join(chosen))] if chosen else []),
        Fact(labels("facts.left_out"), _left_out(selection.left_out, labels)),
        Fact(labels("facts.made"), _made_from(origin, labels)),
    )


def _left_out(left_out: LeftOut, labels: Labels) -> str:
    counts = {
        "planned": left_out.planned,
        "drafts": left_out.drafts,
        "confidential": left_out.confidential,
        "filtered": left_out.filtered,
        "unread": left_out.unread,
        "outside": left_out.outside_period,
    }
    parts = [labels.count(f"counts.{key}", n) for key, n in counts.items() if n]
    return ", ".join(parts) or labels("facts.nothing_left_out")


def _made_from(origin: Origin, labels: Labels) -> str:
    day = day_text(origin.day, Months(labels.words("dates.months")))
    if not origin.commit:
        return labels("facts.journal", day=day)
    key = "facts.journal_changed" if origin.changed else "facts.journal_commit"
    return labels(key, commit=origin.commit, day=day)


def _notices(selection: Selection, labels: Labels) -> tuple[str, ...]:
    unread, left_out = selection.left_out.unread, selection.left_out
    notices = [labels.count("notices.unread", unread)] if unread else []
    if not selection.included:
        inside = left_out.filtered + left_out.planned + left_out.drafts + left_out.confidential
        notices.append(labels("notices.nothing_chosen" if inside else "notices.nothing"))
    return tuple(notices)


def _figures(totals: Totals, labels: Labels) -> tuple[Figure, ...]:
    return (
        Figure(labels("values.hours", hours=format_hours(totals.minutes)), labels("figures.hours")),
        Figure(str(totals.count), labels.count("figures.activities", totals.count)),
        Figure(labels("figures.of", n=totals.reflected, all=totals.count), labels("figures.reflected")),
        Figure(labels("figures.of", n=totals.types_used, all=len(ActivityType)), labels("figures.types")),
    )


def _index(selection: Selection, entries: Sequence[Entry]) -> tuple[IndexLine, ...]:
    ordered = zip(newest_first(selection.included), entries, strict=True)
    lines = [
        IndexLine(competence.code, competence.level, entry)
        for item, entry in ordered
        for competence in item.activity.competences
    ]
    return tuple(sorted(lines, key=lambda line: line.code))
