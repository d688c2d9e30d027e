"""Bodies are placed where the skeleton names them."""

from typing import Any

import pytest

from cpdkit.documents.bodies.placement import Misplaced, place, placeholder, places_in
from cpdkit.documents.pandoc import read_skeleton
from tests.documents.hostile import text_of


def para(text: str) -> dict[str, Any]:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


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
