"""What a reviewer of a CPD record looks at, in the reviewer's order, and the owner's own look back.

The six checks are those of the IET's first review: "The 2015 CPD review cycle", engx.theiet.org.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_high

from cpdkit.dates.hours import Minutes, format_hours
from cpdkit.dates.period import cpd_year
from cpdkit.dates.wording import day_text
from cpdkit.documents.bodies.splice import placeholder
from cpdkit.documents.kinds.activities import Teller
from cpdkit.documents.kinds.charts import by_month, chart
from cpdkit.documents.view import Bar, Chart, Check, Entry, Group, LookBack, Reviewed
from cpdkit.journal.body import has_reflection, outline
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.records import Activity, ActivityType, Review, Skill
from cpdkit.journal.selection import Included, Selection, is_within, year_start
from cpdkit.journal.totals import columns_of, counted, totals_of
from cpdkit.schemes.coverage import Coverage, coverage_of
from cpdkit.schemes.frameworks import Framework
from cpdkit.schemes.requirements import is_planned_in
from cpdkit.schemes.rules import Measure
from cpdkit.schemes.standing import Standing, amount
from cpdkit.schemes.vocabulary import Vocabulary, frameworks_for

SHORT, LONG = 50, 150
"""Words of a reflection: up to the one it is short, above the other long."""
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
Keys = Callable[[Activity], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What telling a review needs: the rows by path, the words of the journal, and where the member stands."""

    teller: Teller
    journal: Journal
    member: Member
    selection: Selection
    entries: Mapping[str, Entry]
    words: Vocabulary
    standings: Sequence[Standing]

    @property
    def included(self) -> Sequence[Included]:
        return self.selection.included

    def say(self, key: str, **facts: object) -> str:
        return self.teller.labels(f"review.{key}", **facts)

    def count(self, key: str, n: int, **facts: object) -> str:
        return self.teller.labels.count(f"review.{key}", n, **facts)


def reviewed(reviewing: Reviewing) -> Reviewed:
    """The six checks and the reviews of the years that the period touches."""
    checks = (_plan, _hours, _skills, _types, _competences, _reflections)
    return Reviewed(tuple(check(reviewing) for check in checks), tuple(_look_backs(reviewing)))


def review_anchors(journal: Journal) -> dict[str, str]:
    """The anchor of each review's section, by its path."""
    return {each.path: f"r{n}" for n, each in enumerate(journal.reviews, start=1)}


# --- the checks ---


def _plan(reviewing: Reviewing) -> Check:
    """Do the plan and the activities belong together?"""
    objectives, period = reviewing.journal.objectives, reviewing.selection.period
    planned_now = [each for each in objectives.values() if is_planned_in(each, period)]
    served = {name for item in reviewing.included for name in item.activity.objectives}
    labels = {each.id: each.title for each in objectives.values() if each in planned_now or each.id in served}
    labels |= {name: name for name in sorted(served - objectives.keys())}
    groups = _grouped(reviewing, "plan", labels, lambda one: one.objectives)
    linked = [item for item in reviewing.included if item.activity.objectives]
    sentences = [
        reviewing.count(
            "plan.shown",
            len(planned_now),
            linked=len(linked),
            all=len(reviewing.included),
            hours=_hours_of(linked),
            total=_hours_of(reviewing.included),
        )
    ]
    planned = [item for item in reviewing.included if item.activity.planned]
    unplanned = [item for item in reviewing.included if item.activity.planned is False]
    if planned or unplanned:
        sentences.append(reviewing.say("plan.planned", planned=_hours_of(planned), unplanned=_hours_of(unplanned)))
    several = any(len(item.activity.objectives) > 1 for item in reviewing.included)
    return _check(reviewing, "plan", sentences, groups, several=several)


def _hours(reviewing: Reviewing) -> Check:
    """Are there enough hours? The months tell whether they came in a rush at the end."""
    sentences = [reviewing.count("hours.shown", len(reviewing.included), hours=_hours_of(reviewing.included))]
    for standing in reviewing.standings:
        sentences += _asked(reviewing, standing)
    drawn = by_month(totals_of(reviewing.selection), reviewing.teller.labels)
    groups = []
    for bar, column in zip(drawn.bars, columns_of(reviewing.selection)[1], strict=True):
        items = [item for item in reviewing.included if is_within(item.activity, column)]
        groups.append(_group(reviewing, bar.label, items, bar.minutes))
    return _told(reviewing, "hours", sentences, groups, drawn)


