"""The only reader of Markdown: what it finds, and where; what is only for the owner; and that it always ends."""

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.text.markdown import LONGEST, MOST_LINES, read
from cpdkit.text.markdown_blocks import Block, plain, walk, walk_inlines


def sketch(blocks: Iterable[Block]) -> str:
    """Blocks in short: `bullets(item(a) item(b))`; private ones in braces."""
    shown = []
    for block in blocks:
        if block.kind == "paragraph":
            text = plain(block.inlines)
        elif block.kind in ("code", "markup"):
            text = f"{block.kind}({block.text.strip()})"
        elif block.kind == "heading":
            text = f"h{block.level}({plain(block.inlines)})"
        elif block.kind == "cell":
            text = f"cell({plain(block.inlines)})"
        elif block.blocks:
            text = f"{block.kind}({sketch(block.blocks)})"
        else:
            text = block.kind
        shown.append(f"{{{text}}}" if block.private else text)
    return " ".join(shown)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a\nb\n\nc", "a b c"),
        ("# A\n\nB\n===\n\n> # C", "h1(A) h1(B) quote(h1(C))"),
        ("- a\n- b\n\n  c\n\n3. d", "bullets(item(a) item(b c)) numbers(item(d))"),
        ("```py\nx\n```\n\n    y", "code(x) code(y)"),
        ("| a | b |\n|--|--|\n| 1 |", "table(row(cell(a) cell(b)) row(cell(1) cell()))"),
        ("a \\| b | c\n-|-\n`x\\|y` | z", "table(row(cell(a | b) cell(c)) row(cell(x|y) cell(z)))"),
        ("| a | b |\n|--|--|\n| 1 | 2 | 3 |", "table(row(cell(a) cell(b)) row(cell(1) cell(2 | 3)))"),
        ("| a |\n|--|\n| 1 |\n> q", "table(row(cell(a)) row(cell(1))) quote(q)"),
        ("a | b\n--\nc", "h2(a | b) c"),
        ("<div>\nx\n</div>\n\ny <b>", "markup(<div>\nx\n</div>) y <b>"),
        ("a\n\n***\n\nb", "a rule b"),
        ("~~gone~~ *a* **b** `c`", "gone a b c"),
        ("&amp; \\* &#169;", "& * ©"),
        ("a[^1]\n\n[^1]: note", "a footnote(note)"),
        ("[a]\n\n[a]: https://x.example", "a definition"),
    ],
)
def test_blocks(body: str, expected: str) -> None:
    assert sketch(read(body).blocks) == expected


def test_blocks_know_their_lines() -> None:
    body = "a\n\n- b\n  c\n\n  | x |\n  |---|\n  | y |\n\n> d\ne\n\n# F\n"
    found = {(each.kind, each.start, each.stop) for each in walk(read(body).blocks)}
    assert found >= {
        ("paragraph", 0, 1),
        ("paragraph", 2, 4),
        ("table", 5, 8),
        ("row", 7, 8),
        ("quote", 9, 11),
        ("heading", 12, 13),
    }


def test_headings_know_where_they_start_and_where_the_text_below_starts() -> None:
    body = "x\n\n# A ##\ntext\n\nTwo\n---\n\n> # quoted\n\n   ### C"
    found = read(body).headings
    assert [(each.line, each.level, each.text) for each in found] == [(3, 1, "A"), (6, 2, "Two"), (11, 3, "C")]
    assert [body[each.start :].split("\n")[0] for each in found] == ["# A ##", "Two", "   ### C"]
    assert [body[each.below : each.below + 6] for each in found] == ["\ntext\n", "\n\n> # ", ""]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$E = mc^2$.", ["E = mc^2"]),
        ("$5, $5-$10 and $1,000-$2,000", []),
        ("$5 and $10 for $E$", ["E"]),
        ("$ x$ $x $ $x$5", []),
        ("$a\\$b$ \\$c$", ["a\\$b"]),
        ("$$\nx\n$$ and $$ unclosed", ["\nx\n"]),
        ("$$ $$ `$x$`", []),
        ("$x\ny$", ["x\ny"]),
    ],
)
def test_formulas_by_pandocs_rule(text: str, formulas: list[str]) -> None:
    found = walk_inlines(read(text).blocks[0].inlines)
    assert [each.text for each in found if each.kind in ("maths", "display-maths")] == formulas


def test_tasks_have_their_box() -> None:
    body = "- [ ] open\n- [x] done\n- [X] (private) mine\n- [no] task\n- [ ]\n"
    (tasks,) = read(body).blocks
    assert [each.info for each in tasks.blocks] == ["☐", "☒", "☒", "", ""]
    assert sketch([tasks]) == "bullets(item(open) item(done) {item((private) mine)} item([no] task) item([ ]))"


