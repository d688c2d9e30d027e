"""Closed comments are gone, wherever they stand; open ones are text."""

import time

import pytest

from cpdkit.documents.bodies.comments import without_comments
from cpdkit.documents.problems import Problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- x --> b", "a  b"),
        ("a <!-- x\n\ny --> b", "a \n\n b"),
        ("<!-- x --> tail", " tail"),
        ("a <!-- x --> b <!-- y\nz --> c", "a  b \n c"),
        ("> a <!-- x\n> y --> b", "> a \n>  b"),
        ("| a <!-- x | y --> | b |", "| a  | b |"),
        ("a <!--> b <!---> c", "a  b  c"),
        ("<!-- ```\n--> a\n```", "\n a\n```"),
        ("a <!-- x", "a \\<!\\-\\- x"),
        ("a <!-- <!-- x", "a \\<!\\-\\- \\<!\\-\\- x"),
        ("a <!-- x --> b <!-- y", "a  b \\<!\\-\\- y"),
    ],
)
def test_taken_out(text: str, expected: str) -> None:
    assert without_comments(text, []) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<!-- alone -->",
        "`<!-- code -->`",
        "``a`<!-- x -->``",
        "```\n<!-- code -->\n```",
        "~~~\n<!-- open",
        "    <!-- indented -->",
        "\\<!-- escaped -->",
        "no comment",
    ],
)
def test_left_to_the_reader(text: str) -> None:
    assert without_comments(text, []) == text


def test_an_open_one_is_reported_at_its_line() -> None:
    problems: list[Problem] = []
    without_comments("a\n\nb <!-- x", problems)
    assert [(problem.code, problem.line) for problem in problems] == [("CPD904", 3)]


def test_lines_keep_their_numbers() -> None:
    assert without_comments("a <!-- x\ny\n\nz --> b\nlast", []).split("\n")[-1] == "last"
    assert without_comments("a <!-- x\ny\n\nz --> b\nlast", []).count("\n") == 4


@pytest.mark.parametrize(
    "text", ["<!--" * 60_000, "a <!--\n" * 10_000, "`<!-- " * 20_000], ids=["one line", "many lines", "spans"]
)
def test_thousands_of_open_ones_take_no_time(text: str) -> None:
    started = time.process_time()
    without_comments(text, [])
    assert time.process_time() - started < 5
