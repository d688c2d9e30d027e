"""`cpd check`: every problem of the journal, at its place."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, output_options


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@journal_option
@output_options
def check(paths: tuple[Path, ...], journal: Path | None, console: Console) -> int:
    """Say what is wrong in the journal, and where.

    With PATHs, only in these files and folders. Errors and warnings exit with 1; advice alone does not.
    """
    from cpdkit.checks.report import summary, told
    from cpdkit.checks.rules import check_journal
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.diagnostics import Severity
    from cpdkit.journal.loading import load
    from cpdkit.journal.partial import load_some

    root = root_of(paths, journal)
    wanted = wanted_in(root, paths)
    held = load_some(root, wanted) if wanted else load(root)
    found = check_journal(held, wanted)
    console.show(told(found, console.colour))
    console.say(summary(held, found))
    return PROBLEMS if any(each.severity <= Severity.WARNING for each in found) else FINE


def root_of(paths: Sequence[Path], journal: Path | None) -> Path:
    """The journal that is named; else, with paths, the one that holds the first; else the one found from here."""
    from cpdkit.journal.loading import MEMBER_FILE, find

    first = Path(os.path.abspath(paths[0])) if paths and not journal else None  # noqa: PTH100  a link is not followed
    above = (first, *first.parents) if first else ()
    return next((place for place in above if (place / MEMBER_FILE).exists()), None) or find(journal)


def wanted_in(root: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """The paths as the journal names them; none where the whole of it is wanted."""
    from cpdkit.journal.partial import path_in

    named = tuple(path_in(root, path) for path in paths)
    return named if all(named) else ()
