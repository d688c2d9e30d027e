"""`cpd set`: change fields of activities, and nothing else in their files."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, output_options


@click.command("set")
@click.argument("words", metavar="ID... FIELD=VALUE...", nargs=-1, required=True, shell_complete=complete_ids)
@journal_option
@dry_change_option
@output_options
def set_(words: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Change fields of activities.

    ID is any part of the file name that fits one activity only.

    \b
    FIELD=VALUE    set a field
    FIELD=         remove a field
    FIELD+=VALUE   add to a list
    FIELD-=VALUE   remove from a list

    description=TEXT replaces the text above the first heading, and description+=TEXT adds a paragraph to it.

    If a value would make a file unreadable, no file is changed.

    \b
    cpd set lunch-talk hours=1h topics+=hydrogen
    cpd set relay-b-retest storage-lecture provider= --dry-run
    """
    from cpdkit.actions.set import field_changes
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find
    from cpdkit.text.wording import counted

    root = find(journal).resolve()
    patches = field_changes(root, words)
    apply_patches(root, patches, dry_run, console)
    files = counted(len(patches), "file")
    console.say("nothing to change" if not patches else f"would change {files}" if dry_run else f"changed {files}")
    return FINE
