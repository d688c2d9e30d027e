import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.editor.outline import JournalFile, Outline, Path, fields_of, key_end, quote_end, table_of, unquoted
from cpdkit.editor.positions import Text
from cpdkit.journal.compound_types import EVIDENCE
from cpdkit.journal.member import MEMBER, SCHEME_STATUS
from cpdkit.journal.records import ACTIVITY, OBJECTIVE, SESSION
from cpdkit.text.faults import Unreadable
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, parse


def outline(text: str) -> Outline:
    return Outline(enumerate(text.split("\n")))


def said(text: str) -> list[tuple[Path, str]]:
    return [(each.path, each.text) for each in outline(text).tokens if not each.key]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: b", [(("a",), "b")]),
        ("a: b # c", [(("a",), "b")]),
        ("a: b#c: d", [(("a",), "b#c: d")]),
        ("a: 'it''s' # c", [(("a",), "it's")]),
        ('a: "b \\" c"', [(("a",), 'b " c')]),
        ('"a: b": c', [(("a: b",), "c")]),
        ("a: [b, 'c, d', e]", [(("a", 0), "b"), (("a", 1), "c, d"), (("a", 2), "e")]),
        ("a: [b,\n  c]\nd: e", [(("a", 0), "b"), (("a", 1), "c"), (("d",), "e")]),
        ("a: {b: c, d: [e, f]}", [(("a", "b"), "c"), (("a", "d", 0), "e"), (("a", "d", 1), "f")]),
        ("a:\n- b\n- c\nd: e", [(("a", 0), "b"), (("a", 1), "c"), (("d",), "e")]),
        ("a:\n  - b: c\n    d: e\n  - f", [(("a", 0, "b"), "c"), (("a", 0, "d"), "e"), (("a", 1), "f")]),
        ("a:\n  - - b\n    - c", [(("a", 0, 0), "b"), (("a", 0, 1), "c")]),
        ("a: |\n  b: c\n\n  [d\ne: f", [(("e",), "f")]),
        ("a:\n  b:\n    c: d\n  e: f", [(("a", "b", "c"), "d"), (("a", "e"), "f")]),
        ("a:\n  b c", [(("a",), "b c")]),
        ("# a: b\nc: d", [(("c",), "d")]),
    ],
)
def test_values_stand_where_their_keys_lead(text: str, values: list[tuple[Path, str]]) -> None:
    assert said(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: [b, c\nd: e", [(("a", 0), "b"), (("a", 1), "c"), (("d",), "e")]),
        ('a: "b\nc: d', [(("a",), "b"), (("c",), "d")]),
        ("a: {b: c, d\ne: f", [(("a", "b"), "c"), (("e",), "f")]),
        ("a: ]\nb: c", [(("a",), "]"), (("b",), "c")]),
        ("a\nb: c", [(("b",), "c")]),
        ("a: b: c\nd: e", [(("a",), "b: c"), (("d",), "e")]),
    ],
)
def test_what_is_not_finished_spoils_nothing_below(text: str, values: list[tuple[Path, str]]) -> None:
    assert said(text) == values


def test_tokens_know_their_columns_with_quotes() -> None:
    token = outline("a: [b, 'c d']").at(0, 9)
    assert token
    assert (token.text, token.start, token.stop) == ("c d", 7, 12)
    assert outline("a: b").at(0, 2) is None


WORDS = (
    st.text(alphabet="abz019-. é", min_size=1, max_size=6)
    .map(str.strip)
    .filter(lambda word: word and word[0] not in "-" and word not in ("null",))
)
VALUES = st.recursive(WORDS, lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(
    WORDS, inner, min_size=1, max_size=3), max_leaves=8)  # fmt: skip


def block(value: object, indent: int) -> str:
    if isinstance(value, dict):
        return "".join(f"\n{' ' * indent}{key}:{block(each, indent + 2)}" for key, each in value.items())
    if isinstance(value, list):
        return "".join(f"\n{' ' * indent}-{block(each, indent + 2)}" for each in value)
    return f" {value}"


def flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]" if isinstance(value, list) else str(value)


