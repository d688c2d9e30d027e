import copy

from cpdkit.documents.formats.skeleton_parts import pairs_of, plain
from cpdkit.documents.formats.word_processing import word_processing_rewriter
from tests.documents.office_sample import sample

WIDTH = 481.9


def styles(node: object) -> list[str]:
    """Return the custom styles of Divs, spans and tables, in order."""
    if isinstance(node, list):
        return [style for each in node for style in styles(each)]
    if not isinstance(node, dict):
        return []
    own = [pairs_of(node).get("custom-style", "")] if node["t"] in {"Div", "Table", "Span"} else []
    return [style for style in own if style] + styles(node.get("c"))


def test_every_part_has_its_style_and_every_word_is_kept() -> None:
    tree = sample()
    before = copy.deepcopy(tree)
    made = word_processing_rewriter(WIDTH).blocks(tree["blocks"])
    assert tree == before
    wanted = {
        "Kicker",
        "Subtitle",
        "Pair",
        "Facts",
        "Figures",
        "Figure Number",
        "Figure Label",
        "Notice",
        "Chart Caption",
    }
    wanted |= {
        "BarChart",
        "ColumnChart",
        "RecordList",
        "Soft",
        "Competence Code",
        "Note",
        "Page Break",
        "Meta",
        "Fields",
    }
    assert wanted == set(styles(made))
    for words in ("Angharad", "recorded", "東京電力", "Relay", "Hours are counted", "could not be read"):
        assert words in plain(made)


def test_columns_of_a_pair_fill_the_width() -> None:
    pair = next(block for block in word_processing_rewriter(WIDTH).blocks(sample()["blocks"]) if block["t"] == "Table")
    assert pairs_of(pair)["custom-style"] == "Pair"
    assert abs(sum(width["c"] for _, width in pair["c"][2]) - 1) < 1e-9


def test_empty_parts_leave_nothing() -> None:
    blocks = [{"t": "Div", "c": [["", [name], []], []]} for name in ("facts", "fields", "figures", "list")]
    assert word_processing_rewriter(WIDTH).blocks(blocks) == []
