"""What a template sees: a chart's attributes, the entries of one type, and that none of it can be changed."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest

from cpdkit.documents.view import Bar, Chart, Report


def test_a_charts_values_and_short_labels_stay_one_word_each() -> None:
    bars = (Bar("Work experience", "Work experience", 90, "1.5"), Bar("Q1 2026", "Q1 26", 0, "0"))
    chart = Chart("bars", "By type", "Type", "Hours", bars, "…")
    assert chart.values == "90 0"
    assert chart.shorts == "Work\u00a0experience Q1\u00a026"


@pytest.mark.parametrize(("name", "count"), [("training", 1), ("event", 1), ("self-study", 0), ("no such type", 0)])
def test_the_entries_of_one_type(name: str, count: int, composed: Callable[..., Report]) -> None:
    found = composed().of_type(name)
    assert (len(found), {entry.type for entry in found} <= {name}) == (count, True)


def test_nothing_of_it_changes(composed: Callable[..., Report]) -> None:
    with pytest.raises(FrozenInstanceError):
        composed().title = "other"  # type: ignore[misc]
