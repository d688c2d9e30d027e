"""The coverage of competences as text and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from cpdkit.cli.main import run
from cpdkit.text.terminal import width
from tests.journal.folders import BODY, FIELDS, journal_of, record

OWN = "id: firm\ntitle: Our firm\ncompetences:\n  - {code: K1, title: Switchgear}\n  - {code: K2, title: Cables}\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "activities/a.md": record(FIELDS + "competences: {A1: P, Q7: SP}\n"),
        "activities/b.md": record(FIELDS + "competences: [A1, A2]\nconfidential: true\n"),
        "activities/c.md": record(FIELDS.replace("2026", "2024") + "competences: [A1]\n", BODY),
        "frameworks/firm.yaml": OWN,
    }
    journal_of(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def frameworks(capsys: Captured, *args: str) -> list[dict[str, Any]]:
    assert run(["competences", "--format", "json", *args]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_the_framework_that_covers_most_is_shown_and_what_it_has_not_is_named(root: Path, capsys: Captured) -> None:
    assert frameworks(capsys)[0]["framework"].startswith("uk-spec")
    assert run(["competences"]) == 0
    remarks = capsys.readouterr().err.splitlines()
    assert remarks[0].endswith(": Q7")
    assert "1 confidential activity" in remarks[1]


def test_a_period_and_filters_choose(root: Path, capsys: Captured) -> None:
    (found,) = frameworks(capsys, "--period", "2024", "--framework", "uk-spec-ceng")
    assert [claim["id"] for claim in found["competences"][1]["claims"]] == ["c"]


def test_a_framework_that_there_is_not(root: Path, capsys: Captured) -> None:
    assert run(["competences", "--framework", "own"]) == 2
    assert ", firm, ice-attributes" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("by_year", [True, False])
def test_lines_fit_the_screen(
    root: Path, columns: int, by_year: bool, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cpdkit.cli.console.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    args = ["competences", "--framework", "uk-spec-ceng", "--color", "never", *["--by-year"] * by_year]
    assert run(args) == 0
    body = capsys.readouterr().out.splitlines()[1:]
    assert all(width(line) <= max(columns, 66) for line in body)
    assert not any(line.endswith(" ") for line in body)


def test_gaps_alone(root: Path, capsys: Captured) -> None:
    assert run(["competences", "--framework", "firm", "--gaps", "--quiet"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Our firm: 0 of 2 competences have evidence",
        "",
        "  K1  Switchgear  no evidence yet",
        "  K2  Cables      no evidence yet",
    ]


def test_records_of_every_kind_claim(capsys: Captured) -> None:
    (found,) = frameworks(capsys, "--journal", "journal", "--confidential")
    assert found["of"] == 17
    kinds = {claim["kind"] for each in found["competences"] for claim in each["claims"]}
    assert kinds == {"activity", "post", "achievement"}
