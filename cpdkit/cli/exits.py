"""Decide exit codes, as no other module does, and say what stopped a command.

0 fine · 1 problems found · 2 usage · 3 a bug in cpdkit · 4 an outside tool is missing or failed ·
130 interrupted (in `__main__`) · 141 the reader of the output went away, as for any program in a pipe.
"""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import traceback

FINE = 0
PROBLEMS = 1
USAGE = 2
BUG = 3
INTERRUPTED = 130
PIPE_CLOSED = 141
FRAMES_SHOWN = 8


def exit_code_of(work: Callable[[], int], args: Sequence[str]) -> int:
    """Do the work, say what stopped it, and return the exit code. Raises KeyboardInterrupt alone."""
    try:
        code = work()
        if sys.stdout is not None:
            sys.stdout.flush()  # while a failure can still be reported
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # lest the interpreter flush into the closed pipe at its end
        return PIPE_CLOSED
    except click.ClickException as error:
        return _stop(_click_message(error), getattr(error, "hint", "") or _click_hint(error), USAGE)
    except MemoryError:
        return _stop("there was not enough memory for this", "", PROBLEMS)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            target = error.filename or "standard output"
            return _stop(f"{target} could not be written: the disk is full", "make some space and try again", PROBLEMS)
        if isinstance(error, FileNotFoundError) and _is_current_folder_gone():
            return _stop("the folder that this was called in is gone", "change to another one and try again", USAGE)
        return _stop_by(error, args)
    except Exception as error:  # noqa: BLE001  the boundary: whatever is not foreseen is our bug
        return _stop_by(error, args)
    return code


def _stop(message: str, hint: str, code: int) -> int:
    """Print one sentence and a way out to stderr and return the code; names in them can't steer the terminal."""
    from cpdkit.text.terminal import printable

    lines = [f"cpd: {printable(message)}", *(f"     {printable(line)}" for line in hint.splitlines())]
    click.echo("\n".join(lines), err=True)
    return code


def _stop_by(error: Exception, args: Sequence[str]) -> int:
    """Report an error and return its code; one that is not foreseen is a bug in cpdkit.

    Raises KeyboardInterrupt for one that Ctrl-C led to: Python makes another error of it in places, and what cleans
    up behind it may fail.
    """
    from cpdkit.errors import CpdError

    if isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
        raise KeyboardInterrupt from None
    if isinstance(error, CpdError):
        return _stop(str(error), error.hint, error.exit_code)
    click.echo(_bug_report(error, args), err=True)
    return BUG


def _is_current_folder_gone() -> bool:
    try:
        os.getcwd()  # noqa: PTH109  pathlib is not loaded for what fails this early
    except FileNotFoundError:
        return True
    return False


def _click_message(error: click.ClickException) -> str:
    """Return click's sentence in this program's manner: small first letter, no full stop."""
    if isinstance(error, click.NoSuchOption):
        return f"there is no option {error.option_name}"
    message = error.format_message().strip().removesuffix(".")
    return message[:1].lower() + message[1:]


def _click_hint(error: click.ClickException) -> str:
    """Return the nearest option, or where the right words are listed."""
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return f"did you mean {error.possibilities[0]}?"
    ctx = getattr(error, "ctx", None)
    return f"{ctx.command_path} --help lists what it takes" if ctx else ""


def _bug_report(error: Exception, args: Sequence[str]) -> str:
    """Return what a maintainer needs, short enough to paste; the whole traceback with `$CPD_DEBUG`."""
    import platform
    import shlex
    import traceback

    if os.environ.get("CPD_DEBUG"):
        return "".join(traceback.format_exception(error))
    from cpdkit import __version__

    lines = [
        "cpd: this is a bug in cpdkit, not in your journal. Please report it with these lines:",
        f"cpdkit {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"$ cpd {shlex.join(args)}",
        traceback.format_exception_only(error)[-1].strip(),
        *_frames(traceback.extract_tb(error.__traceback__)),
    ]
    return "\n    ".join(lines)


def _frames(stack: "traceback.StackSummary") -> list[str]:
    """Return the last places in cpdkit that the error went through, and the very last wherever that is."""
    parted = [(frame.filename.replace(os.sep, "/").rpartition("/cpdkit/"), frame) for frame in stack]
    own = [f"  {path[2]}:{frame.lineno} in {frame.name}" for path, frame in parted if path[1]]
    last = [f"  {path[2]}:{frame.lineno} in {frame.name}" for path, frame in parted[-1:] if not path[1]]
    return own[-FRAMES_SHOWN:] + last
