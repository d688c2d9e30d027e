"""The coverage of competences as text and as JSON."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands.competences import Asked, as_data, covered, shown
from cpdkit.cli.main import run
from cpdkit.errors import UsageError
from cpdkit.journal.selection import Choice
from cpdkit.text.terminal import width
from tests.journal.folders import BODY, FIELDS, journal_of, record

OWN = "id: firm\ntitle: Our firm\ncompetences:\n  - {code: K1, title: Switchgear}\n  - {code: K2, title: Cables}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "activities/a.md": record(FIELDS + "competences: {A1: P, Q7: SP}\n"),
        "activities/b.md": record(FIELDS + "competences: [A1, A2]\nconfidential: true\n"),
        "activities/c.md": record(FIELDS.replace("2026", "2024") + "competences: [A1]\n", BODY),
        "frameworks/firm.yaml": OWN,
    }
    journal_of(tmp_path, files)
    return tmp_path


def test_the_framework_that_covers_most_is_shown_with_what_was_left_out(root: Path) -> None:
    found = covered(root, Choice(), ())
    assert found.coverages[0].framework.id.startswith("uk-spec")
    assert found.remarks == (
        "named, but in no framework shown: Q7",
        "confidential and left out: 1; --confidential takes them in",
    )


def test_a_period_and_filters_choose(root: Path) -> None:
    (found,) = covered(root, Choice(period="2024"), ("uk-spec-ceng",)).coverages
    assert [claim["id"] for claim in as_data(found)["competences"][1]["claims"]] == ["c"]


def test_a_framework_that_there_is_not(root: Path) -> None:
    with pytest.raises(UsageError, match='no framework "own"') as caught:
        covered(root, Choice(), ("own",))
    assert "firm, uk-spec-ceng" in caught.value.hint


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("by_year", [True, False])
def test_lines_fit_the_screen(root: Path, columns: int, by_year: bool) -> None:
    text = shown(covered(root, Choice(), ("uk-spec-ceng",)), Asked(by_year=by_year, columns=columns))
    body = text.splitlines()[1:]
    assert all(width(line) <= max(columns, 66) for line in body)
    assert not any(line.endswith(" ") for line in body)


def test_gaps_alone(root: Path) -> None:
    text = shown(covered(root, Choice(), ("firm",)), Asked(gaps=True))
    assert text.splitlines() == [
        "Our firm: 0 of 2 competences have evidence",
        "",
        f"  K1  {'Switchgear':<32}  no evidence yet",
        f"  K2  {'Cables':<32}  no evidence yet",
    ]


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
