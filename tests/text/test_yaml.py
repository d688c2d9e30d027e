"""YAML read by events: every value at its place, nothing constructed, and what is refused."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.diagnostics import Span
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.yaml import (
    COUNT_LIMIT,
    DEPTH_LIMIT,
    FAULT_LIMIT,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    is_empty,
    parse,
    span,
)


def plain(node: Node) -> object:
    """The value as Python's own texts, lists and dicts."""
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    if isinstance(node, MappingNode):
        return {name: plain(value) for name, value in node.values.items()}
    return node.value


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return caught.value.faults


@pytest.mark.parametrize(
    "value",
    ["no", "12:30", "2026-02-30", "0123456", "1_000", "1e3", "0x1F", ".inf", "2026-03-14 10:00:00", "=", "on", "1.10"],
)
def test_nothing_is_constructed(value: str) -> None:
    assert plain(parse(f"a: {value}\n")) == {"a": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", {}),
        ("# a comment\n", {}),
        ("~", {}),
        ("a: [1, 'x', \"y\"]\nb: {c: d}\n", {"a": ["1", "x", "y"], "b": {"c": "d"}}),
        ("a:\n  - b: 1\n    c: 2\n  - d\n", {"a": [{"b": "1", "c": "2"}, "d"]}),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
        ("--- \na: 1\n", {"a": "1"}),
    ],
)
def test_parse(text: str, value: object) -> None:
    assert plain(parse(text)) == value


@pytest.mark.parametrize(
    ("value", "empty"), [("", True), ("~", True), ("null", True), ("''", False), ('"null"', False), ("0", False)]
)
def test_what_says_that_there_is_no_value(value: str, empty: bool) -> None:
    assert is_empty(parse(f"a: {value}\n").values["a"]) is empty


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", FaultKind.DUPLICATE, Span(3, 1, 3, 2)),
        ("a: &x 1\n", FaultKind.ANCHOR, Span(1, 4, 1, 8)),
        ("a: &x [1]\n", FaultKind.ANCHOR, Span(1, 4, 1, 8)),
        ("a: *x\n", FaultKind.ALIAS, Span(1, 4, 1, 6)),
        ("a: [b, *x]\n", FaultKind.ALIAS, Span(1, 8, 1, 10)),
        ("*x : a\n", FaultKind.ALIAS, Span(1, 1, 1, 3)),
        ("a: !!str 1\n", FaultKind.TAG, Span(1, 4, 1, 11)),
        ("<<: {a: 1}\n", FaultKind.MERGE, Span(1, 1, 1, 3)),
        ("[a]: b\n", FaultKind.KEY, Span(1, 1, 1, 4)),
        ("~: b\n", FaultKind.KEY, Span(1, 1, 1, 2)),
        ("a: 1\n---\nb: 1\n", FaultKind.DOCUMENTS, Span(2, 1, 2, 4)),
        ("- a\n", FaultKind.NOT_MAPPING, Span(1, 1, 1, 4)),
        ("'a'\n", FaultKind.NOT_MAPPING, Span(1, 1, 1, 4)),
        ("words\n", FaultKind.NO_COLON, Span(1, 1, 1, 6)),
        ("a: " + "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, FaultKind.DEEP, Span(1, 15, 1, 16)),
    ],
)
def test_what_is_not_read_is_told_at_its_place(text: str, kind: FaultKind, place: Span) -> None:
    (fault,) = faults(text)
    assert (fault.kind, fault.span) == (kind, place)
    assert fault.hint


def test_several_faults_are_told_at_once() -> None:
    assert [each.kind for each in faults("a: 1\na: 2\nb: !x 1\n")] == [FaultKind.DUPLICATE, FaultKind.TAG]


def test_after_many_faults_the_rest_is_not_read() -> None:
    assert len(faults("a: 1\n" * 1_000)) == FAULT_LIMIT


def test_too_many_values_are_refused() -> None:
    assert faults(f"a: [{'b, ' * (COUNT_LIMIT + 1)}]")[-1].kind is FaultKind.MANY


@pytest.mark.parametrize("text", ["[" * 60_000, "a: " + "{b: " * 15_000, "- " * 30_000, "a: &a [*a, *a]\n" * 4_000])
def test_hostile_texts_are_refused_at_once(text: str) -> None:
    assert faults(text)[-1].kind in (FaultKind.DEEP, FaultKind.ALIAS, FaultKind.ANCHOR, FaultKind.DUPLICATE)


