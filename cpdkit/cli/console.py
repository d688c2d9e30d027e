"""What a command speaks through: results to stdout, talk to stderr, colour and progress only where they belong."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from cpdkit.errors import CannotWrite
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.checks.fixes import FilePatch

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
        """Prints a result. Raises CannotWrite where stdout takes no more (a full disk), BrokenPipeError as it is."""
        if text:
            with told_if_full():
                click.echo(text, color=self.colour)

    def hand_over(self, data: bytes) -> None:
        """Writes a result for a program to read, byte for byte. Raises as `show` does."""
        if sys.stdout is not None:
            with told_if_full():
                sys.stdout.flush()
                sys.stdout.buffer.write(data)
                sys.stdout.buffer.flush()

    def say(self, text: str) -> None:
        """Prints talk: what was done, a summary, a word of advice."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Prints what is wrong, which `--quiet` does not silence."""
        if text:
            click.echo(text, err=True, color=self.colour and is_terminal(sys.stderr))

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Shows on a terminal what the program is at, until it is done; nothing anywhere else."""
        shown = not self.quiet and is_terminal(sys.stderr)
        if shown:
            click.echo(f"{what} …", err=True, nl=False)
        try:
            yield
        finally:
            if shown:
                click.echo(WIPE_LINE, err=True, nl=False, color=True)


@contextmanager
def told_if_full() -> Iterator[None]:
    """Turns what stdout refuses into CannotWrite; a closed pipe is no failure to tell of."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(Path("standard output"), error.strerror or str(error)) from error


def make_console(colour: str, quiet: bool) -> Console:
    """The console for `--color` and `--quiet` on this process's stdout."""
    return Console(wants_colour(colour, sys.stdout, os.environ), quiet, columns_of(sys.stdout))


def columns_of(stream: TextIO | None) -> int:
    """How wide a terminal is; 0 for anything else."""
    return shutil.get_terminal_size().columns if is_terminal(stream) else 0


def wants_colour(choice: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """`always` and `never` decide; `auto` is a terminal without NO_COLOR (https://no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb" and is_terminal(stream)


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def show_patches(console: Console, patches: "Iterable[FilePatch]") -> None:
    """Print what would change as one diff, with nothing in it that steers the terminal."""
    from cpdkit.checks.fixes import diff

    console.show("\n".join(printable(line) for line in diff(patches).splitlines()))
