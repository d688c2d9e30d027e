"""A professional body's CPD rules as frozen data, with the declaration of each key of a scheme file.

**To add a key, add one attribute here.** Its annotation carries the declaration (`declarations.Field`). The reader,
the record, the docs and, with a `WordedField`, the words of `cpd scheme show` follow from it.

Amounts are fractions, never floats, in the scheme's unit unless noted otherwise. `Rules` apply to the periods that
begin while they are in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Self

from cpdkit.dates.period_words import months_later
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

MOST_YEARS = 100
"""The longest period of a scheme. No date leaves the calendar by it."""
MOST_RUN = 10
"""The most consecutive years of `in-every`. Each run is evaluated on its own, and a period can have a hundred."""
HOUR = Fraction(60)


class Weight(StrEnum):
    """Whether a requirement is required or recommended."""

    MUST = "must"
    SHOULD = "should"


class Way(StrEnum):
    """Which way an amount is rounded."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


class Outcome(StrEnum):
    """What follows if a requirement is not reached: it is short, or the member has to explain it."""

    SHORT = "short"
    EXPLAIN = "explain"


class SourceKind(StrEnum):
    """Who publishes a source: the body, a law, or a third party."""

    BODY = "body"
    LAW = "law"
    THIRD_PARTY = "third-party"


class Per(StrEnum):
    """What a cap limits: all of a window together, each of its years, each activity, or each day."""

    WINDOW = "window"
    YEAR = "year"
    ENTRY = "entry"
    DAY = "day"


class Measure(StrEnum):
    """What a requirement counts, and its unit.

    `having` is what an activity needs in order to count; `words` names such activities. Without words the unit is the
    scheme's, or the one claimed.
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
    REVIEW = "review", "reviews"
    DECLARED = "declared", "declarations"


class Anchor(StrEnum):
    """Where periods start, if not on a day of the year."""

    MEMBER = "member"
    ROLLING = "rolling"


@dataclass(frozen=True, slots=True)
class Filter:
    """The activities that match every part that is set. `any_of` and `none_of` name categories."""

    # fmt: off
    types: Annotated[tuple[str, ...], Field("types", Items(TYPES, "list of types"), example="[training, event]")] = ()
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Line(), "list of topics"), note="one match is enough", example="[ethics]",
    )] = ()
    skills: Annotated[tuple[str, ...], Field(
        "skills", Items(Choice(tuple(Skill)), "list of skills"), example="[soft]",
    )] = ()
    competences: Annotated[tuple[str, ...], Field(
        "competences", Items(Line(), "list of codes"), note="a code, or the beginning of codes", example="[E]",
    )] = ()
    folders: Annotated[tuple[str, ...], Field("folders", Items(Line(), "list of folders"), example="[Courses]")] = ()
    structured: Annotated[bool | None, Field("structured", Flag(), example="true")] = None
    planned: Annotated[bool | None, Field("planned", Flag(), example="true")] = None
    verifiable: Annotated[bool | None, Field("verifiable", Flag(), example="true")] = None
    evidenced: Annotated[bool | None, Field(
        "evidenced", Flag(), note="with evidence", example="true",
    )] = None
    reflected: Annotated[bool | None, Field("reflected", Flag(), note="with a reflection", example="true")] = None
    linked: Annotated[bool | None, Field("linked", Flag(), note="with an objective", example="true")] = None
    longer_than: Annotated[Fraction | None, Field(
        "longer-than", Amount(), note="hours of the whole activity, exclusive", example="5",
    )] = None
    own_fields: Annotated[tuple[tuple[str, str], ...], Field(
        "own", TEXTS, note="your own `x-…` fields, with exactly this text", example="{x-pmi: giving back}",
    )] = ()
    any_of: Annotated[tuple[str, ...], Field(
        "any-of", Items(Line(), "list of categories"), example="[formal, academic]",
    )] = ()
    none_of: Annotated[tuple[str, ...], Field("none-of", Items(Line(), "list of categories"), example="[reading]")] = ()


SourceKey = Annotated[str, Field(
    "source", Line(), example="board", note="a key of `sources`; if missing, the first of them",
)]  # fmt: skip
Unsure = Annotated[str, Field("unsure", Text(), note="what is uncertain about it")]
Of = Filter | tuple[str, ...]
"""A filter, or names of categories: an activity in any of them matches. An empty tuple matches every activity."""
FILTER = declared(Filter, "filter")
_FILTER = One(FILTER, accepts="`{types: [event]}`")
_SCOPE = Scope(_FILTER)


@dataclass(frozen=True, slots=True)
class Worth:
    """What some activities are worth: an amount an hour, an amount each, or the units that their owner claims."""

    # fmt: off
    of: Annotated[Of, Field("of", _SCOPE, note="without it: all activities that match no entry above")] = ()
    per_hour: Annotated[Fraction | None, Field("per-hour", Amount(), example="0.5")] = None
    per_entry: Annotated[Fraction | None, Field(
        "per-entry", Amount(), note="for each activity, whatever its hours; counts on its last day", example="5",
    )] = None
    claimed: Annotated[str, Field(
        "claimed", Line(), note="the number recorded under this name in `units`", example="PDU",
    )] = ""
    source: SourceKey = ""
    unsure: Unsure = ""


WORTH = declared(Worth, "worth")


@dataclass(frozen=True, slots=True)
class Rounding:
    """How each activity's amount is rounded. Below `least` it counts as zero."""

    # fmt: off
    step: Annotated[Fraction, Field("step", Amount(), required=True, example="0.5")]
    way: Annotated[Way, Field("way", choice(Way), example="down")] = Way.DOWN
    least: Annotated[Fraction, Field(
        "least", Amount(), note="a smaller amount does not count", example="0.5",
    )] = Fraction(0)
    source: SourceKey = ""
    unsure: Unsure = ""


