"""Read a scheme file, and check the names in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.compound_types import Entries, One
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import Field, Fields, declared
from cpdkit.journal.file_problems import Problems
from cpdkit.schemes.data_files import SCHEMES, read_data, shipped_ids, shipped_text
from cpdkit.schemes.overlap import Overlap
from cpdkit.schemes.rule_types import UNFIT
from cpdkit.schemes.rules import (
    RULES,
    Cap,
    CarryOver,
    Filter,
    Measure,
    Of,
    Per,
    PeriodRule,
    Requirement,
    Rounding,
    Rules,
    Scheme,
    Status,
    Worth,
)
from cpdkit.schemes.split import MOST_PARTS
from cpdkit.text.source import Source
from cpdkit.text.yaml import MappingNode, Node, SequenceNode

_OF_SCHEME = declared(Scheme, "scheme")
EARLIER = Fields("earlier rules", (
    Field("until", Day(), required=True, example="2025-12-31",
          note="the last day on which a period under these rules can begin"),
    *RULES.fields,
))  # fmt: skip
SCHEME_FILE = Fields("scheme file", (
    *_OF_SCHEME.fields,
    *RULES.fields,
    Field("earlier", Entries(One(EARLIER, accepts="`{until, requirements}`"), "list of rules, the newest first"),
          note="the rules for periods that began earlier"),
))  # fmt: skip
CROSSING = "CPD708"
"""The code of caps that partly overlap."""
DEEPEST = 12
"""The most levels of categories that name other categories."""
_NEEDS_LEAST = (Measure.ENTRIES, Measure.TYPES)
_Sourced = Requirement | Cap | Worth | Status | CarryOver | Rounding | PeriodRule


@cache
def shipped_schemes() -> tuple[str, ...]:
    """Return the IDs of the shipped schemes."""
    return shipped_ids(SCHEMES)


@cache
def shipped_scheme(name: str) -> Scheme | None:
    """Return a shipped scheme by its ID, or None."""
    return read_scheme(shipped_text(SCHEMES, name), path="")[0] if name in shipped_schemes() else None


def read_scheme(source: Source, path: str | None = None) -> tuple[Scheme | None, list[Diagnostic]]:
    """Return the scheme in a text (None if it has an error) and all problems. `path` defaults to the source's."""
    mapping, values, problems = read_data(source, SCHEME_FILE)
    rules = () if problems.errors else _all_rules(values, mapping, problems)
    if problems.errors:
        return None, problems.diagnostics
    path = source.path if path is None else path
    scheme = Scheme(**_values_of(_OF_SCHEME, values), rules=rules, path=path)
    _check_sources(scheme, mapping, problems)
    return None if problems.errors else scheme, problems.diagnostics


def _values_of(fields: Fields, values: Mapping[str, Any]) -> dict[str, Any]:
    return {each.target: values[each.target] for each in fields.fields if each.target in values}


def _all_rules(values: Mapping[str, Any], mapping: MappingNode, to: Problems) -> tuple[Rules, ...]:
    """Return the rules of a file, the newest first."""
    rules: list[Rules] = []
    if own := _values_of(RULES, values):
        rules.append(_rules(own, mapping, to))
    for earlier, node in zip(values.get("earlier") or (), _items(mapping, "earlier"), strict=True):
        stop = earlier["until"] + timedelta(1)
        if rules and rules[-1].stop and stop >= rules[-1].stop:
            to.add(UNFIT, node.values["until"], "earlier rules are not in order", hint="list the newest first")
        if rules:
            rules[-1] = replace(rules[-1], start=stop)
        rules.append(replace(_rules(_values_of(RULES, earlier), node, to), stop=stop))
    return tuple(rules)


def _items(mapping: MappingNode, key: str) -> list[MappingNode]:
    """Return the tables of a list; none for a missing list."""
    node = mapping.values.get(key)
    return [item for item in node.items if isinstance(item, MappingNode)] if isinstance(node, SequenceNode) else []


