"""A new objective: its name, its days, its actions, and that its file can be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.journal.edit import record_of
from cpdkit.journal.objectives import OBJECTIVES, NewObjective, new_objective, parse_action, parse_claims, parse_due_day
from cpdkit.journal.records import Action, Competence, Objective

DAY = date(2026, 11, 24)


def read(made: NewObjective) -> Objective:
    found = record_of(made.path, made.data, OBJECTIVES)
    assert isinstance(found, Objective)
    return found


def test_what_is_said_stands_in_the_file_and_what_is_not_in_a_comment() -> None:
    made = new_objective([], {"title": "Chair: a meeting", "why": "C2 is empty", "by": "2027-06-30"}, DAY)
    found = read(made)
    assert made.path == "plan/chair-a-meeting.md"
    assert (found.title, found.why, found.start, found.by) == (
        "Chair: a meeting", "C2 is empty", DAY, date(2027, 6, 30),
    )  # fmt: skip
    assert made.unsaid == ("how", "success-measure", "actions")
    assert "success-measure: how you will know" in found.body
    assert "why:" not in found.body


def test_a_title_without_a_letter_has_a_name_too() -> None:
    assert new_objective(["plan/objective.md"], {"title": "!!"}, DAY).path == "plan/objective-2.md"


def test_an_objective_like_another_starts_anew() -> None:
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
    ("said", "action", "by"),
    [
        ("Read the guide by 2027-01-31", "Read the guide", "2027-01-31"),
        ("Stand by the panel by 31 January", "Stand by the panel", "2027-01-31"),
        ("Stand  by the panel", "Stand by the panel", ""),
        ("Witness a test by June 2027", "Witness a test", "2027-06-30"),
        ("Read the book by 3 authors", "Read the book by 3 authors", ""),
        ("by tomorrow", "by tomorrow", ""),
    ],
)
def test_an_action_ends_with_its_day(said: str, action: str, by: str) -> None:
    assert parse_action(said, DAY) == ({"action": action, "by": by} if by else {"action": action})


@pytest.mark.parametrize("said", ["Read it by 2027-02-30", "Read it by 2027-13", "  "])
def test_what_looks_like_a_day_and_is_none_is_refused(said: str) -> None:
    with pytest.raises(UsageError):
        parse_action(said, DAY)


@pytest.mark.parametrize(
    ("said", "day"),
    [("2027-06-30", "2027-06-30"), ("June 2027", "2027-06-30"), ("2027-Q1", "2027-03-31"), ("friday", "2026-11-27"),
     ("14 March", "2027-03-14"), ("2026", "2026-12-31"), ("in 2 weeks", "2026-12-08")],
)  # fmt: skip
def test_the_day_by_which(said: str, day: str) -> None:
    assert parse_due_day(said, DAY).isoformat() == day


@pytest.mark.parametrize("said", ["soon", "May", "2024..", "all", "2027-02-30"])
def test_no_day_by_which(said: str) -> None:
    with pytest.raises(UsageError, match="is not a day"):
        parse_due_day(said, DAY)


def test_claims_have_levels_or_none_or_both() -> None:
    assert parse_claims(["A1", "B2"]) == ["A1", "B2"]
    assert parse_claims(["A1:P", "B2: E"]) == {"A1": "P", "B2": "E"}
    assert parse_claims(["A1:P", "B2"]) == [{"A1": "P"}, "B2"]


@pytest.mark.parametrize(
    ("values", "said"),
    [({"title": "x", "by": "2026-01-01"}, "lies before the start"), ({"title": ""}, "title"),
     ({"title": "x", "competences": ["a b!"]}, "is not the code")],
)  # fmt: skip
def test_what_makes_no_objective_is_refused(values: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        new_objective([], values, DAY)  # type: ignore[arg-type]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_any_title_reads_back_as_it_is(title: str) -> None:
    try:
        found = read(new_objective([], {"title": title, "actions": [{"action": title}]}, DAY))
    except UsageError:
        return
    assert found.title == found.actions[0].action
