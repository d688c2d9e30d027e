"""From a kind of value to its JSON Schema.

An editor's YAML server has decided already what is a number, a truth or a text before it looks into the schema, by
YAML 1.2 or 1.1; the journal's reader takes the text that stands there. So a title may be a number here, and a pattern
judges texts alone. Where a schema can't be as exact as the reader, it is the milder of the two.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from cpdkit.dates.hours import MOST_HOURS, WRITTEN
from cpdkit.editor.words import Words
from cpdkit.journal.compound_types import (
    OWN_LEVEL,
    SEVERITIES,
    Accepted,
    Competences,
    Entries,
    EvidenceList,
    One,
    Severities,
    Units,
)
from cpdkit.journal.field_reader import Field, Fields
from cpdkit.journal.field_types import (
    Choice,
    Day,
    Flag,
    Hours,
    Items,
    Kind,
    Line,
    Matching,
    Number,
    Text,
    Year,
    YearOrDay,
)
from cpdkit.journal.fields import ACTIVITY, MEMBER, OBJECTIVE, POST, REVIEW

Schema = dict[str, Any]
PLAIN = ("string", "number", "boolean")
"""What a text without quotes may turn out to be."""
ONE_LINE = r"^\s*[^\n]*\s*$"
WORDS = r"^\s*\S[^\n]*\s*$"
"""A line that is not blank."""
LEVEL = rf"^\s*{OWN_LEVEL.pattern}\s*$"
CODE = r"^\s*[^\s,;:\[\]{}]{1,40}\s*$"
YEAR = r"(?:19|20)[0-9]{2}"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9])|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31"
DAY = rf"(?:{YEAR}|2100)-(?:{_MONTH_DAY})"
EVIDENCE = (
    r"^\s*(?:[Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:"
    r"|(?![A-Za-z][A-Za-z0-9+.-]*:)(?![/\\])(?!(?:[^\n]*[/\\])?\.\.(?:[/\\]|\s*$))\S)[^\n]*\s*$"
)
_LETTER = re.compile(r"\\.|\[[^]]*\]|[a-z]")
"""A lower case letter of a pattern, or what is to be left as it is."""
PADDED: Schema = {"type": "string", "pattern": r"^\s|\s$"}
"""A word in quotes with blanks around it, which the reader takes off."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: in which field of which table, with which words known. `required` forbids an empty one."""

    table: str
    field: str
    words: Words
    required: bool = False


def shape(kind: Kind, place: Place) -> Schema:
    """The schema of a kind of value in its place."""
    return SHAPES[type(kind)](kind, place)


def object_of(table: Fields, words: Words) -> Schema:
    """The schema of a mapping by a table of fields."""
    properties = {name: _property(each, table, words) for name, each in table.known.items()}
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if table.own:
        made["patternProperties"] = {"^x-": {"description": "your own; printed as it stands"}}
    if required := [each.name for each in table.fields if each.required and not each.aliases]:
        made["required"] = required
    if rules := [rule for each in table.fields if each.aliases for rule in _one_of_its_names(each)]:
        made["allOf"] = rules
    return made


def described(schema: Schema, says: str, note: str = "") -> Schema:
    """A schema with what an editor shows beside it."""
    return {"description": f"{says}; {note}" if note else says, **schema}


def _property(each: Field, table: Fields, words: Words) -> Schema:
    place = Place(table.name, each.name, words, each.required and not each.aliases)
    note = "; ".join(filter(None, ("required" if each.required else "", each.note)))
    return described(shape(each.kind, place), each.kind.says, note)


