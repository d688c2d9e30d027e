"""Frameworks: lists of coded competences, shipped or the owner's own, one YAML file each.

The shipped ones are UK-SPEC's, fourth edition. Their titles are this program's own words, since the statements are the
Engineering Council's; who wants those puts a file with the same `id` and the official words under `frameworks/`.
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
from cpdkit.schemes.data_files import read_data, shipped_ids, shipped_text
from cpdkit.schemes.rule_types import ID
from cpdkit.text.source import Source
from cpdkit.text.yaml import MappingNode, Node, SequenceNode

FOLDER = "frameworks"
_CODE = Matching("code", CODE, "CPD211", "the code of a competence",
                 "write a code without blanks, such as A1")  # fmt: skip
_LEVEL = Matching("level", OWN_LEVEL, "CPD211", "a level of competences",
                  "write a word without blanks, such as aware")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ability:
    """One competence of a framework. `parent` is the code it belongs under, `unsure` says what is not certain of it."""

    code: Annotated[str, Field("code", _CODE, required=True, example="A1")]
    title: Annotated[str, Field("title", Line(), required=True, example="Keep and extend engineering theory")]
    parent: Annotated[str, Field("parent", _CODE, note="the code that it belongs under", example="A")] = ""
    unsure: Annotated[str, Field("unsure", Text(), note="what is not certain of it")] = ""


ABILITY = declared(Ability, "competence")


@dataclass(frozen=True, slots=True)
class Framework:
    """A list of competences. `checked` is the day its source was last looked at, `path` empty for a shipped one.

    `levels` are its own, weakest first; `own` are the owner's `x-…` fields.
    """

    # fmt: off
    id: Annotated[str, Field(
        "id", Matching("id (`uk-spec-ceng`)", ID, "CPD707", "an id", "write letters, digits and -, such as my-firm"),
        required=True, note="one of a shipped framework takes its place", example="my-firm",
    )]
    title: Annotated[str, Field("title", Line(), required=True, example="Competences of our firm")]
    competences: Annotated[tuple[Ability, ...], Field(
        "competences",
        Entries(One(ABILITY, says="`{code, title, parent}`"), "list of `{code, title, parent}`"),
        required=True, example="[{code: K1, title: Switchgear}]", meant=("competencies", "codes"),
    )]
    source: Annotated[str, Field(
        "source", Text(), note="where the list is from", example="the staff handbook, 2026",
    )] = ""
    checked: Annotated[date | None, Field(
        "checked", Day(), note="when the source was last looked at", example="2026-11-23",
    )] = None
    note: Annotated[str, Field("note", Text())] = ""
    unsure: Annotated[str, Field("unsure", Text(), note="what is not certain of it")] = ""
    levels: Annotated[tuple[str, ...], Field(
        "levels", Items(_LEVEL, "list of words"), note="weakest first; else T, SP, P, E",
        example="[aware, able, leading]",
    )] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    path: str = ""

    @property
    def scale(self) -> tuple[str, ...]:
        """Its levels, weakest first; the IET's where it says none."""
        return self.levels or LEVELS

    @property
    def titles(self) -> dict[str, str]:
        """From a code to its title."""
        return {each.code: each.title for each in self.competences}


FRAMEWORK = declared(Framework, "framework")


@cache
def shipped_frameworks() -> Mapping[str, Framework]:
    """Read the shipped frameworks, by id."""
    read = {name: read_framework(shipped_text(FOLDER, name), path="")[0] for name in shipped_ids(FOLDER)}
    return MappingProxyType({name: framework for name, framework in read.items() if framework})


def read_framework(source: Source, path: str | None = None) -> tuple[Framework | None, list[Diagnostic]]:
    """Read the framework in a text: None with an error in it, and every problem. `path` is the text's by itself."""
    mapping, values, problems = read_data(source, FRAMEWORK)
    if node := mapping.values.get("competences"):
        _judge(node, values.get("competences") or (), problems)
    if problems.errors:
        return None, problems.diagnostics
    path = source.path if path is None else path
    return Framework(**values, path=path), problems.diagnostics


def _judge(node: Node, abilities: tuple[Any, ...], to: Problems) -> None:
    """Note codes given twice, parents that there are not, and parents in a circle."""
    if type(node) is not SequenceNode:
        return
    placed = [
        (each, item) for each, item in zip(abilities, node.items, strict=True) if each and type(item) is MappingNode
    ]
    parents = {each.code: each.parent for each, _ in placed}
    seen: set[str] = set()
    for each, item in placed:
        if each.code in seen:
            to.add("CPD707", item.values["code"], f"{each.code} stands in this framework twice", hint="delete one")
        seen.add(each.code)
        if each.parent and each.parent not in parents:
            hint = f"add {{code: {each.parent}, title: …}}, or take parent: away"
            to.add("CPD707", item.values["parent"], f"no competence here has the code {each.parent}", hint=hint)
        elif _is_circle(each.code, parents):
            message = f"{each.code} belongs under itself"
            to.add("CPD707", item.values["parent"], message, hint="let one of them stand at the top, without a parent")


def _is_circle(code: str, parents: dict[str, str]) -> bool:
    above, seen = parents[code], {code}
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == code
