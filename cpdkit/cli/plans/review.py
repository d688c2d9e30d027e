"""`cpd plan review`: the year's look back."""

from pathlib import Path
from typing import Any

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, journal_option, option, output_options


@click.command()
@option("--year", metavar="YEAR", type=click.IntRange(1900, 9998), help="The CPD year, by the calendar year it starts "
        "in; else the one that is over, from its second half on the one at hand.")  # fmt: skip
@option(
    "--postpone", "postponed", metavar="ID=DAY", multiple=True, help="Only give an objective a later day. Repeatable."
)
@option("--note", metavar="TEXT", default="", help="Why it is postponed, which goes into its file.")
@option("--edit/--no-edit", default=None, help="Open your editor, or don't; else it opens on a terminal.")
@option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="json: only "
        "print the year's figures and what is open, as data.")  # fmt: skip
@journal_option
@dry_write_option
@output_options
def review(journal: Path | None, dry_run: bool, console: Console, **given: Any) -> int:
    """Look back on a year, and decide on what is still open.

    On a terminal it goes through the open objectives one by one: keep, postpone, done, drop. Then it opens the year's
    review, reviews/YEAR.md; if there is none, it makes one that asks what went as planned, what did not, what was
    learned unplanned and what comes next. The year's figures stand in it as comments, which no report prints.

    Where there is no terminal it lists the open objectives and the commands that decide on them.

    \b
    cpd plan review --year 2026
    cpd plan review --postpone converter=2027-06-30 --note "Relay B is late."
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.reviewing import Wanted, look_back_on
    from cpdkit.journal.finding import find

    look_back_on(Wanted(find(journal).resolve(), dry_run, **given), console)
    return FINE