def _one_of_its_names(each: Field) -> list[Schema]:
    """That a field with aliases is given under one of its names."""
    names = (each.name, *each.aliases)
    given = [{"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in names]
    twice = [{"not": {"allOf": [first, second]}} for at, first in enumerate(given) for second in given[at + 1 :]]
    return [{"anyOf": given}, *twice] if each.required else twice


def _types(place: Place, *types: str) -> list[str]:
    return [*types] if place.required else [*types, "null"]


def _line(_kind: Line, place: Place) -> Schema:
    made: Schema = {"type": _types(place, *PLAIN), "pattern": WORDS if place.required else ONE_LINE}
    offered = _offered(place)
    if place.field in _NAMES and offered:
        return {"anyOf": [{"enum": list(offered)}, made]}
    return made | ({"examples": list(offered)} if offered else {})


def _text(_kind: Text, place: Place) -> Schema:
    return {"type": _types(place, *PLAIN)}


def _matching(kind: Matching, place: Place) -> Schema:
    # A number can't have such a form, but YAML 1.1 takes the language `no` for false.
    return {"type": _types(place, "string", "boolean"), "pattern": rf"^\s*(?:{kind.pattern.pattern})\s*$"}


def _day(_kind: Day, place: Place) -> Schema:
    return {"type": _types(place, "string"), "pattern": rf"^\s*{DAY}\s*$"}


def _year_or_day(_kind: YearOrDay, place: Place) -> Schema:
    types = _types(place, "string", "integer")
    return {"type": types, "pattern": rf"^\s*(?:{YEAR}|{DAY})\s*$", "minimum": 1900, "maximum": 2099}


def _year(_kind: Year, place: Place) -> Schema:
    pattern = rf"^\s*{YEAR}\s*$" if place.required else rf"^\s*(?:{YEAR})?\s*$"
    return {"type": _types(place, "integer", "string"), "pattern": pattern, "minimum": 1900, "maximum": 2099}


def _hours(_kind: Hours, place: Place) -> Schema:
    return {
        "type": _types(place, "number", "string"),
        "minimum": 0,
        "exclusiveMaximum": MOST_HOURS + 1,
        "pattern": rf"^\s*(?:{'|'.join(_any_case(each) for each in WRITTEN)})\s*$",
    }


def _any_case(pattern: str) -> str:
    """A pattern of lower case letters for either case: `[Hh]` for `h`, but `\\s` as it is."""
    return _LETTER.sub(lambda each: f"[{each[0].upper()}{each[0]}]" if len(each[0]) == 1 else each[0], pattern)


def _number(_kind: Number, place: Place) -> Schema:
    pattern = r"^\s*[0-9]{1,9}(?:\.[0-9]{1,6})?\s*$"
    return {"type": _types(place, "number", "string"), "minimum": 0, "pattern": pattern}


def _flag(_kind: Flag, place: Place) -> Schema:
    return {"type": _types(place, "boolean", "string"), "pattern": r"^\s*(?:true|false)?\s*$"}


def _choice(kind: Choice, place: Place) -> Schema:
    return _one_of(map(str, kind.options), place)


def _one_of(options: Iterable[str], place: Place, *more: Schema) -> Schema:
    """One of these words and no other."""
    empty: list[Schema] = [] if place.required else [{"type": "null"}]
    return {"anyOf": [{"enum": list(options)}, PADDED, *empty, *more]}


def _items(kind: Items, place: Place) -> Schema:
    """A list, or one value alone, which is read as a list of one."""
    if type(kind.kind) is not Line:
        item = shape(kind.kind, replace(place, required=True))
    elif place.field == "objectives" and place.words.objectives:
        item = _objective(place)
    else:
        item = _suggested(_offered(place), {"type": [*PLAIN, "null"], "pattern": WORDS})
    alone: list[Schema] = [] if place.required else [{"type": "null"}, {"type": "string", "pattern": r"^\s*$"}]
    return {"anyOf": [{"type": "array", "items": item}, item, *alone]}


def _objective(place: Place) -> Schema:
    names = list(place.words.objectives or ())
    # An id such as 2026 or no is a number or a truth to YAML.
    odd = [{"type": ["number", "boolean", "null"]}] if any(_is_odd(name) for name in names) else []
    return _one_of(names, replace(place, required=True), *odd)


def _is_odd(name: str) -> bool:
    return re.fullmatch(r"[-+.0-9][-+.0-9a-fA-FxXoO_:]*|y|n|yes|no|on|off|true|false|null|~", name.lower()) is not None


def _suggested(words: Iterable[str], general: Schema) -> Schema:
    """What is offered, and whatever else the kind takes."""
    offered = list(words)
    return {"anyOf": [{"enum": offered}, general]} if offered else general


def _competences(_kind: Competences, place: Place) -> Schema:
    general: Schema = {"type": [*PLAIN, "null"], "pattern": CODE}
    titles = place.words.competences
    named: list[Schema] = [{"const": code, "description": title} for code, title in titles.items()]
    code: Schema = {"anyOf": [*named, general]}
    # Without a journal, one of its frameworks may have any.
    own: list[Schema] = [{"type": "string", "pattern": LEVEL}] if place.words.objectives is None else []
    level = _one_of(place.words.levels, replace(place, required=False), *own)
    levels = {
        "type": "object",
        "properties": {each: {"description": title, **level} for each, title in titles.items()},
        "propertyNames": {"type": "string", "pattern": CODE},
        "additionalProperties": level,
    }
    return {"anyOf": [{"type": "array", "items": {"anyOf": [*named, general, levels]}}, levels, code]}


def _evidence(_kind: EvidenceList, place: Place) -> Schema:
    general: Schema = {"type": [*PLAIN, "null"], "pattern": EVIDENCE}
    one = _suggested(place.words.evidence, general)
    path: Schema = {"description": "a file below evidence/", **one}
    title: Schema = {"description": "what a reader sees", "type": [*PLAIN, "null"], "pattern": ONE_LINE}
    table = {
        "type": "object",
        "properties": {"path": path, "url": {"description": "an address", **general}, "title": title},
        "additionalProperties": False,
        "anyOf": [{"required": ["path"]}, {"required": ["url"]}],
    }
    return {"anyOf": [{"type": "array", "items": {"anyOf": [one, table]}}, one, table]}


def _units(_kind: Units, place: Place) -> Schema:
    number = _number(Number(), replace(place, required=True))
    return {"type": _types(place, "object"), "additionalProperties": number}


def _one(kind: One, place: Place) -> Schema:
    made = object_of(kind.fields, place.words)
    return {**made, "type": _types(place, "object")}


def _entries(kind: Entries, place: Place) -> Schema:
    item = object_of(kind.one.fields, place.words)
    if kind.short:
        short = shape(Line(), Place(kind.one.fields.name, kind.short, place.words, True))
        item = {"anyOf": [item, short, {"type": "null"}]}
    return {"type": _types(place, "array"), "items": item}


def _accepted(_kind: Accepted, place: Place) -> Schema:
    reason: Schema = {"type": [*PLAIN, "null"], "pattern": ONE_LINE}
    return _by_code(reason, place, place.words.codes)


def _severities(_kind: Severities, place: Place) -> Schema:
    # YAML 1.1 takes `off` for false.
    severity = _one_of(SEVERITIES.options, replace(place, required=True), {"type": "boolean"})
    return _by_code(severity, place, place.words.codes)


def _by_code(value: Schema, place: Place, codes: Mapping[str, str]) -> Schema:
    known = {code: {"description": title, **value} for code, title in codes.items()}
    return {"type": _types(place, "object"), "properties": known, "additionalProperties": value}


_NAMES = ("scheme",)
"""Fields of one line whose words are names; other fields get theirs as examples."""


def _offered(place: Place) -> Iterable[str]:
    """The words that the journal has for a field."""
    words = place.words
    by_field: Mapping[tuple[str, str], Iterable[str]] = {
        ("activity", "topics"): words.topics,
        ("activity", "provider"): words.providers,
        ("activity", "objectives"): tuple(words.objectives or ()),
        ("scheme", "scheme"): tuple(words.schemes),
        ("member", "frameworks"): tuple(words.frameworks),
        ("member", "period"): ("cpd-year", "last 12 months", "all"),
    }
    return by_field.get((place.table, place.field), ())


SHAPES: Mapping[type, Callable[[Any, Place], Schema]] = MappingProxyType(
    {
        Line: _line,
        Text: _text,
        Matching: _matching,
        Day: _day,
        YearOrDay: _year_or_day,
        Year: _year,
        Hours: _hours,
        Number: _number,
        Flag: _flag,
        Choice: _choice,
        Items: _items,
        Competences: _competences,
        EvidenceList: _evidence,
        Units: _units,
        One: _one,
        Entries: _entries,
        Accepted: _accepted,
        Severities: _severities,
    }
)
"""Every kind of value of the field table with what makes its schema."""


DRAFT = "http://json-schema.org/draft-07/schema#"
KINDS: Mapping[str, tuple[Fields, str]] = MappingProxyType(
    {
        "activity": (ACTIVITY, "An activity: the front matter of activities/**/*.md"),
        "objective": (OBJECTIVE, "An objective: the front matter of plan/**/*.md"),
        "post": (POST, "A post: the front matter of career/**/*.md"),
        "review": (REVIEW, "A review: the front matter of reviews/**/*.md"),
        "member": (MEMBER, "The member: cpd.yaml"),
    }
)
"""The kinds of record, with their fields and what the schema is of."""
NEEDS_HOURS: Schema = {
    "anyOf": [
        {"required": ["hours"]},
        {"required": ["sessions"]},
        {"required": ["status"], "properties": {"status": {"type": "string", "pattern": r"^\s*planned\s*$"}}},
    ]
}
"""An activity has hours or sessions unless it is planned."""


def schema_for(kind: str, words: Words) -> Schema:
    """The schema of one kind of record (a key of KINDS), which is of JSON alone."""
    fields, title = KINDS[kind]
    made: Schema = {"$schema": DRAFT, "title": title, **object_of(fields, words)}
    if kind == "activity":
        made["allOf"] = [NEEDS_HOURS, *made["allOf"]]
    return made


def file_name(kind: str) -> str:
    """What the schema's file is called."""
    return f"{kind}.schema.json"


def written(schema: Mapping[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
