"""A member's progress in a scheme: the figure of each requirement, the activities that count, and remarks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import Period
from cpdkit.journal.records import Activity
from cpdkit.journal.values import ActivityType
from cpdkit.schemes.rules import Anchor, Measure, Requirement, Rules, Scheme, Weight

SHORTEST_PACE = 28
"""Days of a period after which a pace is meaningful."""


class State(StrEnum):
    """How a figure compares with its target."""

    MET = "met"
    SHORT = "short"
    EXEMPT = "exempt"
    COUNTED = "counted"
    """The requirement has no target: the amount is only counted."""
    EXPLAIN = "explain"
    """It is not reached, and the body wants an explanation or a declaration."""
    NOT_DUE = "not-due"
    """It is not reached, and its day has not come."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The amount of an activity that did not count, in the scheme's unit, and the rule that removed it."""

    rule: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity in a figure: its minutes in the window, its worth, the amount counted, and what was lost.

    `shares` is what it gives to each category, where an hour counts in only one.
    """

    activity: Activity
    minutes: Minutes
    worth: Fraction
    counted: Fraction
    lost: tuple[Lost, ...] = ()
    shares: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of several parts of a requirement: a category or a year."""

    title: str
    recorded: Fraction
    target: Fraction

    @property
    def met(self) -> bool:
        return self.recorded >= self.target


