"""How far the objectives under `plan/` have come, and how much of what was done was planned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cpdkit.journal.minutes import Minutes
from cpdkit.journal.records import Action, Activity, Objective, Status
from cpdkit.journal.selection import Included

OPEN = "open"
_PRIORITIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Progress:
    """An objective on one day. `done` are the selected activities towards it that count, with `minutes`; `ahead` those
    that are planned still, from the day on or late.
    """

    objective: Objective
    day: date
    done: tuple[Activity, ...] = ()
    minutes: Minutes = 0
    ahead: tuple[Activity, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.objective.status == OPEN

    @property
    def actions_done(self) -> int:
        """How many of its actions are done."""
        return sum(1 for each in self.objective.actions if each.done and each.done <= self.day)

    @property
    def actions_overdue(self) -> tuple[Action, ...]:
        """The actions of an open objective that should have been done before the day."""
        late = (each for each in self.objective.actions if each.by and each.by < self.day and not each.done)
        return tuple(late) if self.is_open else ()

    @property
    def is_overdue(self) -> bool:
        """Whether it is open and should have been reached before the day."""
        return self.is_open and self.objective.by is not None and self.objective.by < self.day


@dataclass(frozen=True, slots=True)
class Plan:
    """All objectives: the open ones first, by when they are due; and the selection's minutes with and without one.

    `unknown` are ids that activities name and that no objective has, with how many name each.
    """

    objectives: tuple[Progress, ...]
    minutes: Minutes
    planned: Minutes
    unknown: Mapping[str, int]

    @property
    def unplanned(self) -> Minutes:
        """The minutes that lead to no objective."""
        return self.minutes - self.planned


def plan_of(
    objectives: Mapping[str, Objective], included: Iterable[Included], activities: Iterable[Activity], day: date
) -> Plan:
    """The plan on a day: what the selection `included` did towards it, what of all `activities` is planned still."""
    counted = [item for item in included if item.activity.status.counts]
    ahead = [each for each in activities if each.status is Status.PLANNED]
    found = [_progress(each, counted, ahead, day) for each in objectives.values()]
    known = [item for item in counted if any(name in objectives for name in item.activity.objectives)]
    names = [name for item in counted for name in item.activity.objectives if name not in objectives]
    return Plan(
        tuple(sorted(found, key=_order)),
        sum(item.minutes for item in counted),
        sum(item.minutes for item in known),
        {name: names.count(name) for name in sorted(set(names))},
    )


def _progress(objective: Objective, counted: Iterable[Included], ahead: Iterable[Activity], day: date) -> Progress:
    towards = [item for item in counted if objective.id in item.activity.objectives]
    return Progress(
        objective,
        day,
        tuple(item.activity for item in towards),
        sum(item.minutes for item in towards),
        tuple(each for each in ahead if objective.id in each.objectives),
    )


def _order(progress: Progress) -> tuple[bool, date, int, str]:
    objective = progress.objective
    return not progress.is_open, objective.by or date.max, _PRIORITIES.index(objective.priority), objective.id
