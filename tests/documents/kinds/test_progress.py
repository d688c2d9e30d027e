"""A scheme's requirements in a document: shares, sentences, and what did not count."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period import Period
from cpdkit.documents.kinds.activities import activity_entries
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.kinds.progress import WHOLE, scheme_progress
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import Report
from cpdkit.journal.load import Journal
from cpdkit.journal.selection import Filters
from cpdkit.schemes.evaluate import standings_in
from cpdkit.schemes.vocabulary import vocabulary_in
from tests.documents.conftest import chosen, figures_in

Composed = Callable[..., Report]


def test_the_schemes_of_cpd_yaml(composed: Composed, english: Labels) -> None:
    iet, rics = composed("summary").progress
    assert iet.title == "Institution of Engineering and Technology, 2026"
    bars = {bar.label: (bar.minutes, bar.hours) for bar in iet.chart.bars}
    assert bars[english("progress.advice", title="Hours in the year")] == (78, "23.5 of 30 h")
    assert bars[english("progress.advice", title="Linked to an objective")] == (100, "1 of 1")
    assert iet.chart.most == WHOLE
    (hours,) = (sentence for sentence in iet.sentences if sentence.startswith("Hours in the year"))
    assert figures_in(hours) == ["6.5", "26.23", "31", "2026"]
    (topics,) = (sentence for sentence in rics.sentences if sentence.startswith("New topics in three years"))
    assert all(topic in topics for topic in ("sustainability", "data"))
    assert figures_in(topics)[:2] == ["31", "2028"]
    assert "theiet.org" in iet.note


def test_a_filtered_report_has_no_progress(composed: Composed) -> None:
    assert composed("summary", filters=Filters(highlights=True)).progress == ()


def test_progress_in_a_past_period_is_as_of_its_end(composed: Composed) -> None:
    report = composed("summary", period=Period(date(2025, 1, 1), date(2026, 1, 1)))
    assert report.progress[0].title.endswith(", 2025")
    assert "31 December 2025" in report.progress[0].note


def test_an_activity_omitted_from_the_report_is_not_named(small: Journal, english: Labels) -> None:
    """North Dakota rounds each activity down to half hours: three lose minutes, and one of these is confidential."""
    (standing,) = standings_in(small, vocabulary_in(small), date(2026, 11, 23), ("us-pe-nd",))
    assert small.member is not None
    context = ReportContext(small, small.member, chosen(small), english, date(2026, 11, 23), True, "n0nce")
    context = replace(context, entries=activity_entries(context))
    progress = scheme_progress(context, standing, "scheme1")
    (secret,) = (each for each in small.activities if each.confidential)
    shown = [(each.title, bool(each.anchor)) for each in progress.not_counted]
    assert {("Mentoring", True), ("Secondment", True), (english("progress.elsewhere"), False)} <= set(shown)
    assert secret.title not in {title for title, _ in shown}
    assert all(is_linked is (title != english("progress.elsewhere")) for title, is_linked in shown)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_only_the_bar_of_a_requirement_that_is_met_is_full(composed: Composed, day: date) -> None:
    for scheme in composed("summary", today=day).progress:
        for bar in scheme.chart.bars:
            recorded, _, required = bar.hours.partition(" of ")
            is_met = bool(required) and float(recorded) >= float(figures_in(required)[0])
            assert (bar.minutes == WHOLE) == is_met
