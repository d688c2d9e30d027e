"""The totals of a selection, and its columns over time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period import Period, parse_period
from cpdkit.journal.records import Activity
from cpdkit.journal.selection import Filters, Selection, select
from cpdkit.journal.totals import MOST_COLUMNS, By, Part, Share, Totals, breakdown_of, totals_of
from cpdkit.journal.values import ActivityType, Competence, Status
from tests.journal.strategies import activities, activity, periods, with_sessions

EVERY_STATUS = Filters(statuses=tuple(Status), confidential=True)


def totals(some: list[Activity], period: str = "2026", filters: Filters = EVERY_STATUS) -> Totals:
    return totals_of(select(some, 0, parse_period(period, date(2026, 11, 23)), filters))


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_sums_by_type_show_all_six_in_their_order() -> None:
    made = totals([activity(minutes=60), activity(minutes=30), activity(minutes=90, type=ActivityType.SELF_STUDY)])
    assert [(share.key, share.minutes, share.count) for share in made.by_type] == [
        ("training", 0, 0),
        ("work-experience", 0, 0),
        ("academic-study", 0, 0),
        ("volunteering", 0, 0),
        ("event", 90, 2),
        ("self-study", 90, 1),
    ]
    assert (made.minutes, made.count, made.types_used) == (180, 3, 2)


def test_sums_by_folder_come_by_name() -> None:
    made = totals([activity(folder=name, minutes=60) for name in ("b", "A/2", "", "b", "A")])
    assert made.by_folder == (Share("", 60, 1), Share("A", 60, 1), Share("A/2", 60, 1), Share("b", 120, 2))


def test_what_is_planned_or_a_draft_is_counted_without_time() -> None:
    made = totals([activity(status=status, minutes=60) for status in Status])
    assert (made.minutes, made.count) == (120, 4)
    assert made.by_type[4] == Share("event", 120, 4)
    assert made.by_folder == (Share("2026", 120, 4),)
    assert made.by_month[2] == Share("2026-03", 120, 4, day("2026-03-01"))


def test_every_month_has_its_column_the_empty_ones_too() -> None:
    made = totals([activity(day("2026-02-27"), days=4, minutes=240), with_sessions((day("2026-12-31"), 30))])
    assert made.step == "month"
    assert [share.key for share in made.by_month] == [f"2026-{month:02d}" for month in range(1, 13)]
    assert [share.minutes for share in made.by_month] == [0, 120, 120, 0, 0, 0, 0, 0, 0, 0, 0, 30]
    assert [share.count for share in made.by_month] == [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_only_the_part_inside_the_period_counts() -> None:
    over_new_year = activity(day("2025-12-30"), days=4, minutes=420)
    made = totals([over_new_year])
    assert made.minutes == made.by_type[4].minutes == made.by_month[0].minutes == 210


@pytest.mark.parametrize(
    ("period", "step", "columns", "first", "last"),
    [
        ("2026", "month", 12, "2026-01", "2026-12"),
        ("2026-03", "month", 1, "2026-03", "2026-03"),
        ("2025-03-15..2026-04-02", "month", 14, "2025-03", "2026-04"),
        ("2025..2026", "month", 24, "2025-01", "2026-12"),
        ("2025-01..2027-01", "quarter", 9, "2025-Q1", "2027-Q1"),
        ("2021..2026", "quarter", 24, "2021-Q1", "2026-Q4"),
        ("2020..2026", "year", 7, "2020", "2026"),
        ("1900..2100", "year", 2, "2025", "2026"),
        ("all", "month", 11, "2025-05", "2026-03"),
        ("..2026-04", "month", 12, "2025-05", "2026-04"),
        ("2025-04..", "month", 12, "2025-04", "2026-03"),
    ],
)
def test_a_long_period_is_shown_in_quarters_or_years(
    period: str, step: str, columns: int, first: str, last: str
) -> None:
    made = totals([activity(day("2025-05-31")), activity(day("2026-03-14"))], period)
    assert (made.step, len(made.by_month)) == (step, columns)
    assert (made.by_month[0].key, made.by_month[-1].key) == (first, last)


def test_an_open_period_is_cut_to_its_activities() -> None:
    spanning = activity(day("2024-11-01"), days=120, minutes=1200)
    made = totals([spanning, with_sessions((day("2024-01-05"), 60), (day("2025-02-05"), 60))], "2025..")
    assert [share.key for share in made.by_month] == ["2025-01", "2025-02"]


def test_an_empty_selection_has_columns_only_where_the_period_has_ends() -> None:
    assert totals([], "all").by_month == ()
    assert totals([], "2026..").by_month == ()
    assert len(totals([], "2026").by_month) == 12
    assert len(totals([], "1900..2100").by_month) == 201
    assert (totals([]).minutes, totals([]).count, totals([]).reflected, totals([]).types_used) == (0, 0, 0, 0)


def test_reflections_are_counted() -> None:
    bodies = ["", "Words.", "## Reflection\n", "## Reflection\n\nI learnt that relays drift.\n"]
    assert totals([activity(body=body) for body in bodies]).reflected == 1


@given(st.lists(activities(), max_size=10), periods())
def test_every_way_of_adding_up_gives_the_same(some: list[Activity], period: Period) -> None:
    made = totals_of(select(some, 0, period, EVERY_STATUS))
    assert sum(share.minutes for share in made.by_type) == made.minutes
    assert sum(share.minutes for share in made.by_folder) == made.minutes
    assert sum(share.minutes for share in made.by_month) == made.minutes
    assert sum(share.count for share in made.by_type) == sum(share.count for share in made.by_folder) == made.count
    assert len(made.by_month) <= MOST_COLUMNS


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
