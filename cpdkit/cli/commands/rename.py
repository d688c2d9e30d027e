"""`cpd rename`: rename a file of the journal and update the links to it."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, output_options


@click.command()
@click.argument("name", metavar="[ID]", default="", shell_complete=complete_records)
@click.argument("new_name", metavar="[NAME]", default="")
@journal_option
@dry_change_option
@output_options
def rename(name: str, new_name: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Rename a file and update the links to it.

    ID is any part of the file name or title, or the path of a file under evidence/. If it is missing or fits several
    records, cpd asks on a terminal. Without a NAME, the file is named after its date and title. The file name of an
    activity always starts with its date.

    If you rename an objective, the activities that name it are updated too.

    \b
    cpd rename relay-b-retest
    cpd rename converter-protection "protection near converters"
    cpd rename evidence/scan-17.pdf "relay settings certificate"
    """
    from cpdkit.actions.move import names_evidence, plan_rename
    from cpdkit.cli.changes import move_files
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.record_choice import record_named
    from cpdkit.journal.paths import find

    root = find(journal).resolve()
    path = name if names_evidence(name) else record_named(root, name)
    move_files(root, plan_rename(root, path, new_name), dry_run, console)
    return FINE
