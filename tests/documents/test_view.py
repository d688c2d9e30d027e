"""The view that templates get: lengths of charts, entries of one type, and that it cannot be changed."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest

from cpdkit.documents.view import Bar, Chart, Report


@pytest.mark.parametrize(
    ("minutes", "most", "shares"),
    [((120, 0), 1, [1, 0]), ((60, 120), 1, [0.5, 1]), ((0, 0), 1, [0, 0]), ((50,), 100, [0.5]), ((), 1, [])],
)
def test_bars_are_measured_against_the_longest_or_the_most(
    minutes: tuple[int, ...], most: int, shares: list[float]
) -> None:
    bars = tuple(Bar("Q1 2026", "Q1 26", each, "…") for each in minutes)
    assert Chart("key", "bars", "By quarter", "Quarter", "Hours", bars, "…", most).shares == shares
    assert all(bar.short_word == "Q1\u00a026" for bar in bars)


def test_every_chart_has_a_key_of_its_own(composed: Callable[..., Report]) -> None:
    """Only the chart by month appears twice in an annual review, once as a check."""
    report = composed("annual-review")
    assert list(report.charts)[:3] == ["by_type", "by_folder", "by_month"]
    assert len(report.charts) == 3 + len(report.progress) + 5


@pytest.mark.parametrize(("name", "count"), [("training", 1), ("event", 1), ("self-study", 0), ("no such type", 0)])
def test_the_entries_of_one_type(name: str, count: int, composed: Callable[..., Report]) -> None:
    found = composed().of_type(name)
    assert (len(found), {entry.type for entry in found} <= {name}) == (count, True)


def test_nothing_of_it_changes(composed: Callable[..., Report]) -> None:
    with pytest.raises(FrozenInstanceError):
        composed().title = "other"  # type: ignore[misc]
