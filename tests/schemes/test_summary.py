"""Schemes in words, and the guide's example of one."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cpdkit.schemes.rules import Alternative, Cap, Measure, PeriodRule, Requirement, Rules, Scheme, Status, Window
from cpdkit.schemes.scheme_file import read_scheme, shipped_scheme
from cpdkit.schemes.summary import rules_lines
from cpdkit.text.source import Source

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "schemes.md"


def test_the_guide_shows_a_scheme_that_can_be_read() -> None:
    example = PAGE.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    scheme, found = read_scheme(Source("schemes/my-firm.yaml", example))
    assert found == []
    assert scheme
    assert scheme.rules


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        (Requirement("a", "A", least=Fraction(30)), "A: 30 points"),
        (Requirement("a", "A"), "A: counted, no minimum"),
        (Requirement("a", "A", Measure.PARTICIPATORY, least=Fraction(3, 4)), "A: 0.75 h"),
        (Requirement("a", "A", Measure.CLAIMED, claimed="PDU", least=Fraction(1)), "A: 1 PDU"),
        (Requirement("a", "A", Measure.GAP, most=Fraction(3)), "A: at most 3 months without an activity"),
        (Requirement("a", "A", Measure.REFLECTED, every=True), "A: all activities with a reflection"),
        (Requirement("a", "A", share=Fraction(1, 2)), "A: at least 1/2 of everything recorded"),
        (
            Requirement("a", "A", each_of=("x", "y"), least=Fraction(1), window=Window(3)),
            "A: 1 points in each of x, y, in 3 years",
        ),
        (
            Requirement("a", "A", least=Fraction(30), alternative=Alternative(Fraction(90), 3)),
            "A: 30 points, or 90 in 3 years",
        ),
    ],
)
def test_a_requirement_in_words(requirement: Requirement, line: str) -> None:
    assert list(rules_lines(Scheme("x", rules=(Rules("points", requirements=(requirement,)),))))[1] == f"  {line}"


def test_the_other_rules_in_words() -> None:
    rules = Rules(period=PeriodRule(2, (7, 1)), caps=(Cap("reading", Fraction(18)),))
    assert list(rules_lines(Scheme("x", rules=(rules,)))) == [
        "  period: 2 years, starting on 1 July",
        "  reading: at most 18 h per period",
    ]
    scheme = shipped_scheme("rics")
    assert scheme
    lines = list(rules_lines(scheme))
    assert "for periods that began before 1 January 2026:" in lines
    assert "  carry-over: at most 10 h of extended [1]" in lines
    assert "  status retired: exempt (retired and not practising) [4]" in lines


def test_a_status_in_words_has_the_titles_of_its_requirements() -> None:
    scheme = shipped_scheme("iet")
    assert scheme
    lines = list(rules_lines(scheme))
    assert any(line.startswith("  status retired: Hours in the year: 10 (") for line in lines)
    assert not any("no minimum (recommended)" in line for line in lines)
    rules = Rules(
        requirements=(Requirement("a", "A", window=Window(3, date(2026, 1, 1)), least=Fraction(2)),),
        statuses={"usual": Status(note="Everybody."), "away": Status(amounts={"a": Fraction(0)})},
    )
    assert list(rules_lines(Scheme("x", rules=(rules,))))[1:] == [
        "  A: 2 h, in 3 years from 1 January 2026",
        "  status usual: Everybody.",
        "  status away: A: exempt",
    ]
