"""The bars of charts, their labels, and their descriptions for readers who cannot see them."""

from collections.abc import Callable
from datetime import date

import pytest

from cpdkit.dates.period import Period
from cpdkit.documents.view import Chart, Report
from cpdkit.journal.selection import Filters

Composed = Callable[..., Report]


def bars(chart: Chart) -> list[tuple[str, str]]:
    return [(bar.label, bar.hours) for bar in chart.bars]


def test_all_six_types_the_most_hours_first(composed: Composed) -> None:
    chart = composed().by_type
    assert bars(chart) == [
        ("Academic study", "10"), ("Training", "7.5"), ("Work experience", "3"), ("Event", "1.25"),
        ("Volunteering", "0.75"), ("Self-study", "0"),
    ]  # fmt: skip
    assert (chart.shape, chart.caption, chart.label_heading) == ("bars", "By type, hours", "Type")


def test_folders_by_name_and_the_top_by_a_word(composed: Composed) -> None:
    assert bars(composed(period=Period(None, None)).by_folder) == [
        ("(no folder)", "2"), ("2026", "26.25"), ("Site visits", "1.25"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "stop", "caption", "columns", "label", "short"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), "By month, hours", 12, "March 2026", "M"),
        (date(2026, 3, 1), date(2026, 4, 1), "By month, hours", 1, "March 2026", "M"),
        (date(2024, 1, 1), date(2027, 1, 1), "By quarter, hours", 12, "Q1 2026", "Q1\u00a026"),
        (date(2016, 1, 1), date(2027, 1, 1), "By year, hours", 11, "2026", "2026"),
    ],
)
def test_the_course_of_the_period(
    first: date, stop: date, caption: str, columns: int, label: str, short: str, composed: Composed
) -> None:
    chart = composed(period=Period(first, stop)).by_month
    assert (chart.shape, chart.caption, len(chart.bars)) == ("columns", caption, columns)
    at = [bar.label for bar in chart.bars].index(label)
    assert chart.bars[at].short_word == short
    assert chart.bars[at].minutes > 0


@pytest.mark.parametrize("name", ["by_type", "by_folder", "by_month"])
def test_the_words_for_who_cannot_see_it_hold_every_number(name: str, composed: Composed) -> None:
    chart = getattr(composed(), name)
    assert chart.alt.startswith("Bar chart. By ")
    assert all(f"{bar.label} {bar.hours}" in chart.alt for bar in chart.bars)


def test_every_chart_adds_up_to_the_total(composed: Composed) -> None:
    for period in (Period(None, None), Period(date(2026, 1, 1), date(2026, 3, 3))):
        report = composed(period=period)
        sums = {sum(bar.minutes for bar in chart.bars) for chart in (report.by_type, report.by_folder, report.by_month)}
        assert len(sums) == 1


def test_an_empty_report_has_empty_charts(composed: Composed) -> None:
    report = composed(filters=Filters(topics=("nothing",)))
    assert {bar.minutes for bar in report.by_type.bars} == {0}
    assert report.by_folder.bars == ()
