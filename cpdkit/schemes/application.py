"""How far an application for registration is: its parts against the form, with counts, and what to do next."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from cpdkit.dates.partial import days_of_part
from cpdkit.journal.achievements import Achievement, achievements
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.people import NOBODY, People, Person
from cpdkit.journal.records import Claim, ClaimEvidence, Objective, Post, Qualification
from cpdkit.journal.reporting import organisation_on
from cpdkit.schemes.forms import ApplicationForm, Part
from cpdkit.schemes.frameworks import Ability, Framework
from cpdkit.text.names import folded
from cpdkit.text.plain import Size, size_of

GAP_DAYS = 31
"""More days than this between two posts need an explanation."""


class State(StrEnum):
    """How far a part is."""

    DONE = "done"
    MISSING = "missing"
    OVER = "over"
    UNDER = "under"
    OPTIONAL = "optional"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class ApplicationRecords:
    """The records that an application is made of. `activities` is the number of those that count."""

    day: date
    member: Member | None = None
    people: People = NOBODY
    posts: Sequence[Post] = ()
    qualifications: Sequence[Qualification] = ()
    claims: Sequence[Claim] = ()
    objectives: Sequence[Objective] = ()
    activities: int = 0

    @property
    def category(self) -> str:
        """The category of registration that the owner chose."""
        choices = self.member.application if self.member else None
        return choices.category if choices else ""

    @property
    def supporters(self) -> tuple[Person, ...]:
        """The people who support the application."""
        return tuple(each for each in self.people.people if each.supporter)


def records_of(journal: Journal, day: date) -> ApplicationRecords:
    """Return the records of a journal that an application is made of, without confidential ones."""
    public = journal.without_confidential()
    return ApplicationRecords(
        day,
        journal.member,
        journal.people,
        public.posts,
        public.qualifications,
        public.claims,
        tuple(journal.objectives.values()),
        sum(each.status.counts and not each.confidential for each in journal.activities),
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """A text that a limit applies to: the record (its path, empty for several together), a name, and its size."""

    path: str
    name: str
    size: Size


@dataclass(frozen=True, slots=True)
class PartStatus:
    """One part of the form: its state, what it has in a few words, and what to do next.

    `texts` are what its limits apply to.
    """

    part: Part
    state: State
    has: str = ""
    next: str = ""
    texts: tuple[Measured, ...] = ()

    @property
    def has_file(self) -> bool:
        """Whether there is something to send for it, even if it is not complete."""
        return self.state in (State.DONE, State.OVER, State.UNDER) or bool(self.texts)


@dataclass(frozen=True, slots=True)
class ApplicationStatus:
    """An application against its form. `unclaimed` are competences of the framework without a claim."""

    form: ApplicationForm
    parts: tuple[PartStatus, ...]
    unclaimed: tuple[Ability, ...] = ()
    claimed: int = 0

    @property
    def done(self) -> int:
        """The number of parts that are done."""
        return sum(each.state is State.DONE for each in self.parts)


@dataclass(slots=True)
class _Content:
    """What a part has: a number of things, words for it, what is missing, and the texts that count."""

    count: int = 0
    has: str = ""
    next: str = ""
    texts: list[Measured] = field(default_factory=list)


def application_status(
    form: ApplicationForm,
    framework: Framework | None,
    records: ApplicationRecords,
    pages: Mapping[str, float] = MappingProxyType({}),
) -> ApplicationStatus:
    """Return the parts of a form with what the journal has for them. `pages` are the lengths of parts, if known."""
    written = [each for each in records.claims if size_of(each.body).words]
    unclaimed = tuple(unclaimed_abilities(framework, written)) if framework else ()
    claimable = len(list(_claimable(framework))) if framework else 0
    parts = tuple(_status(part, framework, records) for part in form.parts)
    parts = tuple(_with_pages(_with_category(each, form, records), pages) for each in parts)
    return ApplicationStatus(form, parts, unclaimed, claimable - len(unclaimed))


def _status(part: Part, framework: Framework | None, records: ApplicationRecords) -> PartStatus:
    content = _CONTENTS[part.content](part, framework, records)
    texts = tuple(content.texts)
    if part.content == "outside" and not content.count:
        return PartStatus(part, State.OUTSIDE if part.required else State.OPTIONAL, content.has, content.next)
    if content.count < max(part.count, 1):
        state = State.MISSING if part.required else State.OPTIONAL
        return PartStatus(part, state, content.has, content.next, texts)
    if over := [each for each in texts if is_over(part, each.size)]:
        return PartStatus(part, State.OVER, content.has, f"shorten {_named(over)}", texts)
    if under := [each for each in texts if each.size.words < part.least_words]:
        return PartStatus(part, State.UNDER, content.has, f"add to {_named(under)}", texts)
    return PartStatus(part, State.DONE, content.has, "", texts)


def _with_category(each: PartStatus, form: ApplicationForm, records: ApplicationRecords) -> PartStatus:
    """Return the personal information as missing if the form is for several categories and none is chosen."""
    if each.part.content != "personal" or form.category_for(records.category) or not form.categories:
        return each
    hint = f"add category: to application: in cpd.yaml; one of {form.category}"
    has = f"{each.has}, no category" if each.has.startswith("no ") else "no category"
    return replace(each, state=State.MISSING, has=has, next="; ".join(filter(None, (each.next, hint))))


def _with_pages(each: PartStatus, pages: Mapping[str, float]) -> PartStatus:
    """Return a part as too long if it has more pages than the form allows."""
    length = pages.get(each.part.name, 0)
    if each.state is not State.DONE or not each.part.pages or length <= each.part.pages:
        return each
    allowed = f"{each.part.pages} page{'s' * (each.part.pages != 1)}"
    return replace(each, state=State.OVER, next=f"shorten it from {length:.1f} to {allowed}")


def is_over(part: Part, size: Size) -> bool:
    """Return whether a text is longer than a part allows."""
    return bool((part.characters and size.characters > part.characters) or (part.words and size.words > part.words))


def _named(texts: Sequence[Measured]) -> str:
    more = f" and {len(texts) - 2} more" if len(texts) > 2 else ""
    return ", ".join(each.name for each in texts[:2]) + more


# --- what each part has ---


def _personal(_part: Part, _framework: Framework | None, records: ApplicationRecords) -> _Content:
    member = records.member
    if member is None:
        return _Content(0, "", "correct cpd.yaml")
    facts = {"name": member.name, "email": member.email, "phone": member.phone, "address": member.address}
    missing = [name for name, value in facts.items() if not value]
    if not member.memberships:
        missing.append("memberships")
    has = "name and contact" if not missing else f"no {', '.join(missing)}"
    return _Content(0 if missing else 1, has, f"add {', '.join(missing)} to cpd.yaml" if missing else "")


def _diagram(_part: Part, _framework: Framework | None, records: ApplicationRecords) -> _Content:
    organisation = organisation_on(records.member, records.people, records.posts, records.day)
    count = len(organisation.colleagues) - 1
    hint = "write your manager and colleagues into people.yaml, and reports-to into your post"
    if organisation.is_empty:
        return _Content(next=hint)
    return _Content(1, f"you and {_counted(count, 'person', 'people')}")


_POST = "write a file under career/ for each post, with role:, employer: and start:"


def _career(part: Part, _framework: Framework | None, records: ApplicationRecords) -> _Content:
    posts = list(records.posts)
    texts = [Measured(each.path, f"{each.role}, {each.employer}", size_of(each.body)) for each in posts]
    total = sum(each.size.characters for each in texts)
    has = f"{_counted(len(posts), 'post')}, {total:,} characters" if posts else ""
    return _Content(len(posts), has, _POST, _limited(part, texts, "the career history"))


def _qualifications(_part: Part, _framework: Framework | None, records: ApplicationRecords) -> _Content:
    awarded = [each for each in records.qualifications if _is_awarded(each, records.day)]
    return _Content(
        len(awarded), _counted(len(awarded), "qualification") if awarded else "", 'run cpd new qualification "TITLE"'
    )


def _is_awarded(qualification: Qualification, day: date) -> bool:
    days = days_of_part(qualification.awarded)
    return days is not None and days[0] <= day


def _claims(part: Part, framework: Framework | None, records: ApplicationRecords) -> _Content:
    sized = [(each, size_of(each.body)) for each in records.claims]
    claims = [each for each, size in sized if size.words]
    texts = [Measured(each.path, f"the claim of {each.name}", size) for each, size in sized if size.words]
    words = sum(each.size.words for each in texts)
    if part.per == "area":
        texts = _by_area(framework, claims, texts)
    missing = list(unclaimed_abilities(framework, claims)) if framework else []
    has = f"{_counted(len(claims), 'claim')}, {words:,} words" if claims else ""
    empty = [each.path for each, size in sized if not size.words]
    hint = f"write the statement in {empty[0]}" if empty else "run cpd new claim CODE"
    content = _Content(len(claims), has, hint, _limited(part, texts, "the text of the claims"))
    if missing and part.required:
        content.count = 0
        content.has = f"{has}; {_counted(len(missing), 'competence')} without a claim".lstrip("; ")
        content.next = hint if empty else f"run cpd new claim {missing[0].code}"
    return content


def _by_area(framework: Framework | None, claims: Sequence[Claim], texts: Sequence[Measured]) -> list[Measured]:
    """Return the texts of the claims together for each area: the competence above the first one of the claim."""
    parents = {each.code: each.parent or each.code for each in framework.competences} if framework else {}
    areas: dict[str, Size] = {}
    for claim, text in zip(claims, texts, strict=True):
        code = claim.competences[0].code
        area = parents.get(code, code[:1])
        areas[area] = areas.get(area, Size()).plus(text.size)
    return [Measured("", f"area {area}", size) for area, size in areas.items()]


def _plan(_part: Part, _framework: Framework | None, records: ApplicationRecords) -> _Content:
    ahead = [each for each in records.objectives if each.status == "open"]
    return _Content(len(ahead), f"{_counted(len(ahead), 'open objective')}", 'run cpd plan new "TITLE"')


def _cpd(_part: Part, _framework: Framework | None, records: ApplicationRecords) -> _Content:
    count = records.activities
    return _Content(count, _counted(count, "activity", "activities") if count else "", "run cpd new")


def _supporters(part: Part, _framework: Framework | None, records: ApplicationRecords) -> _Content:
    named = records.supporters
    lapsed = [each for each in named if each.registered_until and each.registered_until < records.day]
    wanted = max(part.count, 1)
    hint = f"add supporter: true to {'one person' if wanted == 1 else f'{wanted} people'} in people.yaml"
    has = ", ".join(each.name for each in named)
    if lapsed:
        has += f" (registration expired: {', '.join(each.name for each in lapsed)})"
    return _Content(len(named) - len(lapsed), has, hint)


def _outside(part: Part, _framework: Framework | None, records: ApplicationRecords) -> _Content:
    choices = records.member.application if records.member else None
    is_done = bool(choices and part.name in choices.confirmed)
    hint = f"when it is done, add {part.name} to application: confirmed: in cpd.yaml"
    return _Content(int(is_done), "confirmed by you" if is_done else "not in the journal", hint)


def _made(_part: Part, _framework: Framework | None, _records: ApplicationRecords) -> _Content:
    """A part that cpdkit makes from the others."""
    return _Content(1, "made with the document")


_CONTENTS: Mapping[str, Callable[[Part, Framework | None, ApplicationRecords], _Content]] = {
    "personal": _personal,
    "diagram": _diagram,
    "career": _career,
    "qualifications": _qualifications,
    "claims": _claims,
    "plan": _plan,
    "cpd": _cpd,
    "supporters": _supporters,
    "cv": _made,
    "declaration": _made,
    "uploads": _made,
    "outside": _outside,
}


def _limited(part: Part, texts: Sequence[Measured], name: str) -> list[Measured]:
    """Return the texts that the limits of a part apply to: each one, or all together."""
    if part.per != "whole" or not texts:
        return list(texts)
    total = Size()
    for each in texts:
        total = total.plus(each.size)
    return [Measured("", name, total)]


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


# --- competences ---


def _claimable(framework: Framework) -> Iterator[Ability]:
    areas = {each.parent for each in framework.competences}
    return (each for each in framework.competences if each.code not in areas)


def unclaimed_abilities(framework: Framework, claims: Iterable[Claim]) -> Iterator[Ability]:
    """Yield the competences of a framework that no claim names, themselves or by their area."""
    named = {each.code.casefold() for claim in claims for each in claim.competences}
    for each in _claimable(framework):
        if each.code.casefold() not in named and each.parent.casefold() not in named:
            yield each


# --- evidence of claims ---


def named_achievement(post: Post, words: str) -> Achievement | None:
    """Return the one achievement of a post that contains these words; None if none does, or several do."""
    found = [each for each in achievements(post.body) if folded(words) in folded(each.text)]
    return found[0] if len(found) == 1 else None


def evidence_of(claim: Claim, known: Mapping[str, str]) -> Iterator[tuple[ClaimEvidence, str]]:
    """Yield the evidence of a claim with the path of each record; empty for one that is not there.

    `known` are paths by ID in lower case.
    """
    for each in claim.evidenced_by:
        yield each, known.get(folded(each.id), "")


# --- gaps ---


@dataclass(frozen=True, slots=True)
class CareerGap:
    """Days between two posts, both included, and the post after them."""

    first: date
    last: date
    post: Post


def career_gaps(records: ApplicationRecords) -> Iterator[CareerGap]:
    """Yield the gaps of more than a month between the posts. Employment in cpd.yaml and studies fill them too."""
    stays = [(each.start, each.end or date.max) for each in records.posts]
    if records.member:
        stays += [(each.start, each.end or date.max) for each in records.member.employment if each.start]
    for each in records.qualifications:
        begun, ended = days_of_part(each.start), days_of_part(each.awarded)
        if begun and ended:
            stays.append((begun[0], ended[1]))
    first = min((each.start for each in records.posts), default=date.min)
    posts = {each.start: each for each in records.posts if each.start > first}
    for _, post in sorted(posts.items()):
        latest = max(stop for start, stop in stays if start < post.start)
        if latest < post.start and (post.start - latest).days - 1 > GAP_DAYS:
            yield CareerGap(latest + timedelta(1), post.start - timedelta(1), post)
