"""Build a body: no word is lost, and only permitted blocks and links can be built."""

import random
import re
from typing import Any

import pytest

from cpdkit.documents.bodies.builder import (
    DEEPEST_BRACES,
    HIGHEST_NUMBER,
    LONGEST_TEX,
    MOST_COLUMNS,
    MissingImage,
    ShownImage,
    harmless,
    no_images,
)
from cpdkit.documents.bodies.parts import BuiltBody, build
from tests.documents.hostile import HOSTILE, POISON, as_json, depth, kinds, source_words, text_of, tree_words

NO = ["", [], []]


def built(body: str, images: Any = no_images) -> BuiltBody:
    return build(body, "Reflection", prefix="a1-", images=images)


def nodes(body: str) -> list[dict[str, Any]]:
    return built(body).description


def spans(body: str) -> list[dict[str, Any]]:
    (only,) = nodes(body)
    content: list[dict[str, Any]] = only["c"]
    return content


def word(text: str) -> dict[str, Any]:
    return {"t": "Str", "c": text}


SPACE = {"t": "Space"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a", [{"t": "Para", "c": [word("a")]}]),
        ("```py\na\x07b\n```", [{"t": "CodeBlock", "c": [NO, "ab"]}]),
        ("~~~ {.x} two words\ncode\n~~~", [{"t": "CodeBlock", "c": [NO, "{.x} two words\ncode"]}]),
        ("```\n \n```", []),
        ("<div>\nx\n</div>", [{"t": "CodeBlock", "c": [NO, "<div>\nx\n</div>"]}]),
        ("<!-- a\n\nb -->", []),
        ("<!-- a --> tail", [{"t": "Para", "c": [word("tail")]}]),
        (">", []),
        ("> (private) x", []),
        ("---", [{"t": "HorizontalRule"}]),
        ("-\n- a", [{"t": "BulletList", "c": [[], [{"t": "Plain", "c": [word("a")]}]]}]),
        ("- <!-- a -->\n- b", [{"t": "BulletList", "c": [[{"t": "Plain", "c": [word("b")]}]]}]),
        ("-\n-", []),
        ("- [ ]", [{"t": "BulletList", "c": [[{"t": "Plain", "c": [word("["), SPACE, word("]")]}]]}]),
        ("- [x] b", [{"t": "BulletList", "c": [[{"t": "Plain", "c": [word("☒"), SPACE, word("b")]}]]}]),
        ("> # h", [{"t": "BlockQuote", "c": [{"t": "Para", "c": [{"t": "Strong", "c": [word("h")]}]}]}]),
        ("#", []),
        ("[a]: https://x.example\n", [
            {"t": "Para", "c": [
                word("[a]:"), SPACE, {"t": "Link", "c": [NO, [word("https://x.example")], ["https://x.example", ""]]}]}
        ]),
    ],
)  # fmt: skip
def test_blocks(body: str, expected: list[dict[str, Any]]) -> None:
    assert nodes(body) == expected


