"""When an objective was closed, whether its measure was met, and how it stood before."""

from datetime import date

import pytest

from cpdkit.actions.objectives import Closing, Outcome, closing_line
from cpdkit.journal.objectives import closing_day, measure_met, objective_as_of
from cpdkit.journal.records import Action, Objective

DAY = date(2026, 3, 1)
ACTIONS = (Action("Read", done=date(2026, 2, 1)), Action("Ask", by=date(2026, 4, 1)))


def objective(status: str = "achieved", body: str = "", actions: tuple[Action, ...] = ACTIONS) -> Objective:
    return Objective("a", "plan/a.md", "Relays", status=status, body=body, actions=actions)


@pytest.mark.parametrize("met", [True, False, None])
def test_what_cpd_plan_done_writes_is_read(met: bool | None) -> None:
    found = objective(body=f"**{closing_line(Closing(Outcome.ACHIEVED, DAY, met))}**")
    assert (closing_day(found), measure_met(found)) == (DAY, met)


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (objective(), date(2026, 2, 1)),
        (objective(actions=()), None),
        (objective("open", "Achieved on 1 March 2026."), None),
        (objective("dropped", "Dropped on 31 Nonember 2026."), date(2026, 2, 1)),
        (objective("dropped", "Dropped on 1 May 2026. Achieved on 2 May 2026"), date(2026, 5, 2)),
    ],
)
def test_without_a_word_of_it_the_last_action_says_when(found: Objective, day: date | None) -> None:
    assert closing_day(found) == day


def test_what_came_later_was_open_before() -> None:
    found = objective(body="Achieved on 1 March 2026")
    assert objective_as_of(found, DAY) is found
    before = objective_as_of(found, date(2026, 2, 28))
    assert (before.status, before.actions) == ("open", ACTIONS)
    early = objective_as_of(found, date(2026, 1, 31))
    assert (early.status, [each.done for each in early.actions]) == ("open", [None, None])
