"""What surrounds the program: the editor it would open, the shell's completion, the terminal. Nothing is started."""

import locale
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from cpdkit.cli.console import Console
from cpdkit.cli.editing import WAY_OUT, NoEditor, editor_of
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.upkeep.health import Sign, note, ok

COMPLETION = "_CPD_COMPLETE"
START_FILES = {
    "bash": (".bashrc", ".bash_profile", ".profile", ".bash_completion"),
    "zsh": (".zshrc", ".zprofile", ".zshenv"),
    "fish": (".config/fish/completions/cpd.fish", ".config/fish/config.fish"),
}
"""What each shell that has completion reads at its start, below the home folder; a new line goes into the first."""
LIMIT = 2**20


def surroundings(console: Console, environment: Mapping[str, str] = os.environ) -> tuple[Sign, ...]:
    """The editor, the completion and the terminal."""
    return (of_editor(environment), of_completion(environment), *of_terminal(console, environment))


def of_editor(environment: Mapping[str, str]) -> Sign:
    """The editor that cpd new and cpd open would open, and whether there is such a program."""
    try:
        editor = editor_of(environment)
        program = (shlex.split(editor) or [editor])[0]
    except NoEditor as error:
        return note("editor", "nothing names one, and there is no terminal to open one on", error.hint)
    except ValueError:
        return note("editor", f"{editor}: a quotation mark in it is not closed", WAY_OUT)
    if shutil.which(program, path=environment.get("PATH")):
        return ok("editor", editor)
    return note("editor", f"{editor}: there is no program {program}", WAY_OUT)


def of_completion(environment: Mapping[str, str]) -> Sign:
    """Whether the user's shell completes cpd's words."""
    shell = Path(environment.get("SHELL", "")).name
    if shell not in START_FILES:
        return ok("completion", f"there is none for {shell}" if shell else "no $SHELL is named")
    home, (first, *_) = Path(environment.get("HOME") or os.sep), START_FILES[shell]
    if any(_speaks_of_it(home / name) for name in START_FILES[shell]):
        return ok("completion", f"{shell} is told of it")
    line = f"{COMPLETION}={shell}_source cpd"
    line = f"{line} | source" if shell == "fish" else f'eval "$({line})"'
    return note("completion", f"{shell} is not told of it", f"into ~/{first}: {line}")


def of_terminal(console: Console, environment: Mapping[str, str]) -> Iterator[Sign]:
    """What the terminal takes."""
    spoken = locale.getencoding()
    size = f"{console.columns} columns" if console.columns else "no terminal"
    colour = "in colour" if console.colour else "without colour"
    if spoken.casefold().replace("-", "") == "utf8":
        yield ok("terminal", f"{size}, {colour}, UTF-8")
    else:
        way = "set LANG to a locale such as en_GB.UTF-8; on Windows: chcp 65001"
        yield note("terminal", f"{size}, {colour}, {spoken}; cpdkit writes UTF-8", way)
    if day := environment.get("CPD_TODAY", "").strip():
        yield note("today", f"$CPD_TODAY says {day}, whatever the clock says", "unset CPD_TODAY")


def _speaks_of_it(place: Path) -> bool:
    try:
        return COMPLETION.encode() in read_bytes(str(place.resolve()), LIMIT)[0]
    except (OSError, RuntimeError, Unreadable):
        return False
