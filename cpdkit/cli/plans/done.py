"""`cpd plan done`: an objective, or one of its actions, is done, or given up."""

from pathlib import Path
from typing import Any

import click

from cpdkit.cli.completing import complete_objectives
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_objectives)
@option("--on", "day", metavar="DAY", default="", help="When it was: 2026-11-20, yesterday, friday; else today.")
@option("--met/--not-met", default=None, help="Whether its success measure was met.")
@option("--note", metavar="TEXT", default="", help="A closing word, which goes into its file with the day.")
@option("--action", metavar="WORDS", default="", help="Only the action that holds these words is done.")
@option("--dropped", is_flag=True, help="It is given up; --note says why.")
@journal_option
@dry_change_option
@output_options
def done(name: str, journal: Path | None, dry_run: bool, console: Console, **given: Any) -> int:
    """Say that an objective, or one of its actions, is done.

    ID is any part of its file's name that no other has. What was done towards it is added up. On a terminal it asks
    whether the success measure was met, and for a closing word.

    \b
    cpd plan done budget --action "cost plan" --on yesterday
    cpd plan done converter --met --note "Relay B has been tested too."
    cpd plan done budget --dropped --note "The project was stopped."
    """
    from cpdkit.cli.closing import Said, close
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.finding import find

    close(find(journal).resolve(), Said(name, **given), dry_run, console)
    return FINE
