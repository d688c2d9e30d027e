"""A professional body's CPD rules as frozen data, with what is known of each key of a scheme's file.

**To add a key, add one attribute here.** Its annotation carries the declaration (`fields.Field`): the reader, the
record, the docs and, with a `WordedField`, the words of `cpd scheme show` follow from it.

Amounts are fractions, never floats, in the scheme's unit unless said otherwise. `Rules` hold for the periods that
begin while they are in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Self

from cpdkit.journal.compound_types import Entries, One
from cpdkit.journal.date_types import Day, Year
from cpdkit.journal.declarations import Field, declared
from cpdkit.journal.field_types import Choice, Flag, Items, Line, Matching, Text
from cpdkit.journal.records import TYPES
from cpdkit.journal.values import Skill
from cpdkit.schemes.rule_types import (
    AMOUNTS,
    ID,
    TEXTS,
    UNFIT,
    Amount,
    Defined,
    Megabytes,
    MonthDay,
    Scope,
    Whole,
    WordedField,
    choice,
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

    # fmt: off
    types: Annotated[tuple[str, ...], Field("types", Items(TYPES, "list of types"), example="[training, event]")] = ()
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Line(), "list of topics"), note="one of them is enough", example="[ethics]",
    )] = ()
    skills: Annotated[tuple[str, ...], Field(
        "skills", Items(Choice(tuple(Skill)), "list of skills"), example="[soft]",
    )] = ()
    competences: Annotated[tuple[str, ...], Field(
        "competences", Items(Line(), "list of codes"), note="a code, or how codes begin", example="[E]",
    )] = ()
    folders: Annotated[tuple[str, ...], Field("folders", Items(Line(), "list of folders"), example="[Courses]")] = ()
    structured: Annotated[bool | None, Field("structured", Flag(), example="true")] = None
    planned: Annotated[bool | None, Field("planned", Flag(), example="true")] = None
    verifiable: Annotated[bool | None, Field("verifiable", Flag(), example="true")] = None
    evidenced: Annotated[bool | None, Field(
        "evidenced", Flag(), note="with a piece of evidence", example="true",
    )] = None
    reflected: Annotated[bool | None, Field("reflected", Flag(), note="with a reflection", example="true")] = None
    linked: Annotated[bool | None, Field("linked", Flag(), note="with an objective", example="true")] = None
    longer_than: Annotated[Fraction | None, Field(
        "longer-than", Amount(), note="hours of the whole activity", example="5",
    )] = None
    own_fields: Annotated[tuple[tuple[str, str], ...], Field(
        "own", TEXTS, note="fields of the owner's own with exactly this text", example="{x-pmi: giving back}",
    )] = ()
    any_of: Annotated[tuple[str, ...], Field(
        "any-of", Items(Line(), "list of categories"), example="[formal, academic]",
    )] = ()
    none_of: Annotated[tuple[str, ...], Field("none-of", Items(Line(), "list of categories"), example="[reading]")] = ()


Of = Filter | tuple[str, ...]
"""A filter, or the names of categories of which one is enough; an empty tuple is every activity."""
FILTER = declared(Filter, "filter")
_FILTER = One(FILTER, says="`{types: [event]}`")
_SCOPE = Scope(_FILTER)


@dataclass(frozen=True, slots=True)
class Worth:
    """What some activities are worth: so much an hour, so much each, or as many as their owner claims under a name."""

    # fmt: off
    of: Annotated[Of, Field("of", _SCOPE, note="without it: all that stands in none of the lines above")] = ()
    per_hour: Annotated[Fraction | None, Field("per-hour", Amount(), example="0.5")] = None
    per_entry: Annotated[Fraction | None, Field(
        "per-entry", Amount(), note="each activity, whatever it took, on its last day", example="5",
    )] = None
    claimed: Annotated[str, Field(
        "claimed", Line(), note="what the owner claims under this name in `units`", example="PDU",
    )] = ""


WORTH = declared(Worth, "worth")


@dataclass(frozen=True, slots=True)
class Rounding:
    """How each activity's amount is rounded; below `least` it is nothing."""

    # fmt: off
    step: Annotated[Fraction, Field("step", Amount(), required=True, example="0.5")]
    way: Annotated[Way, Field("way", choice(Way), example="down")] = Way.DOWN
    least: Annotated[Fraction, Field(
        "least", Amount(), note="below it an activity counts nothing", example="0.5",
    )] = Fraction(0)


ROUNDING = declared(Rounding, "rounding")


@dataclass(frozen=True, slots=True)
class Cap:
    """No more than `most` of some activities counts. Several categories in `of` share one cap."""

    title: Annotated[str, Field("title", Line(), required=True, example="reading")]
    of: Annotated[Of, Field("of", _SCOPE, note="several categories share one cap", example="reading")] = field(
        default=(), kw_only=True
    )
    most: Annotated[Fraction, Field("most", Amount(), required=True, example="18")]
    per: Annotated[Per, Field("per", choice(Per), note="`window` where it is not given", example="entry")] = Per.WINDOW


