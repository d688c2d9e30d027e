"""Which activities a rule is about."""

from fractions import Fraction

import pytest

from cpdkit.journal.records import Activity
from cpdkit.journal.values import Competence, Evidence, Skill
from cpdkit.schemes.filters import Matchers
from cpdkit.schemes.rules import Filter, Rules
from tests.schemes.records import activity

CATEGORIES = {
    "formal": Filter(structured=True),
    "topical": Filter(topics=("Ethics",)),
    "both": Filter(any_of=("formal", "topical")),
}
FULL = activity(
    "2026-03-14", 301, topics=("ethics",), skills=(Skill.SOFT,), competences=(Competence("E2"),), structured=True,
    planned=False, objectives=("a",), evidence=(Evidence("x"),), own={"x-pmi": "Giving back"},
    body="## Reflection\n\nYes.",
)  # fmt: skip
BARE = activity("2026-03-14", 300, 1)


@pytest.mark.parametrize(
    ("by", "full", "bare"),
    [
        (Filter(types=("training",)), True, True),
        (Filter(types=("event",)), False, False),
        (Filter(topics=("ETHICS", "x")), True, False),
        (Filter(skills=("soft",)), True, False),
        (Filter(competences=("E",)), True, False),
        (Filter(structured=True), True, False),
        (Filter(planned=False), True, True),
        (Filter(planned=True), False, False),
        (Filter(evidenced=True), True, False),
        (Filter(linked=False), False, True),
        (Filter(reflected=True), True, False),
        (Filter(longer_than=Fraction(5)), True, False),
        (Filter(own_fields=(("x-pmi", "giving back"),)), True, False),
        (Filter(none_of=("both",)), False, True),
        (Filter(), True, True),
        (("formal", "topical"), True, False),
        ((), True, True),
    ],
)
def test_filters(by: Filter | tuple[str, ...], full: bool, bare: bool) -> None:
    matches = Matchers(Rules(categories=CATEGORIES)).of(by)
    assert (matches(FULL), matches(BARE)) == (full, bare)


def test_a_folder_holds_what_lies_below_it() -> None:
    one = activity("2026-03-14")
    inside = Activity("a", "activities/x/y/a.md", "x/y", "A", one.type, one.start, one.end, 60)
    beside = Activity("a", "activities/xy/a.md", "xy", "A", one.type, one.start, one.end, 60)
    matches = Matchers(Rules()).of(Filter(folders=("x",)))
    assert [matches(each) for each in (inside, beside, one)] == [True, False, False]