ROUNDING = declared(Rounding, "rounding")


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that counts of some activities. Several categories in `of` share one cap."""

    title: Annotated[str, Field("title", Line(), required=True, example="reading")]
    of: Annotated[Of, Field("of", _SCOPE, note="several categories share one cap", example="reading")] = field(
        default=(), kw_only=True
    )
    most: Annotated[Fraction, Field("most", Amount(), required=True, example="18")]
    per: Annotated[Per, Field("per", choice(Per), note="default: `window`", example="entry")] = Per.WINDOW
    source: SourceKey = ""
    unsure: Unsure = ""


CAP = declared(Cap, "cap")


@dataclass(frozen=True, slots=True)
class Window:
    """The years, up to the end of the period, over which a requirement counts.

    Nothing before `start` counts, and the requirement is not due until so many years after it.
    """

    years: Annotated[int, WordedField("years", Whole(1, MOST_YEARS), required=True, example="3", words=", in {} years")]
    start: Annotated[date | None, WordedField(
        "from", Day(), example="2026-01-01", note="the first day that counts", words=" from {}",
    )] = None  # fmt: skip

    def first_due(self, since: date | None) -> date | None:
        """Return the last day of the first years since its first day, or since the member joined; None without both."""
        first = max(filter(None, (self.start, since)), default=None)
        return months_later(first, 12 * self.years) - timedelta(1) if first else None


@dataclass(frozen=True, slots=True)
class Alternative:
    """An amount over a number of years that also meets the requirement."""

    least: Annotated[Fraction, WordedField("at-least", Amount(), required=True, example="90", words=", or {}")]
    years: Annotated[int, WordedField("years", Whole(1, MOST_YEARS), required=True, example="3", words=" in {} years")]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: a minimum amount, a share of everything recorded, or a maximum number of months for a gap.

    `each_of` requires the amount in each category, or in `enough` of them; with `split`, an hour counts in only one.
    `in_each_year` requires it in each year of a longer period, `in_every` in any so many consecutive years, also
    across periods. `every` requires it of all activities. `by` is the (month, day) in the period by which it is due.
    """

    # fmt: off
    id: Annotated[str, Field("id", Line(), required=True, example="total")]
    title: Annotated[str, Field("title", Line(), required=True, example="hours in the year")]
    measure: Annotated[Measure, Field(
        "measure", choice(Measure), note="default: `amount`", example="entries",
    )] = Measure.AMOUNT
    weight: Annotated[Weight, Field(
        "weight", choice(Weight), note="default: `must`; `should` is recommended", example="should",
    )] = Weight.MUST
    of: Annotated[Of, Field("of", _SCOPE, example="formal")] = ()
    least: Annotated[Fraction | None, Field("at-least", Amount(), example="30")] = None
    most: Annotated[Fraction | None, Field(
        "at-most", Amount(), note="with `measure: gap`: months without an activity", example="3",
    )] = None
    share: Annotated[Fraction | None, Field("share", Amount(), note="of everything recorded", example="1/2")] = None
    claimed: Annotated[str, Field(
        "claimed", Line(), note="with `measure: claimed`: the name in `units`", example="points",
    )] = ""
    each_of: Annotated[tuple[str, ...], WordedField(
        "each-of", Items(Line(), "list of categories"), example="[ethics, safety]", words=" in each of {}",
    )] = ()
    enough: Annotated[int, WordedField(
        "enough", Whole(1), note="with `each-of`: how many of the categories are enough; default: all", example="2",
        words=" ({} of them are enough)",
    )] = 0
    split: Annotated[bool, WordedField(
        "split", Flag(), note="with `each-of`: an hour counts in one category only; cpdkit divides activities so that "
        "most categories are reached", example="true", words=", each hour in only one",
    )] = False
    every: Annotated[bool, Field(
        "every", Flag(), note="all activities in `of`, instead of a number of them", example="true",
    )] = False
    in_each_year: Annotated[bool, Field(
        "in-each-year", Flag(), note="for a period of several years", example="true",
    )] = False
    in_every: Annotated[int, WordedField(
        "in-every", Whole(1, MOST_RUN), note="any so many consecutive years, also across periods", example="2",
        words=" in every {} consecutive years",
    )] = 0
    window: Annotated[Window | None, Field(
        "window", One(declared(Window, "window"), accepts="`{years: 3}`"),
        note="default: the period", example="{years: 3}",
    )] = None
    alternative: Annotated[Alternative | None, Field(
        "or", One(declared(Alternative, "alternative"), accepts="`{at-least: 90, years: 3}`"),
        example="{at-least: 90, years: 3}",
    )] = None
    by: Annotated[tuple[int, int] | None, Field(
        "by", MonthDay(), note="with `measure: declared`: the day of the period by which it is due; default: "
        "`record-by`, or the last day of the period", example='"01-31"',
    )] = None
    otherwise: Annotated[Outcome | None, Field(
        "otherwise", choice(Outcome), note="the outcome if it is not reached; default: `short`, and `explain` for "
        "`measure: declared`", example="explain",
    )] = None
    personal: Annotated[bool, WordedField(
        "personal", Flag(), note="each member has an amount of their own, under `targets` in cpd.yaml; `at-least` "
        "applies without one", example="true", words=", or your own target",
    )] = False
    note: Annotated[str, Field("note", Text())] = ""
    source: SourceKey = ""
    unsure: Unsure = ""

    @property
    def outcome(self) -> Outcome:
        """What follows if it is not reached."""
        return self.otherwise or (Outcome.EXPLAIN if self.measure is Measure.DECLARED else Outcome.SHORT)

    @property
    def target(self) -> Fraction | None:
        """The amount that a member without a special status needs. For a gap: the maximum number of months."""
        return self.most if self.measure is Measure.GAP else self.least


