"""Logseq, Obsidian and Dataview: properties, bullets, links, tags and reflections."""

import pytest

from cpdkit.exchange.imports.note_text import plain_words, properties_of, tags_of, with_quoted_tags, with_reflection

PAGE = """\
title:: Relay course
type:: training
date:: [[Jun 3rd, 2025]]
id:: 6842

# Notes
Text"""
OUTLINE = """\
- Attended a [[lecture]]
  type:: lecture
  tags:: [[ethics]], [[grid storage]]
\t- Speaker: A
- ## What I learnt
\t- Batteries age
\t  type:: other"""


@pytest.mark.parametrize(
    ("body", "fields", "text"),
    [
        (PAGE, {"title": "Relay course", "type": "training", "date": "Jun 3rd, 2025"}, "\n# Notes\nText"),
        (OUTLINE, {"type": "lecture", "tags": "ethics; grid storage"},
         "Attended a [[lecture]]\n- Speaker: A\n\n## What I learnt\n- Batteries age\n  type:: other"),
        ("- type:: event\n- hours:: 2\n- A talk", {"type": "event", "hours": "2"}, "A talk"),
        ("- milk\n- eggs", {}, "- milk\n- eggs"),
        ("```\ntype:: x\n```", {}, "```\ntype:: x\n```"),
        ("std::vector is a type\nuse a::b", {}, "std::vector is a type\nuse a::b"),
        ("hours:: 2\n\n**Bold** words\n* item", {"hours": "2"}, "\n**Bold** words\n* item"),
    ],
)  # fmt: skip
def test_properties_are_fields_and_bullets_paragraphs(body: str, fields: dict[str, str], text: str) -> None:
    assert properties_of(body) == (fields, text)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("# A\n\n## What I learnt\n\nMuch.\n\n## Programme\n\nx",
         "# A\n\n## Programme\n\nx\n\n## Reflection\n\n### What I learnt\n\nMuch.\n"),
        ("Text\n\n# Learning outcomes\n## One\na\n# Lessons learned\nb",
         "Text\n\n## Reflection\n\n### Learning outcomes\n\n#### One\na\n\n### Lessons learned\n\nb\n"),
        ("## Reflection\n\n### What I learnt\n\nMuch.", "## Reflection\n\n### What I learnt\n\nMuch."),
        ("```\n## What I learnt\n```\n", "```\n## What I learnt\n```\n"),
        ("What I learnt\n-------------\nMuch.", "## Reflection\n\n### What I learnt\n\nMuch.\n"),
        ("Words only", "Words only"),
    ],
)  # fmt: skip
def test_headings_about_learning_are_the_reflection(body: str, text: str) -> None:
    assert with_reflection(body) == text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- Attended [[Grid storage|storage]] at the [[IET]]", "Attended storage at the IET"),
        ("* [ ] TODO **Read** [the paper](https://example.org/a)", "Read the paper"),
        ("## [[Relays]]", "Relays"), ("1. First", "First"), ("2026 in figures", "2026 in figures"), ("-", "-"),
        ("#hashtag talk", "#hashtag talk"),
    ],
)  # fmt: skip
def test_a_title_has_only_words(line: str, words: str) -> None:
    assert plain_words(line) == words


@pytest.mark.parametrize(
    ("text", "tags"),
    [("#ethics", "ethics"), ("#ethics #law", "ethics; law"), ("[[grid storage]], #law; #law", "grid storage; law"),
     ("safety, quality", "safety; quality"), ("#", "")],
)  # fmt: skip
def test_tags(text: str, tags: str) -> None:
    assert tags_of(text) == tags


@pytest.mark.parametrize(
    ("front", "read"),
    [
        ("tags: #ethics", 'tags: "#ethics"'), ("- #ethics", '- "#ethics"'), ("  - #a/b", '  - "#a/b"'),
        ("title: Panel #WomenInEngineering day", 'title: "Panel #WomenInEngineering day"'),
        ("tags: [#a, law]", 'tags: ["#a", law]'), ('title: A "b" #c', r'title: "A \"b\" #c"'),
        ("#a comment", "#a comment"), ("title: A # a comment", "title: A # a comment"),
        ("date: 2026-01-12 #moved", "date: 2026-01-12 #moved"), ('title: "A #b"', 'title: "A #b"'),
        ("url: https://x.org/#part", "url: https://x.org/#part"), ("c: C# and F#", "c: C# and F#"),
    ],
)  # fmt: skip
def test_tags_are_no_comments(front: str, read: str) -> None:
    assert with_quoted_tags(front) == read