def _asked(reviewing: Reviewing, standing: Standing) -> Iterator[str]:
    """What a scheme asks for in all, where it asks for an amount."""
    amounts = [each for each in standing.figures if each.requirement.measure is Measure.AMOUNT and each.target]
    for figure in [each for each in amounts if not each.requirement.of][:1]:
        yield reviewing.say(
            "hours.asked",
            body=standing.scheme.body or standing.scheme.id,
            recorded=amount(figure.recorded),
            asked=amount(figure.target or figure.recorded),
            unit=figure.unit,
            period=figure.window.short_title,
        )


def _skills(reviewing: Reviewing) -> Check:
    """Is it a mixture of technical and soft skills?"""
    labels = {each.value: reviewing.say(f"skill.{each}") for each in Skill}
    groups = _grouped(reviewing, "skills", labels, lambda one: (each.value for each in one.skills))
    hours = {
        each.value: _hours_of(item for item in reviewing.included if each in item.activity.skills) for each in Skill
    }
    none = [item for item in reviewing.included if not item.activity.skills]
    sentences = [reviewing.say("skills.shown", **hours)]
    if none:
        sentences.append(reviewing.say("skills.unsaid", none=_hours_of(none)))
    several = any(len(item.activity.skills) > 1 for item in reviewing.included)
    return _check(reviewing, "skills", sentences, groups, several=several)


def _types(reviewing: Reviewing) -> Check:
    """Is it a mixture of the six types?"""
    labels = {each.value: reviewing.teller.labels(f"types.{each}") for each in ActivityType}
    groups = _grouped(reviewing, "types", labels, lambda one: (one.type.value,))
    unused = [group.label for group in groups if not group.entries]
    sentences = [reviewing.say("types.shown", used=len(labels) - len(unused), all=len(labels))]
    if unused:
        sentences.append(reviewing.say("types.unused", types=", ".join(unused)))
    return _check(reviewing, "types", sentences, groups)


def _competences(reviewing: Reviewing) -> Check:
    """Is it a mixture over the competences? Told by the areas of the frameworks that count."""
    listed = frameworks_for(reviewing.words, reviewing.included)
    if not listed:
        return _check(reviewing, "competences", [reviewing.say("competences.no_framework")], ())
    # Where two frameworks have a code, it is the first one's, as everywhere.
    areas = {code: area for each in reversed(listed) for code, area in _areas(each).items()}
    titles = {area: title for each in reversed(listed) for area, title in _area_titles(each).items()}
    labels = {area: titles[area] for each in listed for area in _area_titles(each)}
    labels["?"] = reviewing.say("competences.other")
    groups = _grouped(
        reviewing,
        "competences",
        labels,
        lambda one: (areas.get(each.code.casefold(), "?") for each in one.competences),
    )
    groups = [group for group in groups if group.entries or group.label != labels["?"]]
    several = any(len(item.activity.competences) > 1 for item in reviewing.included)
    return _check(reviewing, "competences", list(_covered(reviewing, listed)), groups, several=several)


def _covered(reviewing: Reviewing, listed: Sequence[Framework]) -> Iterator[str]:
    """How many competences have an activity, and which have none."""
    day = reviewing.selection.period.last or date.max
    reckoned: list[Coverage] = [coverage_of(each, reviewing.included, (), reviewing.member, day) for each in listed]
    claimable = [each for one in reckoned for each in one.claimable]
    bare = [each.ability.code for each in claimable if not each.claims]
    coded = sum(1 for item in reviewing.included if item.activity.competences)
    yield reviewing.say(
        "competences.shown",
        evidenced=len(claimable) - len(bare),
        all=len(claimable),
        coded=coded,
        activities=len(reviewing.included),
    )
    if bare:
        yield reviewing.say("competences.missing", codes=", ".join(bare))


def _areas(framework: Framework) -> dict[str, str]:
    """The topmost code that each code belongs to, by the code in lower case."""
    parents = {each.code: each.parent for each in framework.competences}
    found = {}
    for code in parents:
        top = code
        while parents.get(top):
            top = parents[top]
        found[code.casefold()] = top
    return found


def _area_titles(framework: Framework) -> dict[str, str]:
    return {each.code: f"{each.code} {each.title}" for each in framework.competences if not each.parent}


