"""No body changes anything outside itself, and all its words arrive: a test per way to try it, to the tree.

All hostile bodies are read together, between two ordinary ones that have to come out as if alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from PIL import Image

from cpdkit.documents.bodies.builder import no_images
from cpdkit.documents.bodies.images import MediaStore
from cpdkit.documents.bodies.parts import BuiltBody, build
from cpdkit.documents.tree import Block
from tests.documents.hostile import (
    DEEP,
    HOSTILE,
    LONG_WORD,
    POISON,
    as_json,
    depth,
    kinds,
    png_claiming,
    source_words,
    text_of,
    tree_words,
)

NEIGHBOUR = (
    "An ordinary body[^1] with a [link][1].\n\n## Reflection\n\n### What did you learn?\n\nMuch.\n\n"
    "[^1]: Its own note.\n[1]: https://own.example/\n"
)
IMAGES = {
    "image there": "![a chart](../evidence/chart.png)",
    "image missing": "![missing words](none.png)",
    "image outside": "![outside words](../../outside.png)",
    "image linked": "![linked words](../evidence/link.png)",
    "image bomb": "![bomb words](../evidence/bomb.png)",
}
ALLOWED = {
    "Para", "Plain", "Header", "CodeBlock", "BlockQuote", "BulletList", "OrderedList", "HorizontalRule", "Table",
    "Str", "Space", "SoftBreak", "LineBreak", "Emph", "Strong", "Strikeout", "Quoted", "Code", "Math", "Note", "Link",
    "Image", "Decimal", "Period", "InlineMath", "DisplayMath", "SingleQuote", "DoubleQuote",
    "AlignDefault", "AlignLeft", "AlignRight", "AlignCenter", "ColWidthDefault",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """All bodies after one reading."""

    made: Mapping[str, BuiltBody]
    media: Mapping[str, bytes]

    def blocks(self, name: str) -> list[Block]:
        return [*self.made[name].description, *self.made[name].reflection]

    def codes(self, name: str) -> set[str]:
        return {problem.code for problem in self.made[name].problems}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    top = tmp_path_factory.mktemp("isolation")
    root = top / "journal"
    (root / "activities").mkdir(parents=True)
    (root / "evidence").mkdir()
    for place in (root / "evidence" / "chart.png", top / "outside.png"):
        Image.new("RGB", (300, 200), "green").save(place)
    (root / "evidence" / "link.png").symlink_to(top / "outside.png")
    (root / "evidence" / "bomb.png").write_bytes(png_claiming(30_000, 30_000))
    bodies = {"before": NEIGHBOUR, **HOSTILE, **IMAGES, **POISON, "after": NEIGHBOUR}
    store = MediaStore(root)
    made = {
        name: build(body, "Reflection", prefix=f"a{number}-", images=store.images_of("activities/x.md"))
        for number, (name, body) in enumerate(bodies.items())
    }
    return World(made, store.media)


@pytest.mark.parametrize("name", HOSTILE)
def test_every_word_arrives(world: World, name: str) -> None:
    assert source_words(HOSTILE[name]) - tree_words(world.blocks(name)) == set()


@pytest.mark.parametrize("name", [*HOSTILE, *IMAGES, *POISON])
def test_nothing_but_the_whitelist_is_left(world: World, name: str) -> None:
    assert kinds(world.blocks(name)) <= ALLOWED


@pytest.mark.parametrize("name", HOSTILE)
def test_none_of_them_costs_its_form(world: World, name: str) -> None:
    assert "CPD901" not in world.codes(name)


def test_the_neighbours_are_as_if_alone(world: World) -> None:
    expected = build(NEIGHBOUR, "Reflection", prefix="", images=no_images)
    for name in ("before", "after"):
        assert text_of(world.blocks(name)) == text_of([*expected.description, *expected.reflection])
        assert "https://own.example/" in as_json(world.blocks(name))
        assert world.codes(name) == set()
        assert len(world.made[name].reflection) == 2


def test_an_unclosed_fence_ends_with_its_body(world: World) -> None:
    assert world.blocks("fence")[-1]["t"] == "CodeBlock"


def test_an_unclosed_div_is_text(world: World) -> None:
    assert text_of(world.blocks("div")).split() == [":::", "warning", "inside", "words"]


@pytest.mark.parametrize("name", ["comment", "comment block"])
def test_an_unclosed_comment_is_text_and_a_diagnostic(world: World, name: str) -> None:
    assert "<!-- unclosed words more words" in text_of(world.blocks(name))
    assert world.codes(name) == {"CPD904"}


def test_unclosed_maths_is_text(world: World) -> None:
    assert text_of(world.blocks("maths")).split() == ["start", "$$", "unclosed", "words", "more"]


def test_backticks_in_an_info_string_stay_inside_code(world: World) -> None:
    code = [block["c"] for block in world.blocks("tildes") if block["t"] == "CodeBlock"]
    assert code == [[["", [], []], "first```injected` one\ncode1"], [["", [], []], "second``` two\ncode2"]]


@pytest.mark.parametrize("name", ["self note", "note circle", "note in item", "note chain"])
def test_a_footnote_that_refers_to_itself_is_a_footnote_without_the_reference(world: World, name: str) -> None:
    assert "Note" in kinds(world.blocks(name))
    assert "CPD906" in world.codes(name)


def test_a_footnote_that_nothing_refers_to_is_text(world: World) -> None:
    assert "unused definition" in text_of(world.made["note circle"].description[-1])


def test_a_long_table_keeps_its_rows(world: World) -> None:
    (table,) = world.blocks("long table")
    assert len(table["c"][4][0][3]) == 200


def test_cells_beyond_the_header_share_the_last(world: World) -> None:
    table = world.blocks("extra cells")[0]
    assert "2 | third | fourth" in text_of(table["c"][4][0][3][0])
    assert world.codes("extra cells") == {"CPD908"}


def test_a_table_too_wide_for_paper_becomes_paragraphs(world: World) -> None:
    assert {block["t"] for block in world.blocks("wide table")} == {"Para"}
    assert "left | right" in text_of(world.blocks("wide table"))


def test_a_word_of_400_characters_is_one_word(world: World) -> None:
    assert len(LONG_WORD) > 400
    assert LONG_WORD in text_of(world.blocks("long word"))


def test_the_same_footnote_and_label_in_every_body(world: World) -> None:
    assert "note of the first" in text_of(world.blocks("same note"))
    assert as_json(world.blocks("same label")).count("https://first.example/") == 2
    assert "Its own note" in text_of(world.blocks("after"))


def test_headings_of_all_levels_stay_below_their_activity(world: World) -> None:
    levels = [block["c"][0] for block in world.blocks("headings") if block["t"] == "Header"]
    assert levels == [4, 5, 6, 6, 6, 6]


def test_a_metadata_block_in_the_middle_is_text(world: World) -> None:
    assert "title: injected header-includes: other" in text_of(world.blocks("metadata"))


@pytest.mark.parametrize("name", ["raw blocks", "raw spans"])
def test_raw_markup_is_visible_text(world: World, name: str) -> None:
    shown = text_of(world.blocks(name))
    markup = re.findall(r"<[^>]+>|#panic|\\\w+|\{=\w+\}", HOSTILE[name].replace("<br>", ""))
    assert [each for each in markup if each not in shown] == []
    assert "CPD903" in world.codes(name)


def test_typst_and_tex_characters_are_text(world: World) -> None:
    assert {"#import", "@name", "<label>", "$5", "*", "_", "~", "\\", "/*", "//"} <= set(
        text_of(world.blocks("typst")).split()
    )


def test_dots_behind_emphasis_and_links_that_lead_nowhere(world: World) -> None:
    shown = text_of(world.blocks("dots"))
    assert shown.split() == [
        "Smith.pdf",
        "Bold.Next",
        "here",
        "empty",
        "run",
        "(javascript:alert)",
        "file",
        "(../evidence/f.pdf)",
    ]
    assert "Link" not in kinds(world.blocks("dots"))


@pytest.mark.parametrize("name", ["emoji", "right to left"])
def test_every_script_is_kept(world: World, name: str) -> None:
    assert text_of(world.blocks(name)).split() == HOSTILE[name].split()


def test_a_body_of_5000_lines_passes(world: World) -> None:
    assert len(world.blocks("long body")) == 1000
    assert world.codes("long body") == set()


@pytest.mark.parametrize("name", ["deep quotes", "deep lists", "deep brackets"])
def test_nesting_is_bounded(world: World, name: str) -> None:
    blocks = world.blocks(name)
    assert depth(blocks, frozenset(("BlockQuote", "BulletList", "OrderedList"))) <= 11
    assert depth(blocks, frozenset(("Emph", "Strong", "Link", "Quoted"))) <= 21
    assert f"item{DEEP - 1}" in text_of(world.blocks("deep lists"))


def test_an_image_of_the_journal_is_shown(world: World) -> None:
    (paragraph,) = world.blocks("image there")
    (image,) = paragraph["c"]
    assert image["c"][2] == ["cpd-media:m0001.png", ""]
    assert set(world.media) == {"m0001.png"}


@pytest.mark.parametrize("name", [name for name in IMAGES if name != "image there"])
def test_any_other_image_is_its_words_and_its_name(world: World, name: str) -> None:
    words, file = re.fullmatch(r"!\[(.*)\]\(.*?([^/]+)\)", IMAGES[name]).groups()
    assert text_of(world.blocks(name)).strip() == f"[image: {words}: {file}]"
    assert world.codes(name) == {"CPD902"}


def test_money_stays_money_and_maths_is_maths(world: World) -> None:
    maths = [inline["c"][1] for inline in world.blocks("money")[0]["c"] if inline["t"] == "Math"]
    assert maths == ["E = mc^2", "x"]
    assert "Cost $5, $5-$10, $1,000-$2,000 and then" in text_of(world.blocks("money"))
    assert "$5 and $10 for" in text_of(world.blocks("money"))


def test_control_and_bidi_characters_are_gone(world: World) -> None:
    assert re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ufeff]", text_of(world.blocks("control"))) is None


def test_thousands_of_links_are_read_like_any_others(world: World) -> None:
    assert "CPD901" not in world.codes("labels")
    assert source_words(POISON["labels"]) <= tree_words(world.blocks("labels"))


def test_what_is_private_stays_so_beside_them(world: World) -> None:
    made = world.made["private labels"]
    assert "secret" not in as_json(world.blocks("private labels"))
    assert "open" in text_of(made.description)
    assert text_of(made.reflection).split()[:3] == ["Reflection", "kept", "kept"]
