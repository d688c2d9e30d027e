"""When an objective was closed, whether its success measure was met, and how it stood on an earlier day."""

import re
from dataclasses import replace
from datetime import date

from cpdkit.errors import UsageError
from cpdkit.journal.records import Objective
from cpdkit.journal.said_days import said_day

OPEN = "open"
_CLOSED = re.compile(r"\b(?:Achieved|Dropped|Closed) on ([0-9]{1,2} [A-Z][a-z]+ [0-9]{4})\b")
_MET = re.compile(_CLOSED.pattern + r"(?:; |, though )the success measure was (not )?met\b")


def closing_day(objective: Objective) -> date | None:
    """When an objective was closed: the last day that its body says so of, else its last action's; None for an open
    one, and where nothing says it.
    """
    if objective.status == OPEN:
        return None
    return said_closing_day(objective) or max((each.done for each in objective.actions if each.done), default=None)


def said_closing_day(objective: Objective) -> date | None:
    """The last day that an objective's body says it was closed on, such as `Achieved on 30 July 2025`."""
    for said in reversed(_CLOSED.findall(objective.body)):
        try:
            return said_day(said, date.max)
        except UsageError:
            continue
    return None


def measure_met(objective: Objective) -> bool | None:
    """Whether the body of an objective that is closed says that its success measure was met; None where it doesn't."""
    said = _MET.findall(objective.body) if objective.status != OPEN else []
    return not said[-1][1] if said else None


def as_it_stood(objective: Objective, day: date) -> Objective:
    """An objective as of the end of a day: what was closed or done later was still open then."""
    closed = closing_day(objective)
    later = any(each.done and each.done > day for each in objective.actions)
    if not later and (closed is None or closed <= day):
        return objective
    actions = tuple(replace(each, done=None) if each.done and each.done > day else each for each in objective.actions)
    return replace(objective, status=OPEN if closed and closed > day else objective.status, actions=actions)
