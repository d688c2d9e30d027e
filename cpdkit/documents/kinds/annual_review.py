"""The annual review: what a reviewer of a CPD record checks, in the reviewer's order, and the owner's own review.

The six checks are those of the IET's first review: "The 2015 CPD review cycle", engx.theiet.org.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from statistics import median_high

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import cpd_year
from cpdkit.documents.kinds import quantities
from cpdkit.documents.kinds.charts import by_month, chart
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.kinds.progress import counted_and_omitted
from cpdkit.documents.kinds.quantities import part_of
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.view import ActivityEntry, AnnualReview, Bar, Chart, CheckGroup, ReviewCheck, ReviewEntry
from cpdkit.journal.records import Activity, Review
from cpdkit.journal.sections import has_reflection, outline
from cpdkit.journal.selection import Included, is_within, year_start
from cpdkit.journal.totals import columns_of, counted, totals_of
from cpdkit.journal.values import ActivityType, Skill
from cpdkit.schemes.coverage import Coverage, coverage_of
from cpdkit.schemes.frameworks import Framework
from cpdkit.schemes.requirements import is_planned_in
from cpdkit.schemes.rules import Measure
from cpdkit.schemes.standing import Quantity, Standing
from cpdkit.schemes.vocabulary import frameworks_for

SHORT, LONG = 50, 150
"""Words of a reflection: short up to the first number, long above the second."""
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
Keys = Callable[[Activity], Iterable[str]]


def annual_review(context: ReportContext) -> AnnualReview:
    """Return the six checks and the reviews of the years that the period touches."""
    checks = (_plan, _hours, _skills, _types, _competences, _reflections)
    return AnnualReview(tuple(check(context) for check in checks), tuple(_reviews(context)))


# --- the checks ---


def _plan(context: ReportContext) -> ReviewCheck:
    """Check whether the activities follow the plan."""
    objectives, period = context.journal.objectives, context.period
    planned_now = [each for each in objectives.values() if is_planned_in(each, period)]
    served = {name for item in context.included for name in item.activity.objectives}
    labels = {each.id: each.title for each in objectives.values() if each in planned_now or each.id in served}
    labels |= {name: name for name in sorted(served - objectives.keys())}
    groups = _grouped(context, "plan", labels, lambda one: one.objectives)
    linked = [item for item in context.included if item.activity.objectives]
    sentences = [
        context.labels.count(
            "review.plan.shown",
            len(planned_now),
            linked=len(linked),
            all=len(context.included),
            hours=part_of(context.labels, sum(map(counted, linked)), sum(map(counted, context.included))),
        )
    ]
    if others := len(labels) - len(planned_now):
        sentences.append(context.labels.count("review.plan.others", others))
    planned = [item for item in context.included if item.activity.planned]
    unplanned = [item for item in context.included if item.activity.planned is False]
    if planned or unplanned:
        sentences.append(
            context.labels(
                "review.plan.planned", planned=_hours_of(context, planned), unplanned=_hours_of(context, unplanned)
            )
        )
        if unrecorded := [item for item in context.included if item.activity.planned is None]:
            sentences.append(context.labels("review.plan.unrecorded", hours=_hours_of(context, unrecorded)))
    several = any(len(item.activity.objectives) > 1 for item in context.included)
    return _check(context, "plan", sentences, groups, several=several)


def _hours(context: ReportContext) -> ReviewCheck:
    """Check the hours. The months show whether they were left to the end of the year."""
    sentences = [
        context.labels.count("review.hours.shown", len(context.included), hours=_hours_of(context, context.included))
    ]
    asked = [(standing, line) for standing in context.standings for line in _asked(context, standing)]
    sentences += [line for _, line in asked]
    sentences += dict.fromkeys(filter(None, (counted_and_omitted(context, standing) for standing, _ in asked)))
    drawn = by_month(totals_of(context.selection), context.labels)
    groups = []
    for bar, column in zip(drawn.bars, columns_of(context.selection)[1], strict=True):
        items = [item for item in context.included if is_within(item.activity, column)]
        groups.append(_group(context, bar.label, items, bar.minutes))
    return _chart_check(context, "hours", sentences, groups, drawn)


def _asked(context: ReportContext, standing: Standing) -> Iterator[str]:
    """Yield the total that a scheme requires, if it requires an amount."""
    amounts = [each for each in standing.figures if each.requirement.measure is Measure.AMOUNT and each.target]
    for figure in [each for each in amounts if not each.requirement.of][:1]:
        yield context.labels(
            "review.hours.asked",
            body=context.body_of(standing.scheme),
            recorded=quantities.amount(context.labels, figure.recorded),
            required=context.quantity(standing.scheme, Quantity(figure.target or figure.recorded, figure.unit)),
            period=context.labels.english(figure.window.short_title),
        )


def _skills(context: ReportContext) -> ReviewCheck:
    """Check the mixture of technical and soft skills."""
    labels = {each.value: context.labels(f"review.skill.{each}") for each in Skill}
    groups = _grouped(context, "skills", labels, lambda one: (each.value for each in one.skills))
    hours = {
        each.value: _hours_of(context, (item for item in context.included if each in item.activity.skills))
        for each in Skill
    }
    none = [item for item in context.included if not item.activity.skills]
    sentences = [context.labels("review.skills.shown", **hours)]
    if none:
        sentences.append(context.labels("review.skills.missing", none=_hours_of(context, none)))
    several = any(len(item.activity.skills) > 1 for item in context.included)
    return _check(context, "skills", sentences, groups, several=several)


def _types(context: ReportContext) -> ReviewCheck:
    """Check the mixture of the six types."""
    labels = {each.value: context.labels(f"types.{each}") for each in ActivityType}
    groups = _grouped(context, "types", labels, lambda one: (one.type.value,))
    unused = [group.label for group in groups if not group.entries]
    sentences = [context.labels("review.types.shown", used=len(labels) - len(unused), all=len(labels))]
    if unused:
        sentences.append(context.labels("review.types.unused", types=phrase_of(unused, ", ")))
    return _check(context, "types", sentences, groups)


def _competences(context: ReportContext) -> ReviewCheck:
    """Check the mixture of competences, by the areas of the frameworks that count."""
    listed = frameworks_for(context.vocabulary, context.included)
    if not listed:
        return _check(context, "competences", [context.labels("review.competences.no_framework")], ())
    # A code of two frameworks belongs to the first, as everywhere.
    areas = {code: area for each in reversed(listed) for code, area in _areas(each).items()}
    titles = {area: title for each in reversed(listed) for area, title in _area_titles(context, each).items()}
    labels = {area: titles[area] for each in listed for area in _area_titles(context, each)}
    labels["?"] = context.labels("review.competences.other")
    groups = _grouped(
        context,
        "competences",
        labels,
        lambda one: (areas.get(each.code.casefold(), "?") for each in one.competences),
    )
    groups = [group for group in groups if group.entries or group.label != labels["?"]]
    several = any(len(item.activity.competences) > 1 for item in context.included)
    return _check(context, "competences", list(_covered(context, listed)), groups, several=several)


def _covered(context: ReportContext, listed: Sequence[Framework]) -> Iterator[str]:
    """Yield how many competences have an activity, and which have none."""
    day = context.period.last or date.max
    reckoned: list[Coverage] = [coverage_of(each, context.included, (), context.member, day) for each in listed]
    claimable = [each for one in reckoned for each in one.claimable]
    bare = [each.ability.code for each in claimable if not each.claims]
    coded = sum(1 for item in context.included if item.activity.competences)
    yield context.labels(
        "review.competences.shown",
        evidenced=len(claimable) - len(bare),
        all=len(claimable),
        coded=coded,
        activities=len(context.included),
    )
    if bare:
        yield context.labels("review.competences.missing", codes=", ".join(bare))


def _areas(framework: Framework) -> dict[str, str]:
    """The topmost code that each code belongs to, by the code in lower case."""
    parents = {each.code: each.parent for each in framework.competences}
    areas = {}
    for code in parents:
        top = code
        while parents.get(top):
            top = parents[top]
        areas[code.casefold()] = top
    return areas


def _area_titles(context: ReportContext, framework: Framework) -> dict[str, str]:
    areas = (each.code for each in framework.competences if not each.parent)
    return {code: phrase_of((code, context.title_in(framework, code)), " ") for code in areas}


def _reflections(context: ReportContext) -> ReviewCheck:
    """Check the length of the reflections. Whether they are good, the reader decides."""
    words = {item.activity.path: words_of_reflection(item.activity.body) for item in context.included}
    labels = {
        "nothing": context.labels("review.reflections.nothing"),
        "short": context.labels("review.reflections.short", n=SHORT),
        "middle": context.labels("review.reflections.middle", first=SHORT + 1, last=LONG),
        "long": context.labels("review.reflections.long", n=LONG),
    }
    groups = []
    for key, label in labels.items():
        items = [item for item in context.included if _length(words[item.activity.path]) == key]
        groups.append(CheckGroup(label, len(items), str(len(items)), _rows(context, items)))
    activities = [item.activity for item in context.included]
    sentences = [
        _reflected(context, [*words.values()]),
        context.labels(
            "review.reflections.follow_up",
            follow_up=sum(1 for each in activities if each.follow_up),
            benefit=sum(1 for each in activities if each.benefit),
            evidence=sum(1 for each in activities if each.evidence),
        ),
    ]
    return _check(context, "reflections", sentences, groups, value=context.labels("review.count"))


def _reflected(context: ReportContext, words: Sequence[int]) -> str:
    """Return how many activities have a reflection, and its median length."""
    some = [each for each in words if each]
    if not words:
        return context.labels("review.reflections.empty")
    if not some:
        return context.labels("review.reflections.none", all=len(words))
    return context.labels.count("review.reflections.shown", median_high(some), reflected=len(some), all=len(words))


def words_of_reflection(body: str) -> int:
    """Return how many words a reflection has: its answers without headings, comments and private passages."""
    if not has_reflection(body):
        return 0
    return sum(len(_WORD.findall(section.text)) for section in outline(body).reflection) or 1


def _length(words: int) -> str:
    if not words:
        return "nothing"
    return "short" if words <= SHORT else "middle" if words <= LONG else "long"


# --- groups and charts ---


def _grouped(context: ReportContext, check: str, labels: Mapping[str, str], keys: Keys) -> list[CheckGroup]:
    """The activities under each key, in the order of `labels`; last those of none, where there are any."""
    items_of: dict[str, list[Included]] = {key: [] for key in labels}
    bare = []
    for item in context.included:
        own = set(keys(item.activity))
        for key in own:
            items_of[key].append(item)
        if not own:
            bare.append(item)
    groups = [_group(context, labels[key], items, sum(map(counted, items))) for key, items in items_of.items()]
    if bare:
        groups.append(_group(context, context.labels(f"review.{check}.none"), bare, sum(map(counted, bare))))
    return groups


def _group(context: ReportContext, label: str, items: Iterable[Included], minutes: Minutes) -> CheckGroup:
    return CheckGroup(label, minutes, context.number(minutes), _rows(context, items))


def _rows(context: ReportContext, items: Iterable[Included]) -> tuple[ActivityEntry, ...]:
    """Their rows, in the report's order."""
    paths = {item.activity.path for item in items}
    return tuple(entry for path, entry in context.entries.items() if path in paths)


