"""`cpd plan` as it is typed."""

import json

import pytest

from cpdkit.cli import plan
from cpdkit.cli.main import run
from tests.program import cpd

Captured = pytest.CaptureFixture[str]


def test_on_the_example_journal(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    assert run(["plan", "--journal", "journal", "--all"]) == 0
    shown = capsys.readouterr()
    assert "ceng-application · high priority · due 2027-03-31, 128 days left" in shown.out
    assert "achieved" in shown.out
    assert "confidential and left out: 2" in shown.err


def test_as_json(capsys: Captured) -> None:
    assert run(["plan", "--journal", "journal", "--format", "json", "--period", "2025", "--quiet"]) == 0
    shown = capsys.readouterr()
    data = json.loads(shown.out)
    assert data["planned"] + data["unplanned"] == data["minutes"] > 0
    assert shown.err == ""


def test_the_commands_below_are_listed_and_their_help_fits(capsys: Captured) -> None:
    assert run(["plan", "--help"]) == 0
    said = capsys.readouterr().out
    assert [name for name in plan.COMMANDS if f"\n  {name} " in said] == list(plan.COMMANDS)
    for name in plan.COMMANDS:
        assert run(["plan", name, "--help"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["--journal", "journal", "new", "x"],
            "--journal stands before new\n     write it behind: cpd plan new --journal …",
        ),
        (["-q", "review"], "--quiet stands before review"),
        (["don"], 'there is no command "don"\n     did you mean cpd plan done?'),
    ],
)
def test_nothing_is_left_unheard(args: list[str], said: str, capsys: Captured) -> None:
    assert run(["plan", *args]) == 2
    assert said in capsys.readouterr().err


def test_a_shell_completes_commands_and_ids() -> None:
    for words, position, offered in (
        ("cpd plan ", "2", set(plan.COMMANDS)),
        ("cpd plan done conv", "3", {"converter-protection"}),
    ):
        env = {"_CPD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": position, "CPD_JOURNAL": "journal"}
        assert {line.partition(",")[2] for line in cpd(env=env).out.split()} == offered
