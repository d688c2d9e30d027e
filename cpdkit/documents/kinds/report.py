"""From a selection to the view that a template sees."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from cpdkit.dates.day_words import Months, day_text, days_text
from cpdkit.dates.period import Period
from cpdkit.documents.kinds import charts
from cpdkit.documents.kinds.accountability import accountability
from cpdkit.documents.kinds.activities import activity_entries
from cpdkit.documents.kinds.annual_review import annual_review
from cpdkit.documents.kinds.application import application_view, supporter_forms
from cpdkit.documents.kinds.career import membership
from cpdkit.documents.kinds.competences import competence_coverage
from cpdkit.documents.kinds.context import ReportContext, signatories_of
from cpdkit.documents.kinds.cv import cv_view
from cpdkit.documents.kinds.development_plan import development_plan
from cpdkit.documents.kinds.progress import scheme_progress
from cpdkit.documents.literal import Markdown, phrase_of, picture
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import Fact, HeadlineFigure, IndexGroup, IndexLine, Letterhead, Report, SchemeProgress
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.selection import Omitted, Selection
from cpdkit.journal.totals import Totals, totals_of
from cpdkit.journal.values import ActivityType

PLAN, COVERAGE, CLAIMED, PROGRESS, REVIEWED = "plan", "coverage", "claimed", "progress", "reviewed"
APPLICATION, SUPPORTING, ACCOUNTABILITY, CV = "application", "supporting", "accountability", "cv"
NEEDED = (PLAN, COVERAGE, CLAIMED, PROGRESS, REVIEWED, APPLICATION, SUPPORTING, ACCOUNTABILITY, CV)
"""The parts of the view that are made only for a template that names them; `claimed` is the `coverage`, if any."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a report was made from: the date of its newest part, and the journal's commit in git, if any."""

    day: date
    commit: str = ""
    changed: bool = False


def report_view(context: ReportContext, kind: str, origin: Origin, needs: Collection[str] = ()) -> Report:
    """Return the view of a selection. `needs` are those of NEEDED that the kind's template names."""
    context = replace(context, entries=activity_entries(context))
    labels, selection = context.labels, context.selection
    entries, totals = tuple(context.entries.values()), totals_of(selection)
    index = _index(context) if context.codes else ()
    if CLAIMED in needs and index:
        needs = {*needs, COVERAGE}
    return Report(
        kind=kind,
        title=_title(context, kind, needs),
        period=_period(context, needs),
        member=_member_facts(context),
        about=(*_plan_day(context, needs), *_about_facts(context)),
        made=_made_from(context, origin),
        notices=(*_notices(selection, context.journal.activity_copies, labels), *_unread_notices(context, needs)),
        language_notice="" if labels.is_english else labels("notices.language"),
        figures=_figures(context, totals),
        by_type=charts.by_type(totals, labels),
        by_folder=charts.by_folder(totals, labels),
        by_month=charts.by_month(totals, labels),
        entries=entries,
        total=HeadlineFigure(context.number(totals.minutes), labels.count("counts.activities", totals.count)),
        index=index,
        groups=_groups(context, index),
        codes=context.codes,
        layout=context.layout,
        letterhead=_letterhead(context),
        signatories=signatories_of(context) if context.sign else (),
        confidential=_confidential(context, needs),
        plan=development_plan(context) if PLAN in needs else None,
        coverage=competence_coverage(context) if COVERAGE in needs else None,
        progress=_progress(context) if PROGRESS in needs else (),
        reviewed=annual_review(context) if REVIEWED in needs else None,
        application=application_view(context, context.form) if APPLICATION in needs and context.form else None,
        supporting=supporter_forms(context, context.form) if SUPPORTING in needs and context.form else (),
        accountability=accountability(context) if ACCOUNTABILITY in needs else None,
        cv=cv_view(context) if CV in needs else None,
    )


