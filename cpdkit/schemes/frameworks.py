"""Frameworks: lists of coded competences, shipped or the owner's own, one YAML file each.

The shipped ones are UK-SPEC's, fourth edition. Their titles are this program's own words, since the statements are the
Engineering Council's; who wants those puts a file with the same `id` and the official words under `frameworks/`.
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.compound_types import CODE, OWN_LEVEL, Entries
from cpdkit.journal.date_types import Day
from cpdkit.journal.field_types import Items, Line, Matching, Text
from cpdkit.journal.fields import Fields
from cpdkit.journal.problems import Problems
from cpdkit.journal.values import LEVELS
from cpdkit.schemes.data_files import read_table, shipped_ids, shipped_text
from cpdkit.schemes.keys import ID, Key, fields_of, make_record, part
from cpdkit.text.source import Source
from cpdkit.text.yaml import Mapping, Node, Sequence

FOLDER = "frameworks"
_CODE = Matching("code", CODE, "CPD211", "the code of a competence",
                 "write a code without blanks, such as A1")  # fmt: skip
_LEVEL = Matching("level", OWN_LEVEL, "CPD211", "a level of competences",
                  "write a word without blanks, such as aware")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ability:
    """One competence of a framework. `parent` is the code it belongs under, `unsure` says what is not certain of it."""

    code: Annotated[str, Key(_CODE, example="A1")]
    title: Annotated[str, Key(Line(), example="Keep and extend engineering theory")]
    parent: Annotated[str, Key(_CODE, example="A", note="the code that it belongs under")] = ""
    unsure: Annotated[str, Key(Text(), note="what is not certain of it")] = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A list of competences. `checked` is the day its source was last looked at, `path` empty for a shipped one.

    `levels` are its own, weakest first; `own` are the owner's `x-…` fields.
    """

    id: Annotated[
        str,
        Key(
            Matching("id (`uk-spec-ceng`)", ID, "CPD707", "an id", "write letters, digits and -, such as my-firm"),
            example="my-firm",
            note="one of a shipped framework takes its place",
        ),
    ]
    title: Annotated[str, Key(Line(), example="Competences of our firm")]
    competences: Annotated[
        tuple[Ability, ...],
        Key(
            Entries(part(Ability, "`{code, title, parent}`"), "list of `{code, title, parent}`"),
            example="[{code: K1, title: Switchgear}]",
            meant=("competencies", "codes"),
        ),
    ]
    source: Annotated[str, Key(Text(), example="the staff handbook, 2026", note="where the list is from")] = ""
    checked: Annotated[date | None, Key(Day(), example="2026-11-23", note="when the source was last looked at")] = None
    note: Annotated[str, Key(Text())] = ""
    unsure: Annotated[str, Key(Text(), note="what is not certain of it")] = ""
    levels: Annotated[
        tuple[str, ...],
        Key(Items(_LEVEL, "list of words"), example="[aware, able, leading]", note="weakest first; else T, SP, P, E"),
    ] = ()
    own: Table[str, str] = field(default_factory=dict)
    path: str = ""

    @property
    def scale(self) -> tuple[str, ...]:
        """Its levels, weakest first; the IET's where it says none."""
        return self.levels or LEVELS

    @property
    def titles(self) -> dict[str, str]:
        """From a code to its title."""
        return {each.code: each.title for each in self.competences}


FRAMEWORK = Fields("framework", fields_of(Framework), own=True)


@cache
def shipped_frameworks() -> Table[str, Framework]:
    """Read the shipped frameworks, by id."""
    read = {name: read_framework(shipped_text(FOLDER, name), path="")[0] for name in shipped_ids(FOLDER)}
    return MappingProxyType({name: framework for name, framework in read.items() if framework})


def read_framework(source: Source, path: str | None = None) -> tuple[Framework | None, list[Diagnostic]]:
    """Read the framework in a text: None with an error in it, and every problem. `path` is the text's by itself."""
    read = read_table(source, FRAMEWORK)
    if node := read.mapping.values.get("competences"):
        _judge(node, read.values.get("competences") or (), read.to)
    if read.to.errors:
        return None, read.to.found
    path = source.path if path is None else path
    return make_record(Framework, **read.values, path=path), read.to.found


def _judge(node: Node, abilities: tuple[Any, ...], to: Problems) -> None:
    """Note codes given twice, parents that there are not, and parents in a circle."""
    if type(node) is not Sequence:
        return
    placed = [(each, item) for each, item in zip(abilities, node.items, strict=True) if each and type(item) is Mapping]
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
