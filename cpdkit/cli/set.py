"""`cpd set`: fields of activities changed as somebody says it, and nothing else in the files."""

from pathlib import Path

import click

from cpdkit.cli.completing import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, output_options


@click.command("set")
@click.argument("said", metavar="ID... FIELD=VALUE...", nargs=-1, required=True, shell_complete=complete_ids)
@journal_option
@dry_change_option
@output_options
def set_(said: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Change fields of activities.

    ID is any part of an activity's file name that no other has. FIELD=VALUE gives a field a value, FIELD= takes it
    away; FIELD+=VALUE and FIELD-=VALUE add to a list and take from it. Where a changed file could no longer be read,
    no file is changed.

    \b
    cpd set lunch-talk hours=1h topics+=hydrogen
    cpd set relay-b-retest storage-lecture provider= --dry-run
    """
    from cpdkit.checks.fixing import diff, write_fixes
    from cpdkit.cli.changing import patches_of
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.loading import find
    from cpdkit.text.cells import printable

    root = find(journal).resolve()
    patches = patches_of(root, said)
    if dry_run:
        console.show("\n".join(printable(line) for line in diff(patches).splitlines()))
    else:
        write_fixes(root, patches)
    count = f"{len(patches)} {'file' if len(patches) == 1 else 'files'}"
    console.say("nothing to change" if not patches else f"{count} would change" if dry_run else f"{count} changed")
    return FINE
