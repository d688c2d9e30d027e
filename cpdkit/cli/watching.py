"""What `cpd check --watch` shows: on a terminal the newest check alone, in a pipe one block under the other."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from pathlib import Path

import click

from cpdkit.checks.chosen import Chosen
from cpdkit.checks.engine import Checked
from cpdkit.checks.outputs import text
from cpdkit.checks.outputs.paths import Base, base_of_person
from cpdkit.checks.session import Session
from cpdkit.checks.watching import checks
from cpdkit.cli.console import Console
from cpdkit.cli.exits import INTERRUPTED
from cpdkit.diagnostics import Diagnostic
from cpdkit.errors import NoJournal

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
SEPARATOR = "─" * 40
LINES_BELOW = 4
"""Lines of a terminal that the summary takes, with the word on what is waited for."""


def watch(root: Path, wanted: Sequence[str], chosen: Chosen, console: Console) -> int:
    """Check the journal at `root` whenever it changes and say what was found, until Ctrl-C; the exit code.

    Of `wanted` paths alone, where there are some.
    """
    base = base_of_person(root, Path.cwd())
    try:
        for number, outcome in enumerate(checks(Session(root))):
            if isinstance(outcome, NoJournal):
                tell_of_no_journal(outcome, console)
                continue
            found = of_paths(outcome, wanted)
            shown = chosen.of(found)
            hidden = len(found.diagnostics) - len(shown.diagnostics)
            if console.columns:
                redraw(shown, hidden, base, console)
            else:
                add_block(shown, hidden, base, console, number > 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    raise AssertionError


def of_paths(checked: Checked, wanted: Sequence[str]) -> Checked:
    """What was found in some files and folders; all of it where none are named."""
    if not wanted:
        return checked
    within = tuple(f"{path}/" for path in wanted)
    found = (each for each in checked.diagnostics if each.path in wanted or each.path.startswith(within))
    return replace(checked, diagnostics=tuple(found))


def tell_of_no_journal(error: NoJournal, console: Console) -> None:
    """That there is nothing to check for now."""
    if console.columns:
        click.echo(CLEAR, nl=False, color=True)
    console.warn(f"{error}; waiting for it to return")


def add_block(checked: Checked, hidden: int, base: Base, console: Console, below: bool) -> None:
    """One check under the one before."""
    if below:
        console.show(SEPARATOR)
    console.show(text.told(checked.diagnostics, console.colour, 0, base.path))
    sys.stdout.flush()
    console.say(text.summary(checked, 0, hidden))


def redraw(checked: Checked, hidden: int, base: Base, console: Console) -> None:
    """One check in the place of the one before, as much of it as there is room for."""
    said = [text.tell(each, console.colour, console.columns, base.path) for each in worst_first(checked)]
    room = shutil.get_terminal_size().lines - LINES_BELOW
    lines, left = fitted(said, room)
    if left:
        lines.append(f"… and {left:,} more; cpd check lists them all")
    click.echo(CLEAR + "".join(f"{line}\n" for line in lines), nl=False, color=True)
    console.say(("\n" if lines else "") + text.summary(checked, console.columns, hidden))
    console.say(f"{datetime.now():%H:%M:%S} · waiting for changes · Ctrl-C ends")


def worst_first(checked: Checked) -> list[Diagnostic]:
    """The problems with errors first: where the list is cut, they are not what is lost."""
    return sorted(checked.diagnostics, key=attrgetter("severity"))


def fitted(said: Sequence[Sequence[str]], room: int) -> tuple[list[str], int]:
    """The lines of as many problems as there is room for, at least of one, and how many are left out."""
    lines: list[str] = []
    for number, each in enumerate(said):
        if lines and len(lines) + len(each) > room:
            return lines, len(said) - number
        lines += each
    return lines, 0
