"""The period and the filters that the selection options ask for."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.errors import UsageError
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.records import Activity, ActivityType, Status
from cpdkit.journal.selection import ALL_TIME, Filters, SelectionOptions, resolve

TODAY = date(2026, 11, 23)


def activity(start: str, end: str = "", status: Status = Status.DONE, folder: str = "2026") -> Activity:
    first = date.fromisoformat(start)
    last = date.fromisoformat(end or start)
    return Activity(
        start, f"activities/{folder}/{start}.md", folder, "t", ActivityType.EVENT, first, last, 60, status=status
    )


def journal(*activities: Activity, member: Member | None = None) -> Journal:
    return Journal(Path("j"), member or Member("Angharad"), activities)


def asked(choice: SelectionOptions, *activities: Activity, member: Member | None = None) -> tuple[str, str]:
    period, _ = resolve(journal(*activities, member=member), choice, TODAY)
    return str(period.start), str(period.stop)


@pytest.mark.parametrize(
    ("choice", "start", "stop"),
    [
        (SelectionOptions(period="2025"), "2025-01-01", "2026-01-01"),
        (SelectionOptions(first="2025-04-01"), "2025-04-01", "None"),
        (SelectionOptions(last="2026-03-31"), "None", "2026-04-01"),
        (SelectionOptions(first="2025-04", last="2026-03"), "2025-04-01", "2026-04-01"),
        (SelectionOptions(first="2025-04-01", last="2025-04-01"), "2025-04-01", "2025-04-02"),
    ],
)
def test_a_period_that_is_asked_for(choice: SelectionOptions, start: str, stop: str) -> None:
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
    assert asked(SelectionOptions(), *activities) == (f"{year}-01-01", f"{int(year) + 1}-01-01")


def test_the_cpd_year_starts_where_the_member_says() -> None:
    member = Member("A", year_start=(4, 1))
    assert asked(SelectionOptions(), activity("2026-02-01"), member=member) == ("2025-04-01", "2026-04-01")


def test_the_journal_can_name_its_own_default() -> None:
    assert asked(SelectionOptions(), member=Member("A", default_period="2022")) == ("2022-01-01", "2023-01-01")


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (SelectionOptions(period="2025", first="2025-01-01"), "--period and --from/--to both say the period"),
        (SelectionOptions(first="2026", last="2025"), "--from 2026 lies behind --to 2025"),
        (SelectionOptions(types=("evnt",)), 'there is no type "evnt"'),
        (SelectionOptions(statuses=("finished",)), 'there is no status "finished"'),
    ],
)
def test_what_names_nothing_is_refused(choice: SelectionOptions, said: str) -> None:
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
        resolve(journal(), SelectionOptions(types=(said,)), TODAY)
    assert raised.value.hint == hint


@pytest.mark.parametrize("said", ["work-experience", "Work Experience", "WORK_EXPERIENCE", " work  experience "])
def test_a_type_is_read_forgivingly(said: str) -> None:
    _, filters = resolve(journal(), SelectionOptions(types=(said,)), TODAY)
    assert filters.types == (ActivityType.WORK_EXPERIENCE,)


def test_the_rest_is_handed_on_as_it_is() -> None:
    choice = SelectionOptions("", "", "", ("IET/",), (), ("Ethics",), ("A1",), ("grid",), (), ("relay",), True, True)
    _, filters = resolve(journal(), choice, TODAY)
    assert filters == Filters(("IET/",), (), ("Ethics",), ("A1",), ("grid",), (), ("relay",), True, True)


def test_what_stands_in_where_nothing_is_said() -> None:
    assert SelectionOptions().within(ALL_TIME) == SelectionOptions(period="all")
    assert SelectionOptions().within("") == SelectionOptions()
    for said in (SelectionOptions(period="2025"), SelectionOptions(first="2025"), SelectionOptions(last="2025")):
        assert said.within(ALL_TIME) == said
    assert SelectionOptions().of_every_status().statuses == ("done", "in-progress", "planned", "draft")
    assert SelectionOptions(statuses=("draft",)).of_every_status() == SelectionOptions(statuses=("draft",))
