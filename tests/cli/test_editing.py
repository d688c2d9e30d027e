"""The editor that is opened: the user's, never a journal's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit.cli.editing import NoEditor, command_of, edit, editor_of
from cpdkit.errors import ToolError, ToolFailed


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A user whose environment and git name no editor."""
    for name in ("GIT_EDITOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("TERM", "xterm")


def test_the_order_is_gits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EDITOR", "nano")
    assert editor_of(os.environ) == "nano"
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor_of(os.environ) == "code --wait"
    (tmp_path / "gitconfig").write_text("[core]\n\teditor = emacs -nw\n")
    assert editor_of(os.environ) == "emacs -nw"
    monkeypatch.setenv("GIT_EDITOR", "ed")
    assert editor_of(os.environ) == "ed"


def test_a_repository_names_no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "nano")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "config", "core.editor", "touch owned"], check=True)
    assert editor_of(os.environ) == "nano"


def test_no_editor_at_all() -> None:
    with pytest.raises(NoEditor):
        editor_of({"TERM": "dumb", "PATH": ""})
    assert editor_of({"TERM": "xterm", "PATH": ""}) == "vi"


def test_the_file_is_one_argument_whatever_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a b; touch $HOME"
    script = tmp_path / "editor.py"
    script.write_text("import sys\nopen(sys.argv[2], 'w').write(sys.argv[1])\n")
    monkeypatch.setenv("GIT_EDITOR", f"{sys.executable} {script} wait")
    edit(path)
    assert path.read_text() == "wait"
    assert command_of("code --wait", path)[-1] == str(path)


@pytest.mark.parametrize(("editor", "error"), [("no-such-editor-here", ToolError), ("false", ToolFailed)])
def test_what_fails_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, editor: str, error: type[Exception]
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor)
    with pytest.raises(error):
        edit(tmp_path / "a")
