"""Commands with `--watch`: on a terminal each result replaces the last one on the screen; elsewhere it follows it."""

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
from cpdkit.text.terminal import cut

if TYPE_CHECKING:
    from cpdkit.checks.engine import CheckResult
    from cpdkit.checks.formats.common import Base
    from cpdkit.checks.policy import DiagnosticFilter
    from cpdkit.cli.console import Console
    from cpdkit.dates.period import Period

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
SEPARATOR = "─" * 40


def watch_checks(
    root: Path,
    paths: Sequence[str],
    period: Period | None,
    every: bool,
    diagnostic_filter: DiagnosticFilter,
    console: Console,
) -> None:
    """Check the journal at `root` whenever it changes and print the problems, until Ctrl-C.

    If `paths` is not empty, print only the problems of these files and folders; with `period`, only those of its
    activities. Without `every`, repeated advice takes one line. Raises KeyboardInterrupt.
    """
    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.session import Session, check_results

    base = base_of_person(root, Path.cwd())
    for number, result in enumerate(check_results(Session(root, period=period))):
        if isinstance(result, NoJournal):
            say_gone(result, console)
            continue
        result = within(result, paths)
        shown = replace(result, diagnostics=diagnostic_filter.of(result.diagnostics))
        hidden = len(result.diagnostics) - len(shown.diagnostics) + result.omitted
        if console.columns:
            redraw(shown, hidden, every, base, console)
        else:
            add_block(shown, hidden, every, base, console, is_first=number == 0)


def say_gone(error: NoJournal, console: Console) -> None:
    """Report that there is no journal any more."""
    clear(console)
    console.warn(f"{error}; looking again when it is back")


def clear(console: Console) -> None:
    """Clear the screen, if results go to one."""
    if console.columns:
        print_text("", sys.stdout, before=CLEAR, end="")


def say_watching(console: Console) -> None:
    """Print the last line of a screen: the time, and how to stop."""
    console.say(f"{datetime.now():%H:%M:%S} · watching for changes · stop with Ctrl-C")


def within(result: CheckResult, paths: Sequence[str]) -> CheckResult:
    """Return a result with the diagnostics of these files and folders only; of all if `paths` is empty."""
    if not paths:
        return result
    folders = tuple(f"{path}/" for path in paths)
    diagnostics = (each for each in result.diagnostics if each.path in paths or each.path.startswith(folders))
    return replace(result, diagnostics=tuple(diagnostics))


def add_block(result: CheckResult, hidden: int, every: bool, base: Base, console: Console, *, is_first: bool) -> None:
    """Print one check below the last one. `hidden` is the number of diagnostics that the options hide."""
    from cpdkit.checks.formats import text

    if not is_first:
        console.show(SEPARATOR)
    blocks = text.overview(result.diagnostics, every, console.colour, 0, base.path)
    console.show("\n".join(line for block in blocks for line in block))
    sys.stdout.flush()
    console.say(text.summary(result, 0, hidden, every=every))


def redraw(result: CheckResult, hidden: int, every: bool, base: Base, console: Console) -> None:
    """Clear the screen and print one check: the errors last, and first of all these, as far as they fit."""
    from cpdkit.checks.formats import text

    blocks = text.overview(result.diagnostics, every, console.colour, console.columns, base.path)
    summary = text.summary(result, console.columns, hidden, every=every)
    # Below the problems are an empty line, the summary, the time and the cursor; above them, what does not fit.
    room = shutil.get_terminal_size().lines - len(summary.splitlines()) - 4
    lines, left = fitted(blocks, room)
    if left:
        lines.insert(0, cut(f"… {left:,} more above these; list all with cpd check --all", console.columns))
    clear(console)
    print_text("".join(f"{line}\n" for line in lines), sys.stdout, end="")
    console.say(("\n" if lines else "") + summary)
    say_watching(console)


def fitted(blocks: Sequence[Sequence[str]], room: int) -> tuple[list[str], int]:
    """Return the lines of the last blocks that fit into `room` lines, and the number of other blocks.

    At least a part of the last block is returned.
    """
    lines: list[str] = []
    for number, block in enumerate(reversed(blocks)):
        if len(lines) + len(block) > room:
            return lines or list(block[: max(room, 1)]), len(blocks) - max(number, 1)
        lines[:0] = block
    return lines, 0
