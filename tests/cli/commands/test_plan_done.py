"""`cpd plan done`: its prompts on a terminal, and the resulting file."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.conftest import Typing
from tests.journal.folders import FIELDS, journal_of, record

DAY = date(2026, 11, 24)
MEASURED = "title: A\nsuccess-measure: It works.\n"
Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("lines", "options", "status", "line"),
    [
        ("y\nTwice.\n\n", [], "achieved", "**Achieved on 24 November 2026; the success measure was met.** Twice."),
        (
            "maybe\nno\nEnough.\n\n",
            [],
            "achieved",
            "**Achieved on 24 November 2026, though the success measure was not met.** Enough.",
        ),
        ("\n:n\n", [], "achieved", "**Achieved on 24 November 2026.**"),
        (
            "Twice.\n\n",
            ["--met"],
            "achieved",
            "**Achieved on 24 November 2026; the success measure was met.** Twice.",
        ),
        ("Why\n\n", ["--dropped"], "dropped", "**Dropped on 24 November 2026.** Why"),
        ("", ["--dropped", "--note", "x"], "dropped", "**Dropped on 24 November 2026.** x"),
    ],
)
def test_missing_values_are_prompted_for(
    tmp_path: Path,
    lines: str,
    options: list[str],
    status: str,
    line: str,
    type_lines: Typing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CPD_TODAY", str(DAY))
    journal_of(tmp_path, {"plan/a.md": record(MEASURED, "")})
    type_lines(lines)
    assert run(["plan", "done", "a", "--journal", str(tmp_path), *options]) == 0
    assert (tmp_path / "plan/a.md").read_text() == record(f"{MEASURED}status: {status}\n", f"\n{line}\n")


def test_without_a_measure_there_is_no_prompt_for_it(tmp_path: Path, type_lines: Typing, capsys: Captured) -> None:
    journal_of(tmp_path, {"plan/a.md": record("title: A\n", "")})
    type_lines("\n")
    assert run(["plan", "done", "a", "--journal", str(tmp_path)]) == 0
    assert "met" not in capsys.readouterr().err


def test_stopping_changes_nothing(tmp_path: Path, type_lines: Typing) -> None:
    journal_of(tmp_path, {"plan/a.md": record(MEASURED, "")})
    type_lines(":q\n")
    assert run(["plan", "done", "a", "--journal", str(tmp_path)]) == 0
    assert (tmp_path / "plan/a.md").read_text() == record(MEASURED, "")


def test_of_many_activities_the_newest_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("CPD_TODAY", str(DAY))
    fields = FIELDS + "objectives: [a]\n"
    some = {f"activities/{day}.md": record(fields.replace("03-14", f"03-{day}")) for day in range(10, 22)}
    hidden = {"activities/x.md": record(fields + "confidential: true\n")}
    journal_of(tmp_path, {"plan/a.md": record("title: A\n", ""), **some, **hidden})
    words = ["plan", "done", "a", "--dropped", "--note", "x", "--journal", str(tmp_path)]
    assert run(words) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["marked plan/a.md as dropped: 24 h in 12 activities", "  21 March 2026  Relay course"]
    assert lines[-2].startswith("  and 2 more ")
    assert lines[-1].startswith("1 confidential ")
    assert run(words) == 2


def test_an_objective_is_closed_and_the_answers_are_written(planned: Path, capsys: Captured) -> None:
    path = planned / "plan/relays.md"
    before = path.read_text()
    words = ["plan", "done", "rel", "--on", "yesterday", "--met", "--note", "Twice."]
    assert run([*words, "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert "-status: open\n+status: achieved\n" in shown.out
    assert path.read_text() == before
    assert run(words) == 0
    line = "\n**Achieved on 23 November 2026; the success measure was met.** Twice.\n"
    assert path.read_text() == before.replace("open", "achieved") + line
    assert run(words) == 2


def test_an_action_is_done_once(planned: Path) -> None:
    assert run(["plan", "done", "relays", "--action", "helen"]) == 0
    assert "by: 2026-12-01, done: 2026-11-24}" in (planned / "plan/relays.md").read_text()
    assert run(["plan", "done", "relays", "--action", "helen"]) == 2


@pytest.mark.parametrize(
    "args",
    [
        ("relays", "--dropped"),
        ("relays", "--dropped", "--met"),
        ("relays", "--action", "helen", "--note", "x"),
        ("relays", "--on", "tomorrow"),
        ("relays", "--action", "x"),
        ("welsh", "--met"),
        ("welsh", "--action", "x"),
        ("x",),
    ],
)
def test_what_cannot_be_done_changes_nothing(planned: Path, args: tuple[str, ...]) -> None:
    before = {path: path.read_bytes() for path in planned.rglob("*.md")}
    assert run(["plan", "done", *args]) == 2
    assert {path: path.read_bytes() for path in planned.rglob("*.md")} == before
