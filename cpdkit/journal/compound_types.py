"""Field types with parts: competences, evidence, units, small tables, accepted codes and severities."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from posixpath import dirname, join, normpath
from typing import Any

from cpdkit.diagnostics import Fix, Severity
from cpdkit.journal.codes import is_fixed
from cpdkit.journal.declarations import Field, Fields, read_fields
from cpdkit.journal.field_types import (
    Cell,
    Choice,
    FieldType,
    Items,
    Line,
    Name,
    Number,
    is_dashed,
    report_dashes,
    text_of,
    unique,
)
from cpdkit.journal.file_problems import Problems, instead, quoted, renamed, swallowed, without_item
from cpdkit.journal.value_schema import ONE_LINE, PLAIN, Position, Schema, suggested
from cpdkit.journal.values import LEVELS, Competence, Evidence
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, is_empty, span
from cpdkit.text.yaml_scalars import flow_list, scalar

EVIDENCE = Fields("evidence", (
    Field("path", Line(), note="relative to `evidence/`"),
    Field("url", Line()),
    Field("title", Line(), note="printed instead of the path or URL"),
))  # fmt: skip
CODE = r"[^\s,;:\[\]{}]{1,40}"
"""The code of a competence."""
OWN_LEVEL = r"[^\s,;:\[\]{}]{1,20}"
"""A user's framework may define its own levels. A later rule, which knows the frameworks, checks the level."""
_claim = lru_cache(maxsize=4096)(Competence)
"""Cached, because most records repeat the same few claims."""
_is_code = re.compile(CODE).fullmatch
_EVIDENCE_LINE = (
    r"^\s*(?:[Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:"
    r"|(?![A-Za-z][A-Za-z0-9+.-]*:)(?![/\\])(?!(?:[^\n]*[/\\])?\.\.(?:[/\\]|\s*$))\S)[^\n]*\s*$"
)
_LEVEL = Choice(LEVELS, meant={"t": "T", "sp": "SP", "p": "P", "e": "E"}, what="a level of competence")
_NAME = r"[^/\\:.][^/\\:]*"
_SCHEME = r"([A-Za-z][A-Za-z0-9+.-]+):"
_OPEN_SCHEMES = ("http", "https", "mailto")


def _level(node: Node, to: Problems) -> str | None:
    """Return a level as it is. Report a misspelt IET level, with a fix."""
    text = node.value if type(node) is ScalarNode else ""
    if text not in LEVELS and re.fullmatch(OWN_LEVEL, text):
        near = _LEVEL.nearest(text)
        if not (near and _LEVEL.is_sure(text, near)):
            return text
    read: str | None = _LEVEL.read(node, to)
    return read


class Competences(FieldType):
    """Codes, or codes with levels."""

    accepts = "list of codes, or `{code: level}`; the level is `T`, `SP`, `P`, `E` or one from your framework"
    cell_accepts = "codes, or `A1: E`, separated by `; `"
    is_list = True

    def read(self, node: Node, to: Problems) -> tuple[Competence, ...] | None:
        if type(node) is MappingNode:
            return self.with_levels(node, to)
        items = node.items if type(node) is SequenceNode else [node]
        texts = {item.value for item in items if type(item) is ScalarNode}
        if len(texts) == len(items):
            return tuple(claim for item in items if (claim := self.code(item, to)))
        claims: list[Competence] = []
        nodes: list[Node] = []
        for item in items:
            of_item = self.with_levels(item, to) if type(item) is MappingNode else (self.code(item, to),)
            claims += [claim for claim in of_item if claim]
            nodes += [item] * len(of_item)
        return unique(claims, nodes, to) if len(claims) > 1 else tuple(claims)

    def with_levels(self, node: MappingNode, to: Problems) -> tuple[Competence, ...]:
        """Return the claims of `{A1: E, B2: SP}`."""
        claims = []
        for code, level in node.values.items():
            empty = is_empty(level)
            claim = self.code(node.keys[code], to)
            level_text = "" if empty else _level(level, to)
            if claim and level_text is not None:
                claims.append(_claim(claim.code, level_text))
        return tuple(claims)

    def code(self, node: Node, to: Problems) -> Competence | None:
        """Return the claim of a code without a level."""
        text = text_of(node, to, "a competence code")
        if text is None:
            return None
        if _is_code(text):
            return _claim(text, "")
        parts = [part for part in re.split(r"[\s,;&]+", text) if part not in ("", "and", "or")]
        several = all(map(_is_code, parts)) and parts
        hint = f"write [{', '.join(parts)}]" if several else "write a code, such as A1"
        to.add("CPD211", node, f"{quoted(text)} is not a competence code", hint=hint, fix=_separated(node, parts, to))
        return None

    def schema(self, position: Position) -> Schema:
        general: Schema = {"type": [*PLAIN, "null"], "pattern": rf"^\s*{CODE}\s*$"}
        titles = position.words.competences
        named: list[Schema] = [{"const": code, "description": title} for code, title in titles.items()]
        # Without a journal its frameworks are unknown, so any level may be valid.
        own: list[Schema] = [{"type": "string", "pattern": rf"^\s*{OWN_LEVEL}\s*$"}]
        may_be_empty = replace(position, required=False)
        level = may_be_empty.one_of(position.words.levels, *(own if position.words.objectives is None else []))
        levels = {
            "type": "object",
            "properties": {each: {"description": title, **level} for each, title in titles.items()},
            "propertyNames": {"type": "string", "pattern": general["pattern"]},
            "additionalProperties": level,
        }
        listed: Schema = {"type": "array", "items": {"anyOf": [*named, general, levels]}}
        return {"anyOf": [listed, levels, {"anyOf": [*named, general]}]}

    def cell(self, value: Iterable[Competence]) -> Cell:
        return tuple(f"{each.code}: {each.level}" if each.level else each.code for each in value)

    def texts(self, value: Iterable[Competence]) -> Iterable[str]:
        return (each.code for each in value)