@pytest.mark.parametrize(("start", "kept"), [("5.", 5), ("0)", 0), ("999999999.", HIGHEST_NUMBER)])
def test_numbered_lists_keep_their_start_alone(start: str, kept: int) -> None:
    (made,) = nodes(f"{start} a\n")
    assert made["c"][0] == [kept, {"t": "Decimal"}, {"t": "Period"}]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a\\\nb", [word("a"), {"t": "LineBreak"}, word("b")]),
        ("a<br/>b", [word("a"), {"t": "LineBreak"}, word("b")]),
        ("a\nb", [word("a"), {"t": "SoftBreak"}, word("b")]),
        ("~~a~~", [{"t": "Strikeout", "c": [word("a")]}]),
        ("`a  b`", [{"t": "Code", "c": [NO, "a  b"]}]),
        ("<b>", [{"t": "CodeBlock", "c": [NO, "<b>"]}]),
        ("`#x`{=typst}", [{"t": "Code", "c": [NO, "#x"]}, word("{=typst}")]),
        ("a $x^2$", [word("a"), SPACE, {"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}]),
        ("$$x$$", [{"t": "Math", "c": [{"t": "DisplayMath"}, "x"]}]),
        (f"${'x' * (LONGEST_TEX + 1)}$", [{"t": "Code", "c": [NO, "x" * (LONGEST_TEX + 1)]}]),
    ],
)
def test_running_text(body: str, expected: list[dict[str, Any]]) -> None:
    made = nodes(body)
    assert (made if made[0]["t"] == "CodeBlock" else made[0]["c"]) == expected


@pytest.mark.parametrize(
    ("link", "address", "text"),
    [
        ("[text](<https://x.example/a b>)", "https://x.example/a%20b", "text"),
        ("[text](mailto:a@x.example)", "mailto:a@x.example", "text"),
        ("[text](https://x.example 'the title')", "https://x.example", "text (the title)"),
        ("[text](https://x.example 'text')", "https://x.example", "text"),
        ("[](https://x.example)", "https://x.example", "https://x.example"),
        ("<https://x.example>", "https://x.example", "https://x.example"),
        ("[text](#there)", "#a1-there", "text"),
        ("[text](#nowhere)", "", "text"),
        ("[text]()", "", "text"),
        ("[text](javascript:alert(1))", "", "text (javascript:alert(1))"),
        ("[ftp://x.example](ftp://x.example)", "", "ftp://x.example"),
        ("[](<> 'only title')", "", "(only title)"),
        ("[a](../evidence/f.pdf)", "", "a (../evidence/f.pdf)"),
        ("[a](file:///x)", "", "a (file:///x)"),
    ],
)
def test_links_lead_to_the_web_to_mail_or_inside_the_body(link: str, address: str, text: str) -> None:
    body = built(f"{link}\n\n## There")
    made = body.description[0]["c"]
    assert [each["c"][2] for each in made if each["t"] == "Link"] == ([[address, ""]] if address else [])
    assert text_of(made) == text
    assert [problem.code for problem in body.problems] == ([] if address else ["CPD905"])


def test_ids_of_headings_are_their_own() -> None:
    made = nodes("# A\n\n## B, *c*!\n\n# A\n\n- # D\n\n## (private) E\n\n[1](#a-1) [2](#e) [3](#d)")
    heads = [each["c"][1][0] for each in made if each["t"] == "Header"]
    assert heads == ["a1-a", "a1-b-c", "a1-a-1"]


def test_an_image_that_is_there() -> None:
    (made,) = built("![chart](x/y.png 'a title')", lambda _: ShownImage("m0001.png", 12.5)).description
    assert made["c"][0] == {
        "t": "Image",
        "c": [["", [], [["width", "12.50cm"]]], [word("chart")], ["cpd-media:m0001.png", ""]],
    }
    assert text_of(made["c"][1:]) == "(a title)"


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        ("![chart](x/y.png)", "[image: chart: y.png]"),
        ("![](x/y.png)", "[image: y.png]"),
        ("![]()", "[image]"),
        ("![](#x)", "[image]"),
        ("![chart](data:image/png;base64,AAAA)", "[image: chart]"),
        ("![*chart*](y.png 'a title')", "[image: chart: y.png] (a title)"),
    ],
)
def test_an_image_that_is_not(image: str, shown: str) -> None:
    body = built(image, lambda _: MissingImage("is missing"))
    assert text_of(body.description) == shown
    assert [problem.code for problem in body.problems] == ["CPD902"]


def test_a_footnote_has_paragraphs_and_code() -> None:
    made = spans("x[^1]\n\n[^1]: a\n\n    - one\n    - two\n\n    ```\n    code\n    ```\n")
    assert [block["t"] for block in made[-1]["c"]] == ["Para", "Para", "CodeBlock"]
    assert text_of(made) == "x a one two code"


@pytest.mark.parametrize(
    ("body", "text", "codes"),
    [
        ("see[^1] and[^2]\n\n[^1]: x[^2]\n\n[^2]: y[^1]", "see x[^2] and y[^1]", ["CPD906", "CPD906"]),
        ("$$ x[^1] $$\n\n[^1]: kept words", "x[^1] [^1]: kept words", ["CPD907"]),
        ("a\n\n[^1]: b\n\n    - c", "a [^1]: b c", ["CPD907"]),
        ("a[^1]\n\n[^1]: (private) b", "a", []),
        ("# A[^1]\n\n[^1]: b *c*", "A (b c)", []),
        ("| a | b |\n|--|--|\n| 1 | 2 | 3 |", "a b 1 2 | 3", ["CPD908"]),
        ("a <!-- b", "a <!-- b", ["CPD904"]),
        ("a <b> c", "a <b> c", ["CPD903"]),
        ("[a]: u 'the title'", "[a]: u ‘the title’", ["CPD907"]),
    ],
)
def test_what_the_owner_should_know(body: str, text: str, codes: list[str]) -> None:
    made = built(body)
    assert text_of(made.description) == text
    assert [problem.code for problem in made.problems] == codes


def test_problems_have_the_lines_of_the_body() -> None:
    body = "a\n\n> b ![c](d.png)\n\n| a |\n|---|\n| 1 | 2 |\n\n<b>\n\ne <!-- open"
    assert [(each.code, each.line) for each in built(body).problems] == [
        ("CPD902", 3), ("CPD908", 7), ("CPD903", 9), ("CPD904", 11),
    ]  # fmt: skip


