"""Rows of plain values, their order and their groups."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.journal.list_columns import COLUMNS, footer, grouped, parse_column, parse_columns, row_of, sorted_by
from cpdkit.journal.records import Activity
from cpdkit.journal.selection import Included, Omitted
from cpdkit.journal.values import ActivityType, Competence, Status


def item(title: str, minutes: int = 60, day: int = 1, **fields: object) -> Included:
    given_day = date(2026, 3, day)
    activity = Activity(
        title, f"activities/{title}.md", "", title, ActivityType.EVENT, given_day, given_day, minutes, **fields  # type: ignore[arg-type]
    )  # fmt: skip
    return Included(activity, minutes)


def test_a_row_is_plain_data() -> None:
    one = item(
        "Talk", 100, competences=(Competence("A1", "E"),), topics=("x", "y"), units={"PDU": "3"}, own={"x-a": "b"}
    )
    row = row_of(one, [*COLUMNS.values(), *parse_columns("X-A,x-b")])
    assert json.loads(json.dumps(row))["topics"] == ["x", "y"]
    names = ("hours", "minutes", "competences", "units", "reflection", "month", "x-a", "x-b")
    assert {name: row[name] for name in names} == {
        "hours": 1.6667, "minutes": 100, "competences": ("A1: E",), "units": ("PDU: 3",), "reflection": False,
        "month": "2026-03", "x-a": "b", "x-b": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "hint"),
    [("tilte", 'did you mean "title"?'), ("hours,", ""), ("zzz", "available columns: id")],
)
def test_an_unknown_column(columns: str, hint: str) -> None:
    if not hint:
        assert [each.name for each in parse_columns(columns)] == ["hours"]
        return
    with pytest.raises(UsageError) as error:
        parse_columns(columns)
    assert hint in error.value.hint


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        ("", "bAc"),
        ("title", "Abc"),
        ("-title", "cbA"),
        ("hours", "cbA"),
        ("-hours,title", "Abc"),
        ("provider,-start", "bcA"),
    ],
)
def test_the_order(keys: str, order: str) -> None:
    items = [item("b", 600, 1, provider="IET"), item("A", 600, 2), item("c", 90, 3)]
    assert "".join(each.activity.title for each in sorted_by(items, keys)) == order


@given(st.lists(st.integers(0, 5)), st.sampled_from(["hours", "-hours", "hours,-title", "topics"]))
def test_sorting_keeps_all_and_sorting_again_changes_nothing(minutes: list[int], keys: str) -> None:
    items = [item(str(number), each) for number, each in enumerate(minutes)]
    found = sorted_by(items, keys)
    assert sorted(map(id, found)) == sorted(map(id, items))
    assert sorted_by(found, keys) == found


def test_groups_by_a_list_hold_an_activity_in_each_and_planned_time_does_not_count() -> None:
    items = [item("a", 60, topics=("y", "X")), item("b", 30), item("c", 90, topics=("y",), status=Status.PLANNED)]
    groups = grouped(items, parse_column("topics"))
    assert [(each.name, each.minutes, len(each.items)) for each in groups] == [
        ("X", 60, 1),
        ("y", 60, 2),
        ("none", 30, 1),
    ]


def test_the_footer_counts_omitted_activities() -> None:
    assert footer([item("a", 90)], Omitted(), "2026") == "1 activity · 1.5 h · 2026"
    line = footer([], Omitted(outside_period=1200, confidential=1, unread=2), "2026")
    assert line == (
        "0 activities · 0 h · 2026\n"
        "omitted: 1,200 outside the period (cpd list all) · 1 confidential (--confidential) · "
        "2 that cannot be read (see cpd check)"
    )
