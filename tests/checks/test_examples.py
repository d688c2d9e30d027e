"""The examples' journals: good ones, but for what an example changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.checks.examples import ACTIVITY, PLACES, chunks, files_of, found_in, merged

UNCHANGED = {where: place.fields for where, place in PLACES.items()}
UNCHANGED["body"] = PLACES["body"].body
UNCHANGED["file"] = files_of("fields", "", {})["activities/relay-course.md"]


@pytest.mark.parametrize("where", PLACES)
def test_what_surrounds_an_example_is_clean(where: str) -> None:
    assert found_in(where, UNCHANGED[where], {}) == ()


@pytest.mark.parametrize(
    ("lines", "without", "wanted"),
    [
        ("", (), "a: 1\nb: 2\n"),
        ("b: 3", (), "a: 1\nb: 3\n"),
        ("c: 3\n", (), "a: 1\nb: 2\nc: 3\n"),
        ("a: 3\nb: 4\n", (), "a: 3\nb: 4\n"),
        ("c: 3\nc: 4\n", (), "a: 1\nb: 2\nc: 3\nc: 4\n"),
        ("", ("a",), "b: 2\n"),
        ("a:\n  - 1\n  - 2\n", ("b",), "a:\n  - 1\n  - 2\n"),
        ("a:\n- 1\n# two\n- 2\n", (), "a:\n- 1\n# two\n- 2\nb: 2\n"),
        ("b 3", (), "a: 1\nb 3\n"),
        ("[a, b]: 3", (), "a: 1\nb: 2\n[a, b]: 3\n"),
    ],
)
def test_merged(lines: str, without: tuple[str, ...], wanted: str) -> None:
    assert merged("a: 1\nb: 2\n", lines, without) == wanted


@given(st.text(alphabet="ab: -#[\n", min_size=1).map(lambda text: f"{text}\n"))
def test_chunks_lose_no_line(text: str) -> None:
    assert "".join(told for _, told in chunks(text)) == text


def test_files_beside_win() -> None:
    files = files_of("fields", "title: Other", {"cpd.yaml": "name: Else\n", "evidence/a.pdf": ""})
    assert set(files) == {"cpd.yaml", "activities/relay-course.md", "evidence/a.pdf"}
    assert files["cpd.yaml"] == "name: Else\n"
    assert files["activities/relay-course.md"].startswith("---\ntitle: Other\ntype: training\n")


def test_an_objective_is_served() -> None:
    assert "objectives: [grid-storage]" in files_of("plan", "", {})["activities/relay-course.md"]
    assert "objectives" not in ACTIVITY
