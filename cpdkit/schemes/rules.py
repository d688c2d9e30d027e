"""A professional body's CPD rules as frozen data, with the keys by which a scheme's file writes them.

Amounts are fractions, never floats, in the scheme's unit unless said otherwise. `Rules` hold for the periods that
begin while they are in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Self

from cpdkit.journal.compound_types import Entries
from cpdkit.journal.date_types import Day, Year
from cpdkit.journal.field_types import Choice, Flag, Items, Line, Matching, Text
from cpdkit.journal.records import TYPES, Skill
from cpdkit.schemes.keys import (
    AMOUNTS,
    ID,
    TEXTS,
    UNFIT,
    Amount,
    Defined,
    Key,
    Megabytes,
    MonthDay,
    Scope,
    Whole,
    choice,
    part,
)

HOUR = Fraction(60)


class Weight(StrEnum):
    """Whether a requirement has to be met, or is advice."""

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
    """What a requirement counts, with its unit; `having` is what an activity needs to count, `words` names them.

    Without words the unit is the scheme's, or the one claimed.
    """

    unit: str
    having: str
    words: str

    def __new__(cls, value: str, unit: str = "", having: str = "", words: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.unit = unit
        member.having = having
        member.words = words or (f"{unit} with {having}" if having else unit)
        return member

    AMOUNT = "amount"
    CLAIMED = "claimed"
    PARTICIPATORY = "participatory", "h"
    ENTRIES = "entries", "activities"
    TYPES = "types", "types"
    GAP = "gap", "months", "", "months without an activity"
    REFLECTED = "reflected", "activities", "a reflection"
    EVIDENCED = "evidenced", "activities", "evidence"
    LINKED = "linked", "activities", "an objective"
    OBJECTIVES = "objectives", "objectives"
    REVIEW = "review", "", "", "reviews"


class Anchor(StrEnum):
    """Where periods start, other than on a day of the year."""

    MEMBER = "member"
    ROLLING = "rolling"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which activities: those that fit every part that is given. `any_of` and `none_of` name categories."""

    types: Annotated[tuple[str, ...], Key(Items(TYPES, "list of types"), example="[training, event]")] = ()
    topics: Annotated[
        tuple[str, ...], Key(Items(Line(), "list of topics"), example="[ethics]", note="one of them is enough")
    ] = ()
    skills: Annotated[tuple[str, ...], Key(Items(Choice(tuple(Skill)), "list of skills"), example="[soft]")] = ()
    competences: Annotated[
        tuple[str, ...], Key(Items(Line(), "list of codes"), example="[E]", note="a code, or how codes begin")
    ] = ()
    folders: Annotated[tuple[str, ...], Key(Items(Line(), "list of folders"), example="[Courses]")] = ()
    structured: Annotated[bool | None, Key(Flag(), example="true")] = None
    planned: Annotated[bool | None, Key(Flag(), example="true")] = None
    verifiable: Annotated[bool | None, Key(Flag(), example="true")] = None
    evidenced: Annotated[bool | None, Key(Flag(), example="true", note="with a piece of evidence")] = None
    reflected: Annotated[bool | None, Key(Flag(), example="true", note="with a reflection")] = None
    linked: Annotated[bool | None, Key(Flag(), example="true", note="with an objective")] = None
    longer_than: Annotated[Fraction | None, Key(Amount(), example="5", note="hours of the whole activity")] = None
    own: Annotated[
        tuple[tuple[str, str], ...],
        Key(TEXTS, example="{x-pmi: giving back}", note="fields of the owner's own with exactly this text"),
    ] = ()
    any_of: Annotated[tuple[str, ...], Key(Items(Line(), "list of categories"), example="[formal, academic]")] = ()
    none_of: Annotated[tuple[str, ...], Key(Items(Line(), "list of categories"), example="[reading]")] = ()


Of = Filter | tuple[str, ...]
"""A filter, or the names of categories of which one is enough; an empty tuple is every activity."""
_FILTER = part(Filter, "`{types: [event]}`")
_SCOPE = Scope(_FILTER)


@dataclass(frozen=True, slots=True)
class Worth:
    """What some activities are worth: so much an hour, so much each, or as many as their owner claims under a name."""

    of: Annotated[Of, Key(_SCOPE, note="without it: all that stands in none of the lines above")] = ()
    per_hour: Annotated[Fraction | None, Key(Amount(), example="0.5")] = None
    per_entry: Annotated[
        Fraction | None, Key(Amount(), example="5", note="each activity, whatever it took, on its last day")
    ] = None
    claimed: Annotated[str, Key(Line(), example="PDU", note="what the owner claims under this name in `units`")] = ""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How each activity's amount is rounded; below `least` it is nothing."""

    step: Annotated[Fraction, Key(Amount(), example="0.5")]
    way: Annotated[Way, Key(choice(Way), example="down")] = Way.DOWN
    least: Annotated[Fraction, Key(Amount(), example="0.5", note="below it an activity counts nothing")] = Fraction(0)


