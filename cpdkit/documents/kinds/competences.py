"""The evidence for each competence in a document, and the gaps."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cpdkit.dates.hours import Minutes
from cpdkit.documents.kinds.career import post_entry, short_tenure
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.view import (
    ClaimEntry,
    CompetenceCoverage,
    CompetenceEntry,
    FrameworkCoverage,
    HeadlineFigure,
    PostEntry,
)
from cpdkit.journal.cv import posts_newest_first
from cpdkit.schemes.coverage import Claim, Coverage, CoveredCompetence, coverage_of, unplaced
from cpdkit.schemes.frameworks import Framework
from cpdkit.schemes.vocabulary import frameworks_for

MOST_YEARS = 7
"""Columns of years that fit next to the titles on A4. Earlier years share the first column."""
NOTHING = "·"
HEADING, DEEPEST = 3, 6
"""The level of a competence's heading, and the deepest there is."""


def competence_coverage(context: ReportContext) -> CompetenceCoverage:
    """Return how the selected activities, and the posts of the period, evidence the frameworks that count."""
    journal, period, included = context.journal, context.period, context.included
    frameworks = frameworks_for(context.vocabulary, included)
    posts = [post for post in journal.posts if period.overlaps(post.start, post.end or context.day)]
    coverages = [coverage_of(each, included, posts, context.member, context.day, period) for each in frameworks]
    strange = unplaced(frameworks, included, posts, context.member)
    return CompetenceCoverage(
        figures=tuple(_figures(context, coverages)),
        sentences=tuple(_sentences(context, coverages, strange)),
        frameworks=tuple(_framework(context, each, f"f{n}") for n, each in enumerate(coverages, start=1)),
        jobs=tuple(_posts(context, coverages)),
    )


