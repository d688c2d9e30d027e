"""Inlines: each kind as it may stay."""

from typing import Any

import pytest

from cpdkit.documents.bodies.vet import vet
from cpdkit.documents.bodies.vetting import NotShown, Shown
from tests.documents.hostile import depth, kinds, text_of

NO = ["", [], []]
SPACE = {"t": "Space"}


def word(text: str) -> dict[str, Any]:
    return {"t": "Str", "c": text}


def link(target: str, label: str = "text", title: str = "") -> dict[str, Any]:
    return {"t": "Link", "c": [["id", ["class"], [["onclick", "x"]]], [word(label)] if label else [], [target, title]]}


def vetted(*inlines: dict[str, Any], prefix: str = "a1-") -> list[dict[str, Any]]:
    heading = {"t": "Header", "c": [2, ["e000001md__there", [], []], [word("There")]]}
    blocks = vet([heading, {"t": "Para", "c": list(inlines)}], prefix=prefix).blocks
    return blocks[1]["c"] if len(blocks) > 1 else []


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (word("a\x00"), [word("a")]),
        ({"t": "Span", "c": [["x", ["y"], []], [word("a")]]}, [word("a")]),
        ({"t": "Cite", "c": [[], [word("@a")]]}, [word("@a")]),
        ({"t": "SmallCaps", "c": [word("a")]}, [word("a")]),
        ({"t": "Underline", "c": [word("a")]}, [word("a")]),
        ({"t": "Strikeout", "c": [word("a")]}, [{"t": "Strikeout", "c": [word("a")]}]),
        ({"t": "Emph", "c": [word("\x00")]}, []),
        ({"t": "Code", "c": [["", ["x"], [["k", "v"]]], "a\nb"]}, [{"t": "Code", "c": [NO, "a b"]}]),
        ({"t": "RawInline", "c": ["html", "<b>"]}, [word("<b>")]),
        ({"t": "RawInline", "c": ["tex", "\\a b"]}, [word("\\a"), SPACE, word("b")]),
        ({"t": "RawInline", "c": ["html", "<!-- note -->"]}, []),
        ({"t": "RawInline", "c": ["html", "<!-- open"]}, [word("<!--"), SPACE, word("open")]),
        ({"t": "Unheard", "c": "x"}, []),
    ],
)  # fmt: skip
def test_kinds(inline: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    assert vetted(inline) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://x.example/a b", "https://x.example/a%20b"),
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("#e000001md__there", "#a1-there"),
    ],
)
def test_links_that_may_lead_somewhere(target: str, expected: str) -> None:
    assert vetted(link(target)) == [{"t": "Link", "c": [NO, [word("text")], [expected, ""]]}]


@pytest.mark.parametrize(
    ("inline", "shown"),
    [
        (link("#e000001md__nowhere"), "text"),
        (link("#e000001md"), "text"),
        (link(""), "text"),
        (link("javascript:alert(1)"), "text (javascript:alert(1))"),
        (link("ftp://x.example", "ftp://x.example"), "ftp://x.example"),
        (link("", "", "only title"), "(only title)"),
        (link("file:///x\u202e", "a"), "a (file:///x)"),
    ],
)
def test_links_that_may_not_are_text(inline: dict[str, Any], shown: str) -> None:
    made = vetted(inline)
    assert "Link" not in kinds(made)
    assert text_of(made) == shown


def test_a_title_is_text_behind_its_link() -> None:
    assert text_of(vetted(link("https://x.example", title="the title"))) == "text (the title)"
    assert text_of(vetted(link("https://x.example", title="text"))) == "text"


def test_a_link_without_text_shows_its_address() -> None:
    assert text_of(vetted(link("https://x.example", ""))) == "https://x.example"


def image(address: str, said: str = "chart", title: str = "") -> dict[str, Any]:
    return {"t": "Image", "c": [["", [], [["width", "999px"]]], [word(said)] if said else [], [address, title]]}


def pictured(inline: dict[str, Any], found: Shown | NotShown) -> tuple[list[dict[str, Any]], list[str]]:
    made = vet([{"t": "Para", "c": [inline]}], images=lambda _: found)
    return made.blocks[0]["c"], [problem.message for problem in made.problems]


