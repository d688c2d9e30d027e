"""The claims of a post's achievements: only brackets with codes are claims, wherever they are in the list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.journal.achievements import Achievement, achievements
from cpdkit.journal.values import Competence


def listed(*items: str) -> str:
    return "I tested relays.\n\n## Achievements\n\n" + "".join(f"- {each}\n" for each in items)


def codes(item: str, *known: str) -> list[str]:
    (one,) = achievements(listed(item))
    return [f"{each.code}:{each.level}" for each in one.claims(set(known))]


@pytest.mark.parametrize(
    ("item", "claims"),
    [
        ("Wrote a study. (A2)", ["A2:"]),
        ("Wrote a study (A2: P, b3:SP).", ["A2:P", "b3:SP"]),
        ("Wrote a study\n  of nine stations\n  (A2)", ["A2:"]),
        ("Wrote a study (A2, 2025-07)", ["A2:"]),
        ("Wrote a study (A2, own.1)", ["A2:", "own.1:"]),
        ("Wrote a study (own.1)", ["own.1:"]),
        ("Wrote a study (Leeds)", []),
        ("Wrote a study (G99, 2025)", []),
        ("Wrote a study (2025)", []),
        ("Wrote a study (A2 and B3)", []),
        ("Wrote a study (A2) of nine stations", []),
        ("(A2)", ["A2:"]),
    ],
)
def test_brackets_at_the_end_are_claims_where_they_hold_codes(item: str, claims: list[str]) -> None:
    assert codes(item, "own.1") == claims


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-12", (date(2024, 12, 1), date(2024, 12, 31))),
        ("2024-02-29", (date(2024, 2, 29), date(2024, 2, 29))),
        ("2023-02-29", (None, None)),
        ("9999", (None, None)),
    ],
)
def test_the_days_of_an_achievement(text: str, days: tuple[date | None, date | None]) -> None:
    (one,) = achievements(listed(f"Wrote a study (A2, {text})"))
    assert (one.first, one.last) == days


def test_the_list_is_read_without_comments_private_items_and_what_is_indented() -> None:
    body = """One.

## Responsibilities

- Not this (A1)

## Personal achievements

<!-- - Not this (A1) -->
- First, with *emphasis* and a [link](https://example.org) (A1)
  - (B1)

  More of it.
- (private) Not this (A1)

1. Second `code` with snake_case (B2: P)

A paragraph. (C1)

## Other

- Not this (A1)
"""
    assert achievements(body) == (
        Achievement("First, with emphasis and a link", 10, (Competence("A1"),)),
        Achievement("Second code with snake_case", 16, (Competence("B2", "P"),)),
    )


@given(st.text(st.sampled_from("ab12 (),:-\n*#<>!`_[]."), max_size=80))
def test_any_text_is_read_and_a_line_is_one_of_it(text: str) -> None:
    body = f"## Achievements\n{text}"
    for one in achievements(body):
        assert 1 < one.line <= body.count("\n") + 1
