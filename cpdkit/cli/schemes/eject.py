"""`cpd scheme eject`."""

from pathlib import Path

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options


@click.command()
@click.argument("name", metavar="ID")
@journal_option
@option("--dry-run", is_flag=True, help="Show the file, and write nothing.")
@output_options
def eject(name: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Copy the shipped scheme ID into schemes/ of the journal, where it takes the shipped one's place."""
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.ruling import eject as do

    do(journal, name, dry_run, console)
    return FINE
