"""Kinds of value that have parts: competences, evidence, units, and lists of small tables."""

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, join, normpath
from typing import Any

from cpdkit.diagnostics import Fix, Severity
from cpdkit.journal.codes import CODES
from cpdkit.journal.field_reader import Field, Fields, read_fields
from cpdkit.journal.field_types import Choice, Line, Number, instead, quoted, renamed, text_of, unique, without_item
from cpdkit.journal.problems import Problems
from cpdkit.journal.records import Competence, Evidence
from cpdkit.text.yaml import Mapping, Node, Scalar, Sequence, is_empty, span
from cpdkit.text.yaml_scalars import flow_list, scalar

LEVELS = ("T", "SP", "P", "E")
"""The IET's, weakest first: trainee, supervised practitioner, practitioner, expert."""
EVIDENCE = Fields("evidence", (
    Field("path", Line(), note="below `evidence/`"),
    Field("url", Line()),
    Field("title", Line(), note="what a reader sees"),
))  # fmt: skip
_claim = lru_cache(maxsize=4096)(Competence)
"""The same few claims stand in most records."""
_CODE = re.compile(r"[^\s,;:\[\]{}]{1,40}")
_SURE_CODE = re.compile(r"[A-Z]{1,3}[0-9]{1,2}")
_LEVEL = Choice(LEVELS, meant={"t": "T", "sp": "SP", "p": "P", "e": "E"})
OWN_LEVEL = re.compile(r"[^\s,;:\[\]{}]{1,20}")
"""A framework of one's own may have levels of its own; whether it has this one is judged where frameworks are known."""
_NAME = re.compile(r"[^/\\:.][^/\\:]*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_OPEN_SCHEMES = ("http", "https", "mailto")


def _level(node: Node, to: Problems) -> str | None:
    """A level as it stands; what is a slip of the IET's is told and can be mended."""
    text = node.value if type(node) is Scalar else ""
    if text not in LEVELS and OWN_LEVEL.fullmatch(text):
        near = _LEVEL.nearest(text)
        if not (near and _LEVEL.is_sure(text, near)):
            return text
    read: str | None = _LEVEL.read(node, to)
    return read


@dataclass(frozen=True, slots=True)
class Competences:
    """Codes, or codes with levels."""

    says: str = "list of codes, or `{code: level}` with a level: `T`, `SP`, `P`, `E`, or one of your framework"

    def read(self, node: Node, to: Problems) -> tuple[Competence, ...] | None:
        if type(node) is Mapping:
            return self.with_levels(node, to)
        items = node.items if type(node) is Sequence else [node]
        texts = {item.value for item in items if type(item) is Scalar}
        if len(texts) == len(items):
            return tuple(claim for item in items if (claim := self.code(item, to)))
        found: list[Competence] = []
        places: list[Node] = []
        for item in items:
            claims = self.with_levels(item, to) if type(item) is Mapping else (self.code(item, to),)
            found += [claim for claim in claims if claim]
            places += [item] * len(claims)
        return unique(found, places, to) if len(found) > 1 else tuple(found)

    def with_levels(self, node: Mapping, to: Problems) -> tuple[Competence, ...]:
        """The claims of `{A1: E, B2: SP}`."""
        found = []
        for code, level in node.values.items():
            empty = is_empty(level)
            claim = self.code(node.keys[code], to)
            said = "" if empty else _level(level, to)
            if claim and said is not None:
                found.append(_claim(claim.code, said))
        return tuple(found)

    def code(self, node: Node, to: Problems) -> Competence | None:
        """The claim of a code alone."""
        text = text_of(node, to, "a competence's code")
        if text is None:
            return None
        if _CODE.fullmatch(text):
            return _claim(text, "")
        parts = [part for part in re.split(r"[\s,;&]+", text) if part not in ("", "and", "or")]
        several = all(map(_CODE.fullmatch, parts)) and parts
        hint = f"write [{', '.join(parts)}]" if several else "write a code, such as A1"
        to.add(
            "CPD211", node, f"{quoted(text)} is not the code of a competence", hint=hint, fix=_parted(node, parts, to)
        )
        return None


def _parted(node: Node, parts: list[str], to: Problems) -> Fix | None:
    """Several codes in one text, each for itself; only of what can be nothing but codes."""
    if not all(map(_SURE_CODE.fullmatch, parts)) or len(parts) < 2:
        return None
    where = span(node)
    before = to.source.line(where.line)[: where.column - 1].rstrip()
    return (
        None if before.endswith("-") else instead(node, ", ".join(parts) if before[-1:] in "[," else flow_list(parts))
    )


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """Files under `evidence/` and addresses, each with or without a title."""

    says: str = "list of paths under `evidence/`, URLs, or `{path, title}` / `{url, title}`"

    def read(self, node: Node, to: Problems) -> tuple[Evidence, ...] | None:
        items = node.items if type(node) is Sequence else [node]
        blank = [number for number, item in enumerate(items) if _is_blank(item)]
        for number in blank if type(node) is Sequence else ():
            fix = without_item(items, number, to.source)
            to.add("CPD213", items[number], "this piece of evidence is empty", hint="delete it", fix=fix)
        if blank and type(node) is Sequence:
            items = [item for item in items if not _is_blank(item)]
        found = [self.one(item, to) for item in items]
        return unique(found, items, to) if len(found) > 1 else tuple(each for each in found if each)

    def one(self, node: Node, to: Problems) -> Evidence | None:
        """One piece: the text of a path or URL, or a mapping with a title."""
        if type(node) is not Mapping:
            return self.said(node, to)
        values = read_fields(EVIDENCE, node, to)
        if ("path" in values) == ("url" in values):
            what = "either a path or a url, not both" if "path" in values else "a path or a url"
            to.add("CPD203", node, f"a piece of evidence has {what}", hint="write {path: certificate.pdf, title: …}")
            return None
        title = values.get("title") or ""
        told = self.said(node.values["path" if "path" in values else "url"], to)
        return Evidence(told.path, told.url, title) if told else None

    def said(self, node: Node, to: Problems) -> Evidence | None:
        """A path or URL by its looks."""
        text = Line().read(node, to)
        if text is None:
            return None
        if not text:
            to.add("CPD213", node, "this piece of evidence is empty", hint="delete it")
            return None
        scheme = _SCHEME.match(text)
        if not scheme:
            return self.below(text, node, to)
        if scheme[1].lower() in _OPEN_SCHEMES:
            return Evidence("", text)
        hint = "give a file under evidence/, or an address that starts with https://"
        to.add("CPD505", node, f"a reader can't open {quoted(text)}", hint=hint)
        return None

    def below(self, text: str, node: Node, to: Problems) -> Evidence | None:
        """A path, if it stays under `evidence/`."""
        if _NAME.fullmatch(text):
            return Evidence(text)
        path = text.replace("\\", "/")
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts or not parts:
            hint = "copy the file into evidence/ and give its name there"
            fix = _from_here(path, node, to)
            to.add("CPD502", node, f"{quoted(text)} lies outside evidence/", hint=hint, fix=fix)
            return None
        return Evidence(path="/".join(parts[1:] if parts[0] == "evidence" and len(parts) > 1 else parts))


def _is_blank(node: Node) -> bool:
    return type(node) is Scalar and not node.value.strip()


def _from_here(path: str, node: Node, to: Problems) -> Fix | None:
    """The name under `evidence/` of a path that leads there from the record's own folder."""
    found = normpath(join(dirname(to.source.path), path))
    name = found.removeprefix("evidence/")
    return instead(node, scalar(name, flow=True)) if name != found else None


@dataclass(frozen=True, slots=True)
class Units:
    """Names with numbers."""

    says: str = "`{name: number}`"

    def read(self, node: Node, to: Problems) -> Table[str, str] | None:
        if type(node) is not Mapping:
            to.shape(node, "names with numbers", "write {PDU: 3}")
            return None
        return {name: Number().read(value, to) or "" for name, value in node.values.items()}


@dataclass(frozen=True, slots=True)
class One:
    """One small table: a mapping with fields of its own."""

    fields: Fields
    make: Callable[..., Any]
    says: str

    def read(self, node: Node, to: Problems) -> Any:
        if type(node) is not Mapping:
            to.shape(node, "a mapping", f"write {self.says.strip('`')}")
            return None
        before = to.errors
        values = read_fields(self.fields, node, to)
        return self.make(**values) if to.errors == before else None


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of small tables. `short` names the field that a plain text stands for; without it a text is refused."""

    one: One
    says: str
    short: str = ""

    def read(self, node: Node, to: Problems) -> tuple[Any, ...] | None:
        if type(node) is not Sequence:
            to.shape(node, "a list", "start each entry with - on a line of its own")
            return None
        return tuple(self.entry(item, to) for item in node.items)

    def entry(self, node: Node, to: Problems) -> Any:
        if self.short and type(node) is Scalar and node.value.strip():
            text = Line().read(node, to)
            return None if text is None else self.one.make(**{self.short: text})
        return self.one.read(node, to)


OFF = "off"
SEVERITIES = Choice(
    (OFF, *map(str, reversed(Severity))),
    meant={"none": OFF, "false": OFF, "no": OFF, "ignore": OFF, "info": "advice", "hint": "advice", "note": "advice"},
)
CODE = re.compile(r"CPD[1-9][0-9]{2}")
FAMILY = re.compile(r"CPD[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """Codes with the reason why what they tell is as it should be."""

    says: str = "`{code: reason}`"

    def read(self, node: Node, to: Problems) -> Table[str, str] | None:
        if type(node) is not Mapping:
            to.shape(node, "codes with reasons", "write {CPD401: why it is right as it is}")
            return None
        found = {}
        for code, reason in node.values.items():
            said = Line().read(reason, to)
            if not _may_be_set(code, node.keys[code], to, CODE):
                continue
            if said:
                found[code] = said
            elif said is not None:
                hint = "write why it is right as it is, for whoever reads this later"
                to.add("CPD219", node.keys[code], f"{code} is accepted without a reason", hint=hint)
        return found


@dataclass(frozen=True, slots=True)
class Severities:
    """Codes, or the beginnings of codes, with the severity that the journal gives them; None for off."""

    says: str = "`{code: severity}`, each `off`, `advice`, `warning` or `error`"

    def read(self, node: Node, to: Problems) -> Table[str, Severity | None] | None:
        if type(node) is not Mapping:
            to.shape(node, "codes with severities", "write {CPD311: off}")
            return None
        found = {}
        for code, said in node.values.items():
            word = SEVERITIES.read(said, to)
            if word and _may_be_set(code, node.keys[code], to, FAMILY):
                found[code] = None if word == OFF else Severity[word.upper()]
        return found


def is_fixed(code: str) -> bool:
    """Whether a code says that a file can't be read: no setting makes it readable."""
    rule = CODES.get(code)
    return rule is not None and rule.severity is Severity.ERROR


def _may_be_set(code: str, key: Scalar, to: Problems, form: re.Pattern[str]) -> bool:
    if not form.fullmatch(code):
        fix = renamed(key, code.upper()) if form.fullmatch(code.upper()) else None
        to.add(
            "CPD218", key, f"{quoted(code)} is not a code", hint="write it as CPD401; cpd explain lists them", fix=fix
        )
        return False
    if is_fixed(code):
        hint = "mend what it tells, or take the file out of the journal"
        to.add("CPD220", key, f"{code} can't be set: a file that has it is not read", hint=hint)
        return False
    return True
