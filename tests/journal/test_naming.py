from datetime import date

import pytest

from cpdkit.errors import UsageError
from cpdkit.journal.naming import file_name, id_of, resolve_id, slug, unique

PATHS = [
    "activities/2026/2026-03-14-storage-lecture.md",
    "activities/2026/2026-03-20-storage-visit.md",
    "activities/2025/2025-03-14-relays.md",
    "activities/old/relays.md",
]


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("activities/2025/2025-03-14-relays.md", 2),
        ("2025/2025-03-14-relays.md", 2),
        ("2026-03-14-storage-lecture", 0),
        ("relays", 3),
        ("relays.md", 3),
        ("2025", 2),
        ("VISIT", 1),
        ("./old/relays.md", 3),
        (r".\activities\old\relays.md", 3),  # as PowerShell completes it
        (r"2025\2025-03-14-relays.md", 2),
    ],
)
def test_any_unique_part_of_an_id_is_enough(part: str, number: int) -> None:
    assert resolve_id(part, PATHS) == PATHS[number]


@pytest.mark.parametrize(
    ("part", "message", "hint"),
    [
        ("storage", "matches 2 files", "2026-03-14-storage-lecture, 2026-03-20-storage-visit"),
        ("nothing", 'no activity matches "nothing"', "use a part of the file name"),
        ("", 'no activity matches ""', "use a part of the file name"),
    ],
)
def test_what_is_not_unique_is_refused(part: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve_id(part, PATHS)
    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_a_backslash_is_a_part_of_a_name_too() -> None:
    assert resolve_id(r"a\b", [r"activities/a\b.md", "activities/c.md"]) == r"activities/a\b.md"


def test_many_are_cut() -> None:
    with pytest.raises(UsageError) as caught:
        resolve_id("x", [f"activities/x{number}.md" for number in range(20)])
    assert caught.value.hint.endswith("x15 and 12 more")


def test_an_id_is_the_files_name() -> None:
    assert id_of("activities/a/b.c.md") == "b.c"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("IET lecture: grid-scale storage", "iet-lecture-grid-scale-storage"),
        ("Łódź über Ångström’s café", "łodz-uber-angstroms-cafe"),
        ("変電所 見学", "変電所-見学"),
        ("../../etc/passwd", "etc-passwd"),
        ("№5", "no5"),
        ("???", "activity"),
        ("word " * 40, "-".join(["word"] * 12)),
        ("x" * 300, "x" * 60),
        ("Con", "con-activity"),
        ("NUL.", "nul-activity"),
        ("COM1", "com1-activity"),
        ("Contracts", "contracts"),
    ],
)
def test_a_slug_is_safe_on_every_system(title: str, name: str) -> None:
    assert slug(title) == name
    assert len(file_name(date(2026, 3, 14), title).encode()) < 240


def test_a_taken_name_gets_a_number_in_whatever_case() -> None:
    assert unique("a/b.md", ["a/c.md"]) == "a/b.md"
    assert unique("a/b.md", ["A/B.md", "a/b-2.md"]) == "a/b-3.md"
