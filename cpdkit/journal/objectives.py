"""Create a new objective (its file name, dates and actions), and follow the progress of the plan."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cpdkit.dates.days import parse_day
from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import parse_period
from cpdkit.errors import UsageError
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.naming import id_of, slug, unique
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.record_writer import Plain, record_bytes
from cpdkit.journal.records import Action, Activity, Objective
from cpdkit.journal.selection import Included
from cpdkit.journal.values import Competence, Status

OBJECTIVES = RECORD_KINDS["plan"]
NAMELESS = "objective"
RECOMMENDED = {
    "why": "why you need it",
    "how": "what you will do",
    "success-measure": "how you will know that you have reached it",
    "by": "the due date",
    "actions": "the steps, each with a date",
}
"""The optional fields that make an objective measurable, each with a short explanation."""
_WITH_DAY = re.compile(r"(?P<action>.*\S)\s+by\s+(?P<day>\S.*)", re.DOTALL | re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}")
_NUMBERED = re.compile(r"[0-9]{1,2}([/. -])[0-9]{1,2}(\1[0-9]{2,4})?")
_IS_DATE = re.compile(r"[0-9]{4}(-|\Z)|[0-9]{1,2}[./][0-9]")


@dataclass(frozen=True, slots=True)
class NewObjective:
    """A new objective: its path in the journal, its bytes, and the names of missing recommended fields."""

    path: str
    data: bytes
    missing: tuple[str, ...] = ()


def new_objective(
    paths: Sequence[str], values: Mapping[str, Plain], day: date, like: Objective | None = None
) -> NewObjective:
    """Return the file of a new objective, which starts on `day` unless the values have a start.

    `paths` are the existing objectives, `values` the fields with a title and ISO dates. Raise UsageError if the values
    are not valid.
    """
    values = {**(_repeated(like) if like else {}), **values}
    values.setdefault("start", day.isoformat())
    missing = tuple(name for name in RECOMMENDED if not values.get(name))
    path = _free(slug(str(values.get("title", "")), NAMELESS), paths)
    data = record_bytes(OBJECTIVES, values, _body(missing))
    _check(path, data)
    return NewObjective(path, data, missing)


def parse_due_day(text: str, today: date, *, day_first: bool = False) -> date:
    """Return a due date: a coming date, as `parse_day` reads it, or the last day of a period (`June 2027`, `2027-Q2`).

    Raise UsageError for anything else.
    """
    try:
        return parse_day(text, today, ahead=True, day_first=day_first)
    except UsageError as error:
        if _NUMBERED.fullmatch(text.strip()):
            raise UsageError(str(error), error.hint) from None
        last = _last_day(text, today)
    # A month without a year may be in the past.
    if last is None or (last < today and not _YEAR.search(text)):
        raise UsageError(f'cannot read "{text}" as a date', "write 2027-06-30, June 2027, 2027-Q2 or in 12 weeks")
    return last


def _last_day(text: str, today: date) -> date | None:
    try:
        period = parse_period(text, today)
    except UsageError:
        return None
    return period.last if period.start else None


def parse_action(text: str, today: date, *, day_first: bool = False) -> Plain:
    """Return an action for a record from `Read the guide by 2027-01-31`. The date is optional.

    Raise UsageError for a text after `by` that looks like a date but is not one.
    """
    words = " ".join(text.split())
    if not words:
        raise UsageError("an action is empty", 'write --action "Read the guide by 2027-01-31"')
    match = _WITH_DAY.fullmatch(words)
    if not match:
        return {"action": words}
    try:
        return {"action": match["action"], "by": parse_due_day(match["day"], today, day_first=day_first).isoformat()}
    except UsageError:
        if _IS_DATE.match(match["day"]):
            raise
        return {"action": words}


def parse_claims(texts: Sequence[str]) -> Plain:
    """Return competences for a record from `A1` and `A1:P`: a list of codes, or a mapping if all have a level."""
    parts = [(code.strip(), level.strip()) for code, _, level in (each.partition(":") for each in texts)]
    if all(level for _, level in parts):
        return dict(parts)
    return [{code: level} if level else code for code, level in parts]


def _repeated(like: Objective) -> dict[str, Plain]:
    """Return the fields that a new objective copies from another: no dates and no progress."""
    values: dict[str, Plain] = {
        "title": like.title,
        "why": like.why,
        "how": like.how,
        "success-measure": like.success_measure,
        "priority": like.priority if "priority" in like.spans else "",
        "competences": parse_claims([_claim(each) for each in like.competences]),
        "actions": [{"action": each.action} for each in like.actions],
    }
    return {name: value for name, value in values.items() if value}


def _claim(competence: Competence) -> str:
    return f"{competence.code}:{competence.level}" if competence.level else competence.code


def _free(name: str, paths: Sequence[str]) -> str:
    """Return a free path for a name. Names of objectives are unique across all folders."""
    return unique(f"plan/{name}.md", [f"plan/{id_of(path)}.md" for path in paths])


def _body(missing: Sequence[str]) -> str:
    """Return a comment that names the missing recommended fields. Reports omit comments."""
    if not missing:
        return "<!-- Your progress: what changed, and why. -->"
    lines = "\n".join(f"  {name}: {RECOMMENDED[name]}" for name in missing)
    return f"<!-- Fields to add above:\n{lines}\nBelow, note your progress: what changed, and why. -->"


def _check(path: str, data: bytes) -> None:
    """Raise UsageError if the file is not a valid objective."""
    try:
        record_of(path, data, OBJECTIVES)
    except Refused as error:
        first = error.diagnostics[0]
        raise UsageError(first.message, first.hint or first.note) from None


OPEN = "open"
_PRIORITIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of an objective on a date.

    `done` are the selected activities for it that count, with their `minutes`. `ahead` are its planned activities,
    including late ones.
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
        """The number of actions done by the date."""
        return sum(1 for each in self.objective.actions if each.done and each.done <= self.day)

    @property
    def actions_overdue(self) -> tuple[Action, ...]:
        """The actions of an open objective that are past their due date."""
        late = (each for each in self.objective.actions if each.by and each.by < self.day and not each.done)
        return tuple(late) if self.is_open else ()

    @property
    def is_overdue(self) -> bool:
        """Whether the objective is open and past its due date."""
        return self.is_open and self.objective.by is not None and self.objective.by < self.day


@dataclass(frozen=True, slots=True)
class Plan:
    """All objectives, the open ones first, by due date; and the minutes of the selection, with and without objective.

    `unknown` are IDs that activities use but no objective has, each with the number of activities.
    """

    objectives: tuple[Progress, ...]
    minutes: Minutes
    planned: Minutes
    unknown: Mapping[str, int]

    @property
    def unplanned(self) -> Minutes:
        """The minutes of activities without an objective."""
        return self.minutes - self.planned


def plan_of(
    objectives: Mapping[str, Objective], included: Iterable[Included], activities: Iterable[Activity], day: date
) -> Plan:
    """Return the plan on a date: the time that `included` counts for it, and the planned ones of `activities`."""
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


_CLOSED = re.compile(r"\b(?:Achieved|Dropped|Closed) on ([0-9]{1,2} [A-Z][a-z]+ [0-9]{4})\b")
_MET = re.compile(_CLOSED.pattern + r"(?:; |, though )the success measure was (not )?met\b")


def closing_day(objective: Objective) -> date | None:
    """Return the date on which an objective was closed: the last one in its body, or that of its last action.

    None for an open objective, and if there is no date.
    """
    if objective.status == OPEN:
        return None
    return written_closing_day(objective) or max((each.done for each in objective.actions if each.done), default=None)


def written_closing_day(objective: Objective) -> date | None:
    """Return the last closing date in the body of an objective, such as `Achieved on 30 July 2025`."""
    for text in reversed(_CLOSED.findall(objective.body)):
        try:
            return parse_day(text, date.max)
        except UsageError:
            continue
    return None


def measure_met(objective: Objective) -> bool | None:
    """Return whether the success measure of a closed objective was met, from its body, or None if it has no answer."""
    answers = _MET.findall(objective.body) if objective.status != OPEN else []
    return not answers[-1][1] if answers else None


def objective_as_of(objective: Objective, day: date) -> Objective:
    """Return an objective as it was at the end of a date: anything closed or done later is open."""
    closed = closing_day(objective)
    later = any(each.done and each.done > day for each in objective.actions)
    if not later and (closed is None or closed <= day):
        return objective
    actions = tuple(replace(each, done=None) if each.done and each.done > day else each for each in objective.actions)
    return replace(objective, status=OPEN if closed and closed > day else objective.status, actions=actions)
