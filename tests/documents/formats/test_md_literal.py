"""Texts in quotes and lists as Markdown: an independent reader finds no HTML, and each code block with its lines."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cpdkit.documents.bodies.builder import no_images
from cpdkit.documents.bodies.parts import build
from cpdkit.documents.formats.md import write_markdown
from tests.documents.sample_ast import PROPERTIES

LEAVES = [
    ["<script>alert(1)</script>"], ["<div>", "  x", "</div>"], ["a <b>x</b> <!-- c -->"],
    ["    <i>code</i>", "      more"], ["```", "<b>", "  ````", "```"], ["~~~ python", "<p>", "~~~"],
    ["    code", "", "words <u>"], ["<img src=x onerror=y>"], ["<?php x ?>"], ["<!DOCTYPE x>"], ["<![CDATA[x]]>"],
    ["    - <b>"], ["words", "", "    <hr>"], ["<pre>", "", "x</pre>"], ["    ``` <b>", "    x"], ["    > <b>"],
    ["- [ ] <s>x</s>"],
]  # fmt: skip
AROUND = ["> ", "- ", "1. ", "10) ", "* ", ">"]


def inside(lines: Sequence[str], mark: str) -> list[str]:
    """Return the lines as the content of a quote or of a list item."""
    rest = mark if mark.startswith(">") else " " * len(mark)
    return [mark + lines[0], *((rest + line).rstrip() for line in lines[1:])]


@st.composite
def nested(draw: st.DrawFn) -> str:
    lines = draw(st.sampled_from(LEAVES))
    for mark in draw(st.lists(st.sampled_from(AROUND), max_size=4)):
        before = draw(st.sampled_from([[], [], ["words", ""]]))
        lines = inside([*before, *lines], mark)
    return "\n".join(lines) + "\n"


def code_in(markdown: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(markdown)
    return [each.content.rstrip("\n") for each in tokens if each.type in ("fence", "code_block")]


def made_of(body: str) -> tuple[str, list[str]]:
    """Return a text as Markdown, and the code blocks of its tree."""
    built = build(body, "Reflection", prefix="p", images=no_images)
    code: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("t") == "CodeBlock":
                code.append(node["c"][1])
            walk(list(node.values()))
        elif isinstance(node, list):
            for each in node:
                walk(each)

    blocks = [*built.description, *built.reflection]
    walk(blocks)
    return write_markdown({"blocks": blocks}, {}, PROPERTIES).decode(), code


@settings(max_examples=60)
@given(nested())
def test_no_html_and_all_code(body: str) -> None:
    made, code = made_of(body)
    tokens = MarkdownIt("commonmark").parse(made)
    assert not [each for each in tokens if each.type == "html_block"], made
    assert not [inner for each in tokens for inner in each.children or () if inner.type == "html_inline"], made
    assert code_in(made) == code
