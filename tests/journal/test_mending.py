import pytest

from cpdkit.diagnostics import Fix
from cpdkit.journal.mending import instead, is_plural, is_slip, renamed, swapped, without_item
from cpdkit.text.edits import apply
from cpdkit.text.source import Source
from cpdkit.text.values import Sequence, parse


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
    assert (fix.title, made("titel: b\n", fix)) == ("rename it to title", "title: b\n")


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
    assert isinstance(node, Sequence)
    assert made(text, without_item(node.items, number, Source("a.md", text))) == after


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
