"""`cpd retype`: change activities from one type to another, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import TYPES, complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.selection import SelectionOptions


@click.command()
@click.argument("old", shell_complete=complete_words(TYPES))
@click.argument("new", shell_complete=complete_words(TYPES))
@journal_option
@dry_change_option
@selection_options("all years", "all", confidential=False)
@output_options
def retype(old: str, new: str, journal: Path | None, dry_run: bool, choice: SelectionOptions, console: Console) -> int:
    """Change activities from one type to another.

    It changes the type OLD to NEW in the whole journal, or in the activities that the options select. Drafts, planned
    and confidential activities are included. Only the type changes. If a file would become unreadable, no file is
    changed.

    \b
    cpd retype training event --period 2013
    """
    from cpdkit.actions.set import retyped
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.text.terminal import printable
    from cpdkit.text.wording import counted, plural

    root = find(journal).resolve()
    records = load(root)
    patches, remarks = retyped(records, old, new, choice)
    for sentence in remarks:
        console.say(f"cpd: {printable(sentence)}")
    if unread := sum(path.startswith("activities/") for path in records.unread):
        files = counted(unread, "activity", "activities")
        console.say(
            f"cpd: cannot read {files}, which {plural(unread, 'stays', 'stay')} unchanged; run cpd check to see why"
        )
    apply_patches(root, patches, dry_run, console)
    activities = counted(len(patches), "activity", "activities")
    console.say(
        f"{activities} {'would be ' if dry_run else ''}retyped"
        if patches
        else f"nothing to change: no matching activity is of type {printable(old)}"
    )
    return FINE
