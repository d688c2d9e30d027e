"""`cpd undo`: undo the last change that a command made to the journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options, yes_option
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.actions.undo import Reversal
    from cpdkit.actions.undo_steps import Step

MOST_NAMED = 3


@click.command()
@option("--redo", is_flag=True, help="Repeat the change that cpd undo has undone last.")
@option("--list", "listed", is_flag=True, help="List the changes that can be undone, newest first.")
@yes_option
@journal_option
@dry_change_option
@output_options
def undo(redo: bool, listed: bool, yes: bool, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Undo the last change that a cpd command made.

    Every file gets the content that it had before the command, byte for byte. If you have edited one of the files
    since, nothing is changed. Run it again to undo the change before.

    A file that the command created moves into .trash/ in the journal. --redo repeats what was undone.

    The last 50 changes are kept, at most 64 MiB. What you change in an editor is not kept, except in the editor that a
    command opens.

    \b
    cpd undo --dry-run
    cpd undo
    cpd undo --list
    """
    from cpdkit.actions.undo import plan_reversal, reverse
    from cpdkit.actions.undo_steps import last_step
    from cpdkit.cli.changes import confirmed
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find

    if listed and (redo or yes or dry_run):
        raise UsageError("--list changes nothing", "remove the other option, or remove --list")
    root = find(journal).resolve()
    if listed:
        return _list(root, console)
    step = last_step(root, is_undone=redo)
    plan = plan_reversal(root, step)
    text = "\n".join((_heading(step), *_lines(plan)))
    if dry_run:
        console.show(text)
        return FINE
    console.warn(text)
    if not confirmed("Repeat this change?" if redo else "Undo this change?", yes=yes):
        console.say("nothing changed")
        return FINE
    reverse(root, plan)
    done = f"repeated {step.command}" if redo else f"undid {step.command}; to repeat it: cpd undo --redo"
    console.say(done)
    return FINE


def _list(root: Path, console: Console) -> int:
    """Print the changes that can be undone, one a line: the age, the command and its files."""
    from cpdkit.actions.undo_steps import steps
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import TRASH
    from cpdkit.text.terminal import printable
    from cpdkit.text.wording import first_few

    found = [step for step in steps(root) if not step.is_undone]
    for step in found:
        paths = [each.path for each in step.files if not each.path.startswith(f"{TRASH}/")]
        names = first_few(paths, MOST_NAMED)
        console.show(printable(f"{_heading(step)}: {names}" if names else _heading(step)))
    if not found:
        console.say("no change to undo")
    return FINE


def _heading(step: Step) -> str:
    """Return the command of a step and its age: `cpd set, 5 minutes ago`."""
    from cpdkit.actions.trash import age
    from cpdkit.text.clock import now
    from cpdkit.text.terminal import printable

    return f"{printable(step.command)}, {age(now() - step.time)}"


def _lines(plan: Reversal) -> Iterator[str]:
    """Yield what happens to each file."""
    from cpdkit.journal.paths import TRASH
    from cpdkit.text.terminal import printable

    for path in plan.restored:
        yield f"  put back {printable(path)}"
    for path in plan.changed:
        yield f"  change back {printable(path)}"
    for path in plan.removed:
        if not path.startswith(f"{TRASH}/"):
            yield f"  {f'move to {TRASH}/' if path in plan.kept else 'remove'} {printable(path)}"
