"""`cpd open`: a record in the user's own editor."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, output_options


@click.command("open")
@click.argument("name", metavar="ID", shell_complete=complete_records)
@journal_option
@output_options
def open_(name: str, journal: Path | None, console: Console) -> int:
    """Open a record in your editor.

    ID is any part of its file's name that no other has, or its path in the journal; cpd.yaml opens too. The editor is
    the one that git opens: $GIT_EDITOR, core.editor of your own git configuration, $VISUAL, $EDITOR. What the
    configuration of the journal's repository says of it does not count.

    \b
    cpd open relay-settings

    Exits with 1 where the record can't be read afterwards, and says why.
    """
    from cpdkit.cli.commands.show import open_record

    return open_record(journal, name, console)