def _confidential(context: ReportContext, needs: Collection[str]) -> str:
    """Return the word that marks each page, if the report has a confidential record."""
    journal = context.journal
    has_any = any(item.activity.confidential for item in context.included)
    if {APPLICATION, ACCOUNTABILITY, COVERAGE, CV} & {*needs}:
        has_any = has_any or any(each.confidential for each in journal.posts)
        has_any = has_any or any(each.confidential for each in journal.qualifications)
        has_any = has_any or any(each.confidential for each in journal.claims)
    return context.labels("document.confidential") if has_any else ""


def _progress(context: ReportContext) -> tuple[SchemeProgress, ...]:
    numbered = enumerate(context.standings, start=1)
    return tuple(scheme_progress(context, standing, f"scheme{n}") for n, standing in numbered)


def _plan_day(context: ReportContext, needs: Collection[str]) -> tuple[Fact, ...]:
    """Return the date of a plan, which is not always the last day of the period."""
    return (Fact(context.labels("facts.as_of"), context.long_date(context.day)),) if PLAN in needs else ()


def _unread_notices(context: ReportContext, needs: Collection[str]) -> Iterator[str]:
    """Yield the notices about records with errors other than activities."""
    folders: Mapping[str, tuple[str, ...]] = {
        PLAN: ("plan/",),
        COVERAGE: ("career/",),
        REVIEWED: ("reviews/",),
        APPLICATION: ("career/", "qualifications/", "claims/", "people.yaml"),
        ACCOUNTABILITY: ("career/", "people.yaml"),
        CV: ("career/", "qualifications/", "people.yaml"),
    }
    for part, places in folders.items():
        count = sum(1 for path in context.journal.unread if path.startswith(places)) if part in needs else 0
        if count:
            yield context.labels.count(f"notices.unread_{part}", count)


def period_text(selection: Selection, labels: Labels) -> str:
    """Return the period in words, in the document's language. An open end is that of the activities."""
    months = Months(labels.words("dates.months"))
    days = [(item.activity.start, item.activity.end) for item in selection.included]
    first = selection.period.start or min((start for start, _ in days), default=None)
    last = selection.period.last or max((end for _, end in days), default=None)
    if first and last:
        return labels.of("dates.months", days_text(first, last, months))
    if last:
        return labels("dates.until", day=labels.of("dates.months", day_text(last, months)))
    if first:
        return labels("dates.from", day=labels.of("dates.months", day_text(first, months)))
    return labels("dates.no_activities")


def _letterhead(context: ReportContext) -> Letterhead | None:
    look = context.member.look
    if look is None or not (look.logo or look.letterhead):
        return None
    name = context.labels("document.logo", name=next(iter(look.letterhead), context.member.name))
    logo = picture(name, f"../{look.logo}", "logo") if look.logo else Markdown("")
    return Letterhead(logo, look.letterhead)


def _period(context: ReportContext, needs: Collection[str]) -> str:
    """Return the period of the activities; the date of a document that has none, such as an application."""
    undated = {APPLICATION, SUPPORTING, ACCOUNTABILITY, CV}
    return context.long_date(context.day) if undated & {*needs} else period_text(context.selection, context.labels)


def _title(context: ReportContext, kind: str, needs: Collection[str]) -> str:
    """Return the title of the form, the owner's title, or that of the kind, with the period."""
    labels, period = context.labels, context.period
    if APPLICATION in needs and context.form:
        return context.form.title
    if {SUPPORTING, ACCOUNTABILITY, CV} & {*needs}:
        return labels(f"titles.{kind}") if kind in labels.keys("titles") else labels("titles.other")
    title = labels(f"titles.{kind}") if kind in labels.keys("titles") else labels("titles.other")
    if context.member.look and context.member.look.title:
        title = context.member.look.title
    # A period without a short name is printed in full below the title.
    return title if period.short_title == period.words else phrase_of((title, labels.english(period.short_title)), " ")


def _member_facts(context: ReportContext) -> tuple[Fact, ...]:
    labels, member = context.labels, context.member
    facts = [Fact(labels("facts.member"), member.full_name)]
    facts += [Fact(labels("facts.membership"), membership(context, each)) for each in member.memberships]
    if role := role_on(context.journal, member, context.period):
        facts.append(Fact(labels("facts.role"), role))
    return tuple(facts)