REQUIREMENT = declared(Requirement, "requirement")


@dataclass(frozen=True, slots=True)
class CarryOver:
    """How a surplus counts in later periods. `of` and `last_months` limit the activities whose surplus counts."""

    # fmt: off
    most: Annotated[Fraction, Field("most", Amount(), required=True, example="10")]
    of: Annotated[Of, Field("of", _SCOPE, example="verifiable")] = ()
    last_months: Annotated[int, Field(
        "last-months", Whole(1, 12 * MOST_YEARS),
        note="only activities in this many last months of the period", example="12",
    )] = 0
    periods: Annotated[int, Field(
        "periods", Whole(1, MOST_YEARS), note="for how many later periods it counts", example="1",
    )] = 1
    not_first: Annotated[bool, Field(
        "not-first", Flag(), note="nothing is carried over from a member's first period", example="true",
    )] = False
    counts_for: Annotated[tuple[str, ...], Field(
        "counts-for", Items(Line(), "list of IDs"),
        note="default: the first requirement for an amount", example="[total]",
    )] = ()
    source: SourceKey = ""
    unsure: Unsure = ""


CARRY_OVER = declared(CarryOver, "carry-over")


@dataclass(frozen=True, slots=True)
class Status:
    """A member's status: exempt, or with other amounts, by the IDs of the requirements."""

    # fmt: off
    exempt: Annotated[bool, Field("exempt", Flag(), example="true")] = False
    amounts: Annotated[Mapping[str, Fraction], Field(
        "amounts", AMOUNTS, note="the amounts required instead, by the ID of the requirement", example="{total: 10}",
    )] = field(default_factory=dict)
    note: Annotated[str, Field("note", Text())] = ""
    source: SourceKey = ""
    unsure: Unsure = ""


