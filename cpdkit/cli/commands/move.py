"""`cpd move`: activities into another folder, and what points to them along."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options


@click.command()
@click.argument("words", metavar="ID... FOLDER", nargs=-1, required=True, shell_complete=complete_ids)
@journal_option
@option("--dry-run", is_flag=True, help="Show what would move and change, and do nothing.")
@output_options
def move(words: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Move activities into another folder below activities/, and all links with them.

    ID is any part of an activity's file name that no other has. FOLDER is made if it isn't there; . is activities/
    itself. Links in other records, and those of the activity itself, lead to the same places afterwards; git knows the
    file by its new path where it tracks it.

    \b
    cpd move relay-settings-level-2 "Courses/2026"
    cpd move trip-root-cause storage-lecture "Ty Newydd" --dry-run
    """
    from cpdkit.actions.move import plan_move
    from cpdkit.cli.changes import move_files
    from cpdkit.cli.exits import FINE
    from cpdkit.errors import UsageError
    from cpdkit.journal.paths import find

    *names, folder = words
    if not names:
        raise UsageError("it is not said which activity goes where", 'cpd move relay-course "CPD Activities 2026"')
    root = find(journal).resolve()
    move_files(root, plan_move(root, names, folder), dry_run, console)
    return FINE
