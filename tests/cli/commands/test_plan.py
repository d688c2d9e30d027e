"""The plan as text and as JSON."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands import plan
from cpdkit.cli.main import run
from cpdkit.text.terminal import width
from tests.journal.folders import FIELDS, journal_of, record
from tests.program import cpd

Captured = pytest.CaptureFixture[str]
PLAN = (
    "title: Storage\nby: 2026-11-01\npriority: high\nactions:\n"
    "  - {action: Read IEC 62933, by: 2026-10-01}\n  - {action: Ask, done: 2026-01-01}\n"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    files = {
        "plan/storage.md": record(PLAN),
        "plan/old.md": record("title: Old\nstatus: achieved\n"),
        "activities/a.md": record(FIELDS + "objectives: [storage]\n"),
        "activities/b.md": record(FIELDS.replace("2026", "2025") + "objectives: [nowhere]\n"),
        "activities/c.md": record(FIELDS + "confidential: true\n"),
        "activities/d.md": record("title: broken\n"),
    }
    journal_of(tmp_path, files)
    return tmp_path


def test_the_whole_page(root: Path, capsys: Captured) -> None:
    assert run(["plan", "--journal", str(root)]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "Storage (storage)",
        "  high priority · due 2026-11-01, 22 days overdue · 2 h in 1 activity · 1 of 2",
        "  actions done",
        "  overdue since 2026-10-01: Read IEC 62933",
        "",
        "2 h of 4 h were towards an objective; 2 h (50 %) were not",
        "1 achieved or dropped objective not shown (show it with --all)",
    ]
    # Omitted: an objective without a file, a confidential activity and an unreadable one.
    assert len(shown.err.splitlines()) == 3


def test_json_has_the_details(root: Path, capsys: Captured) -> None:
    where = ["plan", "--journal", str(root), "--period", "2026", "--confidential"]
    assert run([*where, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["minutes"], data["planned"], data["unplanned"], data["unknown"]) == (240, 120, 120, {})
    first, second = data["objectives"]
    assert (first["id"], first["overdue"], first["activities"], first["by"]) == ("storage", True, ["a"], "2026-11-01")
    assert first["actions"][1] == {"action": "Ask", "by": None, "done": "2026-01-01"}
    assert (second["status"], second["overdue"]) == ("achieved", False)


def test_lines_fit_the_screen(root: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cpdkit.cli.console.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "50")
    assert run(["plan", "--journal", str(root), "--all", "--color", "always"]) == 0
    text = capsys.readouterr().out
    assert "\x1b[1mStorage (storage)\x1b[0m" in text
    assert all(width(line) <= 50 for line in text.splitlines() if "\x1b" not in line)


def test_the_commands_below_are_listed_and_their_help_fits(capsys: Captured) -> None:
    assert run(["plan", "--help"]) == 0
    text = capsys.readouterr().out
    assert [name for name in plan.COMMANDS if f"\n  {name} " in text] == list(plan.COMMANDS)
    for name in plan.COMMANDS:
        assert run(["plan", name, "--help"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize("args", [["--all", "new", "x"], ["2025", "review"], ["--period", "2025", "2024"], ["don"]])
def test_nothing_is_left_unheard(args: list[str]) -> None:
    assert run(["plan", *args]) == 2


def test_a_shell_completes_commands_and_ids() -> None:
    for words, position, offered in (
        ("cpd plan ", "2", set(plan.COMMANDS)),
        ("cpd plan done conv", "3", {"converter-protection"}),
    ):
        env = {"_CPD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": position, "CPD_JOURNAL": "journal"}
        assert {line.partition(",")[2] for line in cpd(env=env).out.split()} == offered