def _separated(node: Node, parts: list[str], to: Problems) -> Fix | None:
    """Return the fix that separates several codes in one text. None if any part may be something else."""
    if not all(re.fullmatch(r"[A-Z]{1,3}[0-9]{1,2}", part) for part in parts) or len(parts) < 2:
        return None
    where = span(node)
    before = to.source.line(where.line)[: where.column - 1].rstrip()
    return (
        None if before.endswith("-") else instead(node, ", ".join(parts) if before[-1:] in "[," else flow_list(parts))
    )


class EvidenceList(FieldType):
    """Files under `evidence/` and web addresses, with or without titles."""

    accepts = "list of paths under `evidence/`, URLs, or `{path, title}` / `{url, title}`"
    cell_accepts = "`path (title)`, separated by `; `"
    is_list = True

    def read(self, node: Node, to: Problems) -> tuple[Evidence, ...] | None:
        if is_dashed(node):
            report_dashes(node, to)
            return None
        items = node.items if type(node) is SequenceNode else [node]
        blank = [number for number, item in enumerate(items) if _is_blank(item)]
        for number in blank if type(node) is SequenceNode else ():
            if swallowed(items[number], to.source):
                continue
            fix = without_item(items, number, to.source)
            to.add("CPD213", items[number], "this evidence item is empty", hint="delete it", fix=fix)
        if blank and type(node) is SequenceNode:
            items = [item for item in items if not _is_blank(item)]
        pieces = [self.one(item, to) for item in items]
        return unique(pieces, items, to) if len(pieces) > 1 else tuple(each for each in pieces if each)

    def one(self, node: Node, to: Problems) -> Evidence | None:
        """Return one evidence item from a path, a URL, or a mapping with a title."""
        if type(node) is not MappingNode:
            return self.by_form(node, to)
        values = read_fields(EVIDENCE, node, to)
        if ("path" in values) == ("url" in values):
            what = "has both a path and a url" if "path" in values else "has no path or url"
            to.add("CPD203", node, f"this evidence item {what}", hint="write {path: certificate.pdf, title: …}")
            return None
        title = values.get("title") or ""
        piece = self.by_form(node.values["path" if "path" in values else "url"], to)
        return Evidence(piece.path, piece.url, title) if piece else None

    def by_form(self, node: Node, to: Problems) -> Evidence | None:
        """Return a path or a URL, depending on the form of the text."""
        text = Name().read(node, to)
        if text is None:
            return None
        if not text:
            to.add("CPD213", node, "this evidence item is empty", hint="delete it")
            return None
        scheme = re.match(_SCHEME, text)
        if not scheme:
            return self.below(text, node, to)
        if scheme[1].lower() in _OPEN_SCHEMES:
            return Evidence("", text)
        hint = "write the name of a file under evidence/, or an address that starts with https://"
        to.add("CPD505", node, f"readers cannot open {quoted(text)}", hint=hint)
        return None

    def below(self, text: str, node: Node, to: Problems) -> Evidence | None:
        """Return a path, if it is under `evidence/`. Otherwise report a problem."""
        if re.fullmatch(_NAME, text):
            return Evidence(text)
        path = text.replace("\\", "/")
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts or not parts:
            hint = "copy the file to evidence/ and write its name there"
            fix = _from_here(path, node, to)
            to.add("CPD502", node, f"{quoted(text)} is outside evidence/", hint=hint, fix=fix)
            return None
        return Evidence(path="/".join(parts[1:] if parts[0] == "evidence" and len(parts) > 1 else parts))

    def schema(self, position: Position) -> Schema:
        general: Schema = {"type": [*PLAIN, "null"], "pattern": _EVIDENCE_LINE}
        one = suggested(position.words.evidence, general)
        path: Schema = {"description": "a file under evidence/", **one}
        title: Schema = {
            "description": "printed instead of the path or URL",
            "type": [*PLAIN, "null"],
            "pattern": ONE_LINE,
        }
        table = {
            "type": "object",
            "properties": {"path": path, "url": {"description": "a web address", **general}, "title": title},
            "additionalProperties": False,
            "anyOf": [{"required": ["path"]}, {"required": ["url"]}],
        }
        return {"anyOf": [{"type": "array", "items": {"anyOf": [one, table]}}, one, table]}

    def cell(self, value: Iterable[Evidence]) -> Cell:
        named = ((each.path or each.url, each.title) for each in value)
        return tuple(f"{where} ({title})" if title else where for where, title in named)

    def texts(self, value: Iterable[Evidence]) -> Iterable[str]:
        return (text for each in value for text in (each.title, each.path, each.url) if text)


