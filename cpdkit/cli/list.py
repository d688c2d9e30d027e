"""`cpd list`: the selected activities as a table, or as data."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice

FORMATS = ("table", "json", "jsonl", "csv", "yaml")


@click.command("list")
@journal_option
@option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print it.")
@option(
    "--columns",
    metavar="NAMES",
    default="",
    help="Which, parted by commas: start,hours,title,topics. Without it a table has the most important, data has all.",
)
@option("--sort", metavar="NAMES", default="", help="In which order: type,-hours sorts by type, the longest first.")
@option("--group-by", metavar="NAME", default="", help="One group for each type, month, year, folder, topics …")
@selection_options()
@output_options
def list_(
    journal: Path | None, form: str, columns: str, sort: str, group_by: str, choice: "Choice", console: Console
) -> int:
    """List the selected activities.

    The hours are those inside the period. How many there are, and what was left out, is said on standard error.

    \b
    cpd list --period 2026 --type event --sort -hours
    cpd list --group-by topics
    cpd list --format csv --columns start,title,hours,provider

    Exits with 1 where a file of the journal could not be read.
    """
    from cpdkit.cli.looking import Asked, list_activities

    return list_activities(journal, choice, Asked(form, columns, sort, group_by), console)
