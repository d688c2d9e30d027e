"""The period and the filters that the selection options ask for."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.errors import UsageError
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.records import Activity, ActivityType, Status
from cpdkit.journal.selection import ALL_TIME, Choice, Filters, resolve

TODAY = date(2026, 11, 23)


def activity(start: str, end: str = "", status: Status = Status.DONE, folder: str = "2026") -> Activity:
    first = date.fromisoformat(start)
    last = date.fromisoformat(end or start)
    return Activity(
        start, f"activities/{folder}/{start}.md", folder, "t", ActivityType.EVENT, first, last, 60, status=status
    )


def journal(*activities: Activity, member: Member | None = None) -> Journal:
    return Journal(Path("j"), member or Member("Angharad"), activities)


def asked(choice: Choice, *activities: Activity, member: Member | None = None) -> tuple[str, str]:
    period, _ = resolve(journal(*activities, member=member), choice, TODAY)
    return str(period.start), str(period.stop)


@pytest.mark.parametrize(
    ("choice", "start", "stop"),
    [
        (Choice(period="2025"), "2025-01-01", "2026-01-01"),
        (Choice(first="2025-04-01"), "2025-04-01", "None"),
        (Choice(last="2026-03-31"), "None", "2026-04-01"),
        (Choice(first="2025-04", last="2026-03"), "2025-04-01", "2026-04-01"),
        (Choice(first="2025-04-01", last="2025-04-01"), "2025-04-01", "2025-04-02"),
    ],
)
def test_a_period_that_is_asked_for(choice: Choice, start: str, stop: str) -> None:
    assert asked(choice) == (start, stop)


@pytest.mark.parametrize(
    ("activities", "year"),
    [
        ((), "2026"),
        ((activity("2024-05-01"), activity("2023-05-01")), "2024"),
        ((activity("2024-05-01"), activity("2025-05-01", status=Status.PLANNED)), "2024"),
        ((activity("2024-12-30", "2025-01-03"),), "2025"),
    ],
)
def test_without_one_it_is_the_year_of_the_newest_done_activity(activities: tuple[Activity, ...], year: str) -> None:
    assert asked(Choice(), *activities) == (f"{year}-01-01", f"{int(year) + 1}-01-01")


def test_the_cpd_year_starts_where_the_member_says() -> None:
    member = Member("A", year_start=(4, 1))
    assert asked(Choice(), activity("2026-02-01"), member=member) == ("2025-04-01", "2026-04-01")


def test_the_journal_can_name_its_own_default() -> None:
    assert asked(Choice(), member=Member("A", default_period="2022")) == ("2022-01-01", "2023-01-01")


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(period="2025", first="2025-01-01"), "--period and --from/--to both say the period"),
        (Choice(first="2026", last="2025"), "--from 2026 lies behind --to 2025"),
        (Choice(types=("evnt",)), 'there is no type "evnt"'),
        (Choice(statuses=("finished",)), 'there is no status "finished"'),
    ],
)
def test_what_names_nothing_is_refused(choice: Choice, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        resolve(journal(activity("2026-01-01")), choice, TODAY)
    assert str(raised.value) == said
    assert raised.value.hint


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("evnt", "did you mean event?"),
        ("zz", "there are: training, work-experience, academic-study, volunteering, event, self-study"),
    ],
)
def test_an_unknown_type_names_the_nearest_or_all(said: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        resolve(journal(), Choice(types=(said,)), TODAY)
    assert raised.value.hint == hint


@pytest.mark.parametrize("said", ["work-experience", "Work Experience", "WORK_EXPERIENCE", " work  experience "])
def test_a_type_is_read_forgivingly(said: str) -> None:
    _, filters = resolve(journal(), Choice(types=(said,)), TODAY)
    assert filters.types == (ActivityType.WORK_EXPERIENCE,)


def test_the_rest_is_handed_on_as_it_is() -> None:
    choice = Choice("", "", "", ("IET/",), (), ("Ethics",), ("A1",), ("grid",), (), ("relay",), True, True)
    _, filters = resolve(journal(), choice, TODAY)
    assert filters == Filters(("IET/",), (), ("Ethics",), ("A1",), ("grid",), (), ("relay",), True, True)


def test_what_stands_in_where_nothing_is_said() -> None:
    assert Choice().within(ALL_TIME) == Choice(period="all")
    assert Choice().within("") == Choice()
    for said in (Choice(period="2025"), Choice(first="2025"), Choice(last="2025")):
        assert said.within(ALL_TIME) == said
    assert Choice().of_every_status().statuses == ("done", "in-progress", "planned", "draft")
    assert Choice(statuses=("draft",)).of_every_status() == Choice(statuses=("draft",))
