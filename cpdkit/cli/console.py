"""What a command speaks through: results to stdout, talk to stderr, colour and progress only where they belong."""

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
    """`colour` is whether results may hold ANSI colours; `quiet` leaves only results and errors.

    `columns` is the width of the terminal that results go to; 0 where they go elsewhere.
    """

    colour: bool = False
    quiet: bool = False
    columns: int = 0

    def show(self, text: str) -> None:
        """Print a result. Raises CannotWrite where stdout takes no more (a full disk), BrokenPipeError as it is."""
        if text:
            with refused_output():
                click.echo(text, color=self.colour)

    def hand_over(self, data: bytes) -> None:
        """Write a result for a program to read, byte for byte. Raises as `show` does."""
        if sys.stdout is not None:
            with refused_output():
                sys.stdout.flush()
                sys.stdout.buffer.write(data)
                sys.stdout.buffer.flush()

    def say(self, text: str) -> None:
        """Print talk: what was done, a summary, a word of advice."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Print what is wrong, which `--quiet` does not silence."""
        if text:
            click.echo(text, err=True, color=self.colour and is_terminal(sys.stderr))

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Show on a terminal what the program is at, until it is done; nothing anywhere else."""
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
    """Turn what stdout refuses into CannotWrite; a closed pipe stays BrokenPipeError."""
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
    """Return how wide a terminal is; 0 for anything else."""
    return shutil.get_terminal_size().columns if is_terminal(stream) else 0


def wants_colour(choice: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Return whether to colour: `always` and `never` decide; `auto` is a terminal without NO_COLOR (https://no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb" and is_terminal(stream)


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def warn_of_errors(console: Console, root: Path, diagnostics: "Iterable[Diagnostic]") -> None:
    """Print the errors among diagnostics of the journal at `root`, at their places; `--quiet` does not silence them."""
    from cpdkit.diagnostics import Severity

    warn_of_problems(console, root, [each for each in diagnostics if each.severity is Severity.ERROR])


def warn_of_problems(console: Console, root: Path, diagnostics: "Collection[Diagnostic]") -> None:
    """Print diagnostics at their places, as seen from the current folder; `--quiet` does not silence them."""
    if not diagnostics:
        return  # the current folder, which may be gone, does not matter then
    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.formats.text import diagnostics_text

    console.warn(diagnostics_text(diagnostics, console.colour, path_of=base_of_person(root, Path.cwd()).path))