def leaves(node: Node, path: Path = ()) -> list[tuple[Path, str, int, int]]:
    if isinstance(node, MappingNode):
        return [leaf for key, each in node.values.items() for leaf in leaves(each, (*path, key))]
    if isinstance(node, SequenceNode):
        return [leaf for number, each in enumerate(node.items) for leaf in leaves(each, (*path, number))]
    assert isinstance(node, ScalarNode)
    return [(path, node.value, node.start_mark.line, node.start_mark.column)]


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4), st.booleans())
def test_it_agrees_with_the_reader_on_what_that_reads(values: dict[str, object], flowing: bool) -> None:
    text = "\n".join(f"{key}:{' ' + flow(each) if flowing else block(each, 2)}" for key, each in values.items())
    tokens = [(each.path, each.text, each.line, each.start) for each in outline(text).tokens if not each.key]
    try:
        expected = leaves(parse(text))
    except Unreadable:
        return
    assert tokens == expected


@given(st.text(alphabet="ab:,[]{}\"'#|>- \t\n\\", max_size=60))
def test_no_text_is_too_broken(text: str) -> None:
    lines = text.split("\n")
    for token in outline(text).tokens:
        assert 0 <= token.start <= token.stop <= len(lines[token.line])


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "- " * 50_000, "a: " * 50_000, "{a: " * 30_000, '"' * 50_001, " " * 90_000]
)
def test_a_hostile_line_costs_no_time(text: str) -> None:
    assert len(outline(text).tokens) < 5_000


@pytest.mark.parametrize(
    ("content", "end"),
    [
        ("a: b", 1),
        ("a:", 1),
        ("a:b", None),
        ("a:b: c", 3),
        ("- a", None),
        ("[a: b", None),
        ("a # b: c", None),
        (": a", None),
    ],
)
def test_a_key_ends_at_its_colon(content: str, end: int | None) -> None:
    assert key_end(content) == end


def test_quotes_close_where_yaml_closes_them() -> None:
    assert quote_end("'a''b' c", 0) == 6
    assert quote_end('"a\\"b" c', 0) == 6
    assert quote_end('"a', 0) == 2
    assert [unquoted(each) for each in ("'a''b'", '"a\\\\"', '"a', "a", "'")] == ["a'b", "a\\", "a", "a", ""]


@pytest.mark.parametrize(
    ("text", "front", "closed"),
    [
        ("---\na: b\n---\nc\n", (1, 2), True),
        ("\n--- \r\na: b\r\n---\r\n", (2, 3), True),
        ("---\na: b\n", (1, 3), False),
        ("a: b\n---\n", (0, 0), False),
        ("", (0, 0), False),
        ("---\n---", (1, 1), True),
    ],
)
def test_the_fields_stand_between_two_fences(text: str, front: tuple[int, int], closed: bool) -> None:
    file = JournalFile("activities/a.md", Text(text))
    assert (file.front, file.is_closed) == (front, closed)


def test_all_of_the_member_file_is_fields() -> None:
    file = JournalFile("cpd.yaml", Text("name: A\n"))
    assert (file.front, file.is_closed) == ((0, 2), False)
    token = file.token_at(0, 7)
    assert token
    assert token.text == "A"


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("cpd.yaml", MEMBER),
        ("activities/a.md", ACTIVITY),
        ("plan/a.md", OBJECTIVE),
        ("plan/a.txt", None),
        ("evidence/a.md", None),
        ("README.md", None),
    ],
)
def test_each_kind_of_file_has_its_table(path: str, table: object) -> None:
    assert table_of(path) is table


def test_a_path_means_the_deepest_field_it_leads_to() -> None:
    file = JournalFile("activities/a.md", Text(""))
    found = [
        file.meaning(path) for path in [("sessions", 1, "date"), ("competences", "A1"), ("date",), ("x-a", "b"), ()]
    ]
    assert [(each.field.name, each.names, each.rest) if each else None for each in found] == [
        ("date", ("sessions", "date"), ()),
        ("competences", ("competences",), ("A1",)),
        ("start", ("date",), ()),
        None,
        None,
    ]


def test_mappings_have_the_fields_of_their_kind() -> None:
    assert fields_of(ACTIVITY, ("sessions", 0)) is SESSION
    assert fields_of(ACTIVITY, ("evidence", 0)) is EVIDENCE
    assert fields_of(MEMBER, ("schemes", 0, "statuses", 1)) is SCHEME_STATUS
    assert fields_of(ACTIVITY, (0,)) is ACTIVITY
    assert fields_of(ACTIVITY, ("units",)) is None
    assert fields_of(ACTIVITY, ("competences", "A1")) is None
