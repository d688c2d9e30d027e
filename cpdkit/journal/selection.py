"""Which activities of a journal a command works on, and where each of the others went."""

import re
import unicodedata
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
from cpdkit.journal.records import ACTIVITY, Activity
from cpdkit.journal.spelling import tidied
from cpdkit.journal.values import ActivityType, Status
from cpdkit.text.clock import today
from cpdkit.text.wording import listed

# Letters with a stroke and their kind, which Unicode does not take apart.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

# Marks over and under letters; those of Japanese and of the scripts of India make another letter, so they stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]+")


@dataclass(frozen=True, slots=True)
class Filters:
    """What an activity must have. Several values of one filter are alternatives, but for `text`: all must be there.

    No `statuses` means those that count: done and in progress. `competences` takes a code (`A1`) or the letters
    before its number (`A`); `folders` take those below them too.
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

    @property
    def spoken(self) -> tuple[str, ...]:
        """What a report states: `folder CPD Activities 2013`, `type event or training`."""
        named = (
            ("folder", self.folders),
            ("type", self.types),
            ("topic", self.topics),
            ("competence", self.competences),
            ("objective", self.objectives),
            ("status", self.statuses),
        )
        parts = [f"{name} {listed([str(each) for each in values], 'or')}" for name, values in named if values]
        parts += [f"with the words “{words}”" for words in self.text]
        parts += ["highlights only"] if self.highlights else []
        return tuple(parts + (["including confidential activities"] if self.confidential else []))


@dataclass(frozen=True, slots=True)
class Included:
    """An activity of the selection, with its minutes inside the period; `whole` is whether those are all it has."""

    activity: Activity
    minutes: Minutes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many activities are not in the selection, each counted once, by the first reason that applies."""

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
    """The activities that a command works on, in the journal's order, and the count of all others."""

    period: Period
    filters: Filters
    included: tuple[Included, ...]
    left_out: LeftOut


class Reason(Enum):
    """Why an activity is not in a selection."""

    OUTSIDE_PERIOD = auto()
    PLANNED = auto()
    DRAFT = auto()
    CONFIDENTIAL = auto()
    FILTERED = auto()


def select(activities: Sequence[Activity], unread: int, period: Period, filters: Filters) -> Selection:
    """Return the activities of a period that pass the filters; `unread` is how many could not be read."""
    fits = _matcher(filters)
    included, reasons = [], []
    for activity in activities:
        reason = _reason(activity, period, filters, fits)
        if reason:
            reasons.append(reason)
        else:
            minutes = minutes_within(activity, period)
            included.append(Included(activity, minutes, minutes == activity.minutes))
    left_out = LeftOut(
        outside_period=reasons.count(Reason.OUTSIDE_PERIOD),
        planned=reasons.count(Reason.PLANNED),
        drafts=reasons.count(Reason.DRAFT),
        confidential=reasons.count(Reason.CONFIDENTIAL),
        filtered=reasons.count(Reason.FILTERED),
        unread=unread,
    )
    return Selection(period, filters, tuple(included), left_out)


def minutes_within(activity: Activity, period: Period) -> Minutes:
    """Return how many of an activity's minutes lie in a period: the one rule for an activity that the period cuts.

    Its sessions say so exactly. Without them the minutes are spread evenly over the days from start to end, the
    first days taking what is left over, so that the parts of any division into periods add up to the whole.
    """
    if activity.sessions:
        return sum(session.minutes for session in activity.sessions if period.contains(session.date))
    days = (activity.end - activity.start).days + 1
    first = (period.start - activity.start).days if period.start else 0
    stop = (period.stop - activity.start).days if period.stop else days
    first, stop = max(first, 0), min(stop, days)
    return spread_between(activity.minutes, days, first, stop) if first < stop else 0


def is_within(activity: Activity, period: Period) -> bool:
    """Whether any session of an activity lies in a period; without sessions, any of its days."""
    if activity.sessions:
        return any(period.contains(session.date) for session in activity.sessions)
    return period.overlaps(activity.start, activity.end)


def unmatched(filters: Filters, activities: Sequence[Activity]) -> tuple[str, ...]:
    """Return a sentence for each filter's value that nothing in the journal has, with the nearest that it has."""
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
    """The first reason to leave an activity out; None where there is none."""
    if not is_within(activity, period):
        return Reason.OUTSIDE_PERIOD
    wanted = activity.status in filters.statuses if filters.statuses else activity.status.counts
    if not wanted:
        return {Status.PLANNED: Reason.PLANNED, Status.DRAFT: Reason.DRAFT}.get(activity.status, Reason.FILTERED)
    if activity.confidential and not filters.confidential:
        return Reason.CONFIDENTIAL
    return None if fits(activity) else Reason.FILTERED


