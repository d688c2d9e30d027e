"""The editor, the shell's completion and the terminal."""

import locale
import sys
from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.surroundings import of_completion, of_editor, of_terminal, surroundings
from cpdkit.upkeep.health import Level


def test_the_editor_is_named_and_looked_for_but_not_opened(tmp_path: Path) -> None:
    there = {"PATH": str(tmp_path), "TERM": "xterm", "VISUAL": "mine --wait"}
    assert of_editor(there).said == "mine --wait: there is no program mine"
    place = tmp_path / "mine"
    place.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    place.chmod(0o755)
    assert (of_editor(there).level, of_editor(there).said) == (Level.OK, "mine --wait")
    assert not (tmp_path / "ran").exists()
    assert of_editor(there | {"VISUAL": "it's"}).level is Level.NOTE
    assert of_editor({"PATH": str(tmp_path)}).level is Level.NOTE


@pytest.mark.skipif(sys.platform == "win32", reason="home is named otherwise there")
def test_completion_is_found_where_the_shell_looks(tmp_path: Path) -> None:
    there = {"SHELL": "/bin/bash", "HOME": str(tmp_path)}
    found = of_completion(there)
    assert (found.level, found.way_out) == (Level.NOTE, 'into ~/.bashrc: eval "$(_CPD_COMPLETE=bash_source cpd)"')
    (tmp_path / ".bashrc").write_text('eval "$(_CPD_COMPLETE=bash_source cpd)"\n')
    assert of_completion(there).level is Level.OK
    fish = of_completion(there | {"SHELL": "/usr/bin/fish"})
    assert fish.way_out.endswith("cpd.fish: _CPD_COMPLETE=fish_source cpd | source")
    assert of_completion({"SHELL": "/bin/tcsh"}).level is Level.OK
    assert of_completion({}).level is Level.OK


def test_a_terminal_of_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "getencoding", lambda: "ISO-8859-1")
    (found,) = of_terminal(Console(columns=80), {})
    assert (found.level, found.said) == (
        Level.NOTE,
        "80 columns, without colour, ISO-8859-1; cpdkit writes UTF-8",
    )
    monkeypatch.setattr(locale, "getencoding", lambda: "UTF-8")
    found, today = of_terminal(Console(), {"CPD_TODAY": "2026-11-24"})
    assert (found.level, today.name) == (Level.OK, "today")
    assert len(surroundings(Console(), {})) == 3