CAP = declared(Cap, "cap")


@dataclass(frozen=True, slots=True)
class Window:
    """The years up to the end of the period that a requirement looks at."""

    years: Annotated[int, WordedField("years", Whole(1), required=True, example="3", words=", in {} years")]


@dataclass(frozen=True, slots=True)
class Alternative:
    """The amount over other years that is enough as well."""

    least: Annotated[Fraction, WordedField("at-least", Amount(), required=True, example="90", words=", or {}")]
    years: Annotated[int, WordedField("years", Whole(1), required=True, example="3", words=" in {} years")]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: at least so much, or of a gap at most so many months, or a share of all that was recorded.

    `each_of` needs it of each category; `every` that all activities have it; `in_each_year` needs it in each year of
    a longer period.
    """

    # fmt: off
    id: Annotated[str, Field("id", Line(), required=True, example="total")]
    title: Annotated[str, Field("title", Line(), required=True, example="hours in the year")]
    measure: Annotated[Measure, Field(
        "measure", choice(Measure), note="`amount` where it is not given", example="entries",
    )] = Measure.AMOUNT
    weight: Annotated[Weight, Field(
        "weight", choice(Weight), note="`must` where it is not given", example="should",
    )] = Weight.MUST
    of: Annotated[Of, Field("of", _SCOPE, example="formal")] = ()
    least: Annotated[Fraction | None, Field("at-least", Amount(), example="30")] = None
    most: Annotated[Fraction | None, Field(
        "at-most", Amount(), note="of a `gap`: months without an activity", example="3",
    )] = None
    share: Annotated[Fraction | None, Field("share", Amount(), note="of all that was recorded", example="1/2")] = None
    claimed: Annotated[str, Field(
        "claimed", Line(), note="of `measure: claimed`, the name in `units`", example="points",
    )] = ""
    each_of: Annotated[tuple[str, ...], WordedField(
        "each-of", Items(Line(), "list of categories"), example="[ethics, safety]", words=" in each of {}",
    )] = ()
    every: Annotated[bool, Field(
        "every", Flag(), note="all activities that it is of, not a number of them", example="true",
    )] = False
    in_each_year: Annotated[bool, Field(
        "in-each-year", Flag(), note="of a period of several years", example="true",
    )] = False
    window: Annotated[Window | None, Field(
        "window", One(declared(Window, "window"), says="`{years: 3}`"), note="else the period", example="{years: 3}",
    )] = None
    alternative: Annotated[Alternative | None, Field(
        "or", One(declared(Alternative, "alternative"), says="`{at-least: 90, years: 3}`"),
        example="{at-least: 90, years: 3}",
    )] = None
    note: Annotated[str, Field("note", Text())] = ""

    @property
    def target(self) -> Fraction | None:
        """The amount that a member without a status of their own needs; of a gap, the most months."""
        return self.most if self.measure is Measure.GAP else self.least


REQUIREMENT = declared(Requirement, "requirement")


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What is left over counts in the next periods: of some activities, or of those in the period's last months."""

    # fmt: off
    most: Annotated[Fraction, Field("most", Amount(), required=True, example="10")]
    of: Annotated[Of, Field("of", _SCOPE, example="verifiable")] = ()
    last_months: Annotated[int, Field(
        "last-months", Whole(1), note="only what was done in the period's last months", example="12",
    )] = 0
    periods: Annotated[int, Field("periods", Whole(1), note="how many periods on it counts", example="1")] = 1
    not_first: Annotated[bool, Field(
        "not-first", Flag(), note="nothing is left over from a member's first period", example="true",
    )] = False
    counts_for: Annotated[tuple[str, ...], Field(
        "counts-for", Items(Line(), "list of ids"), note="the first amount where it is not given", example="[total]",
    )] = ()


CARRY_OVER = declared(CarryOver, "carry-over")


@dataclass(frozen=True, slots=True)
class Status:
    """A member's status: exempt, or with other amounts by the requirements' ids."""

    # fmt: off
    exempt: Annotated[bool, Field("exempt", Flag(), example="true")] = False
    amounts: Annotated[Mapping[str, Fraction], Field(
        "amounts", AMOUNTS, note="what is asked instead, by requirement", example="{total: 10}",
    )] = field(default_factory=dict)
    note: Annotated[str, Field("note", Text())] = ""


