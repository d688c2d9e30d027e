"""The review of the year: which year, its figures, and a review that can be read."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.actions.review_year import (
    QUESTIONS,
    REVIEWS,
    begun_review,
    figures,
    progress_towards,
    review_of,
    review_path,
    year_summary,
    year_to_review,
)
from cpdkit.errors import UsageError
from cpdkit.journal.edit import record_of
from cpdkit.journal.load import Journal
from cpdkit.journal.records import Review
from tests.journal.folders import FIELDS, journal_of, record

DAY = date(2026, 11, 24)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    done = "{action: Ask, done: 2026-02-01}"
    return journal_of(
        tmp_path,
        {
            "activities/a.md": record(FIELDS + "objectives: [open]\n"),
            "activities/b.md": record(FIELDS.replace("hours: 2", "hours: 1").replace("Relay", "Stray --> relay")),
            "activities/c.md": record(FIELDS + "confidential: true\nobjectives: [open]\n"),
            "activities/d.md": record(FIELDS.replace("2026", "2025") + "objectives: [open]\n"),
            "plan/open.md": record(f"title: Open\nby: 2026-06-01\nactions: [{done}]\n", ""),
            "plan/idle.md": record("title: Idle\nstart: 2026-01-01\n", ""),
            "plan/reached.md": record("title: Reached\nstatus: achieved\n", "**Achieved on 3 March 2026.**\n"),
            "plan/left.md": record("title: Left\nstatus: dropped\n", "Dropped on 3 March 2025, and that was well.\n"),
            "reviews/then.md": record("year: 2025\n", ""),
        },
    )


def test_the_figures_of_a_year(journal: Journal) -> None:
    assert figures(year_summary(journal, 2026, DAY)) == (
        "3 h in 2 activities: training 3 h",
        "1 h (33 %) not linked to an objective",
        "objectives: 1 achieved and 0 dropped in the year; 2 open, 1 of them overdue; 1 action done",
        "1 confidential activity omitted",
    )
    assert figures(year_summary(journal, 2025, DAY))[2].startswith("objectives: 0 achieved and 1 dropped in the year")


def test_a_review_asks_and_holds_what_is_known_in_comments(journal: Journal) -> None:
    data = begun_review(year_summary(journal, 2026, DAY))
    found = record_of(review_path(2026), data, REVIEWS)
    assert isinstance(found, Review)
    assert (found.year, found.written) == (2026, DAY)
    parts = [part.strip() for part in found.body.split("-->")]
    assert len(parts) == len(QUESTIONS) + 2
    assert parts[-1] == ""
    for question, part in zip(QUESTIONS, parts[1:], strict=False):
        assert part.startswith(f"## {question.question}\n\n<!-- {question.help}")
    assert "  achieved:\n    Reached\n  actions done:\n    Ask" in parts[1]
    assert "overdue, or with an overdue action:\n    Open\n  no activity in the year:\n    Idle" in parts[2]
    assert "Stray —> relay" in parts[3]
    assert "open:\n    Open (due 1 June 2026)\n    Idle" in parts[5]


def test_the_year_that_is_due(tmp_path: Path, journal: Journal) -> None:
    days = {"2026-06-30": 2025, "2026-07-01": 2026, "2027-01-15": 2026}
    assert {day: year_to_review(journal, date.fromisoformat(day)) for day in days} == days
    april = journal_of(tmp_path / "april", {"cpd.yaml": 'name: A\ncpd-year: "04-01"\n'})
    assert year_to_review(april, DAY) == 2026
    assert year_to_review(april, date(2026, 9, 30)) == 2025


def test_a_year_that_has_not_begun_has_no_review(journal: Journal) -> None:
    assert review_of(journal, 2025) is not None
    assert review_of(journal, 2026) is None
    with pytest.raises(UsageError, match="2027 has not started"):
        year_summary(journal, 2027, DAY)


def test_what_led_to_an_objective_in_all_years(journal: Journal) -> None:
    progress, hidden = progress_towards(journal, journal.objectives["open"], DAY)
    assert ([each.id for each in progress.done], progress.minutes, hidden) == (["d", "a"], 240, 1)
