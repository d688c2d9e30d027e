"""The application for registration in a document: the parts of the form, in its order, from the records."""

from collections.abc import Iterator, Mapping, Sequence

from cpdkit.dates.period import cpd_year
from cpdkit.dates.period_words import cpd_year_number
from cpdkit.documents.career_view import (
    Application,
    CitedActivity,
    CompetenceArea,
    EvidenceEntry,
    FormPart,
    StatementEntry,
    SupporterForm,
    UploadEntry,
    YearEntry,
)
from cpdkit.documents.kinds.accountability import diagram_on
from cpdkit.documents.kinds.career import (
    candidate_facts,
    person_entry,
    post_entry,
    qualification_entry,
    short_tenure,
)
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.view import Fact
from cpdkit.journal.cv import posts_newest_first, qualifications_newest_first
from cpdkit.journal.people import Person
from cpdkit.journal.records import Claim, ClaimEvidence, Post, Qualification
from cpdkit.journal.reporting import post_on
from cpdkit.journal.selection import select, year_start
from cpdkit.schemes.application import application_status, named_achievement, records_of
from cpdkit.schemes.forms import ApplicationForm, Part
from cpdkit.schemes.frameworks import Framework
from cpdkit.schemes.rule_types import MEGABYTE
from cpdkit.text.names import folded
from cpdkit.text.wording import shortened

LONGEST_QUOTE = 90


def application_view(context: ReportContext, form: ApplicationForm) -> Application:
    """Return the application on a form."""
    journal = context.journal
    cited = _cited(context)
    framework = _framework(context, form)
    diagram = diagram_on(context, context.day, "accountability") if form.part("diagram") else None
    return Application(
        body=form.body,
        category=_category(context, form),
        parts=tuple(
            FormPart(part.content, part.title, f"part{number}")
            for number, part in enumerate(form.parts, start=1)
            if part.inside and part.content != "outside"
        ),
        personal=(*candidate_facts(context, _category(context, form)), *_present_post(context)),
        diagrams=(diagram,) if diagram else (),
        posts=tuple(post_entry(context, each) for each in posts_newest_first(journal.posts)),
        qualifications=tuple(
            qualification_entry(context, each) for each in qualifications_newest_first(journal.qualifications)
        ),
        areas=tuple(_areas(context, framework, cited)),
        years=tuple(_years(context)),
        cited=tuple(cited.values()),
        supporters=tuple(person_entry(each) for each in journal.people.people if each.supporter),
        uploads=tuple(_uploads(context, form)),
    )


def _category(context: ReportContext, form: ApplicationForm) -> str:
    choices = context.member.application
    return form.category_for(choices.category if choices else "")


def _framework(context: ReportContext, form: ApplicationForm) -> Framework | None:
    return context.vocabulary.frameworks.get(form.framework_for(_category(context, form)))


def _present_post(context: ReportContext) -> Iterator[Fact]:
    post = post_on(context.journal.posts, context.day)
    if post:
        yield Fact(context.labels("facts.role"), f"{post.role}, {post.employer}")


# --- claims ---


def _cited(context: ReportContext) -> dict[str, CitedActivity]:
    """Return the selected activities that claims cite, by path, numbered in their order."""
    named = {folded(each.id) for claim in context.journal.claims for each in claim.evidenced_by}
    items = [item.activity for item in context.ordered if folded(item.activity.id) in named]
    return {
        activity.path: CitedActivity(str(number), f"e{number}", context.entries[activity.path])
        for number, activity in enumerate(items, start=1)
    }


def _areas(
    context: ReportContext, framework: Framework | None, cited: Mapping[str, CitedActivity]
) -> Iterator[CompetenceArea]:
    """Yield the areas of the framework with the statements on their competences, and then the other statements."""
    claims = list(context.journal.claims)
    evidence = _Evidence(context, cited)
    abilities = framework.competences if framework else ()
    order = {each.code: number for number, each in enumerate(abilities)}
    claims.sort(key=lambda each: (order.get(each.competences[0].code, len(order)), each.path))
    above = {each.code: each.parent or each.code for each in abilities}
    for area in dict.fromkeys(above.values()):
        some = [each for each in claims if above.get(each.competences[0].code) == area]
        if some and framework:
            title = f"{area} {context.title_in(framework, area)}" if area in framework.titles else area
            statements = tuple(_statement(context, each, framework, evidence) for each in some)
            yield CompetenceArea(title, statements)
    if rest := [each for each in claims if each.competences[0].code not in above]:
        statements = tuple(_statement(context, each, framework, evidence) for each in rest)
        yield CompetenceArea(context.labels("application.other_claims"), statements)


def _statement(
    context: ReportContext, claim: Claim, framework: Framework | None, evidence: "_Evidence"
) -> StatementEntry:
    anchor = context.anchors[claim.path]
    return StatementEntry(
        anchor,
        _title(context, claim, framework),
        tuple(evidence.of(claim)),
        context.description(anchor),
        context.reflection(anchor),
    )


