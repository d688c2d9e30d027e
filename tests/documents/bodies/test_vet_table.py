"""Tables: plain, and no wider than paper."""

from typing import Any

from cpdkit.documents.bodies.vet import vet
from cpdkit.documents.bodies.vet_table import MOST_COLUMNS
from tests.documents.hostile import text_of


def cell(words: str, span: int = 1) -> list[Any]:
    blocks = [{"t": "Plain", "c": [{"t": "Str", "c": words}]}] if words else []
    return [["id", ["class"], [["style", "x"]]], {"t": "AlignCenter"}, 1, span, blocks]


def row(*texts: str) -> list[Any]:
    return [["", ["row"], []], [cell(text) for text in texts]]


def table(head: list[Any], rows: list[Any], columns: int) -> dict[str, Any]:
    widths = [[{"t": "AlignRight"}, {"t": "ColWidth", "c": 0.5}]] * columns
    body = [["", [], []], 1, [row("between")], rows]
    return {
        "t": "Table",
        "c": [["id", [], []], [None, []], widths, [["", [], []], head], [body], [["", [], []], [row("foot")]]],
    }


def test_attributes_widths_and_spans_go_and_alignment_stays() -> None:
    (made,) = vet([table([row("a", "b")], [row("1", "2")], 2)]).blocks
    attr, _, columns, head, (body,), foot = made["c"]
    assert attr == ["", [], []]
    assert columns == [[{"t": "AlignRight"}, {"t": "ColWidthDefault"}]] * 2
    assert head[1][0][1][0] == [
        ["", [], []],
        {"t": "AlignDefault"},
        1,
        1,
        [{"t": "Plain", "c": [{"t": "Str", "c": "a"}]}],
    ]
    assert text_of(body) == "between 1 2 foot"
    assert (body[1], foot[1]) == (0, [])


def test_a_header_without_words_is_none() -> None:
    (made,) = vet([table([row("", "")], [row("1", "2")], 2)]).blocks
    assert made["c"][3] == [["", [], []], []]


def test_the_widest_table() -> None:
    texts = [str(n) for n in range(MOST_COLUMNS)]
    assert vet([table([row(*texts)], [], MOST_COLUMNS)]).blocks[0]["t"] == "Table"
    made = vet([table([row(*texts, "x")], [row("1", "", "3")], MOST_COLUMNS + 1)])
    assert [text_of(block) for block in made.blocks] == [" | ".join([*texts, "x"]), "between", "1 | 3", "foot"]
    assert [problem.code for problem in made.problems] == ["CPD910"]
