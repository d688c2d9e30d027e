"""`cpd move`: activities into another folder, and what points to them along."""

from pathlib import Path

import click

from cpdkit.cli.completing import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options


@click.command()
@click.argument("said", metavar="ID... FOLDER", nargs=-1, required=True, shell_complete=complete_ids)
@journal_option
@option("--dry-run", is_flag=True, help="Show what would move and change, and do nothing.")
@output_options
def move(said: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Move activities into another folder below activities/, and all links with them.

    ID is any part of an activity's file name that no other has. FOLDER is made if it isn't there; . is activities/
    itself. Links in other records, and those of the activity itself, lead to the same places afterwards; git knows the
    file by its new path where it tracks it.

    \b
    cpd move relay-settings-level-2 "Courses/2026"
    cpd move trip-root-cause storage-lecture "Ty Newydd" --dry-run
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.moving import move as do

    do(journal, said, dry_run, console)
    return FINE