def test_tables_are_plain_cells_with_their_alignment() -> None:
    (made,) = nodes("| a | b | c | d |\n|:--|--:|:-:|---|\n| 1 |  | (private) x | 4 |\n")
    _, _, columns, head, ((_, _, _, rows),), foot = made["c"]
    assert [each[0]["t"] for each in columns] == ["AlignLeft", "AlignRight", "AlignCenter", "AlignDefault"]
    assert head[1][0][1][0] == [NO, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": [word("a")]}]]
    assert ([text_of(cell[4]) for cell in rows[0][1]], foot) == (["1", "", "", "4"], [NO, []])


def test_a_header_without_words_is_none() -> None:
    (made,) = nodes("| | |\n|--|--|\n| 1 | 2 |")
    assert made["c"][3] == [NO, []]


def test_the_widest_table() -> None:
    row = "".join(f"| {number} " for number in range(MOST_COLUMNS))
    assert [each["t"] for each in nodes(f"{row}|\n{'|--' * MOST_COLUMNS}|\n")] == ["Table"]
    made = built(f"{row}| x |\n{'|--' * (MOST_COLUMNS + 1)}|\n| 1 | | 3 |")
    words = [str(number) for number in range(MOST_COLUMNS)]
    assert [text_of(block) for block in made.description] == [" | ".join([*words, "x"]), "1 | 3"]
    assert [problem.code for problem in made.problems] == ["CPD910"]


def test_nesting_is_bounded_and_its_words_stay() -> None:
    made = built("".join("  " * level + f"- w{level}\n" for level in range(29)) + "> " * 40 + "quoted")
    assert depth(made.description, frozenset(("BlockQuote", "BulletList"))) <= 11
    assert text_of(made.description).split() == [*(f"w{level}" for level in range(29)), "quoted"]
    assert {problem.code for problem in made.problems} == {"CPD909"}


def test_deep_emphasis_is_bounded_and_its_words_stay() -> None:
    made = built("*a **b " * 60 + "deep" + "** x*" * 60)
    assert depth(made.description, frozenset(("Emph", "Strong"))) <= 21
    assert re.findall(r"\w+", text_of(made.description)) == ["a", "b"] * 60 + ["deep"] + ["x"] * 60


@pytest.mark.parametrize(
    ("tex", "takes"),
    [
        ("x" * LONGEST_TEX, True),
        ("x" * (LONGEST_TEX + 1), False),
        ("{" * DEEPEST_BRACES + "}" * DEEPEST_BRACES, True),
        ("{" * (DEEPEST_BRACES + 1), False),
        ("{}" * 100, True),
    ],
)
def test_formulas_that_a_writer_can_be_given(tex: str, takes: bool) -> None:
    assert harmless(tex) is takes


ALLOWED = {
    "Para", "Plain", "Header", "BulletList", "OrderedList", "BlockQuote", "CodeBlock", "HorizontalRule", "Table", "Str",
    "Space", "SoftBreak", "LineBreak", "Emph", "Strong", "Strikeout", "Code", "Math", "InlineMath", "DisplayMath",
    "Link", "Image", "Note", "Decimal", "Period", "AlignDefault", "AlignLeft", "AlignRight", "AlignCenter",
    "ColWidthDefault",
}  # fmt: skip


@pytest.mark.parametrize("name", [*HOSTILE, *POISON])
def test_hostile_bodies_keep_their_words_and_become_nothing_else(name: str) -> None:
    body = {**HOSTILE, **POISON}[name]
    made = built(body)
    assert kinds([made.description, made.reflection]) <= ALLOWED
    if "private" not in name:
        assert source_words(body) <= tree_words([made.description, made.reflection])
    assert "secret" not in as_json([made.description, made.reflection])


SCRAPS = (
    "*", "**", "_", "`", "``", "~~", "[", "]", "](", "](https://x.example/c)", "[^1]", "\n[^1]: ", "[1]", "![", "<b>",
    "\n[1]: https://x.example/\n", "<div>\n", "\n~~~\n", "\n```\n", "\n\n", "\n", "\n- ", "\n  - ", "\n1. ", "\n> ",
    " | ", "\n|--|--|\n", "\n# ", "$", "$$", "<!-- ", "\\", "&amp;", '"', "'", "    ", "\t", "\n---\n", "\n===\n", "(",
    ")", ":::", "%", "www.", "...", "--",
)  # fmt: skip


def soup(chance: random.Random, number: int) -> str:
    """Return unique words among pieces of markup."""
    scraps = (chance.choice(SCRAPS) + chance.choice(("", " ")) for _ in range(chance.randrange(3, 30)))
    return "".join(f"{scrap}w{number}x{at}q " if chance.random() < 0.6 else scrap for at, scrap in enumerate(scraps))


def test_no_word_of_any_soup_is_lost() -> None:
    chance = random.Random(20261123)
    lost = set()
    for number in range(1500):
        body = soup(chance, number)
        made = built(body)
        shown = as_json([made.description, made.reflection])
        # The language of a code fence is markup, and so is the address of a link that is used.
        prose = re.sub(r"(`{3}|~{3}) *w\w+", "", body)
        lost |= {(body, word) for word in re.findall(r"w\d+x\d+q", prose) if word not in shown}
    assert lost == set()
