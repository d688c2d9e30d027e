"""A scheme's rules in words: for the terminal, and the tables of the docs."""

from collections.abc import Iterator
from fractions import Fraction

from cpdkit.dates.wording import day_text
from cpdkit.schemes.known import shipped_scheme, shipped_schemes
from cpdkit.schemes.language import CAP, CARRY_OVER, FILTER, PERIOD, REQUIREMENT, ROUNDING, STATUS, WORTH
from cpdkit.schemes.rules import Anchor, Measure, Requirement, Rules, Scheme, Weight
from cpdkit.schemes.schemefile import SCHEME

_MEASURES = {
    Measure.ENTRIES: "activities", Measure.TYPES: "types", Measure.GAP: "months without an activity",
    Measure.REFLECTED: "activities with a reflection", Measure.EVIDENCED: "activities with evidence",
    Measure.LINKED: "activities with an objective", Measure.OBJECTIVES: "objectives", Measure.REVIEW: "reviews",
    Measure.PARTICIPATORY: "h",
}  # fmt: skip


def rules_lines(scheme: Scheme) -> Iterator[str]:
    """What a scheme asks, a line for each rule; earlier rules below the present ones."""
    for number, rules in enumerate(scheme.rules):
        if number and rules.stop:
            yield f"for periods that began before {day_text(rules.stop)}:"
        yield f"  period: {_period(rules)}"
        yield from (f"  {_weight(each)}{each.title}: {_asked(each, rules)}" for each in rules.requirements)
        yield from (f"  at most {number_of(each.most)} {rules.unit} a {each.per}: {each.title}" for each in rules.caps)
        if rules.carry_over:
            yield f"  carried over: at most {number_of(rules.carry_over.most)} {rules.unit}"
        exempt = [name for name, status in rules.statuses.items() if status.exempt]
        if exempt:
            yield f"  exempt: {', '.join(exempt)}"


def schemes_page() -> str:
    """The shipped schemes for the docs, with sources and what is not certain."""
    parts = []
    for name in shipped_schemes():
        scheme = shipped_scheme(name)
        assert scheme
        lines = "\n".join(f"* {line.strip()}" for line in rules_lines(scheme))
        unsure = f"\n\nNot certain: {' '.join(scheme.unsure.split())}." if scheme.unsure else ""
        note = f"\n\n{' '.join(scheme.note.split())}" if scheme.note else ""
        checked = f", checked on {day_text(scheme.checked)}" if scheme.checked else ""
        parts.append(f"### `{name}`: {scheme.body}\n\n{lines}{note}{unsure}\n\nSource: {scheme.source}{checked}.\n")
    return "\n".join(parts)


def language_tables() -> str:
    """The language of a scheme's file for the docs, a table for each part."""
    tables = (SCHEME, PERIOD, REQUIREMENT, FILTER, WORTH, CAP, ROUNDING, CARRY_OVER, STATUS)
    parts = []
    for table in tables:
        rows = [
            f"| `{each.name}` | {each.kind.says}{' (required)' if each.required else ''} | {each.note} | "
            f"{f'`{each.example}`' if each.example else ''} |"
            for each in table.fields
        ]
        head = "| key | value | | example |\n| --- | --- | --- | --- |\n"
        parts.append(f"**{table.name}**\n\n{head}" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def number_of(value: Fraction) -> str:
    """A number as a scheme's file would have it."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _weight(requirement: Requirement) -> str:
    return "(advice) " if requirement.weight is Weight.SHOULD else ""


def _asked(each: Requirement, rules: Rules) -> str:
    unit = each.claimed or _MEASURES.get(each.measure, rules.unit)
    if each.every:
        return f"all {unit}"
    if each.share is not None:
        return f"at least {each.share} of all that was recorded"
    said = "counted" if each.least is None else f"{number_of(each.least)} {unit}"
    if each.measure is Measure.GAP:
        return f"at most {said}"
    if each.each_of:
        said += f" in each of {', '.join(each.each_of)}"
    if each.window:
        said += f", in {each.window.years} years"
    if each.instead:
        said += f", or {number_of(each.instead[0])} in {each.instead[1].years} years"
    return said


def _period(rules: Rules) -> str:
    years = "a year" if rules.period.years == 1 else f"{rules.period.years} years"
    starts = rules.period.starts
    if starts is Anchor.ROLLING:
        return f"the {years} up to today" if rules.period.years > 1 else "the year up to today"
    if starts is Anchor.MEMBER:
        return f"{years} from the member's own day"
    assert isinstance(starts, tuple)
    month, day = starts
    return f"{years}, starting on {month:02d}-{day:02d}"