def _hours_of(context: ReportContext, items: Iterable[Included]) -> str:
    return context.hours(sum(map(counted, items)))


def _check(
    context: ReportContext,
    name: str,
    sentences: Sequence[str],
    groups: Sequence[CheckGroup],
    *,
    several: bool = False,
    value: str = "",
) -> ReviewCheck:
    """A check whose chart shows its groups as bars; `several`: an activity may be in several groups."""
    more = [context.labels("review.several")] if several else []
    labels = context.labels
    bars = [Bar(each.label, each.label, each.size, each.number) for each in groups]
    caption, heading = context.labels(f"review.{name}.chart"), context.labels(f"review.{name}.heading")
    drawn = chart("bars", f"check-{name}", caption, heading, value or labels("charts.hours"), bars, labels)
    return _chart_check(context, name, [*sentences, *more], groups, drawn)


def _chart_check(
    context: ReportContext, name: str, sentences: Sequence[str], groups: Sequence[CheckGroup], drawn: Chart
) -> ReviewCheck:
    more = [context.labels("review.filtered")] if context.selection.filters.words else []
    title = context.labels(f"review.{name}.title")
    return ReviewCheck(f"check{name}", title, (*sentences, *more), drawn, tuple(groups) if context.included else ())


# --- the reviews ---


def _reviews(context: ReportContext) -> Iterator[ReviewEntry]:
    for review in sorted(context.journal.reviews, key=lambda each: each.year, reverse=True):
        if not _is_of_period(context, review):
            continue
        anchor = context.anchors[review.path]
        written = review.written and context.labels("review.written", day=context.long_date(review.written))
        yield ReviewEntry(
            title=review.title or context.labels("review.review_of", year=review.year),
            anchor=anchor,
            meta=(written,) if written else (),
            description=context.description(anchor),
            reflection=context.reflection(anchor),
        )


def _is_of_period(context: ReportContext, review: Review) -> bool:
    year = cpd_year(review.year, year_start(context.journal))
    return year.cut_to(context.period) is not None
