"""The choice of an editor; a journal cannot choose it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cpdkit.cli import editor as editor_module
from cpdkit.cli.editor import NoEditor, command_of, edit, editor_of, path_from_here
from cpdkit.errors import ToolError
from cpdkit.text import process

PATH = os.environ["PATH"]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


def configured(folder: Path, *args: str) -> None:
    subprocess.run(["git", *args], cwd=folder, env={"PATH": PATH, "HOME": str(folder)}, check=True)


@needs_git
def test_the_order_of_those_who_name_it(tmp_path: Path) -> None:
    there = {"PATH": PATH, "TERM": "xterm", "HOME": str(tmp_path), "VISUAL": "visual", "EDITOR": "editor"}
    assert editor_of(there) == "visual"
    assert editor_of(there | {"TERM": "dumb"}) == "editor"
    configured(tmp_path, "config", "--global", "core.editor", "code --wait")
    assert editor_of(there) == "code --wait"
    assert editor_of(there | {"GIT_EDITOR": "mine"}) == "mine"


@needs_git
def test_the_configuration_of_a_repository_names_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configured(tmp_path, "init", "--quiet")
    configured(tmp_path, "config", "core.editor", "evil")
    monkeypatch.chdir(tmp_path)
    there = {"PATH": PATH, "TERM": "xterm", "HOME": "/nonexistent", "EDITOR": "mine"}
    assert editor_of(there) == "mine"
    assert editor_of(there | {"GIT_DIR": str(tmp_path / ".git"), "GIT_WORK_TREE": str(tmp_path)}) == "mine"


def test_without_an_editor_and_a_terminal_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NoEditor):
        editor_of({"PATH": str(tmp_path), "TERM": "xterm"})


def test_a_shell_reads_the_command_but_not_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a $(touch evil); 'b'.md"
    place.write_text("x")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_EDITOR", "f() { cp \"$1\" 'copied one'; }; f")
    edit(Path(place.name))
    assert sorted(each.name for each in tmp_path.iterdir()) == [place.name, "copied one"]


def test_one_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_EDITOR", "no-such-editor --wait")
    with pytest.raises(ToolError, match="editor no-such-editor --wait:"):
        edit(tmp_path / "x.md")


def test_an_interrupt_is_left_to_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_EDITOR", f"f() {{ sleep 0.2; kill -INT {os.getpid()}; sleep 0.1; }}; f")
    before = signal.getsignal(signal.SIGINT)
    edit(tmp_path / "x.md")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_path_is_as_short_as_it_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path.resolve()
    monkeypatch.chdir(root)
    assert path_from_here(root / "plan/a\x1b.md") == str(Path("plan/a\\e.md"))
    (root / "other").mkdir()
    monkeypatch.chdir(root / "other")
    assert path_from_here(root / "plan/a.md") == str(root / "plan/a.md")


def program(folder: Path, name: str) -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return str(folder / name)


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, as Windows finds them."""
    for module in (editor_module, process):
        monkeypatch.setattr(module, "sys", SimpleNamespace(platform="win32", stdin=sys.stdin))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


def test_on_windows_an_editor_is_a_program_with_its_options(windows: Path, tmp_path: Path) -> None:
    notepad, code = program(windows, "notepad.EXE"), program(windows, "code.CMD")
    spaced = program(tmp_path / "Program Files", "edit.EXE")
    path = tmp_path / "a b.md"
    assert command_of("notepad", path) == [notepad, str(path)]
    assert command_of("code --wait", path) == [code, "--wait", str(path)]
    assert command_of(f'"{spaced}" --new "a b" --x="c d"', path) == [spaced, "--new", "a b", "--x=c d", str(path)]
    assert command_of(spaced, path) == [spaced, str(path)]


def test_on_windows_no_program_of_the_current_folder_is_the_editor(
    windows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "journal", "notepad.EXE")
    monkeypatch.chdir(tmp_path / "journal")
    with pytest.raises(ToolError, match="cannot start the editor notepad: the program does not exist"):
        command_of("notepad", tmp_path / "a.md")
    expected = program(windows, "notepad.EXE")
    assert command_of("notepad", tmp_path / "a.md")[0] == expected