@dataclass(frozen=True, slots=True)
class Cap:
    """No more than `most` of some activities counts. Several categories in `of` share one cap."""

    title: Annotated[str, Key(Line(), example="reading")]
    most: Annotated[Fraction, Key(Amount(), example="18")]
    of: Annotated[Of, Key(_SCOPE, example="reading", note="several categories share one cap")] = ()
    per: Annotated[Per, Key(choice(Per), example="entry", note="`window` where it is not given")] = Per.WINDOW


@dataclass(frozen=True, slots=True)
class Window:
    """The years up to the end of the period that a requirement looks at."""

    years: Annotated[int, Key(Whole(1), example="3", words=", in {} years")]


@dataclass(frozen=True, slots=True)
class Alternative:
    """The amount over other years that is enough as well."""

    least: Annotated[Fraction, Key(Amount(), "at-least", example="90", words=", or {}")]
    years: Annotated[int, Key(Whole(1), example="3", words=" in {} years")]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: at least so much, or of a gap at most so many months, or a share of all that was recorded.

    `each_of` needs it of each category; `every` that all activities have it; `in_each_year` needs it in each year of
    a longer period.
    """

    id: Annotated[str, Key(Line(), example="total")]
    title: Annotated[str, Key(Line(), example="hours in the year")]
    measure: Annotated[Measure, Key(choice(Measure), example="entries", note="`amount` where it is not given")] = (
        Measure.AMOUNT
    )
    weight: Annotated[Weight, Key(choice(Weight), example="should", note="`must` where it is not given")] = Weight.MUST
    of: Annotated[Of, Key(_SCOPE, example="formal")] = ()
    least: Annotated[Fraction | None, Key(Amount(), "at-least", example="30")] = None
    most: Annotated[
        Fraction | None, Key(Amount(), "at-most", example="3", note="of a `gap`: months without an activity")
    ] = None
    share: Annotated[Fraction | None, Key(Amount(), example="1/2", note="of all that was recorded")] = None
    claimed: Annotated[str, Key(Line(), example="points", note="of `measure: claimed`, the name in `units`")] = ""
    each_of: Annotated[
        tuple[str, ...],
        Key(Items(Line(), "list of categories"), example="[ethics, safety]", words=" in each of {}"),
    ] = ()
    every: Annotated[bool, Key(Flag(), example="true", note="all activities that it is of, not a number of them")] = (
        False
    )
    in_each_year: Annotated[bool, Key(Flag(), example="true", note="of a period of several years")] = False
    window: Annotated[
        Window | None, Key(part(Window, "`{years: 3}`"), example="{years: 3}", note="else the period")
    ] = None
    alternative: Annotated[
        Alternative | None,
        Key(part(Alternative, "`{at-least: 90, years: 3}`"), "or", example="{at-least: 90, years: 3}"),
    ] = None
    note: Annotated[str, Key(Text())] = ""

    @property
    def target(self) -> Fraction | None:
        """The amount that a member without a status of their own needs; of a gap, the most months."""
        return self.most if self.measure is Measure.GAP else self.least


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What is left over counts in the next periods: of some activities, or of those in the period's last months."""

    most: Annotated[Fraction, Key(Amount(), example="10")]
    of: Annotated[Of, Key(_SCOPE, example="verifiable")] = ()
    last_months: Annotated[int, Key(Whole(1), example="12", note="only what was done in the period's last months")] = 0
    periods: Annotated[int, Key(Whole(1), example="1", note="how many periods on it counts")] = 1
    not_first: Annotated[
        bool, Key(Flag(), example="true", note="nothing is left over from a member's first period")
    ] = False
    counts_for: Annotated[
        tuple[str, ...],
        Key(Items(Line(), "list of ids"), example="[total]", note="the first amount where it is not given"),
    ] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """A member's status: exempt, or with other amounts by the requirements' ids."""

    exempt: Annotated[bool, Key(Flag(), example="true")] = False
    amounts: Annotated[
        Mapping[str, Fraction],
        Key(AMOUNTS, example="{total: 10}", note="what is asked instead, by requirement"),
    ] = field(default_factory=dict)
    note: Annotated[str, Key(Text())] = ""


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How long a period is and where it starts; `cycle` is a calendar year in which one of several years began.

    `record_by` is the (month, day) after the period's end by which it has to be recorded.
    """

    years: Annotated[int, Key(Whole(1), example="1")] = 1
    starts: Annotated[
        tuple[int, int] | Anchor,
        Key(
            MonthDay(Anchor),
            example='"01-01"',
            note="a day of the year, `member` (as in cpd.yaml), `rolling` (the years up to today)",
        ),
    ] = (1, 1)
    cycle: Annotated[int, Key(Year(), example="2024", note="a year in which a period of several years began")] = 0
    record_by: Annotated[tuple[int, int] | None, Key(MonthDay(), example='"01-31"', note="behind the period's end")] = (
        None
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """One set of rules, for periods that begin from `start` to before `stop` (None leaves a side open).

    `hour` is how many minutes count as an hour.
    """

    unit: Annotated[str, Key(Line(), example="h", note="how amounts are called")] = "h"
    period: Annotated[
        PeriodRule,
        Key(part(PeriodRule, "`{years: 1, starts: 01-01}`"), example='{years: 1, starts: "01-01"}'),
    ] = PeriodRule()
    requirements: Annotated[
        tuple[Requirement, ...],
        Key(
            Entries(part(Requirement, "`{id, title, at-least}`"), "list of requirements"),
            example="[{id: total, title: hours in the year, at-least: 30}]",
        ),
    ] = ()
    categories: Annotated[
        Mapping[str, Filter],
        Key(Defined(_FILTER, "`{name: filter}`"), example="{formal: {structured: true}}"),
    ] = field(default_factory=dict)
    worth: Annotated[
        tuple[Worth, ...],
        Key(
            Entries(part(Worth, "`{of, per-hour}`"), "list of `{of, per-hour}`"),
            example="[{of: reading, per-hour: 0.5}]",
            note="the first line that fits counts; without any, an hour is 1",
        ),
    ] = ()
    caps: Annotated[
        tuple[Cap, ...],
        Key(
            Entries(part(Cap, "`{title, of, most}`"), "list of `{title, of, most}`"),
            example="[{title: reading, of: reading, most: 18}]",
        ),
    ] = ()
    rounding: Annotated[Rounding | None, Key(part(Rounding, "`{step: 0.5}`"), example="{step: 0.5, way: down}")] = None
    carry_over: Annotated[CarryOver | None, Key(part(CarryOver, "`{most: 10}`"), example="{most: 10}")] = None
    statuses: Annotated[
        Mapping[str, Status],
        Key(
            Defined(part(Status, "`{exempt: true}`"), "`{name: {exempt, amounts}}`"),
            example="{active: {}, retired: {amounts: {total: 10}}}",
            note="the first is that of who says none",
        ),
    ] = field(default_factory=dict)
    pro_rata: Annotated[bool, Key(Flag(), example="true", note="by the months of each status")] = False
    hour: Annotated[Fraction, Key(Amount(), example="50", note="minutes that count as an hour")] = HOUR
    start: date | None = None
    stop: date | None = None

    def requirement(self, name: str) -> Requirement | None:
        return next((each for each in self.requirements if each.id == name), None)

    @property
    def default_status(self) -> str:
        """The status of a member who gives none: the first."""
        return next(iter(self.statuses), "")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A professional body's CPD rules, the newest first. `evidence_limit` is the most bytes of one file, 0 for none.

    `retention` is for how many years records are to be kept, 0 where nothing says it; `audit` who is asked for them.
    `path` is empty for a shipped scheme.
    """

    id: Annotated[
        str,
        Key(
            Matching("id (`iet`)", ID, UNFIT, "an id", "write letters, digits and -, such as my-body"),
            example="my-body",
            note="one of a shipped scheme takes its place",
        ),
    ]
    body: Annotated[str, Key(Line(), example="Institution of Engineering and Technology")] = ""
    title: Annotated[str, Key(Line(), example="CPD of members")] = ""
    source: Annotated[str, Key(Text(), note="where the rules are from")] = ""
    checked: Annotated[date | None, Key(Day(), example="2026-11-23", note="when the source was last looked at")] = None
    unsure: Annotated[str, Key(Text(), note="what is not certain of it")] = ""
    topics: Annotated[
        tuple[str, ...],
        Key(Items(Line(), "list of text"), example="[ethics, safety]", note="the themes it asks for"),
    ] = ()
    evidence_limit: Annotated[int, Key(Megabytes(), example="0.5", note="the most megabytes of one file")] = 0
    retention: Annotated[int, Key(Whole(), example="5", note="for how many years records are to be kept")] = 0
    audit: Annotated[str, Key(Text(), example="a sample each year")] = ""
    note: Annotated[str, Key(Text())] = ""
    rules: tuple[Rules, ...] = ()
    path: str = ""

    @property
    def label(self) -> str:
        """The id with the body's name, for a list to choose from."""
        return f"{self.id} ({self.body})" if self.body else self.id
