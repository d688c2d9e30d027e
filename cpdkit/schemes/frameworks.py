"""Frameworks: lists of coded competences, shipped or the owner's own, one YAML file each.

The shipped ones are those of UK-SPEC, fourth edition. Their titles are paraphrases, since the statements belong to the
Engineering Council. For the official words, put a file with the same `id` under `frameworks/` in the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.compound_types import CODE, OWN_LEVEL, Entries, One
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import Field, declared
from cpdkit.journal.field_types import Items, Line, Matching, Text
from cpdkit.journal.file_problems import Problems
from cpdkit.journal.values import LEVELS
from cpdkit.schemes.data_files import FRAMEWORKS, read_data, shipped_ids, shipped_text
from cpdkit.schemes.rule_types import ID
from cpdkit.text.source import Source
from cpdkit.text.yaml import MappingNode, Node, SequenceNode

_CODE = Matching("code", CODE, "CPD211", "the code of a competence",
                 "write a code without spaces, such as A1")  # fmt: skip
_LEVEL = Matching("level", OWN_LEVEL, "CPD211", "a level of competences",
                  "write a word without spaces, such as aware")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ability:
    """One competence of a framework. `parent` is the code it belongs under, `unsure` what is uncertain about it."""

    code: Annotated[str, Field("code", _CODE, required=True, example="A1")]
    title: Annotated[str, Field("title", Line(), required=True, example="Keep and extend engineering theory")]
    parent: Annotated[str, Field("parent", _CODE, note="the code of the competence above it", example="A")] = ""
    unsure: Annotated[str, Field("unsure", Text(), note="what is uncertain about it")] = ""


ABILITY = declared(Ability, "competence")


@dataclass(frozen=True, slots=True)
class Framework:
    """A list of competences. `checked` is the date of the last check of its source, `path` empty for a shipped one.

    `levels` are its own, the weakest first; `own` are the owner's `x-…` fields.
    """

    # fmt: off
    id: Annotated[str, Field(
        "id",
        Matching("ID (`uk-spec-ceng`)", ID, "CPD707", "an ID", "use letters, digits and hyphens, such as my-firm"),
        required=True, note="the ID of a shipped framework replaces that framework", example="my-firm",
    )]
    title: Annotated[str, Field("title", Line(), required=True, example="Competences of our firm")]
    competences: Annotated[tuple[Ability, ...], Field(
        "competences",
        Entries(One(ABILITY, accepts="`{code, title, parent}`"), "list of `{code, title, parent}`"),
        required=True, example="[{code: K1, title: Switchgear}]", meant=("competencies", "codes"),
    )]
    source: Annotated[str, Field(
        "source", Text(), note="where the list comes from", example="the staff handbook, 2026",
    )] = ""
    checked: Annotated[date | None, Field(
        "checked", Day(), note="when the source was last checked", example="2026-11-23",
    )] = None
    note: Annotated[str, Field("note", Text())] = ""
    unsure: Annotated[str, Field("unsure", Text(), note="what is uncertain about it")] = ""
    levels: Annotated[tuple[str, ...], Field(
        "levels", Items(_LEVEL, "list of words"), note="the weakest first; default: T, SP, P, E",
        example="[aware, able, leading]",
    )] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    path: str = ""

    @property
    def scale(self) -> tuple[str, ...]:
        """Its levels, the weakest first; by default those of the IET."""
        return self.levels or LEVELS

    @property
    def titles(self) -> dict[str, str]:
        """From a code to its title."""
        return {each.code: each.title for each in self.competences}


FRAMEWORK = declared(Framework, "framework")


@cache
def shipped_frameworks() -> Mapping[str, Framework]:
    """Return the shipped frameworks by ID."""
    read = {name: read_framework(shipped_text(FRAMEWORKS, name), path="")[0] for name in shipped_ids(FRAMEWORKS)}
    return MappingProxyType({name: framework for name, framework in read.items() if framework})


def read_framework(source: Source, path: str | None = None) -> tuple[Framework | None, list[Diagnostic]]:
    """Return the framework in a text (None if it has an error) and all problems. `path` defaults to the source's."""
    mapping, values, problems = read_data(source, FRAMEWORK)
    if node := mapping.values.get("competences"):
        _check(node, values.get("competences") or (), problems)
    if problems.errors:
        return None, problems.diagnostics
    path = source.path if path is None else path
    return Framework(**values, path=path), problems.diagnostics


def _check(node: Node, abilities: tuple[Any, ...], to: Problems) -> None:
    """Report duplicate codes, unknown parents and circular parents."""
    if type(node) is not SequenceNode:
        return
    placed = [
        (each, item) for each, item in zip(abilities, node.items, strict=True) if each and type(item) is MappingNode
    ]
    parents = {each.code: each.parent for each, _ in placed}
    seen: set[str] = set()
    for each, item in placed:
        if each.code in seen:
            to.add("CPD707", item.values["code"], f"two competences have the code {each.code}", hint="delete one")
        seen.add(each.code)
        if each.parent and each.parent not in parents:
            hint = f"add {{code: {each.parent}, title: …}}, or remove parent:"
            to.add("CPD707", item.values["parent"], f"unknown competence {each.parent}", hint=hint)
        elif _is_circle(each.code, parents):
            message = f"the parents of {each.code} form a circle"
            to.add("CPD707", item.values["parent"], message, hint="remove parent: from the competence at the top")


def _is_circle(code: str, parents: dict[str, str]) -> bool:
    above, seen = parents[code], {code}
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == code
