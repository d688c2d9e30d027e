"""Output of a command: results go to stdout, messages to stderr, colour and progress only to a terminal."""

import os
import shutil
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
                click.echo(text, color=self.colour)

    def hand_over(self, data: bytes) -> None:
        """Write a result for a program, byte for byte. Raises the same as `show`."""
        if sys.stdout is not None:
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
            click.echo(text, err=True, color=self.colour and is_terminal(sys.stderr))

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Show on a terminal what the program is doing, until it is done; print nothing elsewhere."""
        shown = not self.quiet and is_terminal(sys.stderr)
        if shown:
            click.echo(f"{what} …", err=True, nl=False)
        try:
            yield
        finally:
            if shown:
                click.echo(WIPE_LINE, err=True, nl=False, color=True)


@contextmanager
def refused_output() -> Iterator[None]:
    """Turn an error of stdout into CannotWrite; a closed pipe stays BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(Path("standard output"), error.strerror or str(error)) from error


def make_console(colour: str, quiet: bool) -> Console:
    """Return the console for `--color` and `--quiet` on this process's stdout."""
    return Console(wants_colour(colour, sys.stdout, os.environ), quiet, columns_of(sys.stdout))


def columns_of(stream: TextIO | None) -> int:
    """Return the width of a terminal; 0 for anything else."""
    return shutil.get_terminal_size().columns if is_terminal(stream) else 0


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