@dataclass(frozen=True, slots=True)
class Figure:
    """One requirement: the amount recorded, its target (None if it has none), and the activities that count.

    `recorded` includes the amount `carried` over. `planned` is what planned activities would add. `unit` may be empty;
    `unused` are the types without an activity, where types are counted. `years` is more than 0 if the requirement was
    met over so many years instead. `due` is the day by which it has to be reached, if that is not the end of the
    period. `gap` are the days of the longest gap. `explanation` is the member's.
    """

    requirement: Requirement
    window: Period
    recorded: Fraction
    target: Fraction | None
    state: State
    unit: str = ""
    carried: Fraction = Fraction(0)
    planned: Fraction = Fraction(0)
    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()
    unused: tuple[ActivityType, ...] = ()
    years: int = 0
    due: date | None = None
    gap: Period | None = None
    explanation: str = ""

    @property
    def short_by(self) -> Fraction:
        """The amount missing; for a gap, by how much it is too long."""
        if self.state in (State.MET, State.EXEMPT, State.COUNTED) or self.target is None:
            return Fraction(0)
        missing = self.target - self.recorded
        return -missing if self.requirement.measure is Measure.GAP else missing

    @property
    def is_unmet(self) -> bool:
        """Whether the requirement is required, and short."""
        return self.state is State.SHORT and self.requirement.weight is Weight.MUST

    @property
    def is_closed_by_plans(self) -> bool:
        """Whether planned activities would add at least the missing amount."""
        return self.state is State.SHORT and self.planned >= self.short_by > 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's progress in a scheme on a date.

    `status` is the member's status in the scheme, `unknown_status` one that the scheme does not define. `since` is the
    date on which the member joined the scheme.
    """

    scheme: Scheme
    rules: Rules
    period: Period
    on: date
    status: str = ""
    unknown_status: str = ""
    figures: tuple[Figure, ...] = ()
    since: date | None = None

    @property
    def needs_start(self) -> bool:
        """Whether periods begin on the day the member joined, and it is missing."""
        return self.rules.period.starts is Anchor.MEMBER and not self.since

    def earlier_period(self, figure: Figure) -> Period | None:
        """Return the period before, if a figure is an overdue declaration of it."""
        is_declared = figure.requirement.measure is Measure.DECLARED
        return figure.window if is_declared and figure.window != self.period else None

    def figure(self, name: str) -> Figure | None:
        return next((each for each in self.figures if each.requirement.id == name), None)


class Remark(StrEnum):
    """A kind of remark on a figure. `cpd status` and the labels of documents have a sentence for each."""

    SHORT = "short"
    TOO_LONG = "too_long"
    MISSING = "missing"
    UNUSED = "unused"
    OVER_YEARS = "over_years"
    CLOSES = "closes"
    PACE = "pace"
    CARRIED = "carried"
    SPLIT = "split"
    GAP = "gap"
    DUE = "due"
    EXPLAIN = "explain"
    DECLARE = "declare"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in a unit, `2 types` in English."""

    value: Fraction
    unit: str

    def __str__(self) -> str:
        return with_unit(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Types:
    """Some types of activity, `work experience, event` in English."""

    types: tuple[ActivityType, ...]

    def __str__(self) -> str:
        return ", ".join(each.words for each in self.types)


RemarkValue: TypeAlias = str | date | Quantity | Types


def remarks(figure: Figure, standing: Standing) -> Iterator[tuple[Remark, dict[str, RemarkValue]]]:
    """Yield the remarks on a figure, each with its values: `amount`, `parts`, `types`, `years`, `day`."""
    short, unit = figure.state is State.SHORT, figure.unit
    if short and figure.requirement.measure is Measure.GAP:
        yield Remark.TOO_LONG, {"amount": Quantity(figure.short_by, unit)}
    elif short and not figure.parts:
        yield Remark.SHORT, {"amount": Quantity(figure.short_by, unit)}
    if figure.gap and figure.gap.start and figure.gap.last and figure.state in (State.SHORT, State.EXPLAIN):
        yield Remark.GAP, {"first": figure.gap.start, "day": figure.gap.last}
    yield from _outcome(figure)
    if figure.state is not State.MET and (missing := [part.title for part in figure.parts if not part.met]):
        yield Remark.MISSING, {"parts": ", ".join(missing)}
    if figure.is_closed_by_plans:
        yield Remark.CLOSES, {"amount": Quantity(figure.planned, unit)}
    elif short and standing.period.last and (end := pace(figure, standing)):
        yield Remark.PACE, {"amount": Quantity(end, unit), "day": standing.period.last}
    if figure.carried:
        yield Remark.CARRIED, {"amount": Quantity(figure.carried, unit)}
    if figure.unused and figure.state is not State.MET:
        yield Remark.UNUSED, {"types": Types(figure.unused)}
    if figure.years:
        yield Remark.OVER_YEARS, {"years": str(figure.years)}
    if any(len(entry.shares) > 1 for entry in figure.entries):
        yield Remark.SPLIT, {}


def _outcome(figure: Figure) -> Iterator[tuple[Remark, dict[str, RemarkValue]]]:
    """Yield what the member has to declare or explain, and by when."""
    if figure.due and figure.state in (State.NOT_DUE, State.EXPLAIN) and not figure.explanation:
        yield Remark.DUE, {"day": figure.due}
    if figure.explanation:
        yield Remark.EXPLAINED, {"text": figure.explanation}
    elif figure.state is State.EXPLAIN:
        yield (Remark.DECLARE if figure.requirement.measure is Measure.DECLARED else Remark.EXPLAIN), {}


def pace(figure: Figure, standing: Standing) -> Fraction | None:
    """Return the amount by the end of the period at the present pace; None if a pace is not meaningful.

    Only amounts in a period that has not ended have a pace. Amounts carried over are not part of it.
    """
    period = standing.period
    if figure.requirement.measure is not Measure.AMOUNT or figure.window != period or figure.parts:
        return None
    assert period.start and period.stop and period.days
    gone = (standing.on - period.start).days + 1
    if gone < SHORTEST_PACE or gone >= period.days or figure.target is None:
        return None
    return figure.carried + (figure.recorded - figure.carried) * period.days / gone


_SINGULAR = {
    "activities": "activity",
    "declarations": "declaration",
    "months": "month",
    "objectives": "objective",
    "reviews": "review",
    "topics": "topic",
    "types": "type",
}


def with_unit(value: Fraction, unit: str, shown: str = "") -> str:
    """Return an amount with its unit, `1 type`, `2 types`; `shown` replaces the amount."""
    return f"{shown or amount(value)} {_SINGULAR.get(unit, unit) if value == 1 else unit}".rstrip()


def amount(value: Fraction) -> str:
    """Return an amount as text: at most two decimals, no trailing zeros."""
    return f"{round(float(value), 2):.2f}".rstrip("0").rstrip(".")
