"""`cpd check --watch`: on a terminal each check replaces the last one on the screen; elsewhere it follows it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cpdkit.cli.console import print_text
from cpdkit.errors import NoJournal

if TYPE_CHECKING:
    from cpdkit.checks.engine import CheckResult
    from cpdkit.checks.formats.common import Base
    from cpdkit.checks.policy import DiagnosticFilter
    from cpdkit.cli.console import Console

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
SEPARATOR = "─" * 40
LINES_BELOW = 4
"""Lines of the terminal that the summary and the last line need."""


def watch(root: Path, paths: Sequence[str], diagnostic_filter: DiagnosticFilter, console: Console) -> None:
    """Check the journal at `root` whenever it changes and print the problems, until Ctrl-C.

    If `paths` is not empty, print only the problems of these files and folders. Raises KeyboardInterrupt.
    """
    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.session import Session
    from cpdkit.checks.watch import check_results

    base = base_of_person(root, Path.cwd())
    for number, result in enumerate(check_results(Session(root))):
        if isinstance(result, NoJournal):
            if console.columns:
                print_text("", sys.stdout, before=CLEAR, end="")
            console.warn(f"{result}; checking again when it is back")
            continue
        result = within(result, paths)
        shown = replace(result, diagnostics=diagnostic_filter.of(result.diagnostics))
        hidden = len(result.diagnostics) - len(shown.diagnostics)
        if console.columns:
            redraw(shown, hidden, base, console)
        else:
            add_block(shown, hidden, base, console, is_first=number == 0)


def within(result: CheckResult, paths: Sequence[str]) -> CheckResult:
    """Return a result with the diagnostics of these files and folders only; of all if `paths` is empty."""
    if not paths:
        return result
    folders = tuple(f"{path}/" for path in paths)
    diagnostics = (each for each in result.diagnostics if each.path in paths or each.path.startswith(folders))
    return replace(result, diagnostics=tuple(diagnostics))


def add_block(result: CheckResult, hidden: int, base: Base, console: Console, *, is_first: bool) -> None:
    """Print one check below the last one. `hidden` is the number of diagnostics that the options hide."""
    from cpdkit.checks.formats import text

    if not is_first:
        console.show(SEPARATOR)
    console.show(text.diagnostics_text(result.diagnostics, console.colour, 0, base.path))
    sys.stdout.flush()
    console.say(text.summary(result, 0, hidden))


def redraw(result: CheckResult, hidden: int, base: Base, console: Console) -> None:
    """Clear the screen and print one check, errors first, as far as it fits."""
    from cpdkit.checks.formats import text
    from cpdkit.checks.formats.common import worst_first

    blocks = [
        text.diagnostic_lines(each, console.colour, console.columns, base.path)
        for each in worst_first(result.diagnostics)
    ]
    lines, left = fitted(blocks, shutil.get_terminal_size().lines - LINES_BELOW)
    if left:
        lines.append(f"… and {left:,} more; list all with cpd check")
    print_text("".join(f"{line}\n" for line in lines), sys.stdout, before=CLEAR, end="")
    console.say(("\n" if lines else "") + text.summary(result, console.columns, hidden))
    console.say(f"{datetime.now():%H:%M:%S} · watching for changes · stop with Ctrl-C")


def fitted(blocks: Sequence[Sequence[str]], room: int) -> tuple[list[str], int]:
    """Return the lines of the blocks that fit into `room` lines, at least of one, and the number of other blocks."""
    lines: list[str] = []
    for number, block in enumerate(blocks):
        if lines and len(lines) + len(block) > room:
            return lines, len(blocks) - number
        lines += block
    return lines, 0
