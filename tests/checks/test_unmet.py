"""What schemes still ask for, as advice of a check."""

from pathlib import Path

import pytest

from tests.checks.checking import diagnostics
from tests.journal.folders import FIELDS, record

SCHEME = "name: Angharad Llywelyn\nschemes: [firm]\n"
FIRM_RULES = """id: firm
requirements:
  - {id: total, title: hours, at-least: 3}
  - {id: talks, title: talks, weight: should, at-least: 9}
"""


@pytest.mark.parametrize(
    ("checks", "hours", "said"),
    [
        ("checks: {CPD608: advice}\n", "2", "firm: hours, 2 of 3 h in 1 January – 31 December 2026"),
        ("checks: {CPD608: advice}\n", "3", ""),
        ("checks: {CPD6: advice}\n", "2", ""),
        ("checks: {CPD608: off}\n", "2", ""),
        ("", "2", ""),
    ],
)
def test_schemes_are_looked_at_where_that_is_asked_for(tmp_path: Path, checks: str, hours: str, said: str) -> None:
    files = {
        "cpd.yaml": SCHEME + checks,
        "schemes/firm.yaml": FIRM_RULES,
        "activities/a.md": record(FIELDS.replace("hours: 2", f"hours: {hours}")),
    }
    found = [each for each in diagnostics(tmp_path, files) if each.code == "CPD608"]
    assert [(each.path, each.message) for each in found] == [("cpd.yaml", said)] * bool(said)
