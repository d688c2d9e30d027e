"""What a requirement becomes day by day: not due, met, short, or to be explained."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cpdkit.journal.member import Declaration, SchemeMembership, SchemeStatus
from cpdkit.journal.records import Activity
from cpdkit.schemes.evaluate import Records, evaluate, standings_in
from cpdkit.schemes.rules import Filter, Measure, Outcome, PeriodRule, Requirement, Rules, Scheme, Status, Window
from cpdkit.schemes.standing import Figure, State
from cpdkit.schemes.vocabulary import vocabulary_in
from tests.journal.folders import journal_of
from tests.schemes.records import activity

CATEGORIES = {name: Filter(topics=(name,)) for name in ("a", "b")}


def figure_on(
    day: str | date,
    requirement: Requirement,
    activities: tuple[Activity, ...] = (),
    membership: SchemeMembership | None = None,
    **rules: Any,
) -> Figure:
    scheme = Scheme("x", rules=(Rules(requirements=(requirement,), categories=CATEGORIES, **rules),))
    on = day if isinstance(day, date) else date.fromisoformat(day)
    standing = evaluate(scheme, membership, Records(activities), on)
    assert standing
    return standing.figures[0]


def member(start: str = "", **fields: Any) -> SchemeMembership:
    return SchemeMembership("x", date.fromisoformat(start) if start else None, **fields)


def declared(year: int, on: str = "", note: str = "", name: str = "x") -> Declaration:
    return Declaration(name, year, date.fromisoformat(on) if on else None, note)


def requirement(measure: Measure = Measure.AMOUNT, **fields: Any) -> Requirement:
    return Requirement("x", "x", measure, **fields)


JANUARY = requirement(Measure.DECLARED, by=(1, 31))


@pytest.mark.parametrize(
    ("by", "last"),
    [((1, 31), "2026-01-31"), ((1, 1), "2026-01-01"), ((6, 30), "2026-06-30"), ((12, 31), "2026-12-31")],
)
def test_a_declaration_is_not_due_up_to_its_day_and_explained_from_the_next(by: tuple[int, int], last: str) -> None:
    declaration = requirement(Measure.DECLARED, by=by)
    due, day = date.fromisoformat(last), date(2026, 1, 1)
    while day.year == 2026:
        figure = figure_on(day, declaration)
        assert figure.state is (State.NOT_DUE if day <= due else State.EXPLAIN), day
        assert (figure.due, figure.recorded, figure.target) == (due, 0, 1)
        day += timedelta(1)


@pytest.mark.parametrize(
    ("made", "states"),
    [
        (declared(2026, "2026-01-30"), ["not-due", "met", "met", "met"]),
        (declared(2026, "2026-01-31"), ["not-due", "not-due", "met", "met"]),
        (declared(2026, "2026-02-01"), ["not-due", "not-due", "not-due", "met"]),
        (declared(2026, "2026-02-02"), ["not-due", "not-due", "not-due", "explain"]),
        (declared(2026), ["met", "met", "met", "met"]),
        (declared(2025), ["not-due", "not-due", "not-due", "explain"]),
        (declared(2026, name="y"), ["not-due", "not-due", "not-due", "explain"]),
    ],
)
def test_a_declaration_counts_from_the_day_on_which_it_is_made(made: Declaration, states: list[str]) -> None:
    days = ("2026-01-29", "2026-01-30", "2026-01-31", "2026-02-01")
    found = [figure_on(day, JANUARY, (), member(declarations=(made,))).state for day in days]
    assert found == states


def test_a_declaration_without_an_explanation_can_be_short() -> None:
    strict = requirement(Measure.DECLARED, by=(1, 31), otherwise=Outcome.SHORT)
    assert [figure_on(day, strict).state for day in ("2026-01-31", "2026-02-01")] == [State.NOT_DUE, State.SHORT]


@pytest.mark.parametrize(("day", "state"), [("2026-06-30", "not-due"), ("2026-12-31", "not-due")])
def test_two_declarations_of_which_one_is_made_are_not_due_before_the_end(day: str, state: str) -> None:
    twice = requirement(Measure.DECLARED, least=Fraction(2))
    figure = figure_on(day, twice, (), member(declarations=(declared(2026, "2026-01-05"),)))
    assert (figure.state, figure.recorded, figure.due) == (state, 1, date(2026, 12, 31))


def test_two_declarations_are_met_by_two() -> None:
    twice = requirement(Measure.DECLARED, least=Fraction(2), by=(1, 31))
    one = declared(2026, "2026-01-05")
    assert figure_on("2026-03-01", twice, (), member(declarations=(one,))).state is State.EXPLAIN
    assert figure_on("2026-03-01", twice, (), member(declarations=(one, one))).state is State.MET


@pytest.mark.parametrize(
    ("day", "made", "state", "due"),
    [
        ("2025-06-30", (), "not-due", "2025-12-31"),
        ("2025-12-31", (), "not-due", "2025-12-31"),
        ("2026-01-01", (), "explain", "2025-12-31"),
        ("2026-01-01", (declared(2025),), "not-due", "2026-12-31"),
        ("2025-06-30", (declared(2025),), "met", None),
        ("2026-12-31", (declared(2025), declared(2026)), "met", None),
        ("2026-12-31", (declared(2026),), "explain", "2025-12-31"),
    ],
)
def test_a_declaration_in_each_year(day: str, made: tuple[Declaration, ...], state: str, due: str | None) -> None:
    yearly = requirement(Measure.DECLARED, in_each_year=True)
    figure = figure_on(day, yearly, (), member(declarations=made), period=PeriodRule(2, cycle=2025))
    assert (figure.state, figure.due and str(figure.due)) == (state, due)


HOURS = requirement(least=Fraction(5), otherwise=Outcome.EXPLAIN)


@pytest.mark.parametrize(("day", "state"), [("2026-12-30", State.SHORT), ("2026-12-31", State.EXPLAIN)])
def test_hours_are_explained_when_the_period_is_over(day: str, state: State) -> None:
    figure = figure_on(day, HOURS, (), member(declarations=(declared(2026, note="Leave"),)))
    assert figure.state is state
    assert figure.explanation == ("Leave" if state is State.EXPLAIN else "")
    assert figure.short_by == 5
    assert figure.is_unmet is (state is State.SHORT)


def test_a_gap_is_explained_at_once() -> None:
    gap = requirement(Measure.GAP, most=Fraction(2), otherwise=Outcome.EXPLAIN)
    assert [figure_on(day, gap).state for day in ("2026-03-31", "2026-04-01")] == [State.EXPLAIN, State.EXPLAIN]
    assert figure_on("2026-03-30", gap).state is State.MET


def test_explanations_of_every_year_are_shown() -> None:
    yearly = requirement(least=Fraction(5), in_each_year=True, otherwise=Outcome.EXPLAIN)
    made = (declared(2025, note="Leave"), declared(2026, note="Illness"), declared(2027, note="Later"))
    figure = figure_on("2026-12-31", yearly, (), member(declarations=made), period=PeriodRule(2, cycle=2025))
    assert figure.explanation == "Leave; Illness"


DONE = (activity("2025-03-01", 120, topics=("a",)), activity("2026-03-01", 60, topics=("a", "b")))


@pytest.mark.parametrize(
    ("day", "state", "recorded"),
    [
        ("2025-12-31", "not-due", 0),
        ("2026-06-30", "not-due", 1),
        ("2027-12-31", "not-due", 1),
        ("2028-12-31", "not-due", 1),
        ("2029-01-01", "short", 0),
    ],
)
def test_a_window_is_not_due_until_its_first_years_are_over(day: str, state: str, recorded: int) -> None:
    first = requirement(least=Fraction(2), window=Window(3, date(2026, 1, 1)))
    figure = figure_on(day, first, DONE)
    assert (figure.state, figure.recorded) == (state, recorded)
    assert figure.due == date(2028, 12, 31)


def test_a_window_with_a_first_day_can_be_met_early() -> None:
    first = requirement(least=Fraction(1), window=Window(3, date(2026, 1, 1)))
    assert figure_on("2026-06-30", first, DONE).state is State.MET


@pytest.mark.parametrize(
    ("day", "start", "state", "due", "recorded"),
    [
        ("2026-06-30", "", "met", None, 3),
        ("2026-06-30", "2025-01-01", "met", None, 3),
        ("2026-06-30", "2025-01-02", "not-due", "2027-12-31", 0),
        ("2026-06-30", "2026-01-15", "not-due", "2028-12-31", 0),
        ("2027-01-01", "2026-01-15", "not-due", "2028-12-31", 0),
        ("2028-01-01", "2026-01-15", "short", None, 0),
        ("2028-12-31", "2026-01-15", "short", None, 0),
        ("2027-06-30", "2020-01-01", "short", None, 1),
    ],
)
def test_runs_of_years_count_once_a_member_has_had_so_many(
    day: str, start: str, state: str, due: str | None, recorded: int
) -> None:
    run = requirement(least=Fraction(3), in_every=2)
    figure = figure_on(day, run, DONE, member(start))
    assert (figure.state, figure.due and str(figure.due), figure.recorded) == (state, due, recorded)


def test_each_run_of_a_longer_period_is_a_part_once_its_last_year_has_begun() -> None:
    run = requirement(least=Fraction(1), in_every=2)
    cycle = PeriodRule(3, cycle=2025)
    parts = {
        day: [(part.title, part.recorded) for part in figure_on(day, run, DONE, period=cycle).parts]
        for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    }
    assert parts["2025-12-31"] == [("2024–2025", 2)]
    assert parts["2026-01-01"] == [("2024–2025", 2), ("2025–2026", 2)]
    assert parts["2026-12-31"] == [("2024–2025", 2), ("2025–2026", 3)]
    assert parts["2027-01-01"] == [("2024–2025", 2), ("2025–2026", 3), ("2026–2027", 1)]


def test_categories_in_each_year_are_not_needed_before_the_year() -> None:
    yearly = requirement(least=Fraction(1), each_of=("a",), in_each_year=True)
    cycle = PeriodRule(3, cycle=2025)
    states = [figure_on(day, yearly, DONE, period=cycle).state for day in ("2025-06-30", "2026-06-30", "2027-01-01")]
    assert states == [State.MET, State.MET, State.SHORT]


STATUSES = {
    "active": Status(),
    "half": Status(amounts={"x": Fraction(4)}),
    "free": Status(amounts={"x": Fraction(0)}),
    "away": Status(exempt=True),
}


@pytest.mark.parametrize(
    ("status", "own", "personal", "target", "state"),
    [
        ("active", {}, True, 8, "short"),
        ("active", {"x": "3"}, True, 3, "met"),
        ("active", {"x": "3"}, False, 8, "short"),
        ("active", {"y": "3"}, True, 8, "short"),
        ("active", {"x": ""}, True, 8, "short"),
        ("active", {"x": "0"}, True, 0, "met"),
        ("half", {}, True, 4, "short"),
        ("half", {"x": "3"}, True, 3, "met"),
        ("half", {"x": "3.5"}, True, Fraction(7, 2), "short"),
        ("free", {}, True, None, "exempt"),
        ("free", {"x": "3"}, True, 3, "met"),
        ("away", {"x": "3"}, True, None, "exempt"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("pro_rata", [False, True])
def test_the_members_own_amount_comes_before_the_one_of_a_status(
    status: str, own: dict[str, str], personal: bool, target: Fraction | None, state: str, pro_rata: bool
) -> None:
    total = requirement(least=Fraction(8), personal=personal)
    some = member(statuses=(SchemeStatus(status, date(2020, 1, 1)),), targets=own)
    done = (activity("2026-03-01", 180),)
    figure = figure_on("2026-12-31", total, done, some, statuses=STATUSES, pro_rata=pro_rata)
    assert (figure.target, figure.state) == (target, state)


@pytest.mark.parametrize(
    ("status", "state"), [("active", State.COUNTED), ("half", State.SHORT), ("free", State.EXEMPT)]
)
def test_a_requirement_can_have_an_amount_in_some_statuses_only(status: str, state: State) -> None:
    some = member(statuses=(SchemeStatus(status, date(2020, 1, 1)),))
    assert figure_on("2026-12-31", requirement(), (), some, statuses=STATUSES).state is state


@pytest.mark.parametrize(
    ("first_day", "own_day", "start"),
    [("04-01", True, "2026-04-01"), ("04-01", False, "2026-01-01"), ("", True, "2026-01-01"),
     ("06-30", True, "2026-06-30"), ("07-01", True, "2025-07-01")],
)  # fmt: skip
def test_the_member_chooses_the_first_day_where_the_scheme_allows_it(first_day: str, own_day: bool, start: str) -> None:
    figure = figure_on(
        "2026-06-30", requirement(), (), member("2020-02-29", first_day=first_day), period=PeriodRule(own_day=own_day)
    )
    assert str(figure.window.start) == start


def test_an_own_first_day_moves_the_day_of_the_declaration_and_its_year() -> None:
    """The year of a declaration is the one in which the member's own period begins."""
    rule = PeriodRule(own_day=True, record_by=(6, 30))
    some = member(first_day="04-01", declarations=(declared(2025),))
    plain = requirement(Measure.DECLARED)
    assert figure_on("2026-03-31", plain, (), some, period=rule).state is State.MET
    figure = figure_on("2026-04-01", plain, (), some, period=rule)
    assert (figure.state, figure.due) == (State.NOT_DUE, date(2027, 6, 30))


