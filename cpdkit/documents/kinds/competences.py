"""Which competences a journal evidences, and where the gaps are, as a document tells it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cpdkit.dates.hours import Minutes, format_hours
from cpdkit.dates.period import Period
from cpdkit.dates.wording import day_text, days_text
from cpdkit.documents.bodies.splice import placeholder
from cpdkit.documents.kinds.activities import Teller, level_told
from cpdkit.documents.view import Ability, Claimed, Coverage, Entry, Figure, Framework, Job
from cpdkit.journal.load import Journal
from cpdkit.journal.records import Post
from cpdkit.journal.selection import Selection
from cpdkit.schemes.coverage import Claim, CoveredCompetence, coverage_of, unplaced
from cpdkit.schemes.coverage import Coverage as Reckoned
from cpdkit.schemes.frameworks import Framework as Listed
from cpdkit.schemes.vocabulary import Vocabulary, frameworks_for

MOST_YEARS = 7
"""Columns of years that fit beside the titles on A4; the years before them share the first."""
NOTHING = "·"
HEADING, DEEPEST = 3, 6
"""The level of a competence's heading, and the deepest there is."""


@dataclass(frozen=True, slots=True)
class Covering:
    """What telling a coverage needs. `day` is the one until which a post that is held still counts, `entries` are the
    activities' rows and `posts` the posts, by path, `anchors` the posts' sections.
    """

    teller: Teller
    day: date
    entries: Mapping[str, Entry]
    posts: Mapping[str, Post]
    anchors: Mapping[str, str]

    def say(self, key: str, **facts: object) -> str:
        return self.teller.labels(f"coverage.{key}", **facts)

    def count(self, key: str, n: int, **facts: object) -> str:
        return self.teller.labels.count(f"coverage.{key}", n, **facts)

    def hours(self, minutes: Minutes) -> str:
        return self.teller.labels("values.hours", hours=format_hours(minutes))


def coverage_told(covering: Covering, journal: Journal, words: Vocabulary, selection: Selection) -> Coverage:
    """How the selected activities, and the posts of the period, evidence the frameworks that count."""
    listed = frameworks_for(words, selection.included)
    posts = [each for each in journal.posts if selection.period.overlaps(each.start, each.end or covering.day)]
    reckoned = [
        coverage_of(each, selection.included, posts, journal.member, covering.day, selection.period) for each in listed
    ]
    strange = unplaced(listed, selection.included, posts, journal.member)
    return Coverage(
        figures=tuple(_figures(covering, reckoned, selection)),
        sentences=tuple(_sentences(covering, reckoned, strange, selection)),
        frameworks=tuple(_framework(covering, each, n, selection.period) for n, each in enumerate(reckoned, start=1)),
        jobs=tuple(_jobs(covering, reckoned)),
    )


def post_anchors(journal: Journal) -> dict[str, str]:
    """The anchor of each post's section, by its path."""
    return {each.path: f"p{n}" for n, each in enumerate(journal.posts, start=1)}


def years_told(years: Sequence[int]) -> list[tuple[int, ...]]:
    """The years as columns: the newest one each, those that don't fit together in the first."""
    if len(years) <= MOST_YEARS:
        return [(each,) for each in years]
    newest = [(each,) for each in years[-(MOST_YEARS - 1) :]]
    return [tuple(years[: -(MOST_YEARS - 1)]), *newest]


# --- the whole ---


def _figures(covering: Covering, reckoned: Iterable[Reckoned], selection: Selection) -> Iterator[Figure]:
    """The first numbers: how many competences have evidence, are below the level wanted, and what claims none."""
    some = [each for one in reckoned for each in one.claimable]
    of = covering.teller.labels("figures.of", n=sum(1 for each in some if each.claims), all=len(some))
    yield Figure(of, covering.say("figures.evidenced"))
    if any(each.level_wanted for each in some):
        yield Figure(str(sum(1 for each in some if each.is_below)), covering.say("figures.below"))
    bare = _uncoded(selection)[0]
    yield Figure(str(bare), covering.count("figures.uncoded", bare))


def _uncoded(selection: Selection) -> tuple[int, Minutes]:
    """How many of the activities claim no competence, and their minutes that count."""
    bare = [item for item in selection.included if not item.activity.competences]
    return len(bare), sum(item.minutes for item in bare if item.activity.status.counts)


def _sentences(
    covering: Covering, reckoned: Sequence[Reckoned], strange: Sequence[str], selection: Selection
) -> Iterator[str]:
    """What a reader of the tables must know."""
    if not reckoned:
        yield covering.say("no_framework")
    count, minutes = _uncoded(selection)
    if count:
        yield covering.count("uncoded", count, hours=covering.hours(minutes), all=len(selection.included))
    if strange:
        yield covering.say("strange", codes=", ".join(strange))
    if selection.filters.spoken:
        yield covering.say("filtered")


def _jobs(covering: Covering, reckoned: Iterable[Reckoned]) -> Iterator[Job]:
    """The posts that claim a competence of these frameworks, the newest first."""
    paths = {claim.path for one in reckoned for each in one.competences for claim in each.claims if claim.post}
    held = [post for path, post in covering.posts.items() if path in paths]
    for post in sorted(held, key=lambda each: each.start, reverse=True):
        anchor, nonce = covering.anchors[post.path], covering.teller.nonce
        parts = (_held(covering, post), post.location, ", ".join(each.code for each in post.competences))
        yield Job(
            anchor=anchor,
            title=f"{post.role}, {post.employer}",
            meta=tuple(part for part in parts if part),
            description=placeholder(nonce, f"{anchor}.description"),
            reflection=placeholder(nonce, f"{anchor}.reflection"),
        )