def role_on(journal: Journal, member: Member, period: Period) -> str:
    """Return role and employer on the period's last day: from `career/`, or from `cpd.yaml` if `career/` has none."""
    day = period.last or date.max
    posts = [post for post in journal.posts if post.start <= day and (post.end is None or post.end >= day)]
    if posts:
        post = max(posts, key=lambda each: each.start)
        return f"{post.role}, {post.employer}"
    for job in member.employment:
        if (job.start or date.min) <= day <= (job.end or date.max):
            return ", ".join(part for part in (job.role, job.employer) if part)
    return ""


def _about_facts(context: ReportContext) -> tuple[Fact, ...]:
    labels, selection = context.labels, context.selection
    chosen = selection.filters.words
    includes = labels.count("counts.activities", len(selection.included))
    return (
        Fact(labels("facts.includes"), includes if chosen else phrase_of((includes, labels("facts.all")), ", ")),
        *([Fact(labels("facts.filters"), labels.english("; ".join(chosen)))] if chosen else []),
        Fact(labels("facts.omitted"), _omitted(selection.omitted, context.journal.activity_copies, labels)),
    )


def _omitted(omitted: Omitted, copies: int, labels: Labels) -> str:
    """Return the omitted activities by reason. `copies` are the conflict copies among those that cannot be read."""
    counts = {
        "planned": omitted.planned,
        "drafts": omitted.drafts,
        "confidential": omitted.confidential,
        "filtered": omitted.filtered,
        "unread": omitted.unread - copies,
        "copies": copies,
        "outside": omitted.outside_period,
    }
    parts = [labels.count(f"counts.{key}", n) for key, n in counts.items() if n]
    return phrase_of(parts, ", ") or labels("facts.nothing_omitted")


def _made_from(context: ReportContext, origin: Origin) -> str:
    """Return the sentence on what the report was made from."""
    day = context.long_date(origin.day)
    if not origin.commit:
        return context.labels("made.journal", day=day)
    key = "made.changed" if origin.changed else "made.commit"
    return context.labels(key, commit=origin.commit, day=day)


def _notices(selection: Selection, copies: int, labels: Labels) -> tuple[str, ...]:
    omitted = selection.omitted
    counts = {"unread": omitted.unread - copies, "copies": copies}
    notices = [labels.count(f"notices.{key}", n) for key, n in counts.items() if n]
    if not selection.included:
        inside = omitted.filtered + omitted.planned + omitted.drafts + omitted.confidential
        notices.append(labels("notices.nothing_chosen" if inside else "notices.nothing"))
    return tuple(notices)


def _figures(context: ReportContext, totals: Totals) -> tuple[HeadlineFigure, ...]:
    labels = context.labels
    activities, reflected = (labels.grouped(str(n)) for n in (totals.count, totals.reflected))
    return (
        HeadlineFigure(context.hours(totals.minutes), labels("figures.hours")),
        HeadlineFigure(activities, labels.count("figures.activities", totals.count)),
        HeadlineFigure(labels("figures.of", n=reflected, all=activities), labels("figures.reflected")),
        HeadlineFigure(labels("figures.of", n=totals.types_used, all=len(ActivityType)), labels("figures.types")),
    )


def _index(context: ReportContext) -> tuple[IndexLine, ...]:
    lines = [
        IndexLine(competence.code, competence.level, context.entries[item.activity.path])
        for item in context.ordered
        for competence in item.activity.competences
    ]
    return tuple(sorted(lines, key=lambda line: line.code))


def _groups(context: ReportContext, index: Sequence[IndexLine]) -> tuple[IndexGroup, ...]:
    """Return the lines of the index by their codes."""
    by_code = groupby(index, key=lambda line: line.code)
    return tuple(IndexGroup(code, context.competence_title(code), tuple(lines)) for code, lines in by_code)
