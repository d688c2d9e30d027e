from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.journal.naming import SeveralMatch, file_name, id_of, narrowed, resolve_id, short_ids, slug, unique

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


TITLES = {PATHS[0]: "Énergie: storage", PATHS[1]: "A visit", PATHS[2]: "Visit of relays", PATHS[3]: "Relays of old"}


@pytest.mark.parametrize(
    ("part", "number"), [("énergie", 0), ("ENERGIE: st", 0), ("e\u0301nergie", 0), ("a visit", 1), ("of old", 3)]
)
def test_a_title_is_read_if_no_file_name_fits(part: str, number: int) -> None:
    assert resolve_id(part, PATHS, titles=lambda: TITLES) == PATHS[number]


def test_no_title_is_read_if_a_file_name_fits() -> None:
    def titles() -> dict[str, str]:
        raise AssertionError

    assert resolve_id("visit", PATHS, titles=titles) == PATHS[1]
    with pytest.raises(SeveralMatch) as caught:
        resolve_id("storage", PATHS, titles=titles)
    assert caught.value.paths == tuple(PATHS[:2])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("visit", [1, 2]), ("relays visit", [2]), ("OLD", [3]), ("vrl", [2]), ("xq", []), ("  ", [0, 1, 2, 3])],
)
def test_words_then_letters_in_order_narrow(text: str, numbers: list[int]) -> None:
    assert narrowed(text, TITLES) == [PATHS[number] for number in numbers]


WORDS = st.lists(st.sampled_from(["grid", "grids", "code", "on", "é", "2026", "Ångström"]), min_size=1, max_size=4)
NAMES = st.builds(lambda dated, words: ("2026-03-14-" if dated else "") + "-".join(words), st.booleans(), WORDS)


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), NAMES), min_size=1, max_size=12, unique=True))
def test_a_short_id_always_means_its_own_record(names: list[tuple[str, str]]) -> None:
    paths = [f"activities/{folder}/{name}.md" for folder, name in names]
    for path, short in short_ids(paths, paths).items():
        assert resolve_id(short, paths) == path
        assert short in (path, id_of(path)) or short in id_of(path)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("2026-03-14-iet-lecture", "lecture"),
        ("2026-03-14-grid-code", "grid-code"),
        ("2026-05-02-grid-lock", "lock"),
        ("2026-05-03-code-review", "review"),
        ("2026-01-01-on-it", "on-it"),
    ],
)
def test_a_short_id_is_the_fewest_whole_words(name: str, short: str) -> None:
    names = ("iet-lecture", "grid-code")
    days = ("2026-03-14", "2026-03-14", "2026-05-02", "2026-05-03", "2026-01-01")
    every = [f"{day}-{each}" for day, each in zip(days, (*names, "grid-lock", "code-review", "on-it"), strict=True)]
    paths = [f"activities/{each}.md" for each in every]
    assert short_ids([f"activities/{name}.md"], paths) == {f"activities/{name}.md": short}
