"""The totals of a selection: by type, by folder, and over its period.

Only done and in-progress activities count towards minutes. A selected planned activity or draft counts as an activity
without time.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import Period, months_of
from cpdkit.journal.records import Activity
from cpdkit.journal.sections import has_reflection
from cpdkit.journal.selection import Included, Selection, is_within, minutes_within
from cpdkit.journal.values import ActivityType

MOST_COLUMNS = 24
STEPS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the total. `key` is a type, a folder (empty for the top), or `2026-03`, `2026-Q1` or `2026`.

    `first` is the first day of the month, quarter or year within the period.
    """

    key: str
    minutes: Minutes
    count: int
    first: date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals. `by_type` has all six types in fixed order. `by_month` has every `step` of the period, even empty."""

    minutes: Minutes
    count: int
    reflected: int
    by_type: tuple[Share, ...]
    by_folder: tuple[Share, ...]
    by_month: tuple[Share, ...]
    step: str = "month"

    @property
    def types_used(self) -> int:
        """The number of types with an activity."""
        return sum(1 for share in self.by_type if share.count)


def totals_of(selection: Selection) -> Totals:
    """Return the totals of a selection."""
    included = selection.included
    step, columns = columns_of(selection)
    return Totals(
        minutes=sum(map(counted, included)),
        count=len(included),
        reflected=sum(1 for item in included if has_reflection(item.activity.body)),
        by_type=tuple(_share(included, kind.value, _type_of) for kind in ActivityType),
        by_folder=tuple(_share(included, folder, _folder_of) for folder in _folders(included)),
        by_month=_course(included, columns, step),
        step=step,
    )


def counted(item: Included) -> Minutes:
    """Return the minutes in the period that count. Planned activities and drafts have none."""
    return item.minutes if item.activity.status.counts else 0


def columns_of(selection: Selection) -> tuple[str, tuple[Period, ...]]:
    """Return the period in months, or in quarters or years if there are too many. Empty if nothing limits the period.

    A period of more than 24 years is shortened to the years from the first to the last activity.
    """
    period = _closed(selection.period, selection.included)
    if period is None:
        return "month", ()
    for step, months in STEPS.items():
        columns = months_of(period, months)
        if len(columns) <= MOST_COLUMNS:
            return step, columns
    return "year", months_of(_extent(selection.included, period) or period, STEPS["year"])


def _closed(period: Period, included: Sequence[Included]) -> Period | None:
    """Return the period with its open sides closed at the first and last day of its activities."""
    if period.start and period.stop:
        return period
    used = _extent(included, period)
    return used and Period(period.start or used.start, period.stop or used.stop)


def _extent(included: Iterable[Included], period: Period) -> Period | None:
    """Return the part of a period from the first to the last day with an activity."""
    days = [day for item in included for day in _ends_inside(item.activity, period)]
    return Period(min(days), max(days) + timedelta(1)) if days else None


def _ends_inside(activity: Activity, period: Period) -> Iterable[date]:
    """Return the first and the last day of an activity within a period, or the dates of all its sessions there."""
    if activity.sessions:
        return (session.date for session in activity.sessions if period.contains(session.date))
    start, end = activity.start, activity.end
    return max(start, period.start or start), min(end, period.last or end)


def _share(included: Iterable[Included], key: str, key_of: Callable[[Included], str]) -> Share:
    own = [item for item in included if key_of(item) == key]
    return Share(key, sum(map(counted, own)), len(own))


def _type_of(item: Included) -> str:
    return item.activity.type.value


def _folder_of(item: Included) -> str:
    return item.activity.folder


def _folders(included: Iterable[Included]) -> list[str]:
    """Return the folders of the activities, sorted by name."""
    return sorted({item.activity.folder for item in included}, key=lambda name: (name.casefold(), name))


def _course(included: Iterable[Included], columns: Sequence[Period], step: str) -> tuple[Share, ...]:
    """Return one share per column. Each activity is tested only with the columns that its dates touch."""
    starts = [column.start for column in columns if column.start]
    minutes, counts = [0] * len(columns), [0] * len(columns)
    for item in included:
        for index in _touched(item.activity, starts):
            if is_within(item.activity, columns[index]):
                counts[index] += 1
                minutes[index] += minutes_within(item.activity, columns[index]) if item.activity.status.counts else 0
    shares = zip(starts, minutes, counts, strict=True)
    return tuple(Share(_column_key(first, step), total, count, first) for first, total, count in shares)


def _touched(activity: Activity, starts: Sequence[date]) -> range:
    """Return the indexes of the columns from an activity's first day to its last."""
    days = [session.date for session in activity.sessions] or [activity.start, activity.end]
    return range(max(bisect_right(starts, min(days)) - 1, 0), bisect_right(starts, max(days)))


def _column_key(first: date, step: str) -> str:
    if step == "quarter":
        return f"{first.year}-Q{(first.month - 1) // 3 + 1}"
    return f"{first:%Y-%m}" if step == "month" else f"{first:%Y}"


class By(StrEnum):
    """The criteria by which totals can be grouped."""

    TYPE = "type"
    MONTH = "month"
    YEAR = "year"
    FOLDER = "folder"
    TOPIC = "topic"
    COMPETENCE = "competence"
    PROVIDER = "provider"
    OBJECTIVE = "objective"


OVERLAPPING = (By.TOPIC, By.COMPETENCE, By.OBJECTIVE)
"""An activity can have several of these, and counts in full for each."""
OF_TIME = (By.MONTH, By.YEAR)


@dataclass(frozen=True, slots=True)
class Part:
    """One row of totals. `key` is empty for activities without a value."""

    key: str
    minutes: Minutes
    count: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The totals of a selection in parts. If they overlap, the parts add up to more than the whole.

    Types and times are in their own order. Other parts are sorted by hours, the part without a value last.
    """

    by: By
    parts: tuple[Part, ...]
    minutes: Minutes
    count: int

    @property
    def overlaps(self) -> bool:
        return self.by in OVERLAPPING and sum(part.count for part in self.parts) > self.count


def breakdown_of(selection: Selection, by: By) -> Breakdown:
    """Return the totals of a selection, grouped by one criterion. Planned activities and drafts have no minutes."""
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
    """Return a function that yields all minutes of an activity for each of its values, or for an empty key."""
    values = _VALUES[by]
    return lambda item: [(key, counted(item)) for key in dict.fromkeys(values(item.activity)) or ("",)]


def _in_time(by: By, period: Period) -> Shares:
    """Return a function that yields the minutes of an activity by month or year, by the rule of `minutes_within`."""
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