def test_an_image_that_is_there() -> None:
    made, problems = pictured(image("x/y.png", title="a title"), Shown("m0001.png", 12.5))
    assert made[0] == {
        "t": "Image",
        "c": [["", [], [["width", "12.50cm"]]], [word("chart")], ["cpd-media:m0001.png", ""]],
    }
    assert (text_of(made[1:]), problems) == ("(a title)", [])


def test_an_image_without_words_is_called_by_its_file() -> None:
    made, _ = pictured(image("x/y.png", ""), Shown("m0001.png", 1))
    assert made[0]["c"][1] == [word("y.png")]


@pytest.mark.parametrize(
    ("inline", "shown"),
    [
        (image("x/y.png"), "[image: chart: y.png]"),
        (image("x/y.png", ""), "[image: y.png]"),
        (image("", ""), "[image]"),
        (image("#e000001md", ""), "[image]"),
        (image("data:image/png;base64,AAAA"), "[image: chart]"),
        (image("y.png", "chart", "a title"), "[image: chart: y.png] (a title)"),
    ],
)
def test_an_image_that_is_not(inline: dict[str, Any], shown: str) -> None:
    made, problems = pictured(inline, NotShown("is missing"))
    assert text_of(made) == shown
    assert problems[0].endswith("is missing")


def maths(tex: str, kind: str = "InlineMath") -> dict[str, Any]:
    return {"t": "Math", "c": [{"t": kind}, tex]}


@pytest.mark.parametrize(
    ("inlines", "shown", "formulas"),
    [
        ([maths("E = mc^2"), word(".")], "E = mc^2.", ["E = mc^2"]),
        ([maths("5-"), word("10")], "$5-$10", []),
        ([maths("5 and $10 for $E")], "$5 and $10 for E", ["E"]),
        ([maths("5 for x"), word("5")], "$5 for x$5", []),
        ([maths("a\\$b")], "a\\$b", ["a\\$b"]),
        ([maths(" x ", "DisplayMath")], "x", [" x "]),
        ([maths("  ", "DisplayMath")], "$$$$", []),
        ([maths("x" * 3000)], "x" * 3000, []),
    ],
)
def test_maths_by_pandocs_rule(inlines: list[dict[str, Any]], shown: str, formulas: list[str]) -> None:
    made = vetted(*inlines)
    assert text_of(made).replace(" .", ".") == shown
    assert [inline["c"][1] for inline in made if inline["t"] == "Math"] == formulas


def note(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"t": "Note", "c": list(blocks)}


def test_a_note_holds_paragraphs_and_code() -> None:
    bullets = {"t": "BulletList", "c": [[{"t": "Plain", "c": [word("one")]}], [{"t": "Plain", "c": [word("two")]}]]}
    (made,) = vetted(note({"t": "Para", "c": [word("a")]}, bullets, {"t": "CodeBlock", "c": [["", ["x"], []], "code"]}))
    assert [block["t"] for block in made["c"]] == ["Para", "Para", "CodeBlock"]
    assert text_of(made) == "a one two code"


def test_a_note_in_a_note_is_in_brackets() -> None:
    (made,) = vetted(note({"t": "Para", "c": [word("a"), note({"t": "Para", "c": [word("b")]})]}))
    assert depth(made, frozenset(("Note",))) == 1
    assert text_of(made) == "a [ b ]" or text_of(made) == "a [b]"


def test_deep_emphasis_is_bounded_and_its_words_stay() -> None:
    inline = word("deep")
    for _ in range(5000):
        inline = {"t": "Emph", "c": [inline, word("x")]}
    made = vetted(inline)
    assert depth(made, frozenset(("Emph",))) <= 21
    assert text_of(made) == "deep" + "x" * 5000


def test_a_heading_is_one_line_without_notes_and_images() -> None:
    inlines = [
        word("a"),
        {"t": "LineBreak"},
        {"t": "Strong", "c": [word("b"), note({"t": "Para", "c": [word("c")]})]},
        image("x.png"),
    ]
    made = vet([{"t": "Header", "c": [1, NO, inlines]}], images=lambda _: Shown("m0001.png", 1)).blocks
    assert kinds(made) <= {"Header", "Str", "Space", "Strong"}
    assert text_of(made) == "a b (c)[image: chart]"
