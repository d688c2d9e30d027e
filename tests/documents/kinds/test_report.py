"""The view of a selection: the report's own facts, and what it omits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cpdkit.dates.day_words import days_text
from cpdkit.dates.period import Period
from cpdkit.documents.kinds.context import ReportContext, in_order
from cpdkit.documents.kinds.report import Origin, period_text, report_view, role_on
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import Report
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Membership
from cpdkit.journal.selection import Filters, select
from cpdkit.journal.values import ActivityType, Status
from tests.documents.conftest import EVERYTHING, ORIGIN, YEAR, chosen

Composed = Callable[..., Report]
ALWAYS = Period(None, None)


def about(report: Report) -> dict[str, str]:
    return {fact.label: fact.value for fact in report.about}


def test_the_member_is_named_first(composed: Composed) -> None:
    """Without the email address: a report may be passed on."""
    assert [(fact.label, fact.value) for fact in composed().member] == [
        ("Member", "Dr Angharad Llywelyn MEng MIET"),
        ("Membership", "IET Member, no. 1100 234567, since 1 September 2018"),
        ("Membership", "CIWEM"),
        ("Role", "Engineer, Gridwise"),
    ]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("iet", "IET"),
        ("imeche", "IMechE"),
        ("pmi", "PMI"),
        ("engineers-ireland", "Engineers Ireland"),
        ("Institution of Civil Engineers", "Institution of Civil Engineers"),
        ("my society", "my society"),
    ],
)
def test_a_body_is_named_as_it_names_itself(written: str, printed: str, composed: Composed, small: Journal) -> None:
    assert small.member is not None
    member = replace(small.member, memberships=(Membership(written, "Member"),))
    report = composed(journal=replace(small, member=member))
    assert [fact.value for fact in report.member if fact.label == "Membership"] == [f"{printed} Member"]


@pytest.mark.parametrize(
    ("last", "role"),
    [
        (date(2026, 12, 31), "Engineer, Gridwise"),
        (date(2016, 7, 1), "Placement student, Conwy Switchgear Ltd"),
        (date(2016, 9, 10), ""),
        (None, "Engineer, Gridwise"),
    ],
)
def test_the_role_is_that_of_the_periods_last_day(last: date | None, role: str, small: Journal) -> None:
    stop = last and date.fromordinal(last.toordinal() + 1)
    assert small.member is not None
    assert role_on(small, small.member, Period(None, stop)) == role


@pytest.mark.parametrize(
    ("filters", "count", "chosen_by", "omitted"),
    [
        (Filters(), 5, None, {"planned": 1, "drafts": 1, "confidential": 1, "outside": 1}),
        (EVERYTHING, 8, "status done, in progress, planned or draft; including confidential activities",
         {"outside": 1}),
        (Filters(folders=("Site visits",)), 1, "folder Site visits",
         {"planned": 1, "drafts": 1, "confidential": 1, "filtered": 4, "outside": 1}),
        (Filters(types=(ActivityType.EVENT, ActivityType.TRAINING), text=("*stars*",), highlights=True), 1,
         "type event or training; with the words “*stars*”; highlights only",
         {"planned": 1, "drafts": 1, "confidential": 1, "filtered": 4, "outside": 1}),
        (Filters(statuses=(Status.PLANNED,)), 1, "status planned", {"drafts": 1, "filtered": 6, "outside": 1}),
    ],
)  # fmt: skip
def test_filters_and_the_activities_that_they_omit_are_stated(
    filters: Filters, count: int, chosen_by: str | None, omitted: dict[str, int], composed: Composed, english: Labels
) -> None:
    facts = about(composed(filters=filters))
    assert facts[english("facts.includes")].startswith(english.count("counts.activities", count))
    assert (english("facts.all") in facts[english("facts.includes")]) is (chosen_by is None)
    assert facts.get(english("facts.filters")) == chosen_by
    counts = [english.count(f"counts.{reason}", n) for reason, n in omitted.items()]
    assert facts[english("facts.omitted")] == ", ".join(counts)


def test_the_counts_add_up_to_the_journal(small: Journal, composed: Composed, english: Labels) -> None:
    facts = about(composed(filters=Filters(folders=("Site visits",))))
    parts = [facts[english("facts.includes")], *facts[english("facts.omitted")].split(", ")]
    assert sum(int(part.split()[0]) for part in parts) == len(small.activities)


def test_a_report_that_omits_nothing_states_it(composed: Composed, english: Labels) -> None:
    facts = about(composed(period=ALWAYS, filters=EVERYTHING))
    assert facts[english("facts.omitted")] == english("facts.nothing_omitted")


@pytest.mark.parametrize(
    ("origin", "source"),
    [
        (ORIGIN, "version 0123456789 of the journal, as of 23 November 2026"),
        (
            replace(ORIGIN, changed=True),
            "version 0123456789 of the journal, with changes since then, as of 23 November 2026",
        ),
        (Origin(date(2026, 1, 2)), "from the journal as of 2 January 2026"),
    ],
)
def test_the_source_of_a_report(origin: Origin, source: str, composed: Composed) -> None:
    assert source in composed(origin=origin).made


@pytest.mark.parametrize("unread", [0, 1, 3])
def test_activities_with_errors_are_counted_on_the_first_page(unread: int, small: Journal, english: Labels) -> None:
    selection = select(small.activities, unread, YEAR, Filters())
    assert small.member is not None
    context = ReportContext(small, small.member, selection, english, ORIGIN.day, True, "n0nce")
    report = report_view(context, "summary", ORIGIN)
    assert report.notices == ((english.count("notices.unread", unread),) if unread else ())
    assert (english.count("counts.unread", unread) in about(report)[english("facts.omitted")]) is bool(unread)


@pytest.mark.parametrize(
    ("period", "filters", "notice"),
    [
        (Period(date(2020, 1, 1), date(2021, 1, 1)), Filters(), "nothing"),
        (YEAR, Filters(topics=("nothing",)), "nothing_chosen"),
        (Period(date(2026, 11, 1), date(2026, 12, 1)), Filters(), "nothing_chosen"),
    ],
)
def test_an_empty_report_has_a_notice_with_the_reason(
    period: Period, filters: Filters, notice: str, composed: Composed, english: Labels
) -> None:
    report = composed(period=period, filters=filters)
    assert (report.entries, report.notices) == ((), (english(f"notices.{notice}"),))


def test_the_figures(composed: Composed, english: Labels) -> None:
    assert [(figure.number, figure.label) for figure in composed().figures] == [
        ("22.5 h", english("figures.hours")), ("5", english.count("figures.activities", 5)),
        ("1 of 5", english("figures.reflected")), ("5 of 6", english("figures.types")),
    ]  # fmt: skip
    one = composed(filters=Filters(folders=("Site visits",)))
    assert (one.figures[1].number, one.figures[1].label) == ("1", english.count("figures.activities", 1))


def test_planned_ones_and_drafts_count_no_hours(composed: Composed) -> None:
    both = composed(filters=Filters(statuses=(Status.PLANNED, Status.DRAFT)))
    assert (both.figures[0].number, both.figures[1].number) == ("0 h", "2")


@pytest.mark.parametrize(
    ("kind", "period", "title"),
    [
        ("summary", YEAR, "Activity report 2026"),
        ("detailed", Period(date(2026, 3, 1), date(2026, 4, 1)), "Detailed activity report March 2026"),
        ("appraisal", Period(date(2026, 1, 1), date(2026, 4, 1)), "CPD report Q1 2026"),
        ("summary", Period(date(2025, 4, 1), date(2026, 4, 1)), "Activity report April 2025 – March 2026"),
        ("summary", Period(date(2025, 4, 3), date(2026, 1, 9)), "Activity report"),
        ("summary", ALWAYS, "Activity report"),
    ],
)
def test_the_title_names_the_kind_and_the_period(kind: str, period: Period, title: str, composed: Composed) -> None:
    assert composed(kind, period=period).title == title


@pytest.mark.parametrize(
    ("first", "stop", "words"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), "1 January – 31 December 2026"),
        (date(2025, 4, 1), date(2026, 4, 1), "1 April 2025 – 31 March 2026"),
        (None, date(2026, 1, 1), "Until 31 December 2025"),
        (date(2024, 1, 1), None, "From 1 January 2024"),
        (None, None, "No activities"),
    ],
)
def test_a_period_in_words(first: date | None, stop: date | None, words: str, english: Labels) -> None:
    assert period_text(select((), 0, Period(first, stop), Filters()), english) == words


def test_a_period_without_an_end_ends_with_the_activities(small: Journal, english: Labels) -> None:
    shown = [select(small.activities, 0, Period(first, None), Filters()) for first in (None, date(2024, 1, 1))]
    days = [(each.start, each.end) for each in small.activities if each.status.counts]
    first, last = min(start for start, _ in days), max(end for _, end in days)
    assert [period_text(each, english) for each in shown] == [
        days_text(first, last), days_text(date(2024, 1, 1), last)
    ]  # fmt: skip


def test_the_newest_comes_first_and_the_same_day_by_title(small: Journal) -> None:
    ordered = in_order(chosen(small, ALWAYS, EVERYTHING).included)
    keys = [(-item.activity.end.toordinal(), -item.activity.start.toordinal(), item.activity.title) for item in ordered]
    assert keys == sorted(keys)
    same = in_order([replace(item, activity=replace(item.activity, title=title, path=path))
                         for item, title, path in zip([ordered[0]] * 3, "Bab", "123", strict=True)])  # fmt: skip
    assert [item.activity.title for item in same] == ["a", "B", "b"]


def test_the_index_is_by_code_and_newest_first(composed: Composed) -> None:
    lines = [(line.code, line.level, line.entry.anchor) for line in composed().index]
    assert lines == [("A2", "SP", "a3"), ("A2", "", "a5"), ("B3", "P", "a3")]
    assert composed(codes=False).index == ()