def year_columns(years: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the years as columns: one for each of the newest; earlier ones share the first."""
    if len(years) <= MOST_YEARS:
        return [(each,) for each in years]
    newest = [(each,) for each in years[-(MOST_YEARS - 1) :]]
    return [tuple(years[: -(MOST_YEARS - 1)]), *newest]


# --- the whole ---


def _figures(context: ReportContext, coverages: Iterable[Coverage]) -> Iterator[HeadlineFigure]:
    """Yield the headline figures: competences with evidence, those below the wanted level, activities without one."""
    some = [each for coverage in coverages for each in coverage.claimable]
    of = context.labels("figures.of", n=sum(1 for each in some if each.claims), all=len(some))
    yield HeadlineFigure(of, context.labels("coverage.figures.evidenced"))
    if any(each.level_wanted for each in some):
        yield HeadlineFigure(str(sum(1 for each in some if each.is_below)), context.labels("coverage.figures.below"))
    bare = _uncoded(context)[0]
    yield HeadlineFigure(str(bare), context.labels.count("coverage.figures.uncoded", bare))


def _uncoded(context: ReportContext) -> tuple[int, Minutes]:
    """Return how many activities claim no competence, and their minutes that count."""
    bare = [item for item in context.included if not item.activity.competences]
    return len(bare), sum(item.minutes for item in bare if item.activity.status.counts)


def _sentences(context: ReportContext, coverages: Sequence[Coverage], strange: Sequence[str]) -> Iterator[str]:
    """Yield what a reader of the tables must know."""
    if not coverages:
        yield context.labels("coverage.no_framework")
    count, minutes = _uncoded(context)
    if count:
        yield context.labels.count("coverage.uncoded", count, hours=context.hours(minutes), all=len(context.included))
    if strange:
        yield context.labels("coverage.strange", codes=", ".join(strange))
    if context.selection.filters.words:
        yield context.labels("coverage.filtered")


def _posts(context: ReportContext, coverages: Iterable[Coverage]) -> Iterator[PostEntry]:
    """Yield the posts that claim a competence of these frameworks, newest first."""
    covered = [each for coverage in coverages for each in coverage.competences]
    paths = {claim.path for each in covered for claim in each.claims if claim.post}
    claiming = [post for post in context.journal.posts if post.path in paths]
    yield from (post_entry(context, post) for post in posts_newest_first(claiming))


# --- one framework ---


def _framework(context: ReportContext, coverage: Coverage, anchor: str) -> FrameworkCoverage:
    """Return one framework; the anchors of its sections begin with `anchor`."""
    columns = year_columns([year for year in coverage.years if context.period.overlaps(*_days_of(year))])
    claimable = [each for each in coverage.competences if not each.is_area]
    entries = {id(each): _entry(context, each, coverage.framework, anchor, columns) for each in coverage.competences}
    return FrameworkCoverage(
        id=anchor,
        title=context.framework_title(coverage.framework),
        competences=tuple(entries.values()),
        uncovered=tuple(entries[id(each)] for each in claimable if not each.claims),
        below=tuple(entries[id(each)] for each in claimable if each.is_below),
        years=tuple(_year(context, column, columns) for column in columns),
        levels=any(each.level_held or each.level_wanted for each in claimable),
        claim_levels=any(claim.level for each in claimable for claim in each.claims),
        legend=not coverage.framework.levels,
    )


def _days_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _year(context: ReportContext, column: tuple[int, ...], columns: Sequence[tuple[int, ...]]) -> str:
    return str(column[0]) if len(column) == 1 else context.labels("coverage.until", year=columns[1][0] - 1)


def _entry(
    context: ReportContext,
    covered: CoveredCompetence,
    framework: Framework,
    anchor: str,
    columns: Sequence[tuple[int, ...]],
) -> CompetenceEntry:
    competence = covered.ability
    held, wanted = (context.level(level) if level else "" for level in (covered.level_held, covered.level_wanted))
    number = next(n for n, each in enumerate(framework.competences, start=1) if each is competence)
    return CompetenceEntry(
        anchor=f"{anchor}c{number}",
        code=competence.code,
        title=context.title_in(framework, competence.code),
        level=min(HEADING + _depth(framework, competence.parent), DEEPEST),
        is_area=covered.is_area,
        held=held,
        wanted=wanted,
        evidence=_evidence(context, covered),
        meta=tuple(_meta(context, covered, held, wanted)),
        claims=tuple(_claim(context, claim) for claim in covered.claims),
        years=tuple(_in_years(covered, column) for column in columns),
        records=len(covered.claims),
    )


def _depth(framework: Framework, parent: str) -> int:
    """Return how deep a competence with this parent is nested. A framework that was read has no circles."""
    parents = {each.code: each.parent for each in framework.competences}
    depth = 0
    while parent:
        parent, depth = parents.get(parent, ""), depth + 1
    return depth


def _in_years(covered: CoveredCompetence, years: tuple[int, ...]) -> str:
    first, last = years[0], years[-1]
    count = sum(1 for each in covered.claims if each.first.year <= last and each.last.year >= first)
    return str(count) if count else NOTHING


def _evidence(context: ReportContext, covered: CoveredCompetence) -> str:
    """Return all the evidence in a few words: how many records, and how many hours."""
    if not covered.claims or covered.last is None:
        is_filtered = bool(context.selection.filters.words)
        return context.labels("coverage.none_here" if is_filtered else "coverage.no_evidence")
    activities = sum(1 for each in covered.claims if not each.post)
    achieved = sum(1 for each in covered.claims if each.achievement)
    posts = len(covered.claims) - activities - achieved
    hours = context.hours(covered.minutes) if covered.minutes else ""
    parts = [context.labels.count("coverage.activities", activities)] if activities else []
    parts += [context.labels.count("coverage.posts", posts)] if posts else []
    parts += [context.labels.count("coverage.achievements", achieved)] if achieved else []
    return phrase_of((part for part in (*parts, hours) if part), ", ")


def _meta(context: ReportContext, covered: CoveredCompetence, held: str, wanted: str) -> Iterator[str]:
    if held:
        yield context.labels("coverage.held", level=held)
    if wanted:
        yield context.labels("coverage.wanted", level=wanted)
    yield _evidence(context, covered)
    if covered.last:
        yield context.labels("coverage.last", day=context.long_date(covered.last))


def _claim(context: ReportContext, claim: Claim) -> ClaimEntry:
    if claim.post:
        post = next(post for post in context.journal.posts if post.path == claim.path)
        days = _achieved(context, claim) if claim.achievement else short_tenure(context, post)
        kind = context.labels("coverage.achievement" if claim.achievement else "coverage.post")
        return ClaimEntry(days, claim.title, kind, claim.level, "", "", context.anchors[claim.path])
    entry = context.entries[claim.path]
    unsupported = "" if claim.supported else context.labels("coverage.unsupported")
    remark = phrase_of((part for part in (entry.part, entry.status, unsupported) if part), ", ")
    days = context.short_dates(claim.first, claim.last)
    return ClaimEntry(days, claim.title, entry.type_name, claim.level, entry.hours, remark, "")


def _achieved(context: ReportContext, claim: Claim) -> str:
    """Return when something was achieved: the date, month or year that the post gives, or the years of the post."""
    first, last = claim.first, claim.last
    if first == last:
        return context.short_date(first)
    if first.year != last.year:
        return f"{first.year}–{last.year}"
    if first.month == last.month:
        return context.labels.of("dates.short_months", f"{context.short_months[first.month]} {first.year}")
    return str(first.year)
