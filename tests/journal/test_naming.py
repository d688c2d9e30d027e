from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.journal.naming import LONGEST, file_name, id_of, identified, slug, unique


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("IET lecture: grid-scale storage", "iet-lecture-grid-scale-storage"),
        ("Ffrydiau Cyfrwng Cymraeg – Tŷ Newydd", "ffrydiau-cyfrwng-cymraeg-ty-newydd"),
        ("What's new?", "whats-new"),
        ("東京 visit", "東京-visit"),
        ("  ", ""),
        ("CON", "con"),
        ("a/../b\\c", "a-b-c"),
        ("x" * 100, "x" * 60),
        ("word " * 40, ("word-" * 12)[:-1]),
    ],
)
def test_slug(title: str, made: str) -> None:
    assert slug(title) == made


@given(st.text(max_size=120))
def test_a_slug_is_safe_everywhere(title: str) -> None:
    made = slug(title)
    assert len(made) <= LONGEST
    assert not set(made) & set('<>:"/\\|?*. \n\t\0_')
    assert slug(made) == made


def test_a_file_has_its_day_and_title() -> None:
    assert file_name(date(2026, 3, 14), "Storage!") == "2026-03-14-storage.md"
    assert file_name(date(2026, 3, 14), "!") == "2026-03-14.md"


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert unique("a/x.md", ["a/y.md"]) == "a/x.md"
    assert unique("a/x.md", ["A/X.md", "a/x-2.md"]) == "a/x-3.md"


PATHS = [
    "activities/2026/2026-03-14-storage-lecture.md",
    "activities/2026/2026-03-20-storage-visit.md",
    "activities/2025/2025-03-14-relays.md",
    "activities/old/relays.md",
]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("activities/2025/2025-03-14-relays.md", 2),
        ("2025/2025-03-14-relays.md", 2),
        ("2026-03-14-storage-lecture", 0),
        ("relays", 3),
        ("relays.md", 3),
        ("2025", 2),
        ("VISIT", 1),
        ("./old/relays.md", 3),
    ],
)
def test_any_unique_part_will_do(said: str, number: int) -> None:
    assert identified(said, PATHS) == PATHS[number]


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ("storage", "is a part of 2 names", "2026-03-14-storage-lecture, 2026-03-20-storage-visit"),
        ("nothing", 'there is no activity "nothing"', "cpd list"),
        ("", 'there is no activity ""', "cpd list"),
    ],
)
def test_what_is_not_unique_is_refused(said: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        identified(said, PATHS)
    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_many_are_cut() -> None:
    with pytest.raises(UsageError) as caught:
        identified("x", [f"activities/x{number}.md" for number in range(20)])
    assert caught.value.hint.endswith("x15 and 12 more")


def test_an_id_is_the_files_name() -> None:
    assert id_of("activities/a/b.c.md") == "b.c"
