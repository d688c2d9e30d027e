"""Hours and amounts as a document prints them."""

from fractions import Fraction

import pytest

from cpdkit.documents.kinds import quantities
from cpdkit.documents.look import template_file
from cpdkit.documents.templating.labels import LabelFile, Labels, labels_for


@pytest.mark.parametrize(
    ("minutes", "number", "hours"),
    [
        (0, "0", "0 h"),
        (1, "1 min", "1 min"),
        (5, "5 min", "5 min"),
        (6, "0.1", "0.1 h"),
        (15, "0.25", "0.25 h"),
        (20, "20 min", "20 min"),
        (59, "59 min", "59 min"),
        (60, "1", "1 h"),
        (65, "1.08", "1.08 h"),
        (450, "7.5", "7.5 h"),
        (59_999, "999.98", "999.98 h"),
        (60_000, "1,000", "1,000 h"),
        (74_840, "1,247.33", "1,247.33 h"),
        (60_000_000, "1,000,000", "1,000,000 h"),
    ],
)
def test_hours(minutes: int, number: str, hours: str, english: Labels) -> None:
    assert (quantities.number(english, minutes), quantities.hours(english, minutes)) == (number, hours)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(210, 420, "3.5 of 7 h"), (5, 420, "5 min of 7 h"), (30, 50, "0.5 h of 50 min"), (0, 60, "0 of 1 h")],
)
def test_a_part_of_hours(part: int, whole: int, words: str, english: Labels) -> None:
    assert quantities.part_of(english, part, whole) == words


def test_amounts_and_counts(english: Labels) -> None:
    assert quantities.amount(english, Fraction(4000, 3)) == "1,333.33"
    assert english.count("counts.activities", 1234) == "1,234 activities"
    assert english("review.review_of", year=2026) == "Review of 2026"


def test_another_language_separates_thousands_in_its_way() -> None:
    english = LabelFile("en-GB.toml", template_file("labels", "en-GB.toml").read_bytes())
    labels = labels_for("de", [english, LabelFile("de.toml", b'[values]\nthousands = "."\n')])
    assert str(quantities.number(labels, 60_000)) == "1.000"
