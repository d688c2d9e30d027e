"""`cpd totals` as it is typed."""

import json

import pytest

from cpdkit.cli.main import run
from cpdkit.cli.totals import BY
from cpdkit.journal.breakdown import By

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("by", BY)
def test_on_the_example_journal(by: str, capsys: Captured) -> None:
    assert run(["totals", "--journal", "journal", "--by", by, "--period", "2025"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1].startswith("2025: all")
    assert "█" in shown.out
    assert ("add up to more" in shown.err) == (by in ("topic", "competence", "objective"))


def test_as_json(capsys: Captured) -> None:
    assert run(["totals", "--journal", "journal", "--format", "json", "--by", "month", "--period", "2025"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["from"], data["to"], data["by"]) == ("2025-01-01", "2025-12-31", "month")
    assert sum(part["minutes"] for part in data["parts"]) == data["minutes"] > 0


def test_the_words_are_those_of_the_breakdown() -> None:
    assert tuple(By) == BY
