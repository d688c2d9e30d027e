"""A change shown before it is made."""

from collections.abc import Iterable

from cpdkit.checks.fixing import FilePatch, diff
from cpdkit.cli.console import Console
from cpdkit.text.cells import printable


def show_patches(console: Console, patches: Iterable[FilePatch]) -> None:
    """Print what would change as one diff, with nothing in it that steers the terminal."""
    console.show("\n".join(printable(line) for line in diff(patches).splitlines()))
