"""`cpd scheme show`."""

from pathlib import Path

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, output_options


@click.command()
@click.argument("name", metavar="ID")
@journal_option
@output_options
def show(name: str, journal: Path | None, console: Console) -> int:
    """Show what the scheme ID asks, where that was read and when, and what is not certain of it."""
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.ruling import show_one

    show_one(journal, name, console)
    return FINE