STATUS = declared(Status, "status")


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How long a period is and where it starts.

    `cycle` is a calendar year in which a period of several years began. `record_by` is the deadline for recording: the
    (month, day) after the period's end.
    """

    # fmt: off
    years: Annotated[int, Field("years", Whole(1, MOST_YEARS), example="1")] = 1
    starts: Annotated[tuple[int, int] | Anchor, Field(
        "starts", MonthDay(Anchor),
        note="a day of the year, `member` (`start` in cpd.yaml) or `rolling` (the years up to today)",
        example='"01-01"',
    )] = (1, 1)
    cycle: Annotated[int, Field(
        "cycle", Year(), note="a year in which a period of several years began", example="2024",
    )] = 0
    record_by: Annotated[tuple[int, int] | None, Field(
        "record-by", MonthDay(), note="deadline for recording, after the end of the period", example='"01-31"',
    )] = None
    own_day: Annotated[bool, Field(
        "own-day", Flag(), note="members may choose the first day, with `first-day` in cpd.yaml", example="true",
    )] = False
    source: SourceKey = ""
    unsure: Unsure = ""


PERIOD = declared(PeriodRule, "period")


@dataclass(frozen=True, slots=True)
class Rules:
    """One set of rules, for periods that begin on or after `start` and before `stop`. None means no limit.

    `hour` is the number of minutes that count as an hour.
    """

    # fmt: off
    unit: Annotated[str, Field("unit", Line(), note="the unit of amounts", example="h")] = "h"
    period: Annotated[PeriodRule, Field(
        "period", One(PERIOD, accepts="`{years: 1, starts: 01-01}`"), example='{years: 1, starts: "01-01"}',
    )] = PeriodRule()
    requirements: Annotated[tuple[Requirement, ...], Field(
        "requirements", Entries(One(REQUIREMENT, accepts="`{id, title, at-least}`"), "list of requirements"),
        example="[{id: total, title: hours in the year, at-least: 30}]",
    )] = ()
    categories: Annotated[Mapping[str, Filter], Field(
        "categories", Defined(_FILTER, "`{name: filter}`"), example="{formal: {structured: true}}",
    )] = field(default_factory=dict)
    worth: Annotated[tuple[Worth, ...], Field(
        "worth", Entries(One(WORTH, accepts="`{of, per-hour}`"), "list of `{of, per-hour}`"),
        note="the first entry that matches applies; without any, an hour is worth 1",
        example="[{of: reading, per-hour: 0.5}]",
    )] = ()
    caps: Annotated[tuple[Cap, ...], Field(
        "caps", Entries(One(CAP, accepts="`{title, of, most}`"), "list of `{title, of, most}`"),
        example="[{title: reading, of: reading, most: 18}]",
    )] = ()
    rounding: Annotated[Rounding | None, Field(
        "rounding", One(ROUNDING, accepts="`{step: 0.5}`"), example="{step: 0.5, way: down}",
    )] = None
    carry_over: Annotated[CarryOver | None, Field(
        "carry-over", One(CARRY_OVER, accepts="`{most: 10}`"), example="{most: 10}",
    )] = None
    statuses: Annotated[Mapping[str, Status], Field(
        "statuses", Defined(One(STATUS, accepts="`{exempt: true}`"), "`{name: {exempt, amounts}}`"),
        note="the first is the default", example="{active: {}, retired: {amounts: {total: 10}}}",
    )] = field(default_factory=dict)
    pro_rata: Annotated[bool, Field(
        "pro-rata", Flag(), note="reduce amounts by the months of each status", example="true",
    )] = False
    hour: Annotated[Fraction, Field("hour", Amount(), note="minutes that count as an hour", example="50")] = HOUR
    start: date | None = None
    stop: date | None = None

    def requirement(self, name: str) -> Requirement | None:
        return next((each for each in self.requirements if each.id == name), None)

    @property
    def default_status(self) -> str:
        """The status of a member without one: the first."""
        return next(iter(self.statuses), "")


RULES = declared(Rules, "rules")


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A page or a law on which rules rest, and the date on which it was read."""

    # fmt: off
    page: Annotated[str, Field("page", Line(), required=True, example='"my-body.org: CPD policy"')]
    url: Annotated[str, Field("url", Line(), example="https://my-body.org/cpd")] = ""
    read: Annotated[date | None, Field("read", Day(), note="when it was read", example="2026-11-30")] = None
    kind: Annotated[SourceKind, Field(
        "kind", choice(SourceKind), note="who publishes it; default: `body`", example="third-party",
    )] = SourceKind.BODY
    # fmt: on


