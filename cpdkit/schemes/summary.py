"""Describe the rules of a scheme in words, one line each."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from fractions import Fraction
from typing import Any

from cpdkit.dates.day_words import ENGLISH, day_text
from cpdkit.journal.declarations import declared
from cpdkit.schemes.rule_types import WordedField
from cpdkit.schemes.rules import Anchor, Measure, Per, Requirement, Rules, Scheme, Weight
from cpdkit.schemes.standing import with_unit

_PER = {Per.WINDOW: "per period", Per.ENTRY: "per activity", Per.DAY: "a day"}


def rules_lines(scheme: Scheme) -> Iterator[str]:
    """Yield a line for each rule of a scheme; earlier rules come after the current ones."""
    for number, rules in enumerate(scheme.rules):
        if number and rules.stop:
            yield f"for periods that began before {day_text(rules.stop)}:"
        yield f"  period: {_period(rules)}"
        for each in rules.requirements:
            weight = " (recommended)" if each.weight is Weight.SHOULD else ""
            yield f"  {each.title}: {_requirement(each, rules)}{weight}"
        for cap in rules.caps:
            yield f"  {cap.title}: at most {_number(cap.most)} {rules.unit} {_PER[cap.per]}"
        if rules.carry_over:
            yield f"  carry-over: at most {_number(rules.carry_over.most)} {rules.unit}"
        exempt = [name for name, status in rules.statuses.items() if status.exempt]
        if exempt:
            yield f"  exempt: {', '.join(exempt)}"


def _requirement(requirement: Requirement, rules: Rules) -> str:
    unit = requirement.claimed or requirement.measure.words or rules.unit
    if requirement.every:
        return f"all {unit}"
    if requirement.share is not None:
        return f"at least {requirement.share} of everything recorded"
    amount = "counted, no minimum" if requirement.target is None else _amount(requirement.target, unit)
    return f"at most {amount}" if requirement.measure is Measure.GAP else amount + _words(requirement)


def _amount(value: Fraction, unit: str) -> str:
    """Return an amount with its unit: `1 activity with a reflection`."""
    noun, _, rest = unit.partition(" ")
    return f"{with_unit(value, noun, _number(value))} {rest}".rstrip()


def _words(record: Any) -> str:
    """Return the words of a record's fields, in order, for those that have a value."""
    words = ""
    for field in declared(record.__class__, "").fields:
        value = getattr(record, field.target)
        if is_dataclass(value):
            words += _words(value)
        elif value and isinstance(field, WordedField):
            words += field.words.format(_value(value))
    return words


def _value(value: object) -> str:
    if isinstance(value, Fraction):
        return _number(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _number(value: Fraction) -> str:
    """Return a number as a scheme file writes it."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _period(rules: Rules) -> str:
    years = "a year" if rules.period.years == 1 else f"{rules.period.years} years"
    starts = rules.period.starts
    if starts is Anchor.ROLLING:
        return f"the {years} up to today" if rules.period.years > 1 else "the year up to today"
    if starts is Anchor.MEMBER:
        return f"{years}, starting on the day you joined"
    assert isinstance(starts, tuple)
    month, day = starts
    return f"{years}, starting on {day} {ENGLISH[month]}"
