"""A lone period after a command is its --period, by one rule for all commands."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.program import activity, make_journal

Captured = pytest.CaptureFixture[str]
COMMANDS = (
    ["list"], ["totals"], ["totals", "--by", "month"], ["status"], ["competences"], ["plan"], ["todo"],
    ["export", "csv"], ["export", "--format", "jsonl"], ["retype", "event", "training", "--dry-run"],
)  # fmt: skip
PERIODS = (["2025"], ["2026-03"], ["last", "year"], ["last year"], ["2025..2026"], ["all"], ["cpd-year"])


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    monkeypatch.chdir(make_journal(tmp_path, {"activities/old.md": activity("An older one", start="2025-03-14")}))
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("words", PERIODS, ids=" ".join)
def test_it_does_what_the_option_does(command: list[str], words: list[str], capsys: Captured) -> None:
    asked = run([*command, "--period", " ".join(words)]), capsys.readouterr()
    assert (run([*command, *words]), capsys.readouterr()) == asked
    assert asked[0] in (0, 1)


def test_a_report_takes_it_after_its_kind(root: Path, capsys: Captured) -> None:
    for option in ("--format", "--to"):  # --to is a format here, no date
        assert run(["report", "summary", "2025", option, "md"]) == 0
        assert capsys.readouterr().out == "angharad-llywelyn-summary-2025.md\n"
    assert run(["report", "summary", "2025", "--to", "2025-03"]) == 2


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_two_periods_are_refused(command: list[str], capsys: Captured) -> None:
    assert run([*command, "2025", "--period", "2024"]) == 2
    assert "cannot be combined" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_date_beside_it_is_refused(option: str, capsys: Captured) -> None:
    assert run(["list", "2025", option, "2025-02-01"]) == 2
    assert option in capsys.readouterr().err


def test_it_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("CPD_PERIOD", "2026")
    assert run(["list", "2025", "--columns", "title"]) == 0
    assert capsys.readouterr().out == "title\nAn older one\n"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["list", "lecture"], '"lecture" is not a period'),
        (["totals", "grid", "code"], '"grid code" is not a period'),
        (["plan", "grid"], 'unknown command "grid"'),
        (["plan", "2025", "new"], "a period and new cannot be combined"),
        (["report", "2025"], "KIND is missing"),
        (["export", "csv", "--format", "json"], "csv and --format cannot be combined"),
        (["status", "2025", "--on", "2025-03-01"], "--on and a period cannot be combined"),
    ],
)
def test_other_words_are_refused(args: list[str], error: str, capsys: Captured) -> None:
    assert run(args) == 2
    assert capsys.readouterr().err.startswith(f"cpd: {error}\n")


def test_a_list_has_all_years_unless_the_journal_has_a_period(root: Path, capsys: Captured) -> None:
    assert run(["list", "--columns", "start"]) == 0
    shown = capsys.readouterr()
    assert shown.out.split() == ["start", "2025-03-14", "2026-03-14"]
    assert "all time" in shown.err
    (root / "cpd.yaml").write_text("name: A\nperiod: cpd-year\n")
    assert run(["list", "--columns", "start"]) == 0
    shown = capsys.readouterr()
    assert shown.out.split() == ["start", "2026-03-14"]
    assert "1 outside the period (cpd list all)" in shown.err