def _rules(values: Mapping[str, Any], mapping: MappingNode, to: Problems) -> Rules:
    rules = Rules(**values)
    ids: set[str] = set()
    of_statuses = {name for status in rules.statuses.values() for name in status.amounts}
    for requirement, node in zip(rules.requirements, _items(mapping, "requirements"), strict=True):
        _check_requirement(requirement, node, to)
        is_bare = requirement.least is None and not requirement.every and requirement.id not in of_statuses
        if requirement.measure in _NEEDS_LEAST and is_bare:
            to.add(UNFIT, node, f"{requirement.id}: at-least is missing", hint="add at-least: and a number")
        if requirement.id in ids:
            message = f"two requirements have the ID {requirement.id}"
            to.add(UNFIT, node.values["id"], message, hint="change one of them")
        ids.add(requirement.id)
    _check_names(rules, ids, mapping, to)
    _check_categories(rules, mapping, to)
    if not to.errors:
        _check_caps(rules, mapping, to)
    return rules


def _check_sources(scheme: Scheme, mapping: MappingNode, to: Problems) -> None:
    """Report sources that rules name and the file does not define."""
    earlier = _items(mapping, "earlier")
    own = [mapping] * (len(scheme.rules) - len(earlier))
    for rules, node in zip(scheme.rules, [*own, *earlier], strict=True):
        places: list[tuple[str, Iterable[_Sourced | None]]] = [
            ("requirements", rules.requirements),
            ("caps", rules.caps),
            ("worth", rules.worth),
            ("statuses", rules.statuses.values()),
            ("carry-over", [rules.carry_over]),
            ("rounding", [rules.rounding]),
            ("period", [rules.period]),
        ]
        for key, sourced in places:
            for name in dict.fromkeys(each.source for each in sourced if each and each.source):
                if name not in scheme.sources:
                    available = ", ".join(scheme.sources)
                    hint = f"available sources: {available}" if available else "define it under sources:"
                    to.add(UNFIT, node.values.get(key), f'unknown source "{name}"', hint=hint)


def _check_requirement(requirement: Requirement, node: MappingNode, to: Problems) -> None:
    if (requirement.most is not None) != (requirement.measure is Measure.GAP):
        if requirement.most is None:
            message, hint = "at-most is missing", "write at-most: 3 for at most 3 months without an activity"
        else:
            message, hint = "at-most is only for measure: gap", "use at-least instead"
        to.add(UNFIT, node, message, hint=hint)
    if requirement.measure is Measure.CLAIMED and not requirement.claimed:
        to.add(UNFIT, node, f"{requirement.id}: claimed is missing", hint="add claimed: and the name of the units")
    _check_each_of(requirement, node, to)
    if requirement.by and requirement.measure is not Measure.DECLARED:
        to.add(UNFIT, node.values["by"], "by is only for measure: declared", hint="remove it")
    is_divided = requirement.each_of or requirement.in_every
    if (requirement.measure is Measure.GAP and (is_divided or requirement.in_each_year)) or (
        requirement.measure is Measure.DECLARED and (is_divided or requirement.window or requirement.alternative)
    ):
        message = f"measure: {requirement.measure} cannot be combined with these"
        to.add(UNFIT, node, message, hint="remove each-of, in-each-year, in-every, window and or")
    if requirement.in_every and (requirement.in_each_year or requirement.each_of or requirement.window):
        hint = "keep one of in-every, in-each-year, each-of and window"
        to.add(UNFIT, node.values["in-every"], "in-every cannot be combined with these", hint=hint)


def _check_each_of(requirement: Requirement, node: MappingNode, to: Problems) -> None:
    """Report what only makes sense with `each-of`, or is too much for it."""
    for key, value in (("split", requirement.split), ("enough", requirement.enough)):
        if value and not requirement.each_of:
            to.add(UNFIT, node.values[key], f"{key} is only for each-of", hint="add each-of: and the categories")
    if requirement.enough > len(requirement.each_of) > 0:
        hint = f"write at most {len(requirement.each_of)}"
        to.add(UNFIT, node.values["enough"], "enough is more than the number of categories", hint=hint)
    if requirement.split and requirement.measure not in (Measure.AMOUNT, Measure.ENTRIES):
        to.add(UNFIT, node.values["split"], "split is only for amounts and for measure: entries", hint="remove it")
    if requirement.split and len(requirement.each_of) > MOST_PARTS:
        hint = f"name at most {MOST_PARTS} categories"
        to.add(UNFIT, node.values["each-of"], "too many categories to divide activities among", hint=hint)


