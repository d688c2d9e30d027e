"""How what waits is laid out in a terminal."""

import re
from datetime import date
from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.waiting import SHOWN, data_of, lines_of, show_todo
from cpdkit.journal.choice import Choice
from cpdkit.text.cells import width
from cpdkit.upkeep.waiting import Item, Kind, Section, Todo
from tests.journal.folders import journal_of, record


def todo(count: int, command: str = "cpd done {}", note: str = "9 days ago", title: str = "格" * 60) -> Todo:
    items = [Item(f"{each}.md", f"{each}", title, None, note, command.format(each)) for each in range(count)]
    return Todo(date(2026, 11, 24), (Section(Kind.PLANNED, tuple(items)),))


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("command", ["cpd done {}", "cpd done " + "x" * 20 + "{}", "cpd done 格子" + "{}"])
def test_lines_fit_the_screen(columns: int, command: str) -> None:
    lines = lines_of(todo(12, command), True, columns, False)
    assert max(map(width, lines)) <= columns
    text = "\n".join(lines)
    assert all(command.format(each) in text for each in range(12))


def test_a_command_is_never_cut_and_notes_stand_below_each_other() -> None:
    long = "cpd done " + "x" * 90
    assert lines_of(todo(1, long), False, 80, False)[1] == f"  {long}"
    lines = lines_of(todo(11), True, 80, False)[1:]
    assert {line.index("9 days ago") for line in lines} == {len("  cpd done 10  ")}


def test_a_few_are_shown_unless_all_are_wanted() -> None:
    lines = lines_of(todo(17), False, 80, False)
    assert (len(lines), lines[-1]) == (SHOWN + 2, "  and 12 more: cpd todo --all")
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
    show_todo(tmp_path, Choice(), False, "text", Console())
    out, err = capsys.readouterr()
    assert "cpd reflect a" in out
    assert 'there is no template "gone", so the usual questions are taken' in err
