"""Describe the rules of a scheme in words, one line each, with the source of each."""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from cpdkit.dates.day_words import ENGLISH, day_text
from cpdkit.journal.declarations import declared
from cpdkit.schemes.rule_types import WordedField
from cpdkit.schemes.rules import (
    FILTER,
    SEARCHED,
    Anchor,
    CarryOver,
    Measure,
    Of,
    Per,
    PeriodRule,
    Requirement,
    Rules,
    RuleSource,
    Scheme,
    SourceKind,
    Status,
    Weight,
    Worth,
)
from cpdkit.schemes.standing import with_unit

_PER = {Per.WINDOW: "per period", Per.YEAR: "a year", Per.ENTRY: "per activity", Per.DAY: "a day"}
_KINDS = {SourceKind.LAW: "law", SourceKind.THIRD_PARTY: "third party"}
NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words. `key` is the same for rules of different schemes that a reader may compare.

    `source` is the key of its source, empty for the first; `unsure` is what is uncertain about it.
    """

    key: str
    title: str
    text: str
    source: str = ""
    unsure: str = ""


def described(rules: Rules) -> Iterator[RuleLine]:
    """Yield a line for each rule."""
    yield RuleLine("period", "period", _period(rules.period), rules.period.source, rules.period.unsure)
    for each in rules.requirements:
        is_advice = each.weight is Weight.SHOULD and not _is_counted(each)
        weight = " (recommended)" if is_advice else ""
        key = "total" if each.measure is Measure.AMOUNT and not each.of and not each.each_of else each.id
        yield RuleLine(key, each.title, f"{_requirement(each, rules)}{weight}", each.source, each.unsure)
    for cap in rules.caps:
        text = f"at most {_number(cap.most)} {rules.unit} {_PER[cap.per]}"
        yield RuleLine(f"cap {cap.title}", cap.title, text, cap.source, cap.unsure)
    for worth in rules.worth:
        if worth.of or worth.per_hour != 1:
            title = f"worth of {scope_words(worth.of) or 'any other activity'}"
            yield RuleLine(title, title, _worth(worth, rules.unit), worth.source, worth.unsure)
    if rounding := rules.rounding:
        least = f", and less than {_number(rounding.least)} counts as 0" if rounding.least else ""
        text = f"each activity to {_number(rounding.step)} {rules.unit}, {rounding.way}{least}"
        yield RuleLine("rounding", "rounding", text, rounding.source, rounding.unsure)
    if carry := rules.carry_over:
        yield RuleLine("carry-over", "carry-over", _carry_over(carry, rules.unit), carry.source, carry.unsure)
    for name, status in rules.statuses.items():
        if status.exempt or status.amounts or status.note:
            title = f"status {name}"
            yield RuleLine(title, title, _status(status, rules), status.source, status.unsure)


def rules_lines(scheme: Scheme) -> Iterator[str]:
    """Yield a line for each rule of a scheme; earlier rules come after the current ones.

    A number in brackets is that of its source, for a scheme with several.
    """
    numbers = {key: number for number, key in enumerate(scheme.sources, 1)}
    for at, rules in enumerate(scheme.rules):
        if at and rules.stop:
            yield f"for periods that began before {day_text(rules.stop)}:"
        for each in described(rules):
            number = numbers.get(each.source, 1)
            yield f"  {each.title}: {each.text}" + (f" [{number}]" if len(numbers) > 1 else "")


def searched_lines(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield how long to keep records, and what applies to audits, deadlines and leave, each with its title."""
    texts = {
        "retention": scheme.retention and f"{scheme.retention} years",
        "audit": scheme.audit,
        "deadline": scheme.deadline,
        "leave": scheme.leave,
    }
    for name in SEARCHED:
        if text := texts[name] or (NOT_FOUND if name in scheme.not_found else ""):
            yield ("keep records" if name == "retention" else name), _plain(text)


def unsure_lines(scheme: Scheme) -> Iterator[str]:
    """Yield what is uncertain, about the whole scheme and about each rule."""
    if scheme.unsure:
        yield _plain(scheme.unsure)
    for rules in scheme.rules:
        for each in described(rules):
            if each.unsure:
                yield f"{each.title}: {_plain(each.unsure)}"


