"""The one place that decides exit codes, and the words of whatever stops a command.

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
    """Does the work, tells what stopped it, gives the exit code."""
    try:
        code = work()
        flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except BrokenPipeError:
        silence_stdout()
        return PIPE_CLOSED
    except click.ClickException as error:
        return tell(wording(error), getattr(error, "hint", "") or way_out(error), USAGE)
    except MemoryError:
        return tell("there was not enough memory for this", "", PROBLEMS)
    except OSError as error:
        return tell_trouble(error, args)
    except Exception as error:  # noqa: BLE001  the boundary: whatever is not foreseen is our bug
        return stopped_by(error, args)
    return code


def flush() -> None:
    """Sends what is still buffered while its failure can still be told."""
    if sys.stdout is not None:
        sys.stdout.flush()


def silence_stdout() -> None:
    """Keeps the interpreter from flushing into the closed pipe once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def tell(message: str, hint: str, code: int) -> int:
    """One sentence and a way out, to stderr; names in them can't steer the terminal."""
    from cpdkit.text.terminal import printable

    lines = [f"cpd: {printable(message)}", *(f"     {printable(line)}" for line in hint.splitlines())]
    click.echo("\n".join(lines), err=True)
    return code


def tell_trouble(error: OSError, args: Sequence[str]) -> int:
    """What the system refuses wherever the program happens to be: room on the disk, and the folder it stands in."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        what = error.filename or "standard output"
        return tell(f"{what} could not be written: the disk is full", "make some space and try again", PROBLEMS)
    if isinstance(error, FileNotFoundError) and folder_is_gone():
        return tell("the folder that this was called in is gone", "change to another one and try again", USAGE)
    return stopped_by(error, args)


def folder_is_gone() -> bool:
    try:
        os.getcwd()  # noqa: PTH109  pathlib is not loaded for what fails this early
    except FileNotFoundError:
        return True
    return False


def wording(error: click.ClickException) -> str:
    """click's sentence in this program's manner: small first letter, no full stop."""
    if isinstance(error, click.NoSuchOption):
        return f"there is no option {error.option_name}"
    said = error.format_message().strip().removesuffix(".")
    return said[:1].lower() + said[1:]


def way_out(error: click.ClickException) -> str:
    """The nearest option, or where the right words are listed."""
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return f"did you mean {error.possibilities[0]}?"
    ctx = getattr(error, "ctx", None)
    return f"{ctx.command_path} --help lists what it takes" if ctx else ""


def stopped_by(error: Exception, args: Sequence[str]) -> int:
    """A foreseen error says itself and knows its code; anything else is a bug in cpdkit.

    Raises KeyboardInterrupt for one that Ctrl-C brought about.
    """
    from cpdkit.errors import CpdError

    if was_interrupted(error):
        raise KeyboardInterrupt from None
    if isinstance(error, CpdError):
        return tell(str(error), error.hint, error.exit_code)
    click.echo(bug_report(error, args), err=True)
    return BUG


def was_interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl-C stands behind the error: Python makes another of it in places, such as a class being made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def bug_report(error: Exception, args: Sequence[str]) -> str:
    """What a maintainer needs, short enough to paste. `$CPD_DEBUG` gives the whole traceback."""
    import platform
    import shlex
    import traceback

    if os.environ.get("CPD_DEBUG"):
        return "".join(traceback.format_exception(error))
    from cpdkit import __version__

    lines = [
        f"cpdkit {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"$ cpd {shlex.join(args)}",
        traceback.format_exception_only(error)[-1].strip(),
        *places(traceback.extract_tb(error.__traceback__)),
    ]
    return "\n    ".join(
        ["cpd: this is a bug in cpdkit, not in your journal. Please report it with these lines:", *lines]
    )


def places(stack: "traceback.StackSummary") -> list[str]:
    """The last places in cpdkit that it went through, and the very last wherever that is."""
    parted = [(frame.filename.replace(os.sep, "/").rpartition("/cpdkit/"), frame) for frame in stack]
    own = [f"  {path[2]}:{frame.lineno} in {frame.name}" for path, frame in parted if path[1]]
    last = [f"  {path[2]}:{frame.lineno} in {frame.name}" for path, frame in parted[-1:] if not path[1]]
    return own[-FRAMES_SHOWN:] + last
