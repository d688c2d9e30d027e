"""`cpd todo`: what waits for the owner."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice


@click.command()
@option("--all", "every", is_flag=True, help="All that waits, not only the first few of each kind.")
@form_option
@journal_option
@selection_options("all years", "all")
@output_options
def todo(every: bool, form: str, journal: Path | None, choice: "Choice", console: Console) -> int:
    """Show what waits for you, the most urgent first, and the command that settles each.

    Files that can't be read, evidence that is missing, what was planned and is past, what is in progress and should
    have ended, overdue objectives and actions, drafts, reflections to write, the year's review, follow-ups.

    Without a period it looks at all years, and without --status at activities of every status. A follow-up is due on
    the day it names, such as 2027-01-31 or January 2027; one that names none is told after 90 days. The field
    x-followed-up says that it is done. What a file accepts, and what cpd.yaml turns off, doesn't wait.

    \b
    cpd todo
    cpd todo --period 2026 --type training
    cpd todo --all --format json
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.waiting import show_todo

    show_todo(journal, choice, every, form, console)
    return FINE