def _matcher(filters: Filters) -> Callable[[Activity], bool]:
    """Whether an activity has what is asked for: only the filters that are given are looked at."""
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
    if filters.text:
        words = tuple(plain(each) for each in filters.text)
        tests.append(lambda one: _holds(one, words))
    return lambda one: all(test(one) for test in tests)


def _any(wanted: Iterable[str], values: Iterable[str], same: Callable[[str, str], bool]) -> bool:
    given = tuple(values)
    return any(same(value, each) for value in wanted for each in given)


def _same(wanted: str, there: str) -> bool:
    return wanted.strip().casefold() == there.casefold()


def _same_folder(wanted: str, there: str) -> bool:
    return _same(folder_name(wanted), there)


def folder_name(path: str) -> str:
    """Return a folder as it is named below `activities/`, however someone wrote its path."""
    return path.replace("\\", "/").strip("/ ").removeprefix("./").removeprefix("activities/")


def _claims(wanted: str, there: str) -> bool:
    """`A1` is A1; `A` is A1 and A2, but not AB1."""
    code, prefix = there.casefold(), wanted.strip().casefold()
    if code == prefix:
        return True
    return prefix[-1:].isalpha() and code.startswith(prefix) and code[len(prefix)].isdigit()


def _with_those_above(folder: str) -> tuple[str, ...]:
    """A folder and all that it lies in: `2026/Courses`, `2026`; none for the top."""
    return (folder, *_with_those_above(folder.rpartition("/")[0])) if folder else ()


def _holds(activity: Activity, words: Iterable[str]) -> bool:
    text = plain("\0".join(_texts(activity)))
    return all(each in text for each in words)


def _texts(activity: Activity) -> Iterable[str]:
    """Yield all that an owner wrote in words into an activity."""
    yield activity.body
    yield from activity.own.values()
    for each in ACTIVITY.fields:
        yield from each.kind.texts(getattr(activity, each.target))


def plain(text: str) -> str:
    """Return a text as it is compared in a search: without case and accents, every gap one space."""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)))
    return " ".join(text.casefold().split())


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
"""The period that leaves nothing out."""


@dataclass(frozen=True, slots=True)
class SelectionOptions:
    """The selection options as typed; `first` and `last` are `--from` and `--to`. An empty one was not given."""

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

    def within(self, period: str) -> "SelectionOptions":
        """Return the same, within a period where none was given."""
        return self if self.period or self.first or self.last else replace(self, period=period)

    def of_every_status(self) -> "SelectionOptions":
        """Return the same, of every status where none was given."""
        return replace(self, statuses=self.statuses or tuple(each.value for each in Status))


def resolve(journal: Journal, options: SelectionOptions, day: date | None = None) -> tuple[Period, Filters]:
    """Return the period and the filters that the options mean; `day` is today. Raises UsageError for others."""
    return period_of(journal, options, day or today()), filters_of(options)


def period_of(journal: Journal, options: SelectionOptions, day: date) -> Period:
    """`--period`, or `--from` and `--to`, or the journal's own default."""
    if options.period and (options.first or options.last):
        raise UsageError("--period and --from/--to cannot be combined", "remove one of them")
    if options.first or options.last:
        return from_to(options.first, options.last, day, year_start(journal))
    text = options.period or (journal.member.default_period if journal.member else "")
    return parse_period(text, day, year_start(journal)) if text else newest_year(journal, day)


def newest_year(journal: Journal, day: date) -> Period:
    """Return the CPD year of the newest done activity, so that what is made from it is not empty; else today's."""
    done = [activity.end for activity in journal.activities if activity.status is Status.DONE]
    return cpd_year_of(max(done, default=day), year_start(journal))


def year_start(journal: Journal) -> tuple[int, int]:
    return journal.member.year_start if journal.member else (1, 1)


def filters_of(options: SelectionOptions) -> Filters:
    """Return the filters, the words of fixed lists checked; `unmatched` says what a journal has nothing of."""
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
    """Return one of a fixed list of words, forgiving case, spaces and underscores. Raises UsageError for any other."""
    tidy = tidied(text)
    names = [each.value for each in words]
    if tidy in names:
        return words(tidy)
    near = get_close_matches(tidy, names, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"use {listed(names, 'or')}"
    raise UsageError(f'unknown {what} "{text}"', hint)