def _is_blank(node: Node) -> bool:
    return type(node) is ScalarNode and not node.value.strip()


def _from_here(path: str, node: Node, to: Problems) -> Fix | None:
    """Return the fix for a path that leads to `evidence/` from the record's folder: its name under `evidence/`."""
    target = normpath(join(dirname(to.source.path), path))
    name = target.removeprefix("evidence/")
    return instead(node, scalar(name, flow=True)) if name != target else None


class Units(FieldType):
    """Names with numbers."""

    accepts = "`{name: number}`"
    cell_accepts = "`PDU: 3`, separated by `; `"

    def read(self, node: Node, to: Problems) -> Mapping[str, str] | None:
        if type(node) is not MappingNode:
            to.shape(node, "names with numbers", "write {PDU: 3}")
            return None
        return {name: Number().read(value, to) or "" for name, value in node.values.items()}

    def schema(self, position: Position) -> Schema:
        return {"type": position.types("object"), "additionalProperties": Number().schema(position.with_value())}

    def cell(self, value: Mapping[str, str]) -> Cell:
        return tuple(f"{name}: {number}" for name, number in value.items())

    def texts(self, value: Mapping[str, str]) -> Iterable[str]:
        return value


class Groups(FieldType):
    """Names with lists of texts, or one list without a name: pairs of a name and its texts."""

    accepts = "`{name: [text, …]}`, or a list of text"

    def read(self, node: Node, to: Problems) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
        texts = Items(Line(), "list of text")
        if type(node) is MappingNode:
            return tuple((name, texts.read(value, to) or ()) for name, value in node.values.items())
        one = texts.read(node, to)
        return None if one is None else (("", one),)

    def schema(self, position: Position) -> Schema:
        texts = Items(Line(), "list of text").schema(position.with_value())
        return {"anyOf": [{"type": position.types("object"), "additionalProperties": texts}, texts]}

    def cell(self, value: Iterable[tuple[str, tuple[str, ...]]]) -> Cell:
        return tuple(f"{name}: {', '.join(texts)}" if name else ", ".join(texts) for name, texts in value)


class Labelled(FieldType):
    """Names with texts: pairs of a name and its text. A list has names only."""

    accepts = "`{name: text}`, or a list of names"

    def read(self, node: Node, to: Problems) -> tuple[tuple[str, str], ...] | None:
        if type(node) is MappingNode:
            return tuple((name, Line().read(value, to) or "") for name, value in node.values.items())
        names = Items(Line(), "list of text").read(node, to)
        return None if names is None else tuple((name, "") for name in names if name)

    def schema(self, position: Position) -> Schema:
        texts = Items(Line(), "list of text").schema(position.with_value())
        line = {"type": [*PLAIN, "null"], "pattern": ONE_LINE}
        return {"anyOf": [{"type": position.types("object"), "additionalProperties": line}, texts]}

    def cell(self, value: Iterable[tuple[str, str]]) -> Cell:
        return tuple(f"{name}: {text}" if text else name for name, text in value)


class One(FieldType):
    """A mapping with its own fields. `make` builds the value from them."""

    def __init__(self, fields: Fields, make: Callable[..., Any] | None = None, accepts: str = "") -> None:
        self.fields = fields
        self.make = make or fields.record
        self.accepts = accepts or f"`{{{', '.join(each.name for each in fields.fields)}}}`"

    def read(self, node: Node, to: Problems) -> Any:
        if type(node) is not MappingNode:
            to.shape(node, "a mapping", f"write {self.accepts.strip('`')}")
            return None
        before = to.errors
        values = read_fields(self.fields, node, to)
        return self.make(**values) if to.errors == before else None

    def schema(self, position: Position) -> Schema:
        return {**self.fields.schema(position.words), "type": position.types("object")}

    def cell(self, value: Any) -> Cell:
        """Return the cell of the first field, which represents the whole mapping."""
        first = self.fields.fields[0]
        return first.kind.cell(getattr(value, first.target))

    def texts(self, value: Any) -> Iterable[str]:
        if value is not None:
            for each in self.fields.fields:
                yield from each.kind.texts(getattr(value, each.target))


