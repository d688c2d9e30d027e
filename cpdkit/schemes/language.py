"""The language of a scheme's file: its tables of fields, from which the reader and the guide both come."""

from typing import Any

from cpdkit.journal.compound_types import Entries, One
from cpdkit.journal.field_reader import Field, Fields
from cpdkit.journal.field_types import Choice, Day, Flag, Items, Line, Text, Year
from cpdkit.journal.fields import TYPES
from cpdkit.journal.records import Skill
from cpdkit.schemes.kinds import Amount, Amounts, MonthDay, Named, Texts, What, Whole
from cpdkit.schemes.rules import (
    CarryOver,
    Filter,
    Measure,
    Per,
    PeriodRule,
    Rounding,
    Status,
    Way,
    Weight,
    Window,
    Worth,
)


def _plain(**values: Any) -> dict[str, Any]:
    """The values as they stand; what they make is judged with the rest of the file."""
    return values


FILTER = Fields("filter", (
    Field("types", Items(TYPES, "list of types"), example="[training, event]"),
    Field("topics", Items(Line(), "list of topics"), example="[ethics]", note="one of them is enough"),
    Field("skills", Items(Choice(tuple(Skill)), "list of skills"), example="[soft]"),
    Field("competences", Items(Line(), "list of codes"), example="[E]", note="a code, or how codes begin"),
    Field("folders", Items(Line(), "list of folders"), example="[Courses]"),
    Field("structured", Flag(), example="true"),
    Field("planned", Flag(), example="true"),
    Field("verifiable", Flag(), example="true"),
    Field("evidenced", Flag(), example="true", note="with a piece of evidence"),
    Field("reflected", Flag(), example="true", note="with a reflection"),
    Field("linked", Flag(), example="true", note="with an objective"),
    Field("longer-than", Amount(), example="5", note="hours of the whole activity"),
    Field("own", Texts(), example="{x-pmi: giving back}", note="fields of the owner's own with exactly this text"),
    Field("any-of", Items(Line(), "list of categories"), example="[formal, academic]"),
    Field("none-of", Items(Line(), "list of categories"), example="[reading]"),
))  # fmt: skip
ONE_FILTER = One(FILTER, Filter, "`{types: [event]}`")
WHAT = What(ONE_FILTER)
WINDOW = One(Fields("window", (Field("years", Whole(1), required=True, example="3"),)), Window, "`{years: 3}`")
WORTH = Fields("worth", (
    Field("of", WHAT, note="without it: all that stands in none of the lines above"),
    Field("per-hour", Amount(), example="0.5"),
    Field("per-entry", Amount(), example="5", note="each activity, whatever it took, on its last day"),
    Field("claimed", Line(), example="PDU", note="what the owner claims under this name in `units`"),
))  # fmt: skip
ROUNDING = Fields("rounding", (
    Field("step", Amount(), required=True, example="0.5"),
    Field("way", Choice(tuple(Way), Way), example="down"),
    Field("least", Amount(), example="0.5", note="below it an activity counts nothing"),
))  # fmt: skip
CAP = Fields("cap", (
    Field("title", Line(), required=True, example="reading"),
    Field("of", WHAT, example="reading", note="several categories share one cap"),
    Field("most", Amount(), required=True, example="18"),
    Field("per", Choice(tuple(Per), Per), example="entry", note="`window` where it is not given"),
))  # fmt: skip
INSTEAD = Fields("alternative", (
    Field("at-least", Amount(), required=True, example="90", attribute="least"),
    Field("years", Whole(1), required=True, example="3"),
))  # fmt: skip
REQUIREMENT = Fields("requirement", (
    Field("id", Line(), required=True, example="total"),
    Field("title", Line(), required=True, example="hours in the year"),
    Field("measure", Choice(tuple(Measure), Measure), example="entries", note="`amount` where it is not given"),
    Field("weight", Choice(tuple(Weight), Weight), example="should", note="`must` where it is not given"),
    Field("of", WHAT, example="formal"),
    Field("at-least", Amount(), example="30", attribute="least"),
    Field("at-most", Amount(), example="3", attribute="most", note="of a `gap`: months without an activity"),
    Field("share", Amount(), example="1/2", note="of all that was recorded"),
    Field("claimed", Line(), example="points", note="of `measure: claimed`, the name in `units`"),
    Field("each-of", Items(Line(), "list of categories"), example="[ethics, safety]"),
    Field("every", Flag(), example="true", note="all activities that it is of, not a number of them"),
    Field("in-each-year", Flag(), example="true", note="of a period of several years"),
    Field("window", WINDOW, example="{years: 3}", note="else the period"),
    Field("or", One(INSTEAD, _plain, "`{at-least: 90, years: 3}`"), example="{at-least: 90, years: 3}",
          attribute="instead"),
    Field("note", Text()),
))  # fmt: skip
CARRY_OVER = Fields("carry-over", (
    Field("most", Amount(), required=True, example="10"),
    Field("of", WHAT, example="verifiable"),
    Field("last-months", Whole(1), example="12", note="only what was done in the period's last months"),
    Field("periods", Whole(1), example="1", note="how many periods on it counts"),
    Field("not-first", Flag(), example="true", note="nothing is left over from a member's first period"),
    Field("counts-for", Items(Line(), "list of ids"), example="[total]",
          note="the first amount where it is not given"),
))  # fmt: skip
STATUS = Fields("status", (
    Field("exempt", Flag(), example="true"),
    Field("amounts", Amounts(), example="{total: 10}", note="what is asked instead, by requirement"),
    Field("note", Text()),
))  # fmt: skip
PERIOD = Fields("period", (
    Field("years", Whole(1), example="1"),
    Field("starts", MonthDay(anchors=True), example='"01-01"', note="a day of the year, `member` (as in cpd.yaml), "
          "`rolling` (the years up to today)"),
    Field("cycle", Year(), example="2024", note="a year in which a period of several years began"),
    Field("record-by", MonthDay(), example='"01-31"', note="behind the period's end"),
))  # fmt: skip
_RULES = (
    Field("unit", Line(), example="h", note="how amounts are called"),
    Field("period", One(PERIOD, PeriodRule, "`{years: 1, starts: 01-01}`"), example='{years: 1, starts: "01-01"}'),
    Field("requirements", Entries(One(REQUIREMENT, _plain, "`{id, title, at-least}`"), "list of requirements"),
          example="[{id: total, title: hours in the year, at-least: 30}]"),
    Field("categories", Named(ONE_FILTER, "`{name: filter}`"), example="{formal: {structured: true}}"),
    Field("worth", Entries(One(WORTH, Worth, "`{of, per-hour}`"), "list of `{of, per-hour}`"),
          example="[{of: reading, per-hour: 0.5}]", note="the first line that fits counts; without any, an hour is 1"),
    Field("caps", Entries(One(CAP, _plain, "`{title, of, most}`"), "list of `{title, of, most}`"),
          example="[{title: reading, of: reading, most: 18}]"),
    Field("rounding", One(ROUNDING, Rounding, "`{step: 0.5}`"), example="{step: 0.5, way: down}"),
    Field("carry-over", One(CARRY_OVER, CarryOver, "`{most: 10}`"), example="{most: 10}"),
    Field("statuses", Named(One(STATUS, Status, "`{exempt: true}`"), "`{name: {exempt, amounts}}`"),
          example="{active: {}, retired: {amounts: {total: 10}}}", note="the first is that of who says none"),
    Field("pro-rata", Flag(), example="true", note="by the months of each status"),
    Field("hour", Amount(), example="50", note="minutes that count as an hour"),
)  # fmt: skip
EARLIER = Fields("earlier rules", (
    Field("until", Day(), required=True, example="2025-12-31",
          note="the last day on which a period of these rules begins"),
    *_RULES,
))  # fmt: skip
RULES = (
    *_RULES,
    Field("earlier", Entries(One(EARLIER, _plain, "`{until, requirements}`"), "list of rules, the newest first"),
          note="rules of periods that began before"),
)  # fmt: skip
"""The fields of rules, beside those that say whose they are."""
