import dataclasses
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from cpdkit.diagnostics import Span
from cpdkit.journal.declarations import Field, Fields, Shown, printable, read_fields
from cpdkit.journal.field_types import Line
from cpdkit.journal.file_problems import Problems
from cpdkit.journal.member import MEMBER
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.records import ACTIVITY, OBJECTIVE, POST, REVIEW
from cpdkit.text.source import decode
from cpdkit.text.yaml import parse
from tests.journal.folders import record
from tests.journal.reader import record_of

PAIR = Fields(
    "pair",
    (Field("one", Line(), required=True, aliases=("first",), meant=("primary",)), Field("two-b", Line())),
    own=True,
)
TABLES = (ACTIVITY, OBJECTIVE, POST, REVIEW, MEMBER)


def read(text: str, table: Fields = PAIR) -> tuple[dict[str, object], Problems]:
    source = decode("a.md", text.encode())
    to = Problems(source, Span(1, 1, 1, 4))
    return read_fields(table, parse(text), to, nested=False), to


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("one: a\ntwo-b: b\n", {"one": "a", "two_b": "b"}),
        ("first: a\n", {"one": "a"}),
        ("one: a\ntwo-b:\n", {"one": "a"}),
        ("one: a\ntwo-b: ~\n", {"one": "a"}),
        (
            "one: a\nx-cost: {net: 1, parts: [a, b]}\nx-none:\n",
            {"one": "a", "own": {"x-cost": "net: 1; parts: a, b", "x-none": ""}},
        ),
    ],
)
def test_read_fields(text: str, values: dict[str, object]) -> None:
    found, to = read(text)
    assert (found, to.diagnostics) == (values, [])


@pytest.mark.parametrize(
    ("text", "code", "place", "note", "hint"),
    [
        ("two-b: a\n", "CPD201", (1, 1), "", "write one: and its value"),
        ("one:\n", "CPD201", (1, 1), "", ""),
        ("one: ''\n", "CPD201", (1, 1), "", ""),
        (
            "one: a\nfirst: b\n",
            "CPD202",
            (2, 1),
            "one is already on line 1, and first is another name for one",
            "delete one of them",
        ),
        ("one: a\ntwo_b: b\n", "CPD212", (2, 1), 'did you mean "two-b"?', ""),
        ("one: a\nTwo B: b\n", "CPD212", (2, 1), 'did you mean "two-b"?', ""),
        ("one: a\nprimary: b\n", "CPD212", (2, 1), 'did you mean "one"?', ""),
        ("one: a\nzzz: b\n", "CPD212", (2, 1), "", "for a field of your own, write x-zzz"),
    ],
)
def test_what_is_wrong_with_fields(text: str, code: str, place: tuple[int, int], note: str, hint: str) -> None:
    (each,) = read(text)[1].diagnostics
    assert each.span is not None
    assert (each.code, (each.span.line, each.span.column), each.note, each.hint) == (code, place, note, hint)


def test_without_fields_of_ones_own_all_are_named() -> None:
    (each,) = read("one: a\nzzz: b\n", Fields("two", PAIR.fields))[1].diagnostics
    assert each.hint == "available fields: one, two-b"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_field_is_an_attribute_of_its_record(table: Fields) -> None:
    names = [name for each in table.fields for name in (each.name, *each.aliases)]
    assert len(names) == len(set(names))
    assert not {word for each in table.fields for word in each.meant} & set(names)
    assert table.own


@pytest.mark.parametrize("kind", RECORD_KINDS.values(), ids=lambda kind: kind.folder)
def test_every_example_is_read(kind: object) -> None:
    table = kind.fields  # type: ignore[attr-defined]
    lines = (f"{each.name}: {each.example}\n" for each in table.fields if each.name != "sessions")
    made, found = record_of(record("".join(lines)), kind.folder)  # type: ignore[attr-defined]
    assert found == []
    assert {each.target for each in table.fields if each.example} <= set(type(made).__slots__)


def test_any_value_is_printable() -> None:
    assert printable(parse("a: [1, {b: 2, c: }]\n")) == "a: 1, b: 2; c: "


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_only_what_no_file_gives_as_a_field_is_not_declared(table: Fields) -> None:
    record = table.record
    assert isinstance(record, type)
    undeclared = {each.name for each in dataclasses.fields(record)} - {each.target for each in table.fields}
    assert undeclared <= {"id", "path", "folder", "own", "body", "spans"}


def test_every_fact_of_an_activity_has_its_label() -> None:
    catalogue = Path(__file__).parents[2] / "templates" / "labels" / "en-GB.toml"
    labels = tomllib.loads(catalogue.read_text("utf-8"))["fields"]
    assert {each.target for each in ACTIVITY.fields if each.shown == "fact"} <= labels.keys()
    # A type checker does not check annotations.
    assert {each.shown for each in ACTIVITY.fields} <= {*get_args(Shown)}