# Reads texts with another PyYAML: what it read or refused of each, and where.
WITH_ANOTHER_PYYAML = """
import json, sys, yaml
text = sys.argv[2]
exec(sys.argv[1])
from cpdkit.text.faults import Unreadable
from cpdkit.text.yaml import parse, span
try:
    print(json.dumps([[name, node.value, str(span(node))] for name, node in parse(text).values.items()]))
except Unreadable as error:
    print(json.dumps([[fault.kind, fault.message, str(fault.span)] for fault in error.faults]))
"""
NO_LIBYAML = "yaml.__with_libyaml__ = False"
LOOKS_AHEAD = """
class Parser(yaml.SafeLoader):
    def get_event(self):
        raise yaml.scanner.ScannerError("", None, "too deep", yaml.Mark("", 0, 1, 1_004, None, 0))
yaml.cyaml.CParser = Parser
"""


def read_by_another(setup: str, text: str) -> list[list[str]]:
    command = [sys.executable, "-c", WITH_ANOTHER_PYYAML, setup, text]
    lines: list[list[str]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return lines


@pytest.mark.parametrize("close", ["", "]" * 2_000])
def test_a_parser_that_looks_ahead_is_not_quicker_than_the_bound(close: str) -> None:
    text = f"a: 1\nb: {'[' * 2_000}{close}"
    (fault,) = read_by_another(LOOKS_AHEAD, text)
    assert fault == [FaultKind.DEEP, faults(text)[-1].message, str(Span(2, 4 + DEPTH_LIMIT, 2, 5 + DEPTH_LIMIT))]


@pytest.mark.parametrize("text", ["a: 1\nb: 東京 x  # so\n", "a: 'x'\nb: \"y\"\n", "a: b: c\n", "a: &x 1\n"])
def test_without_libyaml_the_same_is_read(text: str) -> None:
    assert read_by_another(NO_LIBYAML, text) == read_by_another("", text)


WORDS = st.text("ab 東🙂é-", min_size=1, max_size=8).map(str.strip).filter(lambda word: word and word[0] not in "-")


@given(st.lists(WORDS, min_size=1, max_size=4, unique=True), st.integers(0, 3), st.booleans())
def test_a_place_is_where_the_text_stands(words: list[str], blank: int, quoted: bool) -> None:
    text = "\n" * blank + "".join(f"k{n}: '{word}'\n" if quoted else f"k{n}: {word}\n" for n, word in enumerate(words))
    lines = text.split("\n")
    for word, node in zip(words, parse(text).values.values(), strict=True):
        at = span(node)
        assert lines[at.line - 1][at.column - 1 : at.end_column - 1].strip("'") == word
        assert isinstance(node, ScalarNode)


@given(st.text(st.sampled_from("abc:-[]{}\"'|>&*!%@`#,? \n\t\\~1"), max_size=60))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    try:
        parse(text)
    except Unreadable as error:
        for fault in error.faults:
            assert fault.span is not None
            assert 1 <= fault.span.line <= text.count("\n") + 1
            assert fault.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'a: "\ud83d\udc4d"', "👍"),
        (r'a: "x \uD83D\uDE00\ud83d\ude01 y"', "x 😀😁 y"),
        (r"a: '\ud83d\udc4d'", r"\ud83d\udc4d"),
        (r"a: \ud83d\udc4d", r"\ud83d\udc4d"),
        (r'a: "\\ud83d"', r"\ud83d"),
        (r'a: "\\\ud83d\udc4d"', "\\👍"),
        ('a: "x\n  \\ud83d\\udc4d"', "x 👍"),
        ("a: |-\n  \\uD83d\\udc4d", "\\uD83d\\udc4d"),
    ],
)
def test_surrogate_pairs_of_json(text: str, value: str) -> None:
    node = parse(text + "\nb: 1\n").values["a"]
    assert isinstance(node, ScalarNode)
    assert node.value == value


def test_the_places_next_to_a_surrogate_pair() -> None:
    root = parse(r'{"a\ud83d\udc4d": ["\ud83d\udc4d", "\ud83d\ude00"], "b": 1}')
    assert list(root.values) == ["a👍", "b"]
    items = root.values["a👍"]
    assert isinstance(items, SequenceNode)
    assert [span(each) for each in items.items] == [Span(1, 20, 1, 34), Span(1, 36, 1, 50)]


@pytest.mark.parametrize("text", [r'a: "\ud83d"', r'a: "\udc4d\ud83d"', r'a: "\\ud83d\udc4d"'])
def test_half_a_surrogate_pair_is_a_fault(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        parse(text)
    assert [fault.kind for fault in error.value.faults] == [FaultKind.ESCAPE]
