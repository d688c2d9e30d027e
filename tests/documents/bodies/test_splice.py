"""Bodies on their way into their places."""

from typing import Any

import pytest

from cpdkit.documents.bodies.splice import (
    Misplaced,
    place,
    placeholder,
    places_in,
    shifted,
    split,
    without_notes,
    without_private,
    without_unanswered,
)  # fmt: skip
from cpdkit.documents.pandoc import read_skeleton
from tests.documents.hostile import text_of


def para(text: str) -> dict[str, Any]:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


def heading(level: int, text: str) -> dict[str, Any]:
    return {"t": "Header", "c": [level, ["", [], []], [{"t": "Str", "c": text}]]}


def of(sketch: str) -> list[dict[str, Any]]:
    """`2Title word` is a heading of level 2 and a paragraph."""
    return [heading(int(each[0]), each[1:]) if each[0].isdigit() else para(each) for each in sketch.split()]


def sketch(blocks: list[dict[str, Any]]) -> str:
    return " ".join((str(block["c"][0]) if block["t"] == "Header" else "") + text_of(block) for block in blocks)


@pytest.mark.parametrize(
    ("body", "kept", "removed"),
    [
        ("a 2(private) b 3c d 2e f", "a 2e f", 1),
        ("2(PRIVATE)x b 1c d", "1c d", 1),
        ("2(private) a 2(private)b c", "", 2),
        ("2(private) 3(private) a 2b", "2b", 1),
        ("2a (private)", "2a (private)", 0),
        ("a(private)b 2x(private)", "a(private)b 2x(private)", 0),
    ],
)
def test_private_sections(body: str, kept: str, removed: int) -> None:
    public, count = without_private(of(body))
    assert (sketch(public), count) == (kept, removed)


def test_private_items_at_any_depth() -> None:
    inner = {"t": "BulletList", "c": [[para("keep")], [para("(private)"), para("secret")]]}
    task = {
        "t": "Plain",
        "c": [{"t": "Str", "c": "☐"}, {"t": "Space"}, {"t": "Strong", "c": [{"t": "Str", "c": "(private)"}]}],
    }
    outer = {
        "t": "OrderedList",
        "c": [[1, {"t": "Decimal"}, {"t": "Period"}], [[para("top"), inner], [task, para("secret")]]],
    }
    public, removed = without_private([{"t": "BlockQuote", "c": [outer]}])
    assert (text_of(public), removed) == ("top keep", 2)
    assert "secret" in text_of(outer)


def test_a_list_of_nothing_but_private_items_goes() -> None:
    private = {"t": "BulletList", "c": [[para("(private)")]]}
    assert without_private([private, {"t": "BlockQuote", "c": [private]}]) == ([], 2)


def test_notes_to_oneself_go_and_other_markup_stays() -> None:
    note = {"t": "RawBlock", "c": ["html", "<!-- x -->\n"]}
    inline = {"t": "Para", "c": [{"t": "RawInline", "c": ["html", "<!-- x -->"]}, {"t": "SoftBreak"}]}
    other = {"t": "RawBlock", "c": ["html", "<!-- x --> y\n"]}
    assert without_notes([note, inline, other, para("a")]) == [other, para("a")]


@pytest.mark.parametrize(
    ("body", "description", "reflection", "unanswered"),
    [
        ("a 2b c", "a 2b c", "", 0),
        ("a 2Reflection b 3c d", "a", "b 3c d", 0),
        ("a 2REFLECTION 3p 3q b 2after c", "a 2after c", "3q b", 1),
        ("2Reflection 3p 3q", "", "", 2),
        ("1a 2Reflection b 1c d", "1a 1c d", "b", 0),
        ("2Reflections a", "2Reflections a", "", 0),
        ("2a 3Reflection b 4c d 3e f", "2a 3e f", "b 4c d", 0),
    ],
)
def test_split(body: str, description: str, reflection: str, unanswered: int) -> None:
    parts = split(of(body))
    assert (sketch(parts.description), sketch(parts.reflection), parts.unanswered) == (
        description,
        reflection,
        unanswered,
    )


@pytest.mark.parametrize(
    ("body", "kept", "dropped"),
    [
        ("", "", 0),
        ("3p", "", 1),
        ("3p a", "3p a", 0),
        ("3p 4q a", "3p 4q a", 0),
        ("3p 4q 3r a 4s", "3r a", 3),
        ("a 3p 3q b 3r", "a 3q b", 2),
    ],
)
def test_unanswered_prompts(body: str, kept: str, dropped: int) -> None:
    answered, count = without_unanswered(of(body))
    assert (sketch(answered), count) == (kept, dropped)


@pytest.mark.parametrize(
    ("body", "below", "expected"),
    [
        ("1a 2b 3c 2d", 3, "4a 5b 6c 5d"),
        ("3a 6b 2c 3d", 3, "4a 5b 4c 5d"),
        ("1a 2b 3c 4d 5e 6f", 3, "4a 5b 6c 6d 6e 6f"),
        ("4a x 4b", 4, "5a x 5b"),
        ("x", 3, "x"),
    ],
)
def test_headings_come_below_without_a_level_skipped(body: str, below: int, expected: str) -> None:
    blocks = of(body)
    before = sketch(blocks)
    assert sketch(shifted(blocks, below)) == expected
    assert sketch(blocks) == before


NONCE = "0123abcd"


SKELETON = f"""# Title

:::: {{.activity}}
::: {{.inner}}
{placeholder(NONCE, "a1.description")}
:::

last
::::

{placeholder(NONCE, "a2")}
"""


def test_parts_come_into_their_places_uncopied() -> None:
    skeleton = read_skeleton(SKELETON)["blocks"]
    parts = {"a1.description": [para("one"), para("two")], "a2": []}
    placed = place(skeleton, parts, NONCE)
    inner = placed[1]["c"][1][0]
    assert inner["c"][1][0] is parts["a1.description"][0]
    assert text_of(placed) == "Title one two last"
    assert NONCE in str(skeleton)


def test_the_places_are_known_from_the_text() -> None:
    assert places_in(SKELETON, NONCE) == {"a1.description", "a2"}
    assert places_in(SKELETON, "ffff") == frozenset()


@pytest.mark.parametrize("keys", [(), ("a", "b"), ("b",)])
def test_what_has_no_place_or_no_part_is_named(keys: tuple[str, ...]) -> None:
    skeleton = read_skeleton(placeholder(NONCE, "a"))["blocks"]
    with pytest.raises(Misplaced) as caught:
        place(skeleton, {key: [] for key in keys}, NONCE)
    assert set(caught.value.keys) == {"a"} ^ set(keys)


def test_a_part_has_one_place() -> None:
    skeleton = read_skeleton(f"{placeholder(NONCE, 'a')}\n\n{placeholder(NONCE, 'a')}")["blocks"]
    with pytest.raises(Misplaced, match="a"):
        place(skeleton, {"a": []}, NONCE)


def test_another_nonce_is_no_place() -> None:
    skeleton = read_skeleton(placeholder("ffff", "a"))["blocks"]
    assert place(skeleton, {}, NONCE) == skeleton


@pytest.mark.parametrize("key", ["", "a b", "a`", "ä\n"])
def test_a_key_is_a_plain_name(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        placeholder(NONCE, key)
