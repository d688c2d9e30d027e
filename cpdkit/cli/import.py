"""`cpd import`: a journal from what `cpd export --format json` wrote."""

from pathlib import Path

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@journal_option
@option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@output_options
def import_(file: Path, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Take in the records of FILE, a journal that cpd export --format json wrote.

    Every record gets the file that it had. One that is there already with the same content is left alone; where one is
    there with another, nothing is written. cpd.yaml is only written where there is none.
    """
    from cpdkit.cli.importing import imported

    return imported(file, journal, dry_run, console)
