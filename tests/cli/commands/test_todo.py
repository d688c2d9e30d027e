"""The layout of what needs attention in a terminal."""

import re
from datetime import date
from pathlib import Path

import pytest

from cpdkit.actions.todo import Cause, Item, Section, Todo
from cpdkit.cli.commands.todo import SHOWN, data_of, lines_of
from cpdkit.cli.main import run
from cpdkit.text.terminal import width
from tests.journal.folders import FIELDS, journal_of, record, write


def todo(count: int, command: str = "cpd done {}", note: str = "9 days ago", title: str = "格" * 60) -> Todo:
    items = [Item(f"{each}.md", f"{each}", title, None, note, command.format(each)) for each in range(count)]
    return Todo(date(2026, 11, 24), (Section(Cause.PLANNED, tuple(items)),))


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("command", ["cpd done {}", "cpd done " + "x" * 20 + "{}", "cpd done 格子" + "{}"])
def test_lines_fit_the_screen(columns: int, command: str) -> None:
    lines = lines_of(todo(12, command), True, columns, False)
    assert max(map(width, lines)) <= columns
    text = "\n".join(lines)
    assert all(command.format(each) in text for each in range(12))


def test_a_command_is_never_cut_and_notes_are_in_a_column() -> None:
    long = "cpd done " + "x" * 90
    assert lines_of(todo(1, long), False, 80, False)[1] == f"  {long}"
    lines = lines_of(todo(11), True, 80, False)[1:]
    assert {line.index("9 days ago") for line in lines} == {len("  cpd done 10  ")}


def test_a_few_are_shown_unless_all_are_wanted() -> None:
    lines = lines_of(todo(17), False, 80, False)
    assert (len(lines), lines[-1]) == (SHOWN + 2, "  and 12 more (show all with cpd todo --all)")
    assert len(lines_of(todo(17), True, 80, False)) == 18
    assert data_of(todo(17))["count"] == 17


def test_colour_only_where_it_is_wanted_and_nothing_steers_the_terminal() -> None:
    found = todo(1, title="\x1b[2Jevil")
    plain, coloured = lines_of(found, False, 80, False), lines_of(found, False, 80, True)
    assert not any("\x1b" in line for line in plain)
    assert [re.sub("\x1b\\[[0-9]*m", "", line) for line in coloured] == plain


def test_a_template_that_is_gone_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-05-01")
    files = {"cpd.yaml": "name: A\nreflection: gone\n"}
    files["activities/a.md"] = record("title: Relay course\ntype: training\nstart: 2026-03-14\nhours: 2\n", "")
    journal_of(tmp_path, files)
    assert run(["todo", "--journal", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert "cpd reflect a" in out
    assert '"gone"' in err


PLANNED = "title: Retest\ntype: event\nstart: 2026-11-10\nstatus: planned\n"


@pytest.fixture
def waiting(journal: Path) -> Path:
    """A journal with a planned activity whose date has passed, and a missing reflection."""
    write(journal, "activities/good.md", record(FIELDS, ""))
    write(journal, "activities/retest.md", record(PLANNED))
    write(journal, "reviews/2026.md", record("year: 2026\n", ""))
    return journal


def test_each_command_settles_what_it_is_for(waiting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--journal", str(waiting)]
    assert run(["done", "retest", "--hours", "1", *where]) == 0
    assert run(["reflect", "good", "--answer", "What did you learn?=Much.", *where]) == 0
    write(waiting, "activities/next.md", record(FIELDS + "follow-up: Ask.\n"))
    capsys.readouterr()
    assert run(["todo", *where]) == 0
    assert (
        capsys.readouterr().out.splitlines()[1] == "  cpd set next x-followed-up=yes  8 months ago: Ask. · Relay course"
    )
    assert run(["set", "next", "x-followed-up=yes", *where]) == 0
    capsys.readouterr()
    assert run(["todo", *where]) == 0
    assert capsys.readouterr() == ("", "nothing needs your attention\n")
