"""The activities that options select, the reasons for omitting others, and minutes within a period."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period import Period, parse_period
from cpdkit.errors import UsageError
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.records import Activity, Session, SignOff
from cpdkit.journal.selection import (
    ALL_TIME,
    Filters,
    Omitted,
    SelectionOptions,
    is_within,
    minutes_within,
    plain,
    resolve,
    select,
    unmatched,
)
from cpdkit.journal.values import ActivityType, Competence, Evidence, Status
from tests.journal.strategies import CALENDAR, activities, activity, periods, with_sessions

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
OVER_NEW_YEAR = activity(date(2025, 12, 30), days=4, minutes=7 * 60)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("period", "minutes"),
    [("2025", 210), ("2026", 210), ("2025-12-30", 105), ("2026-01-02", 105), ("2026-01-03", 0), ("2024", 0),
     ("all", 420), ("..2025", 210), ("2026..", 210), ("2025-12-31..2026-01-01", 210)],
)  # fmt: skip
def test_minutes_without_sessions_are_spread_over_the_days(period: str, minutes: int) -> None:
    assert minutes_within(OVER_NEW_YEAR, parse_period(period, day("2026-11-23"))) == minutes


@pytest.mark.parametrize(("period", "minutes"), [("2026-03-14", 4), ("2026-03-15", 3), ("2026-03-16", 3)])
def test_what_is_left_over_goes_to_the_first_days(period: str, minutes: int) -> None:
    three_days = activity(day("2026-03-14"), days=3, minutes=10)
    assert minutes_within(three_days, parse_period(period, day("2026-11-23"))) == minutes


def test_sessions_give_the_exact_minutes_within_a_period() -> None:
    course = with_sessions((day("2025-12-10"), 90), (day("2026-01-14"), 60), (day("2026-01-14"), 30))
    assert minutes_within(course, YEAR) == 90
    assert minutes_within(course, Period(stop=day("2026-01-01"))) == 90
    assert minutes_within(course, Period(day("2026-01-15"))) == 0


def test_an_activity_without_hours_has_none_anywhere() -> None:
    assert minutes_within(activity(minutes=0, status=Status.PLANNED), YEAR) == 0


@pytest.mark.parametrize(
    ("one", "inside"),
    [
        (activity(day("2026-01-01")), True),
        (activity(day("2026-12-31")), True),
        (activity(day("2025-12-31")), False),
        (activity(day("2027-01-01")), False),
        (activity(day("2025-12-31"), days=2), True),
        (activity(day("2025-01-01"), days=1000), True),
        (with_sessions((day("2026-06-01"), 60)), True),
        (with_sessions((day("2025-06-01"), 60), (day("2027-06-01"), 60)), False),
        (with_sessions((day("2025-06-01"), 60), start=day("2026-02-01"), end=day("2026-03-01")), False),
    ],
)
def test_an_activity_is_inside_when_any_of_its_sessions_or_days_is(one: Activity, inside: bool) -> None:
    assert is_within(one, YEAR) == inside


@given(activities(), st.lists(CALENDAR, max_size=6, unique=True))
def test_the_parts_of_any_division_add_up_to_the_whole(one: Activity, cuts: list[date]) -> None:
    edges = [None, *sorted(cuts), None]
    parts = [Period(edges[n], edges[n + 1]) for n in range(len(edges) - 1)]
    assert sum(minutes_within(one, part) for part in parts) == one.minutes


@given(activities(), periods())
def test_minutes_are_only_on_days_of_the_activity(one: Activity, period: Period) -> None:
    minutes = minutes_within(one, period)
    assert 0 <= minutes <= one.minutes
    assert is_within(one, period) or minutes == 0


@given(st.lists(activities(), max_size=12), st.integers(0, 3), periods(), st.data())
def test_every_activity_is_in_exactly_one_place(
    all_of_them: list[Activity], unread: int, period: Period, data: st.DataObject
) -> None:
    filters = Filters(
        folders=data.draw(st.sampled_from([(), ("2026",), ("CPD Activities 2013", "2025")])),
        types=data.draw(st.sampled_from([(), (ActivityType.EVENT, ActivityType.TRAINING)])),
        statuses=data.draw(st.sampled_from([(), (Status.PLANNED,), tuple(Status)])),
        topics=data.draw(st.sampled_from([(), ("ethics",)])),
        highlights=data.draw(st.booleans()),
        confidential=data.draw(st.booleans()),
    )
    selection = select(all_of_them, unread, period, filters)
    assert len(selection.included) + selection.omitted.total == len(all_of_them) + unread
    assert selection.omitted.unread == unread
    assert all(item.activity.confidential <= filters.confidential for item in selection.included)
    assert all(item.whole == (item.minutes == item.activity.minutes) for item in selection.included)
    assert [item.activity for item in selection.included] == [
        one for one in all_of_them if any(one is item.activity for item in selection.included)
    ]


OUTSIDE = day("2025-06-01")


@pytest.mark.parametrize(
    ("one", "omitted"),
    [
        (activity(OUTSIDE, status=Status.PLANNED, confidential=True), Omitted(outside_period=1)),
        (activity(status=Status.PLANNED, confidential=True), Omitted(planned=1)),
        (activity(status=Status.DRAFT, confidential=True), Omitted(drafts=1)),
        (activity(confidential=True), Omitted(confidential=1)),
        (activity(type=ActivityType.TRAINING), Omitted(filtered=1)),
        (activity(), Omitted()),
        (activity(status=Status.IN_PROGRESS), Omitted()),
    ],
)
def test_the_first_reason_counts(one: Activity, omitted: Omitted) -> None:
    selection = select([one], 0, YEAR, Filters(types=(ActivityType.EVENT,)))
    assert selection.omitted == omitted
    assert len(selection.included) == 1 - omitted.total


def test_a_status_filter_matches_that_status_only() -> None:
    one_of_each = [activity(status=status) for status in Status]
    selection = select(one_of_each, 0, YEAR, Filters(statuses=(Status.PLANNED,)))
    assert [item.activity.status for item in selection.included] == [Status.PLANNED]
    assert selection.omitted == Omitted(drafts=1, filtered=2)
    assert len(select(one_of_each, 0, YEAR, Filters(statuses=tuple(Status))).included) == 4


def test_an_activity_that_the_period_cuts_is_marked() -> None:
    cut = select([OVER_NEW_YEAR], 0, YEAR, Filters()).included[0]
    assert (cut.minutes, cut.whole) == (210, False)
    assert select([OVER_NEW_YEAR], 0, Period(), Filters()).included[0].whole


RICH = activity(
    title="Wykład: Łódź i sieć",
    folder="2026/Short Courses",
    provider="Politechnika Łódzka",
    location="Kraków",
    role="chair",
    objectives=("grid-storage",),
    competences=(Competence("A1", "E"), Competence("B12")),
    topics=("Safety", "ethics"),
    units={"PDU": "1.5"},
    benefit="Better relay\n  settings",
    follow_up="Read Ørsted",
    evidence=(Evidence(path="certificate.pdf", title="Zaświadczenie"), Evidence(url="https://example.org/x")),
    signed_off=SignOff("Dr Aoife Byrne"),
    own={"x-mentor": "Naïma"},
    body="Über Straße and\ndistance protection.",
    highlight=True,
)


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        (Filters(folders=("2026",)), True),
        (Filters(folders=("2026/short courses",)), True),
        (Filters(folders=("activities/2026/",)), True),
        (Filters(folders=("2026\\Short Courses",)), True),
        (Filters(folders=("2026/Short",)), False),
        (Filters(folders=("202",)), False),
        (Filters(folders=("Short Courses",)), False),
        (Filters(folders=("2025", "2026")), True),
        (Filters(types=(ActivityType.EVENT,)), True),
        (Filters(types=(ActivityType.TRAINING,)), False),
        (Filters(topics=("safety",)), True),
        (Filters(topics=("ETHICS", "none")), True),
        (Filters(topics=("safe",)), False),
        (Filters(competences=("A1",)), True),
        (Filters(competences=("a",)), True),
        (Filters(competences=("B",)), True),
        (Filters(competences=("B1",)), False),
        (Filters(competences=("A12",)), False),
        (Filters(competences=("",)), False),
        (Filters(objectives=("Grid-Storage",)), True),
        (Filters(objectives=("grid",)), False),
        (Filters(highlights=True), True),
        (Filters(text=("wyklad",)), True),
        (Filters(text=("ŁÓDŹ",)), True),
        (Filters(text=("lodz i siec",)), True),
        (Filters(text=("krakow", "chair", "politechnika")), True),
        (Filters(text=("krakow", "nowhere")), False),
        (Filters(text=("krakow chair",)), False),
        (Filters(text=("strasse and distance",)), True),
        (Filters(text=("relay settings",)), True),
        (Filters(text=("orsted",)), True),
        (Filters(text=("pdu",)), True),
        (Filters(text=("zaswiadczenie",)), True),
        (Filters(text=("example.org",)), True),
        (Filters(text=("aoife",)), True),
        (Filters(text=("naima",)), True),
        (Filters(text=("b12",)), True),
        (Filters(text=("",)), True),
        (Filters(folders=("2026",), topics=("none",)), False),
    ],
)
def test_filters(filters: Filters, fits: bool) -> None:
    assert len(select([RICH], 0, YEAR, filters).included) == fits


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Ŵyneb  yn\nyn", "wyneb yn yn"),
        ("Straße", "strasse"),
        ("電力", "電力"),
        ("हिन्दी", "हिन्दी"),
        ("ﬁeld", "field"),
        ("Æ Œ", "ae oe"),
    ],
)
def test_a_search_forgives_case_accents_and_gaps(text: str, compared: str) -> None:
    assert plain(text) == compared
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("filters", "sentences"),
    [
        (Filters(), ()),
        (Filters(folders=("2026/short courses",), topics=("ETHICS",), competences=("A",), text=("nowhere",)), ()),
        (
            Filters(folders=("2026/Short Course",)),
            ('there is no folder "2026/Short Course"; did you mean "2026/Short Courses"?',),
        ),
        (Filters(folders=("2013",)), ('there is no folder "2013"',)),
        (Filters(topics=("ethcis",)), ('no activity has the topic "ethcis"; did you mean "ethics"?',)),
        (Filters(competences=("A9",)), ('no activity claims the competence "A9"',)),
        (Filters(competences=("A 1",)), ('no activity claims the competence "A 1"; did you mean "A1"?',)),
        (
            Filters(objectives=("storage",)),
            ('no activity works towards the objective "storage"; did you mean "grid-storage"?',),
        ),
        (Filters(types=(ActivityType.TRAINING,)), ('no activity has the type "training"',)),
        (
            Filters(topics=("zzz", "safety", "qqq")),
            ('no activity has the topic "zzz"', 'no activity has the topic "qqq"'),
        ),
    ],
)
def test_a_value_that_nothing_has_is_named(filters: Filters, sentences: tuple[str, ...]) -> None:
    assert unmatched(filters, [RICH]) == sentences


def test_filters_in_words() -> None:
    filters = Filters(
        folders=("CPD Activities 2013",),
        types=(ActivityType.EVENT, ActivityType.TRAINING),
        topics=("a", "b", "c"),
        competences=("A1",),
        objectives=("grid-storage",),
        statuses=(Status.IN_PROGRESS,),
        text=("relay",),
        highlights=True,
        confidential=True,
    )
    assert filters.words == (
        "folder CPD Activities 2013",
        "type event or training",
        "topic a, b or c",
        "competence A1",
        "objective grid-storage",
        "status in progress",
        "with the words “relay”",
        "highlights only",
        "including confidential activities",
    )
    assert Filters().words == ()


def test_a_session_on_the_last_day_is_inside() -> None:
    one = with_sessions((day("2026-12-31"), 60))
    assert one.sessions == (Session(day("2026-12-31"), 60),)
    assert minutes_within(one, YEAR) == 60
    assert minutes_within(one, Period(stop=day("2026-12-31"))) == 0
    assert is_within(one, Period(day("2026-12-31"), day("2026-12-31") + timedelta(1)))


TODAY = date(2026, 11, 23)


def dated(start: str, end: str = "", status: Status = Status.DONE, folder: str = "2026") -> Activity:
    first = date.fromisoformat(start)
    last = date.fromisoformat(end or start)
    return Activity(
        start, f"activities/{folder}/{start}.md", folder, "t", ActivityType.EVENT, first, last, 60, status=status
    )


def with_activities(*activities: Activity, member: Member | None = None) -> Journal:
    return Journal(Path("j"), member or Member("Angharad"), activities)


def bounds(choice: SelectionOptions, *activities: Activity, member: Member | None = None) -> tuple[str, str]:
    period, _ = resolve(with_activities(*activities, member=member), choice, TODAY)
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
def test_the_chosen_period(choice: SelectionOptions, start: str, stop: str) -> None:
    assert bounds(choice) == (start, stop)


@pytest.mark.parametrize(
    ("activities", "year"),
    [
        ((), "2026"),
        ((dated("2024-05-01"), dated("2023-05-01")), "2024"),
        ((dated("2024-05-01"), dated("2025-05-01", status=Status.PLANNED)), "2024"),
        ((dated("2024-12-30", "2025-01-03"),), "2025"),
    ],
)
def test_without_one_it_is_the_year_of_the_newest_done_activity(activities: tuple[Activity, ...], year: str) -> None:
    assert bounds(SelectionOptions(), *activities) == (f"{year}-01-01", f"{int(year) + 1}-01-01")


def test_the_cpd_year_starts_on_the_date_in_cpd_yaml() -> None:
    member = Member("A", year_start=(4, 1))
    assert bounds(SelectionOptions(), dated("2026-02-01"), member=member) == ("2025-04-01", "2026-04-01")


def test_the_journal_can_name_its_own_default() -> None:
    assert bounds(SelectionOptions(), member=Member("A", default_period="2022")) == ("2022-01-01", "2023-01-01")


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (SelectionOptions(period="2025", first="2025-01-01"), "--period and --from/--to cannot be combined"),
        (SelectionOptions(first="2026", last="2025"), "--from 2026 is after --to 2025"),
        (SelectionOptions(types=("evnt",)), 'unknown type "evnt"'),
        (SelectionOptions(statuses=("finished",)), 'unknown status "finished"'),
    ],
)
def test_unknown_names_are_refused(choice: SelectionOptions, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        resolve(with_activities(dated("2026-01-01")), choice, TODAY)
    assert str(raised.value) == message
    assert raised.value.hint


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("evnt", 'did you mean "event"?'),
        ("zz", "use training, work-experience, academic-study, volunteering, event or self-study"),
    ],
)
def test_an_unknown_type_names_the_nearest_or_all(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        resolve(with_activities(), SelectionOptions(types=(name,)), TODAY)
    assert raised.value.hint == hint


@pytest.mark.parametrize("name", ["work-experience", "Work Experience", "WORK_EXPERIENCE", " work  experience "])
def test_a_type_is_read_forgivingly(name: str) -> None:
    _, filters = resolve(with_activities(), SelectionOptions(types=(name,)), TODAY)
    assert filters.types == (ActivityType.WORK_EXPERIENCE,)


def test_the_rest_is_handed_on_as_it_is() -> None:
    choice = SelectionOptions("", "", "", ("IET/",), (), ("Ethics",), ("A1",), ("grid",), (), ("relay",), True, True)
    _, filters = resolve(with_activities(), choice, TODAY)
    assert filters == Filters(("IET/",), (), ("Ethics",), ("A1",), ("grid",), (), ("relay",), True, True)


def test_the_default_period() -> None:
    assert SelectionOptions().within(ALL_TIME) == SelectionOptions(period="all")
    assert SelectionOptions().within("") == SelectionOptions()
    for options in (SelectionOptions(period="2025"), SelectionOptions(first="2025"), SelectionOptions(last="2025")):
        assert options.within(ALL_TIME) == options
    assert SelectionOptions().of_every_status().statuses == ("done", "in-progress", "planned", "draft")
    assert SelectionOptions(statuses=("draft",)).of_every_status() == SelectionOptions(statuses=("draft",))