def _title(context: ReportContext, claim: Claim, framework: Framework | None) -> str:
    """Return the codes and the title of a claim; without a title of its own, that of its first competence."""
    codes = ", ".join(each.code for each in claim.competences) if context.codes else ""
    first = claim.competences[0].code
    known = context.title_in(framework, first) if framework and first in framework.titles else ""
    return phrase_of((part for part in (codes, claim.title or known) if part), " ") or first


class _Evidence:
    """Finds what claims cite: selected activities, posts, achievements and qualifications of the document."""

    def __init__(self, context: ReportContext, cited: Mapping[str, CitedActivity]) -> None:
        self.context = context
        self.activities = {folded(_id_of(path)): each for path, each in cited.items()}
        self.posts = {folded(each.id): each for each in context.journal.posts}
        self.qualifications = {folded(each.id): each for each in context.journal.qualifications}

    def of(self, claim: Claim) -> Iterator[EvidenceEntry]:
        for each in claim.evidenced_by:
            yield self.entry(each)

    def entry(self, each: ClaimEvidence) -> EvidenceEntry:
        name = folded(each.id)
        if activity := self.activities.get(name):
            title = f"{activity.number}. {activity.entry.title}"
            return EvidenceEntry(title, activity.anchor, activity.entry.full_date)
        if post := self.posts.get(name):
            return self.of_post(post, each.achievement)
        if qualification := self.qualifications.get(name):
            return self.of_qualification(qualification)
        # Its ID is not printed: the record can be confidential.
        return EvidenceEntry(self.context.labels("application.not_here"), "")

    def of_post(self, post: Post, words: str) -> EvidenceEntry:
        achievement = named_achievement(post, words) if words else None
        anchor = self.context.anchors[post.path]
        if achievement:
            remark = f"{post.role}, {post.employer}"
            return EvidenceEntry(shortened(achievement.text, LONGEST_QUOTE), anchor, remark, is_below=True)
        return EvidenceEntry(f"{post.role}, {post.employer}", anchor, short_tenure(self.context, post))

    def of_qualification(self, qualification: Qualification) -> EvidenceEntry:
        return EvidenceEntry(qualification.title, self.context.anchors[qualification.path], qualification.institution)


def _id_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


# --- the CPD record ---


def _years(context: ReportContext) -> Iterator[YearEntry]:
    """Yield the CPD years with selected activities, the newest first."""
    first_day = year_start(context.journal)
    days = [day for item in context.included for day in (item.activity.start, item.activity.end)]
    numbers = sorted({cpd_year_number(day, first_day) for day in days}, reverse=True)
    for number in numbers:
        year = cpd_year(number, first_day)
        within = context.period.cut_to(year)
        if within is None:
            continue
        selection = select(context.journal.activities, 0, within, context.selection.filters)
        if items := selection.included:
            types = dict.fromkeys(context.labels(f"types.{item.activity.type}") for item in items)
            yield YearEntry(
                context.labels.english(year.short_title),
                context.labels.grouped(str(len(items))),
                context.number(sum(item.minutes for item in items)),
                phrase_of(types, ", "),
            )


# --- files ---


def _uploads(context: ReportContext, form: ApplicationForm) -> Iterator[UploadEntry]:
    status = application_status(form, _framework(context, form), records_of(context.journal, context.day))
    for part in (each.part for each in status.parts if each.has_file):
        if part.upload:
            yield UploadEntry(f"{part.upload}.pdf", part.title, size_limit(context, part))


def size_limit(context: ReportContext, part: Part) -> str:
    """Return the largest size of a part's file in words."""
    if not part.bytes:
        return ""
    return context.labels("application.megabytes", n=f"{part.bytes / MEGABYTE:g}")


# --- the supporter's form ---


def supporter_forms(context: ReportContext, form: ApplicationForm) -> tuple[SupporterForm, ...]:
    """Return a form for each supporter, of which only section 1 is filled in, or for the one that was named.

    The candidate fills in section 1 only; the supporter writes a box for each area of competence. Source:
    engx.theiet.org, discussion 25250.
    """
    framework = _framework(context, form)
    people = [each for each in context.journal.people.people if each.supporter]
    chosen = [each for each in people if not context.supporter or each.id == context.supporter]
    return tuple(
        SupporterForm(
            f"s{number}",
            tuple(_supporter_facts(context, each)),
            (*candidate_facts(context, _category(context, form)), *_present_post(context)),
            tuple(_area_titles(context, framework)),
        )
        for number, each in enumerate(chosen, start=1)
    )


def _supporter_facts(context: ReportContext, person: Person) -> Sequence[Fact]:
    entry = person_entry(person)
    labels = context.labels
    facts = [
        Fact(labels("application.supporter"), entry.name),
        Fact(labels("application.registration"), entry.registration),
        Fact(labels("facts.role"), entry.role),
        Fact(labels("application.contact"), entry.contact),
    ]
    return [fact for fact in facts if fact.value]


def _area_titles(context: ReportContext, framework: Framework | None) -> Iterator[str]:
    parents = {each.parent for each in framework.competences} if framework else set()
    for each in framework.competences if framework else ():
        if each.code in parents:
            yield f"{each.code} {context.title_in(framework, each.code)}" if framework else each.code
