"""`cpd doctor`: what is installed, what is tested, what is missing."""

from pathlib import Path

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options


@click.command()
@option("--clean", is_flag=True, help="Remove what an interrupted run left, if it holds nothing of its own.")
@form_option
@journal_option
@option("--dry-run", is_flag=True, help="With --clean: say what would be removed, and remove nothing.")
@output_options
def doctor(clean: bool, form: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Say what is installed, what is tested, what is missing and how to get it.

    Each line is ok, a note, or missing: what is missing is needed, and the line below says how to get it. Of the
    journal, if there is one, it says where it is and why that one, whether it can be read, and what git has of it.
    Nothing is fetched, nothing in the journal is run, and without --clean nothing is changed.

    --clean removes files called .cpdkit-….tmp that are older than an hour and whose content stands in a file beside
    them or in the newest commit. Any other may be the only copy of something: it is named, and stays.

    \b
    cpd doctor
    cpd doctor --format json
    cpd doctor --clean --dry-run

    Exits with 4 where something that is needed is missing or broken, with 2 where the journal that is named isn't one.
    """
    from cpdkit.cli.doctoring import clean_up, examine
    from cpdkit.errors import UsageError

    if clean:
        return clean_up(journal, dry_run, console)
    if dry_run:
        raise UsageError("--dry-run is for --clean", "without --clean nothing is changed")
    return examine(journal, form, console)
