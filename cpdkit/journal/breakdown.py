"""The hours and the number of a selection's activities, parted by one thing that they have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from cpdkit.journal.minutes import Minutes
from cpdkit.journal.period import Period, months_of
from cpdkit.journal.records import Activity, ActivityType
from cpdkit.journal.selection import Included, Selection, is_within, minutes_within
from cpdkit.journal.totals import counted


class By(StrEnum):
    """What a selection can be parted by."""

    TYPE = "type"
    MONTH = "month"
    YEAR = "year"
    FOLDER = "folder"
    TOPIC = "topic"
    COMPETENCE = "competence"
    PROVIDER = "provider"
    OBJECTIVE = "objective"


OVERLAPPING = (By.TOPIC, By.COMPETENCE, By.OBJECTIVE)
"""An activity may have several of these, and counts in full for each."""
OF_TIME = (By.MONTH, By.YEAR)


@dataclass(frozen=True, slots=True)
class Part:
    """One line: `key` is empty for activities that have none."""

    key: str
    minutes: Minutes
    count: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`parts` of a whole; where `overlaps`, they add up to more than it. Types and times are in their own order, all
    else by hours, and what has none stands last.
    """

    by: By
    parts: tuple[Part, ...]
    minutes: Minutes
    count: int

    @property
    def overlaps(self) -> bool:
        return self.by in OVERLAPPING and sum(part.count for part in self.parts) > self.count


def breakdown_of(selection: Selection, by: By) -> Breakdown:
    """A selection parted by one thing. Only what was done counts towards minutes."""
    included = selection.included
    keys = _in_time(by, selection.period) if by in OF_TIME else _having(by)
    minutes: dict[str, Minutes] = {each.value: 0 for each in ActivityType} if by is By.TYPE else {}
    counts: dict[str, int] = dict(minutes)
    for item in included:
        for key, share in keys(item):
            minutes[key] = minutes.get(key, 0) + share
            counts[key] = counts.get(key, 0) + 1
    parts = [Part(key, minutes[key], counts[key]) for key in minutes]
    return Breakdown(by, tuple(sorted(parts, key=_order(by))), sum(map(counted, included)), len(included))


Shares = Callable[[Included], Iterable[tuple[str, Minutes]]]


def _having(by: By) -> Shares:
    """All of an activity's minutes for each thing that it has; for nothing where it has none."""
    values = _VALUES[by]
    return lambda item: [(key, counted(item)) for key in dict.fromkeys(values(item.activity)) or ("",)]


def _in_time(by: By, period: Period) -> Shares:
    """An activity's minutes month by month, or year by year, by the rule for those that a period cuts."""
    months = 1 if by is By.MONTH else 12

    def shares(item: Included) -> Iterable[tuple[str, Minutes]]:
        activity = item.activity
        days = [session.date for session in activity.sessions] or [activity.start, activity.end]
        first, last = max(min(days), period.start or min(days)), min(max(days), period.last or max(days))
        for part in months_of(Period(first, last + timedelta(1)), months):
            if part.start and is_within(activity, part):
                minutes = minutes_within(activity, part) if activity.status.counts else 0
                yield (f"{part.start:%Y-%m}" if months == 1 else f"{part.start:%Y}"), minutes

    return shares


_VALUES: Mapping[By, Callable[[Activity], Iterable[str]]] = {
    By.TYPE: lambda activity: (activity.type.value,),
    By.FOLDER: lambda activity: (activity.folder,),
    By.TOPIC: lambda activity: activity.topics,
    By.COMPETENCE: lambda activity: (each.code for each in activity.competences),
    By.PROVIDER: lambda activity: (activity.provider,),
    By.OBJECTIVE: lambda activity: activity.objectives,
}
_TYPES = [each.value for each in ActivityType]


def _order(by: By) -> Callable[[Part], Any]:
    if by in OF_TIME:
        return lambda part: part.key
    if by is By.TYPE:
        return lambda part: _TYPES.index(part.key)
    return lambda part: (not part.key, -part.minutes, -part.count, part.key.casefold(), part.key)