class Entries(FieldType):
    """A list of mappings. `short` names the field that a plain text fills. Without it a plain text is an error.

    `single`: one entry needs no list.
    """

    def __init__(self, one: One, accepts: str = "", short: str = "", *, single: bool = False) -> None:
        self.one = one
        self.accepts = accepts or f"list of {one.accepts}"
        self.short = short
        self.single = single

    def read(self, node: Node, to: Problems) -> tuple[Any, ...] | None:
        if self.single and type(node) is not SequenceNode:
            return (self.entry(node, to),)
        if type(node) is not SequenceNode:
            to.shape(node, "a list", "write each entry on its own line, after a dash and a space")
            return None
        return tuple(self.entry(item, to) for item in node.items)

    def entry(self, node: Node, to: Problems) -> Any:
        if self.short and type(node) is ScalarNode and node.value.strip():
            text = Line().read(node, to)
            return None if text is None else self.one.make(**{self.short: text})
        return self.one.read(node, to)

    def schema(self, position: Position) -> Schema:
        item = self.one.fields.schema(position.words)
        if self.short:
            short = Line().schema(Position(self.one.fields.name, self.short, position.words, True))
            item = {"anyOf": [item, short, {"type": "null"}]}
        listed: Schema = {"type": position.types("array"), "items": item}
        return {"anyOf": [listed, item]} if self.single else listed

    def cell(self, value: Iterable[Any]) -> Cell:
        return tuple(str(self.one.cell(each)) for each in value)

    def texts(self, value: Iterable[Any]) -> Iterable[str]:
        return (text for each in value for text in self.one.texts(each))


OFF = "off"
SEVERITIES = Choice(
    (OFF, *map(str, reversed(Severity))),
    meant={"none": OFF, "false": OFF, "no": OFF, "ignore": OFF, "info": "advice", "hint": "advice", "note": "advice"},
    what="a severity",
)
_DIAGNOSTIC = r"CPD[1-9][0-9]{2}"
_FAMILY = r"CPD[1-9][0-9]{0,2}"


class Accepted(FieldType):
    """Codes of accepted problems, each with a reason."""

    accepts = "`{code: reason}`"
    cell_accepts = "`CPD404: reason`, separated by `; `"

    def read(self, node: Node, to: Problems) -> Mapping[str, str] | None:
        if type(node) is not MappingNode:
            to.shape(node, "codes with reasons", "write {CPD401: the reason}")
            return None
        reasons = {}
        for code, value in node.values.items():
            reason = Line().read(value, to)
            if not _may_be_set(code, node.keys[code], to, _DIAGNOSTIC):
                continue
            if reason:
                reasons[code] = reason
            elif reason is not None:
                hint = "write why the record is correct as it is"
                to.add("CPD219", node.keys[code], f"{code} is accepted without a reason", hint=hint)
        return reasons

    def schema(self, position: Position) -> Schema:
        return position.by_code({"type": [*PLAIN, "null"], "pattern": ONE_LINE})

    def cell(self, value: Mapping[str, str]) -> Cell:
        return tuple(f"{code}: {reason}" for code, reason in value.items())


class Severities(FieldType):
    """Codes, or beginnings of codes, with the severity that the journal sets for them. None means off."""

    accepts = "`{code: severity}`, each `off`, `advice`, `warning` or `error`"

    def read(self, node: Node, to: Problems) -> Mapping[str, Severity | None] | None:
        if type(node) is not MappingNode:
            to.shape(node, "codes with severities", "write {CPD311: off}")
            return None
        severities = {}
        for code, value in node.values.items():
            word = SEVERITIES.read(value, to)
            if word and _may_be_set(code, node.keys[code], to, _FAMILY):
                severities[code] = None if word == OFF else Severity[word.upper()]
        return severities

    def schema(self, position: Position) -> Schema:
        # YAML 1.1 reads `off` as false.
        return position.by_code(position.with_value().one_of(SEVERITIES.options, {"type": "boolean"}))


def _may_be_set(code: str, key: ScalarNode, to: Problems, form: str) -> bool:
    if not re.fullmatch(form, code):
        fix = renamed(key, code.upper()) if re.fullmatch(form, code.upper()) else None
        to.add(
            "CPD218",
            key,
            f"{quoted(code)} is not a problem code",
            hint="write a code such as CPD401; cpd explain lists all codes",
            fix=fix,
        )
        return False
    if is_fixed(code):
        hint = "fix the problem, or move the file out of the journal"
        to.add("CPD220", key, f"{code} cannot be turned off: cpdkit cannot read a file with this problem", hint=hint)
        return False
    return True
