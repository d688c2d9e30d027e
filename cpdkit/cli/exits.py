"""Exit codes, which only this module decides, and the message about what stopped a command.

0 fine · 1 problems found · 2 usage · 3 a bug in cpdkit · 4 an outside tool is missing or failed ·
130 interrupted (in `__main__`) · 141 the reader of the output closed the pipe, as for any program.
"""

import errno
import os
import re
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
    """Do the work, print what stopped it, and return the exit code. Raises only KeyboardInterrupt."""
    try:
        code = work()
        if sys.stdout is not None:
            sys.stdout.flush()  # while a failure can still be reported
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that Python does not flush into the closed pipe when it ends
        return PIPE_CLOSED
    except click.exceptions.NoArgsIsHelpError as error:
        return _show_help(error)
    except click.ClickException as error:
        return _stop(_click_message(error), getattr(error, "hint", "") or _click_hint(error), USAGE)
    except MemoryError:
        return _stop("not enough memory", "", PROBLEMS)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            target = error.filename or "standard output"
            return _stop(f"cannot write {target}: the disk is full", "free some space and try again", PROBLEMS)
        if isinstance(error, FileNotFoundError) and _is_current_folder_gone():
            return _stop("the current folder no longer exists", "change to another folder and try again", USAGE)
        return _stop_by(error, args)
    except Exception as error:  # noqa: BLE001  the boundary: any other error is a bug
        return _stop_by(error, args)
    return code


def _stop(message: str, hint: str, code: int) -> int:
    """Print a message and a hint to stderr, without control characters, and return the code."""
    from cpdkit.cli.console import print_text
    from cpdkit.text.terminal import printable

    lines = [f"cpd: {printable(message)}", *(f"     {printable(line)}" for line in hint.splitlines())]
    print_text("\n".join(lines), sys.stderr)
    return code


def _show_help(error: click.exceptions.NoArgsIsHelpError) -> int:
    """Print the help of a group without a command to stderr, and return the code."""
    from cpdkit.cli.console import print_text

    print_text(error.message, sys.stderr)
    return USAGE


def _stop_by(error: Exception, args: Sequence[str]) -> int:
    """Report an error and return its code. Any error but a CpdError is a bug in cpdkit.

    Raises KeyboardInterrupt for an error that Ctrl-C caused: Python sometimes turns it into another error, and the
    code that cleans up after it may fail.
    """
    from cpdkit.cli.console import print_text
    from cpdkit.errors import CpdError

    if isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
        raise KeyboardInterrupt from None
    if isinstance(error, CpdError):
        return _stop(str(error), error.hint, error.exit_code)
    if isinstance(error, RuntimeError) and str(error).startswith("can't start new thread"):
        return _stop("not enough memory", "", PROBLEMS)
    print_text(_bug_report(error, args), sys.stderr)
    return BUG


def _is_current_folder_gone() -> bool:
    try:
        os.getcwd()  # noqa: PTH109  pathlib may not be loaded yet
    except FileNotFoundError:
        return True
    return False


def _click_message(error: click.ClickException) -> str:
    """Return click's message in this program's words: lower-case start, no full stop, double quotes."""
    if isinstance(error, click.NoSuchOption):
        return f"unknown option {error.option_name}"
    if isinstance(error, click.MissingParameter) and error.param:
        return f"{_parameter_name(error.param)} is missing"
    if (choice := _unknown_choice(error)) and isinstance(error, click.BadParameter) and error.param:
        return f'unknown value "{choice[0]}" for {_parameter_name(error.param)}'
    message = error.format_message().strip().removesuffix(".")
    if extra := _EXTRA.fullmatch(message):
        return f'unexpected argument "{extra[1]}"'
    return message[:1].lower() + message[1:]


_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")


def _unknown_choice(error: click.ClickException) -> tuple[str, str] | None:
    """Return the value and the choices in click's message about a choice."""
    value, middle, choices = error.message.removesuffix(".").rpartition("' is not one of ")
    return (value.removeprefix("'"), choices) if middle else None


def _parameter_name(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.make_metavar(click.Context(click.Command("cpd")))


def _click_hint(error: click.ClickException) -> str:
    """Return the nearest option, the choices, or where to find the arguments and options."""
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return f"did you mean {error.possibilities[0]}?"
    if choice := _unknown_choice(error):
        *others, last = choice[1].replace("'", "").split(", ")
        return f"use {', '.join(others)} or {last}" if others else f"use {last}"
    ctx = getattr(error, "ctx", None)
    return f"see {ctx.command_path} --help" if ctx else ""


def _bug_report(error: Exception, args: Sequence[str]) -> str:
    """Return what a maintainer needs, short enough to paste; with `$CPD_DEBUG` the whole traceback."""
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
    """Return the last places in cpdkit that the error went through, and the place where it was raised."""
    places = [(frame.filename.replace(os.sep, "/").rpartition("/cpdkit/"), frame) for frame in stack]
    own = [f"  {path[2]}:{frame.lineno} in {frame.name}" for path, frame in places if path[1]]
    last = [f"  {path[2]}:{frame.lineno} in {frame.name}" for path, frame in places[-1:] if not path[1]]
    return own[-FRAMES_SHOWN:] + last