SOURCE = declared(RuleSource, "source")
SEARCHED = ("retention", "audit", "deadline", "leave")
"""What every scheme has, or states as not found."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A professional body's CPD rules, the newest first.

    `evidence_limit` is the maximum size of a file in bytes, 0 for no limit. `retention` is the number of years to keep
    records, 0 if the body sets none. `audit` describes who must submit records. `path` is empty for a shipped scheme.
    `sources` are by key; a rule that names none rests on the first.
    """

    # fmt: off
    id: Annotated[str, Field(
        "id", Matching("ID (`iet`)", ID, UNFIT, "an ID", "use letters, digits and hyphens, such as my-body"),
        required=True, note="the ID of a shipped scheme replaces that scheme", example="my-body",
    )]
    body: Annotated[str, Field("body", Line(), example="Institution of Engineering and Technology")] = ""
    abbreviation: Annotated[str, Field(
        "abbreviation", Line(), example="IET", note="the short name of the body, as `cpd init` writes it",
    )] = ""
    country: Annotated[str, Field("country", Line(), example="United Kingdom")] = ""
    professions: Annotated[tuple[str, ...], Field(
        "professions", Items(Line(), "list of text"), example="[engineering]",
    )] = ()
    letters: Annotated[tuple[str, ...], Field(
        "letters", Items(Line(), "list of text"), note="letters after a name that show a membership",
        example="[MIET, FIET]",
    )] = ()
    title: Annotated[str, Field("title", Line(), example="CPD of members")] = ""
    source: Annotated[str, Field("source", Text(), note="where the rules come from, if not in `sources`")] = ""
    sources: Annotated[Mapping[str, RuleSource], Field(
        "sources", Defined(One(SOURCE, accepts="`{page, url, read}`"), "`{name: {page, url, read}}`"),
        note="the pages and laws that the rules rest on", example='{board: {page: "my-body.org: CPD policy"}}',
    )] = field(default_factory=dict)
    checked: Annotated[date | None, Field(
        "checked", Day(), note="when the source was last checked", example="2026-11-23",
    )] = None
    unsure: Annotated[str, Field("unsure", Text(), note="what is uncertain about it")] = ""
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Line(), "list of text"), note="the topics that the body requires", example="[ethics, safety]",
    )] = ()
    evidence_limit: Annotated[int, Field(
        "evidence-limit", Megabytes(), note="maximum size of one file, in megabytes", example="0.5",
    )] = 0
    retention: Annotated[int, Field(
        "retention", Whole(0, MOST_YEARS), note="for how many years to keep records", example="5",
    )] = 0
    audit: Annotated[str, Field(
        "audit", Text(), note="whose records are checked", example="A sample of members each year.",
    )] = ""
    deadline: Annotated[str, Field(
        "deadline", Text(), note="when to record, declare or submit", example="Record by 31 January.",
    )] = ""
    leave: Annotated[str, Field(
        "leave", Text(), note="what applies on leave", example="No CPD is required on parental leave.",
    )] = ""
    not_found: Annotated[tuple[str, ...], Field(
        "not-found", Items(Choice(SEARCHED, what="something that can be missing"), "list"),
        note="what the sources do not state", example="[retention, leave]",
    )] = ()
    note: Annotated[str, Field("note", Text())] = ""
    rules: tuple[Rules, ...] = ()
    path: str = ""

    @property
    def pages(self) -> str:
        """Where its rules come from, as text: all its sources."""
        return self.source or "; ".join(each.page for each in self.sources.values())

    def source_of(self, key: str) -> RuleSource | None:
        """Return the source of a rule by its key; without one, the first."""
        return self.sources.get(key) or next(iter(self.sources.values()), None)

    @property
    def label(self) -> str:
        """The ID with the body's name, for a list to choose from."""
        return f"{self.id} ({self.body})" if self.body else self.id
