"""Opening a file in the user's own editor: the one that git opens.

What names the editor is the user's environment and the user's own git configuration. Git is asked from outside every
repository: the configuration of a journal that came from a stranger must not run a program.
"""

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from cpdkit.cli.console import is_terminal
from cpdkit.errors import CpdError, ToolError, ToolFailed
from cpdkit.text.terminal import printable
from cpdkit.text.write import remove_unchanged

LAST_RESORT = "notepad" if sys.platform == "win32" else "vi"
WAY_OUT = "name your editor: git config --global core.editor nano, or set $EDITOR"


class NoEditor(CpdError):
    """Nothing names an editor that could run here."""

    exit_code = 4
    hint = WAY_OUT

    def __init__(self) -> None:
        super().__init__("there is no editor to open the file in")


def edit(path: Path) -> None:
    """Open a file in the user's editor, in the foreground, and wait until it is closed.

    Raises NoEditor where none is known, ToolError where it can't be started, ToolFailed where it ends with a failure.
    """
    from cpdkit.text.process import in_foreground

    editor = editor_of(os.environ)
    try:
        code = in_foreground(command_of(editor, path.absolute()))
    except OSError as error:
        raise _not_started(editor, error.strerror or str(error)) from error
    if code == 127 and sys.platform != "win32":  # the shell's word for a program that isn't there
        raise _not_started(editor, "there is no such program")
    if code:
        raise ToolFailed(editor, code, "")


def editor_of(environment: Mapping[str, str]) -> str:
    """Return the command that git would open a file with: `code --wait`. Raises NoEditor."""
    from cpdkit.history.git import user_setting

    return environment.get("GIT_EDITOR") or user_setting("core.editor", environment) or _of_environment(environment)


def command_of(editor: str, path: Path) -> list[str]:
    """Return the program and its arguments. As in git a shell reads the editor's command, but never the file's name."""
    if sys.platform != "win32":
        return ["/bin/sh", "-c", f'{editor} "$@"', editor, str(path)]
    if program := shutil.which(editor):
        return [program, str(path)]
    return [*(word.strip('"') for word in shlex.split(editor, posix=False)), str(path)]


def _of_environment(environment: Mapping[str, str]) -> str:
    """`$VISUAL` where the terminal can draw, then `$EDITOR`, then what every system has.

    Raises NoEditor where none is named and nobody sits at a terminal, who could use one.
    """
    draws = environment.get("TERM", "dumb") != "dumb" or sys.platform == "win32"
    editor = (environment.get("VISUAL") if draws else "") or environment.get("EDITOR")
    if not editor and not (draws and is_terminal(sys.stdin)):
        raise NoEditor
    return editor or LAST_RESORT


def _not_started(editor: str, reason: str) -> ToolError:
    return ToolError(editor, f"the editor, {editor}, could not be started: {reason}", WAY_OUT)


def edit_new(path: Path, data: bytes) -> bool:
    """Open a new file of these bytes in the editor; return whether anything was written. Else the file is removed.

    Raises as `edit` does.
    """
    edit(path)
    return not path.exists() or not remove_unchanged(path, data)


def path_from_here(path: Path) -> str:
    """Return a path as seen from the current folder, where it lies below it; else in full."""
    here = Path(os.path.realpath(Path.cwd()))
    return printable(str(path.relative_to(here) if path.is_relative_to(here) else path))
