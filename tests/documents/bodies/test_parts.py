"""The two parts of each body, and that only the parts that a template uses are built."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cpdkit.documents.bodies.builder import MissingImage, no_images
from cpdkit.documents.bodies.images import MediaStore
from cpdkit.documents.bodies.parts import build, parts_of, shifted
from cpdkit.journal.load import load
from cpdkit.journal.records import Activity
from tests.documents.hostile import as_json, text_of
from tests.program import activity, make_journal

BODY = """What it was[^1]. ![A chart](../evidence/chart.png)

# Reflection

## What did you learn?

Much, see [below](#after).

## Unanswered?

<!-- later -->

# After

It is only (private) where it starts something. <!-- gone -->

- (private) not for others
- for all

[^1]: A note.
"""


def png() -> bytes:
    data = io.BytesIO()
    Image.new("L", (30, 20)).save(data, "PNG")
    return data.getvalue()


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Activity]:
    files = {"activities/good.md": activity("One", BODY), "evidence/chart.png": png()}
    root = make_journal(tmp_path_factory.mktemp("parts"), files)
    return root, load(root).activities[0]


def headings(blocks: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(block["c"][0], block["c"][1][0]) for block in blocks if block["t"] == "Header"]


def test_both_parts_below_the_activitys_heading(one: tuple[Path, Activity]) -> None:
    root, found = one
    parts = parts_of(MediaStore(root), {"a7": found}, {"a7.description", "a7.reflection"}, "Myfyrio")
    description, reflection = parts.blocks["a7.description"], parts.blocks["a7.reflection"]
    assert headings(description) == [(4, "a7-after")]
    assert headings(reflection) == [(4, "a7-what-did-you-learn")]
    assert text_of(reflection).startswith("What did you learn? Much, see below.")
    assert "Unanswered" not in text_of([description, reflection])
    assert "not for others" not in text_of(description)
    assert "gone" not in text_of(description)
    assert "A note." in text_of(description)
    assert (set(parts.media), parts.diagnostics) == ({"m0001.png"}, [])


def test_a_body_without_a_reflection_has_no_heading_for_it(one: tuple[Path, Activity]) -> None:
    root, found = one
    parts = parts_of(
        MediaStore(root), {"a1": replace(found, body="Text.")}, {"a1.description", "a1.reflection"}, "Reflection"
    )
    assert parts.blocks["a1.reflection"] == []


def para(text: str) -> dict[str, Any]:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


def heading(level: int, text: str) -> dict[str, Any]:
    return {"t": "Header", "c": [level, ["", [], []], [{"t": "Str", "c": text}]]}


def of(sketch: str) -> list[dict[str, Any]]:
    """Return blocks: `2Title word` is a heading of level 2 and a paragraph."""
    return [heading(int(each[0]), each[1:]) if each[0].isdigit() else para(each) for each in sketch.split()]


def sketch(blocks: list[dict[str, Any]]) -> str:
    return " ".join((str(block["c"][0]) if block["t"] == "Header" else "") + text_of(block) for block in blocks)


def body_of(sketch: str) -> str:
    """Return blocks such as `2Title word` as Markdown."""
    return "\n\n".join(f"{'#' * int(each[0])} {each[1:]}" if each[0].isdigit() else each for each in sketch.split())


@pytest.mark.parametrize(
    ("body", "description", "reflection"),
    [
        ("a 2b c", "a 4b c", ""),
        ("a 2Reflection b 3c d", "a", "b 5c d"),
        ("a 2REFLECTION 3p 3q b 2after c", "a 4after c", "4q b"),
        ("2Reflection 3p 3q", "", ""),
        ("1a 2Reflection b 1c d", "4a 4c d", "b"),
        ("2Reflections a", "4Reflections a", ""),
        ("2a 3Reflection b 4c d 3e f", "4a 5e f", "b 5c d"),
        ("2Reflection 3p 4q 5r a 4s", "", "4p 5q 6r a"),
        ("2Reflection a 3p 3q b 2Reflection c", "4Reflection c", "a 5q b"),
        ("a 2(private) b 3c d 2e f", "a 4e f", ""),
    ],
)
def test_a_body_in_its_parts(body: str, description: str, reflection: str) -> None:
    made = build(body_of(body), "Over", prefix="", images=no_images)
    assert sketch(made.description) == description
    # A question is heading enough for its answer.
    has_heading = reflection and not reflection.startswith("4")
    assert sketch(made.reflection) == (f"4Over {reflection}" if has_heading else reflection)


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


@pytest.mark.parametrize(
    ("body", "linked", "over"),
    [
        ("## Reflection\n\nMuch.", True, "a1-reflection"),
        ("## REFLECTION\n\nMuch, as [said](#reflection).\n\n## Reflection\n\nAgain.", True, "a1-reflection"),
        ("## (private)\n\n### Reflection\n\nMine.\n\n## Reflection\n\nMuch.", False, "a1-reflection-1"),
        ("## Reflection\n\n### Unanswered", False, ""),
        ("## Reflection\n\n<!-- later -->", False, ""),
        ("## Reflection\n\n```\n\n```", False, ""),
        ("## After\n\nMore.", False, ""),
    ],
)
def test_a_link_leads_to_the_heading_of_a_reflection_that_is_printed(body: str, linked: bool, over: str) -> None:
    made = build("See [it](#reflection).\n\n" + body, "Myfyrio", prefix="a1-", images=no_images)
    assert [name for _, name in headings(made.reflection)[:1]] == ([over] if over else [])
    assert ('["#a1-reflection",""]' in as_json(made.description).replace(" ", "")) is linked
    assert [problem.code for problem in made.problems] == ([] if linked else ["CPD905"])


def test_no_image_of_a_private_passage_or_an_unanswered_prompt_is_looked_at() -> None:
    requested: list[str] = []

    def images(address: str) -> MissingImage:
        requested.append(address)
        return MissingImage("is missing")

    body = "## (private) a\n\n![b](c.png)\n\n## Reflection\n\n### D\n\n<!-- ![e](f.png) -->\n\n### G\n\nh"
    assert text_of(build(body, "Over", prefix="", images=images).reflection) == "G h"
    assert requested == []


def test_a_text_that_is_too_long_is_named_and_not_printed() -> None:
    made = build("a" * (1 << 20) + " tail", "Over", prefix="", images=no_images)
    assert (made.description, [problem.code for problem in made.problems]) == ([], ["CPD901"])


def test_only_requested_parts_are_built(one: tuple[Path, Activity]) -> None:
    root, found = one
    both = {"a1": found, "a2": replace(found, body="![gone](nowhere.png)")}
    assert set(parts_of(MediaStore(root), both, {"a1.reflection"}, "Reflection").blocks) == {"a1.reflection"}
    none = parts_of(MediaStore(root), both, (), "Reflection")
    assert (none.blocks, none.media, none.diagnostics) == ({}, {}, [])


def test_a_problem_is_reported_at_the_file_of_the_activity(one: tuple[Path, Activity]) -> None:
    root, found = one
    parts = parts_of(
        MediaStore(root), {"a1": replace(found, body="![gone](nowhere.png)")}, {"a1.description"}, "Reflection"
    )
    (problem,) = parts.diagnostics
    assert (problem.path, problem.code) == ("activities/good.md", "CPD902")