STATUS = declared(Status, "status")


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How long a period is and where it starts; `cycle` is a calendar year in which one of several years began.

    `record_by` is the (month, day) after the period's end by which it has to be recorded.
    """

    # fmt: off
    years: Annotated[int, Field("years", Whole(1), example="1")] = 1
    starts: Annotated[tuple[int, int] | Anchor, Field(
        "starts", MonthDay(Anchor),
        note="a day of the year, `member` (as in cpd.yaml), `rolling` (the years up to today)", example='"01-01"',
    )] = (1, 1)
    cycle: Annotated[int, Field(
        "cycle", Year(), note="a year in which a period of several years began", example="2024",
    )] = 0
    record_by: Annotated[tuple[int, int] | None, Field(
        "record-by", MonthDay(), note="behind the period's end", example='"01-31"',
    )] = None


PERIOD = declared(PeriodRule, "period")


@dataclass(frozen=True, slots=True)
class Rules:
    """One set of rules, for periods that begin from `start` to before `stop` (None leaves a side open).

    `hour` is how many minutes count as an hour.
    """

    # fmt: off
    unit: Annotated[str, Field("unit", Line(), note="how amounts are called", example="h")] = "h"
    period: Annotated[PeriodRule, Field(
        "period", One(PERIOD, says="`{years: 1, starts: 01-01}`"), example='{years: 1, starts: "01-01"}',
    )] = PeriodRule()
    requirements: Annotated[tuple[Requirement, ...], Field(
        "requirements", Entries(One(REQUIREMENT, says="`{id, title, at-least}`"), "list of requirements"),
        example="[{id: total, title: hours in the year, at-least: 30}]",
    )] = ()
    categories: Annotated[Mapping[str, Filter], Field(
        "categories", Defined(_FILTER, "`{name: filter}`"), example="{formal: {structured: true}}",
    )] = field(default_factory=dict)
    worth: Annotated[tuple[Worth, ...], Field(
        "worth", Entries(One(WORTH, says="`{of, per-hour}`"), "list of `{of, per-hour}`"),
        note="the first line that fits counts; without any, an hour is 1", example="[{of: reading, per-hour: 0.5}]",
    )] = ()
    caps: Annotated[tuple[Cap, ...], Field(
        "caps", Entries(One(CAP, says="`{title, of, most}`"), "list of `{title, of, most}`"),
        example="[{title: reading, of: reading, most: 18}]",
    )] = ()
    rounding: Annotated[Rounding | None, Field(
        "rounding", One(ROUNDING, says="`{step: 0.5}`"), example="{step: 0.5, way: down}",
    )] = None
    carry_over: Annotated[CarryOver | None, Field(
        "carry-over", One(CARRY_OVER, says="`{most: 10}`"), example="{most: 10}",
    )] = None
    statuses: Annotated[Mapping[str, Status], Field(
        "statuses", Defined(One(STATUS, says="`{exempt: true}`"), "`{name: {exempt, amounts}}`"),
        note="the first is that of who says none", example="{active: {}, retired: {amounts: {total: 10}}}",
    )] = field(default_factory=dict)
    pro_rata: Annotated[bool, Field("pro-rata", Flag(), note="by the months of each status", example="true")] = False
    hour: Annotated[Fraction, Field("hour", Amount(), note="minutes that count as an hour", example="50")] = HOUR
    start: date | None = None
    stop: date | None = None

    def requirement(self, name: str) -> Requirement | None:
        return next((each for each in self.requirements if each.id == name), None)

    @property
    def default_status(self) -> str:
        """The status of a member who gives none: the first."""
        return next(iter(self.statuses), "")


RULES = declared(Rules, "rules")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A professional body's CPD rules, the newest first. `evidence_limit` is the most bytes of one file, 0 for none.

    `retention` is for how many years records are to be kept, 0 where nothing says it; `audit` who is asked for them.
    `path` is empty for a shipped scheme.
    """

    # fmt: off
    id: Annotated[str, Field(
        "id", Matching("id (`iet`)", ID, UNFIT, "an id", "write letters, digits and -, such as my-body"),
        required=True, note="one of a shipped scheme takes its place", example="my-body",
    )]
    body: Annotated[str, Field("body", Line(), example="Institution of Engineering and Technology")] = ""
    title: Annotated[str, Field("title", Line(), example="CPD of members")] = ""
    source: Annotated[str, Field("source", Text(), note="where the rules are from")] = ""
    checked: Annotated[date | None, Field(
        "checked", Day(), note="when the source was last looked at", example="2026-11-23",
    )] = None
    unsure: Annotated[str, Field("unsure", Text(), note="what is not certain of it")] = ""
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Line(), "list of text"), note="the themes it asks for", example="[ethics, safety]",
    )] = ()
    evidence_limit: Annotated[int, Field(
        "evidence-limit", Megabytes(), note="the most megabytes of one file", example="0.5",
    )] = 0
    retention: Annotated[int, Field(
        "retention", Whole(), note="for how many years records are to be kept", example="5",
    )] = 0
    audit: Annotated[str, Field("audit", Text(), example="a sample each year")] = ""
    note: Annotated[str, Field("note", Text())] = ""
    rules: tuple[Rules, ...] = ()
    path: str = ""

    @property
    def label(self) -> str:
        """The id with the body's name, for a list to choose from."""
        return f"{self.id} ({self.body})" if self.body else self.id