def _reflections(reviewing: Reviewing) -> Check:
    """Do the reflections say something? Their words are counted; the reader judges them."""
    words = {item.activity.path: words_of_reflection(item.activity.body) for item in reviewing.included}
    labels = {
        "nothing": reviewing.say("reflections.nothing"),
        "short": reviewing.say("reflections.short", n=SHORT),
        "middle": reviewing.say("reflections.middle", first=SHORT + 1, last=LONG),
        "long": reviewing.say("reflections.long", n=LONG),
    }
    groups = []
    for key, label in labels.items():
        items = [item for item in reviewing.included if _length(words[item.activity.path]) == key]
        groups.append(Group(label, len(items), str(len(items)), _rows(reviewing, items)))
    activities = [item.activity for item in reviewing.included]
    sentences = [
        _reflected(reviewing, [*words.values()]),
        reviewing.say(
            "reflections.follow_up",
            follow_up=sum(1 for each in activities if each.follow_up),
            benefit=sum(1 for each in activities if each.benefit),
            evidence=sum(1 for each in activities if each.evidence),
        ),
    ]
    return _check(reviewing, "reflections", sentences, groups, value=reviewing.say("count"))


def _reflected(reviewing: Reviewing, words: Sequence[int]) -> str:
    """How many have a reflection, and of how many words."""
    some = [each for each in words if each]
    if not some:
        return reviewing.say("reflections.none", all=len(words))
    return reviewing.count("reflections.shown", median_high(some), reflected=len(some), all=len(words))


def words_of_reflection(body: str) -> int:
    """How many words a body's reflection has: its answers without headings, comments and private passages."""
    if not has_reflection(body):
        return 0
    return sum(len(_WORD.findall(section.text)) for section in outline(body).reflection) or 1


def _length(words: int) -> str:
    if not words:
        return "nothing"
    return "short" if words <= SHORT else "middle" if words <= LONG else "long"


# --- groups and charts ---


def _grouped(reviewing: Reviewing, check: str, labels: Mapping[str, str], keys: Keys) -> list[Group]:
    """The activities under each key, in the order of `labels`; last those of none, where there are any."""
    found: dict[str, list[Included]] = {key: [] for key in labels}
    bare = []
    for item in reviewing.included:
        own = set(keys(item.activity))
        for key in own:
            found[key].append(item)
        if not own:
            bare.append(item)
    groups = [_group(reviewing, labels[key], items, sum(map(counted, items))) for key, items in found.items()]
    if bare:
        groups.append(_group(reviewing, reviewing.say(f"{check}.none"), bare, sum(map(counted, bare))))
    return groups


def _group(reviewing: Reviewing, label: str, items: Iterable[Included], minutes: Minutes) -> Group:
    return Group(label, minutes, format_hours(minutes), _rows(reviewing, items))


def _rows(reviewing: Reviewing, items: Iterable[Included]) -> tuple[Entry, ...]:
    """Their rows, in the report's order."""
    paths = {item.activity.path for item in items}
    return tuple(entry for path, entry in reviewing.entries.items() if path in paths)


def _hours_of(items: Iterable[Included]) -> str:
    return format_hours(sum(map(counted, items)))


def _check(
    reviewing: Reviewing,
    name: str,
    sentences: Sequence[str],
    groups: Sequence[Group],
    *,
    several: bool = False,
    value: str = "",
) -> Check:
    """A check whose chart shows its groups as bars; `several` says that an activity may stand under several."""
    more = [reviewing.say("several")] if several else []
    labels = reviewing.teller.labels
    bars = [Bar(each.label, each.label, each.size, each.number) for each in groups]
    caption, heading = reviewing.say(f"{name}.chart"), reviewing.say(f"{name}.heading")
    drawn = chart("bars", f"check-{name}", caption, heading, value or labels("charts.hours"), bars, labels)
    return _told(reviewing, name, [*sentences, *more], groups, drawn)


def _told(reviewing: Reviewing, name: str, sentences: Sequence[str], groups: Sequence[Group], drawn: Chart) -> Check:
    more = [reviewing.say("filtered")] if reviewing.selection.filters.spoken else []
    title = reviewing.say(f"{name}.title")
    return Check(f"check{name}", title, (*sentences, *more), drawn, tuple(groups) if reviewing.included else ())


# --- the look back ---


def _look_backs(reviewing: Reviewing) -> Iterator[LookBack]:
    anchors, nonce = review_anchors(reviewing.journal), reviewing.teller.nonce
    for review in sorted(reviewing.journal.reviews, key=lambda each: each.year, reverse=True):
        if not _is_of_period(reviewing, review):
            continue
        anchor = anchors[review.path]
        written = review.written and reviewing.say("written", day=day_text(review.written, reviewing.teller.months))
        yield LookBack(
            title=review.title or reviewing.say("review_of", year=review.year),
            anchor=anchor,
            meta=(written,) if written else (),
            description=placeholder(nonce, f"{anchor}.description"),
            reflection=placeholder(nonce, f"{anchor}.reflection"),
        )


def _is_of_period(reviewing: Reviewing, review: Review) -> bool:
    year = cpd_year(review.year, year_start(reviewing.journal))
    return year.cut_to(reviewing.selection.period) is not None
