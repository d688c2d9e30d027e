"""The layout of the diagnosis in a terminal."""

import json
import os
import time
from pathlib import Path

import pytest

from cpdkit.actions.doctor import Level, missing, note, ok
from cpdkit.cli.commands.doctor import data_of, lines_of, of_editor
from cpdkit.cli.main import run
from cpdkit.text.terminal import width
from tests.journal.folders import write
from tests.program import cpd

GROUPS = {
    "programs": [ok("Pandoc", "3.9, as tested"), missing("Typst", "is not installed " * 9, "pip install typst")],
    "journal": [note("格子", "\x1b[2J odd", "look " * 30)],
}


def test_lines_fit_the_screen_and_have_a_remedy() -> None:
    lines = lines_of(GROUPS, 80, False)
    assert max(map(width, lines)) <= 80
    assert lines[:2] == ["Programs", "  ok       Pandoc  3.9, as tested"]
    assert "           → pip install typst" in lines
    assert "  note     格子    \\e[2J odd" in lines


def test_colour_is_only_where_it_is_wanted() -> None:
    assert "\x1b" not in "".join(lines_of(GROUPS, 80, False))
    assert "\x1b[31mmissing\x1b[0m" in "".join(lines_of(GROUPS, 80, True))


def test_the_data_states_whether_anything_is_missing() -> None:
    assert data_of(GROUPS)["missing"] is True
    assert data_of({"journal": GROUPS["journal"]})["missing"] is False


NAME = ".cpdkit-0123456789abcdef.tmp"


def test_the_whole_page(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--journal", str(journal)]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert [line for line in lines if line and line[0] != " "] == ["Programs", "Environment", "Journal"]
    assert any(line.startswith("  ok       Pandoc       3.9, the tested") for line in lines)
    assert err.startswith("nothing is missing")
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("files", "variable", "level", "shown"),
    [
        ({}, None, "ok", "inbox.md"),
        (
            {"inbox.md": "a lecture\n\na visit\n", "inbox/a.md": "x"},
            None,
            "note",
            "inbox.md: 2 entries, inbox/: 1 entry",
        ),
        ({"cpd.yaml": "name: A\ninbox: [Notes/CPD.md]\n"}, None, "ok", "Notes/CPD.md"),
        ({}, "missing.md", "note", "missing.md"),
    ],
)
def test_where_the_inbox_is(
    files: dict[str, str],
    variable: str | None,
    level: str,
    shown: str,
    journal: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path, text in files.items():
        write(journal, path, text)
    if variable:
        monkeypatch.setenv("CPD_INBOX", str(journal / variable))
    run(["doctor", "--journal", str(journal), "--format", "json"])
    (found,) = (each for each in json.loads(capsys.readouterr().out)["journal"] if each["name"] == "inbox")
    assert found["level"] == level
    assert shown in found["text"]


def test_the_shape_of_the_data(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--journal", str(journal), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["missing", "programs", "surroundings", "journal"]
    assert data["missing"] is False
    assert data["journal"][0] == {
        "name": "place",
        "level": "ok",
        "text": f"{journal}: set by --journal",
        "remedy": "",
    }


def test_what_is_needed_and_missing_ends_with_4(journal: Path) -> None:
    done = cpd("doctor", "--journal", journal, env={"CPD_PANDOC": "/nowhere/pandoc"})
    assert done.code == 4
    assert "  missing  Pandoc       pandoc was not found at /nowhere/pandoc" in done.out
    assert "  ok       Typst" in done.out
    assert done.err.startswith("1 missing")


def test_a_journal_that_is_named_and_is_none_ends_with_2(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--journal", str(journal / "activities")]) == 2
    assert "missing  place" in capsys.readouterr().out
    assert run(["doctor"]) == 0
    assert "note     place" in capsys.readouterr().out


def test_only_clean_removes_and_only_what_is_old(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, f"activities/{NAME}", (journal / "activities/good.md").read_bytes())
    write(journal, f"plan/{NAME}", "only here")
    words = ["doctor", "--journal", str(journal), "--clean"]
    assert run(words) == 0
    assert capsys.readouterr().err.count("less than an hour old") == 2
    monkeypatch.setattr("cpdkit.text.clock.now", lambda: time.time() + 7200)
    assert run([*words, "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[-1]) == (f"activities/{NAME}\n", "would remove 1 file")
    assert run(words[:-1]) == 0
    assert f"2 temporary files of interrupted runs: activities/{NAME}," in " ".join(capsys.readouterr().out.split())
    assert run(words) == 0
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[-1]) == (f"activities/{NAME}\n", "removed 1 file")
    assert f"plan/{NAME}" in err
    assert os.listdir(journal / "activities") == ["good.md"]  # noqa: PTH208
    assert run(["doctor", "--dry-run"]) == 2


def test_the_editor_is_named_and_looked_for_but_not_opened(tmp_path: Path) -> None:
    there = {"PATH": str(tmp_path), "TERM": "xterm", "VISUAL": "mine --wait"}
    assert of_editor(there).text == "mine --wait: cannot find the program mine"
    place = tmp_path / "mine"
    place.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    place.chmod(0o755)
    assert (of_editor(there).level, of_editor(there).text) == (Level.OK, "mine --wait")
    assert not (tmp_path / "ran").exists()
    assert of_editor(there | {"VISUAL": "it's"}).level is Level.NOTE
    assert of_editor({"PATH": str(tmp_path)}).level is Level.NOTE