def _check_names(rules: Rules, ids: set[str], mapping: MappingNode, to: Problems) -> None:
    """Report unknown names of categories and requirements."""
    for name, node in _category_names(rules, mapping):
        if name not in rules.categories:
            available = ", ".join(rules.categories)
            hint = f"available categories: {available}" if available else "define it under categories:"
            to.add(UNFIT, node, f'unknown category "{name}"', hint=hint)
    names = [(name, "statuses") for status in rules.statuses.values() for name in status.amounts]
    names += [(name, "carry-over") for name in (rules.carry_over.counts_for if rules.carry_over else ())]
    for name, key in names:
        if name not in ids:
            hint = f"available requirements: {', '.join(sorted(ids))}" if ids else "add it under requirements:"
            to.add(UNFIT, mapping.values.get(key), f'unknown requirement "{name}"', hint=hint)


def _category_names(rules: Rules, mapping: MappingNode) -> Iterator[tuple[str, Node | None]]:
    """Yield each category that the rules name, with the node that names it."""
    scopes: list[tuple[str, Iterable[Of]]] = [
        ("requirements", (each.of for each in rules.requirements)),
        ("requirements", (each.each_of for each in rules.requirements)),
        ("caps", (each.of for each in rules.caps)),
        ("worth", (each.of for each in rules.worth)),
        ("categories", rules.categories.values()),
        ("carry-over", (rules.carry_over.of,) if rules.carry_over else ()),
    ]
    for key, each in scopes:
        for of in each:
            for name in (*of.any_of, *of.none_of) if isinstance(of, Filter) else of:
                yield name, mapping.values.get(key)


def _check_categories(rules: Rules, mapping: MappingNode, to: Problems) -> None:
    """Report categories that include themselves, or that are nested too deeply."""
    parts = {name: {*each.any_of, *each.none_of} for name, each in rules.categories.items()}
    left = parts
    for _ in range(DEEPEST):
        left = {name: below for name, below in left.items() if below & left.keys()}
    circles = [name for name in left if name in _all_below(name, parts)]
    for name in circles:
        message = f'the category "{name}" includes itself'
        hint = "remove it from any-of and none-of of the categories that it names"
        to.add(UNFIT, mapping.values.get("categories"), message, hint=hint)
    if left and not circles:
        message = f"categories are nested more than {DEEPEST} deep"
        hint = "name fewer categories in any-of and none-of"
        to.add(UNFIT, mapping.values.get("categories"), message, hint=hint)


def _all_below(name: str, parts: Mapping[str, set[str]]) -> set[str]:
    """Return the categories that a category includes, directly or through others."""
    below: set[str] = set()
    waiting = [name]
    while waiting:
        found = parts.get(waiting.pop(), set()) - below
        below |= found
        waiting += found
    return below


def _cross(one: Cap, other: Cap, overlap: Overlap) -> bool:
    """Whether two caps partly overlap. One on years may be inside one on the window, but not the other way round."""
    if one.per is other.per:
        return overlap.crosses(one.of, other.of)
    year, whole = (one, other) if one.per is Per.YEAR else (other, one)
    return not overlap.nests(year.of, whole.of)


def _check_caps(rules: Rules, mapping: MappingNode, to: Problems) -> None:
    """Report each cap on a whole window that partly overlaps an earlier one: what both allow would be ambiguous."""
    overlap = Overlap(rules.categories)
    nodes = zip(rules.caps, _items(mapping, "caps"), strict=True)
    caps = [(cap, node) for cap, node in nodes if cap.per in (Per.WINDOW, Per.YEAR)]
    for number, (cap, node) in enumerate(caps):
        others = (other for other, _ in caps[:number] if _cross(cap, other, overlap))
        if other := next(others, None):
            message = f'the cap "{cap.title}" partly overlaps the cap "{other.title}"'
            note = "an activity can be under both caps, or under either one alone"
            hint = "put one cap inside the other, or exclude its categories with none-of"
            to.add(CROSSING, node, message, note, hint)
