"""Hours parted: the parts of what an activity has once add up to the whole, in time as well."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.journal.breakdown import By, Part, breakdown_of
from cpdkit.journal.period import Period
from cpdkit.journal.records import ActivityType, Competence, Status
from cpdkit.journal.selection import Filters, Selection, select
from tests.journal.strategies import activities, activity, periods, with_sessions

ALWAYS = Period(None, None)


def selection(*some: object, period: Period = ALWAYS) -> Selection:
    return select(some, 0, period, Filters(statuses=tuple(Status), confidential=True))  # type: ignore[arg-type]


@given(
    st.lists(activities(), max_size=6), periods(), st.sampled_from([By.TYPE, By.FOLDER, By.PROVIDER, By.MONTH, By.YEAR])
)
def test_parts_add_up_to_the_whole(some: list[object], period: Period, by: By) -> None:
    found = breakdown_of(selection(*some, period=period), by)
    assert sum(part.minutes for part in found.parts) == found.minutes
    assert not found.overlaps


def test_types_are_all_there_in_their_order() -> None:
    found = breakdown_of(selection(activity(minutes=30, type=ActivityType.EVENT)), By.TYPE)
    assert [part.key for part in found.parts] == [each.value for each in ActivityType]
    assert found.parts[4] == Part("event", 30, 1)


def test_an_activity_counts_in_full_for_each_of_several() -> None:
    some = (
        activity(minutes=60, topics=("safety", "ethics")),
        activity(minutes=30, topics=("ethics",)),
        activity(minutes=500),
    )
    found = breakdown_of(selection(*some), By.TOPIC)
    assert found.parts == (Part("ethics", 90, 2), Part("safety", 60, 1), Part("", 500, 1))
    assert found.overlaps
    claims = (Competence("A1", "P"), Competence("A1", "E"))
    assert breakdown_of(selection(activity(minutes=5, competences=claims)), By.COMPETENCE).parts == (Part("A1", 5, 1),)


def test_time_goes_where_it_was_spent() -> None:
    spread = with_sessions((date(2025, 12, 31), 60), (date(2026, 1, 1), 30))
    found = breakdown_of(selection(spread, activity(date(2026, 1, 31), 2, 61)), By.MONTH)
    assert found.parts == (Part("2025-12", 60, 1), Part("2026-01", 61, 2), Part("2026-02", 30, 1))
    cut = breakdown_of(selection(spread, period=Period(date(2026, 1, 1), None)), By.YEAR)
    assert cut.parts == (Part("2026", 30, 1),)


@pytest.mark.parametrize("by", list(By))
def test_what_is_planned_has_no_hours(by: By) -> None:
    found = breakdown_of(selection(activity(minutes=60, status=Status.PLANNED)), by)
    assert (found.minutes, found.count) == (0, 1)
    assert sum(part.minutes for part in found.parts) == 0
