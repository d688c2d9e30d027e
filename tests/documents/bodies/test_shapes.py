"""Rows too long for their table, and markup deeper than any sense."""

import pytest

from cpdkit.documents.bodies.shapes import DEEPEST, tame_nesting, tame_tables
from cpdkit.documents.problems import Problem

HEAD = "| a | b |\n|---|--:|\n"
QUOTED = "> | a | b |\n> |---|--:|\n"


def tables(text: str) -> tuple[str, list[int]]:
    lines, problems = text.split("\n"), list[Problem]()
    tame_tables(lines, [False] * len(lines), problems)
    return "\n".join(lines), [problem.line for problem in problems]


@pytest.mark.parametrize(
    ("text", "expected", "at"),
    [
        (HEAD + "| 1 | 2 |\n| 1 |", None, []),
        (HEAD + "| 1 | 2 | 3 |", HEAD + "| 1 | 2 \\| 3 |", [3]),
        (HEAD + "1 | 2 | 3 | 4", HEAD + "1 | 2 \\| 3 \\| 4", [3]),
        (HEAD + "| 1 \\| 2 | 3 |", None, []),
        (HEAD + "\n| 1 | 2 | 3 |", None, []),
        (QUOTED + "> | 1 | 2 | 3 |", QUOTED + "> | 1 | 2 \\| 3 |", [3]),
        ("a | b | c\n---|---\n1 | 2 | 3", None, []),
        ("text | text\n\n1 | 2 | 3", None, []),
    ],
)  # fmt: skip
def test_rows(text: str, expected: str | None, at: list[int]) -> None:
    assert tables(text) == (expected or text, at)


def nesting(text: str) -> str:
    lines = text.split("\n")
    tame_nesting(lines, [False] * len(lines))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> " * DEEPEST + "a", None),
        ("> " * (DEEPEST + 1) + "a", "> " * DEEPEST + "\\> a"),
        ("- " * (DEEPEST + 1) + "a", "- " * DEEPEST + "\\- a"),
        ("12. " * (DEEPEST + 1) + "a", "12. " * DEEPEST + "12\\. a"),
        ("- " * 200, None),
        ("_" * 80, None),
        ("* " * 80, None),
        ("*" * DEEPEST + "a", "\\*" * DEEPEST + "a"),
        ("*" * 20 + "a", None),
        ("[" * (DEEPEST + 2) + "a]", "[" * DEEPEST + "\\[\\[a]"),
        ("[a](u)" * 200, None),
        ("[\n" * (DEEPEST + 1), "[\n" * DEEPEST + "\\[\n"),
        ("[\n\n" * (DEEPEST + 1), None),
    ],
)
def test_markup_has_no_meaning_beyond_a_depth(text: str, expected: str | None) -> None:
    assert nesting(text) == (text if expected is None else expected)
