"""From what a scheme's file says to its rules, with every name in them looked up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from cpdkit.journal.problems import Problems
from cpdkit.schemes.kinds import BAD
from cpdkit.schemes.rules import Cap, Filter, Measure, Of, Per, Requirement, Rules, Window
from cpdkit.text.yaml import Mapping as Nodes
from cpdkit.text.yaml import Node
from cpdkit.text.yaml import Sequence as Items

KEYS = ("unit", "period", "requirements", "categories", "worth", "caps", "rounding", "carry_over", "statuses",
        "pro_rata", "hour")  # fmt: skip
_NEEDS_LEAST = (Measure.ENTRIES, Measure.TYPES)
_FLAGS = (Measure.OBJECTIVES, Measure.REVIEW)


def rules_of(values: Mapping[str, Any], mapping: Nodes, to: Problems) -> tuple[Rules, ...]:
    """The rules of a file, the newest first; what no rule can mean is noted. Empty where it has none."""
    found = []
    if any(name in values for name in KEYS):
        found.append(_rules(values, mapping, to))
    starts: date | None = None
    node = mapping.values.get("earlier")
    nodes: Sequence[Node] = node.items if isinstance(node, Items) else ()
    for given, place in zip(values.get("earlier") or (), nodes, strict=False):
        if given is None or not isinstance(place, Nodes):
            continue
        stop = given["until"] + timedelta(1)
        if starts and stop >= starts:
            to.add(BAD, place.values["until"], "earlier rules stand the newest first", hint="swap the two")
        if found:
            found[-1] = _from(found[-1], stop)
        found.append(_rules(given, place, to, stop))
        starts = stop
    return tuple(found)


def _from(rules: Rules, start: date) -> Rules:
    return Rules(**{name: getattr(rules, name) for name in KEYS}, start=start, stop=rules.stop)


def _rules(values: Mapping[str, Any], mapping: Nodes, to: Problems, stop: date | None = None) -> Rules:
    given = {name: values[name] for name in KEYS if values.get(name) is not None}
    given["requirements"] = _requirements(given.get("requirements", ()), mapping, to)
    given["caps"] = tuple(Cap(each["title"], each["most"], each.get("of") or (), each.get("per") or Per.WINDOW)
                          for each in given.get("caps", ()) if each)  # fmt: skip
    given["worth"] = tuple(each for each in given.get("worth", ()) if each)
    rules = Rules(**given, stop=stop)
    _judge(rules, mapping, to)
    return rules


def _requirements(given: Iterable[dict[str, Any] | None], mapping: Nodes, to: Problems) -> tuple[Requirement, ...]:
    node = mapping.values.get("requirements")
    nodes = node.items if isinstance(node, Items) else ()
    found: list[Requirement] = []
    for each, place in zip(given, nodes, strict=False):
        if each is None or not isinstance(place, Nodes):
            continue
        made = _requirement(each, place, to)
        if any(made.id == other.id for other in found):
            to.add(BAD, place.values["id"], f"there is a requirement {made.id} already", hint="give it another id")
        found.append(made)
    return tuple(found)


def _requirement(given: dict[str, Any], place: Nodes, to: Problems) -> Requirement:
    values = {name: value for name, value in given.items() if value is not None}
    most = values.pop("most", None)
    instead = values.pop("instead", None)
    if instead:
        values["instead"] = (instead["least"], Window(instead["years"]))
    made = Requirement(**values)
    if (most is not None) != (made.measure is Measure.GAP):
        to.add(BAD, place, "a gap has at-most, and nothing else has", hint="at-most: 3 are months without an activity")
    if made.measure in _NEEDS_LEAST and made.least is None and not made.every:
        to.add(BAD, place, f"{made.id} does not say how many", hint="write at-least: and a number")
    if made.measure is Measure.CLAIMED and not made.claimed:
        to.add(BAD, place, f"{made.id} does not say which units", hint="write claimed: and their name")
    return made if most is None else Requirement(**{**values, "least": most})


def _judge(rules: Rules, mapping: Nodes, to: Problems) -> None:
    """Note names of categories and requirements that there are not."""
    for name, place in _named(rules, mapping):
        if name not in rules.categories:
            there = ", ".join(rules.categories) or "none"
            to.add(BAD, place, f'there is no category "{name}"', hint=f"there are: {there}")
    ids = {each.id for each in rules.requirements}
    said = [(name, "statuses") for status in rules.statuses.values() for name in status.amounts]
    said += [(name, "carry-over") for name in (rules.carry_over.counts_for if rules.carry_over else ())]
    for name, key in said:
        if name not in ids:
            to.add(
                BAD,
                mapping.values.get(key),
                f'there is no requirement "{name}"',
                hint=f"there are: {', '.join(sorted(ids))}",
            )
    _judge_circles(rules, mapping, to)


def _named(rules: Rules, mapping: Nodes) -> Iterable[tuple[str, Node | None]]:
    """The categories that are named, each with the place of the part of the file that does."""
    parts: list[tuple[Of, str]] = [(each.of, "requirements") for each in rules.requirements]
    parts += [(each.each_of, "requirements") for each in rules.requirements]
    parts += [(each.of, "caps") for each in rules.caps]
    parts += [(each.of, "worth") for each in rules.worth]
    parts += [(each, "categories") for each in rules.categories.values()]
    if rules.carry_over:
        parts.append((rules.carry_over.of, "carry-over"))
    for of, key in parts:
        names = (*of.any_of, *of.none_of) if isinstance(of, Filter) else of
        for name in names:
            yield name, mapping.values.get(key)


def _judge_circles(rules: Rules, mapping: Nodes, to: Problems) -> None:
    for name in rules.categories:
        seen: set[str] = set()
        todo = [name]
        while todo:
            each = rules.categories.get(todo.pop(), Filter())
            below = [*each.any_of, *each.none_of]
            if name in below:
                place = mapping.values.get("categories")
                to.add(BAD, place, f'the category "{name}" is made of itself', hint="let it say what it is")
                break
            todo += [one for one in below if one not in seen]
            seen |= set(below)