def _held(covering: Covering, post: Post, *, short: bool = False) -> str:
    months = covering.teller.short_months if short else covering.teller.months
    if post.end is None:
        return covering.say("since", day=day_text(post.start, months))
    return days_text(post.start, post.end, months)


# --- one framework ---


def _framework(covering: Covering, reckoned: Reckoned, number: int, period: Period) -> Framework:
    years = years_told([year for year in reckoned.years if _is_in(period, year)])
    names = f"f{number}"
    abilities = [(each, _ability(covering, each, reckoned.framework, names, years)) for each in reckoned.competences]
    claimable = [each for each in reckoned.competences if not each.is_area]
    return Framework(
        id=names,
        title=reckoned.framework.title,
        competences=tuple(told for _, told in abilities),
        uncovered=tuple(told for each, told in abilities if not each.is_area and not each.claims),
        below=tuple(told for each, told in abilities if not each.is_area and each.is_below),
        years=tuple(_year(covering, each, years) for each in years),
        levels=any(each.level_held or each.level_wanted for each in claimable),
        claim_levels=any(claim.level for each in claimable for claim in each.claims),
        legend=not reckoned.framework.levels,
    )


def _is_in(period: Period, year: int) -> bool:
    return period.overlaps(date(year, 1, 1), date(year, 12, 31))


def _year(covering: Covering, column: tuple[int, ...], columns: Sequence[tuple[int, ...]]) -> str:
    if len(column) == 1:
        return str(column[0])
    return covering.say("until", year=columns[1][0] - 1)


def _ability(
    covering: Covering, covered: CoveredCompetence, framework: Listed, names: str, years: Sequence[tuple[int, ...]]
) -> Ability:
    labels, ability = covering.teller.labels, covered.ability
    held, wanted = (level_told(labels, each) if each else "" for each in (covered.level_held, covered.level_wanted))
    place = next(n for n, each in enumerate(framework.competences, start=1) if each is ability)
    return Ability(
        anchor=f"{names}c{place}",
        code=ability.code,
        title=ability.title,
        level=min(HEADING + _depth(framework, ability.parent), DEEPEST),
        is_area=covered.is_area,
        held=held,
        wanted=wanted,
        evidence=_evidence(covering, covered),
        meta=tuple(_meta(covering, covered, held, wanted)),
        claims=tuple(_claimed(covering, each) for each in covered.claims),
        years=tuple(_in_years(covered, each) for each in years),
        records=len(covered.claims),
    )


def _depth(framework: Listed, parent: str) -> int:
    """How many competences one of this parent belongs under. A framework that was read has no circles."""
    parents = {each.code: each.parent for each in framework.competences}
    depth = 0
    while parent:
        parent, depth = parents.get(parent, ""), depth + 1
    return depth


def _in_years(covered: CoveredCompetence, years: tuple[int, ...]) -> str:
    first, last = years[0], years[-1]
    count = sum(1 for each in covered.claims if each.first.year <= last and each.last.year >= first)
    return str(count) if count else NOTHING


def _evidence(covering: Covering, covered: CoveredCompetence) -> str:
    """All the evidence in a few words: how many records, how long, how lately."""
    if not covered.claims or covered.last is None:
        return covering.say("no_evidence")
    activities = sum(1 for each in covered.claims if not each.post)
    achieved = sum(1 for each in covered.claims if each.achievement)
    posts = len(covered.claims) - activities - achieved
    hours = covering.hours(covered.minutes) if covered.minutes else ""
    parts = [covering.count("activities", activities)] if activities else []
    parts += [covering.count("posts", posts)] if posts else []
    parts += [covering.count("achievements", achieved)] if achieved else []
    return ", ".join(part for part in (*parts, hours) if part)


def _meta(covering: Covering, covered: CoveredCompetence, held: str, wanted: str) -> Iterator[str]:
    if held:
        yield covering.say("held", level=held)
    if wanted:
        yield covering.say("wanted", level=wanted)
    yield _evidence(covering, covered)
    if covered.last:
        yield covering.say("last", day=day_text(covered.last, covering.teller.months))


def _claimed(covering: Covering, claim: Claim) -> Claimed:
    if claim.post:
        days = _held(covering, covering.posts[claim.path], short=True)
        kind = covering.say("achievement" if claim.achievement else "post")
        if claim.achievement:
            days = _achieved(covering, claim)
        return Claimed(days, claim.title, kind, claim.level, "", "", covering.anchors[claim.path])
    entry = covering.entries[claim.path]
    remark = "" if claim.supported else covering.say("unsupported")
    days = days_text(claim.first, claim.last, covering.teller.short_months)
    remarks = ", ".join(part for part in (entry.part, entry.status, remark) if part)
    return Claimed(days, claim.title, entry.type_name, claim.level, entry.hours, remarks, "")


def _achieved(covering: Covering, claim: Claim) -> str:
    """When something was achieved: the day, the month or the year, as far as it is said; else the years of its post."""
    first, last = claim.first, claim.last
    if first == last:
        return day_text(first, covering.teller.short_months)
    if first.year != last.year:
        return f"{first.year}–{last.year}"
    month = f"{covering.teller.short_months[first.month]} " if first.month == last.month else ""
    return f"{month}{first.year}"
