"""The view of the development plan: closed and open objectives, and the plan on an earlier date."""

from collections.abc import Callable
from datetime import date

import pytest

from cpdkit.dates.period import Period
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import DevelopmentPlan, Report
from tests.documents.conftest import YEAR

Composed = Callable[..., Report]


def plan_of(report: Report) -> DevelopmentPlan:
    assert report.plan is not None
    return report.plan


def test_it_is_made_only_for_a_template_that_names_it(composed: Composed) -> None:
    assert (composed("summary").plan, composed("summary").reviewed) == (None, None)
    assert composed("development-plan").coverage is None


def test_achievements_and_actions(composed: Composed, english: Labels) -> None:
    plan = plan_of(composed("development-plan"))
    assert [(aim.title, aim.is_open) for aim in plan.ahead] == [("Lead people", True), ("Protect storage", True)]
    (relays,) = [aim for aim in plan.past if not aim.is_open]
    assert relays.done_meta[0] == "Achieved on 30 June 2026"
    assert [(fact.label, fact.value) for fact in relays.done_fields] == [
        (english("plan.measure"), "10 of 10 | tests"),
        (english("plan.outcome"), english("plan.met")),
    ]
    assert [figure.number for figure in plan.figures[:3]] == ["1", "2", "2"]


def test_objectives_and_actions_can_be_overdue(composed: Composed) -> None:
    people = plan_of(composed("development-plan")).ahead[0]
    assert people.late == "overdue"
    assert [(step.title, step.late) for step in people.steps] == [("Ask [Aoife](x)", "overdue"), ("Write it down", "")]


def test_on_an_earlier_day_later_things_had_not_happened(composed: Composed) -> None:
    """The plan is as of the last day of its period, if that is past."""
    report = composed("development-plan", period=Period(date(2026, 1, 1), date(2026, 3, 1)))
    plan = plan_of(report)
    assert plan.day == "28 February 2026"
    assert ("As of", plan.day) in [(fact.label, fact.value) for fact in report.about]
    assert {aim.state for aim in plan.aims} == {"open"}
    assert [aim.late for aim in plan.aims] == [""] * 3


@pytest.mark.parametrize(("today", "day"), [(date(2026, 5, 1), "1 May 2026"), (date(2027, 5, 1), "31 December 2026")])
def test_the_day_of_a_plan(today: date, day: str, composed: Composed) -> None:
    assert plan_of(composed("development-plan", period=YEAR, today=today)).day == day


def test_every_activity_is_under_an_objective_or_outside_the_plan(composed: Composed) -> None:
    report = composed("development-plan")
    plan = plan_of(report)
    shown = {deed.title for aim in plan.past for deed in aim.deeds} | {entry.title for entry in plan.unplanned}
    assert {entry.title for entry in report.entries} <= shown
    assert any("unknown-one" in sentence for sentence in plan.sentences)


def test_without_codes_no_competence_is_named(composed: Composed) -> None:
    plan = plan_of(composed("development-plan", codes=False))
    assert not [fact for aim in plan.aims for fact in aim.fields if fact.label.startswith("Competence")]
