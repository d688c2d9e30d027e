"""Objectives: the file of a new one, the progress on a date, when one was closed, and its earlier state."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.actions.objectives import Closing, Outcome, closing_line
from cpdkit.errors import UsageError
from cpdkit.journal.edit import record_of
from cpdkit.journal.objectives import (
    OBJECTIVES,
    NewObjective,
    Plan,
    closing_day,
    measure_met,
    new_objective,
    objective_as_of,
    parse_action,
    parse_claims,
    parse_due_day,
    plan_of,
)
from cpdkit.journal.records import Action, Objective
from cpdkit.journal.selection import Included
from cpdkit.journal.values import Competence, Status
from tests.journal.strategies import activity

DAY = date(2026, 11, 24)


def read(made: NewObjective) -> Objective:
    found = record_of(made.path, made.data, OBJECTIVES)
    assert isinstance(found, Objective)
    return found


def test_given_fields_are_written_and_the_others_are_comments() -> None:
    made = new_objective([], {"title": "Chair: a meeting", "why": "C2 is empty", "by": "2027-06-30"}, DAY)
    found = read(made)
    assert made.path == "plan/chair-a-meeting.md"
    assert (found.title, found.why, found.start, found.by) == (
        "Chair: a meeting", "C2 is empty", DAY, date(2027, 6, 30),
    )  # fmt: skip
    assert made.missing == ("how", "success-measure", "actions")
    assert "success-measure: how you will know" in found.body
    assert "why:" not in found.body


def test_a_title_without_a_letter_has_a_name_too() -> None:
    assert new_objective(["plan/objective.md"], {"title": "!!"}, DAY).path == "plan/objective-2.md"


def test_an_objective_like_another_starts_open() -> None:
    spans = {"priority": None}
    like = Objective(
        "chair", "plan/chair.md", "Chair", "W", "H", "M", "high", date(2024, 1, 1), date(2024, 2, 1), "achieved",
        (Competence("A1", "P"), Competence("B2")), (Action("Ask", DAY, DAY),), spans=spans,  # type: ignore[arg-type]
    )  # fmt: skip
    found = read(new_objective(["plan/old/Chair.md"], {"why": "V"}, DAY, like))
    assert found.path == "plan/chair-2.md"
    assert (found.title, found.why, found.how, found.success_measure, found.priority) == (
        "Chair",
        "V",
        "H",
        "M",
        "high",
    )
    assert (found.start, found.by, found.status, found.actions) == (DAY, None, "open", (Action("Ask"),))
    assert found.competences == like.competences


@pytest.mark.parametrize(
    ("text", "action", "by"),
    [
        ("Read the guide by 2027-01-31", "Read the guide", "2027-01-31"),
        ("Stand by the panel by 31 January", "Stand by the panel", "2027-01-31"),
        ("Stand  by the panel", "Stand by the panel", ""),
        ("Witness a test by June 2027", "Witness a test", "2027-06-30"),
        ("Read the book by 3 authors", "Read the book by 3 authors", ""),
        ("by tomorrow", "by tomorrow", ""),
    ],
)
def test_an_action_ends_with_its_due_date(text: str, action: str, by: str) -> None:
    assert parse_action(text, DAY) == ({"action": action, "by": by} if by else {"action": action})


@pytest.mark.parametrize("text", ["Read it by 2027-02-30", "Read it by 2027-13", "  "])
def test_a_due_date_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_action(text, DAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2027-06-30", "2027-06-30"), ("June 2027", "2027-06-30"), ("2027-Q1", "2027-03-31"), ("friday", "2026-11-27"),
     ("14 March", "2027-03-14"), ("2026", "2026-12-31"), ("in 2 weeks", "2026-12-08")],
)  # fmt: skip
def test_the_due_date(text: str, day: str) -> None:
    assert parse_due_day(text, DAY).isoformat() == day


@pytest.mark.parametrize("text", ["soon", "May", "2024..", "all", "2027-02-30"])
def test_no_due_date(text: str) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        parse_due_day(text, DAY)


def test_claims_have_levels_or_none_or_both() -> None:
    assert parse_claims(["A1", "B2"]) == ["A1", "B2"]
    assert parse_claims(["A1:P", "B2: E"]) == {"A1": "P", "B2": "E"}
    assert parse_claims(["A1:P", "B2"]) == [{"A1": "P"}, "B2"]


@pytest.mark.parametrize(
    ("values", "message"),
    [({"title": "x", "by": "2026-01-01"}, "is before the start"), ({"title": ""}, "title"),
     ({"title": "x", "competences": ["a b!"]}, "is not a competence code")],
)  # fmt: skip
def test_incomplete_objectives_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        new_objective([], values, DAY)  # type: ignore[arg-type]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_any_title_reads_back_as_it_is(title: str) -> None:
    try:
        found = read(new_objective([], {"title": title, "actions": [{"action": title}]}, DAY))
    except UsageError:
        return
    assert found.title == found.actions[0].action


TODAY = date(2026, 11, 23)
LATE, SOON = date(2026, 11, 22), TODAY


def objective(name: str, **fields: object) -> Objective:
    return Objective(name, f"plan/{name}.md", name, **fields)  # type: ignore[arg-type]


def plan(*objectives: Objective, activities: tuple[object, ...] = ()) -> Plan:
    included = [Included(each, each.minutes) for each in activities if each.status is not Status.PLANNED]  # type: ignore[attr-defined]
    return plan_of({each.id: each for each in objectives}, included, activities, TODAY)  # type: ignore[arg-type]


def test_what_is_due_today_is_not_late() -> None:
    actions = (Action("a", LATE), Action("b", SOON), Action("c", LATE, LATE), Action("d"))
    late, soon = plan(objective("soon", by=SOON), objective("late", by=LATE, actions=actions)).objectives
    assert (late.is_overdue, soon.is_overdue) == (True, False)
    assert [each.action for each in late.actions_overdue] == ["a"]
    assert late.actions_done == 1


def test_achieved_objectives_are_never_late_and_come_last() -> None:
    done = objective("a", by=LATE, status="achieved", actions=(Action("a", LATE),))
    found = plan(done, objective("b"), objective("c", by=SOON), objective("d", priority="high")).objectives
    assert [each.objective.id for each in found] == ["c", "d", "b", "a"]
    assert not found[-1].is_overdue
    assert found[-1].actions_overdue == ()


def test_activities_count_for_each_objective_but_once_in_the_whole() -> None:
    some = (
        activity(minutes=60, objectives=("a", "b")),
        activity(minutes=30, objectives=("gone",)),
        activity(minutes=10),
        activity(minutes=500, status=Status.PLANNED, objectives=("b",)),
        activity(minutes=70, status=Status.DRAFT, objectives=("b",)),
    )
    found = plan(objective("a"), objective("b"), activities=some)
    assert [each.minutes for each in found.objectives] == [60, 60]
    assert [len(each.ahead) for each in found.objectives] == [0, 1]
    assert (found.minutes, found.planned, found.unplanned, found.unknown) == (100, 60, 40, {"gone": 1})


@given(st.lists(st.tuples(st.integers(0, 600), st.lists(st.sampled_from("abx"), unique=True)), max_size=8))
def test_the_parts_add_up(given: list[tuple[int, list[str]]]) -> None:
    some = tuple(activity(minutes=minutes, objectives=tuple(names)) for minutes, names in given)
    found = plan(objective("a"), objective("b"), activities=some)
    assert found.planned + found.unplanned == found.minutes == sum(minutes for minutes, _ in given)
    assert max((each.minutes for each in found.objectives), default=0) <= found.planned


CLOSED = date(2026, 3, 1)
ACTIONS = (Action("Read", done=date(2026, 2, 1)), Action("Ask", by=date(2026, 4, 1)))


def closed(status: str = "achieved", body: str = "", actions: tuple[Action, ...] = ACTIONS) -> Objective:
    return Objective("a", "plan/a.md", "Relays", status=status, body=body, actions=actions)


@pytest.mark.parametrize("met", [True, False, None])
def test_what_cpd_plan_done_writes_is_read(met: bool | None) -> None:
    found = closed(body=f"**{closing_line(Closing(Outcome.ACHIEVED, CLOSED, met))}**")
    assert (closing_day(found), measure_met(found)) == (CLOSED, met)


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (closed(), date(2026, 2, 1)),
        (closed(actions=()), None),
        (closed("open", "Achieved on 1 March 2026."), None),
        (closed("dropped", "Dropped on 31 Nonember 2026."), date(2026, 2, 1)),
        (closed("dropped", "Dropped on 1 May 2026. Achieved on 2 May 2026"), date(2026, 5, 2)),
    ],
)
def test_the_closing_day(found: Objective, day: date | None) -> None:
    assert closing_day(found) == day


def test_what_came_later_was_open_before() -> None:
    found = closed(body="Achieved on 1 March 2026")
    assert objective_as_of(found, CLOSED) is found
    before = objective_as_of(found, date(2026, 2, 28))
    assert (before.status, before.actions) == ("open", ACTIONS)
    early = objective_as_of(found, date(2026, 1, 31))
    assert (early.status, [each.done for each in early.actions]) == ("open", [None, None])
