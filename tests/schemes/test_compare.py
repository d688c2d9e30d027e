"""Rules of schemes, row by row."""

from fractions import Fraction

import pytest

from cpdkit.schemes.compare import compared
from cpdkit.schemes.rules import Measure, Requirement, Rules, Scheme, Status
from cpdkit.schemes.scheme_file import shipped_scheme, shipped_schemes


def scheme(name: str, *requirements: Requirement, **fields: object) -> Scheme:
    statuses = {"active": Status(), "away": Status(exempt=True)}
    return Scheme(name, rules=(Rules(requirements=requirements, statuses=statuses),), **fields)  # type: ignore[arg-type]


def test_totals_share_a_row_whatever_they_are_called() -> None:
    one = scheme("a", Requirement("total", "Hours", least=Fraction(30)))
    other = scheme("b", Requirement("sum", "Points", least=Fraction(50)))
    (row,) = [each for each in compared([one, other]) if each.title == "Hours"]
    assert ["30" in row.texts[0], "50" in row.texts[1]] == [True, True]


def test_a_rule_of_one_scheme_is_empty_for_the_others() -> None:
    one = scheme("a", Requirement("total", "Hours", least=Fraction(30)))
    other = scheme("b", Requirement("types", "Types", Measure.TYPES, least=Fraction(2)))
    texts = {row.title: row.texts for row in compared([one, other, Scheme("empty")])}
    assert all(len(each) == 3 for each in texts.values())
    assert (bool(texts["Hours"][0]), texts["Hours"][1:]) == (True, ("", ""))
    assert (texts["Types"][0], bool(texts["Types"][1]), texts["Types"][2]) == ("", True, "")


def test_statuses_come_after_requirements_and_searched_topics_last() -> None:
    one = scheme("a", Requirement("total", "Hours", least=Fraction(30)), audit="Yearly.", retention=3)
    other = scheme("b", Requirement("types", "Types", Measure.TYPES, least=Fraction(2)), not_found=("audit",))
    titles = [row.title for row in compared([one, other])]
    assert titles.index("Hours") < titles.index("Types") < titles.index("status away") < titles.index("keep records")
    assert titles.index("keep records") < titles.index("audit")
    assert {row.title: row.texts for row in compared([one, other])}["audit"] == ("Yearly.", "not found")


@pytest.mark.parametrize("name", shipped_schemes())
def test_every_scheme_compares_with_another(name: str) -> None:
    schemes = [each for each in (shipped_scheme(name), shipped_scheme("iet")) if each]
    rows = compared(schemes)
    assert rows[0].texts[0] == (schemes[0].body or schemes[0].title)
    assert all(any(row.texts) for row in rows)