@pytest.mark.parametrize(
    ("day", "declarations", "expected"),
    [
        ("2025-12-31", "{requirement: d, year: 2024}", ("2025", "not-due")),
        ("2025-12-31", "", ("2024", "explain")),
        ("2026-01-31", "", ("2025", "not-due")),
        ("2026-02-01", "", ("2025", "explain")),
        ("2026-02-01", "{requirement: d, year: 2025, on: 2026-01-31}", ("2026", "not-due")),
        ("2026-01-30", "{requirement: d, year: 2025, on: 2026-01-31}", ("2025", "not-due")),
        ("2026-02-01", "{requirement: d, year: 2026}", ("2025", "explain")),
    ],
)
def test_the_declaration_of_the_year_before_is_shown_until_it_is_made(
    tmp_path: Path, day: str, declarations: str, expected: tuple[str, str]
) -> None:
    files = {
        "cpd.yaml": f"name: A\nschemes: [{{scheme: own, start: 2020-02-29, declarations: [{declarations}]}}]\n",
        "schemes/own.yaml": 'id: own\nperiod: {record-by: "01-31"}\n'
        "requirements: [{id: d, title: Declaration, measure: declared}]\n",
    }
    journal = journal_of(tmp_path, files)
    (standing,) = standings_in(journal, vocabulary_in(journal), date.fromisoformat(day))
    figure = standing.figure("d")
    assert figure
    assert (figure.window.short_title, figure.state) == expected


