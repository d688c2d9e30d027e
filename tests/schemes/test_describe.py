"""Schemes in words, and the page of the docs that is made of them."""

from fractions import Fraction
from pathlib import Path

import pytest

from cpdkit.schemes.describe import language_tables, number_of, rules_lines, schemes_page
from cpdkit.schemes.known import read_scheme, shipped_scheme
from cpdkit.text.source import Source

PAGE = Path(__file__).resolve().parents[2] / "docs" / "schemes.md"
LANGUAGE, SHIPPED = "## The language\n\n", "## The shipped schemes\n\n"


def test_the_page_is_fresh(request: pytest.FixtureRequest) -> None:
    guide = PAGE.read_text("utf-8").partition(LANGUAGE)[0]
    made = f"{guide}{LANGUAGE}{language_tables()}\n{SHIPPED}{schemes_page()}"
    if request.config.getoption("update_golden"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text("utf-8") == made


def test_the_guide_shows_a_scheme_that_can_be_read() -> None:
    example = PAGE.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    scheme, found = read_scheme(Source("schemes/my-firm.yaml", example))
    assert found == []
    assert scheme
    assert scheme.rules


def test_rules_in_words() -> None:
    scheme = shipped_scheme("istructe")
    assert scheme
    lines = list(rules_lines(scheme))
    assert "  hours in the year: 30 h, or 90 in 3 years" in lines
    assert "  (advice) sustainability: 6 h" in lines
    earlier = shipped_scheme("rics")
    assert earlier
    assert "for periods that began before 1 January 2026:" in list(rules_lines(earlier))
    assert (number_of(Fraction(30)), number_of(Fraction(3, 4))) == ("30", "0.75")
