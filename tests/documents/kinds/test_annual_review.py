"""The annual review: six checks with their activities, and the owner's review of the year."""

from collections.abc import Callable
from datetime import date

import pytest

from cpdkit.dates.period import Period
from cpdkit.documents.kinds.annual_review import words_of_reflection
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import AnnualReview, Report, ReviewCheck
from cpdkit.journal.selection import Filters
from tests.documents.conftest import figures_in

Composed = Callable[..., Report]


@pytest.fixture
def report(composed: Composed) -> Report:
    return composed("annual-review")


def reviewed(report: Report) -> AnnualReview:
    assert report.reviewed is not None
    return report.reviewed


def groups(check: ReviewCheck) -> dict[str, tuple[str, list[str]]]:
    return {each.label: (each.number, [entry.title for entry in each.entries]) for each in check.groups}


def test_the_reviewers_order(report: Report) -> None:
    assert [check.title for check in reviewed(report).checks] == [
        "1. Plan and activities", "2. Hours", "3. Technical and soft skills", "4. Types of activity",
        "5. Competences", "6. Reflections",
    ]  # fmt: skip


def test_plan_and_activities(report: Report, english: Labels) -> None:
    check = reviewed(report).checks[0]
    assert figures_in(check.sentences[0]) == ["3", "1", "5", "7.5", "22.5"]
    course = "Protection, level 2: *stars*, `ticks` & |bars|"
    assert groups(check)["Protect storage"] == ("7.5", [course])
    assert groups(check)["unknown-one"] == ("7.5", [course])
    assert groups(check)[english("review.plan.none")][0] == "15"
    assert english("review.several") in check.sentences


def test_hours_by_month_and_against_the_scheme(report: Report) -> None:
    check = reviewed(report).checks[1]
    assert [figures_in(sentence) for sentence in check.sentences[:2]] == [["22.5", "5"], ["23.5", "30", "2026"]]
    assert check.chart == report.by_month
    assert groups(check)["May 2026"] == ("10", ["MSc module"])


def test_skills_types_and_competences(report: Report, english: Labels) -> None:
    _, _, skills, types, competences, _ = reviewed(report).checks
    assert groups(skills)["Technical"][0] == "7.5"
    assert groups(skills)[english("review.skills.none")][0] == "15"
    assert (figures_in(types.sentences[0]), "Self-study" in types.sentences[1]) == (["5", "6"], True)
    assert figures_in(competences.sentences[0])[:2] == ["2", "17"]
    assert "C1" in competences.sentences[1]
    assert [label[0] for label in groups(competences)] == ["A", "B", "C", "D", "E", "("]


def test_reflections_by_their_words(report: Report) -> None:
    check = reviewed(report).checks[5]
    assert [(label, number) for label, (number, _) in groups(check).items()] == [
        ("none", "4"), ("up to 50 words", "1"), ("51 to 150 words", "0"), ("more than 150 words", "0")
    ]  # fmt: skip
    assert sum(bar.minutes for bar in check.chart.bars) == len(report.entries)


def test_every_check_lists_every_activity(report: Report) -> None:
    for check in reviewed(report).checks:
        listed = {entry.anchor for group in check.groups for entry in group.entries}
        assert listed == {entry.anchor for entry in report.entries}, check.title


def test_the_review_of_the_year(report: Report, composed: Composed) -> None:
    (review,) = reviewed(report).reviews
    assert (review.title, review.meta) == ("2026: *stars*, | and {#id}", ("written on 5 January 2027",))
    earlier = composed("annual-review", period=Period(date(2025, 1, 1), date(2026, 1, 1)))
    assert reviewed(earlier).reviews == ()


def test_a_filtered_review_states_it_and_has_no_progress(composed: Composed, english: Labels) -> None:
    report = composed("annual-review", filters=Filters(highlights=True))
    assert report.progress == ()
    for check in reviewed(report).checks:
        assert check.sentences[-1] == english("review.filtered")
    assert len(reviewed(report).checks[1].sentences) == 2


def test_nothing_recorded(composed: Composed, english: Labels) -> None:
    report = composed("annual-review", period=Period(date(2012, 1, 1), date(2013, 1, 1)))
    assert [check.groups for check in reviewed(report).checks] == [()] * 6
    assert all(check.sentences[0] for check in reviewed(report).checks)
    assert reviewed(report).checks[5].sentences[0] == english("review.reflections.empty")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Words.\n", 0),
        ("Words.\n\n## Reflection\n\n### What?\n\n", 0),
        ("## Reflection\n\n### What did you learn?\n\nThat it’s a well-known fault.\n\n<!-- no -->\n", 5),
        ("## Reflection\n\nOne.\n\n### (private) Not\n\nthis\n", 1),
    ],
)
def test_words(body: str, words: int) -> None:
    assert words_of_reflection(body) == words
