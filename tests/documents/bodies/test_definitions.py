"""Footnotes and labels: none is lost, none runs in circles."""

import time

import pytest

from cpdkit.documents.bodies.definitions import tame_footnotes, tame_links, without_footnotes
from cpdkit.documents.problems import Problem


def tamed(text: str, *, links: bool) -> tuple[str, list[tuple[str, int]]]:
    lines, problems = text.split("\n"), list[Problem]()
    (tame_links if links else tame_footnotes)(lines, [False] * len(lines), problems)
    return "\n".join(lines), [(problem.code, problem.line) for problem in problems]


@pytest.mark.parametrize(
    ("text", "expected", "codes"),
    [
        ("a[^1]\n\n[^1]: x", None, []),
        ("a[^A  b]\n\n[^a B]: x", None, []),
        ("a[^1]\n\n[^1]: x[^1]", "a[^1]\n\n[^1]: x\\[^1]", [("CPD906", 3)]),
        ("a[^1]\n\n[^1]: x\n\n    y[^1]\n\nz[^1]", "a[^1]\n\n[^1]: x\n\n    y\\[^1]\n\nz[^1]", [("CPD906", 5)]),
        ("a\n\n[^1]: x", "a\n\n\n\\[^1]: x", [("CPD907", 3)]),
        ("a[^1]\n\n[^1]: x\n[^1]: y", "a[^1]\n\n[^1]: x\n\n\\[^1]: y", [("CPD907", 4)]),
        ("`[^1]`\n\n> [^1]: x", "`[^1]`\n\n> \\[^1]: x", [("CPD907", 3)]),
        ("a\\[^1]\n\n[^1]: x", "a\\[^1]\n\n\n\\[^1]: x", [("CPD907", 3)]),
    ],
)
def test_footnotes(text: str, expected: str | None, codes: list[tuple[str, int]]) -> None:
    assert tamed(text, links=False) == (expected or text, codes)


def test_how_many_footnotes_are_left() -> None:
    lines = ["a[^1] b[^2] c[^1]", "", "[^1]: x", "[^2]: y", "[^3]: z"]
    assert tame_footnotes(lines, [False] * len(lines), []) == 2


def test_all_footnotes_can_be_text() -> None:
    lines = ["a[^1] \\[^2]", "[^3]", "[^1]: x"]
    without_footnotes(lines, [False, True, False])
    assert lines == ["a\\[^1] \\[^2]", "[^3]", "\\[^1]: x"]


@pytest.mark.parametrize(
    ("text", "expected", "codes"),
    [
        ("[a]\n\n[a]: u", None, []),
        ("[x][A]\n\n[a]: u", None, []),
        ("![x][a]\n\n[a]: u", None, []),
        ("x\n\n[a]: u", "x\n\n\\[a]: u", [("CPD907", 3)]),
        ("[a]\n\n[a]: u\n[a]: v", "[a]\n\n[a]: u\n\\[a]: v", [("CPD907", 4)]),
        ("[a](b)\n\n> [a]: u", "[a](b)\n\n> \\[a]: u", [("CPD907", 3)]),
        ("[//]: # (note)", "\\[//]: # (note)", [("CPD907", 1)]),
        ("[two\nlines]: u", "\\[two\nlines]: u", []),
        ("- [x] [two\n  lines]: u", "- [x] \\[two\n  lines]: u", []),
        ("[link\ntext](u)", None, []),
    ],
)
def test_labels(text: str, expected: str | None, codes: list[tuple[str, int]]) -> None:
    assert tamed(text, links=True) == (expected or text, codes)


@pytest.mark.parametrize(
    "text", ["[^" * 60_000, "[^a" * 60_000 + "]:", "[a\n" * 40_000 + "]:", "[" + "\\a" * 60_000], ids=range(4)
)
def test_hostile_ones_take_no_time(text: str) -> None:
    started = time.process_time()
    tamed(text, links=False)
    tamed(text, links=True)
    assert time.process_time() - started < 5
