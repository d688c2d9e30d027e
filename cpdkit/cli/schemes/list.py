"""`cpd scheme list`."""

from pathlib import Path

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, output_options


@click.command("list")
@form_option
@journal_option
@output_options
def list_(form: str, journal: Path | None, console: Console) -> int:
    """List the schemes that there are: shipped ones, and those under schemes/ of the journal."""
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.ruling import show_list

    show_list(journal, form, console)
    return FINE
