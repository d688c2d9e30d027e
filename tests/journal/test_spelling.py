"""Misspelt words and the known word nearest to each."""

import pytest

from cpdkit.journal.spelling import is_plural, is_slip


@pytest.mark.parametrize(
    ("word", "meant", "is_it"),
    [
        ("provder", "provider", True),
        ("proviider", "provider", True),
        ("providr", "provider", True),
        ("prvoider", "provider", True),
        ("providet", "provider", True),
        ("titel", "title", True),
        ("title", "title", False),
        ("tilte2", "title", False),
        ("provdr", "provider", False),
        ("rule", "role", False),
        ("place", "plate", True),
        ("", "title", False),
    ],
)
def test_one_slip(word: str, meant: str, is_it: bool) -> None:
    assert is_slip(word, meant) is is_it


def test_a_plural() -> None:
    assert is_plural("topic", "topics")
    assert is_plural("topics", "topic")
    assert not is_plural("topic", "tropics")
