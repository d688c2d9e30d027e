"""A professional body's CPD rules as frozen data: what a scheme's file says, read. Amounts are fractions, never floats.

`Rules` hold for the periods that begin while they are in force. Amounts are in the scheme's unit unless said otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

HOUR = Fraction(60)


class Weight(StrEnum):
    """Whether a rule has to be kept, or is advice."""

    MUST = "must"
    SHOULD = "should"


class Way(StrEnum):
    """Which way an amount is rounded."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


class Per(StrEnum):
    """What a cap is on: all of a window together, each activity, each day."""

    WINDOW = "window"
    ENTRY = "entry"
    DAY = "day"


class Measure(StrEnum):
    """What a requirement counts."""

    AMOUNT = "amount"
    CLAIMED = "claimed"
    PARTICIPATORY = "participatory"
    ENTRIES = "entries"
    TYPES = "types"
    GAP = "gap"
    REFLECTED = "reflected"
    EVIDENCED = "evidenced"
    LINKED = "linked"
    OBJECTIVES = "objectives"
    REVIEW = "review"


class Anchor(StrEnum):
    """Where periods start, other than on a day of the year."""

    MEMBER = "member"
    ROLLING = "rolling"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which activities: those that fit every part that is given. `any_of` and `none_of` name categories."""

    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    structured: bool | None = None
    planned: bool | None = None
    verifiable: bool | None = None
    evidenced: bool | None = None
    reflected: bool | None = None
    linked: bool | None = None
    longer_than: Fraction | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


Of = Filter | tuple[str, ...]
"""A filter, or the names of categories of which one is enough; an empty tuple is every activity."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What some activities are worth: so much an hour, so much each, or as many as their owner claims under a name."""

    of: Of = ()
    per_hour: Fraction | None = None
    per_entry: Fraction | None = None
    claimed: str = ""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How each activity's amount is rounded; below `least` it is nothing."""

    step: Fraction
    way: Way = Way.DOWN
    least: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Cap:
    """No more than `most` of some activities counts. Several categories in `of` share one cap."""

    title: str
    most: Fraction
    of: Of = ()
    per: Per = Per.WINDOW


@dataclass(frozen=True, slots=True)
class Window:
    """The years up to the end of the period that a rule looks at."""

    years: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule. `least` is what is asked (of a gap: the most months), `share` a share of all that was recorded.

    `each_of` asks it of each category; `every` that all activities have it; `in_each_year` asks it of each year of a
    longer period; `instead` is the amount over other years that is enough as well.
    """

    id: str
    title: str
    measure: Measure = Measure.AMOUNT
    weight: Weight = Weight.MUST
    of: Of = ()
    least: Fraction | None = None
    share: Fraction | None = None
    claimed: str = ""
    each_of: tuple[str, ...] = ()
    every: bool = False
    in_each_year: bool = False
    window: Window | None = None
    instead: "tuple[Fraction, Window] | None" = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What is left over counts in the next periods: of some activities, or of those in the period's last months."""

    most: Fraction
    of: Of = ()
    last_months: int = 0
    periods: int = 1
    not_first: bool = False
    counts_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """A member's standing: exempt, or with other amounts by the requirements' ids."""

    exempt: bool = False
    amounts: Mapping[str, Fraction] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How long a period is and where it starts; `cycle` is a calendar year in which one of several years began.

    `record_by` is the (month, day) behind the period's end by which it has to be recorded.
    """

    years: int = 1
    starts: tuple[int, int] | Anchor = (1, 1)
    cycle: int = 0
    record_by: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """One set of rules, for periods that begin from `start` to before `stop` (None leaves a side open).

    `hour` is how many minutes count as an hour.
    """

    unit: str = "h"
    period: PeriodRule = PeriodRule()
    requirements: tuple[Requirement, ...] = ()
    categories: Mapping[str, Filter] = field(default_factory=dict)
    worth: tuple[Worth, ...] = ()
    caps: tuple[Cap, ...] = ()
    rounding: Rounding | None = None
    carry_over: CarryOver | None = None
    statuses: Mapping[str, Status] = field(default_factory=dict)
    pro_rata: bool = False
    hour: Fraction = HOUR
    start: date | None = None
    stop: date | None = None

    def requirement(self, name: str) -> Requirement | None:
        return next((each for each in self.requirements if each.id == name), None)

    @property
    def default_status(self) -> str:
        """The status of a member who says none: the first."""
        return next(iter(self.statuses), "")


MEGABYTE = 1_000_000
"""Bytes. Where a body says "MB" without more, the smaller of the two meanings keeps a file below its limit."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A professional body's CPD rules, the newest first. `evidence_limit` is the most bytes of one file, 0 for none.

    `retention` is for how many years records are to be kept, 0 where nothing says it; `audit` who is asked for them.
    """

    id: str
    title: str = ""
    body: str = ""
    source: str = ""
    checked: date | None = None
    unsure: str = ""
    topics: tuple[str, ...] = ()
    evidence_limit: int = 0
    retention: int = 0
    audit: str = ""
    note: str = ""
    rules: tuple[Rules, ...] = ()
    path: str = ""

    @property
    def label(self) -> str:
        """The id with the body's name, for a list to choose from."""
        return f"{self.id} ({self.body})" if self.body else self.id
