"""Select the activities that a command works on, and count the reasons for which others are omitted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import Enum, StrEnum, auto
from typing import TypeVar

from cpdkit.dates.hours import Minutes, spread_between
from cpdkit.dates.period import Period, cpd_year_of, from_to, parse_period
from cpdkit.errors import UsageError
from cpdkit.journal.load import Journal
from cpdkit.journal.naming import resolve_id
from cpdkit.journal.records import ACTIVITY, Activity
from cpdkit.journal.spelling import plain, tidied
from cpdkit.journal.values import ActivityType, Status
from cpdkit.text.clock import today
from cpdkit.text.names import folded
from cpdkit.text.wording import counted, listed


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a selection. Several values of one filter are alternatives, except `text`: all must match.

    Without `statuses`, only done and in-progress activities match. A value of `competences` is a code (`A1`) or the
    letters before its number (`A`). `folders` include the folders below them. `activities` are paths.
    """

    folders: tuple[str, ...] = ()
    types: tuple[ActivityType, ...] = ()
    topics: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    text: tuple[str, ...] = ()
    highlights: bool = False
    confidential: bool = False
    activities: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The filters as a report prints them: `folder CPD Activities 2013`, `type event or training`."""
        named = (
            ("folder", self.folders),
            ("type", [each.words for each in self.types]),
            ("topic", self.topics),
            ("competence", self.competences),
            ("objective", self.objectives),
            ("status", [each.words for each in self.statuses]),
        )
        parts = [f"{name} {listed(values, 'or')}" for name, values in named if values]
        parts += [f"with the words “{words}”" for words in self.text]
        parts += ["highlights only"] if self.highlights else []
        parts += [f"{counted(len(self.activities), 'chosen activity', 'chosen activities')}"] if self.activities else []
        return tuple(parts + (["including confidential activities"] if self.confidential else []))


@dataclass(frozen=True, slots=True)
class Included:
    """An activity of a selection, with its minutes in the period. `whole` is whether these are all its minutes."""

    activity: Activity
    minutes: Minutes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Omitted:
    """The number of omitted activities by reason. Each activity counts once, for the first reason that applies."""

    outside_period: int = 0
    planned: int = 0
    drafts: int = 0
    confidential: int = 0
    filtered: int = 0
    unread: int = 0

    @property
    def total(self) -> int:
        return self.outside_period + self.planned + self.drafts + self.confidential + self.filtered + self.unread


@dataclass(frozen=True, slots=True)
class Selection:
    """The activities that a command works on, in the order of the journal, and the number of all others."""

    period: Period
    filters: Filters
    included: tuple[Included, ...]
    omitted: Omitted


class Reason(Enum):
    """The reason why a selection omits an activity."""

    OUTSIDE_PERIOD = auto()
    PLANNED = auto()
    DRAFT = auto()
    CONFIDENTIAL = auto()
    FILTERED = auto()


def select(activities: Sequence[Activity], unread: int, period: Period, filters: Filters) -> Selection:
    """Return the activities of a period that match the filters. `unread` is the number of unreadable activities."""
    fits = _matcher(filters)
    included, reasons = [], []
    for activity in activities:
        reason = _reason(activity, period, filters, fits)
        if reason:
            reasons.append(reason)
        else:
            minutes = minutes_within(activity, period)
            included.append(Included(activity, minutes, minutes == activity.minutes))
    omitted = Omitted(
        outside_period=reasons.count(Reason.OUTSIDE_PERIOD),
        planned=reasons.count(Reason.PLANNED),
        drafts=reasons.count(Reason.DRAFT),
        confidential=reasons.count(Reason.CONFIDENTIAL),
        filtered=reasons.count(Reason.FILTERED),
        unread=unread,
    )
    return Selection(period, filters, tuple(included), omitted)


def minutes_within(activity: Activity, period: Period) -> Minutes:
    """Return the minutes of an activity within a period. This is the only rule for an activity that a period cuts.

    Sessions have their own dates. Without sessions, the minutes are spread evenly over the days from start to end, and
    the first days get the remainder. So the parts in adjacent periods always add up to the whole.
    """
    if activity.sessions:
        return sum(session.minutes for session in activity.sessions if period.contains(session.date))
    days = (activity.end - activity.start).days + 1
    first = (period.start - activity.start).days if period.start else 0
    stop = (period.stop - activity.start).days if period.stop else days
    first, stop = max(first, 0), min(stop, days)
    return spread_between(activity.minutes, days, first, stop) if first < stop else 0


def is_within(activity: Activity, period: Period) -> bool:
    """Return whether any session of an activity is in a period or, without sessions, any of its days."""
    if activity.sessions:
        return any(period.contains(session.date) for session in activity.sessions)
    return period.overlaps(activity.start, activity.end)


def unmatched(filters: Filters, activities: Sequence[Activity]) -> tuple[str, ...]:
    """Return a message for each value of a filter that no activity has, with the nearest existing value."""
    folders = {above for activity in activities for above in _with_those_above(activity.folder)}
    codes = {competence.code for activity in activities for competence in activity.competences}
    objectives = {name for activity in activities for name in activity.objectives}
    topics = {topic for activity in activities for topic in activity.topics}
    types = {activity.type for activity in activities}
    return (
        *_missing("there is no folder", filters.folders, folders, _same_folder),
        *(f'no activity has the type "{kind}"' for kind in filters.types if kind not in types),
        *_missing("no activity has the topic", filters.topics, topics, _same),
        *_missing("no activity claims the competence", filters.competences, codes, _claims),
        *_missing("no activity works towards the objective", filters.objectives, objectives, _same),
    )


def _reason(activity: Activity, period: Period, filters: Filters, fits: Callable[[Activity], bool]) -> Reason | None:
    """Return the first reason to omit an activity, or None."""
    if not is_within(activity, period):
        return Reason.OUTSIDE_PERIOD
    wanted = activity.status in filters.statuses if filters.statuses else activity.status.counts
    if not wanted:
        return {Status.PLANNED: Reason.PLANNED, Status.DRAFT: Reason.DRAFT}.get(activity.status, Reason.FILTERED)
    if activity.confidential and not filters.confidential:
        return Reason.CONFIDENTIAL
    return None if fits(activity) else Reason.FILTERED


def _matcher(filters: Filters) -> Callable[[Activity], bool]:
    """Return a function that returns whether an activity matches the filters. It tests only filters with values."""
    tests: list[Callable[[Activity], bool]] = []
    if filters.folders:
        tests.append(lambda one: _any(filters.folders, _with_those_above(one.folder), _same_folder))
    if filters.types:
        tests.append(lambda one: one.type in filters.types)
    if filters.topics:
        tests.append(lambda one: _any(filters.topics, one.topics, _same))
    if filters.competences:
        tests.append(lambda one: _any(filters.competences, (each.code for each in one.competences), _claims))
    if filters.objectives:
        tests.append(lambda one: _any(filters.objectives, one.objectives, _same))
    if filters.highlights:
        tests.append(lambda one: one.highlight)
    if filters.activities:
        tests.append(lambda one: one.path in filters.activities)
    if filters.text:
        words = tuple(plain(each) for each in filters.text)
        tests.append(lambda one: _holds(one, words))
    return lambda one: all(test(one) for test in tests)


def _any(wanted: Iterable[str], values: Iterable[str], same: Callable[[str, str], bool]) -> bool:
    given = tuple(values)
    return any(same(value, each) for value in wanted for each in given)


def _same(wanted: str, there: str) -> bool:
    return folded(wanted.strip()) == folded(there)


def _same_folder(wanted: str, there: str) -> bool:
    return _same(folder_name(wanted), there)


def folder_name(path: str) -> str:
    """Return a folder relative to `activities/`, from any form of its path."""
    return path.replace("\\", "/").strip("/ ").removeprefix("./").removeprefix("activities/")


def _claims(wanted: str, there: str) -> bool:
    """Return whether a wanted code matches: `A1` matches A1; `A` matches A1 and A2, but not AB1."""
    code, prefix = there.casefold(), wanted.strip().casefold()
    if code == prefix:
        return True
    return prefix[-1:].isalpha() and code.startswith(prefix) and code[len(prefix)].isdigit()


def _with_those_above(folder: str) -> tuple[str, ...]:
    """Return a folder and all folders above it: `2026/Courses`, `2026`. Empty for the top."""
    return (folder, *_with_those_above(folder.rpartition("/")[0])) if folder else ()


def _holds(activity: Activity, words: Iterable[str]) -> bool:
    text = plain("\0".join(_texts(activity)))
    return all(each in text for each in words)


def _texts(activity: Activity) -> Iterable[str]:
    """Yield all texts of an activity."""
    yield activity.body
    yield from activity.own.values()
    for each in ACTIVITY.fields:
        yield from each.kind.texts(getattr(activity, each.target))


def _missing(
    sentence: str, wanted: Iterable[str], there: Iterable[str], same: Callable[[str, str], bool]
) -> Iterable[str]:
    known = sorted(there)
    for value in wanted:
        if not any(same(value, each) for each in known):
            yield f'{sentence} "{value}"{_did_you_mean(value, known)}'


def _did_you_mean(value: str, known: Sequence[str]) -> str:
    by_plain = {plain(each): each for each in known}
    near = get_close_matches(plain(value), by_plain, n=1)
    return f'; did you mean "{by_plain[near[0]]}"?' if near else ""


Word = TypeVar("Word", bound=StrEnum)
ALL_TIME = "all"
"""The period that includes everything."""


@dataclass(frozen=True, slots=True)
class SelectionOptions:
    """The selection options as typed. `first` and `last` are `--from` and `--to`. Empty means not given.

    `otherwise` is the period of a command if neither the options nor cpd.yaml have one; empty for the newest CPD year.
    """

    period: str = ""
    first: str = ""
    last: str = ""
    folders: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    highlights: bool = False
    confidential: bool = False
    activities: tuple[str, ...] = ()
    otherwise: str = ""

    def within(self, period: str) -> "SelectionOptions":
        """Return the options with a period, unless they already have one."""
        return self if self.period or self.first or self.last else replace(self, period=period)

    def of_every_status(self) -> "SelectionOptions":
        """Return the options with every status, unless they already have one."""
        return replace(self, statuses=self.statuses or tuple(each.value for each in Status))


def resolve(journal: Journal, options: SelectionOptions, day: date | None = None) -> tuple[Period, Filters]:
    """Return the period and the filters of the options. `day` is today. Raise UsageError for invalid options."""
    titles = {each.path: each.title for each in journal.activities}
    paths = tuple(resolve_id(each, titles, "activity", lambda: titles) for each in options.activities)
    return period_of(journal, options, day or today()), replace(filters_of(options), activities=paths)


def period_of(journal: Journal, options: SelectionOptions, day: date) -> Period:
    """Return the period of `--period`, of `--from` and `--to`, or the default of the journal."""
    if options.period and (options.first or options.last):
        raise UsageError("--period and --from/--to cannot be combined", "remove one of them")
    if options.first or options.last:
        return from_to(options.first, options.last, day, year_start(journal), day_first=day_first(journal))
    if options.activities and not options.period:
        return Period()
    usual = journal.member.default_period if journal.member else ""
    text = options.period or usual or options.otherwise
    if not text:
        return newest_year(journal, day)
    return parse_period(text, day, year_start(journal), day_first=day_first(journal))


def newest_year(journal: Journal, day: date) -> Period:
    """Return the CPD year of the latest done activity, so that reports are not empty, or that of `day`."""
    done = [activity.end for activity in journal.activities if activity.status is Status.DONE]
    return cpd_year_of(max(done, default=day), year_start(journal))


def year_start(journal: Journal) -> tuple[int, int]:
    return journal.member.year_start if journal.member else (1, 1)


def day_first(journal: Journal) -> bool:
    return journal.member is not None and journal.member.day_first


def filters_of(options: SelectionOptions) -> Filters:
    """Return the filters of the options. Raise UsageError for an unknown type or status."""
    return Filters(
        folders=options.folders,
        types=tuple(parse_word(text, "type", ActivityType) for text in options.types),
        topics=options.topics,
        competences=options.competences,
        objectives=options.objectives,
        statuses=tuple(parse_word(text, "status", Status) for text in options.statuses),
        text=options.text,
        highlights=options.highlights,
        confidential=options.confidential,
    )


def parse_word(text: str, what: str, words: type[Word]) -> Word:
    """Return a word of a fixed list. Ignore case, spaces and underscores. Raise UsageError for other words."""
    tidy = tidied(text)
    names = [each.value for each in words]
    if tidy in names:
        return words(tidy)
    near = get_close_matches(tidy, names, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"use {listed(names, 'or')}"
    raise UsageError(f'unknown {what} "{text}"', hint)
