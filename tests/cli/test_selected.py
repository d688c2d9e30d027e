"""Changing commands with options that select activities: what changes, what is asked, and what is refused."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import MEMBER, record, write

Captured = pytest.CaptureFixture[str]
FACTS = "title: {title}\ntype: {type}\nstart: {day}\nhours: {hours}\n"


def activity(title: str, day: str, kind: str = "event", hours: str = "1", more: str = "") -> str:
    return record(FACTS.format(title=title, type=kind, day=day, hours=hours) + more, "\nText.\n")


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, "cpd.yaml", MEMBER)
    for path, text in {
        "a": activity("One", "2025-03-14"),
        "b": activity("Two", "2026-03-14"),
        "c": activity("Three", "2026-04-14", more="confidential: true\n"),
        "d": activity("Four", "2026-05-14", "training"),
        "e": activity("Five", "2026-06-14", "training", "2", "status: draft\n"),
        "f": activity("Six", "2026-06-15", "training", "0", "status: draft\nx-unsure: type, hours\n"),
        "g": activity("Seven", "2027-06-15", "training", "2", "status: planned\n"),
    }.items():
        write(tmp_path, f"activities/{path}.md", text)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changed(journal: Path, part: str) -> str:
    """Return the names of the activities that contain a text."""
    return "".join(sorted(path.stem for path in journal.glob("activities/**/*.md") if part in path.read_text()))


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--type", "event"], "abc"),
        (["--type", "event", "--period", "2026"], "bc"),
        (["--status", "draft"], "ef"),
        (["--from", "2026-05", "--to", "2026-06"], "def"),
        (["--text", "Two"], "b"),
    ],
)
def test_set_changes_what_is_selected(journal: Path, options: list[str], names: str) -> None:
    assert run(["set", *options, "location=Leeds", "--dry-run"]) == 0
    assert run(["set", *options, "location=Leeds"]) == 2  # nobody can confirm it
    assert changed(journal, "location") == ""
    assert run(["set", *options, "location=Leeds", "--yes"]) == 0
    assert changed(journal, "location: Leeds\n") == names
    assert run(["undo", "--yes"]) == 0
    assert changed(journal, "location") == ""


def test_one_value_that_cannot_be_read_changes_nothing(journal: Path) -> None:
    assert run(["set", "--period", "2026", "hours=long", "--yes"]) == 1
    assert changed(journal, "long") == ""


@pytest.mark.parametrize(
    "words",
    [
        ["set", "one", "--type", "event", "location=Leeds"],
        ["set", "--type", "event"],
        ["set", "--topic", "nothing", "location=Leeds"],
        ["move", "--type", "event"],
        ["move", "one", "--type", "event", "Events"],
        ["attach", "--type", "event"],
        ["done", "e", "--drafts"],
        ["done", "--drafts", "--hours", "2"],
        ["done", "--type", "training", "--date", "today"],
    ],
)
def test_what_cannot_be_combined_changes_nothing(journal: Path, words: list[str]) -> None:
    before = {path: path.read_bytes() for path in journal.rglob("*.md")}
    assert run([*words, "--yes"]) == 2
    assert {path: path.read_bytes() for path in journal.rglob("*.md")} == before


def test_a_variable_of_the_environment_selects_nothing(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_PERIOD", "2026")
    assert run(["set", "one", "location=Leeds"]) == 0
    assert changed(journal, "location") == "a"


def test_move_takes_the_selected_along(journal: Path) -> None:
    assert run(["move", "--type", "event", "--period", "2026", "Events", "--yes"]) == 0
    assert sorted(path.name for path in (journal / "activities/Events").iterdir()) == ["b.md", "c.md"]


def test_one_file_is_evidence_of_all(journal: Path, tmp_path_factory: pytest.TempPathFactory, capsys: Captured) -> None:
    scan = tmp_path_factory.mktemp("scans") / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4")
    assert run(["attach", "--type", "event", "--period", "2026", str(scan), "--dry-run"]) == 0
    assert capsys.readouterr().err.count("would copy") == 1
    assert run(["attach", "--type", "event", "--period", "2026", str(scan), "--yes"]) == 0
    assert [path.name for path in (journal / "evidence").iterdir()] == ["2026-03-14-scan.pdf"]
    assert changed(journal, "evidence: [2026-03-14-scan.pdf]\n") == "bc"


def test_complete_drafts_are_done_and_the_others_named(journal: Path, capsys: Captured) -> None:
    assert run(["done", "--drafts", "--yes"]) == 1
    assert "activities/f.md" in capsys.readouterr().err
    assert changed(journal, "status: draft") == "f"
    assert changed(journal, "status: planned") == "g"


def test_planned_ones_of_the_future_stay(journal: Path, capsys: Captured) -> None:
    assert run(["done", "--type", "training", "--yes"]) == 1
    said = capsys.readouterr().err
    assert ("activities/f.md" in said, "activities/g.md" in said) == (True, True)
    assert changed(journal, "status:") == "fg"
