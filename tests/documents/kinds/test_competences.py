"""The view of the competences: gaps, evidence, and the table by year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period import Period
from cpdkit.documents.kinds.competences import MOST_YEARS, year_columns
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import CompetenceCoverage, Report
from cpdkit.journal.load import Journal
from cpdkit.journal.selection import Filters

Composed = Callable[..., Report]


def coverage_of(report: Report) -> CompetenceCoverage:
    assert report.coverage is not None
    return report.coverage


def test_gaps_evidence_and_posts(composed: Composed) -> None:
    coverage = coverage_of(composed("competences", period=Period()))
    (framework,) = coverage.frameworks
    codes = {ability.code: ability for ability in framework.claimable}
    assert [each.code for each in framework.below] == ["B3", "C1"]
    assert codes["C1"] in framework.gaps
    assert len({each.code for each in framework.gaps}) == len(framework.gaps)
    assert codes["A2"].claims[0].kind == "Post"
    assert [job.title for job in coverage.jobs] == ["Engineer, Gridwise"]
    assert coverage.figures[0].number.endswith(f"of {len(codes)}")


@pytest.mark.parametrize(
    ("brackets", "shown"), [("2025-07-30", "30 Jul 2025"), ("2025-07", "Jul 2025"), ("2025", "2025"), ("", "2023–2025")]
)
def test_an_achievement_has_its_own_dates_or_those_of_its_post(
    composed: Composed, small: Journal, brackets: str, shown: str
) -> None:
    (first, *others) = small.posts
    body = f"## Achievements\n\n- Led *a* test (A2: E{', ' * bool(brackets)}{brackets})\n"
    post = replace(first, start=date(2023, 5, 2), end=date(2025, 12, 31), body=body)
    coverage = coverage_of(composed("competences", period=Period(), journal=replace(small, posts=(post, *others))))
    (ability,) = [each for each in coverage.frameworks[0].claimable if each.code == "A2"]
    claim = ability.claims[0]
    assert (claim.date, claim.title, claim.kind, claim.level) == (shown, "Led a test", "Achievement", "E")
    assert "1 achievement" in ability.evidence


def test_a_filter_is_warned_of(composed: Composed, english: Labels) -> None:
    all_of_them = coverage_of(composed("competences", period=Period()))
    some = coverage_of(composed("competences", period=Period(), filters=Filters(highlights=True)))
    assert english("coverage.filtered") in some.sentences
    assert english("coverage.filtered") not in all_of_them.sentences


@given(st.integers(1950, 2020), st.integers(0, 60))
def test_every_year_has_its_column_and_the_columns_fit(first: int, count: int) -> None:
    years = list(range(first, first + count))
    columns = year_columns(years)
    assert [year for column in columns for year in column] == years
    assert len(columns) <= MOST_YEARS
    assert all(len(column) == 1 for column in columns[1:])
