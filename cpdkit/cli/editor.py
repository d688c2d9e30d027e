"""Open a file in the editor that git opens.

The user's environment and the user's own git configuration name the editor. Git runs outside every repository, because
the configuration of a journal from somebody else must not start a program.
"""

import os
import re
import shlex
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cpdkit.cli.console import is_terminal
from cpdkit.errors import CpdError, ToolError, ToolFailed
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.text.changes import note_edited
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.text.terminal import printable

LAST_RESORT = "notepad" if sys.platform == "win32" else "vi"
EDITOR_HINT = (
    "choose one: setx EDITOR notepad, and open a new terminal"
    if sys.platform == "win32"
    else "choose one: export EDITOR=nano, or git config --global core.editor nano"
)


class NoEditor(CpdError):
    """No editor is set, and none can run here."""

    exit_code = 4
    hint = EDITOR_HINT

    def __init__(self) -> None:
        super().__init__("no editor is set")


def edit(path: Path) -> None:
    """Open a file in the user's editor, in the foreground, and wait until the editor is closed.

    If this command wrote the file, what the editor saved belongs to the change that `cpd undo` undoes.

    Raises NoEditor if none is set, ToolError if it cannot be started, ToolFailed if it fails.
    """
    from cpdkit.text.process import in_foreground

    editor = editor_of(os.environ)
    try:
        code = in_foreground(command_of(editor, path.absolute()))
    except OSError as error:
        raise _not_started(editor, error.strerror or str(error)) from error
    finally:
        _note_edited(path)
    if code == 127 and sys.platform != "win32":  # the shell's exit code for a missing program
        raise _not_started(editor, "the program does not exist")
    if code:
        raise ToolFailed(editor, code, "")


def _note_edited(path: Path) -> None:
    with suppress(Unreadable):
        note_edited(path, read_bytes(str(path), RECORD_LIMIT)[0] if os.path.lexists(path) else None)


def editor_of(environment: Mapping[str, str]) -> str:
    """Return the command of git's editor, such as `code --wait`. Raises NoEditor."""
    from cpdkit.history.git import user_setting

    return environment.get("GIT_EDITOR") or user_setting("core.editor", environment) or _of_environment(environment)


def command_of(editor: str, path: Path) -> list[str]:
    """Return the program and its arguments. As in git, a shell reads the editor's command but not the file's name.

    Raises ToolError if Windows does not have the program.
    """
    from cpdkit.text.process import find_program

    if sys.platform != "win32":
        return ["/bin/sh", "-c", f'{editor} "$@"', editor, str(path)]
    if program := find_program(editor):  # it may have spaces, as in C:\\Program Files
        return [program, str(path)]
    first, *others = words_of(editor)
    if program := find_program(first):
        return [program, *others, str(path)]
    raise _not_started(editor, "the program does not exist")


def words_of(editor: str) -> list[str]:
    """Return the program of an editor's command, and its arguments. Raises ValueError for an open quotation mark."""
    if sys.platform == "win32":  # where a backslash separates folders
        return [word.replace('"', "") for word in re.findall(r'(?:"[^"]*"?|[^\s"])+', editor)] or [editor]
    return shlex.split(editor) or [editor]


def _of_environment(environment: Mapping[str, str]) -> str:
    """Return `$VISUAL` if the terminal can draw, then `$EDITOR`, then the editor that every system has.

    Raises NoEditor if none is set and there is no terminal for the last one.
    """
    draws = environment.get("TERM", "dumb") != "dumb" or sys.platform == "win32"
    editor = (environment.get("VISUAL") if draws else "") or environment.get("EDITOR")
    if not editor and not (draws and is_terminal(sys.stdin)):
        raise NoEditor
    return editor or LAST_RESORT


def _not_started(editor: str, reason: str) -> ToolError:
    return ToolError(editor, f"cannot start the editor {editor}: {reason}", EDITOR_HINT)


def path_from_here(path: Path) -> str:
    """Return a path relative to the current folder if it is below it, and the whole path if not."""
    here = Path(os.path.realpath(Path.cwd()))
    return printable(str(path.relative_to(here) if path.is_relative_to(here) else path))
