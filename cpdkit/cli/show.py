"""`cpd show`: one record, readable on a terminal, or as data."""

from pathlib import Path

import click

from cpdkit.cli.completing import complete_records
from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, output_options


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_records)
@journal_option
@form_option
@output_options
def show(name: str, journal: Path | None, form: str, console: Console) -> int:
    """Show one record: its fields, then its text.

    ID is any part of its file's name that no other has, or its path in the journal. Objectives, posts and reviews are
    shown as activities are. What is confidential or private is shown too.

    \b
    cpd show relay-settings
    cpd show plan/converter-protection.md --format json
    """
    from cpdkit.cli.showing import show_record

    return show_record(journal, name, form, console)
