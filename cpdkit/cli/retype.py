"""`cpd retype`: activities of one type made another's, all at once."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.completing import TYPES, complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice


@click.command()
@click.argument("old", shell_complete=complete_words(TYPES))
@click.argument("new", shell_complete=complete_words(TYPES))
@journal_option
@dry_change_option
@selection_options("all years", "all", confidential=False)
@output_options
def retype(old: str, new: str, journal: Path | None, dry_run: bool, choice: "Choice", console: Console) -> int:
    """Make activities of the type OLD ones of the type NEW, in the whole journal or as the options select.

    For old trainings that are events today: cpd retype training event --period 2013. Nothing but the word changes, and
    nothing at all where a file could not be read afterwards. Drafts, planned and confidential ones are retyped too.
    """
    from cpdkit.checks.fixing import diff, write_fixes
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.retyping import retyped
    from cpdkit.text.cells import printable

    root, patches, remarks = retyped(journal, old, new, choice)
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    if dry_run:
        console.show("\n".join(printable(line) for line in diff(patches).splitlines()))
    else:
        write_fixes(root, patches)
    count = f"{len(patches)} {'activity' if len(patches) == 1 else 'activities'}"
    console.say("nothing to change" if not patches else f"{count} {'would be ' if dry_run else ''}retyped")
    return FINE
