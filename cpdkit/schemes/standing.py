"""Where a member stands in a scheme: each rule's figures with the activities behind them, and no verdict."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import Period
from cpdkit.journal.records import Activity
from cpdkit.schemes.rules import Measure, Requirement, Rules, Scheme


class State(StrEnum):
    """What a figure says against what is asked."""

    MET = "met"
    SHORT = "short"
    EXEMPT = "exempt"
    TOLD = "told"
    """Nothing is asked; it is only counted."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What of an activity did not count, in the scheme's unit, and by which rule."""

    rule: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity behind a figure: its minutes inside the window, its worth, what counted of it, and why not all."""

    activity: Activity
    minutes: Minutes
    worth: Fraction
    counted: Fraction
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things that a rule asks: a category, a year."""

    title: str
    recorded: Fraction
    asked: Fraction

    @property
    def met(self) -> bool:
        return self.recorded >= self.asked


@dataclass(frozen=True, slots=True)
class Figure:
    """One requirement: what was recorded, what is asked (None for nothing), and the activities behind it.

    `recorded` holds what was `carried` over. `planned` is what planned activities would add. `unit` may be empty,
    `note` is a sentence for the reader.
    """

    requirement: Requirement
    window: Period
    recorded: Fraction
    asked: Fraction | None
    state: State
    unit: str = ""
    carried: Fraction = Fraction(0)
    planned: Fraction = Fraction(0)
    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()
    note: str = ""

    @property
    def short_by(self) -> Fraction:
        """How much is missing; of a gap, by how much it is too long."""
        if self.state is not State.SHORT or self.asked is None:
            return Fraction(0)
        missing = self.asked - self.recorded
        return -missing if self.requirement.measure is Measure.GAP else missing


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's standing in a scheme on a day. `status` is the scheme's word, `unknown` one that it doesn't have.

    `since` is the member's own day in the scheme.
    """

    scheme: Scheme
    rules: Rules
    period: Period
    on: date
    status: str = ""
    unknown: str = ""
    figures: tuple[Figure, ...] = ()
    since: date | None = None

    def figure(self, name: str) -> Figure | None:
        return next((each for each in self.figures if each.requirement.id == name), None)


_SINGULAR = {"activities": "activity", "types": "type", "objectives": "objective", "topics": "topic", "months": "month"}


def with_unit(value: Fraction, unit: str, shown: str = "") -> str:
    """An amount with its unit, `1 type`, `2 types`; `shown` stands for the amount where it is said otherwise."""
    return f"{shown or amount(value)} {_SINGULAR.get(unit, unit) if value == 1 else unit}".rstrip()


def amount(value: Fraction) -> str:
    """An amount for reading: at most two decimals, no trailing zeros."""
    return f"{round(float(value), 2):.2f}".rstrip("0").rstrip(".")
