"""The evidence for each competence of a framework: the activities, posts and achievements that claim it."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import Period
from cpdkit.journal.achievements import Achievement, achievements
from cpdkit.journal.member import Member
from cpdkit.journal.records import Activity, Post
from cpdkit.journal.sections import has_reflection
from cpdkit.journal.selection import Included
from cpdkit.journal.values import LEVELS, Competence
from cpdkit.schemes.frameworks import Ability, Framework


@dataclass(frozen=True, slots=True)
class Claim:
    """A record that claims a competence. `minutes` are those in the period, 0 for a post; `last` is its last date.

    For an `achievement`, `id` and `path` are those of its post, and `title` is the achievement.
    """

    id: str
    path: str
    title: str
    level: str
    first: date
    last: date
    minutes: Minutes = 0
    post: bool = False
    supported: bool = False
    achievement: bool = False


@dataclass(frozen=True, slots=True)
class CoveredCompetence:
    """One competence with its claims, the strongest first; `level_held` and `level_wanted` may be empty.

    A parent without claims of its own is only the heading of the competences below it (`is_area`).
    """

    ability: Ability
    claims: tuple[Claim, ...]
    level_held: str = ""
    level_wanted: str = ""
    is_area: bool = False
    scale: tuple[str, ...] = LEVELS

    @property
    def minutes(self) -> Minutes:
        """The minutes of all its activities. An activity with several competences counts in full for each."""
        return sum(each.minutes for each in self.claims)

    @property
    def last(self) -> date | None:
        """The last date on which it was used."""
        return max((each.last for each in self.claims), default=None)

    @property
    def is_below(self) -> bool:
        """Whether the level held is below the one wanted."""
        return bool(self.level_wanted) and rank(self.level_wanted, self.scale) > rank(self.level_held, self.scale)

    @property
    def gap(self) -> str:
        """What is missing, in a few words; empty if nothing is."""
        if self.is_area:
            return ""
        if self.is_below:
            return f"{self.level_held or 'no level'} held, {self.level_wanted} wanted"
        return "" if self.claims else "no evidence yet"

    def in_year(self, year: int) -> int:
        """Return how many of its claims include a day of a calendar year."""
        return sum(1 for each in self.claims if each.first.year <= year <= each.last.year)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A framework's competences in its order, each with its claims."""

    framework: Framework
    competences: tuple[CoveredCompetence, ...]

    @property
    def evidenced(self) -> int:
        """The number of competences with a claim."""
        return sum(1 for each in self.claimable if each.claims)

    @property
    def claimable(self) -> tuple[CoveredCompetence, ...]:
        """The competences themselves, without the areas that they belong to."""
        return tuple(each for each in self.competences if not each.is_area)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years from the first claim to the last."""
        days = [day for each in self.competences for claim in each.claims for day in (claim.first, claim.last)]
        return tuple(range(min(days).year, max(days).year + 1)) if days else ()


def rank(level: str, scale: Sequence[str]) -> int:
    """Return the position of a level on a scale; -1 for no level or an unknown one."""
    return scale.index(level) if level in scale else -1


def coverage_of(
    framework: Framework,
    included: Iterable[Included],
    posts: Iterable[Post],
    member: Member | None,
    day: date,
    period: Period | None = None,
) -> Coverage:
    """Return how the selected activities, and the posts and achievements in the period, evidence a framework.

    A post without an end lasts until `day`.
    """
    known = {each.code.casefold() for each in framework.competences}
    claims: dict[str, list[Claim]] = {}
    for item in included:
        for code in item.activity.competences:
            claims.setdefault(code.code.casefold(), []).append(_of_activity(item.activity, code, item.minutes))
    for post in posts:
        for claimed, claim in _of_post(post, known, day):
            if claim.first <= day and (period is None or period.overlaps(claim.first, claim.last)):
                claims.setdefault(claimed.casefold(), []).append(claim)
    held, wanted = (_levels(member.levels_held), _levels(member.levels_wanted)) if member else ({}, {})
    areas = {each.parent for each in framework.competences}
    return Coverage(
        framework,
        tuple(
            _covered(each, claims.get(each.code.casefold(), ()), held, wanted, each.code in areas, framework.scale)
            for each in framework.competences
        ),
    )


def unplaced(
    frameworks: Sequence[Framework], included: Iterable[Included], posts: Iterable[Post], member: Member | None
) -> tuple[str, ...]:
    """Return the codes in the records and in the levels of cpd.yaml that none of the frameworks has."""
    known = {each.code.casefold() for one in frameworks for each in one.competences}
    records: list[Activity | Post] = [*(item.activity for item in included), *posts]
    levels = (*member.levels_held, *member.levels_wanted) if member else ()
    claims = (claim for one in records for claim in one.competences)
    achieved = (claim for post in posts for each in achievements(post.body) for claim in each.claims(known))
    codes = {each.code for each in (*levels, *claims, *achieved)}
    return tuple(sorted(code for code in codes if code.casefold() not in known))


def _covered(
    ability: Ability,
    claims: Iterable[Claim],
    held: Mapping[str, str],
    wanted: Mapping[str, str],
    above: bool,
    scale: tuple[str, ...],
) -> CoveredCompetence:
    found = tuple(sorted(claims, key=lambda claim: _weakness(claim, scale)))
    code = ability.code.casefold()
    return CoveredCompetence(ability, found, held.get(code, ""), wanted.get(code, ""), above and not found, scale)


def _weakness(claim: Claim, scale: Sequence[str]) -> tuple[int, bool, int, int, bool, str]:
    """Return a sort key, the strongest first: by level, then reflection or evidence, then time, then the newest.

    An achievement comes before its post.
    """
    age = -claim.last.toordinal()
    whole = claim.post and not claim.achievement
    return -rank(claim.level, scale), not claim.supported, -claim.minutes, age, whole, claim.path


def _of_activity(activity: Activity, code: Competence, minutes: Minutes) -> Claim:
    supported = bool(activity.evidence) or has_reflection(activity.body)
    counted = minutes if activity.status.counts else 0
    return Claim(
        activity.id, activity.path, activity.title, code.level, activity.start, activity.end, counted, False, supported
    )


def _of_post(post: Post, known: Container[str], day: date) -> Iterator[tuple[str, Claim]]:
    """Yield the codes and claims of a post and of its achievements."""
    last = min(post.end or day, day)
    for each in post.competences:
        title = f"{post.role}, {post.employer}"
        yield each.code, Claim(post.id, post.path, title, each.level, post.start, last, 0, True, True)
    for one in achievements(post.body):
        for each in one.claims(known):
            yield each.code, _of_achievement(post, one, each.level, day)


def _of_achievement(post: Post, one: Achievement, level: str, day: date) -> Claim:
    """Return the claim of an achievement; one without a date of its own gets the dates of its post."""
    first, last = one.first or post.start, min(one.last or post.end or day, day)
    return Claim(post.id, post.path, one.text, level, first, last, 0, True, True, True)


def _levels(levelled: Iterable[Competence]) -> dict[str, str]:
    return {each.code.casefold(): each.level for each in levelled}
