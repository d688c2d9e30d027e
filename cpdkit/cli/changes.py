"""Write changes to a journal's files and report them; with `--dry-run` only show them. Keep them for `cpd undo`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import is_terminal
from cpdkit.errors import CpdError, UsageError
from cpdkit.text.changes import ChangeLog, collected
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted

if TYPE_CHECKING:
    from cpdkit.actions.links import LeftLink
    from cpdkit.actions.move import Relocation
    from cpdkit.checks.fixes import FilePatch
    from cpdkit.cli.console import Console


@contextmanager
def changes_kept(console: Console) -> Iterator[None]:
    """Keep for `cpd undo` what a command changes meanwhile, even if it fails. If that fails, warn."""
    with collected() as log:
        try:
            yield
        finally:
            if log.below:
                _keep(log, console)


def _keep(log: ChangeLog, console: Console) -> None:
    from cpdkit.actions.undo_steps import is_journal, keep

    context = click.get_current_context(silent=True)
    command = log.undoes or (context.command_path if context else "cpd")
    is_undone = bool(log.undoes) and not log.is_redo
    is_elsewhere = any(changes and not is_journal(root) for root, changes in log.below.items())
    for root, changes in log.below.items():
        try:
            keep(root, changes, command, is_undone=is_undone, is_elsewhere=is_elsewhere)
        except (CpdError, OSError) as error:
            console.warn(f"cpd: cpd undo cannot undo this change: {printable(str(error))}")


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask a question on the terminal; return whether the answer is yes. `yes` answers it.

    Raises UsageError without a terminal.
    """
    if yes:
        return True
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise UsageError(
            "there is no terminal for the confirmation", "add --yes, or --dry-run to see what would change"
        )
    return click.confirm(question, default=False, err=True)


def apply_patches(root: Path, patches: Iterable[FilePatch], dry_run: bool, console: Console) -> None:
    """Write the patches, or show them as one diff. Raises ChangedOnDisk, CannotWrite."""
    from cpdkit.checks.fixes import write_fixes

    if dry_run:
        show_patches(patches, console)
    else:
        write_fixes(root, list(patches))


def show_patches(patches: Iterable[FilePatch], console: Console) -> None:
    """Print the changes as one diff, without control characters."""
    from cpdkit.checks.fixes import diff

    console.show("\n".join(map(printable, diff(patches).splitlines())))


def move_files(root: Path, plan: Relocation, dry_run: bool, console: Console) -> None:
    """Move files and the links to them, and print the new paths. Raises ChangedOnDisk, CannotWrite."""
    from cpdkit.actions.move import relocate
    from cpdkit.checks.fixes import diff
    from cpdkit.journal.naming import id_of

    for path in plan.in_place:
        console.say(f"{printable(path)} is already there")
    if dry_run:
        lines = [f"{each.old} → {each.new}" for each in plan.moves]
        console.show("\n".join(map(printable, [*lines, *diff(plan.patches).splitlines()])))
    else:
        for sentence in relocate(root, plan):
            console.warn(sentence)
        console.show("\n".join(printable(each.new) for each in plan.moves))
    warn_of_unread(plan.unread, console)
    warn_of_left(plan.left, console)
    if not plan.moves:
        return
    is_renamed = len(plan.moves) == 1 and id_of(plan.moves[0].old) != id_of(plan.moves[0].new)
    would = "would be " if dry_run else ""
    summary = f"{counted(len(plan.moves), 'file')} {would}{'renamed' if is_renamed else 'moved'}"
    if others := len(plan.patches):
        summary += f", links in {counted(others, 'other file')} {would}updated"
    console.say(summary)


def warn_of_left(links: Iterable[LeftLink], console: Console) -> None:
    """Name the links that keep the old name of a file."""
    for each in links:
        place = f"{printable(each.path)}:{each.line}"
        console.warn(f"{place} keeps the link [[{printable(each.name)}]]; change it by hand")


def warn_of_unread(paths: Iterable[str], console: Console) -> None:
    """Name the files that cannot be read, so that their links stay unchanged."""
    for path in paths:
        console.warn(f"cannot read {printable(path)}, so its links stay unchanged; run cpd check to see why")
