"""`cpd done`: a planned activity happened."""

from pathlib import Path

import click

from cpdkit.cli.completing import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_ids)
@click.argument("said", metavar="[FIELD=VALUE]...", nargs=-1)
@option("--hours", metavar="HOURS", default="", help="How long it took: 1.5, 1h30, 90 min. Without it, as planned.")
@option("--date", "day", metavar="DAY", default="", help="When it was: 2026-03-14, yesterday, friday, 14 March.")
@option("--reflect/--no-reflect", default=False, help="Put the prompts of a reflection into it, if it has none.")
@option("--model", metavar="NAME", default="", help="Whose questions: iet, gibbs, kolb …; else as cpd.yaml says.")
@journal_option
@dry_change_option
@output_options
def done(
    name: str,
    said: tuple[str, ...],
    hours: str,
    day: str,
    reflect: bool,
    model: str,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Say that a planned activity happened.

    ID is any part of its file's name that no other has. Its status goes, its hours and its day are put in, and
    FIELD=VALUE changes what else came out differently. On a terminal it asks for what you don't say.

    \b
    cpd done relay-b-retest --hours 1h30 --date yesterday
    cpd done relay-b-retest --date friday location=Sheffield --reflect
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.finishing import Said, finish
    from cpdkit.journal.finding import find

    finish(find(journal).resolve(), Said(name, said, hours, day, model, reflect), dry_run, console)
    return FINE
