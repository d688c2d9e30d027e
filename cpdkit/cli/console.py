"""Output of a command: results go to stdout, messages to stderr, colour and progress only to a terminal."""

import errno
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from cpdkit.errors import CannotWrite

if TYPE_CHECKING:
    from cpdkit.diagnostics import Diagnostic

WIPE_LINE = "\r\x1b[2K"


@dataclass(frozen=True, slots=True)
class Console:
    """`colour` is whether results may contain ANSI colours; with `quiet` only results and errors are printed.

    `columns` is the width of the terminal that results go to; 0 if they go elsewhere.
    """

    colour: bool = False
    quiet: bool = False
    columns: int = 0

    def show(self, text: str) -> None:
        """Print a result. Raises CannotWrite if stdout fails (a full disk), and BrokenPipeError unchanged."""
        if text:
            with refused_output():
                print_text(text, sys.stdout, colour=self.colour)

    def page(self, text: str) -> None:
        """Print a result that can be long: on a terminal that is too small for it, in the user's pager."""
        if self.columns and is_terminal(sys.stdin) and text:
            from cpdkit.cli.pager import shown_in_pager
            from cpdkit.text.terminal import safe_for_terminal

            safe = safe_for_terminal(text)
            plain = click.unstyle(safe)
            if shown_in_pager(f"{safe if self.colour else plain}\n", plain):
                return
        self.show(text)

    def hand_over(self, data: bytes) -> None:
        """Write a result for a program, byte for byte; on a terminal, show it. Raises the same as `show`."""
        if is_terminal(sys.stdout):
            from cpdkit.text.terminal import printable

            self.show("\n".join(map(printable, data.decode("utf-8", "backslashreplace").splitlines())))
        elif sys.stdout is not None:
            with refused_output():
                sys.stdout.flush()
                sys.stdout.buffer.write(data)
                sys.stdout.buffer.flush()

    def say(self, text: str) -> None:
        """Print a message to stderr: what was done, a summary, a hint. `--quiet` silences it."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Print a problem to stderr. `--quiet` does not silence it."""
        if text:
            print_text(text, sys.stderr, colour=self.colour and is_terminal(sys.stderr))

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Show on a terminal what the program is doing, until it is done; print nothing elsewhere."""
        shown = not self.quiet and is_terminal(sys.stderr)
        if shown:
            print_text(f"{what} …", sys.stderr, end="")
        try:
            yield
        finally:
            if shown:
                print_text("", sys.stderr, before=WIPE_LINE, end="")


def print_text(
    text: str, stream: TextIO | None, *, colour: bool | None = None, before: str = "", end: str = "\n"
) -> None:
    """Print lines to a stream. All that cpdkit prints goes through here.

    A terminal gets no control characters but line ends, tabs and cpdkit's own styles, and none that change the writing
    direction. `before` is an instruction for the terminal. A file or a pipe gets the text as it is; `colour` is whether
    styles stay.
    """
    if is_terminal(stream):
        from cpdkit.text.terminal import safe_for_terminal

        text = safe_for_terminal(text)
        if colour is False:
            text = click.unstyle(text)
        click.echo(before + text + end, file=stream, nl=False, color=True)
    else:
        click.echo(before + text + end, file=stream, nl=False, color=True if before else colour)


@contextmanager
def refused_output() -> Iterator[None]:
    """Turn an error of stdout into CannotWrite; a closed pipe stays BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if sys.platform == "win32" and error.errno == errno.EINVAL:  # https://bugs.python.org/issue35754
            raise BrokenPipeError from error
        raise CannotWrite(Path("standard output"), error.strerror or str(error)) from error


def make_console(colour: str, quiet: bool) -> Console:
    """Return the console for `--color` and `--quiet` on this process's stdout."""
    return Console(wants_colour(colour, sys.stdout, os.environ), quiet, columns_of(sys.stdout))


def columns_of(stream: TextIO | None) -> int:
    """Return the width of a terminal; 0 for anything else."""
    if not is_terminal(stream):
        return 0
    from shutil import get_terminal_size

    return get_terminal_size().columns


def wants_colour(choice: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Return whether to colour: `auto` means on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb" and is_terminal(stream)


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def warn_of_errors(console: Console, root: Path, diagnostics: "Iterable[Diagnostic]") -> None:
    """Print the errors among the diagnostics of the journal at `root`, with their places, also with `--quiet`."""
    from cpdkit.diagnostics import Severity

    warn_of_problems(console, root, [each for each in diagnostics if each.severity is Severity.ERROR])


def warn_of_problems(console: Console, root: Path, diagnostics: "Collection[Diagnostic]") -> None:
    """Print diagnostics with paths relative to the current folder, also with `--quiet`."""
    if not diagnostics:
        return  # the current folder may be gone
    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.formats.text import diagnostics_text

    console.warn(diagnostics_text(diagnostics, console.colour, path_of=base_of_person(root, Path.cwd()).path))