# Links


def test_links_know_where_their_address_stands() -> None:
    body = (
        'a [b](c%20d.md#e "t") ![f](<g h.png>) [i] [j][k] ![l][m]\n'
        "> [n](../o.md)\n> [p\n> q](r.md)\n\n"
        "- x\n  y [s](t.md) and [u](v\\_w.md)\n\n"
        "| a | b |\n|--|--|\n|  [c](d.md)  | [e](f.md) |\n\n"
        "## A [g](h.md) ##\n\n"
        "[i]: j.md\n[k]: <l m.md>\n[m]: n.png 'title'\n"
        "`[k](l)`\n\n    [k](l)\n\n<!-- [k](l) -->\n\n<https://x.example> https://y.example\n"
    )
    found = list(read(body).links)
    written = "c%20d.md#e|g h.png|../o.md|r.md|t.md|v\\_w.md|d.md|f.md|h.md|j.md|l m.md|n.png"
    assert [body[each.start : each.stop] for each in found] == written.split("|")
    assert [each.address for each in found][:6] == ["c%20d.md#e", "g h.png", "../o.md", "r.md", "t.md", "v_w.md"]
    assert [body[each.start : each.stop] for each in found if each.image] == ["g h.png", "n.png"]


def test_links_behind_a_comment_that_reaches_over_blocks_keep_their_place() -> None:
    body = "a <!-- x\n\n  y --> [b](c.md) <!-- z --> [d](e.md)\n"
    assert [body[each.start : each.stop] for each in read(body).links] == ["c.md", "e.md"]


# Definitions and footnotes


@pytest.mark.parametrize(
    ("body", "remarks"),
    [
        ("a[^1]\n\n[^1]: x", []),
        ("a[^1]\n\n[^1]: x[^1]", [("note-in-note", 3)]),
        ("a[^1]\n\n[^1]: x\n\n    y[^1]\n\nz[^1]", [("note-in-note", 5)]),
        ("a\n\n[^1]: x", [("unused-note", 3)]),
        ("a[^1]\n\n[^1]: x\n\n[^1]: y", [("unused-note", 5)]),
        ("`[^1]` $x[^1]$\n\n> [^1]: x", [("unused-note", 3)]),
        ("a\\[^1]\n\n[^1]: x", [("unused-note", 3)]),
        ("[x][A]\n\n[a]: u", []),
        ("![x][a]\n\n[a]: u", []),
        ("x\n\n[a]: u", [("unused-label", 3)]),
        ("[a]\n\n[a]: u\n[a]: v", [("unused-label", 4)]),
        ("[a](b)\n\n> [a]: u", [("unused-label", 3)]),
        ("[//]: # (note)", [("unused-label", 1)]),
        ("| a |\n|--|\n| 1 | 2 |", [("extra-cells", 3)]),
        ("a\n\nb <!-- x", [("open-comment", 3)]),
        ("a <!-- x\n\nb -->", []),
    ],
)
def test_what_does_not_read_as_its_owner_may_think(body: str, remarks: list[tuple[str, int]]) -> None:
    assert [(each.kind, each.line) for each in read(body).remarks] == remarks


def test_a_note_that_only_an_unused_note_refers_to_is_a_note() -> None:
    document = read("a\n\n[^1]: one[^2]\n\n[^2]: two")
    assert [(each.kind, each.label) for each in document.remarks] == [("unused-note", "1")]
    assert set(document.footnotes) == {"2"}


# Comments and private passages


