"""One body, from Pandoc to its place."""

import random
import re

import pytest

from cpdkit.documents.bodies.bodies import parse
from cpdkit.documents.bodies.prepared import prepare
from cpdkit.documents.bodies.vetting import NotShown
from tests.documents.hostile import as_json, text_of

BODY = """What it was. See [the answer](#answered), [the rest](#unanswered) and [that](#private-part).

## (private) part

![secret](secret.png)

## Reflection

### Answered

Much. <!-- a note -->

- (private) secret
- public

### Unanswered

<!-- what did you learn? -->

### Also unanswered

## After it

More.
"""


def test_the_whole_way() -> None:
    asked: list[str] = []

    def images(address: str) -> NotShown:
        asked.append(address)
        return NotShown("is missing")

    made = prepare(parse({"a": BODY})["a"].blocks, prefix="a1-", images=images)
    assert text_of(made.description) == "What it was. See the answer, the rest and that. After it More."
    assert text_of(made.reflection) == "Answered Much. public"
    assert (made.unanswered, made.private, asked) == (2, 2, [])
    assert "secret" not in as_json([made.description, made.reflection])
    assert as_json(made.description).count('"Link"') == 1
    assert [problem.message for problem in made.problems] == [
        "the link to #unanswered leads nowhere",
        "the link to #private-part leads nowhere",
    ]


TO_REFLECTION = "See [it](#reflection).\n\n"


@pytest.mark.parametrize(
    ("body", "heading", "linked"),
    [
        ("## Reflection\n\nMuch.", "a1-reflection", True),
        ("## REFLECTION\n\nMuch, as [said](#reflection).\n\n## Reflection\n\nAgain.", "a1-reflection", True),
        ("## (private)\n\n### Reflection\n\nMine.\n\n## Reflection\n\nMuch.", "a1-reflection-1", False),
        ("## Reflection\n\n### Unanswered", "", False),
        ("## Reflection\n\n<!-- later -->", "", False),
        ("## Reflection\n\n```\n\n```", "", False),
        ("## After\n\nMore.", "", False),
    ],
)
def test_a_link_leads_to_the_heading_of_a_reflection_that_is_printed(body: str, heading: str, linked: bool) -> None:
    made = prepare(parse({"a": TO_REFLECTION + body})["a"].blocks, prefix="a1-")
    assert made.heading == heading
    assert ('["#a1-reflection",""]' in as_json(made.description).replace(" ", "")) is linked
    assert [problem.code for problem in made.problems] == ([] if linked else ["CPD905"])


@pytest.mark.parametrize("others", [1, 2])
def test_an_id_that_another_heading_has_is_not_the_reflections(others: int) -> None:
    """Pandoc tells all ids of a text apart; a reader that didn't must not bring one id into a document twice."""
    blocks = parse({"a": "## Reflection\n\nMuch." + others * "\n\n## After\n\nMore."})["a"].blocks
    for block in blocks:
        if block["t"] == "Header":
            block["c"][1][0] = "reflection"
    made = prepare(blocks, prefix="a1-")
    assert made.heading == ""
    assert as_json([made.description, made.reflection]).count("a1-reflection") == (others == 1)


SCRAPS = (
    "*", "**", "_", "`", "``", "~~", "[", "]", "](", "](https://x.example/c)", "[^1]", "\n[^1]: ", "[1]", "![", "<b>",
    "\n[1]: https://x.example/\n", "<div>\n", "\n~~~\n", "\n```\n", "\n\n", "\n", "\n- ", "\n  - ", "\n1. ", "\n> ",
    " | ", "\n|--|--|\n", "\n# ", "$", "$$", "<!-- ", "\\", "&amp;", '"', "'", "    ", "\t", "\n---\n", "\n===\n", "(",
    ")", ":::",
)  # fmt: skip


def soup(chance: random.Random, number: int) -> str:
    """Words that occur nowhere else among scraps of markup."""
    scraps = (chance.choice(SCRAPS) + chance.choice(("", " ")) for _ in range(chance.randrange(3, 30)))
    return "".join(f"{scrap}w{number}x{at}q " if chance.random() < 0.6 else scrap for at, scrap in enumerate(scraps))


def test_no_word_of_any_soup_is_lost() -> None:
    chance = random.Random(20261123)
    soups = {f"a{number}": soup(chance, number) for number in range(1500)}
    lost = set()
    for key, parsed in parse(soups).items():
        made = prepare(parsed.blocks, prefix=key)
        shown = as_json([made.description, made.reflection])
        # The language of a code fence is markup.
        said = re.sub(r"(`{3}|~{3}) *w\w+", "", soups[key])
        lost |= {(key, word) for word in re.findall(r"w\d+x\d+q", said) if word not in shown}
    assert lost == set()
