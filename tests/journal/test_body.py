import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.journal.body import Heading, has_reflection, headings


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
