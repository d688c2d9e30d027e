"""Posts, qualifications and people in a document: their dates and facts in words."""

from collections.abc import Callable
from datetime import date

from cpdkit.dates.partial import days_of_part
from cpdkit.documents.career_view import PersonEntry, QualificationEntry
from cpdkit.documents.kinds.activities import evidence_links
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.view import Fact, PostEntry
from cpdkit.journal.member import Membership
from cpdkit.journal.people import Person
from cpdkit.journal.records import Post, Qualification

DateWords = Callable[[ReportContext, str], str]
"""How a year, month or day is written."""


def tenure(context: ReportContext, post: Post) -> str:
    """Return the dates of a post."""
    if post.end is None:
        return context.labels("coverage.since", day=context.long_date(post.start))
    return context.long_dates(post.start, post.end)


def short_tenure(context: ReportContext, post: Post) -> str:
    """Return the dates of a post with short names of months."""
    if post.end is None:
        return context.labels("coverage.since", day=context.short_date(post.start))
    return context.short_dates(post.start, post.end)


def post_entry(context: ReportContext, post: Post) -> PostEntry:
    """Return a post as a section with its text."""
    anchor = context.anchors[post.path]
    codes = ", ".join(each.code for each in post.competences) if context.codes else ""
    return PostEntry(
        anchor=anchor,
        title=f"{post.role}, {post.employer}",
        meta=tuple(part for part in (tenure(context, post), post.location, codes) if part),
        description=context.description(anchor),
        reflection=context.reflection(anchor),
    )


def part_of_date(context: ReportContext, text: str) -> str:
    """Return a year, month or day in words: `2016`, `July 2016`, `8 July 2016`."""
    days = days_of_part(text)
    if not days or len(text) == 4:
        return text
    if len(text) == 7:
        return context.labels.of("dates.months", f"{context.months[days[0].month]} {days[0].year}")
    return context.long_date(days[0])


def month(context: ReportContext, text: str) -> str:
    """Return a year, month or day in words, no more exact than a month, as in a CV: `2016`, `July 2016`."""
    return part_of_date(context, text[:7])


def months(context: ReportContext, start: date, end: date | None) -> str:
    """Return the months of a job or a course: `May 2023 – June 2025`, `March 2026`, `since May 2023`."""
    first = month(context, start.isoformat())
    if end is None:
        return context.labels("coverage.since", day=first)
    last = month(context, end.isoformat())
    return first if first == last else f"{first} – {last}"


def qualification_dates(context: ReportContext, each: Qualification, shown: DateWords = part_of_date) -> str:
    """Return when a qualification was begun and awarded, or will be, and when it expires."""
    start, awarded, expires = (shown(context, text) for text in (each.start, each.awarded, each.expires))
    if _is_ahead(context, each.awarded):
        awarded = context.labels("career.expected", day=awarded)
    if start and awarded:
        dates = f"{start} – {awarded}"
    elif awarded:
        dates = awarded
    else:
        key = "career.begins" if _is_ahead(context, each.start) else "career.in_progress"
        dates = context.labels(key, day=start) if start else ""
    key = "career.expires" if each.is_valid_on(context.day) else "career.expired"
    expiry = context.labels(key, day=expires) if expires else ""
    return phrase_of((part for part in (dates, expiry) if part), ", ")


def _is_ahead(context: ReportContext, text: str) -> bool:
    days = days_of_part(text)
    return days is not None and days[0] > context.day


def qualification_entry(context: ReportContext, each: Qualification) -> QualificationEntry:
    """Return a qualification as a row."""
    number = context.labels("facts.number", number=each.number) if each.number else ""
    return QualificationEntry(
        context.anchors[each.path],
        each.title,
        each.institution,
        qualification_dates(context, each),
        phrase_of((part for part in (each.grade, each.accreditation, number) if part), ", "),
        evidence_links(each.evidence, context.labels),
    )


def person_entry(person: Person) -> PersonEntry:
    """Return a supporter or referee as a row."""
    number = f"{person.registration} {person.registration_number}".strip()
    role = ", ".join(part for part in (person.role, person.organisation) if part)
    contact = ", ".join(part for part in (person.email, person.phone) if part)
    return PersonEntry(person.name, number, role, person.knows, contact)


def candidate_facts(context: ReportContext, category: str) -> list[Fact]:
    """Return the personal information of an application."""
    labels, member = context.labels, context.member
    facts = [Fact(labels("application.name"), member.full_name), Fact(labels("application.category"), category)]
    facts += [Fact(labels("facts.membership"), membership(context, each)) for each in member.memberships]
    facts += [
        Fact(labels("application.address"), ", ".join(member.address)),
        Fact(labels("application.email"), member.email),
        Fact(labels("application.phone"), member.phone),
    ]
    return [fact for fact in facts if fact.value]


def membership(context: ReportContext, each: Membership) -> str:
    """Return a membership in words: the body, the grade, the number, and since when."""
    parts = [" ".join(part for part in (context.body_named(each.body), each.grade) if part)]
    if each.number:
        parts.append(context.labels("facts.number", number=each.number))
    if each.since:
        parts.append(context.labels("facts.since", since=part_of_date(context, each.since)))
    return phrase_of((part for part in parts if part), ", ")
