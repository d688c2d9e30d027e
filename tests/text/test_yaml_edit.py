import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.diagnostics import Edit
from cpdkit.text.edits import apply
from cpdkit.text.faults import Unreadable
from cpdkit.text.front_matter import split
from cpdkit.text.yaml import SequenceNode, parse
from cpdkit.text.yaml_edit import CannotEdit, FieldEditor

TEXT = """---
# the head
title: "A: b"   # a comment
topics: [a, b]
empty:
skills:  # mine
  - one   # first
  - two

  # of the next
benefit: |
  Long.

  More.

location: Leeds
map: {x: 1}
---

Body: stays.
"""
ORDER = ("title", "type", "topics", "location", "map")


def done(edits: list[Edit], text: str = TEXT) -> str:
    return apply(text.encode(), edits).decode()


@pytest.mark.parametrize(
    ("name", "value", "old", "new"),
    [
        ("title", "C", '"A: b"   # a comment', "C   # a comment"),
        ("topics", "[c]", "[a, b]", "[c]"),
        ("empty", "x", "empty:", "empty: x"),
        ("skills", "[c]", "skills:  # mine\n  - one   # first\n  - two\n", "skills: [c]  # mine\n"),
        ("benefit", "Short.", "|\n  Long.\n\n  More.\n", "Short.\n"),
        ("location", "|-\n  A\n  B", "Leeds", "|-\n  A\n  B"),
        ("map", "y", "{x: 1}", "y"),
        ("type", "event", "# a comment\n", "# a comment\ntype: event\n"),
        ("x-own", "1", "{x: 1}\n", "{x: 1}\nx-own: 1\n"),
    ],
)
def test_put(name: str, value: str, old: str, new: str) -> None:
    assert done(FieldEditor(TEXT).put(name, value, ORDER)) == TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("title", 'title: "A: b"   # a comment\n'),
        ("empty", "empty:\n"),
        ("skills", "skills:  # mine\n  - one   # first\n  - two\n"),
        ("benefit", "benefit: |\n  Long.\n\n  More.\n"),
        ("map", "map: {x: 1}\n"),
        ("nothing", ""),
    ],
)
def test_drop(name: str, gone: str) -> None:
    assert done(FieldEditor(TEXT).drop(name)) == TEXT.replace(gone, "", 1)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("topics", "[a, b]", "[a, b, z]"),
        ("skills", "  - two\n", "  - two\n  - z\n"),
        ("empty", "empty:", "empty: [z]"),
        ("location", "Leeds", "[Leeds, z]"),
        ("title", '"A: b"', '["A: b", z]'),
        ("fresh", "{x: 1}\n", "{x: 1}\nfresh: [z]\n"),
    ],
)
def test_add(name: str, old: str, new: str) -> None:
    assert done(FieldEditor(TEXT).add(name, "z", ORDER)) == TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "number", "old", "new"),
    [
        ("topics", 0, "[a, b]", "[b]"),
        ("topics", 1, "[a, b]", "[a]"),
        ("skills", 0, "  - one   # first\n", ""),
        ("skills", 1, "  - two\n", ""),
        ("location", 0, "location: Leeds\n", ""),
    ],
)
def test_take(name: str, number: int, old: str, new: str) -> None:
    assert done(FieldEditor(TEXT).remove(name, number)) == TEXT.replace(old, new, 1)


def test_swap_and_rename() -> None:
    assert done(FieldEditor(TEXT).replace("topics", 1, "z")) == TEXT.replace("[a, b]", "[a, z]")
    assert done(FieldEditor(TEXT).replace("skills", 0, "z")) == TEXT.replace("- one", "- z")
    assert done(FieldEditor(TEXT).replace("location", 0, "z")) == TEXT.replace("Leeds", "z")
    assert done(FieldEditor(TEXT).rename("location", "where")) == TEXT.replace("location:", "where:")


def test_an_empty_list_takes_its_first_item() -> None:
    text = "---\ntopics: [ ]\n---\n"
    assert done(FieldEditor(text).add("topics", "z"), text) == "---\ntopics: [z ]\n---\n".replace("[z ]", "[ z]")


def test_a_mapping_takes_no_item() -> None:
    with pytest.raises(CannotEdit):
        FieldEditor(TEXT).add("map", "z")


def test_fields_between_braces_cannot_be_changed() -> None:
    with pytest.raises(CannotEdit):
        FieldEditor("---\n{title: A, type: event}\n---\n")


def test_what_cannot_be_read_cannot_be_changed() -> None:
    with pytest.raises(Unreadable):
        FieldEditor("---\ntitle: a: b\n---\n")


VALUES = st.sampled_from(
    ["plain", '"a # b"', "[a, b]", "[]", "", "{a: 1}", "\n  - a\n  - b", "|\n  x\n\n  y\n", ">-\n  x"]
)
ENDS = st.sampled_from(["", "  # note", "\n\n# between"])


@st.composite
def fronts(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5, unique=True))
    lines = []
    for name in names:
        value, end = draw(VALUES), draw(ENDS)
        lines.append(f"{name}:{' ' if value and value[0] != chr(10) else ''}{value}{'' if chr(10) in value else end}")
    return "---\n" + "\n".join(lines) + "\n---\n\nBody\n"


@given(fronts(), st.sampled_from("abcdefg"), st.sampled_from(["v", "[v]", '"v: w"']))
def test_only_the_named_field_changes(text: str, name: str, value: str) -> None:
    before = parse(split(text).placed)
    after_text = done(FieldEditor(text).put(name, value), text)
    after = parse(split(after_text).placed)
    reported = {each: plain(node) for each, node in before.values.items()}
    assert {each: plain(node) for each, node in after.values.items()} == {
        **reported,
        name: plain(parse(f"k: {value}").values["k"]),
    }
    for line in text.split("\n"):
        if line.startswith("# between"):
            assert line in after_text.split("\n")
    dropped = parse(split(done(FieldEditor(after_text).drop(name), after_text)).placed)
    assert {each: plain(node) for each, node in dropped.values.items()} == {
        k: v for k, v in reported.items() if k != name
    }


def plain(node: object) -> object:
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    values = getattr(node, "values", None)
    return (
        {name: plain(value) for name, value in values.items()} if values is not None else getattr(node, "value", None)
    )


PARTED = """---
actions:
  - {a: 1, b: [x]}  # flow
  - a: 2
    b: "3"   # block
  - a: 4
    done:
  - five
---
"""


@pytest.mark.parametrize(
    ("number", "part", "old", "new"),
    [
        (0, "done", "b: [x]}", "b: [x], done: V}"),
        (0, "a", "a: 1", "a: V"),
        (1, "done", '    b: "3"   # block\n', '    b: "3"   # block\n    done: V\n'),
        (1, "b", '"3"', "V"),
        (2, "done", "done:", "done: V"),
        (2, "c", "    done:\n", "    done:\n    c: V\n"),
    ],
)
def test_put_part(number: int, part: str, old: str, new: str) -> None:
    assert done(FieldEditor(PARTED).put_part("actions", number, part, "V"), PARTED) == PARTED.replace(old, new, 1)


def test_a_part_of_what_has_none() -> None:
    for text in (PARTED.replace("- five", "- {a: }"), PARTED):
        with pytest.raises(CannotEdit):
            FieldEditor(text).put_part("actions", 3, "done", "V")
