"""`cpd retype`: activities of one type made another's, all at once."""

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
    """Make activities of the type OLD ones of the type NEW, in the whole journal or as the options select.

    For old trainings that are events today: cpd retype training event --period 2013. Nothing but the word changes, and
    nothing at all where a file could not be read afterwards. Drafts, planned and confidential ones are retyped too.
    """
    from cpdkit.actions.set import retyped
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.text.terminal import printable
    from cpdkit.text.wording import counted

    root = find(journal).resolve()
    records = load(root)
    patches, remarks = retyped(records, old, new, choice)
    for sentence in remarks:
        console.say(f"cpd: {printable(sentence)}")
    if unread := sum(path.startswith("activities/") for path in records.unread):
        console.say(f"cpd: activities that could not be read and stay as they are: {unread}; cpd check says why")
    apply_patches(root, patches, dry_run, console)
    activities = counted(len(patches), "activity", "activities")
    console.say(f"{activities} {'would be ' if dry_run else ''}retyped" if patches else "nothing to change")
    return FINE
