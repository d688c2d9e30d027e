"""The tables of the language and the data that they make say the same."""

import pytest

from cpdkit.journal.field_reader import Fields
from cpdkit.schemes.known import read_scheme
from cpdkit.schemes.language import CARRY_OVER, FILTER, PERIOD, REQUIREMENT, ROUNDING, RULES, STATUS, WORTH
from cpdkit.schemes.rules import CarryOver, Filter, PeriodRule, Requirement, Rounding, Status, Worth
from cpdkit.text.source import Source


@pytest.mark.parametrize(
    ("table", "made"),
    [(CARRY_OVER, CarryOver), (FILTER, Filter), (PERIOD, PeriodRule), (ROUNDING, Rounding), (STATUS, Status),
     (WORTH, Worth)],
)  # fmt: skip
def test_every_key_is_an_attribute(table: Fields, made: type) -> None:
    assert {each.target for each in table.fields} == set(made.__slots__)


def test_a_requirement_has_one_key_more() -> None:
    """A gap's `at-most` becomes what is asked."""
    assert {each.target for each in REQUIREMENT.fields} - {"most"} == set(Requirement.__slots__)
    assert {each.name for each in RULES} > {"requirements", "earlier", "carry-over"}


def test_every_example_can_be_read() -> None:
    lines = [f"  {each.name}: {each.example}" for each in REQUIREMENT.fields if each.example and each.name != "at-most"]
    rules = [f"{each.name}: {each.example}" for each in RULES if each.example and each.name != "requirements"]
    text = "\n".join(["id: x", *rules, "requirements:", "- " + "\n".join(lines).strip()])
    found = read_scheme(Source("schemes/x.yaml", text + "\n"))[1]
    assert {each.message for each in found} <= {
        'there is no category "ethics"', 'there is no category "safety"', 'there is no category "reading"',
    }  # fmt: skip
