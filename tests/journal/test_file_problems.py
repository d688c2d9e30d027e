"""Problems found while a file is read, and their fixes."""

import pytest

from cpdkit.diagnostics import Fix, Severity, Span
from cpdkit.journal.file_problems import Problems, instead, quoted, renamed, swapped, without_item
from cpdkit.text.edits import apply
from cpdkit.text.faults import Fault, FaultKind
from cpdkit.text.source import Source
from cpdkit.text.yaml import SequenceNode, parse

SOURCE = Source("a.md", "a: 1\nb: [2]\n")


def test_a_problem_is_at_its_value_with_its_line() -> None:
    to = Problems(SOURCE)
    to.add("CPD216", parse(SOURCE.text).values["b"], "so", "why", "how")
    (each,) = to.diagnostics
    assert (each.location, each.severity, each.source) == ("a.md:2:4", Severity.WARNING, "b: [2]")
    assert (each.message, each.note, each.hint) == ("so", "why", "how")
    assert to.errors == 0


def test_a_problem_of_the_whole_file_is_at_its_top() -> None:
    to = Problems(SOURCE, Span(1, 1, 1, 2))
    to.add("CPD201", None, "so")
    assert (to.diagnostics[0].location, to.errors) == ("a.md:1:1", 1)
    to = Problems(SOURCE)
    to.add("CPD201", None, "so")
    assert to.diagnostics[0].location == "a.md"


def test_a_fault_gets_its_code() -> None:
    to = Problems(SOURCE)
    to.faults([Fault(FaultKind.TAB, "a tab", Span(2, 1, 2, 2)), Fault(FaultKind.EMPTY, "empty")])
    assert [(each.code, each.source) for each in to.diagnostics] == [("CPD122", "b: [2]"), ("CPD108", "")]


def test_a_shape_is_named() -> None:
    to = Problems(SOURCE)
    to.shape(parse(SOURCE.text).values["b"], "a date")
    assert to.diagnostics[0].message == "expected a date, found a list"


@pytest.mark.parametrize(
    ("text", "shown"), [("a-b", "a-b"), ("a b", '"a b"'), ("1,5", "1,5"), ("x" * 50, "x" * 39 + "…"), ("", '""')]
)
def test_a_value_as_a_message_quotes_it(text: str, shown: str) -> None:
    assert quoted(text).strip('"') == shown.strip('"')


def made(text: str, fix: Fix | None) -> str | None:
    return apply(text.encode(), fix.edits).decode() if fix else None


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: b\n", "a: x\n"),
        ("a: 'b'  # c\n", "a: x  # c\n"),
        ("a:\n  b\n", "a:\n  x\n"),
        ("a:\n", None),
        ("a: b\n  c\n", None),
        ("a: |\n  b\n", None),
        ("a: [b]\n", None),
    ],
)
def test_another_value_in_its_place(text: str, after: str | None) -> None:
    assert made(text, instead(parse(text).values["a"], "x")) == after


def test_a_name_and_a_title() -> None:
    fix = renamed(parse("titel: b\n").keys["titel"], "title")
    assert fix is not None
    assert (fix.title, made("titel: b\n", fix)) == ('rename it to "title"', "title: b\n")


@pytest.mark.parametrize(
    ("text", "after"), [("a: 2\nb: '1'\n", "a: 1\nb: 2\n"), ("a: [2]\nb: 1\n", None), ("a: 1\n  2\nb: 1\n", None)]
)
def test_two_swapped(text: str, after: str | None) -> None:
    values = parse(text).values
    fix = swapped(values["a"], values["b"])
    assert made(text, fix) == after
    assert fix is None or not fix.safe


@pytest.mark.parametrize(
    ("text", "number", "after"),
    [
        ("a: [b, c, d]\n", 0, "a: [c, d]\n"),
        ("a: [b, c, d]\n", 1, "a: [b, d]\n"),
        ("a: [b, c , d]\n", 2, "a: [b, c]\n"),
        ("a: [b]\n", 0, None),
        ("a: [b, # why\n  c]\n", 1, None),
        ("a: [b,\n  c]\n", 0, None),
        ("a:\n  - b\n  - c\n", 1, "a:\n  - b\n"),
        ("a:\n  - b\n  - c # why\n", 1, None),
        ("a:\n  - b\n  -\n  - c\n", 1, "a:\n  - b\n  - c\n"),
        ("a:\n  - b\n  -\n", 1, "a:\n  - b\n"),
        ("a:\n  - b\n  - c\n    d\n", 1, None),
        ("a:\n- b\n- ''\n", 1, "a:\n- b\n"),
    ],
)
def test_an_item_taken_out(text: str, number: int, after: str | None) -> None:
    node = parse(text).values["a"]
    assert isinstance(node, SequenceNode)
    assert made(text, without_item(node.items, number, Source("a.md", text))) == after
