"""Counted things, lists of words, and text cut to a length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.text.wording import counted, first_few, listed, plural, shortened


@pytest.mark.parametrize(("number", "text"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (1000, "1000 files")])
def test_a_number_has_its_noun(number: int, text: str) -> None:
    assert counted(number, "file") == text


def test_an_irregular_plural_is_given() -> None:
    words = [plural(number, "activity", "activities") for number in (0, 1, 2)]
    assert words == ["activities", "activity", "activities"]


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_a_list_reads_as_a_sentence(items: list[str], text: str) -> None:
    assert listed(items, "or") == text


def test_a_long_list_ends_with_an_ellipsis() -> None:
    assert [first_few(["a", "b", "c"], most) for most in (2, 3)] == ["a, b …", "a, b, c"]


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_fits_and_shows_that_something_is_missing(text: str, most: int) -> None:
    cut = shortened(text, most)
    assert len(cut) <= most
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
