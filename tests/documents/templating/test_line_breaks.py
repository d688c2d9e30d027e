"""Quantities and dates of our sentences stay on one line."""

import pytest

from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.templating.line_breaks import NO_BREAK, with_unbroken_quantities
from cpdkit.documents.tree import words_of
from tests.documents.sample_ast import parse


@pytest.mark.parametrize(
    "marked",
    [
        "7.5~h of study", "5~min", "1,247.33~h", "3.5~of~7~h in this period", "22~of~23 activities", "(6~of~9~h)",
        "on 14~March~2026.", "14–16~Mar~2026", "8~Dec~2025~– 19~Jan~2026", "4~Sep~– 11~Dec", "95~%, 2~h; 3~h",
        "As of 31~December~2025", "2 activities", "May 2 is not a year", "of 30 things", "version 2 h2", "in March",
        "**7.5~h** and *14~March~2026*",
    ],
)  # fmt: skip
def test_what_belongs_together_has_no_break(marked: str, english: Labels) -> None:
    (block,) = with_unbroken_quantities(parse(marked.replace("~", " "))["blocks"], english)
    assert words_of(block) == marked.replace("*", "").replace("~", NO_BREAK)


def test_words_in_tables_headings_and_divs_too(english: Labels) -> None:
    text = "::: note\n## 7 h\n\n| 5 min | x |\n|--|--|\n| 1 May 2026 | y |\n:::\n"
    (div,) = with_unbroken_quantities(parse(text)["blocks"], english)
    assert str(div).count("xa0") == 4


def test_the_given_tree_does_not_change(english: Labels) -> None:
    blocks = parse("7 h")["blocks"]
    with_unbroken_quantities(blocks, english)
    assert blocks == parse("7 h")["blocks"]