@pytest.mark.parametrize(
    ("body", "public"),
    [
        ("a <!-- x --> b", "a  b"),
        ("a <!-- x\n\ny --> b", "a  b"),
        ("<!-- x --> tail", " tail"),
        ("<!-- alone -->\n\na", "a"),
        ("a <!-- x --> b <!-- y\n\nz --> c", "a  b  c"),
        ("> a <!-- x\n> y --> b", "> a  b"),
        ("| a <!-- x | y --> | b |\n|--|--|", "| a  | b |\n|--|--|"),
        ("a <!--> b <!---> c", "a  b  c"),
        ("- a <!-- x\n\n  y --> b\n- c", "- a  b\n- c"),
        ("<div>\n<!-- x -->\n</div>", "<div>\n</div>"),
        ("`<!-- code -->`", "`<!-- code -->`"),
        ("```\n<!-- code -->\n```", "```\n<!-- code -->\n```"),
        ("    <!-- indented -->", "    <!-- indented -->"),
        ("\\<!-- escaped -->", "\\<!-- escaped -->"),
        ("a <!-- open\n\nb", "a <!-- open\n\nb"),
        ("a %% x %% b 5%", "a  b 5%"),
        ("%%\nx\n\ny\n%%\nb", "b"),
        ("a %% x\n\ny %% b", "a  b"),
        ("50%% of it", "50%% of it"),
        ("(private) x\ny\n\nb", "b"),
        (" (PRIVATE) x\n\nb", "b"),
        ("**(private)** x\n\nb", "b"),
        ("a (private) x", "a (private) x"),
        ("# A\n\nx\n\n## (private) B\n\ny\n\n### C\n\n# D", "# A\n\nx\n\n# D"),
        ("# A (private)\n\ny\n\n# D", "# D"),
        ("# A (private) b\n\ny", "# A (private) b\n\ny"),
        ("> (private) x\n>\n> y\nz\n\nb", "b"),
        ("> a\n>\n> (private) x\n\nb", "> a\n>\nb"),
        ("- (private) x\n  lazy\nmore\n- b", "- b"),
        ("- a\n  - (private) x\n    - y\n  - b", "- a\n  - b"),
        ("1. [ ] (private) x\n2. b", "2. b"),
        ("| a | b |\n|--|--|\n| (private) x | y |", "| a | b |\n|--|--|\n|  | y |"),
        ("a[^1]\n\n[^1]: (private) x", "a[^1]\n\n"),
    ],
)
def test_what_others_may_read(body: str, public: str) -> None:
    document = read(body)
    assert document.public() == public
    assert len(document.blanked) == len(body)
    for word in ("x", "y", "z"):
        assert word not in "".join(document.blanked.split()) or word in public


PIECES = (
    "(private)", "<!--", "-->", "%%", "\n", "\n\n", "- ", "> ", "# ", "a ", "    ", "|", "\n|--|\n", "`", "```\n",
    "[^1]", "[^1]: ", "<div>", "*", "[a](b) ", "$", "\\",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_place_stays(body: str) -> None:
    document = read(body)
    assert len(document.blanked) == len(body)
    assert all(mine in (" ", theirs) for mine, theirs in zip(document.blanked, body, strict=True))
    assert all(0 <= each.start <= each.stop <= len(body) for each in document.hidden)
    assert all(body[each.start : each.stop] for each in document.links if each.address)
    for heading in document.headings:
        assert heading.text in body[heading.start : heading.below]
        assert body[heading.below : heading.below + 1] in ("", "\n")


# Bounds


HOSTILE = {
    "brackets": "[" * 40_000,
    "pairs of brackets": "[a]: u\n\n" + "[a]" * 20_000,
    "brackets of many paragraphs": ("[" * 4_000 + "\n\n") * 200,
    "links that never close": "[a](" * 20_000,
    "emphasis": "*a_ " * 20_000,
    "quotes": "> " * 3_000 + "x",
    "lists": "".join("  " * depth + "- i\n" for depth in range(500)),
    "columns": "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n" + ("|" + "b|" * 2_000 + "\n") * 20,
    "rows": "| a | b |\n|--|--|\n" + "| 1 | 2 |\n" * 30_000,
    "lines": "".join(f"Line {number} of a *long* body.\n" for number in range(5_000)),
    "comments that never close": "<!-- a " * 20_000,
    "comments over blocks": "x <!-- a\n\nb --> y\n\n" * 5_000,
    "percent signs": "a %% b\n\n" * 9_001,
    "images in images": "![a" * 3_000 + "](b)" * 3_000,
    "notes": "".join(f"[^{number}]: n\n" for number in range(9_000)),
    "definitions": "".join(f"[{number}]: n\n" for number in range(20_000)),
    "backticks": "".join("`" * (number % 300 + 1) + "a" for number in range(3_000)),
    "dollars": "$a " * 20_000,
    "tags": "<a " * 20_000,
    "headings": "# x (private)\n" * (MOST_LINES - 1),
    "one line": "word " * (LONGEST // 6),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end_and_keep_their_words(name: str) -> None:
    body = HOSTILE[name]
    started = time.process_time()
    document = read(body)
    assert time.process_time() - started < 20  # a few seconds at most, but machines differ
    assert document.blocks
    assert "too-long" not in {each.kind for each in document.remarks}


@pytest.mark.parametrize("body", ["a" * (LONGEST + 1), "\n" * MOST_LINES], ids=["characters", "lines"])
def test_what_is_too_long_is_not_read_and_all_of_it_is_hidden(body: str) -> None:
    document = read(body)
    assert ([each.kind for each in document.remarks], document.blocks) == (["too-long"], [])
    assert not document.public()


def test_a_paragraph_with_too_many_marks_is_text_and_the_rest_is_read() -> None:
    document = read("# A\n\n" + "[" * 6_000 + "\n\n*b*")
    assert [(each.kind, each.line) for each in document.remarks] == [("too-dense", 3)]
    assert [each.kind for each in document.blocks[2].inlines] == ["emphasis"]
