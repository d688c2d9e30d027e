"""`cpd move`: move activities to another folder and update the links."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options


@click.command()
@click.argument("words", metavar="ID... FOLDER", nargs=-1, required=True, shell_complete=complete_ids)
@journal_option
@option("--dry-run", is_flag=True, help="Show what would move and change, without doing it.")
@output_options
def move(words: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Move activities to another folder.

    ID is any part of the file name that fits one activity only. FOLDER is a folder under activities/, and is created
    if it does not exist. Use . for activities/ itself.

    Links to the activity and links in it are updated. If git tracks the file, git records the move.

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
        raise UsageError("ID or FOLDER is missing", 'write both: cpd move relay-course "CPD Activities 2026"')
    root = find(journal).resolve()
    move_files(root, plan_move(root, names, folder), dry_run, console)
    return FINE
