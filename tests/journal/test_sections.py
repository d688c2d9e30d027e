"""The sections of a body, and the two parts that reports print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.bodies.builder import no_images
from cpdkit.documents.bodies.parts import build
from cpdkit.documents.tree import text
from cpdkit.journal.sections import (
    has_reflection,
    headings,
    is_clearly_complete,
    items,
    outline,
    sections,
    unanswered,
)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("# A\n\ntext\n## B ##\n", [(1, 1, "A"), (4, 2, "B")]),
        ("   ### C #1\n    # code\n####### seven\n#no\n", [(1, 3, "C #1")]),
        ("Title\n=====\n\nBelow\n---\n", [(1, 1, "Title"), (4, 2, "Below")]),
        ("\n---\n\n- item\n---\n", []),
        ("```\n# no\n```\n# yes\n", [(4, 1, "yes")]),
        ("````md\n```\n# no\n````\n# yes\n", [(5, 1, "yes")]),
        ("~~~ a`b\n# no\n~~~\n# yes\n", [(4, 1, "yes")]),
        ("``` a`b\n# yes\n", [(2, 1, "yes")]),
        ("```\n# no, never closed\n", []),
        ("<!--\n# no\n-->\n# yes\n", [(4, 1, "yes")]),
        ("<!-- never closed\n# yes\n", [(2, 1, "yes")]),
        ("```\n<!--\n```\n# yes\n-->\n", [(4, 1, "yes")]),
        ("#\n## \n", [(1, 1, ""), (2, 2, "")]),
        ("", []),
    ],
)
def test_headings(body: str, found: list[tuple[int, int, str]]) -> None:
    assert [(each.line, each.level, each.text) for each in headings(body)] == found


@pytest.mark.parametrize(
    ("body", "reflected"),
    [
        ("## Reflection\n\nI learnt.\n", True),
        ("## REFLECTION\n\n### What did you learn?\n\nMuch.\n", True),
        ("Reflection\n----------\nMuch.\n", True),
        ("# Reflection\n\n```\nx\n```\n", True),
        ("## Reflection\n\n### What did you learn?\n\n### What next?\n", False),
        ("## Reflection\n\n<!-- later -->\n", False),
        ("## Reflection\n\n<!-- later\n", True),
        ("## Reflection\n\n## Notes\n\nMuch.\n", False),
        ("## Reflection\n\n# Notes\n\nMuch.\n", False),
        ("## Reflection\n\nSub\n---\n", False),
        ("## Reflection\n\n- (private) Much.\n", False),
        ("## Reflection\n\n- (private) Much.\n- Little.\n", True),
        ("## (private) Mine\n\n### Reflection\n\nMuch.\n", False),
        ("## Reflection\n\n## Notes\n\nMuch.\n\n## Reflection\n\nMuch.\n", False),
        ("My reflection is in the text.\n", False),
        ("```\n## Reflection\nx\n```\n", False),
        ("", False),
    ],
)
def test_has_reflection(body: str, reflected: bool) -> None:
    assert has_reflection(body) is reflected


AS_A_REPORT = {
    "answered": "Text.\n\n## Reflection\n\n### A?\n\nYes.\n",
    "one not": "## Reflection\n\n### A?\n\n### B?\n\nYes.\n\n### C?\n",
    "none": "Text.\n\n## Reflection\n\n### A?\n\n### B?\n",
    "comment": "## Reflection\n\n### A?\n\n<!-- later\n\nmuch -->\n\n### B?\n\nYes.\n",
    "open comment": "## Reflection\n\n### A?\n\n<!-- later\n\n### B?\n\nYes.\n",
    "private item": "## Reflection\n\n### A?\n\n- (private) No.\n  - Nor this.\n\n### B?\n\n- (Private) No.\n- It.\n",
    "private task": "## Reflection\n\n### A?\n\n- [ ] (private) No.\n\n### B?\n\nYes.\n",
    "private section": "## Reflection\n\n### (private) A?\n\nNo.\n\n#### B?\n\nNo.\n\n### C?\n\nYes.\n",
    "private paragraph": "## Reflection\n\n### A?\n\n(private) No.\n\n### B?\n\nNot (private).\n",
    "private quote": "## Reflection\n\n### A?\n\n> (private) No.\n>\n> Nor this.\n\n### B?\n\nYes.\n",
    "private at the end": "## Reflection\n\n### A? (private)\n\nNo.\n\n### B?\n\nYes.\n",
    "note programs' comment": "## Reflection\n\n### A?\n\n%%\nNo.\n%%\n\n### B?\n\nYes %% no %%.\n",
    "empty list": "## Reflection\n\n### A?\n\n-\n\n### B?\n\nYes.\n",
    "definition": "## Reflection\n\n### A?\n\n[x]: https://x.example\n\n### B?\n\nYes [x].\n",
    "deeper": "## Reflection\n\n### A\n\n#### B?\n\n##### C?\n\nYes.\n\n#### D?\n\n### E\n\n#### F?\n",
    "higher": "## Reflection\n\n#### A?\n\n### B?\n\nYes.\n",
    "ended": "## Reflection\n\n### A?\n\n## Notes\n\nText.\n\n### B?\n",
    "second": "## Reflection\n\n### A?\n\n# Notes\n\n## Reflection\n\nYes.\n",
    "setext": "Reflection\n==========\n\nA?\n---\n\nB?\n---\n\nYes.\n",
    "marked": "## **Reflection**\n\n### *A?*\n\n### B?\n\nYes.\n",
    "code": "## Reflection\n\n### A?\n\n```\n### B?\n```\n\n### C?\n",
    "code in front": "```\n## Reflection\n```\n\n## Reflection\n\n### A?\n\nYes.\n",
    "rule": "## Reflection\n\n### A?\n\n---\n\n### B?\n",
    "closed": "## Reflection ##\n\n### A? ###\n\n### B?\n\nYes.\n",
    "image": "## Reflection\n\n### A?\n\n![](gone.png)\n\n### B?\n",
}


@pytest.mark.parametrize("name", AS_A_REPORT)
def test_prompts_are_unanswered_where_a_report_drops_them(name: str) -> None:
    body = AS_A_REPORT[name]
    printed = build(body, "Reflection", prefix="", images=no_images)
    parts = outline(body)
    dropped = {each.start for each in unanswered(parts.reflection)}
    kept = [each for each in parts.reflection[1:] if each.start not in dropped]
    headings = [each["c"][2] for each in printed.reflection if each["t"] == "Header"]
    # The reflection has its own heading, unless it starts with a question.
    assert len(headings) - (headings[:1] == [[text("Reflection")]]) == len(kept)
    assert has_reflection(body) is bool(printed.reflection)
    assert bool(parts.described) is any(block["t"] != "Header" for block in printed.description)


def test_sections_know_their_places() -> None:
    body = "x\n\n# A\n\ny <!-- z -->\n\n## (private) B\n\nz\n\n# C"
    found = sections(body)
    assert [(each.level, each.title, each.text) for each in found] == [(0, "", "x"), (1, "A", "y"), (1, "C", "")]
    assert [body[each.start : each.below] for each in found] == ["", "# A", "# C"]


def test_items_of_lists_below_a_heading() -> None:
    body = (
        "## *Achievements*\n\n- Led a **study**\n  of [relays](r.md) (A2)\n  - below\n- [x] Done\n- (private) Mine\n\n"
        "1. Third\n\n   More\n\n## Other\n\n- No\n"
    )
    assert list(items(body, {"achievements"})) == [("Led a study of relays (A2)", 4), ("Done", 6), ("Third", 9)]


LINES = st.sampled_from(
    ["## Reflection", "### What?", "# A", "  ## B", "Text.", "Some text that is long enough.", "", "", "---", "===",
     "```", "~~~", "- (private) x", "## (private) y", "<!-- a -->", "<!--", "-->", "- item", "    code", "#no", "# C #",
     "%%", "<div>", "> ", "- ", "[a]: b", "[^1]: c", "> (private) x", "1. ",
     "| a |", "|--|", "* * *", "<pre>", "x <!-- y"]
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=7), st.lists(LINES, min_size=1, max_size=7), st.integers(1, 20))
def test_what_is_clearly_complete_is_complete(before: list[str], after: list[str], enough: int) -> None:
    long = "Some text that is long enough."
    body = "\n".join([*before, long, "## Reflection", long, *after])
    # A heading counts with the text below it; the longest of these has 15 characters.
    if is_clearly_complete(body, enough + 20):
        parts = outline(body)
        assert parts.described and parts.answered and not unanswered(parts.reflection)
        assert all(len(each.text) >= enough for each in parts.reflection[1:])
