import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.bodies.bodies import parse_each
from cpdkit.documents.bodies.prepared import prepare
from cpdkit.journal.body import (
    Heading,
    has_reflection,
    headings,
    is_told_at_length,
    line_at,
    outline,
    unanswered,
    without_notes,
    without_private,
)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("# A\n\ntext\n## B ##\n", [(1, 1, "A"), (4, 2, "B")]),
        ("   ### C #1\n    # code\n####### seven\n#no\n", [(1, 3, "C #1")]),
        ("Title\n=====\n\nBelow\n---\n", [(1, 1, "Title"), (4, 2, "Below")]),
        ("\n---\n\n- item\n---\n| a |\n---\n", []),
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
    assert headings(body) == tuple(Heading(*each) for each in found)


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


@given(st.text("#-=`~<!> \nReflection", max_size=80))
def test_headings_stand_where_they_say(body: str) -> None:
    lines = body.split("\n")
    for heading in headings(body):
        assert heading.text in lines[heading.line - 1]
    has_reflection(body)


AS_A_REPORT = {
    "answered": "Text.\n\n## Reflection\n\n### A?\n\nYes.\n",
    "one not": "## Reflection\n\n### A?\n\n### B?\n\nYes.\n\n### C?\n",
    "none": "Text.\n\n## Reflection\n\n### A?\n\n### B?\n",
    "comment": "## Reflection\n\n### A?\n\n<!-- later\n\nmuch -->\n\n### B?\n\nYes.\n",
    "open comment": "## Reflection\n\n### A?\n\n<!-- later\n\n### B?\n\nYes.\n",
    "private item": "## Reflection\n\n### A?\n\n- (private) No.\n  - Nor this.\n\n### B?\n\n- (Private) No.\n- It.\n",
    "private task": "## Reflection\n\n### A?\n\n- [ ] (private) No.\n\n### B?\n\nYes.\n",
    "private section": "## Reflection\n\n### (private) A?\n\nNo.\n\n#### B?\n\nNo.\n\n### C?\n\nYes.\n",
    "private paragraph": "## Reflection\n\n### A?\n\n(private) is no mark here.\n",
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


def test_prompts_are_unanswered_where_a_report_drops_them() -> None:
    for (name, parsed), body in zip(parse_each(AS_A_REPORT), AS_A_REPORT.values(), strict=True):
        made = prepare(parsed.blocks, prefix="")
        parts = outline(body)
        left = [each for each in unanswered(parts.reflection) if each is not parts.reflection[0]]
        assert len(left) == made.unanswered, name
        assert has_reflection(body) is bool(made.reflection), name
        assert bool(parts.described) is any(block["t"] != "Header" for block in made.description), name


LINES = st.sampled_from(
    ["## Reflection", "### What?", "# A", "  ## B", "Text.", "Some text that is long enough.", "", "", "---", "===",
     "```", "~~~", "- (private) x", "## (private) y", "<!-- a -->", "<!--", "-->", "- item", "    code", "#no", "# C #"]
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=7), st.lists(LINES, min_size=1, max_size=7), st.integers(1, 20))
def test_what_is_told_at_length_is_told(before: list[str], after: list[str], enough: int) -> None:
    body = "\n".join(
        [*before, "Some text that is long enough.", "## Reflection", "Some text that is long enough.", *after]
    )
    # A heading counts with what is below it, and the longest of these has 15 characters.
    if is_told_at_length(body, enough + 20):
        parts = outline(body)
        assert parts.said and not unanswered(parts.reflection)
        assert all(len(each.text) >= enough for each in parts.reflection[1:])


@given(st.text("#-=`~<! (private)\n>x", max_size=80))
def test_every_place_stays(body: str) -> None:
    for kept in (without_notes(body, code=True), without_notes(body, code=False), without_private(body)):
        assert len(kept) == len(body)
        assert all(mine in (" ", theirs) or theirs == "\n" for mine, theirs in zip(kept, body, strict=True))
    for each in outline(body).description:
        assert body[each.below : each.below + 1] in ("", "\n") or not each.level
        assert line_at(body, each.start) <= body.count("\n") + 1
