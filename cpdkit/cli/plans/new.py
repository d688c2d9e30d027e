"""`cpd plan new`: an objective written down in one line, or question by question."""

from pathlib import Path
from typing import Any

import click

from cpdkit.cli.completing import complete_objectives, complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, journal_option, option, output_options


@click.command()
@click.argument("title", nargs=-1)
@option("-b", "--by", metavar="DAY", help="When it should be reached: 2027-06-30, 'June 2027', 2027-Q2, 'in 12 weeks'.")
@option("--from", "--start", "start", metavar="DAY", help="When it begins; else today.")
@option("--why", metavar="TEXT", help="What you need it for.")
@option("--how", metavar="TEXT", help="What you will do.")
@option("--success-measure", "measure", metavar="TEXT", help="How you will know that you are there.")
@option(
    "--priority", metavar="WORD", help="high, medium or low.", shell_complete=complete_words(("high", "medium", "low"))
)
@option("-c", "--competence", "competences", metavar="CODE", multiple=True, help="A1, or A1:P with the level you aim "
        "at. Repeatable.")  # fmt: skip
@option("-a", "--action", "actions", metavar="TEXT", multiple=True, help="A step, with its day at the end if it has "
        "one: 'Read the guide by 2027-01-31'. Repeatable.")  # fmt: skip
@option("--like", metavar="ID", help="Take title, why, how … from this objective.", shell_complete=complete_objectives)
@option("--edit/--no-edit", default=None, help="Open your editor, or don't; else it opens on a terminal.")
@journal_option
@dry_write_option
@output_options
def new(title: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console, **given: Any) -> int:
    """Write down a new objective, and print where.

    Only a TITLE is needed, but a day and a measure make it one that can be checked. Without a TITLE it asks, question
    by question. If you leave the file as it was in the editor, nothing is recorded.

    \b
    cpd plan new "Understand converter protection" --by "June 2027"
    cpd plan new "Chair a meeting" --action "Ask Helen by 2027-01-31"
    """
    from cpdkit.cli.aiming import Asked, aim

    return aim(Asked(" ".join(title), journal, dry_run, **given), console)
