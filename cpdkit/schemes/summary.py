"""A scheme's rules in words, a line for each."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from fractions import Fraction
from typing import Any

from cpdkit.dates.day_words import day_text
from cpdkit.journal.declarations import declared
from cpdkit.schemes.rule_types import WordedField
from cpdkit.schemes.rules import Anchor, Measure, Requirement, Rules, Scheme, Weight


def rules_lines(scheme: Scheme) -> Iterator[str]:
    """Yield what a scheme requires, a line for each rule; earlier rules below the present ones."""
    for number, rules in enumerate(scheme.rules):
        if number and rules.stop:
            yield f"for periods that began before {day_text(rules.stop)}:"
        yield f"  period: {_period(rules)}"
        for each in rules.requirements:
            advice = "(advice) " if each.weight is Weight.SHOULD else ""
            yield f"  {advice}{each.title}: {_requirement(each, rules)}"
        yield from (f"  at most {_number(each.most)} {rules.unit} a {each.per}: {each.title}" for each in rules.caps)
        if rules.carry_over:
            yield f"  carried over: at most {_number(rules.carry_over.most)} {rules.unit}"
        exempt = [name for name, status in rules.statuses.items() if status.exempt]
        if exempt:
            yield f"  exempt: {', '.join(exempt)}"


def _requirement(requirement: Requirement, rules: Rules) -> str:
    unit = requirement.claimed or requirement.measure.words or rules.unit
    if requirement.every:
        return f"all {unit}"
    if requirement.share is not None:
        return f"at least {requirement.share} of all that was recorded"
    amount = "counted" if requirement.target is None else f"{_number(requirement.target)} {unit}"
    return f"at most {amount}" if requirement.measure is Measure.GAP else amount + _words(requirement)


def _words(record: Any) -> str:
    """Return the words of a record's fields, in their order, for the values that are given."""
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
    """Return a number as a scheme's file would have it."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


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
