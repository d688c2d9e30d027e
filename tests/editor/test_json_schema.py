from typing import Any

import pytest
from jsonschema import Draft7Validator

from cpdkit.journal.compound_types import Competences, EvidenceList
from cpdkit.journal.date_types import Day, Year
from cpdkit.journal.declarations import Field, Fields
from cpdkit.journal.field_types import Choice, FieldType, Flag, Hours, Items, Line
from cpdkit.journal.value_schema import Position, Words

NONE = Words()
CHOICE = Choice(("high", "low"))
LINES = Items(Line(), "list of text")


def takes(kind: FieldType, value: Any, words: Words = NONE, field: str = "", required: bool = False) -> bool:
    position = Position("activity", field, words, required)
    return not list(Draft7Validator(kind.schema(position)).iter_errors(value))


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (Line(), ["Leeds", 2026, True, None, "", "one\n"], ["a\nb", ["a"], {}]),
        (Day(), ["2026-03-14", " 2024-02-29 ", None], ["2026-02-30", "2026-04-31", "", 20260314]),
        (Year(), [2025, "2025", None, ""], ["25", 1899, 2100, 2025.5]),
        (Hours(), [0, 1.5, "1h30", "90 MIN", ".5", " 2 "], [-1, 100_000, "1:30", "two", ""]),
        (Flag(), [True, "false", None, ""], ["yes", 1]),
        (CHOICE, ["high", " low ", None], ["medium", "", 1]),
        (LINES, [["a"], "a", [2026, True], [], None], [[""], [["a"]], {"a": "b"}]),
        (Competences(), ["A1", ["A1", {"B2": "SP"}], {"A1": None}, 1.1], ["A1 B2", {"A1": "X Y"}, [["A1"]]]),
        (
            EvidenceList(),
            ["a.pdf", ["https://x.org"], [{"path": "a", "title": 1}]],
            ["../a", "file:a", [{"title": "a"}]],
        ),
    ],
)
def test_what_a_kind_takes(kind: FieldType, right: list[Any], wrong: list[Any]) -> None:
    assert [value for value in right if not takes(kind, value)] == []
    assert [value for value in wrong if takes(kind, value)] == []


@pytest.mark.parametrize(
    ("kind", "value"), [(Line(), ""), (Line(), None), (Line(), " "), (CHOICE, None), (Flag(), None)]
)
def test_what_is_required_cannot_be_empty(kind: FieldType, value: Any) -> None:
    assert takes(kind, value)
    assert not takes(kind, value, required=True)


@pytest.mark.parametrize(
    ("objectives", "value", "right"),
    [
        (None, ["any"], True),
        ({}, ["any"], True),
        ({"storage": ""}, ["storage"], True),
        ({"storage": ""}, "storage", True),
        ({"storage": ""}, ["any"], False),
        ({"storage": ""}, [2026], False),
        ({"2026": ""}, [2026], True),
        ({"no": ""}, [False], True),
    ],
)
def test_objectives_are_those_of_the_journal(objectives: dict[str, str] | None, value: Any, right: bool) -> None:
    assert takes(LINES, value, Words(objectives=objectives), "objectives") == right


def test_a_field_with_another_name_is_given_once() -> None:
    table = Fields("thing", (Field("start", Day(), required=True, aliases=("date",)),))
    check = Draft7Validator(table.schema(Words()))
    day = "2026-03-14"
    right: list[dict[str, Any]] = [{"start": day}, {"date": day}, {"date": day, "start": None}]
    assert all(check.is_valid(value) for value in right)
    assert not any(
        check.is_valid(value) for value in ({}, {"start": day, "date": day}, {"start": None}, {"begin": day})
    )
