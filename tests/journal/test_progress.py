"""The plan on a day: what is late, what counts towards an objective, and what was done outside of it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cpdkit.journal.objectives import Plan, plan_of
from cpdkit.journal.records import Action, Objective, Status
from cpdkit.journal.selection import Included
from tests.journal.strategies import activity

DAY = date(2026, 11, 23)
LATE, SOON = date(2026, 11, 22), DAY


def objective(name: str, **fields: object) -> Objective:
    return Objective(name, f"plan/{name}.md", name, **fields)  # type: ignore[arg-type]


def plan(*objectives: Objective, activities: tuple[object, ...] = ()) -> Plan:
    included = [Included(each, each.minutes) for each in activities if each.status is not Status.PLANNED]  # type: ignore[attr-defined]
    return plan_of({each.id: each for each in objectives}, included, activities, DAY)  # type: ignore[arg-type]


def test_what_is_due_today_is_not_late() -> None:
    actions = (Action("a", LATE), Action("b", SOON), Action("c", LATE, LATE), Action("d"))
    late, soon = plan(objective("soon", by=SOON), objective("late", by=LATE, actions=actions)).objectives
    assert (late.is_overdue, soon.is_overdue) == (True, False)
    assert [each.action for each in late.actions_overdue] == ["a"]
    assert late.actions_done == 1


def test_what_is_achieved_is_never_late_and_stands_last() -> None:
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
