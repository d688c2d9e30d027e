"""The CV in a document: posts, qualifications, training, memberships and more, from the records, without re-entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cpdkit.documents.career_view import Cv, CvEntry, CvSection
from cpdkit.documents.kinds.career import membership, month, months, person_entry, qualification_dates
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.literal import Markdown, escape, link
from cpdkit.documents.view import Fact
from cpdkit.journal.cv import (
    NO_CHOICES,
    SECTIONS,
    address_of,
    employment_without_posts,
    is_education,
    is_training,
    is_volunteering,
    points_of,
    posts_newest_first,
    qualifications_newest_first,
    summary_of,
)
from cpdkit.journal.document_choices import CvChoices, CvVariant
from cpdkit.journal.member import Employment
from cpdkit.journal.records import Activity, Post, Qualification
from cpdkit.journal.search import title_of
from cpdkit.text.plain import paragraphs


@dataclass(frozen=True, slots=True)
class Omittable:
    """A part of a CV that can be omitted to save room: its name in `omit`, and what it is."""

    name: str
    words: str


def variant_named(choices: CvChoices | None, name: str) -> CvVariant | None:
    """Return a variant of the CV, or None."""
    return next((each for each in (choices.variants if choices else ()) if each.name == name), None)


def cv_view(context: ReportContext) -> Cv:
    """Return the CV, or the variant for an audience."""
    made = _Making(context)
    sections = (CvSection(key, context.labels(f"cv.{key}")) for key in SECTIONS)
    filled = (made.filled(section) for section in sections)
    return Cv(
        context.member.full_name,
        made.headline,
        tuple(made.contact()),
        tuple(filter(None, made.profile.split("\n\n"))),
        tuple(section for section in filled if section.entries or section.facts),
    )


def omittable(context: ReportContext) -> tuple[Omittable, ...]:
    """Return what a CV can do without, the first to go first: oldest and least important.

    What is marked `highlight: true`, a post itself and a degree are not among it.
    """
    return tuple(_Making(context).omittable())


class _Making:
    """A CV while it is made."""

    def __init__(self, context: ReportContext) -> None:
        self.context = context
        self.choices = context.member.cv or NO_CHOICES
        self.variant = variant_named(context.member.cv, context.variant) or CvVariant("")
        self.omit = {*self.variant.omit, *context.omit}
        self.topics = set(self.variant.topics)

    @property
    def headline(self) -> str:
        return self.variant.headline or self.choices.headline

    @property
    def profile(self) -> str:
        return self.variant.profile or self.choices.profile

    def contact(self) -> Iterator[Markdown]:
        member = self.context.member
        place = self.choices.location or next(iter(reversed(member.address)), "")
        for text in (place, member.phone):
            if text:
                yield escape(text)
        if member.email:
            yield link(member.email, f"mailto:{member.email}")
        for address in self.choices.links:
            yield link(address.removeprefix("https://").removeprefix("http://").rstrip("/"), address)

    def filled(self, section: CvSection) -> CvSection:
        """Return a section with its entries or facts; an omitted one stays empty."""
        if section.key in self.omit:
            return section
        if fill := _FACTS.get(section.key):
            return replace(section, facts=tuple(fill(self)))
        return replace(section, entries=tuple(_ENTRIES[section.key](self)))

    def is_shown(self, name: str, topics: Iterable[str]) -> bool:
        """Return whether a record is in the CV: not omitted, and on a topic of the variant if it has topics."""
        some = set(topics)
        return name not in self.omit and (not self.topics or not some or bool(some & self.topics))

    # --- sections ---

    def skills(self) -> Iterator[Fact]:
        for name, skills in self.variant.skills or self.choices.skills:
            yield Fact(name, ", ".join(skills))

    def languages(self) -> Iterator[Fact]:
        yield from (Fact(name, level) for name, level in self.choices.languages)

    def interests(self) -> Iterator[Fact]:
        if self.choices.interests:
            yield Fact("", ", ".join(self.choices.interests))

    def memberships(self) -> Iterator[Fact]:
        yield from (Fact("", membership(self.context, each)) for each in self.context.member.memberships)

    def experience(self) -> Iterator[CvEntry]:
        context, journal = self.context, self.context.journal
        jobs = [(job.start, self.job(job)) for job in employment_without_posts(context.member, journal.posts)]
        jobs += [(post.start, self.post(post)) for post in journal.posts if self.is_shown(post.id, post.topics)]
        yield from (entry for _, entry in sorted(jobs, key=lambda each: each[0] or date.min, reverse=True))

    def post(self, post: Post) -> CvEntry:
        lines = tuple(line for name, line in self.lines(post) if name not in self.omit)
        return CvEntry(post.role, post.employer, months(self.context, post.start, post.end), post.location, lines)

    def job(self, job: Employment) -> CvEntry:
        """Return an entry of `employment` in cpd.yaml."""
        return CvEntry(job.role, job.employer, months(self.context, job.start, job.end) if job.start else "")

    def lines(self, post: Post) -> Iterator[tuple[str, str]]:
        """Yield the points of a post with their names in `omit`: its achievements, or duties, or paragraphs."""
        points = points_of(post) or paragraphs(summary_of(post))
        yield from ((f"{post.id}#{number}", text) for number, text in enumerate(points, start=1))

    def education(self) -> Iterator[CvEntry]:
        return self.qualifications(is_education)

    def certificates(self) -> Iterator[CvEntry]:
        return self.qualifications(lambda each: not is_education(each))

    def qualifications(self, wanted: Callable[[Qualification], bool]) -> Iterator[CvEntry]:
        """Yield the qualifications of some kinds, without expired ones."""
        for each in qualifications_newest_first(self.context.journal.qualifications):
            if wanted(each) and each.is_valid_on(self.context.day) and self.is_shown(each.id, each.topics):
                about = ", ".join(part for part in (each.grade, each.accreditation) if part)
                yield CvEntry(each.title, each.institution, qualification_dates(self.context, each, month), about)

    def activities(self, wanted: Callable[[Activity], bool]) -> Iterator[Activity]:
        for item in self.context.ordered:
            each = item.activity
            if wanted(each) and self.is_shown(each.id, each.topics):
                yield each

    def training(self) -> Iterator[CvEntry]:
        """Yield training and study with evidence, and what is a highlight."""
        return map(self.activity, self.activities(is_training))

    def volunteering(self) -> Iterator[CvEntry]:
        return map(self.activity, self.activities(is_volunteering))

    def activity(self, each: Activity) -> CvEntry:
        dates = months(self.context, each.start, each.end)
        role = each.role[:1].upper() + each.role[1:]
        return CvEntry(each.title, ", ".join(part for part in (role, each.provider) if part), dates)

    def publications(self) -> Iterator[CvEntry]:
        for each in self.choices.publications:
            title = link(each.title, address) if (address := address_of(each.url)) else each.title
            yield CvEntry(title, each.publisher, month(self.context, each.date))

    def references(self) -> Iterator[CvEntry]:
        for each in self.context.journal.people.people:
            if each.referee and each.id not in self.omit:
                person = person_entry(each)
                detail = ", ".join(part for part in (each.registration, person.role) if part)
                yield CvEntry(person.name, detail, person.contact)

    # --- what can go ---

    def omittable(self) -> Iterator[Omittable]:
        if self.choices.interests and "interests" not in self.omit:
            yield Omittable("interests", "the interests")
        if "training" not in self.omit:
            yield from self.oldest(self.activities(is_training))
        posts = posts_newest_first(self.context.journal.posts) if "experience" not in self.omit else []
        points = [list(self.lines(post))[1:] for post in posts if self.is_shown(post.id, post.topics)]
        for some in reversed(points):
            yield from (Omittable(name, f"“{text}”") for name, text in reversed(some) if name not in self.omit)
        for each in reversed(qualifications_newest_first(self.context.journal.qualifications)):
            is_certificate = "certificates" not in self.omit and not is_education(each)
            if is_certificate and each.is_valid_on(self.context.day) and self.is_shown(each.id, each.topics):
                yield Omittable(each.id, each.title)

    def oldest(self, activities: Iterable[Activity]) -> Iterator[Omittable]:
        """Yield activities that are no highlight, the oldest first."""
        some = sorted((each for each in activities if not each.highlight), key=lambda each: (each.end, each.path))
        yield from (Omittable(each.id, each.title) for each in some)


_FACTS: Mapping[str, Callable[[_Making], Iterable[Fact]]] = {
    "skills": _Making.skills,
    "languages": _Making.languages,
    "interests": _Making.interests,
    "memberships": _Making.memberships,
}
_ENTRIES: Mapping[str, Callable[[_Making], Iterable[CvEntry]]] = {
    "experience": _Making.experience,
    "education": _Making.education,
    "certificates": _Making.certificates,
    "training": _Making.training,
    "volunteering": _Making.volunteering,
    "publications": _Making.publications,
    "references": _Making.references,
}


def hidden_by(context: ReportContext) -> list[str]:
    """Return what the variant of a CV omits: sections, and records and referees that a CV shows otherwise."""
    making = _Making(context)
    sections = [context.labels(f"cv.{key}") for key in SECTIONS if key in making.variant.omit]
    referees = [each.name for each in context.journal.people.people if each.referee and each.id in making.omit]
    records: list[Post | Qualification | Activity] = [*context.journal.posts, *context.journal.qualifications]
    records += [
        item.activity for item in context.included if is_training(item.activity) or is_volunteering(item.activity)
    ]
    return [*sections, *(title_of(each) for each in records if not making.is_shown(each.id, each.topics)), *referees]
