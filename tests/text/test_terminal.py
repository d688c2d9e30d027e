"""Lines for a terminal: wide characters, cutting, and nothing that steers it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.text.terminal import bar, cut, pad, printable, progress_bar, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("電力", 4), ("e\u0301", 1), ("ŵ", 1), ("│ x", 3)],
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("電力系統", 8, "電力系統"), ("電力系統", 7, "電力系…"),
     ("電力系統", 6, "電力…"), ("a bcd", 3, "a…"), ("abc", 1, "…"), ("abc", 0, ""), ("", 0, "")],
)  # fmt: skip
def test_cutting_shows_that_something_is_missing(text: str, columns: int, shown: str) -> None:
    assert cut(text, columns) == shown


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.integers(0, 30))
def test_a_cut_line_fits(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns


@given(st.text(st.sampled_from("ab 電"), max_size=60), st.integers(2, 20))
def test_a_wrapped_line_fits_and_keeps_its_words(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert " ".join(lines).split() == text.split()
    longest = max(map(width, text.split()), default=0)
    assert longest > columns or all(width(line) <= columns for line in lines)


def test_a_word_that_fits_nowhere_does_not_leave_the_line_before_it_empty() -> None:
    assert wrap("error: abcdefghijkl is not there", 10) == ["error: abcdefghijkl", "is not", "there"]


@pytest.mark.parametrize(("text", "padded"), [("ab", "ab  "), ("電", "電  "), ("abcde", "abcde")])
def test_padding_counts_columns(text: str, padded: str) -> None:
    assert pad(text, 4) == padded


def test_numbers_are_padded_on_their_left() -> None:
    assert pad("41.5", 6, right=True) == "  41.5"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ę 電 👍🏽 हिन्दी", "plain ę 電 👍🏽 हिन्दी"),
        ("a\x1b[31mred", r"a\e[31mred"),
        ("two\nlines\tand\r", r"two\nlines\tand\r"),
        ("\x00\x07\x7f\x9b", r"\x00\x07\x7f\x9b"),
        ("a\u202egpj.exe", r"a\u202egpj.exe"),
        ("\u2066x\u2069\u200e\u200f\u061c\ufeff", r"\u2066x\u2069\u200e\u200f\u061c\ufeff"),
        ("\u2028\u2029", r"\u2028\u2029"),
        ("bad\udcff", r"bad\udcff"),
        ("family 👨‍👩‍👧 joined", "family 👨‍👩‍👧 joined"),
    ],
)
def test_what_steers_a_terminal_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_printable_text_is_one_line_without_escapes_and_can_be_encoded(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown
    assert shown.encode().decode() == shown


@pytest.mark.parametrize(
    ("share", "plain", "progress"),
    [("0", "", "░░░░"), ("1/100", "▌", "█░░░"), ("1/2", "██", "██░░"), ("99/100", "████", "███░"),
     ("1", "████", "████"), ("5/2", "██████████", "████")],
)  # fmt: skip
def test_a_bar_shows_what_is_there_and_a_full_one_only_all(share: str, plain: str, progress: str) -> None:
    assert (bar(Fraction(share), 4), progress_bar(Fraction(share), 4)) == (plain, progress)
