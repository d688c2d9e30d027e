"""`cpd competences` as it is typed."""

import json

import pytest

from cpdkit.cli.main import run

Captured = pytest.CaptureFixture[str]
JOURNAL = ("--journal", "journal")


def test_on_the_example_journal(capsys: Captured) -> None:
    assert run(["competences", *JOURNAL]) == 0
    out = capsys.readouterr().out
    assert out.startswith("UK-SPEC, Chartered Engineer (CEng): ")
    assert "SP held, P wanted" in out
    assert "      2025-01     achievement  Found and put right relays at Tŷ Newydd" in out
    assert "      2026        achievement  Led the investigation" in out


def test_as_json(capsys: Captured) -> None:
    assert run(["competences", *JOURNAL, "--format", "json", "--confidential"]) == 0
    shown = capsys.readouterr()
    (found,) = json.loads(shown.out)
    assert found["of"] == 17
    kinds = {claim["kind"] for each in found["competences"] for claim in each["claims"]}
    assert kinds == {"activity", "post", "achievement"}
    assert "confidential" not in shown.err


def test_by_year_and_gaps(capsys: Captured) -> None:
    assert run(["competences", *JOURNAL, "--by-year", "--gaps"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split()[-1] == "2026"
    assert "C2" in [line.split()[0] for line in lines[3:]]
