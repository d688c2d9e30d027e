"""`cpd new claim`: the file that it writes, the evidence that it finds, and what it refuses."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.journal.new_career import CLAIM_HELP
from tests.journal.folders import journal_of, record

Captured = pytest.CaptureFixture[str]
POST = record("role: Engineer\nemployer: Gridwise\nstart: 2020-01-01\n", "")


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    files = {
        "activities/2026/2026-03-14-relay-course.md": record(),
        "career/2020-gridwise.md": POST,
        "qualifications/2017-meng.md": record("title: MEng\nawarded: 2017\n", ""),
        "plan/storage.md": record("title: Storage\n", ""),
    }
    journal_of(tmp_path, files)
    return tmp_path


def new(*args: str) -> int:
    return run(["new", "claim", *args, "--no-edit"])


@pytest.mark.parametrize(
    ("args", "name", "fields"),
    [
        (["B1"], "b1", "competences: [B1]\n"),
        (["B1", "C2"], "b1", "competences: [B1, C2]\n"),
        (["B1:P", "C2:SP"], "b1", "competences: {B1: P, C2: SP}\n"),
        (["B"], "b", "competences: [B]\n"),
        (["B1", "--title", "The trip: Tŷ"], "b1-the-trip-ty", "competences: [B1]\ntitle: 'The trip: Tŷ'\n"),
        (["A1", "-e", "relay"], "a1", "competences: [A1]\nevidenced-by: [2026-03-14-relay-course]\n"),
        (["A1", "-e", "meng", "-e", "gridwise"], "a1", "competences: [A1]\nevidenced-by: [2017-meng, 2020-gridwise]\n"),
        (["A1", "-e", "2017-meng"], "a1", "competences: [A1]\nevidenced-by: [2017-meng]\n"),
        (["A1", "-e", "qualifications/2017-meng.md"], "a1", "competences: [A1]\nevidenced-by: [2017-meng]\n"),
    ],
)
def test_the_file(journal: Path, args: list[str], name: str, fields: str, capsys: Captured) -> None:
    assert new(*args) == 0
    assert capsys.readouterr().out == f"claims/{name}.md\n"
    _, front, body = (journal / f"claims/{name}.md").read_text("utf-8").split("---\n")
    assert front.replace('"', "'") == fields
    assert body.strip() == CLAIM_HELP


def test_the_statement_is_the_text(journal: Path) -> None:
    assert new("B1", "-m", "  I led it.\n\nI won.  ") == 0
    assert (journal / "claims/b1.md").read_text() == "---\ncompetences: [B1]\n---\n\nI led it.\n\nI won.\n"


def test_the_file_without_a_statement_counts_no_words(journal: Path, capsys: Captured) -> None:
    assert new("B1") == 0
    capsys.readouterr()
    assert run(["check", "--quiet"]) in (0, 1)
    assert "CPD1" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["the trip"],
        ["trip"],
        ["B1", "trip"],
        [""],
        ["B1", "-e", "nothing"],
        ["B1", "-e", "storage"],
        ["B1", "-e", ""],
    ],
)
def test_refused(journal: Path, args: list[str], capsys: Captured) -> None:
    assert new(*args) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("cpd: ")
    assert not (journal / "claims").exists()


def test_a_code_of_another_framework(journal: Path) -> None:
    (journal / "cpd.yaml").write_text("name: A\nframeworks: [uk-spec-ceng]\n")
    assert new("Z9") == 2
    assert new("B1") == 0


def test_several_claims_of_a_competence(journal: Path) -> None:
    for _ in range(2):
        assert new("B1", "-m", "I led.") == 0
    assert sorted(path.name for path in (journal / "claims").iterdir()) == ["b1-2.md", "b1.md"]


def test_dry_run_writes_nothing(journal: Path, capsys: Captured) -> None:
    assert new("B1", "-m", "I led.", "--dry-run") == 0
    assert capsys.readouterr().out == "claims/b1.md\n---\ncompetences: [B1]\n---\n\nI led.\n"
    assert not (journal / "claims").exists()
