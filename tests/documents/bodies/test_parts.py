"""The bodies of a report in their two parts, and only those that a template asked for."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from cpdkit.documents.bodies import prepared
from cpdkit.documents.bodies.parts import parts_of
from cpdkit.journal.load import load
from cpdkit.journal.records import Activity
from tests.documents.hostile import text_of
from tests.program import activity, make_journal

BODY = """What it was[^1]. ![A chart](../evidence/chart.png)

# Reflection

## What did you learn?

Much, see [below](#after).

## Unanswered?

<!-- later -->

# After

(private) is only private where it starts something. <!-- gone -->

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


def headings(blocks: list[dict[str, object]]) -> list[object]:
    return [(block["c"][0], block["c"][1][0]) for block in blocks if block["t"] == "Header"]  # type: ignore[index]


def test_both_parts_below_the_activitys_heading(one: tuple[Path, Activity]) -> None:
    root, found = one
    parts = parts_of(root, {"a7": found}, {"a7.description", "a7.reflection"}, "Myfyrio")
    description, reflection = parts.blocks["a7.description"], parts.blocks["a7.reflection"]
    assert headings(description) == [(4, "a7-after")]
    assert headings(reflection) == [(4, "a7-reflection"), (5, "a7-what-did-you-learn")]
    assert text_of(reflection).startswith("Myfyrio What did you learn? Much, see below.")
    assert "Unanswered" not in text_of([description, reflection])
    assert "not for others" not in text_of(description)
    assert "gone" not in text_of(description)
    assert "A note." in text_of(description)
    assert (set(parts.media), parts.diagnostics) == ({"m0001.png"}, [])


def test_a_body_without_a_reflection_has_no_heading_for_it(one: tuple[Path, Activity]) -> None:
    root, found = one
    parts = parts_of(root, {"a1": replace(found, body="Text.")}, {"a1.description", "a1.reflection"}, "Reflection")
    assert parts.blocks["a1.reflection"] == []


def test_the_heading_of_a_reflection_has_an_id_of_its_own_where_no_link_can_lead_to_it(
    one: tuple[Path, Activity], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, found = one
    body = "Before.\n\n## Reflection\n\nMuch."
    monkeypatch.setattr(prepared, "_over", lambda _: "")
    parts = parts_of(root, {"a1": replace(found, body=body)}, {"a1.description", "a1.reflection"}, "Reflection")
    assert headings(parts.blocks["a1.reflection"]) == [(4, "a1.reflection")]


def test_what_nobody_asked_for_is_not_there(one: tuple[Path, Activity]) -> None:
    root, found = one
    both = {"a1": found, "a2": replace(found, body="![gone](nowhere.png)")}
    assert set(parts_of(root, both, {"a1.reflection"}, "Reflection").blocks) == {"a1.reflection"}
    none = parts_of(root, both, (), "Reflection")
    assert (none.blocks, none.media, none.diagnostics) == ({}, {}, [])


def test_a_problem_is_told_at_the_activitys_file(one: tuple[Path, Activity]) -> None:
    root, found = one
    parts = parts_of(root, {"a1": replace(found, body="![gone](nowhere.png)")}, {"a1.description"}, "Reflection")
    (problem,) = parts.diagnostics
    assert (problem.path, problem.code) == ("activities/good.md", "CPD902")