def source_words(source: RuleSource) -> str:
    """Return a source with its kind and the date on which it was read."""
    kind = f" ({_KINDS[source.kind]})" if source.kind in _KINDS else ""
    return f"{source.page}{kind}" + (f", read on {day_text(source.read)}" if source.read else "")


def scope_words(of: Of) -> str:
    """Return a scope in words: its categories, or the parts of its filter. Empty for all activities."""
    if isinstance(of, tuple):
        return ", ".join(of)
    return "; ".join(filter(None, (_part(each.name, getattr(of, each.target)) for each in FILTER.fields)))


def _part(name: str, value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return name if value else f"not {name}"
    if name == "own":
        return ", ".join(f"{key}: {text}" for key, text in value)
    words = {"any-of": "any of", "none-of": "none of", "longer-than": "longer than"}.get(name, name)
    return f"{words} {_value(value)}{' h' if name == 'longer-than' else ''}"


def _requirement(requirement: Requirement, rules: Rules) -> str:
    unit = requirement.claimed or requirement.measure.words or rules.unit
    if requirement.every:
        return f"all {unit}"
    if requirement.share is not None:
        return f"at least {requirement.share} of everything recorded"
    if requirement.measure is Measure.DECLARED:
        due = f" by {_month_day(requirement.by)}" if requirement.by else ""
        return f"{_amount(requirement.target or Fraction(1), unit)}{due}{_words(requirement)}"
    amount = "counted, no minimum" if requirement.target is None else _amount(requirement.target, unit)
    if requirement.measure is Measure.GAP:
        return f"at most {amount}{', or explain it' if requirement.otherwise else ''}"
    return amount + _words(requirement)


def _is_counted(requirement: Requirement) -> bool:
    """Whether a requirement has no amount of its own."""
    return (
        requirement.target is None
        and not requirement.every
        and requirement.share is None
        and (requirement.measure is not Measure.DECLARED)
    )


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
    if isinstance(value, date):
        return day_text(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _number(value: Fraction) -> str:
    """Return a number as a scheme file writes it."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _worth(worth: Worth, unit: str) -> str:
    if worth.claimed:
        return f"the {worth.claimed} that you record"
    if worth.per_entry is not None:
        return f"{_number(worth.per_entry)} {unit} each"
    return f"{_number(worth.per_hour or Fraction(0))} {unit} an hour"


def _carry_over(carry: CarryOver, unit: str) -> str:
    of = f" of {scope_words(carry.of)}" if carry.of else ""
    months = f", from the last {carry.last_months} months" if carry.last_months else ""
    periods = f", for {carry.periods} periods" if carry.periods > 1 else ""
    first = ", not from your first period" if carry.not_first else ""
    return f"at most {_number(carry.most)} {unit}{of}{months}{periods}{first}"


def _status(status: Status, rules: Rules) -> str:
    """Return the amounts of a status by the titles of their requirements, and its note."""
    titles = {each.id: each.title for each in rules.requirements}
    amounts = [f"{titles[name]}: {_number(amount) if amount else 'exempt'}" for name, amount in status.amounts.items()]
    text = "exempt" if status.exempt else ", ".join(amounts)
    note = _plain(status.note)
    return f"{text} ({note})" if text and note else text or note


def _period(period: PeriodRule) -> str:
    years = "a year" if period.years == 1 else f"{period.years} years"
    after = f", recorded by {_month_day(period.record_by)}" if period.record_by else ""
    if period.starts is Anchor.ROLLING:
        return (f"the {years} up to today" if period.years > 1 else "the year up to today") + after
    if period.starts is Anchor.MEMBER:
        return f"{years}, starting on the day you joined{after}"
    assert isinstance(period.starts, tuple)
    own = " or on a day that you choose" if period.own_day else ""
    cycle = f" of {period.cycle}, {period.cycle + period.years} and so on" if period.cycle else ""
    return f"{years}, starting on {_month_day(period.starts)}{cycle}{own}{after}"


def _month_day(day: tuple[int, int]) -> str:
    return f"{day[1]} {ENGLISH[day[0]]}"


def _plain(text: str) -> str:
    return " ".join(text.split())
