import pytest

from cpdkit.editor.outline import Path
from cpdkit.editor.spot import spot_at
from tests.editor.desks import page_of


@pytest.mark.parametrize(
    ("fields", "path", "what", "typed"),
    [
        ("ti|", (), "k", "ti"),
        ("title: x\n|\ntype: y", (), "k", ""),
        ("ty|pe: x", (), "k", "ty"),
        ("type:|", ("type",), "v", ""),
        ("type: |", ("type",), "v", ""),
        ("type: ev|ent", ("type",), "v", "ev"),
        ('type: "ev|', ("type",), "v", "ev"),
        ("provider: IET |", ("provider",), "v", "IET "),
        ("competences: [A1, |", ("competences", 1), "v", ""),
        ("competences: [A1,|]\ntype: event", ("competences", 1), "v", ""),
        ("competences: [A|\ntype: event", ("competences", 0), "kv", "A"),
        ("competences: {A1: |", ("competences", "A1"), "v", ""),
        ("competences: {A1: P, |}", ("competences",), "k", ""),
        ("topics:\n  - |", ("topics", 0), "kv", ""),
        ("topics:\n- a\n- b|", ("topics", 1), "kv", "b"),
        ("topics:\n- a\n|", (), "k", ""),
        ("sessions:\n  - |", ("sessions", 0), "kv", ""),
        ("sessions:\n  - date: |", ("sessions", 0, "date"), "v", ""),
        ("sessions:\n  - date: 2026-01-01\n    |", ("sessions", 0), "k", ""),
        ("sessions: [{|", ("sessions", 0), "k", ""),
        ("signed-off:\n  |", ("signed-off",), "k", ""),
        ("accepted: {CPD4|", ("accepted",), "k", "CPD4"),
    ],
)
def test_what_is_typed_is_told_from_the_text_before_it(fields: str, path: Path, what: str, typed: str) -> None:
    spot = spot_at(*page_of(fields))
    assert spot
    assert (spot.path, "k" * spot.key + "v" * spot.value, spot.typed) == (path, what, typed)


@pytest.mark.parametrize(
    "fields", ["title: a # |", "benefit: >\n  wor|", 'title: "a" |', "title: a\n---\nbody |", "# |"]
)
def test_nothing_is_proposed_where_nothing_of_ours_is_typed(fields: str) -> None:
    assert spot_at(*page_of(fields)) is None


def test_nothing_is_proposed_outside_records() -> None:
    assert spot_at(*page_of("ti|", "notes/a.md")) is None


@pytest.mark.parametrize(
    ("fields", "start", "stop", "glue", "quote"),
    [
        ("type: ev|ent", 6, 11, "", ""),
        ("type: 'ev|ent'", 6, 13, "", "'"),
        ("type:|", 5, 5, " ", ""),
        ("topics: [a,|]", 11, 11, " ", ""),
        ("topics: [a, |]", 12, 12, "", ""),
        ("topics:\n  -|", 3, 3, " ", ""),
    ],
)
def test_a_proposal_replaces_the_whole_word_and_keeps_blanks_right(
    fields: str, start: int, stop: int, glue: str, quote: str
) -> None:
    spot = spot_at(*page_of(fields))
    assert spot
    assert (spot.start, spot.stop, spot.glue, spot.quote) == (start, stop, glue, quote)


def test_a_word_alone_below_its_key_may_become_a_key() -> None:
    spot = spot_at(*page_of("signed-off:\n  b|"))
    assert spot
    assert (spot.path, spot.key, spot.value) == (("signed-off",), True, True)