@pytest.mark.parametrize(("start", "year"), [("2025-12-31", "2025"), ("2026-01-01", "2026")])
def test_nothing_is_overdue_from_before_the_member_joined(tmp_path: Path, start: str, year: str) -> None:
    files = {
        "cpd.yaml": f"name: A\nschemes: [{{scheme: own, start: {start}}}]\n",
        "schemes/own.yaml": 'id: own\nperiod: {record-by: "01-31"}\n'
        "requirements: [{id: d, title: Declaration, measure: declared}]\n",
    }
    journal = journal_of(tmp_path, files)
    (standing,) = standings_in(journal, vocabulary_in(journal), date(2026, 1, 15))
    assert standing.figures[0].window.short_title == year


@pytest.mark.parametrize(
    ("on", "shown"), [("", "leave"), ("2026-02-28", ""), ("2026-03-01", "leave"), ("2026-07-01", "leave")]
)
def test_an_explanation_from_before_a_gap_is_that_of_another(on: str, shown: str) -> None:
    gap = requirement(Measure.GAP, most=Fraction(2), otherwise=Outcome.EXPLAIN)
    days = ("2026-01-15", "2026-02-28")
    membership = member(declarations=(declared(2026, on, "leave"),))
    figure = figure_on("2026-07-01", gap, tuple(map(activity, days)), membership)
    assert (figure.state, figure.recorded, figure.explanation) == (State.EXPLAIN, 4, shown)
    assert figure.gap and (figure.gap.start, figure.gap.last) == (date(2026, 3, 1), date(2026, 7, 1))
